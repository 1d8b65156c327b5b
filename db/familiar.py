"""Which files are as this computer left them: any other is looked over before it is opened.

Remembered outside the files, by inode, which stays when a file is moved and is another in a copy. While a casebook is
open its line says so and no more, so that whatever a crash leaves is still ours.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from db import incarnation

_OPEN = "open"
_WIDTH = 41


def begin(path: Path) -> None:
    """Note that a casebook is open and may change at any moment. On the disk at once: a power cut may follow."""
    _write(path, _OPEN, flush=True)


def note(path: Path) -> None:
    """Note what a closed casebook is like."""
    with suppress(OSError):
        _write(path, _like(path))


def knows(path: Path) -> bool:
    """Whether a file is as this computer left it. Where nothing can be remembered, everything is."""
    if not _can_remember():
        return True
    try:
        told = _record(path).read_text(encoding="ascii").strip()
        return told in (_OPEN, _like(path))
    except (OSError, UnicodeDecodeError):
        return False


def _can_remember() -> bool:
    with suppress(OSError):
        folder = incarnation.home() / "files"
        folder.mkdir(parents=True, exist_ok=True)
        return os.access(folder, os.W_OK)
    return False


def _record(path: Path) -> Path:
    return incarnation.home() / "files" / str(path.stat().st_ino)


def _like(path: Path) -> str:
    found = path.stat()
    return f"{found.st_size} {found.st_mtime_ns}"


def _write(path: Path, line: str, *, flush: bool = False) -> None:
    """Write over the line that is there, in as many bytes: that also works on a full disk."""
    with suppress(OSError):
        record = _record(path)
        record.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(record, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.write(file, line.ljust(_WIDTH).encode("ascii"))
            if flush:
                os.fsync(file)
        finally:
            os.close(file)
