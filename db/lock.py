"""One writer to a casebook: a lock file beside it, which also says who has it."""

from __future__ import annotations

import contextlib
import json
import os
import platform
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout


@dataclass(frozen=True, slots=True)
class Holder:
    """Who is writing: the computer and the number of the process."""

    host: str
    process: int

    def __str__(self) -> str:
        return f"{self.host}, process {self.process}"


class WriterLock:
    """Held from opening to closing; the system lets go of it when the process dies."""

    def __init__(self, casebook: Path) -> None:
        self._path = casebook.with_name(f".{casebook.name}.lock")
        self._note = casebook.with_name(f".{casebook.name}.writer")
        self._lock = FileLock(self._path, timeout=0, is_singleton=False)

    def take(self) -> bool:
        """Try to become the writer; raises OSError where no lock file can be made."""
        try:
            self._lock.acquire()
        except Timeout:
            return False
        with contextlib.suppress(OSError):  # on a full disk nobody learns who writes, and that is all
            self._note.write_text(json.dumps([platform.node(), os.getpid()]), encoding="utf-8")
        return True

    def holder(self) -> Holder | None:
        """Who has the casebook, where that can be read."""
        try:
            host, process = json.loads(self._note.read_text(encoding="utf-8"))
            return Holder(str(host), int(process))
        except (OSError, ValueError, TypeError):
            return None

    def release(self) -> None:
        """Stop being the writer and take the lock file away."""
        if self._lock.is_locked:
            for path in (self._note, self._path):  # before letting go: whoever waits sees that its file is gone
                with contextlib.suppress(OSError):
                    path.unlink()
            self._lock.release()
