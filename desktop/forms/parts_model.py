"""The files within a document, each with a tick that says that it is taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from db.reading.found import Part
from desktop import document_words, wording
from desktop.rows import Column, Index, RowsModel
from desktop.widgets.rows_view import RowsView
from desktop.widgets.texts import tooltip


@dataclass(frozen=True, slots=True)
class PartRow:
    """A file within a document; `id` is its place."""

    id: str
    part: Part


def _tip(row: PartRow, role: int) -> str | None:
    return tooltip(row.part.name) if role == Qt.ItemDataRole.ToolTipRole else None


_COLUMNS: tuple[Column[PartRow], ...] = (
    Column("No.", lambda row: str(int(row.id) + 1)),  # the tick stands here, where no name turns it to the other side
    Column("File", lambda row: document_words.plain_name(row.part), _tip),
    Column("Type", lambda row: document_words.kind(row.part)),
    Column("Size", lambda row: wording.size(row.part.size)),
)
_NAME = 1
_WIDTHS = (64, 290, 130, 100)


class PartsModel(RowsModel[PartRow]):
    """All are ticked at first, up to as many as can be taken at once."""

    ticked_changed = Signal()

    def __init__(self, parts: Sequence[Part], most: int, parent: QWidget) -> None:
        super().__init__(_COLUMNS, parent)
        self._ticked = set(range(min(most, len(parts))))
        self.show([PartRow(str(place), part) for place, part in enumerate(parts)])

    @property
    def ticked(self) -> tuple[int, ...]:
        """The places of the files that are taken out."""
        return tuple(sorted(self._ticked))

    def tick(self, places: Sequence[int]) -> None:
        """Tick these rows; where all of them are ticked, take their ticks away."""
        wanted = set(places)
        self._ticked = self._ticked - wanted if wanted <= self._ticked else self._ticked | wanted
        for place in places:
            self.dataChanged.emit(self.index(place, 0), self.index(place, 0), [Qt.ItemDataRole.CheckStateRole])
        self.ticked_changed.emit()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The number carries the tick."""
        plain = super().flags(index)
        return plain | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else plain

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """What a view asks of a cell."""
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            return Qt.CheckState.Checked if index.row() in self._ticked else Qt.CheckState.Unchecked
        return super().data(index, role)

    def setData(self, index: Index, _value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401
        """Take a click on a tick."""
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != 0:
            return False
        self.tick([index.row()])
        return True


class PartsView(RowsView):
    """Space ticks all rows that are chosen."""

    def __init__(self, model: PartsModel, parent: QWidget) -> None:
        super().__init__(model, "Files in it", _WIDTHS, _NAME, parent)
        self.parts = model

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick what is chosen; the rest is the table's."""
        places = [index.row() for index in self.selectionModel().selectedRows()]
        if event.key() == Qt.Key.Key_Space and places:
            self.parts.tick(places)
            return
        super().keyPressEvent(event)
