"""The history of the verdicts, with what has changed since one was given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reportlab.platypus import Flowable

from db.evidence import Difference
from db.verdicts import Standing
from desktop import wording
from desktop.dossier.blocks import Box, Row, Stack, Table
from desktop.dossier.brief import Brief
from desktop.dossier.content import Given
from desktop.dossier.parts.finding import scale_words
from desktop.dossier.style import ACCENT, BODY, INK, LABEL, LINE, SMALL, SOFT, STRONG, own
from desktop.dossier.text.compose import Span

_STANDING = {Standing.STANDS: "stands", Standing.SUPERSEDED: "superseded", Standing.WITHDRAWN: "withdrawn"}
_VALUE = replace(BODY, size=8.4)


def story(brief: Brief) -> Iterator[Flowable]:
    """Every verdict that was ever given in the case, newest first."""
    setter = brief.setter
    if brief.file.verdicts:
        yield setter.heading("Verdicts", brief.place("verdicts"))
    for given in brief.file.verdicts:
        date = setter.text(wording.when(given.verdict.decided_on), replace(STRONG, size=9, direction="ltr"))
        yield Row([date, Stack([*_verdict(brief, given), Stack((), space_before=16)])], (70, 0), gap=12)


def _verdict(brief: Brief, given: Given) -> Iterator[Flowable]:
    setter, verdict = brief.setter, given.verdict
    color = setter.color(verdict.color) if verdict.standing is Standing.STANDS else SOFT
    head = [Span(own(verdict.rating), color=color), Span(f"   {_STANDING[verdict.standing]}", bold=False, color=SOFT)]
    yield setter.text(head, replace(STRONG, size=11.5, direction="ltr", keep_with_next=True))
    by = f"{own(verdict.analyst)}, {own(verdict.desk)}"
    facts = setter.facts(by, f"{verdict.confidence} confidence", scale_words(verdict).lower())
    facts.keepWithNext = True
    yield facts
    if verdict.standing is Standing.STANDS:
        told = [Span("The rationale stands with "), Span("the finding", color=ACCENT, goto=brief.key), Span(".")]
        yield setter.text(told, replace(BODY, direction="ltr", space_before=3))
    else:
        yield setter.text(verdict.rationale, replace(BODY, space_before=3))
    if verdict.standing is Standing.WITHDRAWN:
        yield _withdrawal(brief, given)
    yield setter.text(f"Seal of the evidence  {verdict.evidence_hash}", replace(SMALL, size=7.2, space_before=4))
    if given.changes:
        words = f"Changed in the evidence since {wording.when(verdict.created_at)}"
        yield setter.text(words, replace(STRONG, size=8.8, space_before=8, keep_with_next=True))
        yield _changes(brief, given.changes)


def _withdrawal(brief: Brief, given: Given) -> Flowable:
    setter, verdict = brief.setter, given.verdict
    words = f"Withdrawn by {own(verdict.withdrawn_by)} on {wording.when(verdict.withdrawn_at)}"
    blocks = [setter.text(words, SMALL), setter.text(verdict.reason, BODY)]
    return Box(Stack(blocks), padding=(9, 4), bar=INK, space_before=5)


def _changes(brief: Brief, changes: tuple[Difference, ...]) -> Flowable:
    setter = brief.setter
    head = Row([setter.text(words, LABEL) for words in ("WHAT", "BEFORE", "NOW")], (110, 0, 0), gap=10)
    return Table(head, (_change(brief, change) for change in changes), LINE)


def _change(brief: Brief, change: Difference) -> Row:
    setter = brief.setter
    what, old, new = wording.kind(change.kind), change.old, change.new
    if change.field:
        what = f"{what}: {wording.field(change.kind, change.field).lower()}"
        old, new = (wording.value(change.kind, change.field, value) if value else "" for value in (old, new))
    absent = ("empty", "empty") if change.field else ("was not there", "taken out")
    cells: list[Flowable] = [setter.text(what, replace(_VALUE, direction="ltr", color=SOFT))]
    for value, none in ((old, absent[0]), (new, absent[1])):
        cells.append(setter.text(value) if value else setter.text(none, replace(_VALUE, color=SOFT)))
    return _padded(cells)


def _padded(cells: list[Flowable]) -> Row:
    return Row([Box(cell, padding=(0, 3)) for cell in cells], (110, 0, 0), gap=10)
