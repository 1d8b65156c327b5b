"""One connection to a casebook: its pragmas, its reads, and sqlite's errors turned into ours."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar, get_origin, get_type_hints
from urllib.parse import quote

from db.errors import CasebookError, Damaged, DiskFailed, DiskFull, Invalid, Locked, NotADatabase, ReadOnly
from db.progress import SILENT, Cancelled, Progress
from db.texts.folding import word_begins

Row = tuple[Any, ...]
if TYPE_CHECKING:
    from sqlite_utils import Database

T = TypeVar("T")

_PRAGMAS = """
PRAGMA foreign_keys=OFF;
PRAGMA trusted_schema=OFF;
PRAGMA cell_size_check=ON;
PRAGMA mmap_size=0;
PRAGMA cache_size=-16384;
PRAGMA temp_store=MEMORY;
"""
_PATIENCE = 10  # seconds
_WRITING = "PRAGMA synchronous=EXTRA; PRAGMA secure_delete=ON;"  # what is erased is in no free page either
_READING = "PRAGMA query_only=ON;"
_PAGES = 256  # of a copy at a time: a save waits for no more
_LOOK = 100_000  # steps of SQLite between two looks at whether to stop


def connect(path: Path, *, write: bool, immutable: bool = False, moves: bool = False) -> sqlite3.Connection:
    """A connection to an existing file; one that `moves` goes from thread to thread, and is used by one at a time."""
    options = "mode=rw" if write else "mode=ro&immutable=1" if immutable else "mode=ro"
    uri = f"file:{quote(os.fsencode(path.absolute()))}?{options}"
    with translated(path):
        connection = sqlite3.connect(
            uri, uri=True, isolation_level=None, cached_statements=256, check_same_thread=not moves
        )
        try:
            connection.executescript(
                f"PRAGMA busy_timeout={_PATIENCE * 1000};" + _PRAGMAS + (_WRITING if write else _READING)
            )
            connection.create_function("word_begins", 2, word_begins, deterministic=True)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Let no sqlite3.Error out: each becomes the CasebookError that says what happened."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translate(path, error) from error
    except UnicodeEncodeError as error:  # a lone surrogate, as in an undecodable command line
        raise Invalid("text", "surrogate") from error


def _translate(path: Path, error: sqlite3.Error) -> CasebookError:
    code = getattr(error, "sqlite_errorcode", 0)
    detail = str(error)
    kinds: dict[int, type[DiskFull | Damaged | Locked | ReadOnly | NotADatabase | DiskFailed]] = {
        sqlite3.SQLITE_FULL: DiskFull,
        sqlite3.SQLITE_CORRUPT: Damaged,
        sqlite3.SQLITE_BUSY: Locked,
        sqlite3.SQLITE_LOCKED: Locked,
        sqlite3.SQLITE_READONLY: ReadOnly,
        sqlite3.SQLITE_CANTOPEN: DiskFailed,
        sqlite3.SQLITE_NOTADB: NotADatabase,
        sqlite3.SQLITE_IOERR: DiskFailed,
    }
    if code & 0xFF in kinds:
        return kinds[code & 0xFF](path, detail)
    if isinstance(error, sqlite3.OperationalError) and detail.startswith(("no such", "Could not decode")):
        return Damaged(path, detail)
    raise error


@cache
def _hints(record: type) -> dict[str, Any]:
    return get_type_hints(record)


def _reader(record: type, name: str) -> Callable[[Any], Any]:
    """How a column becomes a field: by the type that the record declares."""
    hint = _hints(record)[name]
    if hint is str:
        return lambda cell: "" if cell is None else cell
    if hint is bool:
        return bool
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    if get_origin(hint) is tuple:
        return lambda cell: tuple(json.loads(cell)) if cell else ()
    return lambda cell: cell


class Store:
    """Reads of one casebook over one connection. Not to be shared between threads.

    Only a `Writer` writes. This is kept by what may be read, not by `PRAGMA query_only` around each change, which
    throws all prepared statements away and doubles the cost of a save.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._streams: set[sqlite3.Cursor] = set()

    def select(self, sql: str, /, **values: object) -> list[Row]:
        """All rows of a SELECT with named parameters."""
        with translated(self.path):
            return self._read(sql, values).fetchall()

    def one(self, sql: str, /, **values: object) -> Row | None:
        """The first row of a SELECT, or None."""
        with translated(self.path):
            row: Row | None = self._read(sql, values).fetchone()
            return row

    def value(self, sql: str, /, **values: object) -> Any:  # noqa: ANN401 (what a column holds)
        """The first column of the first row; None where there is no row."""
        row = self.one(sql, **values)
        return row[0] if row else None

    def records(self, record: type[T], sql: str, /, **values: object) -> tuple[T, ...]:
        """The rows of a SELECT as records whose fields have the names of its columns."""
        with translated(self.path):
            cursor = self._read(sql, values)
            if not (rows := cursor.fetchall()):
                return ()
            readers = [(column[0], _reader(record, column[0])) for column in cursor.description]
        return tuple(
            record(**{name: read(cell) for (name, read), cell in zip(readers, row, strict=True)}) for row in rows
        )

    def stream(self, sql: str, /, **values: object) -> Iterator[Row]:
        """The rows of a SELECT one by one, for answers too long to hold."""
        with translated(self.path):
            cursor = self._read(sql, values)
            self._streams.add(cursor)
            try:
                for row in cursor:  # noqa: UP028 (that would close the cursor, maybe from another thread)
                    yield row
            finally:
                self._streams.discard(cursor)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Reads that all see one state of the file, whatever is saved meanwhile. Savers wait: keep it short."""
        with translated(self.path):
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("ROLLBACK")

    def copy_into(self, empty: Path, progress: Progress = SILENT) -> None:
        """Copy the whole file through SQLite into an empty one. Others go on saving; each save makes it begin anew."""

        def told(_status: int, left: int, total: int) -> None:
            progress.step(total - left, total)

        with translated(empty):
            copy = sqlite3.connect(empty, isolation_level=None)
            try:
                copy.execute("PRAGMA synchronous=OFF")  # whoever wants the copy flushes it
                self._connection.backup(copy, pages=_PAGES, progress=told, sleep=0.01)
            finally:
                copy.close()

    @contextmanager
    def stoppable(self, progress: Progress) -> Iterator[None]:
        """Reads that may take long; they are stopped where `progress` raises `Cancelled`."""
        cancelled: list[Cancelled] = []

        def look() -> bool:
            try:
                progress.step(0, 1)
            except Cancelled as error:  # SQLite would swallow it
                cancelled.append(error)
            return bool(cancelled)

        self._connection.set_progress_handler(look, _LOOK)
        try:
            yield
        except sqlite3.OperationalError:
            if not cancelled:
                raise
            raise cancelled[0] from None
        finally:
            self._connection.set_progress_handler(None, 0)

    def _read(self, sql: str, values: dict[str, object]) -> sqlite3.Cursor:
        assert sql.split(maxsplit=1)[0].upper() in ("SELECT", "WITH", "PRAGMA"), "only a change writes"
        return self._connection.execute(sql, values)

    def database(self) -> Database:
        """This connection as sqlite-utils sees it, to look at tables, columns and keys."""
        from sqlite_utils import Database  # noqa: PLC0415 (slow to import, and opening a casebook does not need it)

        return Database(self._connection, recursive_triggers=False, execute_plugins=False)

    def close(self) -> None:
        """Close the connection, and what is still being read over it; a second time does nothing."""
        for cursor in tuple(self._streams):  # else SQLite keeps its lock on the file
            cursor.close()
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Writer(Store):
    """A store that is inside a transaction and may write."""

    def execute(self, sql: str, /, **values: object) -> int:
        """Run one statement; returns the row id of an INSERT."""
        with translated(self.path):
            return self._connection.execute(sql, values).lastrowid or 0

    def execute_row(self, sql: str, row: tuple[object, ...], /) -> int:
        """Run one statement with positional values; returns the row id of an INSERT."""
        with translated(self.path):
            return self._connection.execute(sql, row).lastrowid or 0

    def execute_rows(self, sql: str, rows: Iterable[tuple[object, ...]], /) -> int:
        """Run one statement for each of these rows; returns how many rows of the file were changed."""
        with translated(self.path):
            return self._connection.executemany(sql, rows).rowcount


def _begin(connection: sqlite3.Connection) -> None:
    """Wait for the place of the writer, looking each millisecond.

    SQLite looks ever more rarely, up to each 100 ms, and misses the short rests of a worker that takes a file in.
    """
    until = time.monotonic() + _PATIENCE
    connection.execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.001)
            else:
                return
    finally:
        connection.execute(f"PRAGMA busy_timeout={_PATIENCE * 1000}")


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[Writer]:
    """One BEGIN IMMEDIATE … COMMIT: wholly there, or wholly absent when anything raises."""
    with translated(path):
        try:
            _begin(connection)
            yield Writer(path, connection)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # SQLITE_FULL has rolled back by itself; a second ROLLBACK would hide it
                connection.execute("ROLLBACK")
            raise
