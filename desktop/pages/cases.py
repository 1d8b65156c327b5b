"""The list of cases: what there is, narrowed and sorted as one likes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from db import cards, scales
from db.cards import Card, Filter, Sort
from db.change import Notice
from db.kinds import Kind
from desktop.context import Context
from desktop.rows import ROW
from desktop.widgets import mime
from desktop.widgets.cards_model import COLUMNS, CardsModel
from desktop.widgets.cards_view import CardsView
from desktop.widgets.empty import EmptyState
from desktop.widgets.filter_bar import FilterBar

COUNTED = 1000
_COUNT_MS = 250
_STATE = "cases"
_WHAT_A_CASE_IS = (
    "A case is the file on one contested claim: what was said, what speaks for and against it, and the verdict."
)
_OFFERED = (Kind.CASE, Kind.TAG, Kind.VERDICT, Kind.WITHDRAWAL)


class CasesPage(QWidget):
    """Shows the cases of a casebook; `opened` names the one to go to, `dropped` a casebook that is let go over it."""

    opened = Signal(str)
    dropped = Signal(Path)
    wanted_new = Signal()
    selected_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAcceptDrops(context.book.writable)
        self._context = context
        self._missed: list[Notice] = []
        self._kept: tuple[str, ...] = ()
        self.model = CardsModel(context.book, context.theme, self)
        self.view = CardsView(self.model, context.theme)
        self.bar = FilterBar(context.theme)
        self.nothing = EmptyState(context.theme, "file-text", "No cases yet", _WHAT_A_CASE_IS)
        self.unmatched = EmptyState(context.theme, "search", "No case matches", "Take away a word or a filter.")
        self.new = self.nothing.offer("New case")
        self.new.setEnabled(context.book.writable)
        self.clear = self.unmatched.offer("Clear filters", primary=False)
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(_COUNT_MS)
        self._lay_out()
        self._wire()
        self._sort_as_left()
        self._offer()
        self._show_state()

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for widget in (self.view, self.unmatched, self.nothing):
            self._stack.addWidget(widget)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 12, 14, 12)
        box.setSpacing(10)
        box.addWidget(self.bar)
        box.addWidget(self._stack, 1)

    def _wire(self) -> None:
        self._context.bulletin.changed.connect(self._on_notice)
        self._counting.timeout.connect(self._count)
        self.bar.changed.connect(self._on_filter)
        self.bar.left.connect(self.focus_list)
        self.bar.text.installEventFilter(self)
        self.view.opened.connect(self.opened)
        self.view.selectionModel().selectionChanged.connect(self._on_selection)
        self.view.horizontalHeader().sortIndicatorChanged.connect(self._on_sort)
        self.model.modelAboutToBeReset.connect(self._keep_selected)
        self.model.modelReset.connect(self._select_kept)
        self.new.clicked.connect(self.wanted_new)
        self.clear.clicked.connect(self.clear_filter)

    @property
    def selected(self) -> tuple[str, ...]:
        """The ids of the chosen cases, in the order of the list."""
        rows = sorted(self.view.selectionModel().selectedRows(), key=lambda index: index.row())
        found: list[Card] = [index.data(ROW) for index in rows]
        return tuple(card.case_id for card in found)

    def set_menu(self, menu: QMenu) -> None:
        """The context menu of the list."""
        self.view.set_menu(menu)

    def focus_filter(self) -> None:
        """Go to the field in which the list is narrowed."""
        self.bar.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.text.selectAll()

    def focus_list(self) -> None:
        """Go to the list, or to what can be done where there is none."""
        if self._stack.currentWidget() is not self.view:
            (self.new if self._stack.currentWidget() is self.nothing else self.clear).setFocus()
            return
        if not self.view.currentIndex().isValid():
            self.view.selectRow(0)
        self.view.setFocus()

    def clear_filter(self) -> None:
        """Show every case."""
        self.bar.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the words into the list, Escape shows every case."""
        if watched is self.bar.text and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.focus_list()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.clear_filter()
                return True
        return super().eventFilter(watched, event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let a casebook be dropped, to be merged."""
        if mime.casebook(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell of the casebook that was dropped; it stays where it was."""
        path = mime.casebook(event.mimeData())
        if path:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(path)

    def showEvent(self, event: QShowEvent) -> None:
        """Take in what was saved while the list was out of sight."""
        super().showEvent(event)
        self._counting.start()
        missed, self._missed = self._missed, []
        if missed:
            self.model.read_again()
            self._take_in(missed)

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember the columns as they were left, and count no longer: the casebook may be closed next."""
        super().hideEvent(event)
        self._counting.stop()
        self._context.settings.keep_state(_STATE, self.view.horizontalHeader().saveState())

    def _on_notice(self, notice: Notice) -> None:
        if self.isVisible():
            self.model.hear(notice)
            self._take_in([notice])
        else:
            self._missed.append(notice)

    def _take_in(self, notices: list[Notice]) -> None:
        if any(notice.of(*_OFFERED, Kind.RATING) for notice in notices):
            self._offer()
        self._show_state()

    def _on_filter(self, only: Filter) -> None:
        self.model.narrow(only)
        self.view.scrollToTop()
        self._show_state()

    def _on_sort(self, column: int, order: Qt.SortOrder) -> None:
        if COLUMNS[column].sort is None:  # nothing to sort by: keep the order, and say so at the heading
            self._show_order()
            return
        self._sorted = (column, order)
        self.model.sort(column, order)
        self.view.scrollToTop()

    def _sort_as_left(self) -> None:
        changed = next(place for place, column in enumerate(COLUMNS) if column.sort is Sort.CHANGED)
        self._sorted = (changed, Qt.SortOrder.DescendingOrder)
        header = self.view.horizontalHeader()
        state = self._context.settings.state(_STATE)
        if state and header.restoreState(state) and COLUMNS[header.sortIndicatorSection()].sort:
            self._sorted = (header.sortIndicatorSection(), header.sortIndicatorOrder())
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        self._show_order()
        self.model.sort(*self._sorted)

    def _show_order(self) -> None:
        header = self.view.horizontalHeader()
        header.blockSignals(True)
        header.setSortIndicator(*self._sorted)
        header.blockSignals(False)

    def _offer(self) -> None:
        self.bar.offer(cards.facets(self._context.book))
        known = reversed(scales.ratings(self._context.book, removed=True))
        self.view.delegate.colors = {rating.label: rating.color for rating in known}
        self.view.viewport().update()

    def _show_state(self) -> None:
        """Show the list, or why there is none; count soon."""
        narrowed = self.bar.filter != Filter()
        empty = self.unmatched if narrowed else self.nothing
        self._stack.setCurrentWidget(self.view if self.model.rowCount() else empty)
        self.bar.setVisible(narrowed or bool(self.model.rowCount()))
        self._counting.start()

    def _count(self) -> None:
        book, only = self._context.book, self.bar.filter
        total = cards.count(book)
        cases = "case" if total == 1 else "cases"
        if only == Filter():
            self.bar.count.setText(f"{total:,} {cases}")
            return
        left = self.model.rowCount() if self.model.complete else cards.count(book, only, COUNTED + 1)
        shown = f"{left:,}" if left <= COUNTED else f"More than {COUNTED:,}"
        self.bar.count.setText(f"{shown} of {total:,} {cases}")

    def _keep_selected(self) -> None:
        self._kept = self.selected

    def _select_kept(self) -> None:
        flags = QItemSelectionModel.SelectionFlag
        model = self.view.selectionModel()
        for place, index in enumerate(self.model.places(self._kept)):
            if not place:
                model.setCurrentIndex(index, flags.NoUpdate)
            model.select(index, flags.Select | flags.Rows)
        if self._kept and not model.hasSelection():
            self.selected_changed.emit()

    def _on_selection(self) -> None:
        self.selected_changed.emit()
