"""Page one: what was claimed, by whom and when; what the verdict is, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from reportlab.platypus import Flowable

from db.claims import Claim
from db.events import Event
from db.verdicts import Standing, Verdict
from db.vocabulary import Stance
from desktop import wording
from desktop.dossier.blocks import Box, Extra, Mark, Row, Stack
from desktop.dossier.brief import Brief, count, letter
from desktop.dossier.content import Given, SameClaim
from desktop.dossier.style import ACCENT, BODY, GROUND, INK, LINE, LINE_OF_FACTS, SMALL, SOFT, STRONG, TITLE, own
from desktop.dossier.text.compose import Span, Style

# How large a claim is set, by its length.
_CLAIM_SIZES = ((160, 15.5), (420, 12.5), (900, 10.8))
_RATING = Style(size=21, leading=1.2, bold=True, color="#ffffff")
_ON_COLOR = replace(SMALL, color="#ffffff", align="right", size=8.4)


def story(brief: Brief) -> Iterator[Flowable]:
    """The claim, the finding, and what the rest of the dossier holds."""
    case, setter = brief.file.case, brief.setter
    yield Mark(brief.key, f"{case.reference}  {brief.title()}", 0)
    kicker = [Span(case.reference, bold=True, color=ACCENT), Span(f"   {wording.word(case.status)}")]
    yield setter.facts(kicker, *(own(tag) for tag in brief.file.tags))
    if case.title:
        yield setter.text(case.title, replace(TITLE, space_before=3))
    yield _heading(brief, "The claim")
    for claim in brief.file.claims[:1]:
        yield from _claim(brief, claim)
    yield from _parts_of_claim(brief)
    yield _heading(brief, "The finding")
    yield from _finding(brief)
    yield _figures(brief)


def _heading(brief: Brief, words: str) -> Flowable:
    label = brief.setter.text(words.upper(), Style(size=8, bold=True, color=ACCENT, direction="ltr"))
    return Stack([label], space_before=20, space_after=7, keep_with_next=True, whole=True)


def _claim(brief: Brief, claim: Claim) -> Iterator[Flowable]:
    setter = brief.setter
    size = next((size for longest, size in _CLAIM_SIZES if len(claim.text) <= longest), 9.6)
    style = Style(size=size, leading=1.4, bold=size > 12, color=INK)
    yield setter.quoted(claim.text, style, bar=ACCENT)
    if claim.translation:
        yield setter.quoted(claim.translation, replace(BODY, color=SOFT, space_before=8), "In translation")
    facts = [
        ("Claimed by", brief.names(claim.claimant_id) or "Not recorded"),
        ("Claimed on", own(wording.when(claim.claimed_on)) or "Not recorded"),
        ("Language", own(wording.language(claim.language)) or "Not recorded"),
    ]
    yield _columns(brief, facts, (0, 130, 90))


def _columns(brief: Brief, facts: list[tuple[str, str]], widths: tuple[float, ...]) -> Flowable:
    """Labels with what they name, side by side."""
    value = replace(LINE_OF_FACTS, size=9.2, color=INK)
    cells = [Stack([brief.setter.label(name), brief.setter.text(words, value)]) for name, words in facts]
    return Row(cells, widths, gap=16, space_before=12)


def _parts_of_claim(brief: Brief) -> Iterator[Flowable]:
    setter = brief.setter
    for place, claim in enumerate(brief.file.claims[1:]):
        blocks: list[Flowable] = [setter.text(claim.text)]
        if claim.translation:
            blocks.append(setter.quoted(claim.translation, replace(BODY, color=SOFT, space_before=3), "In translation"))
        who = brief.names(claim.claimant_id)
        if who or claim.claimed_on:
            blocks.append(setter.facts(who, own(wording.when(claim.claimed_on)), style=SMALL))
        mark = setter.text(f"({letter(place)})", replace(STRONG, color=ACCENT, direction="ltr"))
        yield Row([mark, Stack(blocks)], (22, 0), gap=4, space_before=9)


def _finding(brief: Brief) -> Iterator[Flowable]:
    setter, standing = brief.setter, brief.standing()
    if len(standing) > 1:
        differ = ", and they differ" if brief.verdicts_differ() else ""
        words = f"{len(standing)} verdicts stand side by side{differ}. Each is told as it was given."
        yield setter.text(words, replace(BODY, direction="ltr", space_after=6))
    for given in standing:
        yield from _verdict(brief, given)
    if not standing:
        yield Box(Stack(_no_verdict(brief)), padding=(14, 10), ground=GROUND, frame=LINE)
    for same in brief.file.same_claims:
        yield _same_claim(brief, same)
    if brief.file.disputed:
        yield _disputed(brief)


def _no_verdict(brief: Brief) -> Iterator[Flowable]:
    setter = brief.setter
    yield setter.text("No verdict stands.", replace(STRONG, size=13, direction="ltr"))
    withdrawn = [given.verdict for given in brief.file.verdicts if given.verdict.standing is Standing.WITHDRAWN]
    if withdrawn:
        last = withdrawn[0]
        by = f"{own(last.withdrawn_by)} on {wording.when(last.withdrawn_at[:10])}"
        words = f"The verdict “{own(last.rating)}” was withdrawn by {by}. The history of the verdicts says why."
    else:
        words = "The desk has recorded the claim and what is known of it, and has not come to a conclusion."
    yield setter.text(words, replace(BODY, direction="ltr", color=SOFT))


def _verdict(brief: Brief, given: Given) -> Iterator[Flowable]:
    """A band with the rating in its color and in words, and below it who found so, when and why."""
    setter, verdict = brief.setter, given.verdict
    color = setter.color(verdict.color)
    beside = setter.text(f"{scale_words(verdict)}\n{wording.word(verdict.confidence)} confidence", _ON_COLOR)
    band = Row([setter.text(verdict.rating, _RATING), beside], (0, 150), gap=12)
    yield Stack([Box(band, padding=(14, 9), ground=color)], space_before=4, keep_with_next=True, whole=True)
    blocks: list[Flowable] = []
    definition = next((r.definition for r in brief.dossier.ratings if r.label == verdict.rating), "")
    if definition:
        blocks.append(setter.text(definition, replace(LINE_OF_FACTS, direction="auto", space_after=5)))
    blocks.append(setter.text(verdict.rationale, replace(BODY, size=10)))
    given_at = f"{own(verdict.desk)}, on {wording.when(verdict.decided_on)}"
    who = f"The verdict of {own(verdict.analyst)}, given at {given_at}"
    blocks.append(setter.text(who, replace(LINE_OF_FACTS, space_before=7)))
    if given.changes:
        blocks.append(_stale(brief, given))
    yield Box(Stack(blocks), padding=(14, 10), frame=color, space_after=10)


def scale_words(verdict: Verdict) -> str:
    """Where a rating stands on its scale."""
    if verdict.value is None or verdict.best is None or verdict.worst is None:
        return "Beside the scale"
    return f"{verdict.value:g} on a scale of {verdict.worst:g} (worst) to {verdict.best:g} (best)"


def _stale(brief: Brief, given: Given) -> Flowable:
    changes = count(len(given.changes), "change")
    words = [
        Span("The evidence has changed since. ", bold=True, color=INK),
        Span(f"{changes} in what this verdict rests on: see "),
        Span("the history of the verdicts", color=ACCENT, goto=brief.place("verdicts")),
        Span("."),
    ]
    style = replace(LINE_OF_FACTS, direction="ltr")
    return Box(brief.setter.text(words, style), padding=(9, 6), ground=GROUND, bar=INK, space_before=9)


def _same_claim(brief: Brief, same: SameClaim) -> Flowable:
    """One line on another case with this claim, leading to it where it is printed too."""
    numbers = {file.case.reference: number for number, file in enumerate(brief.dossier.cases, 1)}
    goto = f"case-{numbers[same.reference]}" if same.reference in numbers else ""
    case = Span(own(same.reference), bold=True, color=ACCENT if goto else INK, goto=goto)
    there = " and ".join(f"“{own(rating)}”" for rating in same.ratings)
    words = (
        [Span("Same claim as "), case] if same.agreed else [Span("Desks differ on whether this is the claim of "), case]
    )
    words.append(Span(f"; the verdict there is {there}." if there else "."))
    return brief.setter.text(words, replace(LINE_OF_FACTS, space_before=6))


def _disputed(brief: Brief) -> Flowable:
    """What is printed in one of several versions."""
    fields = Counter(wording.place(each.kind, each.field) for each in brief.file.disputed)
    named = "; ".join(f"{name} ({number})" if number > 1 else name for name, number in sorted(fields.items()))
    words = [
        Span("Desks wrote without seeing each other. ", bold=True, color=INK),
        Span(f"{count(len(brief.file.disputed), 'field')} in conflict, printed as written last: {named}."),
    ]
    text = brief.setter.text(words, replace(LINE_OF_FACTS, direction="ltr"))
    return Box(text, padding=(9, 6), ground=GROUND, bar=INK, space_before=4)


def _figures(brief: Brief) -> Flowable:
    """How much of what the dossier holds, leading to it."""
    file, setter = brief.file, brief.setter
    stances = Counter(citation.stance for citation in file.citations)
    evidence = ", ".join(f"{stances[stance]} {words}" for stance, words in STANCE_COUNTS if stances[stance])
    events = sum(isinstance(each, Event) for each in file.moments)
    mixed = f"{count(len(file.moments) - events, 'appearance')}, {count(events, 'event')}" if events else ""
    figures = (
        ("timeline", len(file.moments), "moment" if events else "appearance", mixed),
        ("evidence", len(file.citations), "citation", evidence),
        ("sources", len(file.sources), "source", ""),
        ("exhibits", len(file.exhibits), "exhibit", ""),
    )
    cells: list[Flowable] = []
    for place, number, noun, more in figures:
        goto, color = (brief.place(place), ACCENT) if number else ("", SOFT)
        label = Span(noun + ("" if number == 1 else "s"), color=color, goto=goto)
        blocks: list[Flowable] = [
            setter.text(str(number), Style(size=17, leading=1.15, bold=True, color=INK, direction="ltr")),
            setter.text([label], LINE_OF_FACTS),
        ]
        if more:
            blocks.append(setter.text(more, replace(SMALL, size=7.6)))
        cells.append(Stack(blocks))
    return Extra([Row(cells, (86, 0, 70, 70), gap=14)], space_before=22, whole=True)


STANCE_COUNTS = (
    (Stance.SUPPORTS, "for"),
    (Stance.REFUTES, "against"),
    (Stance.QUALIFIES, "qualifying"),
    (Stance.CONTEXT, "context"),
)
