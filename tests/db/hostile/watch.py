"""What is seen of a file that is taken in from outside: the folder it lies in, processes, and what SQLite opens."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path


def everything_in(folder: Path) -> dict[str, object]:
    """Every entry of a folder and what is in it; nothing is opened that is no plain file."""
    found: dict[str, object] = {}
    for path in sorted(folder.rglob("*")):
        seen = path.lstat()
        what: object = stat.S_IFMT(seen.st_mode)
        if stat.S_ISLNK(seen.st_mode):
            what = path.readlink()
        elif stat.S_ISREG(seen.st_mode):
            read = os.access(path, os.R_OK) and seen.st_size < 1 << 30
            what = (seen.st_size, seen.st_mtime_ns, sha256(path.read_bytes()).hexdigest() if read else "")
        found[str(path.relative_to(folder))] = what
    return found


def helpers() -> list[int]:
    """The helper processes that this process has started and that still run; none where there is no /proc."""
    return [pid for pid in processes("sieve") if parent_of(pid) == os.getpid()]


def processes(word: str) -> list[int]:
    """All processes with this word in how they were called."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if word.encode() in entry.joinpath("cmdline").read_bytes():
                found.append(int(entry.name))
    return found


def parent_of(pid: int) -> int | None:
    """Who started a process that runs; None where it has ended."""
    try:
        state, parent, *_ = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (OSError, ValueError):
        return None
    return None if state == "Z" else int(parent)


class _Opened:
    """Watches which files SQLite and Python open in this process."""

    def __init__(self) -> None:
        self.by_sqlite: list[str] = []
        self.for_writing: list[str] = []
        self.on = threading.Event()

    def __call__(self, event: str, args: tuple) -> None:
        if not self.on.is_set():
            return
        if event == "sqlite3.connect":
            self.by_sqlite.append(os.fsdecode(args[0]))
        elif event == "open" and isinstance(args[0], str | bytes) and _writes(args):
            self.for_writing.append(os.fsdecode(args[0]))
        elif event in ("os.rename", "os.remove", "os.mkdir", "os.truncate", "os.link", "os.symlink", "shutil.rmtree"):
            self.for_writing.append(str(args[0]))


def _writes(args: tuple) -> bool:
    mode, flags = args[1], args[2]
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC))


_opened = _Opened()
sys.addaudithook(_opened)


@contextmanager
def opened() -> Iterator[_Opened]:
    """What is opened meanwhile; there is no taking an audit hook away, so it only listens when it is asked to."""
    _opened.by_sqlite, _opened.for_writing = [], []
    _opened.on.set()
    try:
        yield _opened
    finally:
        _opened.on.clear()
