"""Private folders for what is being made or looked over; what a crash left of one is swept by whoever comes next."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from db import identity, incarnation
from db.errors import DiskFailed

_LOCK = ".lock"
_PATIENCE = 10  # seconds: a sweep may hold a new lock for a moment


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that nobody else may read and no sweep takes, until it is thrown away."""

    path: Path
    _held: FileLock

    def throw_away(self) -> None:
        """Away with the folder and all that is in it, then with its lock, which is held until then."""
        shutil.rmtree(self.path, ignore_errors=True)
        with contextlib.suppress(OSError):  # Windows keeps what is open: there the next sweep takes it
            self.path.with_suffix(_LOCK).unlink()
        self._held.release()


def take() -> Folder:
    """A new, empty folder; raises `DiskFailed`."""
    made = base() / identity.new_id()
    lock = _lock(made)
    try:
        made.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        sweep()
        lock.acquire(timeout=_PATIENCE)  # before there is a folder: one without a lock is nobody's
        made.mkdir(mode=0o700)
    except OSError as error:
        raise DiskFailed(made.parent, error.strerror or "") from error
    return Folder(made, lock)


@contextlib.contextmanager
def lent() -> Iterator[Path]:
    """A new, empty folder that is thrown away at the end; raises `DiskFailed`."""
    folder = take()
    try:
        yield folder.path
    finally:
        folder.throw_away()


def sweep() -> None:
    """Throw away the folders whose programs were killed; those that are in use stay."""
    with contextlib.suppress(OSError):
        for made in {entry.with_suffix("") for entry in base().iterdir()}:
            lock = _lock(made)
            with contextlib.suppress(Timeout):
                lock.acquire(timeout=0)
                Folder(made, lock).throw_away()


def base() -> Path:
    """Where the folders are made."""
    return incarnation.home() / "scratch"


def _lock(made: Path) -> FileLock:
    """The lock of a folder; whoever lets go of it may be another thread than the one that took it."""
    return FileLock(made.with_suffix(_LOCK), is_singleton=False, thread_local=False)
