"""Where the claim appeared and what happened around it as a drawn line of time, and who appears in the case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from db.actors import Actor
from db.events import Event
from db.timeline import Appearance, Moment
from desktop import wording
from desktop.dossier.blocks import Row, Stack
from desktop.dossier.brief import Brief, interval
from desktop.dossier.content import Said
from desktop.dossier.style import ACCENT, BODY, INK, LINE, LINE_OF_FACTS, SMALL, SOFT, STRONG, SUBHEADING, own
from desktop.dossier.text.compose import Span

_DATES, _GUTTER, _GAP = 96.0, 16.0, 8.0
_DOT, _DOT_DOWN = 3.4, 7.5


class Dot(Row):
    """One moment: its time, a dot on the line, and what was said or happened.

    The dot is full where the time is one day, hollow where it is a span, and missing, with the line
    broken into dashes, where there is none.
    """

    def __init__(self, cells: Sequence[Flowable], moment: Moment, *, last: bool) -> None:
        super().__init__([cells[0], Stack(()), cells[1]], (_DATES, _GUTTER, 0), gap=_GAP)
        self._dated = bool(moment.earliest)
        self._exact = self._dated and moment.earliest[:10] == moment.latest[:10]
        self._first, self._last = True, last

    def part(self, cells: Sequence[Flowable], *, first: bool) -> Dot:
        """A part has no dot when it only goes on."""
        part = super().part(cells, first=first)
        part.keep(begins=first and self._first, ends=not first and self._last)
        return part

    def keep(self, *, begins: bool, ends: bool) -> None:
        """Say whether this part begins and ends the moment."""
        self._first, self._last = begins, ends

    def draw(self) -> None:
        """Draw the line and the dot, then the cells."""
        canvas, x = self.canv, _DATES + _GAP + _GUTTER / 2
        top = self.height - _DOT_DOWN if self._first else self.height
        canvas.setStrokeColor(HexColor(LINE if self._last else "#9aa5b4"))
        canvas.setLineWidth(1.2)
        if not self._dated:
            canvas.setDash(2, 3)
        if not self._last:
            canvas.line(x, top, x, 0)
        canvas.setDash()
        if self._first:
            canvas.setStrokeColor(HexColor(ACCENT))
            canvas.setFillColor(HexColor(ACCENT if self._exact else "#ffffff"))
            canvas.circle(x, top, _DOT, stroke=1, fill=1)
        super().draw()


def story(brief: Brief) -> Iterator[Flowable]:
    """Appearances and events, earliest first, those without a time last; then the actors."""
    moments = brief.file.moments
    if moments:
        mixed = any(isinstance(each, Event) for each in moments)
        yield brief.setter.heading("Timeline" if mixed else "Appearances", brief.place("timeline"))
    for place, moment in enumerate(moments, 1):
        told = _happened(brief, moment) if isinstance(moment, Event) else _said(brief, moment)
        yield Dot([_time(brief, moment), told], moment, last=place == len(moments))
    if brief.file.actors:
        yield brief.setter.text("Who appears", replace(SUBHEADING, space_before=16, space_after=3))
    for actor in brief.file.actors:
        yield _actor(brief, actor)


def _time(brief: Brief, moment: Moment) -> Flowable:
    setter = brief.setter
    given = moment.happened_on if isinstance(moment, Event) else moment.seen_on
    words, below = wording.when(given), interval(given)
    if words and not moment.earliest:
        below = "not placed in time"
    elif moment.earliest and moment.earliest[:16] == moment.latest[:16]:
        words, _, below = words.partition(", ")
    shown = setter.text(own(words) or "No date", replace(STRONG, size=9, align="right", direction="ltr"))
    if not below:
        return shown
    return Stack([shown, setter.text(below, replace(SMALL, size=7.4, align="right"))])


def _said(brief: Brief, appearance: Appearance) -> Flowable:
    setter = brief.setter
    who = brief.names(appearance.actor_id) or "Actor not recorded"
    head = [Span(f"{wording.word(appearance.role)}  ", bold=True, color=ACCENT), Span(who, bold=True)]
    blocks: list[Flowable] = [setter.text(head, replace(STRONG, direction="ltr", keep_with_next=True))]
    where = own(appearance.channel)
    address = [Span(own(appearance.url), color=ACCENT, link=appearance.url)] if appearance.url else ""
    if where or address:
        blocks.append(setter.facts(where, address))
    if appearance.quotation:
        blocks.append(setter.quotation(appearance.quotation))
    if appearance.note:
        blocks.append(setter.aside("Note", setter.text(appearance.note, replace(BODY, color=SOFT)), 26))
    return Stack([*blocks, Stack((), space_before=14)])


def _happened(brief: Brief, event: Event) -> Flowable:
    setter = brief.setter
    head = [Span("Event  ", bold=True, color=ACCENT), Span(own(event.place), bold=True)]
    blocks: list[Flowable] = [setter.text(head, replace(STRONG, direction="ltr", keep_with_next=True))]
    blocks.append(setter.text(event.text, replace(BODY, direction="auto")))
    if event.note:
        blocks.append(setter.aside("Note", setter.text(event.note, replace(BODY, color=SOFT)), 26))
    return Stack([*blocks, Stack((), space_before=14)])


def _actor(brief: Brief, actor: Actor) -> Flowable:
    setter = brief.setter
    line = [Span(own(actor.name), bold=True, color=INK)]
    also = ", ".join(own(alias) for alias in actor.aliases)
    blocks: list[Flowable] = [setter.facts(line, wording.word(actor.kind), f"also {also}" if also else "")]
    if actor.note:
        blocks.append(setter.text(actor.note, replace(LINE_OF_FACTS, direction="auto")))
    told = [each for each in brief.file.said if each.actor_id == actor.id]
    names = dict.fromkeys(each.name for each in told)
    blocks += [_told(brief, [each for each in told if each.name is name]) for name in names]
    return Stack(blocks, space_before=4)


def _told(brief: Brief, told: Sequence[Said]) -> Flowable:
    """What sources say of one thing, side by side; nobody is judged right."""
    spans: list[Span] = []
    for each in told:
        spans.append(Span(f"{'  ·  ' if spans else ''}{own(each.value)}"))
        when = f" ({own(wording.when(each.dated))})" if each.dated else ""
        title = f" – {own(each.title)}" if each.title else " "
        spans.append(Span(f"{when}{title}", color=SOFT))
        spans += [brief.source_link(each.source_id)] if brief.number(each.source_id) else []
    label = f"{wording.word(told[0].name)}"
    return brief.setter.aside(label, brief.setter.text(spans, replace(LINE_OF_FACTS, direction="auto")), 78)
