"""Taking from this process what reading a document does not need: memory, time, files, programs, the network."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

MEMORY = 512 << 20
_SECONDS = 30  # of the processor; whoever started us has less patience
_REFUSED = ("socket.", "subprocess.", "os.exec", "os.spawn", "os.posix_spawn", "os.fork", "os.system", "os.startfile",
            "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod",
            "os.kill", "shutil.", "tempfile.", "webbrowser.", "urllib.", "ftplib.", "smtplib.", "pty.")  # fmt: skip
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000


def confine(*readable: Path) -> None:
    """Let this process read these files and its own program, and do nothing else, to its end."""
    _limit()
    _leave_the_network()
    roots = tuple(
        f"{os.path.realpath(each)}{os.sep}"
        for each in {sys.prefix, sys.base_prefix, sys.exec_prefix, str(Path(__file__).parents[2])}
    )
    exact = frozenset(os.path.realpath(each) for each in readable)

    def look(event: str, args: tuple[object, ...]) -> None:
        if event.startswith(_REFUSED):
            raise PermissionError(event)
        if event == "open" and isinstance(args[0], str | bytes):
            path = os.path.realpath(os.fsdecode(args[0]))
            flags = args[2] if isinstance(args[2], int) else 0
            if flags & _WRITES or not (path in exact or path.startswith(roots)):
                raise PermissionError(event)

    sys.addaudithook(look)


def _limit() -> None:
    """What the system keeps, whatever a library does. Windows knows no such limits: whoever started us watches."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415 (POSIX only)

        for what, most in (
            (resource.RLIMIT_AS, MEMORY),
            (resource.RLIMIT_CPU, _SECONDS),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_NOFILE, 64),
        ):
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(what, (most, most))


def _leave_the_network() -> None:
    """On Linux, go where there is no network; where that is not allowed, what is refused above must do."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415

        with contextlib.suppress(AttributeError, OSError):
            ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NET)
