"""What a search found, as one types: in which case, in which field, and the words around."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QHideEvent, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListView,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from db import search
from db.change import Notice
from db.search import Hit
from desktop import grades, wording
from desktop.context import Context
from desktop.rows import ROW, Column, RowsModel
from desktop.theme import Theme
from desktop.widgets.cells import Found, paint_found, paint_ground, paint_line
from desktop.widgets.empty import EmptyState
from desktop.widgets.texts import Label, isolated

TYPING_MS = 80
_PAD, _GAP = 12, 3
_STEERING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_WHAT = "Claims, sources, quotations, notes, tags, people and their other names: in any script, inside words too."
_ELSEWHERE = "Try fewer or shorter words. Spelling variants, accents and case are found by themselves."


@dataclass(frozen=True, slots=True)
class HitRow:
    """A hit as a row of a list."""

    hit: Hit

    @property
    def id(self) -> str:
        """The thing that was found, in its case."""
        return f"{self.hit.thing} {self.hit.case_id}"


def place_words(hit: Hit) -> str:
    """In which field of what the words stand."""
    kind = wording.kind(hit.kind)
    field = wording.field(hit.kind, hit.field) if hit.field else ""
    parts = (kind, field if field != kind else "", grades.told(hit.grade) if hit.grade else "")
    return " · ".join(filter(None, parts))


def _case_words(hit: Hit) -> str:
    return f"{isolated(hit.reference)}  {hit.title}" if hit.case_id else "In no case"


def _spoken(row: HitRow) -> str:
    hit = row.hit
    return f"{_case_words(hit)}. {place_words(hit)}: {hit.before}{hit.match}{hit.after}"


class HitDelegate(QStyledItemDelegate):
    """Draws a hit on two lines: its case and place, and the words around the match."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines, of the same height for all hits."""
        return QSize(0, 2 * QFontMetrics(option.font).height() + 2 * _PAD - 4 + _GAP)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one hit."""
        row: HitRow | None = index.data(ROW)
        if row is None:
            return
        paint_ground(painter, self._theme, option)
        painter.save()
        rect: QRect = option.rect
        height = QFontMetrics(option.font).height()
        area = rect.adjusted(_PAD, _PAD - 2, -_PAD, 0)
        self._paint_case(painter, QRect(area.left(), area.top(), area.width(), height), row.hit, option.font)
        below = QRect(area.left(), area.top() + height + _GAP, area.width(), height)
        color = self._theme.color
        look = Found(color("text-soft"), color("warning"), color("warning-soft"))
        hit = row.hit
        if hit.match:
            plain = [part.replace("\n", " ") for part in (hit.before, hit.match, hit.after)]
            paint_found(painter, below, plain[0], plain[1], plain[2], option.font, look)
        else:
            paint_line(
                painter, below, "The words stand apart, in several places of it", color("text-soft"), option.font
            )
        painter.restore()

    def _paint_case(self, painter: QPainter, rect: QRect, hit: Hit, font: QFont) -> None:
        """Reference and title on the left, kind and field on the right."""
        color, strong = self._theme.color, QFont(font)
        strong.setWeight(QFont.Weight.Bold)
        place = place_words(hit)
        room = min(QFontMetrics(font).horizontalAdvance(place) + 2, rect.width() // 2)
        right = QRect(rect.right() + 1 - room, rect.top(), room, rect.height())
        paint_line(painter, right, place, color("text-soft"), font)
        name = hit.reference or "In no case"
        width = QFontMetrics(strong).horizontalAdvance(name) + _PAD
        left = rect.adjusted(0, 0, -room - _PAD, 0)
        reference = QRect(left.left(), left.top(), min(width, left.width()), left.height())
        paint_line(painter, reference, name, color("text" if hit.case_id else "text-soft"), strong)
        paint_line(painter, left.adjusted(width, 0, 0, 0), hit.title, color("text"), font)


class SearchPage(QWidget):
    """Shows the hits of a query; `opened` names the case, the kind and the thing to go to."""

    opened = Signal(str, str, str)
    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._context = context
        self._query, self._stale = "", False
        self._field: QLineEdit | None = None
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._look)
        self.model: RowsModel[HitRow] = RowsModel((Column("Hit", _spoken),), self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(HitDelegate(context.theme, self.view))
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setAccessibleName("Found places")
        self.view.doubleClicked.connect(self._open)
        self.view.installEventFilter(self)
        self.count = Label("", "soft")
        self.nothing_typed = EmptyState(context.theme, "search", "Search the whole casebook", _WHAT)
        self.nothing_found = EmptyState(context.theme, "search", "Nothing found", _ELSEWHERE)
        self._stack = QStackedWidget()
        for widget in (self.nothing_typed, self.nothing_found, self.view):
            self._stack.addWidget(widget)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 12, 14, 12)
        box.setSpacing(8)
        box.addWidget(self.count)
        box.addWidget(self._stack, 1)
        self._show(())
        context.bulletin.changed.connect(self._on_notice)

    def search(self, text: str) -> None:
        """Look for this, once no more is typed for a moment."""
        self._query = text
        if text.strip():
            self._typing.start()
        else:
            self._look()

    def open_current(self) -> None:
        """Go to the hit that is marked; what was typed a moment ago is looked for first."""
        if self._typing.isActive():
            self._look()
        self._open(self.view.currentIndex())

    @property
    def current(self) -> tuple[str, str]:
        """The case and the thing of the hit that is marked; empty where there is none."""
        row = self.model.row(self.view.currentIndex())
        return (row.hit.case_id, row.hit.thing) if row else ("", "")

    def serve(self, field: QLineEdit) -> None:
        """Let the arrow keys in a field move through the hits, and Escape leave them."""
        self._field = field
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Steer the list from the field, and open and leave from the list."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self.isVisible():
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
            if watched is self._field and event.key() in _STEERING:
                QApplication.sendEvent(self.view, event)
                return True
            if watched is self.view and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.open_current()
                return True
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        """Look again when something was saved meanwhile."""
        super().showEvent(event)
        if self._stale:
            self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no more: the casebook may be closed next."""
        super().hideEvent(event)
        self._stale = self._stale or self._typing.isActive()
        self._typing.stop()

    def _on_notice(self, _notice: Notice) -> None:
        self._stale = True
        if self.isVisible():
            self._typing.start()

    def _look(self) -> None:
        self._typing.stop()
        self._stale = False
        self._show(search.search(self._context.book, self._query))

    def _show(self, hits: tuple[Hit, ...]) -> None:
        marked = self.model.row(self.view.currentIndex())
        self.model.show([HitRow(hit) for hit in hits])
        there = self.model.place(marked.id) if marked else QModelIndex()
        self.view.setCurrentIndex(there if there.isValid() else self.model.index(0, 0))
        words = self._query.strip()
        self.nothing_found.say(f"Nothing found for “{words}”", _ELSEWHERE)
        empty = self.nothing_found if words else self.nothing_typed
        self._stack.setCurrentWidget(self.view if hits else empty)
        most = f"The best {search.MOST} places" if len(hits) == search.MOST else f"{len(hits)} places"
        self.count.setText("1 place" if len(hits) == 1 else most)
        self.count.setVisible(bool(hits))

    def _open(self, index: QModelIndex) -> None:
        row = self.model.row(index) if index.isValid() else None
        if row:
            self.opened.emit(row.hit.case_id, row.hit.kind, row.hit.thing)
