"""Content-addressed bytes in pieces of at most 1 MiB; complete only when the hash is known."""

from __future__ import annotations

import errno
import io
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from sqlite3 import Connection
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO

from db.errors import CasebookError, Damaged, DiskFailed, DiskFull, NotFound, Vanished
from db.formats import HEAD
from db.pictures import drawn
from db.progress import SILENT, Progress
from db.store import Store, Writer, connect, transaction

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PIECE = 1 << 20
_FIRST_PIECES, _MOST_PIECES = 4, 8
_MOST_TOGETHER, _LARGEST_TOGETHER = 64, 4 * PIECE
_TURN = 0.025
_REST, _LONGEST_REST = 0.35, 0.004  # who waits looks for the lock each millisecond


@dataclass(frozen=True, slots=True)
class Stored:
    """Bytes that are in the casebook, whole and hashed; `head` is their beginning, to tell the format by."""

    sha256: str
    size: int
    head: bytes


class Depot(Store):
    """Takes bytes in over a connection of its own, for a worker thread; one depot for all that comes in together.

    One that writes small files `together`, many in a transaction, has them all in the file when it was left in peace.
    """

    def __init__(self, casebook: Path, *, together: bool = False) -> None:
        super().__init__(casebook, connect(casebook, write=True))
        self._pace = _Pace()
        self._together = together
        self._waiting: list[tuple[str, bytes]] = []

    def take_file(self, file: Path, progress: Progress = SILENT) -> Stored:
        """Take a file in; raises `Vanished` when it cannot be read, or not as the file that it was at first."""
        try:
            if not file.is_file():  # a pipe would be waited for, a device has no end
                raise Vanished(file, "no file")
            if file.samefile(self.path):  # reading it in this process would drop SQLite's locks
                raise Vanished(file, "it is the open casebook itself")
            with file.open("rb") as stream:
                return self.take(stream, os.fstat(stream.fileno()).st_size, progress, file)
        except OSError as error:
            raise Vanished(file, error.strerror or "") from error

    def take(self, stream: BinaryIO, size: int, progress: Progress = SILENT, origin: Path | None = None) -> Stored:
        """Take `size` bytes in piece by piece; nothing of them stays when it is cancelled or fails."""
        if self._together and size < PIECE:
            return self._take_small(stream, size, progress, origin)
        blob, done, last, fresh, head, digest = 0, 0, False, True, b"", sha256()
        try:
            while not last:
                pieces, last = _read_pieces(stream, self._pace.pieces, origin)
                head = head or b"".join(pieces[:1])[:HEAD]
                for piece in pieces:
                    digest.update(piece)
                number, done = done // PIECE, done + sum(map(len, pieces))
                if origin and (done > size or (last and done < size)):  # a file that grows may have no end
                    raise Vanished(origin, "changed while it was read")
                progress.step(done, max(size, done))
                with self._pace.turn(), transaction(self._connection, self.path) as writer:
                    row = blob or writer.execute("INSERT INTO blob (sha256, size) VALUES (NULL, 0)")
                    for place, piece in enumerate(pieces, number):
                        writer.execute_row("INSERT INTO piece VALUES (?, ?, ?)", (row, place, piece))
                    fresh = not last or _complete(writer, row, digest.hexdigest(), done)
                blob = row
            if not fresh:
                _discard(self._connection, self.path, blob)
        except BaseException:
            with suppress(CasebookError):
                _discard(self._connection, self.path, blob)  # where even this fails, the next opening sweeps
            raise
        return Stored(digest.hexdigest(), done, head)

    def _take_small(self, stream: BinaryIO, size: int, progress: Progress, origin: Path | None) -> Stored:
        data = b"".join(_read_pieces(stream, 1, origin)[0])
        if origin and len(data) != size:
            raise Vanished(origin, "changed while it was read")
        progress.step(len(data), max(1, size))
        digest = sha256(data).hexdigest()
        self._waiting.append((digest, data))
        if len(self._waiting) >= _MOST_TOGETHER or sum(len(each) for _, each in self._waiting) > _LARGEST_TOGETHER:
            self._flush()
        return Stored(digest, len(data), data[:HEAD])

    def _flush(self) -> None:
        """Write the small files that wait; those that are here already are not kept twice."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        with self._pace.turn(), transaction(self._connection, self.path) as writer:
            for digest, data in waiting:
                if writer.one("SELECT 1 FROM blob WHERE sha256 = :digest", digest=digest) is None:
                    sql = "INSERT INTO blob (sha256, size) VALUES (:digest, :size)"
                    blob = writer.execute(sql, digest=digest, size=len(data))
                    if data:
                        writer.execute_row("INSERT INTO piece VALUES (?, 0, ?)", (blob, data))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._flush()
        finally:
            self.close()


class _Pace:
    """How much is written in one transaction, and how long others are let in between two.

    A save in the window waits for the transaction under way, and SQLite wakes who waits for a lock by polling: without
    a rest the window waited until the whole file was in (2.3 s for 300 MB).
    """

    def __init__(self) -> None:
        self.pieces = _FIRST_PIECES
        self._rest_until = 0.0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Time one transaction, after the rest that the one before it has earned."""
        time.sleep(max(0.0, self._rest_until - time.monotonic()))
        began = time.monotonic()
        yield
        ended = time.monotonic()
        self._rest_until = ended + min((ended - began) * _REST, _LONGEST_REST)
        if ended - began > _TURN:
            self.pieces = max(1, self.pieces // 2)
        elif ended - began < _TURN / 2:
            self.pieces = min(_MOST_PIECES, self.pieces * 2)


def _read_pieces(stream: BinaryIO, most: int, origin: Path | None) -> tuple[list[bytes], bool]:
    """The next pieces, and whether they are the last; they are read before a transaction holds others up."""
    pieces: list[bytes] = []
    while len(pieces) < most:
        try:
            data = stream.read(PIECE)
        except OSError as error:
            raise Vanished(origin or Path(), error.strerror or "") from error
        if data:
            pieces.append(data)
        if len(data) < PIECE:
            return pieces, True
    return pieces, False


def _complete(writer: Writer, blob: int, digest: str, size: int) -> bool:
    """Give the bytes their name; returns False for bytes that are here already, which are not kept twice."""
    if writer.one("SELECT 1 FROM blob WHERE sha256 = :digest", digest=digest):
        return False
    sql = "UPDATE blob SET sha256 = :digest, size = :size WHERE id = :blob"
    writer.execute(sql, digest=digest, size=size, blob=blob)
    return True


def drop(casebook: Path, blob: int) -> None:
    """Drop bytes that lost their name, over a connection of its own; zeros are written where they stood."""
    connection = connect(casebook, write=True)
    try:
        _discard(connection, casebook, blob)
    finally:
        connection.close()


def _discard(connection: Connection, casebook: Path, blob: int) -> None:
    """Drop a blob without a name, some pieces at a time."""
    pace, left = _Pace(), True
    while left:
        with pace.turn(), transaction(connection, casebook) as writer:
            if writer.one("SELECT 1 FROM blob WHERE id = :blob AND sha256 IS NULL", blob=blob) is None:
                return
            left = _drop_pieces(writer, blob, pace.pieces * 4)  # dropping writes much less than storing


def _drop_pieces(writer: Writer, blob: int, most: int) -> bool:
    """Drop pieces of a blob, and the blob with its last one; returns whether any are left."""
    sql = "DELETE FROM piece WHERE blob = :blob AND number IN (SELECT number FROM piece WHERE blob = :blob LIMIT :most)"
    writer.execute(sql, blob=blob, most=most)
    left = writer.one("SELECT 1 FROM piece WHERE blob = :blob", blob=blob) is not None
    if not left:
        writer.execute("DELETE FROM blob WHERE id = :blob", blob=blob)
    return left


_LEFT_OVER = """sha256 IS NULL OR (sha256 NOT IN (SELECT sha256 FROM attachment)
    AND sha256 NOT IN (SELECT sha256 FROM unclaimed))"""


def is_here(store: Store, sha256: str) -> bool:
    """Whether these bytes are in the file, whole."""
    return store.one("SELECT 1 FROM blob WHERE sha256 = :sha256", sha256=sha256) is not None


def left_over(store: Store) -> bool:
    """Whether a crash left bytes that are half stored, or that no attachment ever pointed at."""
    return store.one(f"SELECT 1 FROM blob WHERE {_LEFT_OVER}") is not None


def sweep(writer: Writer) -> int:
    """Drop what a crash left over; returns how many blobs."""
    left = writer.select(f"SELECT id, coalesce(sha256, '') FROM blob WHERE {_LEFT_OVER}")
    for blob, digest in left:
        drawn.forget(writer, digest)
        writer.execute("DELETE FROM piece WHERE blob = :blob", blob=blob)
        writer.execute("DELETE FROM blob WHERE id = :blob", blob=blob)
    return len(left)


def forget_unused(casebook: Path, digest: str) -> None:
    """Drop complete bytes that no attachment ever pointed at, after their attaching was cancelled."""
    connection = connect(casebook, write=True)
    try:
        with transaction(connection, casebook) as writer:
            used = writer.one("SELECT 1 FROM attachment WHERE sha256 = :digest", digest=digest)
            blob = writer.value("SELECT id FROM blob WHERE sha256 = :digest", digest=digest)
            if used or not blob:
                return
            drawn.forget(writer, digest)
            writer.execute("UPDATE blob SET sha256 = NULL WHERE id = :blob", blob=blob)
        _discard(connection, casebook, blob)
    finally:
        connection.close()


class BlobReader(io.RawIOBase):
    """The bytes of a blob as a seekable file that holds one piece at a time."""

    def __init__(self, store: Store, blob: int, size: int) -> None:
        self._store, self._blob, self._size = store, blob, size
        self._at, self._number, self._piece = 0, -1, b""

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """Where the next read begins."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to a place; returns it."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill the buffer from one piece; returns how many bytes."""
        if self._at >= self._size:
            return 0
        number, start = divmod(self._at, PIECE)
        if number != self._number:
            sql = "SELECT data FROM piece WHERE blob = :blob AND number = :number"
            self._piece = self._store.value(sql, blob=self._blob, number=number) or b""
            self._number = number
        view = memoryview(buffer).cast("B")
        part = self._piece[start : start + len(view)]
        view[: len(part)] = part
        self._at += len(part)
        return len(part)


def reader(store: Store, digest: str) -> BlobReader:
    """The bytes with this SHA-256; raises `NotFound` when they are not in this file."""
    row = store.one("SELECT id, size FROM blob WHERE sha256 = :digest", digest=digest)
    if row is None:
        raise NotFound("blob", digest)
    return BlobReader(store, *row)


def read(store: Store, digest: str) -> bytes:
    """All bytes with this SHA-256, for pictures and texts of a modest size."""
    return reader(store, digest).readall()


def save_copy(store: Store, digest: str, target: Path, progress: Progress = SILENT) -> None:
    """Write the bytes to a file, whole at its name or not at all; raises `Damaged` when they are others now."""
    source, found = reader(store, digest), sha256()
    with whole_file(target) as file:
        total = source.seek(0, io.SEEK_END)
        source.seek(0)
        while data := source.read(PIECE):
            file.write(data)
            found.update(data)
            progress.step(source.tell(), total)
        if found.hexdigest() != digest:
            raise Damaged(store.path, digest)


@contextmanager
def whole_file(target: Path) -> Iterator[BinaryIO]:
    """A file that appears under its name only when it is whole and flushed; raises `DiskFull` or `DiskFailed`."""
    partial = target.with_name(f".{target.name}.part")
    try:
        with partial.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        kind = DiskFull if error.errno == errno.ENOSPC else DiskFailed
        raise kind(target, error.strerror or "") from error
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
