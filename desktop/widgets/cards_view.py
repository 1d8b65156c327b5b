"""The list of cases as a table: rows are chosen whole, ratings are chips."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from db.cards import Card
from desktop.rows import ROW
from desktop.theme import Theme
from desktop.widgets.cards_model import (
    ASSIGNEE,
    COLUMNS,
    DUE,
    PRIORITY,
    RATING,
    REFERENCE,
    SOURCES,
    TAGS,
    TITLE,
    CardsModel,
    conflict_words,
)
from desktop.widgets.cells import paint_line
from desktop.widgets.chip import GAP, Mark, chip_size, paint_chips
from desktop.widgets.texts import runs_right_to_left

Index = QModelIndex | QPersistentModelIndex
_ROOM = 14
_PAD = 11
_SPARED = (SOURCES, TAGS, PRIORITY, DUE, ASSIGNEE)  # go first where the window is narrow
_BAR = 3
_SHORTEST = 52  # of a chip that still says something


def rating_marks(card: Card, colors: Mapping[str, str]) -> tuple[Mark, ...]:
    """A chip for each verdict that stands."""
    return tuple(Mark(label, colors.get(label, "gray")) for label in card.ratings)


def fitted(
    card: Card, colors: Mapping[str, str], width: Callable[[Mark], int], room: int
) -> Sequence[tuple[Mark, int]]:
    """The chips of a card with the width of each: words where there is room, then signs, then shorter ratings."""
    ratings = rating_marks(card, colors)
    differ, stale = len(ratings) > 1, card.stale
    words = [Mark("≠ Differ", "warning")] * differ + [Mark("! Stale", "warning")] * stale
    short = [Mark("!", "warning")] * stale
    for marks in ((*ratings, *words), (*ratings, *short)):
        if sum(map(width, marks)) <= room + GAP:
            return [(mark, width(mark)) for mark in marks]
    rest = room + GAP - sum(map(width, short))
    if rest // len(ratings) < _SHORTEST:
        ratings = (Mark(f"{len(ratings)} differ", "warning"),)
    share = rest // len(ratings)
    return [*((mark, min(share, rest)) for mark in ratings), *((mark, width(mark)) for mark in short)]


class CardDelegate(QStyledItemDelegate):
    """Draws ratings as chips, and a bar at the row that the keys are on."""

    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view
        self.colors: Mapping[str, str] = {}

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Let each text run in its own direction, and leave the place of the chips empty."""
        super().initStyleOption(option, index)
        if runs_right_to_left(option.text):
            option.direction = Qt.LayoutDirection.RightToLeft
        if index.column() == REFERENCE:  # the sign of a linked case leaves the references in line
            option.decorationPosition = QStyleOptionViewItem.Position.Right
        card: Card | None = index.data(ROW)
        if index.column() == RATING or (index.column() == TITLE and card and card.conflicts):
            option.text = ""  # drawn beside the chips

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell."""
        super().paint(painter, option, index)
        rect: QRect = option.rect
        if index.column() == 0 and index.row() == self._view.currentIndex().row() and self._view.hasFocus():
            painter.fillRect(rect.left(), rect.top(), _BAR, rect.height(), self._theme.color("accent"))
        card: Card | None = index.data(ROW)
        if card is None or not (index.column() == RATING or (index.column() == TITLE and card.conflicts)):
            return
        painter.save()
        painter.setFont(option.font)
        cell = rect.adjusted(_PAD, 0, -_PAD, 0)
        if index.column() == TITLE:
            self._paint_title(painter, cell, card)
        elif card.rating:
            self._paint_ratings(painter, cell, card)
        else:
            paint_line(painter, cell, "No verdict", self._theme.color("text-soft"), painter.font())
        painter.restore()

    def _paint_title(self, painter: QPainter, cell: QRect, card: Card) -> None:
        """The title, and at its end how much of the case is in conflict."""
        mark = Mark(conflict_words(card), "warning")
        width = chip_size(painter.font(), mark.text).width()
        if runs_right_to_left(card.title):
            title, place = cell.adjusted(width + GAP, 0, 0, 0), QRect(cell.left(), cell.top(), width, cell.height())
        else:
            title = cell.adjusted(0, 0, -width - GAP, 0)
            wanted = painter.fontMetrics().horizontalAdvance(card.title) + GAP
            left = cell.left() + min(title.width() + GAP, wanted + GAP)
            place = QRect(left, cell.top(), width, cell.height())
        paint_line(painter, title, card.title, self._theme.color("text"), painter.font())
        paint_chips(painter, self._theme, place, (mark,))

    def _paint_ratings(self, painter: QPainter, cell: QRect, card: Card) -> None:
        """The verdicts, all of them; what is the matter with them is never left out, even where a sign must do."""
        marks = fitted(card, self.colors, lambda mark: chip_size(painter.font(), mark.text).width() + GAP, cell.width())
        left = cell.left()
        for mark, width in marks:
            room = QRect(left, cell.top(), width - GAP, cell.height())
            left = paint_chips(painter, self._theme, room, (mark,))


class CardsView(QTableView):
    """Shows a `CardsModel`; Enter and a double click open a case."""

    opened = Signal(str)

    def __init__(self, model: CardsModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._menu: QMenu | None = None
        self.setModel(model)
        self.delegate = CardDelegate(theme, self)
        self.setItemDelegate(self.delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setIconSize(QSize(15, 15))
        self.setAccessibleName("Cases")
        self.doubleClicked.connect(self._open)
        self._lay_header()

    def _lay_header(self) -> None:
        rows, header = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setDefaultSectionSize(QFontMetrics(self.font()).height() + _ROOM)
        rows.setSectionResizeMode(rows.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(False)
        header.setMinimumSectionSize(56)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, column in enumerate(COLUMNS):
            header.resizeSection(place, column.width)
        header.setSectionResizeMode(TITLE, header.ResizeMode.Fixed)
        header.sectionResized.connect(self._on_section)

    def set_menu(self, menu: QMenu) -> None:
        """What a right click, or the menu key, offers."""
        self._menu = menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the titles what room there is."""
        super().resizeEvent(event)
        self._fit()

    def _on_section(self, section: int) -> None:
        if section != TITLE:
            self._fit()

    def _fit(self) -> None:
        header = self.horizontalHeader()
        header.blockSignals(True)
        for column in _SPARED:
            header.showSection(column)
        room = self.viewport().width() - header.length() + header.sectionSize(TITLE)
        for column in _SPARED:
            if room < COLUMNS[TITLE].width:
                room += header.sectionSize(column)
                header.hideSection(column)
        header.resizeSection(TITLE, max(room, COLUMNS[TITLE].width))
        header.blockSignals(False)
        self.updateGeometries()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter; the rest is the table's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu where the pointer is, or at the row that the keys are on."""
        if self._menu is None:
            return
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            row = self.visualRect(self.currentIndex().siblingAtColumn(TITLE))
            place = self.viewport().mapToGlobal(QPoint(row.left() + _PAD, row.bottom()))
        self._menu.popup(place)

    def _open(self, index: Index) -> None:
        card: Card | None = index.data(ROW) if index.isValid() else None
        if card:
            self.opened.emit(card.case_id)
