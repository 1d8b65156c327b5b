"""A context on a real casebook, for tests of what stands in the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db import attachments
from db.attachments import Attachment
from db.casebook import Casebook
from desktop.context import Bulletin, Context
from desktop.jobs import Jobs
from desktop.settings import Look, Settings
from desktop.theme import Theme
from tests import makers


@dataclass
class Desk:
    """One case in one casebook, and what was reported."""

    book: Casebook
    case_id: str
    context: Context
    reported: list[Exception] = field(default_factory=list)

    def attachments(self) -> tuple[Attachment, ...]:
        return attachments.of_case(self.book, self.case_id)

    def settle(self, qtbot: QtBot) -> None:
        """Wait until no job is left."""
        qtbot.waitUntil(lambda: not self.context.jobs.busy, timeout=30_000)


@contextmanager
def sit_down(folder: Path, *, write: bool = True) -> Iterator[Desk]:
    """A casebook with one case, opened as the window opens it, and closed."""
    book = makers.make_book(folder)
    case_id = makers.make_case(book)
    if not write:
        book.close()
        book = Casebook.open(book.path, write=False)
    reported: list[Exception] = []
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    jobs, bulletin = Jobs(reported.append), Bulletin(book)
    context = Context(book, bulletin, jobs, Settings(), Theme(app, Look.LIGHT), reported.append)
    try:
        yield Desk(book, case_id, context, reported)
    finally:
        jobs.close()
        bulletin.close()
        book.close()


class Pulse:
    """Beats in the event loop, to show that it is served while something long goes on."""

    def __init__(self) -> None:
        self.beats = 0
        self._timer = QTimer()
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._beat)

    def __enter__(self) -> Pulse:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        self.beats += 1


def wait_for(qtbot: QtBot, holds: Callable[[], bool]) -> None:
    """Let the event loop run until something holds."""
    qtbot.waitUntil(holds, timeout=15_000)
