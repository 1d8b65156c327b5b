"""Files from elsewhere: what one would bring, told first, and kept in one save when somebody says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from db.change import Change
from db.errors import Invalid
from db.exchange import case_rows, cited_rows, csl, elsewhere, offer, reviews, ris, rows, works
from db.exchange.names import Names
from db.exchange.offer import Offer
from db.exchange.reviews import ReviewDraft
from db.exchange.rows import CaseRow, CitedRow
from db.exchange.vocabulary import Encoding, Fate, Medium, Table
from db.progress import SILENT, Progress
from db.sources import SourceDraft
from db.store import Store

_RIS = re.compile(rb"TY {1,2}-")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would bring; `ignored` are the columns or fields that say nothing that is kept."""

    medium: Medium
    offers: tuple[Offer, ...]
    table: Table = Table.CASES
    ignored: tuple[str, ...] = ()

    def of(self, fate: Fate) -> tuple[Offer, ...]:
        """Those that would come to this."""
        return tuple(each for each in self.offers if each.fate is fate)


def plan(
    store: Store,
    path: Path,
    medium: Medium | None = None,
    encoding: Encoding = Encoding.UNICODE,
    progress: Progress = SILENT,
) -> Plan:
    """Read a file and compare it with the casebook; nothing is written. Raises `Missing` or `Unreadable`."""
    progress.step(0, 3)
    data = elsewhere.fetch(path, store.path)
    progress.step(1, 3)
    medium = medium or _medium(data)
    if medium is Medium.CLAIMREVIEW:
        drafts = reviews.read(data, path)
        progress.step(2, 3)
        return Plan(Medium.CLAIMREVIEW, tuple(_judge_reviews(store, drafts)))
    if medium in (Medium.RIS, Medium.CSL):
        found = (
            csl.read(data, path) if medium is Medium.CSL else ris.read(elsewhere.letters(data, path, encoding), path)
        )
        progress.step(2, 3)
        return Plan(medium, tuple(works.judge(store, found.drafts)), ignored=found.ignored)
    sheet = rows.read(elsewhere.letters(data, path, encoding), path)
    progress.step(2, 3)
    judge = case_rows.judge if sheet.table is Table.CASES else cited_rows.judge
    return Plan(Medium.CSV, tuple(judge(store, sheet.rows)), sheet.table, sheet.ignored)


def keep(change: Change, found: Plan, progress: Progress = SILENT, *, cite_in: str = "") -> tuple[str, ...]:
    """Take in what is new; returns the ids of the cases that it belongs to. Reviews of one claim make one case.

    Works become sources; the case `cite_in` cites them, where one is given.
    """
    names, shelf = Names(change), cited_rows.Shelf(change)
    on_claim: dict[str, str] = {}
    new, touched = found.of(Fate.NEW), dict[str, None]()
    for place, each in enumerate(new):
        progress.step(place, len(new))
        match each.draft:
            case ReviewDraft(key=(_, claim)):
                case_id = reviews.take_in(change, each.draft, names, on_claim.get(claim, ""))
                on_claim[claim] = case_id
            case CaseRow():
                case_id = case_rows.take_in(change, each.draft, names)
            case CitedRow():
                case_id = cited_rows.take_in(change, each.draft, shelf)
            case SourceDraft():
                works.take_in(change, each.draft, shelf, cite_in)
                case_id = cite_in
            case None:
                continue
        if case_id:
            touched[case_id] = None
    return tuple(touched)


def _medium(data: bytes) -> Medium:
    """What the bytes look like: JSON begins with a bracket, RIS with a type; reviews have types of JSON-LD."""
    begin = data[:512].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:8]
    if begin[:1] not in (b"{", b"["):
        return Medium.RIS if _RIS.match(begin) else Medium.CSV
    plain = data.replace(b"\0", b"")
    return Medium.CSL if b'"type"' in plain and b'"@type"' not in plain else Medium.CLAIMREVIEW


def _judge_reviews(store: Store, drafts: Sequence[ReviewDraft]) -> Iterator[Offer]:
    wrong = [_problem(draft) for draft in drafts]
    here = reviews.known(store, [draft for draft, error in zip(drafts, wrong, strict=True) if not error])
    numbers: dict[tuple[str, ...], int] = {}
    for number, (draft, problem) in enumerate(zip(drafts, wrong, strict=True), 1):
        name, key = draft.url or draft.publisher, (*draft.key, draft.publisher)
        error = problem or (Invalid("line", "repeated", str(numbers[key])) if key in numbers else None)
        if error:
            yield offer.refused(number, name, draft.claim, error)
            continue
        numbers[key] = number
        if draft.key in here:
            yield Offer(number, name, draft.claim, Fate.HERE, here=here[draft.key])
        else:
            yield Offer(number, name, draft.claim, Fate.NEW, draft)


def _problem(draft: ReviewDraft) -> Invalid | None:
    """Why a review cannot be taken."""
    if not draft.claim.strip():
        return Invalid("claim", "empty")
    try:
        for field, text in draft.texts:
            elsewhere.check(field, text)
    except Invalid as error:
        return error
    return None
