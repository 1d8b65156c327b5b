"""Content-addressed bytes in pieces of at most 1 MiB; complete only when the hash is known."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from db.errors import CasebookError, DiskFailed, NotFound, Vanished
from db.progress import SILENT, Progress
from db.store import Store, Writer, connect, transaction

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PIECE = 1 << 20
_PIECES_A_TRANSACTION = 8


@dataclass(frozen=True, slots=True)
class Stored:
    """Bytes that are in the casebook, whole and hashed."""

    sha256: str
    size: int


def store_file(casebook: Path, file: Path, progress: Progress = SILENT) -> Stored:
    """Take a file in over a connection of its own, for a worker thread; raises `Vanished` when it cannot be read."""
    try:
        with file.open("rb") as stream:
            return store(casebook, stream, file.stat().st_size, progress, file)
    except OSError as error:
        raise Vanished(file, error.strerror or "") from error


def store(
    casebook: Path, stream: BinaryIO, size: int, progress: Progress = SILENT, origin: Path | None = None
) -> Stored:
    """Take `size` bytes in piece by piece; nothing of them stays when it is cancelled or fails."""
    connection = connect(casebook, write=True)
    blob = 0
    try:
        digest, done, pieces = sha256(), 0, _pieces(stream, origin)
        last = False
        while not last:
            with transaction(connection, casebook) as writer:
                blob = blob or writer.execute("INSERT INTO blob (sha256, size) VALUES (NULL, 0)")
                number = done // PIECE
                for _ in range(_PIECES_A_TRANSACTION):
                    data = next(pieces, b"")
                    digest.update(data)
                    if data:
                        writer.execute_row("INSERT INTO piece VALUES (?, ?, ?)", (blob, number, data))
                    done, number, last = done + len(data), number + 1, len(data) < PIECE
                    if last:
                        break
                if last:
                    if origin and done != size:
                        raise Vanished(origin, "changed while it was read")
                    _complete(writer, blob, digest.hexdigest(), done)
            progress.step(done, max(size, done))
        return Stored(digest.hexdigest(), done)
    except BaseException:
        with suppress(CasebookError), transaction(connection, casebook) as writer:
            _drop_incomplete(writer, blob)  # where even this fails, the next opening sweeps
        raise
    finally:
        connection.close()


def _pieces(stream: BinaryIO, origin: Path | None) -> Iterator[bytes]:
    while True:
        try:
            data = stream.read(PIECE)
        except OSError as error:
            raise Vanished(origin or Path(), error.strerror or "") from error
        yield data
        if len(data) < PIECE:
            return


def _complete(writer: Writer, blob: int, digest: str, size: int) -> None:
    """Give the bytes their name; bytes that are here already are not kept twice."""
    if writer.one("SELECT 1 FROM blob WHERE sha256 = :digest", digest=digest):
        _drop_incomplete(writer, blob)
        return
    sql = "UPDATE blob SET sha256 = :digest, size = :size WHERE id = :blob"
    writer.execute(sql, digest=digest, size=size, blob=blob)


def _drop_incomplete(writer: Writer, blob: int) -> None:
    if writer.one("SELECT 1 FROM blob WHERE id = :blob AND sha256 IS NULL", blob=blob):
        writer.execute("DELETE FROM piece WHERE blob = :blob", blob=blob)
        writer.execute("DELETE FROM blob WHERE id = :blob", blob=blob)


def sweep(writer: Writer) -> int:
    """Drop what a crash left half stored; returns how many."""
    left = writer.select("SELECT id FROM blob WHERE sha256 IS NULL")
    for (blob,) in left:
        _drop_incomplete(writer, blob)
    return len(left)


def forget_unused(casebook: Path, digest: str) -> None:
    """Drop complete bytes that no attachment ever pointed at, after their attaching was cancelled."""
    connection = connect(casebook, write=True)
    try:
        with transaction(connection, casebook) as writer:
            used = writer.one("SELECT 1 FROM attachment WHERE sha256 = :digest", digest=digest)
            blob = writer.value("SELECT id FROM blob WHERE sha256 = :digest", digest=digest)
            if blob and not used:
                writer.execute("DELETE FROM piece WHERE blob = :blob", blob=blob)
                writer.execute("DELETE FROM blob WHERE id = :blob", blob=blob)
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
    """Write the bytes to a file, complete at its final name or not at all."""
    source = reader(store, digest)
    with whole_file(target) as file:
        total = source.seek(0, io.SEEK_END)
        source.seek(0)
        while data := source.read(PIECE):
            file.write(data)
            progress.step(source.tell(), total)


@contextmanager
def whole_file(target: Path) -> Iterator[BinaryIO]:
    """A file that appears under its name only when it is whole and flushed; raises `DiskFailed` when it cannot."""
    partial = target.with_name(f".{target.name}.part")
    try:
        with partial.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise DiskFailed(target, error.strerror or "") from error
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
