"""What stands on every page: reference, desk, marking, page x of y, the state of the casebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from reportlab.lib.colors import HexColor

from db.vocabulary import Tlp
from desktop import wording
from desktop.dossier.output import Output
from desktop.dossier.style import INK, LINE, SOFT, Setter
from desktop.dossier.text.compose import Span, Style
from desktop.dossier.text.draw import draw_line, width

# FIRST, Traffic Light Protocol 2.0: these colors on black, 12 points or more, at the right of head and foot.
_TLP_COLORS: Mapping[Tlp, str] = {
    Tlp.CLEAR: "#ffffff",
    Tlp.GREEN: "#33ff00",
    Tlp.AMBER: "#ffc000",
    Tlp.AMBER_STRICT: "#ffc000",
    Tlp.RED: "#ff2b2b",
}
_TLP_SIZE, _TLP_PAD, _TLP_HEIGHT = 12.0, 6.0, 18.0
_HEAD_LINE, _FOOT_LINE = 48.0, 36.0
_SMALL = Style(size=8, color=SOFT, direction="ltr")
_NUMBER_WIDTH = 90.0


@dataclass(frozen=True, slots=True)
class Running:
    """What the head and the foot of some pages say."""

    reference: str
    title: str
    desk: str
    state: str
    tlp: Tlp


def prepare_running(output: Output, setter: Setter, running: Running, name: str) -> float:
    """Draw head and foot once, to stand on many pages under a name; returns where the page numbers go."""
    page = setter.page
    output.beginForm(name, 0, 0, page.width, page.height)
    marking = _draw_running(output, setter, running)
    output.endForm()
    return page.width - page.right - marking - 14 - _NUMBER_WIDTH


def place_running(output: Output, name: str, left: float, number: int) -> None:
    """Put head and foot on a page; the page number goes where `page_number` will write it."""
    output.doForm(name)
    output.saveState()
    output.translate(left, _FOOT_LINE)
    output.doForm(_form(number))
    output.restoreState()


def _draw_running(output: Output, setter: Setter, running: Running) -> float:
    page, fonts = setter.page, setter.fonts
    top, foot = page.height - _HEAD_LINE, _FOOT_LINE
    marking = _marking(output, setter, running.tlp, top - 5)
    _marking(output, setter, running.tlp, foot - 5)
    head = [Span(running.reference, bold=True, color=INK), Span(f"   {running.title}")]
    draw_line(output, fonts, page.left, top, head, _SMALL, width=page.measure - marking - 16)
    left = f"{running.desk}  ·  {running.state}"
    draw_line(output, fonts, page.left, foot, left, _SMALL, width=page.measure - marking - _NUMBER_WIDTH - 32)
    output.setStrokeColor(HexColor(LINE))
    output.setLineWidth(0.6)
    for y in (top - 11, foot + 19):
        output.line(page.left, y, page.width - page.right, y)
    return marking


def page_number(output: Output, setter: Setter, number: int, pages: int) -> None:
    """Write the number of a page into the place that was left for it."""
    output.beginForm(_form(number), 0, -4, _NUMBER_WIDTH, 12)
    style = replace(_SMALL, align="right")
    draw_line(output, setter.fonts, 0, 0, f"Page {number} of {pages}", style, width=_NUMBER_WIDTH)
    output.endForm()


def _form(number: int) -> str:
    return f"page-number-{number}"


def _marking(output: Output, setter: Setter, tlp: Tlp, y: float) -> float:
    """The TLP label at the right end of the line; returns its width."""
    words, style = wording.word(tlp), Style(size=_TLP_SIZE, bold=True, color=_TLP_COLORS[tlp], direction="ltr")
    wide = width(words, setter.fonts, style) + 2 * _TLP_PAD
    left = setter.page.width - setter.page.right - wide
    output.setFillColor(HexColor("#000000"))
    output.rect(left, y, wide, _TLP_HEIGHT, stroke=0, fill=1)
    draw_line(output, setter.fonts, left + _TLP_PAD, y + 4.6, words, style)
    return wide
