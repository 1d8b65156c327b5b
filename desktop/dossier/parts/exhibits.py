"""The exhibits: pictures at a size one can read, and why the others are not shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import ceil

from reportlab.platypus import Flowable

from db.formats import Drawable
from desktop import custody_words, wording
from desktop.dossier.blocks import Box, Mark, Row, Stack, Table
from desktop.dossier.brief import Brief
from desktop.dossier.content import Exhibit
from desktop.dossier.gallery import Hung, Shown
from desktop.dossier.pictures import Unshown
from desktop.dossier.style import BODY, INK, LABEL, LINE, LINE_OF_FACTS, SMALL, SOFT, STRONG, SUBHEADING, own
from desktop.dossier.text.compose import Span

_UNSHOWN = {
    Unshown.ABSENT: "Its bytes are not in this casebook",
    Unshown.ALTERED: "Its bytes are not what their SHA-256 says",
}
_POINTS_A_PIXEL, _NARROWEST = 0.75, 24.0
_BESIDE, _GAP = 165.0, 18.0
_HEAD, _MOST_BELOW, _LEAST_BELOW = 34.0, 150.0, 26.0
_LEAST_FACTOR = 0.72
_OVERLAP, _LEAST_STRIP, _MOST_STRIPS = 14.0, 90.0, 30
_AFTER = 24.0


class Plate(Stack):
    """A picture between its head and its data, all on one page; a little smaller where that saves a page."""

    def __init__(self, head: Flowable, shown: Shown, details: Flowable) -> None:
        super().__init__([head, shown, Stack([details], space_before=8)], space_after=_AFTER, whole=True)
        self._shown = shown

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803
        """The smaller plate, and nothing else."""
        factor = 1 - (self.wrap(aW, aH)[1] - aH) / self._shown.height
        if factor < _LEAST_FACTOR:
            return []
        head, shown, details = self.blocks
        assert isinstance(shown, Shown)
        return [Stack([head, shown.scaled(factor), details], space_after=_AFTER), Stack(())]


def story(brief: Brief) -> Iterator[Flowable]:
    """Each attachment that can be shown, then those that cannot."""
    setter = brief.setter
    if brief.file.exhibits:
        yield setter.heading("Exhibits", brief.place("exhibits"))
    unshown: list[tuple[Exhibit, Drawable | Unshown]] = []
    for exhibit in brief.file.exhibits:
        hung = brief.gallery.hang(exhibit.attachment.sha256)
        if isinstance(hung, Hung):
            yield from _exhibit(brief, exhibit, hung)
        else:
            unshown.append((exhibit, hung))
    if unshown:
        yield setter.text("Kept, but not shown here", replace(SUBHEADING, space_before=10))
        head = Row([setter.text(label, LABEL) for label in ("NO.", "FILE", "WHY NOT")], (26, 0, 170), gap=12)
        yield Table(head, (_unshown(brief, exhibit, why) for exhibit, why in unshown), LINE)


def _exhibit(brief: Brief, exhibit: Exhibit, hung: Hung) -> Iterator[Flowable]:
    """One picture: beside its data where it is narrow, above them where it is wide, in strips where it is long."""
    page, details = brief.setter.page, _details(brief, exhibit)
    below = details.wrap(page.measure, page.room)[1]
    highest = page.room - _HEAD - min(max(below, _LEAST_BELOW), _MOST_BELOW) - 8
    width = _width(brief, hung)
    if width * hung.height / hung.width > highest:
        width = highest * hung.width / hung.height
        if width < page.measure / 2:
            yield from _strips(brief, exhibit, hung, page.room - _HEAD, page.room - _HEAD - highest)
            yield Stack([details], space_before=8, space_after=_AFTER)
            return
    shown = Shown(hung, width, LINE)
    beside = page.measure - width - _GAP
    if beside >= _BESIDE and details.wrap(beside, page.room)[1] <= max(shown.height, _MOST_BELOW):
        row = Row([shown, details], (width, 0), gap=_GAP)
        yield Stack([_head(brief, exhibit), row], space_after=_AFTER, whole=True)
    elif below <= _MOST_BELOW:
        yield Plate(_head(brief, exhibit), shown, details)
    else:
        yield Stack([_head(brief, exhibit), shown], keep_with_next=True, whole=True)
        yield Stack([details], space_before=8, space_after=_AFTER)


def _strips(brief: Brief, exhibit: Exhibit, hung: Hung, highest: float, below: float) -> Iterator[Flowable]:
    """A long picture in the full width, cut into strips that show a little of each other."""
    most = _MOST_STRIPS * (highest - _OVERLAP) - below
    whole = min(_width(brief, hung) * hung.height / hung.width, most)
    width = whole * hung.width / hung.height
    number = max(2, ceil((whole + below - _OVERLAP) / (highest - _OVERLAP)))
    last = max(whole - (number - 1) * (highest - _OVERLAP), _LEAST_STRIP)
    step = (whole - last) / (number - 1)
    for place in range(number):
        above = place * step
        height = last if place == number - 1 else step + _OVERLAP
        shown = Shown(hung, width, LINE, above=above, below=max(0.0, whole - above - height))
        head = _head(brief, exhibit, f"part {place + 1} of {number}", first=not place)
        yield Stack([head, shown], space_after=8, keep_with_next=place == number - 1, whole=True)


def _width(brief: Brief, hung: Hung) -> float:
    """How wide a picture is shown that has all the room it wants."""
    return min(brief.setter.page.measure, max(hung.width * _POINTS_A_PIXEL, _NARROWEST))


def _head(brief: Brief, exhibit: Exhibit, part: str = "", *, first: bool = True) -> Flowable:
    spans = [Span(f"Exhibit {exhibit.number}"), Span(f"   {own(exhibit.attachment.name)}", bold=False, color=SOFT)]
    if part:
        spans.append(Span(f"   {part}", bold=False, color=SOFT))
    style = replace(SUBHEADING, space_after=6, max_lines=1)
    marks = [Mark(brief.place(f"exhibit-{exhibit.number}"))] if first else []
    return Stack([*marks, brief.setter.text(spans, style)], space_after=6, keep_with_next=True, whole=True)


def _details(brief: Brief, exhibit: Exhibit) -> Stack:
    """The caption, what the picture shows a source of, when and how it was taken in, and its hash."""
    setter, attachment = brief.setter, exhibit.attachment
    blocks: list[Flowable] = []
    if attachment.caption:
        blocks.append(setter.text(attachment.caption, replace(BODY, space_after=3)))
    taken = f"{wording.word(attachment.method)}, {wording.when(attachment.captured_at)}"
    by = f"by {own(attachment.created_by)}" if attachment.created_by else ""
    blocks.append(setter.facts(taken, by, attachment.media_type, wording.size(attachment.size)))
    number = brief.number(attachment.source_id)
    if number:
        title = Span(f" {own(brief.file.sources[number - 1].title)}")
        shows = [Span("Shows source "), brief.source_link(attachment.source_id), title]
        blocks.append(setter.text(shows, LINE_OF_FACTS))
    blocks.append(setter.text(f"SHA-256 {attachment.sha256}", replace(SMALL, size=7.2)))
    return Stack(blocks)


def _unshown(brief: Brief, exhibit: Exhibit, why: Drawable | Unshown) -> Row:
    setter, attachment = brief.setter, exhibit.attachment
    reason = _UNSHOWN[why] if isinstance(why, Unshown) else wording.word(why)
    if attachment.erased:
        reason = custody_words.erased(attachment.erased, own)
    blocks: list[Flowable] = [
        Mark(brief.place(f"exhibit-{exhibit.number}")),
        setter.text(attachment.name, replace(BODY, size=8.8, bold=True, align="left")),
    ]
    if attachment.caption:
        blocks.append(setter.text(attachment.caption, replace(BODY, size=8.8)))
    number = brief.number(attachment.source_id)
    link = [Span("source "), brief.source_link(attachment.source_id)] if number else []
    blocks.append(setter.facts(attachment.media_type, wording.size(attachment.size), link, style=SMALL))
    cells = [
        setter.text(str(exhibit.number), replace(STRONG, size=8.8, direction="ltr")),
        Stack(blocks),
        setter.text(reason, replace(LINE_OF_FACTS, color=INK)),
    ]
    return Row([Box(cell, padding=(0, 5)) for cell in cells], (26, 0, 170), gap=12)
