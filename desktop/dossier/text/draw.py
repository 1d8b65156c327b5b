"""Single lines for headers and footers, drawn directly on a canvas."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from desktop.dossier.text.compose import Content, Style, ellipsized, paragraphs
from desktop.dossier.text.fonts import FontSet
from desktop.dossier.text.lines import Line
from desktop.dossier.text.page import draw_cells, offset

_DEFAULT = Style()


def draw_line(
    canvas: Canvas,
    fonts: FontSet,
    x: float,
    y: float,
    content: Content,
    style: Style = _DEFAULT,
    *,
    width: float | None = None,
) -> None:
    """Draw a text as one line with its base line at y.

    With a width it is aligned between x and x + width and shortened with an ellipsis; without, x
    is its left end, its center or its right end.
    """
    line = _line(content, fonts, style)
    if width is not None and _visible_width(line) > width:
        line = ellipsized(line, width, fonts)
    room = (width or 0) - _visible_width(line)
    canvas.saveState()
    draw_cells(canvas, fonts, line.visible(), x + offset(style.align, line.base, room), y)
    canvas.restoreState()


def width(content: Content, fonts: FontSet, style: Style = _DEFAULT) -> float:
    """How wide a text is as one line, in points."""
    return _visible_width(_line(content, fonts, style))


def _line(content: Content, fonts: FontSet, style: Style) -> Line:
    paragraph = paragraphs(content, style, fonts, one_line=True)[0]
    return Line(paragraph.cells, paragraph.base, True)


def _visible_width(line: Line) -> float:
    return sum(cell.width for cell in line.visible())
