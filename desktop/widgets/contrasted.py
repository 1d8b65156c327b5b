"""A text to be read beside another: what only this one has stands on a ground of its own and is underlined."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QWidget

from desktop.contrast import Span, Spans
from desktop.theme import Theme
from desktop.widgets.texts import Text

_MOST = 20_000
_BEFORE = 2_000  # how much of a long text is shown before the first difference


class Contrasted(Text):
    """Shows the parts of a text, never to be edited; of a very long one the part around the first difference."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("(empty)", least=1, most=16, parent=parent)
        self._theme = theme
        self._spans: Spans = ()
        self.setReadOnly(True)
        self.setProperty("flat", True)
        self.document().setDocumentMargin(0)
        self.setUndoRedoEnabled(False)
        theme.changed.connect(self._draw)

    def show_spans(self, spans: Spans) -> None:
        """Show a text by its parts."""
        self._spans = tuple(_cut(spans))
        self._draw()

    def _draw(self) -> None:
        own = QTextCharFormat()
        own.setBackground(self._theme.color("accent-soft"))
        own.setFontUnderline(True)
        self.setText("")
        cursor = QTextCursor(self.document())
        for span in self._spans:
            cursor.insertText(span.text, own if span.own else QTextCharFormat())
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.setTextCursor(cursor)


def _cut(spans: Spans) -> Iterator[Span]:
    """What there is room for; an ellipsis stands where more would be."""
    length = sum(len(span.text) for span in spans)
    if length <= _MOST:
        yield from spans
        return
    before = 0
    for span in spans:
        if span.own:
            break
        before += len(span.text)
    start = max(0, min(before - _BEFORE, length - _MOST))
    yield from (Span("…", own=False),) if start else ()
    place = 0
    for span in spans:
        shown = span.text[max(0, start - place) : max(0, start + _MOST - place)]
        place += len(span.text)
        if shown:
            yield Span(shown, span.own)
    yield from (Span("…", own=False),) if start + _MOST < length else ()
