"""What a page is handed: the casebook, the news of it, the jobs, the look and this computer's settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from db.casebook import Casebook
from db.change import Change, Notice
from db.errors import CasebookError
from db.vocabulary import Op
from desktop.jobs import Jobs
from desktop.settings import Settings
from desktop.theme import Theme

_AT_ONCE = 300  # things of one save: a tenth of a second


class Bulletin(QObject):
    """Tells the views what a save touched. There is no other road to a redraw."""

    changed = Signal(object)

    def __init__(self, book: Casebook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._leave = book.subscribe(self._on_notice)

    def _on_notice(self, notice: Notice) -> None:
        self.changed.emit(notice)

    def close(self) -> None:
        """Hear no more."""
        self._leave()


@dataclass(frozen=True, slots=True)
class Context:
    """Handed to each page, panel and action; `report` shows an error to the person."""

    book: Casebook
    bulletin: Bulletin
    jobs: Jobs
    settings: Settings
    theme: Theme
    report: Callable[[Exception], None]

    def save(self, verb: Op, write: Callable[[Change], object]) -> bool:
        """Make one save; where it cannot be made the person is told why. Returns whether it was made."""
        try:
            with self.book.change(verb) as change:
                write(change)
        except CasebookError as error:
            self.report(error)
            return False
        return True

    def save_many(self, verb: Op, count: int, write: Callable[[Change], object]) -> None:
        """Make one save of so many things: at once where they are few, off the window's thread where it would wait."""
        if count <= _AT_ONCE:
            self.save(verb, write)
        else:
            title = "Writing down what was done"
            self.jobs.start(title, lambda _: self.book.change_apart(verb, write), self.book.tell, failed=self.report)
