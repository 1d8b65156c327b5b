"""The cases that might leave, each with a tick that says that it may."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from db.exchange.exports import Leaving
from desktop import wording
from desktop.rows import Column
from desktop.widgets.texts import isolated, tooltip
from desktop.widgets.ticked import TickedModel, TickedView

_TITLE = 1
_COLUMNS: tuple[Column[Leaving], ...] = (
    Column("Case", lambda case: isolated(case.reference)),
    Column("Title", lambda case: case.title, lambda case, role: _tip(case.title, role)),
    Column("Verdict", lambda case: case.rating or "No verdict", lambda case, role: _tip(case.rating, role)),
    Column("Marking", lambda case: isolated(wording.word(case.tlp))),
)
_WIDTHS = (176, 240, 130, 160)


def _tip(text: str, role: int) -> str | None:
    return tooltip(text) if role == Qt.ItemDataRole.ToolTipRole else None


class LeavingModel(TickedModel[Leaving]):
    """A tick says that a case leaves. One that is marked above TLP:CLEAR has none until somebody sets it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_COLUMNS, parent)
        self._known: set[str] = set()

    def show(self, rows: Sequence[Leaving]) -> None:
        """Make these the cases; those that were listed before keep their ticks."""
        self._ticked |= {case.id for case in rows if not case.held_back and case.id not in self._known}
        self._known |= {case.id for case in rows}
        super().show(rows)
        self.ticked_changed.emit()


class LeavingView(TickedView):
    """The cases as a table."""

    def __init__(self, model: LeavingModel, parent: QWidget) -> None:
        super().__init__(model, "Cases", _WIDTHS, _TITLE, parent)
