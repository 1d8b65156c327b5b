"""The cases that might leave, each with a tick that says that it may."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from db.exchange.exports import Leaving
from desktop import wording
from desktop.rows import Column, Index, RowsModel
from desktop.widgets.rows_view import RowsView
from desktop.widgets.texts import isolated, tooltip

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


class LeavingModel(RowsModel[Leaving]):
    """A tick says that a case leaves. One that is marked above TLP:CLEAR has none until somebody sets it."""

    ticked_changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_COLUMNS, parent)
        self._ticked: set[str] = set()
        self._known: set[str] = set()

    def show(self, rows: Sequence[Leaving]) -> None:
        """Make these the cases; those that were listed before keep their ticks."""
        self._ticked |= {case.id for case in rows if not case.held_back and case.id not in self._known}
        self._known |= {case.id for case in rows}
        super().show(rows)
        self.ticked_changed.emit()

    @property
    def ticked(self) -> tuple[Leaving, ...]:
        """The cases that leave, of those that are listed."""
        return tuple(case for case in self.rows if case.id in self._ticked)

    def tick(self, places: Sequence[int]) -> None:
        """Tick these rows; where all of them are ticked, take their ticks away."""
        ids = {self.rows[place].id for place in places}
        self._ticked = self._ticked - ids if ids <= self._ticked else self._ticked | ids
        for place in places:
            self.dataChanged.emit(self.index(place, 0), self.index(place, 0), [Qt.ItemDataRole.CheckStateRole])
        self.ticked_changed.emit()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The reference carries the tick."""
        plain = super().flags(index)
        return plain | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else plain

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """What a view asks of a cell."""
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            case = self.row(index)
            return Qt.CheckState.Checked if case and case.id in self._ticked else Qt.CheckState.Unchecked
        return super().data(index, role)

    def setData(self, index: Index, _value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401
        """Take a click on a tick."""
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != 0:
            return False
        self.tick([index.row()])
        return True


class LeavingView(RowsView):
    """Space ticks all rows that are chosen."""

    def __init__(self, model: LeavingModel, parent: QWidget) -> None:
        super().__init__(model, "Cases", _WIDTHS, _TITLE, parent)
        self.cases = model

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick what is chosen; the rest is the table's."""
        places = [index.row() for index in self.selectionModel().selectedRows()]
        if event.key() == Qt.Key.Key_Space and places:
            self.cases.tick(places)
            return
        super().keyPressEvent(event)
