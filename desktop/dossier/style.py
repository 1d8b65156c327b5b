"""The look of the paper: measures, colors and sizes; readable in black and white."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace

from reportlab.lib.pagesizes import A4, letter
from reportlab.platypus import Flowable

from desktop.assets import resource
from desktop.dossier.blocks import Box, Mark, Row, Rule, Stack
from desktop.dossier.options import Missing, Options, Paper
from desktop.dossier.text.bidi import first_strong
from desktop.dossier.text.compose import Content, Span, Style
from desktop.dossier.text.controls import balance
from desktop.dossier.text.fonts import FontSet
from desktop.dossier.text.paragraph import Text

INK, SOFT, FAINT, LINE, GROUND, ACCENT = "#1b2028", "#4a5461", "#6a7482", "#c9cfd7", "#f3f5f8", "#1f5fae"

TITLE = Style(size=19, leading=1.25, bold=True, color=INK)
HEADING = Style(size=14, leading=1.25, bold=True, color=INK, direction="ltr")
SUBHEADING = Style(size=10.5, leading=1.3, bold=True, color=INK, direction="ltr", keep_with_next=True)
BODY = Style(size=9.6, leading=1.5, color=INK)
STRONG = replace(BODY, bold=True, leading=1.4)
LINE_OF_FACTS = Style(size=8.6, leading=1.45, color=SOFT, direction="ltr")
SMALL = Style(size=8, leading=1.45, color=SOFT, direction="ltr")
LABEL = Style(size=7.4, leading=1.4, bold=True, color=SOFT, direction="ltr", keep_with_next=True)


@dataclass(frozen=True, slots=True)
class Page:
    """The paper and what of it is filled, in points."""

    width: float
    height: float
    left: float = 60
    right: float = 60
    top: float = 74
    bottom: float = 66

    @property
    def measure(self) -> float:
        """How wide a line may be."""
        return self.width - self.left - self.right

    @property
    def room(self) -> float:
        """How much of a page is filled from top to bottom."""
        return self.height - self.top - self.bottom


class Setter:
    """What the parts are set with: the fonts of one document, its page, and the blocks they share."""

    def __init__(self, options: Options) -> None:
        self.page = Page(*(A4 if options.paper is Paper.A4 else letter))
        self.fonts = FontSet(print_codes=options.missing is Missing.CODE_POINT)
        self._colors = tomllib.loads(resource("styles", "light.toml").read_text("utf-8"))

    def color(self, name: str) -> str:
        """The color of a rating by its name; gray for a name that is not known."""
        return str(self._colors.get(name, self._colors["gray"]))

    def text(self, content: Content, style: Style = BODY) -> Text:
        """A text as a block."""
        return Text(content, self.fonts, style)

    def label(self, words: str) -> Text:
        """A small label over what it names."""
        return self.text(words.upper(), LABEL)

    def facts(self, *parts: Content, style: Style = LINE_OF_FACTS) -> Text:
        """Several facts in one line, those that are empty left out."""
        spans: list[Span] = []
        for part in parts:
            if part:
                spans += [Span("  ·  ", color=FAINT)] if spans else []
                spans += [Span(part)] if isinstance(part, str) else part
        return self.text(spans, style)

    def heading(self, words: str, key: str, level: int = 1) -> Flowable:
        """The heading of a part, with its place in the outline."""
        blocks = [Mark(key, words, level), self.text(words, HEADING), Rule(INK, 1.2, space_before=5)]
        return Stack(blocks, space_before=32, space_after=10, keep_with_next=True, whole=True)

    def quotation(self, words: str, translation: str = "") -> Flowable:
        """Somebody's words, with a bar on the side where one begins to read, and their translation."""
        blocks: list[Flowable] = [self.quoted(words, BODY)] if words else []
        if translation:
            blocks.append(self.quoted(translation, replace(BODY, color=SOFT, space_before=5), "In translation"))
        return Stack(blocks, space_before=5)

    def quoted(self, words: str, style: Style, label: str = "", bar: str = LINE) -> Flowable:
        """A text with a bar at its reading side."""
        rtl = first_strong(words) == 1
        blocks: list[Flowable] = [self.text(words, replace(style, space_before=0))]
        if label:
            aligned = replace(LABEL, align="right" if rtl else "left")
            blocks.insert(0, self.text(label.upper(), aligned))
        stack, before = Stack(blocks), style.space_before
        return Box(stack, padding=(9, 1), bar=bar, bar_width=2.4, bar_right=rtl, space_before=before)

    def aside(self, label: str, text: Text, width: float) -> Row:
        """A text with a label beside it, on the same line."""
        line = text.style.size * text.style.leading
        beside = self.text(label, replace(SMALL, leading=line / SMALL.size))
        return Row([beside, text], [width, 0], gap=12, space_before=4)


def own(words: str) -> str:
    """Somebody's words inside a line of ours: their direction does not reach beyond them."""
    return f"\u2068{balance(' '.join(words.splitlines()))}\u2069" if words else ""
