"""A pytest plugin that writes down every socket that a run opens, in Python or beneath it. Used by a story."""

from __future__ import annotations

import os
import sys
from pathlib import Path

SEEN: set[str] = set()
_TABLES = ("tcp", "tcp6", "udp", "udp6", "raw", "raw6")


def _hear(event: str, args: tuple) -> None:
    if event.startswith("socket."):
        SEEN.add(event)


def _look() -> None:
    """Sockets of this process that lead out of the computer, whoever opened them."""
    mine = set()
    for handle in Path("/proc/self/fd").glob("*"):
        try:
            mine.add(str(handle.readlink()).removeprefix("socket:[").removesuffix("]"))
        except OSError:
            continue
    for table in _TABLES:
        rows = Path("/proc/self/net", table).read_text().splitlines()[1:]
        SEEN.update(f"{table} {row.split()[1]}" for row in rows if row.split()[9] in mine)


def _modules() -> None:
    """Parts of Qt that can reach out."""
    maps = Path("/proc/self/maps").read_text()
    SEEN.update(name for name in ("Qt6Network", "Qt6WebEngine", "Qt6WebSockets") if name in maps)


def pytest_configure() -> None:
    sys.addaudithook(_hear)


def pytest_runtest_logreport() -> None:
    _look()


def pytest_unconfigure() -> None:
    _look()
    _modules()
    Path(os.environ["CLAIMDESK_WIRE"]).write_text("\n".join(sorted(SEEN)))
