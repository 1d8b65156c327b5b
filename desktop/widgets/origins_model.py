"""The sources of a case under the origins that they come from, and why each belongs there."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QFont

from db.independence import Origin, Origins, Tie, Work
from desktop import origin_words
from desktop.rows import Index
from desktop.theme import Theme
from desktop.widgets.texts import isolated, runs_right_to_left, tooltip

WHAT, WHY = range(2)
_HEADINGS = ("Source", "Why it is of this origin")


class OriginsModel(QAbstractItemModel):
    """Two levels: origins, and the sources of each."""

    def __init__(self, theme: Theme, parent: Any = None) -> None:  # noqa: ANN401
        super().__init__(parent)
        self._theme = theme
        self._found = Origins((), (), ())

    def show(self, found: Origins) -> None:
        """Show these origins."""
        self.beginResetModel()
        self._found = found
        self.endResetModel()

    def source(self, index: Index) -> str:
        """The source at an index; empty for an origin."""
        if not index.isValid() or index.internalId() == 0:
            return ""
        return self._found.groups[index.internalId() - 1].works[index.row()].id

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        """An index; those of the first level carry 0, the others the number of their origin."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        """The origin of a source."""
        if not index.isValid() or index.internalId() == 0:
            return QModelIndex()
        return self.createIndex(int(index.internalId()) - 1, 0, 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many origins, or sources of one."""
        if not parent.isValid():
            return len(self._found.groups)
        top = parent.internalId() == 0 and parent.column() == 0
        return len(self._found.groups[parent.row()].works) if top else 0

    def columnCount(self, _parent: Index = QModelIndex()) -> int:
        """What it is called, and why it stands there."""
        return len(_HEADINGS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """What a view asks of a cell."""
        if not index.isValid():
            return None
        top = index.internalId() == 0
        group = self._found.groups[index.row() if top else index.internalId() - 1]
        words = _origin(group, index) if top else self._work(group.works[index.row()], index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(words)
        return self._look(role, top, index.column())

    def _look(self, role: int, top: bool, column: int) -> Any:  # noqa: ANN401
        if role == Qt.ItemDataRole.FontRole and top:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._theme.color("text-soft" if column == WHY else "text")
        if role == Qt.ItemDataRole.DecorationRole and column == WHAT:
            return self._theme.icon("git-fork" if top else "book-open", "text-soft")
        return None

    def _work(self, work: Work, column: int) -> str:
        if column == WHAT:
            mark = f"{work.number}."
            return f"{isolated(mark) if runs_right_to_left(work.title) else mark} {work.title}"
        bond = self._found.bond_of(work.id)
        if bond and bond.tie is Tie.DERIVATION and bond.source.id != work.id:
            return "The others come from it."
        words = origin_words.sentence(bond) if bond else ""
        return f"{words[:1].upper()}{words[1:]}." if words else ""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """The heading of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADINGS[section]
        return None


def _origin(group: Origin, index: Index) -> str:
    if index.column() == WHY:
        return ""
    count = len(group.works)
    return f"Origin {index.row() + 1}: {count} {'source' if count == 1 else 'sources'}"
