"""One table model for every list that is short enough to hold: frozen rows, columns that read them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole)


class Identified(Protocol):
    """A row with an id that stays when its content changes."""

    @property
    def id(self) -> str:
        """What tells this row from every other."""


R = TypeVar("R", bound=Identified)


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: its heading, the words of a row in it, and more roles where it has them."""

    heading: str
    text: Callable[[R], str]
    roles: Callable[[R, int], Any] | None = None


class RowsModel(QAbstractTableModel, Generic[R]):
    """A table of frozen rows. `show` redraws only what differs while the same rows stand in the same order."""

    def __init__(self, columns: Sequence[Column[R]], parent: Any = None) -> None:  # noqa: ANN401
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: tuple[R, ...] = ()

    def show(self, rows: Sequence[R]) -> None:
        """Make these the rows."""
        new = tuple(rows)
        if [row.id for row in new] != [row.id for row in self._rows]:
            self.beginResetModel()
            self._rows = new
            self.endResetModel()
            return
        old, self._rows = self._rows, new
        for place, (before, after) in enumerate(zip(old, new, strict=True)):
            if before != after:
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(self._columns) - 1))

    @property
    def rows(self) -> tuple[R, ...]:
        """The rows as they stand."""
        return self._rows

    def row(self, index: Index) -> R | None:
        """The row at an index."""
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def place(self, row_id: str) -> QModelIndex:
        """Where the row with this id stands; invalid when it does not."""
        for place, row in enumerate(self._rows):
            if row.id == row_id:
                return self.index(place, 0)
        return QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """What a view asks of a cell."""
        row = self.row(index)
        if row is None or not 0 <= index.column() < len(self._columns):
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == ROW:
            return row
        return column.roles(row, role) if column.roles else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """The heading of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].heading
        return None
