"""A text as a block on the page, to stand in a story or in a table."""

from __future__ import annotations

from dataclasses import replace

from reportlab.platypus import Flowable

from desktop.dossier.text.compose import Content, Paragraph, Style, ellipsized, paragraphs
from desktop.dossier.text.fonts import FontSet
from desktop.dossier.text.lines import Line, break_lines
from desktop.dossier.text.page import draw_cells, offset

_TOLERANCE = 0.001
_DEFAULT = Style()


class Text(Flowable):
    """A text in any language, broken into lines and over pages. Nothing in it is markup."""

    def __init__(self, content: Content, fonts: FontSet, style: Style = _DEFAULT) -> None:
        super().__init__()
        self._fonts = fonts
        self._paragraphs: list[Paragraph] | None = paragraphs(content, style, fonts)
        self._lines: list[Line] = []
        self._laid_for: float | None = None
        self._set_style(style)

    def _set_style(self, style: Style) -> None:
        self.style = style
        self.spaceBefore = style.space_before
        self.spaceAfter = style.space_after
        self.keepWithNext = style.keep_with_next

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803
        """The width that is offered, and the height that the text needs in it."""
        if self._laid_for != aW:
            self._lay(aW)
        self.width, self.height = aW, sum(line.height for line in self._lines)
        return self.width, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803
        """The lines that fit, and the others; no single line of several is left alone."""
        self.wrap(aW, aH)
        fitting, left = 0, aH
        for line in self._lines:
            left -= line.height
            if left < 0:
                break
            fitting += 1
        count = len(self._lines)
        if fitting == count:
            return [self]
        if fitting == count - 1 and count > 3:
            fitting -= 1
        if fitting == 0 or (fitting == 1 and count > 3):
            return []
        first = self._part(self._lines[:fitting], replace(self.style, space_after=0))
        rest = self._part(self._lines[fitting:], replace(self.style, space_before=0))
        return [first, rest]

    def draw(self) -> None:
        """Draw the lines; reportlab has moved the origin to the lower left corner."""
        foot = self.height
        self.canv.saveState()
        for line in self._lines:
            foot -= line.height
            cells = line.visible()
            room = self.width - sum(cell.width for cell in cells)
            x = offset(self.style.align, line.base, room)
            draw_cells(self.canv, self._fonts, cells, x, foot + line.rise)
        self.canv.restoreState()

    def _lay(self, width: float) -> None:
        if self._paragraphs is None:
            self._paragraphs = _rejoined(self._lines)
        self._lines = [
            line
            for paragraph in self._paragraphs
            for line in break_lines(paragraph.cells, paragraph.base, width + _TOLERANCE)
        ]
        most = self.style.max_lines
        if most is not None and len(self._lines) > most:
            self._lines = self._lines[:most]
            self._lines[-1] = ellipsized(self._lines[-1], width, self._fonts)
        for line in self._lines:
            line.measure(self._fonts.base, self.style.size, self.style.leading)
        self._laid_for = width

    def _part(self, lines: list[Line], style: Style) -> Text:
        part = Text((), self._fonts, replace(style, max_lines=None))
        part._take(lines, self._laid_for)
        return part

    def _take(self, lines: list[Line], width: float | None) -> None:
        self._paragraphs, self._lines, self._laid_for = None, lines, width


def _rejoined(lines: list[Line]) -> list[Paragraph]:
    """The paragraphs that these lines were broken from."""
    found: list[Paragraph] = []
    begins = True
    for line in lines:
        if begins:
            found.append(Paragraph([], line.base))
        found[-1].cells += line.cells
        begins = line.ends_paragraph
    return found
