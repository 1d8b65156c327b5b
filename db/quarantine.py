"""Private folders for files that are being looked over; what a crash left of one is swept by whoever comes next."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from db import identity, incarnation
from db.errors import DiskFailed

_LOCK = ".lock"
_PATIENCE = 10  # seconds: a sweep may hold a new lock for a moment


@contextmanager
def folder() -> Iterator[Path]:
    """A new folder that nobody else may read; it is gone at the end, with all that is in it."""
    made = base() / identity.new_id()
    lock = _lock(made)
    try:
        made.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        sweep()
        lock.acquire(timeout=_PATIENCE)  # before there is a folder: one without a lock is nobody's
        made.mkdir(mode=0o700)
    except OSError as error:
        raise DiskFailed(made.parent, error.strerror or "") from error
    try:
        yield made
    finally:
        _drop(made, lock)


def sweep() -> None:
    """Throw away the folders whose programs were killed; those that are in use stay."""
    with contextlib.suppress(OSError):
        for made in {entry.with_suffix("") for entry in base().iterdir()}:
            lock = _lock(made)
            with contextlib.suppress(Timeout):
                lock.acquire(timeout=0)
                _drop(made, lock)


def base() -> Path:
    """Where the folders are made."""
    return incarnation.home() / "intake"


def _lock(made: Path) -> FileLock:
    """The lock of a folder; whoever lets go of it may be another thread than the one that took it."""
    return FileLock(made.with_suffix(_LOCK), is_singleton=False, thread_local=False)


def _drop(made: Path, lock: FileLock) -> None:
    """Away with a folder, then with its lock, which is held until then."""
    shutil.rmtree(made, ignore_errors=True)
    with contextlib.suppress(OSError):  # Windows keeps what is open: there the next sweep takes it
        made.with_suffix(_LOCK).unlink()
    lock.release()
