"""A table of rows in a small window: read line by line, each text in its own direction."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from desktop.rows import RowsModel
from desktop.widgets.texts import runs_right_to_left

_ROOM = 12


class _Delegate(QStyledItemDelegate):
    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Let each text run in its own direction, and stand on the side where it begins."""
        super().initStyleOption(option, index)
        right = runs_right_to_left(option.text)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        option.displayAlignment = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        if right:
            option.direction = Qt.LayoutDirection.RightToLeft


class RowsView(QTableView):
    """Shows a `RowsModel`; the column `wide` takes what room the others leave."""

    def __init__(self, model: RowsModel, name: str, widths: Sequence[int], wide: int, parent: QWidget) -> None:  # type: ignore[type-arg]
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows, header = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setDefaultSectionSize(QFontMetrics(self.font()).height() + _ROOM)
        rows.setSectionResizeMode(rows.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, width in enumerate(widths):
            header.resizeSection(place, width)
        header.setSectionResizeMode(wide, header.ResizeMode.Stretch)
