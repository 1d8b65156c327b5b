"""The casebook: create, open, close; change, undo, redo; and who is told of it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from db import backups, blobs, derived, desks, identity, incarnation, log, migrate, quarantine, scales, undo
from db.change import Change, Notice
from db.errors import (
    DiskFailed,
    DiskFull,
    Exists,
    HandedOver,
    Locked,
    Missing,
    NotADatabase,
    ReadOnly,
    TooNew,
    Untrusted,
)
from db.lock import WriterLock
from db.store import Store, Writer, connect, transaction, translated
from db.vocabulary import Op

_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")

Listener = Callable[[Notice], None]
Clock = Callable[[], datetime]


class Closed(StrEnum):
    """Why a casebook cannot be written."""

    ASKED = "asked"
    IN_USE = "in use"
    READ_ONLY_PLACE = "read-only place"
    TOO_NEW = "too new"


class Casebook(Store):
    """One open casebook file. Everything that reads takes it as first argument, everything that writes a change."""

    def __init__(
        self, path: Path, connection: sqlite3.Connection, lock: WriterLock | None, closed: Closed | None, clock: Clock
    ) -> None:
        super().__init__(path, connection)
        self.closed = closed
        self.holder = ""
        self._lock = lock
        self._clock = clock
        self._listeners: list[Listener] = []
        self._chain = ""
        self._record: incarnation.Incarnation | None = None
        self._changing = False

    @classmethod
    def create(cls, path: Path, desk: str, code: str, analyst: str, *, clock: Clock = identity.now) -> Casebook:
        """Make a new casebook file for a desk; raises `Exists` where a file is in the way."""
        if os.path.lexists(path):
            raise Exists(path)
        try:
            path.touch(exist_ok=False)
        except OSError as error:
            raise ReadOnly(path, error.strerror or "") from error
        try:
            _found(path)
            book = cls.open(path, clock=clock)
            try:
                with book.change(Op.FOUND_CASEBOOK) as change:
                    desks.found(change, desk, code, analyst)
                    scales.found(change)
            except BaseException:
                book.close()
                raise
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return book

    @classmethod
    def open(cls, path: Path, *, write: bool = True, clock: Clock = identity.now) -> Casebook:
        """Open a casebook; read-only, with the reason in `closed`, where it cannot be written."""
        path = Path(os.path.realpath(path))  # SQLite's journal and our lock stand beside the file itself
        _look_at_file(path)
        lock, closed = _take_lock(path) if write else (None, Closed.ASKED)
        try:
            connection = connect(path, write=closed is None)
            try:
                book = cls(path, connection, lock if closed is None else None, closed, clock)
                book._prepare(migrate.shipped())
                if closed is Closed.IN_USE and lock:
                    book.holder = str(lock.holder() or "")
            except BaseException:
                connection.close()
                raise
        except BaseException:
            if lock:
                lock.release()
            raise
        return book

    def _prepare(self, steps: tuple[migrate.Migration, ...]) -> None:
        number = migrate.schema_of(self._connection, self.path)
        strange = self.one("SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')")
        if strange:
            raise Untrusted(self.path, strange[0])
        if self.one("SELECT 1 FROM meta WHERE name = 'purpose'"):
            raise HandedOver(self.path)
        if number > len(steps) and self.closed is None:
            self.closed = Closed.TOO_NEW
            self._connection.execute("PRAGMA query_only=ON")
        elif number < len(steps):
            if self.closed:
                raise ReadOnly(self.path, "older schema")
            migrate.bring_up(self._connection, self.path, steps, lambda: backups.make(self, backups.Why.MIGRATION))
        if self.closed is None:
            self.one("PRAGMA journal_mode=DELETE")
            self._resume()
            self._sweep()

    def _sweep(self) -> None:
        quarantine.sweep()
        if blobs.left_over(self):
            with suppress(DiskFull, DiskFailed), self.repair() as writer:  # where even this fails, the next opening
                blobs.sweep(writer)

    @property
    def writable(self) -> bool:
        """Whether changes can be made here."""
        return self.closed is None

    def reader(self) -> Store:
        """A second connection for reading, for the thread that asks for it. Close it there."""
        return Store(self.path, connect(self.path, write=False))

    @contextmanager
    def change(self, verb: Op, *, _undoes: str = "") -> Iterator[Change]:
        """One save: one transaction, one group of operations, one notice. Nothing stays when anything raises."""
        self._refuse_unless_writable()
        assert not self._changing, "a change inside a change"
        self._changing = True
        try:
            with self._written(self._connection, verb, _undoes) as change:
                yield change
        finally:
            self._changing = False
        self.tell(change)

    def change_apart(self, verb: Op, write: Callable[[Change], object]) -> Change:
        """One save over a connection of its own, for the thread that asks; `tell` of it in the casebook's own thread.

        Others can read meanwhile: what is written stays in memory until the end. Those who save wait.
        """
        self._refuse_unless_writable()
        connection = connect(self.path, write=True)
        try:
            connection.execute("PRAGMA cache_spill=OFF")
            with self._written(connection, verb, "") as change:
                write(change)
            return change
        finally:
            connection.close()

    def tell(self, change: Change) -> None:
        """Note the end of a save, and tell everybody what it touched."""
        if change.touched:
            self._keep_record(change.pen)
            self._publish(Notice(change.pen.verb, {kind: frozenset(ids) for kind, ids in change.touched.items()}))

    def _refuse_unless_writable(self) -> None:
        if self.closed is not None:
            kind = {Closed.IN_USE: Locked, Closed.TOO_NEW: TooNew}.get(self.closed, ReadOnly)
            raise kind(self.path, self.holder or self.closed)

    @contextmanager
    def _written(self, connection: sqlite3.Connection, verb: Op, undoes: str) -> Iterator[Change]:
        chain = self._chain
        try:
            with transaction(connection, self.path) as writer:
                change = Change(writer, self._pen(writer, verb, undoes))
                yield change
                if change.touched:
                    derived.refresh(writer, change.touched)
                    change.pen.lift(writer)
                elif not change.pen.number:
                    writer.execute("DELETE FROM chain WHERE id = :row", row=change.pen.row)
                    self._chain = chain
        except BaseException:
            self._chain = chain
            raise

    def steps(self) -> undo.Steps:
        """What undo and redo would do now."""
        return undo.steps(self, self._chain) if self._chain else undo.Steps()

    def undo(self) -> bool:
        """Take the last save back; returns whether there was one. Verdicts stay: they are withdrawn instead."""
        step = self.steps().undo
        if step:
            with self.change(Op.UNDO, _undoes=step.save) as change:
                undo.take_back(change, self._chain, step.save)
        return step is not None

    def redo(self) -> bool:
        """Do again what undo took back; returns whether there was anything."""
        step = self.steps().redo
        if step:
            with self.change(Op.REDO, _undoes=step.save) as change:
                undo.take_back(change, self._chain, step.save)
        return step is not None

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Be told of every save; call what is returned to hear no more."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def catch_up(self, notice: Notice) -> None:
        """Take note of what came into the file over another connection, such as a merge, and tell of it."""
        self._chain = ""
        if self._record:
            self._record.close()
            self._record = None
        self._resume()
        self._publish(notice)

    def close(self) -> None:
        """Close the file and let others write to it."""
        super().close()
        if self._record:
            self._record.close()
        if self._lock:
            self._lock.release()
        self._listeners.clear()

    def repair(self) -> AbstractContextManager[Writer]:
        """A transaction for what is no save: sweeping, rebuilding the projection."""
        return transaction(self._connection, self.path)

    def _resume(self) -> None:
        """Go on with the chain that this computer wrote last into this very file, if there is one."""
        sql = """SELECT name, top_number, top_op, desk = (SELECT value FROM meta WHERE name = 'desk')
            AND NOT EXISTS (SELECT 1 FROM op o WHERE o.chain = c.id AND o.number > c.top_number)
            FROM chain c WHERE forked = 0 ORDER BY id DESC"""
        for name, number, top, free in self.select(sql):  # not free: another desk's, or something lies ahead on it
            record = incarnation.Incarnation(incarnation.home(), name, self.path)
            if free and not self._chain and record.knows(number, top):
                self._chain, self._record = name, record
            elif record.is_behind(number):
                record.forget()

    def _pen(self, writer: Writer, verb: Op, undoes: str) -> log.Pen:
        sql = """SELECT m.value, coalesce(d.analyst, '') FROM meta m LEFT JOIN desk d ON d.id = m.value
            WHERE m.name = 'desk'"""
        desk, analyst = writer.one(sql) or ("", "")
        if not self._chain:
            self._chain = identity.new_chain()
            sql = "INSERT INTO chain (name, desk, top_number, top_op) VALUES (:chain, :desk, 0, :top)"
            writer.execute(sql, chain=self._chain, desk=desk, top=log.NO_OP)
        found = writer.one("SELECT id, desk, top_number, top_op FROM chain WHERE name = :name", name=self._chain)
        assert found
        row, desk, number, top = found
        moment = identity.iso(self._clock())
        return log.Pen(row, self._chain, desk, number, top, moment, analyst, verb, identity.new_id(), undoes)

    def _keep_record(self, pen: log.Pen) -> None:
        if self._record is None:
            self._record = incarnation.Incarnation(incarnation.home(), self._chain, self.path)
        try:
            self._record.note(pen.number, pen.top)
        except OSError:  # the save is made; without a record the next opening starts a new chain
            self._record.forget()

    def _publish(self, notice: Notice) -> None:
        for listener in tuple(self._listeners):
            listener(notice)


def _found(path: Path) -> None:
    """Lay the schema into an empty file."""
    with translated(path):
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.execute("PRAGMA page_size=8192")
            with transaction(connection, path) as writer:
                migrate.create(connection, migrate.shipped())
                writer.execute("INSERT INTO meta VALUES ('format', :format)", format=str(log.FORMAT))
                for name in ("casebook", "desk"):
                    writer.execute("INSERT INTO meta VALUES (:name, :id)", name=name, id=identity.new_id())
        finally:
            connection.close()


def _look_at_file(path: Path) -> None:
    """What can be told without opening the casebook: reading it here would drop SQLite's locks."""
    try:
        if not path.exists():
            raise Missing(path)
        if not path.is_file() or not path.stat().st_size:
            raise NotADatabase(path)
        if os.path.lexists(f"{path}-wal"):
            raise Untrusted(path, "-wal")
        if _is_crafted(Path(f"{path}-journal")):
            raise Untrusted(path, "-journal")
    except OSError as error:
        raise DiskFailed(path, error.strerror or "") from error


def _is_crafted(journal: Path) -> bool:
    """Whether a journal is no plain file, or ends in the name of a super-journal.

    Ours never do, and SQLite before 3.53.1 can be made to delete any file through one.
    """
    if not os.path.lexists(journal):
        return False
    try:
        if journal.is_symlink() or not journal.is_file():
            return True
        with journal.open("rb") as file:
            file.seek(max(0, journal.stat().st_size - len(_JOURNAL_MAGIC)))
            return file.read() == _JOURNAL_MAGIC
    except FileNotFoundError:  # another window ended its save just now
        return False


def _take_lock(path: Path) -> tuple[WriterLock | None, Closed | None]:
    """Become the writer, or learn why not."""
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return None, Closed.READ_ONLY_PLACE
    lock = WriterLock(path)
    try:
        return lock, None if lock.take() else Closed.IN_USE
    except (OSError, NotImplementedError):  # a place without locks is a place to read
        lock.release()
        return None, Closed.READ_ONLY_PLACE
