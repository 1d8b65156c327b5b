"""The casebook: create, open, close; change, undo, redo; and who is told of it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Self

from db import (
    backups,
    blobs,
    derived,
    desks,
    entrance,
    familiar,
    identity,
    incarnation,
    log,
    migrate,
    newfound,
    scales,
    scratch,
    undo,
)
from db.change import Change, Notice
from db.entrance import Closed
from db.errors import (
    DiskFailed,
    DiskFull,
    HandedOver,
    ReadOnly,
    Replaced,
    Untrusted,
)
from db.lock import WriterLock
from db.places import HERE
from db.store import Store, Writer, connect, transaction
from db.vocabulary import Op

Listener = Callable[[Notice], None]
Clock = Callable[[], datetime]


class Casebook(Store):
    """One open casebook file. Everything that reads takes it as first argument, everything that writes a change.

    `origin` is the file that a person knows it by; it is another than `path` where a private copy is shown.
    """

    def __init__(
        self, path: Path, connection: sqlite3.Connection, lock: WriterLock | None, closed: Closed | None, clock: Clock
    ) -> None:
        super().__init__(path, connection)
        self.closed = closed
        self.holder = ""
        self.place = HERE
        self.origin = path
        self._lock = lock
        self._clock = clock
        self._listeners: list[Listener] = []
        self._chain = ""
        self._record: incarnation.Incarnation | None = None
        self._changing = False
        self._inode = path.stat().st_ino

    @classmethod
    def create(cls, path: Path, desk: str, code: str, analyst: str, *, clock: Clock = identity.now) -> Self:
        """Make a new casebook file for a desk; raises `Exists` where a file is in the way, `SharedPlace` elsewhere."""
        entrance.make_empty(path)
        try:
            entrance.found(path)
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
    def open(cls, path: Path, *, write: bool = True, clock: Clock = identity.now) -> Self:
        """Open a casebook; read-only, with the reason in `closed`, where it cannot be written."""
        path = Path(os.path.realpath(path))  # SQLite's journal and our lock stand beside the file itself
        entrance.look_at_file(path)
        lock, closed, place = entrance.take_lock(path) if write else (None, Closed.ASKED, HERE)
        try:
            connection = connect(path, write=closed is None)
            try:
                book = cls(path, connection, lock if closed is None else None, closed, clock)
                book.place = place
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
            writer = Writer(self.path, self._connection)
            back_up = partial(backups.make, self, backups.Why.MIGRATION)
            migrate.bring_up(self._connection, self.path, steps, back_up, partial(newfound.draw, writer))
        if self.closed is None:
            familiar.begin(self.path)
            self.one("PRAGMA journal_mode=DELETE")
            self._resume()
            self._sweep()

    def _sweep(self) -> None:
        scratch.sweep()
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
        self._refuse_if_closed()
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
        self._refuse_if_closed()
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

    def _refuse_if_closed(self) -> None:
        if self.closed is not None:
            raise entrance.refusal(self.closed, self.path, self.place, self.holder)
        self._refuse_if_replaced()

    def _refuse_if_replaced(self) -> None:
        """A file that was moved or replaced while it is open would take saves that nobody finds again."""
        if not self._is_there():
            raise Replaced(self.path)

    def _is_there(self) -> bool:
        try:
            return self.path.stat().st_ino == self._inode
        except OSError:
            return False

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
            if self._is_there():
                familiar.note(self.path)
            self._lock.release()
        self._listeners.clear()

    def repair(self) -> AbstractContextManager[Writer]:
        """A transaction for what is no save: sweeping, rebuilding the projection."""
        self._refuse_if_replaced()
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
