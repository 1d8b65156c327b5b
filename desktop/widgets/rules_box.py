"""The rules that a hand-over breaks, each by its name and with ways to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from db.errors import CasebookError, HeldBack, NameStands
from db.vocabulary import Tlp
from desktop import wording
from desktop.listing import Names
from desktop.widgets.texts import Prose

_MOST = 8
Mend = tuple[str, Callable[[], None]]


class RulesBox(QWidget):
    """Says what stands in the way. `held` names things to hold back, `spoken` one whose words may stand elsewhere."""

    held = Signal(object)
    spoken = Signal(str)
    raised = Signal(object)
    freed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)

    def show_rules(self, broken: Sequence[CasebookError], names: Names, came_back: Iterable[str] = ()) -> None:
        """Show the rules that are broken, and the hint that deletions of what another desk gave stay here."""
        while item := self._box.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        above = [error for error in broken if isinstance(error, HeldBack)]
        if above:
            self._above(above)
        others = [error for error in broken if not isinstance(error, HeldBack)]
        for error in others[:_MOST]:
            self._other(error, names)
        if len(others) > _MOST:
            self._say(f"… and {len(others) - _MOST} more rules that are broken.", "danger")
        if gone := tuple(came_back):
            self._deleted(gone)
        self.setVisible(self._box.count() > 0)

    def _above(self, errors: Sequence[HeldBack]) -> None:
        """One for all cases that are marked too high."""
        highest = max((Tlp(error.tlp) for error in errors), key=list(Tlp).index)
        words = "\n".join(wording.explain(error).what for error in errors[:_MOST])
        more = f"\n… and {len(errors) - _MOST} more" if len(errors) > _MOST else ""
        hold = partial(self.held.emit, frozenset(error.case_id for error in errors))
        level = f"They may see {wording.word(highest)}"
        self._say(words + more, "danger", (("Hold back", hold), (level, partial(self.raised.emit, highest))))

    def _other(self, error: CasebookError, names: Names) -> None:
        words = wording.explain(error)
        if not isinstance(error, NameStands):
            self._say(f"{words.what} {words.todo}", "danger")
            return
        hold = partial(self.held.emit, frozenset(thing for _, thing, _ in error.places))
        anyway = partial(self.spoken.emit, error.thing)
        text = f"{words.what}\n{names.places(error)}"
        self._say(text, "danger", (("Hold these back too", hold), ("Leave them anyway", anyway)))

    def _deleted(self, things: Sequence[str]) -> None:
        count = (
            "One thing that another desk gave was"
            if len(things) == 1
            else f"{len(things)} things that other desks gave were"
        )
        words = f"{count} deleted here. That becomes known there only if it leaves, with its words."
        self._say(words, "info", (("Let it leave", partial(self.freed.emit, frozenset(things))),))

    def _say(self, words: str, look: str, mends: Sequence[Mend] = ()) -> None:
        banner = QFrame()
        banner.setProperty("banner", look)
        box = QVBoxLayout(banner)
        box.setContentsMargins(12, 8, 12, 8)
        box.setSpacing(6)
        box.addWidget(Prose(words))
        row = QHBoxLayout()
        row.setSpacing(8)
        for text, mend in mends:
            button = QPushButton(text)
            button.clicked.connect(mend)
            row.addWidget(button)
        row.addStretch(1)
        if mends:
            box.addLayout(row)
        self._box.addWidget(banner)
