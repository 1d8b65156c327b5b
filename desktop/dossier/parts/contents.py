"""The first page of a dossier of several cases: which there are, what was found, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportlab.platypus import Flowable

from desktop.dossier.blocks import Box, Mark, Row, Rule, Stack
from desktop.dossier.brief import Brief, count
from desktop.dossier.content import Dossier
from desktop.dossier.output import Output
from desktop.dossier.style import ACCENT, INK, LINE, LINE_OF_FACTS, SOFT, STRONG, TITLE, Setter, own
from desktop.dossier.text.compose import Span, Style
from desktop.dossier.text.draw import draw_line

_WIDTH = 40.0
_NUMBER = Style(size=9, bold=True, color=INK, align="right", direction="ltr")


class PageOf(Flowable):
    """The place where `note_page` will write the number of the first page of a case."""

    def __init__(self, brief: Brief) -> None:
        super().__init__()
        self._name = _form(brief)
        self.width, self.height = _WIDTH, 10

    def draw(self) -> None:
        """Leave the place."""
        self.canv.doForm(self._name)


def note_page(output: Output, setter: Setter, brief: Brief, page: int) -> None:
    """Write the number of the first page of a case, once it is known."""
    output.beginForm(_form(brief), 0, -4, _WIDTH, 12)
    draw_line(output, setter.fonts, 0, 0, str(page), _NUMBER, width=_WIDTH)
    output.endForm()


def title(dossier: Dossier) -> str:
    """What a dossier of several cases is called."""
    return f"Dossier of {count(len(dossier.cases), 'case')}"


def _form(brief: Brief) -> str:
    return f"page-of-{brief.key}"


def story(dossier: Dossier, briefs: Sequence[Brief], setter: Setter) -> Iterator[Flowable]:
    """A line for each case, leading to it."""
    yield Mark("contents", "Contents", 0)
    yield setter.facts([Span("Dossier", bold=True, color=ACCENT)], own(dossier.desk.name))
    yield setter.text(count(len(briefs), "case"), replace(TITLE, space_before=3, space_after=10))
    yield Rule(INK, 1.2)
    for brief in briefs:
        yield Box(_entry(brief, setter), padding=(0, 7))
        yield Rule(LINE)


def _entry(brief: Brief, setter: Setter) -> Flowable:
    reference = [Span(brief.file.case.reference, color=ACCENT, goto=brief.key)]
    ratings = [Span(own(given.verdict.rating), bold=True, color=INK) for given in brief.standing()]
    found: list[Span] = []
    for rating in ratings:
        found += [Span(", "), rating] if found else [rating]
    if brief.verdicts_differ():
        found.append(Span("   verdicts differ", color=SOFT))
    words = Stack(
        [
            setter.text(brief.title(), replace(STRONG, align="left", keep_with_next=True)),
            setter.facts(found or [Span("No verdict", color=SOFT)]),
        ]
    )
    cells = [setter.text(reference, replace(LINE_OF_FACTS, bold=True)), words, PageOf(brief)]
    return Row(cells, (92, 0, _WIDTH), gap=12)
