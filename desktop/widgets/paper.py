"""A long text to be read and marked: plain, large, each paragraph in its own direction, with passages that shine."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QMenu, QTextEdit, QWidget

from db.texts.span import Span
from desktop.theme import Theme
from desktop.widgets.units import Units, shown

_PART = 20_000  # code points laid out at once: more would hold the window up
_POINTS, _LEADING, _COLUMN, _EDGE, _MARGIN = 13.0, 145, 800, 28, 12
_GROUND, _GROUND_CHOSEN = 44, 110  # of 255


@dataclass(frozen=True, slots=True)
class Shine:
    """A passage that shines: its id, its place, and the name of its color."""

    id: str
    span: Span
    color: str


class Paper(QTextEdit):
    """Shows a text; all places are code points of it. `moved` comes when cursor or selection move.

    `touched` carries the id of a passage that was clicked, `opened` that of one at the cursor when Return was pressed.
    """

    moved = Signal()
    touched = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text, self._units, self._loaded = "", Units(""), 0
        self._marks: Sequence[Shine] = ()
        self._hints: Sequence[Span] = ()
        self._found: Sequence[Span] = ()
        self._chosen, self._aim = "", Span(0, 0)
        self._menu: QMenu | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._load_part)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setAcceptRichText(False)
        self.setAcceptDrops(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("paper", True)
        self.setAccessibleName("Text")
        self.document().setDocumentMargin(_MARGIN)
        font = self.font()
        font.setPointSizeF(_POINTS)
        self.setFont(font)
        self.cursorPositionChanged.connect(self.moved)
        self.selectionChanged.connect(self.moved)
        self.verticalScrollBar().valueChanged.connect(self._paint_marks)
        theme.changed.connect(self._paint_marks)

    @property
    def text(self) -> str:
        """The text as it was given."""
        return self._text

    def show_text(self, text: str) -> None:
        """Show another text from its beginning, without any marks."""
        self._timer.stop()
        self._text, self._units, self._loaded = text, Units(text), 0
        self._marks, self._hints, self._found, self._aim = (), (), (), Span(0, 0)
        with QSignalBlocker(self):  # nobody asks for places of a text that is going
            self.clear()
        leading = QTextBlockFormat()
        leading.setLineHeight(_LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        leading.setBottomMargin(self.fontMetrics().lineSpacing() * 0.35)
        QTextCursor(self.document()).setBlockFormat(leading)
        self._load_part()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def show_marks(self, marks: Sequence[Shine], hints: Sequence[Span] = ()) -> None:
        """Let these passages shine; the hints are underlined thinly."""
        self._marks, self._hints = marks, hints
        self._paint_marks()

    def show_found(self, found: Sequence[Span]) -> None:
        """Show where the words that are looked for stand."""
        self._found = found
        self._paint_marks()

    def choose(self, passage_id: str) -> None:
        """Let one passage shine brighter than the others."""
        self._chosen = passage_id
        self._paint_marks()

    def aim(self, span: Span) -> None:
        """Show softly what a key would take now."""
        if span != self._aim:
            self._aim = span
            self._paint_marks()

    @property
    def at(self) -> int:
        """Where the cursor stands."""
        return self._units.point(self.textCursor().position())

    @property
    def selection(self) -> Span:
        """What is selected, without white space at its ends; empty where nothing is."""
        cursor = self.textCursor()
        start, stop = self._units.point(cursor.selectionStart()), self._units.point(cursor.selectionEnd())
        words = self._text[start:stop]
        start += len(words) - len(words.lstrip())
        return Span(start, max(start, start + len(words.strip())))

    def go_to(self, span: Span, *, select: bool = False) -> None:
        """Put the cursor at a passage and bring it into sight."""
        while self._loaded < min(len(self._text), span.stop + 1):
            self._load_part()
        self._bring_into_sight(span)
        cursor = self.textCursor()
        cursor.setPosition(self._units.of(span.stop if select else span.start))
        if select:
            cursor.setPosition(self._units.of(span.start))
            cursor.setPosition(self._units.of(span.stop), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    @property
    def here(self) -> Span:
        """What is selected, or the place of the cursor."""
        selected = self.selection
        return selected if selected.start < selected.stop else Span(self.at, self.at)

    def take_off(self) -> None:
        """Select nothing any more; the cursor stays where the selection began."""
        cursor = self.textCursor()
        cursor.setPosition(cursor.selectionStart())
        self.setTextCursor(cursor)

    def passages_at(self, point: int) -> tuple[str, ...]:
        """The passages that a place stands in, the shortest first."""
        here = [each for each in self._marks if each.span.start <= point < each.span.stop]
        return tuple(each.id for each in sorted(here, key=lambda each: each.span.stop - each.span.start))

    def set_menu(self, menu: QMenu) -> None:
        """Show these verbs on a right click, before those of any text."""
        self._menu = menu

    def event(self, event: QEvent) -> bool:
        """Leave every key that a verb has to the verb; the text itself only copies and selects."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            mine = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.SelectAll)
            event.setAccepted(any(map(event.matches, mine)))
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The verbs of the reader."""
        if self._menu:
            self._menu.popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return opens what was made from the passage at the cursor."""
        here = self.passages_at(self.at)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here:
            self.opened.emit(here[0])
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a passage tells of it."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            for here in self.passages_at(self._point_under(event.position().toPoint()))[:1]:
                self.touched.emit(here)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lines no longer than one reads with ease."""
        side = max(_EDGE, (self.width() - _COLUMN) // 2)
        self.setViewportMargins(side, 0, max(_EDGE // 2, side - self.verticalScrollBar().width()), 0)
        super().resizeEvent(event)
        self._paint_marks()

    def _load_part(self) -> None:
        part = self._text[self._loaded : self._loaded + _PART]
        if part.endswith("\r"):  # the next part begins with what belongs to it
            part = self._text[self._loaded : self._loaded + _PART + 1]
        self._loaded += len(part)
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(shown(part))
        self._paint_marks()
        if self._loaded < len(self._text):
            self._timer.start(0)

    def _bring_into_sight(self, span: Span) -> None:
        """Scroll a passage that is not wholly in sight to where one sees what stands before it."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._units.of(span.start))
        top, height = self.cursorRect(cursor).top(), self.viewport().height()
        cursor.setPosition(self._units.of(span.stop))
        if top < 0 or self.cursorRect(cursor).bottom() > height:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + top - height // 4)

    def _point_under(self, place: QPoint) -> int:
        return self._units.point(self.cursorForPosition(place).position())

    def _in_sight(self) -> Span:
        view = self.viewport().rect()
        first, last = self.cursorForPosition(view.topLeft()), self.cursorForPosition(view.bottomRight())
        first.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        last.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        return Span(self._units.point(first.position()), self._units.point(last.position()))

    def _paint_marks(self) -> None:
        """Give what is in sight its colors; what is not costs nothing."""
        self.setExtraSelections(list(self._selections(self._in_sight())))

    def _selections(self, sight: Span) -> Iterator[QTextEdit.ExtraSelection]:
        color = self._theme.color
        if self._aim.start < self._aim.stop:
            yield self._selection(self._aim, color("accent-soft"))
        for span in _within(self._found, sight):
            yield self._selection(span, color("warning-soft"), color("warning"))
        for span in _within(self._hints, sight):
            yield self._selection(span, None, color("text-faint"), QTextCharFormat.UnderlineStyle.DotLine)
        for each in self._marks:
            if each.span.start <= sight.stop and each.span.stop >= sight.start:
                ground = color(each.color)
                ground.setAlpha(_GROUND_CHOSEN if each.id == self._chosen else _GROUND)
                yield self._selection(each.span, ground, color(each.color))

    def _selection(
        self,
        span: Span,
        ground: QColor | None,
        line: QColor | None = None,
        style: QTextCharFormat.UnderlineStyle = QTextCharFormat.UnderlineStyle.SingleUnderline,
    ) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._units.of(min(span.start, self._loaded)))
        cursor.setPosition(self._units.of(min(span.stop, self._loaded)), QTextCursor.MoveMode.KeepAnchor)
        made.cursor = cursor
        form = QTextCharFormat()
        if ground:
            form.setBackground(ground)
        if line:
            form.setUnderlineStyle(style)
            form.setUnderlineColor(line)
        made.format = form
        return made


def _within(spans: Sequence[Span], sight: Span) -> Sequence[Span]:
    """Those of these short spans, in the order of the text, that are in sight."""
    first = bisect_left(spans, sight.start, key=lambda span: span.stop)
    return spans[first : bisect_right(spans, sight.stop, key=lambda span: span.start)]
