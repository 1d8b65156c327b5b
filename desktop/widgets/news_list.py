"""The cases for which something came, two lines each: what the case is called, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from db.news import CaseNews, News
from db.texts.folding import fold
from desktop import merge_words
from desktop.merge_words import Trait
from desktop.rows import ROW, Column, RowsModel
from desktop.theme import Theme
from desktop.widgets.cells import paint_ground, paint_line
from desktop.widgets.chip import GAP, Mark, paint_chips
from desktop.widgets.texts import isolated, tooltip

LOOSE = "loose"
_PAD, _GAP = 12, 5
_COLORS = {
    Trait.NEW: "blue",
    Trait.CHANGED: "gray",
    Trait.CUSTODY: "gray",
    Trait.DELETED: "red",
    Trait.CONFLICT: "orange",
    Trait.VERDICTS: "violet",
}


@dataclass(frozen=True)
class NewsRow:
    """The news of a case; with no case, those of the `things` that stand in none."""

    case: CaseNews | None
    things: int = 0

    @property
    def id(self) -> str:
        """The case."""
        return self.case.case_id if self.case else LOOSE

    @property
    def reference(self) -> str:
        """The reference of the case."""
        return self.case.reference if self.case else ""

    @property
    def title(self) -> str:
        """What the case is called."""
        return " ".join(self.case.title.split()) if self.case else "In no case"

    @cached_property
    def traits(self) -> tuple[Trait, ...]:
        """What is to be said of it."""
        return merge_words.traits(self.case) if self.case else ()

    @cached_property
    def told(self) -> str:
        """When it was written, by whom and where."""
        if self.case:
            return " · ".join(map(isolated, merge_words.who(self.case)))
        count = merge_words.many(self.things, "thing", "things")
        return f"{count}: people, sources, and what desks say of themselves"

    @cached_property
    def folded(self) -> str:
        """What a filter is held against."""
        people = (*self.case.analysts, *self.case.desks) if self.case else ()
        return fold(" ".join((self.reference, self.title, *people)))


def rows_of(news: News) -> Iterator[NewsRow]:
    """The rows of all that came: the cases, and at the end what stands in none."""
    yield from map(NewsRow, news.cases)
    if news.loose:
        yield NewsRow(None, len(news.loose))


def _spoken(row: NewsRow) -> str:
    return f"{isolated(row.reference)} {row.title}. {', '.join(row.traits)}. {row.told}"


class _Painter(QStyledItemDelegate):
    """Draws a row: reference and title on the first line, chips and people on the second."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines, of the same height for all rows."""
        return QSize(0, 2 * QFontMetrics(option.font).height() + 2 * _PAD + _GAP)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        row: NewsRow | None = index.data(ROW)
        if row is None:
            return
        paint_ground(painter, self._theme, option)
        painter.save()
        color, font, strong = self._theme.color, option.font, QFont(option.font)
        strong.setWeight(QFont.Weight.Bold)
        rect: QRect = option.rect
        area = rect.adjusted(_PAD, _PAD - 1, -_PAD, 0)
        height = QFontMetrics(font).height()
        width = min(QFontMetrics(strong).horizontalAdvance(row.reference) + _PAD, area.width()) if row.reference else 0
        paint_line(painter, QRect(area.left(), area.top(), width, height), row.reference, color("text"), strong)
        title = QRect(area.left() + width, area.top(), area.width() - width, height)
        paint_line(painter, title, row.title, color("text"), font)
        painter.setFont(font)
        below = QRect(area.left(), area.top() + height + _GAP, area.width(), height)
        left = paint_chips(painter, self._theme, below, [Mark(trait, _COLORS[trait]) for trait in row.traits])
        rest = QRect(left + GAP * bool(row.traits), below.top(), below.right() - left - GAP, height)
        if rest.width() > 2 * height:
            paint_line(painter, rest, row.told, color("text-soft"), font)
        painter.restore()


class NewsList(QListView):
    """Shows rows of news. `chosen` names the case that the keys are at, `opened` the one to go to."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: RowsModel[NewsRow] = RowsModel((Column("Case", _spoken, _role),), self)
        self.setModel(self.rows)
        self.setItemDelegate(_Painter(theme, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Cases for which something came")
        self.selectionModel().currentChanged.connect(self._on_current)
        self.doubleClicked.connect(self._open)

    @property
    def current(self) -> str:
        """The case that the keys are at; empty for none, `LOOSE` for what stands in none."""
        row = self.rows.row(self.currentIndex())
        return row.id if row else ""

    def show_rows(self, rows: Sequence[NewsRow]) -> None:
        """Make these the rows; the current one stays, or it is the first."""
        now = self.current
        self.rows.show(rows)
        there = self.rows.place(now)
        self.setCurrentIndex(there if there.isValid() else self.rows.index(0, 0))
        if not rows:
            self.chosen.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _on_current(self, index: QModelIndex) -> None:
        row = self.rows.row(index)
        self.chosen.emit(row.id if row else "")

    def _open(self, index: QModelIndex) -> None:
        row = self.rows.row(index)
        if row and row.case:
            self.opened.emit(row.id)


def _role(row: NewsRow, role: int) -> str | None:
    return (
        tooltip("\n".join((row.title, ", ".join(row.traits), row.told)))
        if role == Qt.ItemDataRole.ToolTipRole
        else None
    )
