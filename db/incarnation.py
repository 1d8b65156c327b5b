"""What this computer remembers, outside the file, of the chains it writes.

A copied or restored file does not match the record, so it starts a chain of its own and no two files
ever write on one.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_LENGTH = 16 + 64


def home() -> Path:
    """This person's folder for Claimdesk on this computer; CLAIMDESK_HOME names another."""
    given = os.environ.get("CLAIMDESK_HOME")
    return Path(given) if given else platformdirs.user_data_path("claimdesk", appauthor=False)


class Incarnation:
    """The record of one chain: how far this computer has written it."""

    def __init__(self, folder: Path, chain: str) -> None:
        self._path = folder / "chains" / chain
        self._file: int | None = None

    def knows(self, number: int, top: bytes) -> bool:
        """Whether the chain in the file ends where this computer left it."""
        try:
            return self._path.read_text(encoding="ascii") == _line(number, top)
        except (OSError, UnicodeDecodeError):
            return False

    def note(self, number: int, top: bytes) -> None:
        """Remember the new end of the chain.

        Not flushed to the disk: a power cut makes the record stale, and then the next save starts a new
        chain, which loses nothing.
        """
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600)
        os.lseek(self._file, 0, os.SEEK_SET)
        os.write(self._file, _line(number, top).encode("ascii"))

    def close(self) -> None:
        """Close the record; a second time does nothing."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _line(number: int, top: bytes) -> str:
    return f"{number:016d}{top.hex()}"
