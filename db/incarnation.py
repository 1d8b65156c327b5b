"""What this computer remembers, outside the file, of the chains it writes.

A copied or restored file does not match the record, so it starts a chain of its own and no two files
ever write on one.
"""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

import platformdirs

_DIGITS = 16
_CHAIN = re.compile("[0-9a-f]{32}")


def home() -> Path:
    """This person's folder for Claimdesk on this computer; CLAIMDESK_HOME names another."""
    given = os.environ.get("CLAIMDESK_HOME")
    return Path(given) if given else platformdirs.user_data_path("claimdesk", appauthor=False)


def remembers(chain: str) -> bool:
    """Whether this computer has written on a chain."""
    return _record(home(), chain).exists()


def _record(folder: Path, chain: str) -> Path:
    """Where the record of a chain is, or would be; a name that is no chain's never leads out of the folder."""
    return folder / "chains" / (chain if _CHAIN.fullmatch(chain) else "none")


class Incarnation:
    """The record of one chain: how far this computer has written it."""

    def __init__(self, folder: Path, chain: str, casebook: Path) -> None:
        self._path = _record(folder, chain)
        self._inode = casebook.stat().st_ino  # stays when the file is moved, is another in a copy
        self._file: int | None = None

    def knows(self, number: int, top: bytes) -> bool:
        """Whether the chain in the file ends where this computer left it."""
        try:
            return self._path.read_text(encoding="ascii") == self._line(number, top)
        except (OSError, UnicodeDecodeError):
            return False

    def is_behind(self, number: int) -> bool:
        """Whether the chain in the file was written further than this computer remembers."""
        try:
            return int(self._path.read_text(encoding="ascii")[:_DIGITS]) < number
        except FileNotFoundError:
            return False
        except (OSError, ValueError):
            return True

    def forget(self) -> None:
        """Remember the chain no longer: an older copy of the file must not go on with it."""
        self.close()
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)

    def note(self, number: int, top: bytes) -> None:
        """Remember the new end of the chain.

        Not flushed to the disk: a power cut makes the record stale, and then the next save starts a new
        chain, which loses nothing.
        """
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600)
        os.lseek(self._file, 0, os.SEEK_SET)
        os.write(self._file, self._line(number, top).encode("ascii"))

    def close(self) -> None:
        """Close the record; a second time does nothing."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _line(self, number: int, top: bytes) -> str:
        return f"{number:0{_DIGITS}d} {top.hex()} {self._inode:020d}"
