"""Private folders for what is being made, each thrown away by whoever made it, or after a crash by the next."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from db import incarnation
from db.errors import DiskFailed


def folder() -> Path:
    """A new, empty folder of this process; raises `DiskFailed`."""
    base = incarnation.home() / "scratch"
    try:
        base.mkdir(parents=True, exist_ok=True, mode=0o700)
        _sweep(base)
        return Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=base))
    except OSError as error:
        raise DiskFailed(base, error.strerror or "") from error


@contextmanager
def lent() -> Iterator[Path]:
    """A new, empty folder that is thrown away at the end."""
    found = folder()
    try:
        yield found
    finally:
        shutil.rmtree(found, ignore_errors=True)


def _sweep(base: Path) -> None:
    """Throw away what processes left that are no more."""
    import psutil  # noqa: PLC0415 (start-up does not wait for it)

    for each in base.iterdir():
        with suppress(ValueError):
            if not psutil.pid_exists(int(each.name.partition("-")[0])):
                shutil.rmtree(each, ignore_errors=True)
