"""The labels of a rating scale while they are edited, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from db.scales import RatingDraft
from desktop.rows import ROW, Index
from desktop.theme import Theme
from desktop.widgets.cells import paint_ground, paint_line
from desktop.widgets.chip import Mark, paint_chips

_PAD, _NUMBER = 10, 34


def number_words(value: float | None) -> str:
    """A number of the scale as it is typed; nothing where there is none."""
    return "" if value is None else f"{value:g}"


class RatingsModel(QAbstractListModel):
    """Labels that can be added, taken away, moved and changed."""

    def __init__(self, drafts: Sequence[RatingDraft], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drafts = list(drafts)

    @property
    def drafts(self) -> tuple[RatingDraft, ...]:
        """The labels as they stand."""
        return tuple(self._drafts)

    def put(self, place: int, draft: RatingDraft) -> None:
        """Change a label."""
        if self._drafts[place] != draft:
            self._drafts[place] = draft
            self.dataChanged.emit(self.index(place), self.index(place))

    def add(self, draft: RatingDraft) -> QModelIndex:
        """Add a label at the end; returns where it stands."""
        end = len(self._drafts)
        self.beginInsertRows(QModelIndex(), end, end)
        self._drafts.append(draft)
        self.endInsertRows()
        return self.index(end)

    def remove(self, place: int) -> None:
        """Take a label away."""
        self.beginRemoveRows(QModelIndex(), place, place)
        del self._drafts[place]
        self.endRemoveRows()

    def move(self, place: int, by: int) -> None:
        """Move a label up (-1) or down (1); at an end it stays."""
        to = place + by
        if not 0 <= to < len(self._drafts):
            return
        self.beginMoveRows(QModelIndex(), place, place, QModelIndex(), to + 1 if by > 0 else to)
        self._drafts.insert(to, self._drafts.pop(place))
        self.endMoveRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many labels there are."""
        return 0 if parent.isValid() else len(self._drafts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """What a view asks of a label."""
        if not 0 <= index.row() < len(self._drafts):
            return None
        draft = self._drafts[index.row()]
        if role == ROW:
            return draft
        if role == Qt.ItemDataRole.DisplayRole:
            number = number_words(draft.value)
            return f"{draft.label}, {number} on the scale" if number else draft.label
        return None


class RatingDelegate(QStyledItemDelegate):
    """Draws a label as the chip that it will be, with its number."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One line with air around."""
        return QSize(180, QFontMetrics(option.font).height() + 14)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one label."""
        draft: RatingDraft | None = index.data(ROW)
        if draft is None:
            return
        paint_ground(painter, self._theme, option)
        painter.save()
        painter.setFont(option.font)
        area: QRect = option.rect.adjusted(_PAD, 0, -_PAD, 0)
        paint_chips(painter, self._theme, area.adjusted(0, 0, -_NUMBER, 0), (Mark(draft.label or "…", draft.color),))
        number = QRect(area.right() + 1 - _NUMBER, area.top(), _NUMBER, area.height())
        paint_line(painter, number, number_words(draft.value) or "–", self._theme.color("text-soft"), option.font)
        painter.restore()
