"""A table whose rows carry a tick each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.rows import Column, Index, R, RowsModel
from desktop.widgets.rows_view import RowsView


class TickedModel(RowsModel[R]):
    """Frozen rows with ticks in the first column, kept by the ids of the rows."""

    ticked_changed = Signal()

    def __init__(self, columns: Sequence[Column[R]], parent: QWidget, ticked: Collection[str] = ()) -> None:
        super().__init__(columns, parent)
        self._ticked = set(ticked)

    @property
    def ticked(self) -> tuple[R, ...]:
        """The rows that are ticked, in their order."""
        return tuple(row for row in self.rows if row.id in self._ticked)

    def tick(self, places: Sequence[int]) -> None:
        """Tick these rows; where all of them are ticked, take their ticks away."""
        ids = {self.rows[place].id for place in places}
        self._ticked = self._ticked - ids if ids <= self._ticked else self._ticked | ids
        for place in places:
            self.dataChanged.emit(self.index(place, 0), self.index(place, 0), [Qt.ItemDataRole.CheckStateRole])
        self.ticked_changed.emit()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The first column carries the tick."""
        plain = super().flags(index)
        return plain | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else plain

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """What a view asks of a cell."""
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            row = self.row(index)
            return Qt.CheckState.Checked if row and row.id in self._ticked else Qt.CheckState.Unchecked
        return super().data(index, role)

    def setData(self, index: Index, _value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401
        """Take a click on a tick."""
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != 0:
            return False
        self.tick([index.row()])
        return True


class TickedView(RowsView):
    """Space ticks all rows that are chosen."""

    def __init__(self, model: TickedModel[Any], name: str, widths: Sequence[int], wide: int, parent: QWidget) -> None:
        super().__init__(model, name, widths, wide, parent)
        self._of = model

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick what is chosen; the rest is the table's."""
        places = [index.row() for index in self.selectionModel().selectedRows()]
        if event.key() == Qt.Key.Key_Space and places:
            self._of.tick(places)
            return
        super().keyPressEvent(event)
