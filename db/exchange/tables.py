"""The two tables of a casebook as CSV. Parts of claims, appearances, files and notes are in the JSON of a case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from db import cases, citations, claims, notes, sources, verdicts
from db.exchange import sheets
from db.exchange.rows import CaseRow, CitedRow, Finding, cells, headings
from db.exchange.vocabulary import Separator, Table
from db.progress import SILENT, Progress
from db.store import Store


def write(
    store: Store,
    case_ids: Sequence[str],
    table: Table = Table.CASES,
    separator: Separator = Separator.COMMA,
    progress: Progress = SILENT,
) -> Iterator[str]:
    """A table of these cases as CSV, piece by piece."""
    return sheets.written(_rows(store, case_ids, table, progress), separator)


def _rows(store: Store, case_ids: Sequence[str], table: Table, progress: Progress) -> Iterator[Sequence[str]]:
    yield headings(CaseRow) + headings(Finding) if table is Table.CASES else headings(CitedRow)
    for place, case_id in enumerate(case_ids):
        progress.step(place, len(case_ids))
        with store.snapshot():
            if table is Table.CASES:
                rows = [cells(_case(store, case_id)) + cells(_finding(store, case_id))]
            else:
                rows = [cells(row) for row in _cited(store, case_id)]
        yield from rows


def _case(store: Store, case_id: str) -> CaseRow:
    case, claim = cases.one(store, case_id), claims.whole(store, case_id)
    return CaseRow(
        case.reference,
        case.title,
        claim.text,
        claim.language,
        claim.translation,
        claim.claimant,
        claim.claimed_on,
        case.status,
        case.priority,
        case.tlp,
        case.assignee,
        case.due,
        notes.tags_of_case(store, case_id),
    )


def _finding(store: Store, case_id: str) -> Finding:
    """What was found; two verdicts that stand are joined."""
    case, given = cases.one(store, case_id), verdicts.standing(store, case_id)
    return Finding(
        " / ".join(each.rating for each in given),
        " / ".join(each.confidence for each in given),
        " / ".join(each.decided_on for each in given),
        " / ".join(each.analyst for each in given),
        "\n\n".join(each.rationale for each in given),
        str(len(sources.of_case(store, case_id))),
        case.created_at,
        case.changed_at,
    )


def _cited(store: Store, case_id: str) -> Iterator[CitedRow]:
    reference = cases.one(store, case_id).reference
    known = {source.id: source for source in sources.of_case(store, case_id)}
    for each in citations.of_case(store, case_id):
        source = known[each.source_id]
        yield CitedRow(
            reference,
            source.title,
            source.kind,
            source.url,
            source.archived_url,
            source.author,
            source.publisher,
            source.published_on,
            source.accessed_on,
            source.language,
            source.note,
            each.stance,
            each.reliability,
            each.credibility,
            each.locator,
            each.quotation,
            each.translation,
            each.note,
        )
