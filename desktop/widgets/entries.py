"""A list of entries of two lines with a badge: the left side of every panel that has a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QListView, QMenu, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.rows import ROW, Column, RowsModel
from desktop.theme import Theme
from desktop.widgets.texts import runs_right_to_left, tooltip

_PAD = 10
_GAP = 3
_SIGN = 14


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row of a list shows; `color` names the color of the badge."""

    id: str
    title: str
    subtitle: str = ""
    badge: str = ""
    color: str = "gray"
    done: bool = False


class _Painter(QStyledItemDelegate):
    """Draws an entry: title and badge on the first line, the rest on the second."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.marked: Mapping[str, int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines of text and the room around them."""
        return QSize(120, option.fontMetrics.lineSpacing() * 2 + _GAP + 2 * _PAD)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the entry at an index."""
        entry = index.data(ROW)
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        rect: QRect = option.rect
        if chosen:
            painter.fillRect(rect, self._theme.color("selection"))
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), self._theme.color("accent"))
        painter.setPen(self._theme.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        area = rect.adjusted(_PAD + 4, _PAD, -_PAD, -_PAD)
        height = option.fontMetrics.lineSpacing()
        first = QRect(area.left(), area.top(), area.width(), height)
        if entry.badge:
            first.setRight(self._badge(painter, entry, first) - _PAD)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        font.setStrikeOut(entry.done)
        self._line(painter, font, self._theme.color("text-soft" if entry.done else "text"), first, entry.title)
        font = QFont(option.font)
        second = QRect(area.left(), area.top() + height + _GAP, area.width(), height)
        if entry.id in self.marked:
            second.setRight(self._mark(painter, second) - _PAD)
        self._line(painter, font, self._theme.color("text-soft"), second, entry.subtitle)
        painter.restore()

    def _badge(self, painter: QPainter, entry: Entry, line: QRect) -> int:
        """Draw the badge at the end of a line; returns where it begins."""
        metrics = painter.fontMetrics()
        width = metrics.horizontalAdvance(entry.badge) + 14
        box = QRect(line.right() - width, line.top(), width, line.height())
        color = self._theme.color(entry.color)
        ground = QColor(color)
        ground.setAlpha(30)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for brush in (self._theme.color("surface"), ground):  # the same ground on a chosen row
            painter.setBrush(brush)
            painter.drawRoundedRect(box, 5, 5)
        painter.setPen(color)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, entry.badge)
        return box.left()

    def _mark(self, painter: QPainter, line: QRect) -> int:
        """Draw the sign of a conflict at the end of a line; returns where it begins."""
        side = min(line.height(), _SIGN)
        place = QRect(line.right() - side, line.top() + (line.height() - side) // 2, side, side)
        self._theme.icon("triangle-alert", "warning").paint(painter, place)
        return place.left()

    @staticmethod
    def _line(painter: QPainter, font: QFont, color: QColor, box: QRect, text: str) -> None:
        painter.setFont(font)
        painter.setPen(color)
        line = " ".join(text.split())
        right = runs_right_to_left(line)
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
        shown = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, box.width())
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter, shown)


class EntryList(QListView):
    """Shows entries; keeps the chosen one by its id when they are shown anew."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column: Column[Entry] = Column(name, lambda entry: entry.title, self._role)
        self._model: RowsModel[Entry] = RowsModel([column], self)
        self._menu: QMenu | None = None
        self.setModel(self._model)
        self._painter = _Painter(theme, self)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.activated.connect(self._on_activated)
        self.selectionModel().currentChanged.connect(self._on_current)
        theme.changed.connect(self.viewport().update)

    def show_entries(self, entries: Sequence[Entry], choose: str | None = "") -> None:
        """Make these the entries; the one to choose is given, or stays, or is the nearest to it. None chooses none."""
        wanted, place = choose or self.current, max(0, self.currentIndex().row())
        self._model.show(entries)
        if choose is None:
            return
        if wanted and self._model.place(wanted).isValid():
            self.choose(wanted)
        elif entries:
            self.setCurrentIndex(self._model.index(min(place, len(entries) - 1), 0))
        if not entries or self.current != wanted:
            self.chosen.emit(self.current)

    def choose(self, entry_id: str) -> None:
        """Make an entry the chosen one; none where there is no such entry."""
        index = self._model.place(entry_id)
        if not index.isValid():
            self.clearSelection()
        if index != self.currentIndex():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def mark(self, conflicts: Mapping[str, int]) -> None:
        """Put a sign on the entries that show conflicts, given how many."""
        self._painter.marked = conflicts
        self.viewport().update()

    @property
    def current(self) -> str:
        """The id of the chosen entry; empty where there is none."""
        entry = self._model.row(self.currentIndex())
        return entry.id if entry else ""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries as they stand."""
        return self._model.rows

    def set_menu(self, menu: QMenu) -> None:
        """The menu that a right click opens."""
        self._menu = menu

    def _on_current(self) -> None:
        self.chosen.emit(self.current)

    def _on_activated(self) -> None:
        self.opened.emit(self.current)

    def _on_menu(self, place: QPoint) -> None:
        if self._menu:
            self._menu.popup(self.viewport().mapToGlobal(place))

    def _role(self, entry: Entry, role: int) -> object:
        count = self._painter.marked.get(entry.id, 0)
        told = f"{count} in conflict" if count else ""
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip("\n".join(part for part in (entry.title[:1500], entry.subtitle[:400], told) if part))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (entry.title, entry.subtitle, entry.badge, told) if part)
        return None
