"""What every test stands on: a home of its own, no network, and nothing left behind."""

from __future__ import annotations

import gc
import os
import sqlite3
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("claimdesk", deadline=None)  # no timing decides a test
settings.load_profile("claimdesk")

if screens := os.environ.get("CLAIMDESK_SCREENS", "").split():  # one for each worker
    os.environ["DISPLAY"] = screens[int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) % len(screens)]
if not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


class _Network:
    """Watches for anything that reaches beyond this computer, or only tries to."""

    def __init__(self) -> None:
        self.tried: list[str] = []

    def __call__(self, event: str, args: tuple) -> None:
        if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
            address = args[1] if event in ("socket.connect", "socket.sendto") else args[0]
            if not isinstance(address, str | bytes) or event.startswith("socket.get"):
                self.tried.append(f"{event} {address!r}")
                raise PermissionError(f"no network in tests: {event} {address!r}")


_network = _Network()
sys.addaudithook(_network)


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    _network.tried.clear()
    yield
    assert not _network.tried


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("CLAIMDESK_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    threads = set(threading.enumerate())
    yield
    _close_windows()
    if _left():
        gc.collect()
        left = _left()
        assert not left, f"left behind: {left}"
    assert set(threading.enumerate()) <= threads, "threads left behind"


def _left() -> list[object]:
    """Open connections, and Qt timers that still run."""
    core = sys.modules.get("PySide6.QtCore")
    kinds = (sqlite3.Connection, core.QTimer) if core else (sqlite3.Connection,)
    return [each for each in gc.get_objects() if issubclass(type(each), kinds) and _alive(each)]


def _alive(each: object) -> bool:
    if isinstance(each, sqlite3.Connection):
        try:
            return each.total_changes >= 0
        except sqlite3.ProgrammingError:
            return False
    from shiboken6 import isValid

    return isValid(each) and each.isActive()


def _close_windows() -> None:
    """Close what a test left open, and fail it."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    app = widgets.QApplication.instance() if widgets else None
    if app is None or not isinstance(app, widgets.QApplication):
        return
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [w for w in app.topLevelWidgets() if w.isVisible()]
    for widget in left:
        widget.close()
    assert not left, f"windows left open: {left}"
