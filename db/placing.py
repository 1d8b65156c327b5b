"""Putting a complete file in the place of another: whoever looks finds the old one or the new one, never a part.

Where the file lies SQLite has no part in it, so that this is as safe on a stick or a share as on one's own disk.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from db import identity, incarnation
from db.errors import DiskFailed, DiskFull, FileError, Locked, Missing, ReadOnly
from db.lock import WriterLock
from db.progress import SILENT, Progress, Share

_PIECE = 1 << 20
_KEPT = 3


def put(new: Path, path: Path, seen: str, progress: Progress = SILENT) -> str | None:
    """Put a copy of `new` in the place of `path`, which was read as SHA-256 `seen` before; returns that of the new one.

    None, with nothing changed, where `path` has changed meanwhile. What was there is kept in this person's folder.
    Raises `Locked` while a window has it open, `DiskFull`, `ReadOnly`, `Missing` or `DiskFailed`.
    """
    if not path.is_file():  # a lock would make the folder anew
        raise Missing(path)
    with refusals(path), locked(path):
        part = path.with_name(f".{path.name}.{identity.new_id()[-8:]}.part")
        _clear(path)
        try:
            digest = _write(new, part, path, Share(progress, 0, 70))
            if not _keep(path, seen, Share(progress, 70, 100)):
                return None
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        flush_folder(path.parent)
        return digest


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Be the only one who writes to a file that is not open here; raises `Locked`."""
    lock = WriterLock(path)
    try:
        with suppress(NotImplementedError):  # a place without locks: what is read before the end must do
            if not lock.take():
                raise Locked(path, str(lock.holder() or ""))
        yield
    finally:
        lock.release()


def refusal(path: Path, error: OSError) -> FileError:
    """What the system said of a file, as we say it."""
    kinds: dict[int | None, type[FileError]] = {
        errno.ENOSPC: DiskFull, errno.EDQUOT: DiskFull, errno.EFBIG: DiskFull, errno.ENOENT: Missing,
        errno.EROFS: ReadOnly, errno.EACCES: ReadOnly, errno.EPERM: ReadOnly,
    }  # fmt: skip
    return kinds.get(error.errno, DiskFailed)(path, error.strerror or "")


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Let what the system refuses of a file be told as we say it."""
    try:
        yield
    except OSError as error:
        raise refusal(path, error) from error


def _clear(path: Path) -> None:
    """Take away what a crash left of earlier ones: nobody else is writing, or they would have the lock."""
    for left in path.parent.iterdir():
        if left.name.startswith(f".{path.name}.") and left.name.endswith(".part"):
            left.unlink()


def _write(new: Path, part: Path, path: Path, progress: Progress) -> str:
    """Copy a file, and read from the disk whether it came there; returns its SHA-256."""
    size = new.stat().st_size
    if size > shutil.disk_usage(part.parent).free:
        raise DiskFull(path)
    with new.open("rb") as source, part.open("xb") as target:
        digest = _pass(source, target, size, Share(progress, 0, 60))
        target.flush()
        os.fsync(target.fileno())
    with suppress(OSError):
        shutil.copymode(path, part)
    with part.open("rb") as written:
        if hasattr(os, "posix_fadvise"):  # read it from the disk, not from memory
            os.posix_fadvise(written.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        if _pass(written, None, size, Share(progress, 60, 100)) != digest:
            raise DiskFailed(path, "read back")
    return digest


def _keep(path: Path, seen: str, progress: Progress) -> bool:
    """Keep what is there in this person's folder; returns whether it is still what was seen."""
    if not path.is_file() or Path(f"{path}-journal").exists():
        return False
    folder = incarnation.home() / "replaced"
    stamp = identity.iso(identity.now())[:19].replace(":", "")
    kept = folder / f"{path.name}.{stamp}.{seen[:8]}"
    before = path.stat()
    try:
        with refusals(folder):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with path.open("rb") as source, kept.open("wb") as target:
                digest = _pass(source, target, before.st_size, progress)
                target.flush()
                os.fsync(target.fileno())
        after = path.stat()
        if digest != seen or (before.st_mtime_ns, before.st_ino) != (after.st_mtime_ns, after.st_ino):
            kept.unlink()
            return False
    except BaseException:
        kept.unlink(missing_ok=True)
        raise
    for old in sorted(folder.glob(f"{escape(path.name)}.*"))[:-_KEPT]:
        old.unlink(missing_ok=True)
    return True


def _pass(source: BinaryIO, target: BinaryIO | None, size: int, progress: Progress) -> str:
    """Read a file to its end, into another where there is one; returns its SHA-256."""
    digest, done = sha256(), 0
    while data := source.read(_PIECE):
        digest.update(data)
        if target:
            target.write(data)
        done += len(data)
        progress.step(min(done, size), size)
    return digest.hexdigest()


def flush_folder(folder: Path) -> None:
    """Put the names in a folder on the disk, where the system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
