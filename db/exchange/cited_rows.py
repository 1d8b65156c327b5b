"""Rows of cited sources that come in: each is a citation in a case that is here, of a source that may be here too."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cached_property

from db import cases, citations, sources
from db.cases import REFERENCE
from db.change import Change
from db.citations import CitationDraft
from db.errors import Invalid
from db.exchange import offer
from db.exchange.case_rows import reference
from db.exchange.offer import Offer, word
from db.exchange.rows import CitedRow, Read
from db.exchange.vocabulary import Fate
from db.sources import SourceDraft
from db.store import Store
from db.vocabulary import Credibility, Reliability, SourceKind, Stance

_Key = tuple[str, ...]


def judge(store: Store, reads: Sequence[Read]) -> Iterator[Offer]:
    """What would become of each row."""
    here = _Cited(store, [read.row for read in reads if isinstance(read.row, CitedRow)])
    lines: dict[_Key, int] = {}
    for read in reads:
        row = read.row if isinstance(read.row, CitedRow) else CitedRow()
        name = row.case.strip()
        if read.refused:
            yield Offer(read.line, name, row.source, Fate.REFUSED, refused=read.refused)
            continue
        try:
            case_id, key = here.case_of(row), _key(source_of(row), citation_of(row))
            if (case_id, *key) in lines:
                raise Invalid("line", "repeated", str(lines[case_id, *key]))
        except Invalid as error:
            yield offer.refused(read.line, name, row.source, error)
            continue
        lines[case_id, *key] = read.line
        if key in here.citations(case_id):
            yield Offer(read.line, name, row.source, Fate.HERE, here=reference(row.case))
        else:
            yield Offer(read.line, name, row.source, Fate.NEW, row)


class Shelf:
    """The sources of a casebook by what they say; those that it adds are known from then on."""

    def __init__(self, change: Change) -> None:
        self._change = change

    @cached_property
    def _known(self) -> dict[_Key, str]:
        return {_work(source): source.id for source in reversed(sources.all_of_them(self._change.writer))}

    def source(self, draft: SourceDraft) -> str:
        """The id of the source that says the same, added where there is none."""
        key = _work(draft)
        if key not in self._known:
            self._known[key] = sources.add(self._change, draft)
        return self._known[key]


def take_in(change: Change, row: CitedRow, shelf: Shelf) -> str:
    """Cite a source as a row says; returns the id of the case."""
    case_id = cases.find(change.writer, row.case).id
    citations.cite(change, case_id, shelf.source(source_of(row)), citation_of(row))
    return case_id


def source_of(row: CitedRow) -> SourceDraft:
    """The source of a row; raises `Invalid` for what is none."""
    if not row.source.strip():
        raise Invalid("source", "empty")
    kind = word(SourceKind, "kind", row.kind, SourceKind.ARTICLE)
    published, accessed = row.published_on, row.accessed_on
    return SourceDraft(
        row.source, kind, row.url, row.archived_url, row.author, row.publisher, published, accessed, row.language,
        note=row.source_note,
    )  # fmt: skip


def citation_of(row: CitedRow) -> CitationDraft:
    """How a row uses its source; raises `Invalid` for words that are none of ours."""
    usual = CitationDraft()
    return CitationDraft(
        word(Stance, "stance", row.stance, usual.stance),
        word(Reliability, "reliability", row.reliability, usual.reliability),
        word(Credibility, "credibility", row.credibility, usual.credibility),
        row.locator,
        row.quotation,
        row.translation,
        row.note,
    )


class _Cited:
    """The cases that rows name, and what they cite already."""

    def __init__(self, store: Store, rows: Sequence[CitedRow]) -> None:
        self._store = store
        said = sorted({row.case.strip().upper() for row in rows})
        sql = f"""SELECT c.id, c.reference, {REFERENCE} FROM "case" AS c WHERE c.deleted = 0
            AND c.reference IN (SELECT value FROM json_each(:said) UNION SELECT substr(value, 1, length(value) - 5)
                FROM json_each(:said))"""
        self._ids: dict[str, set[str]] = {}
        for case_id, plain, shown in store.select(sql, said=json.dumps(said)):
            self._ids.setdefault(plain, set()).add(case_id)
            self._ids.setdefault(shown, set()).add(case_id)
        self._citations: dict[str, set[_Key]] = {}

    def case_of(self, row: CitedRow) -> str:
        """The case that a row names; raises `Invalid` where there is not exactly one."""
        found = self._ids.get(reference(row.case), set())
        if not found:
            raise Invalid("case_id", "unknown", row.case)
        if len(found) > 1:
            raise Invalid("case_id", "several", row.case)
        return next(iter(found))

    def citations(self, case_id: str) -> set[_Key]:
        """What a case cites already."""
        if case_id not in self._citations:
            known = {source.id: source for source in sources.of_case(self._store, case_id)}
            cited = citations.of_case(self._store, case_id)
            self._citations[case_id] = {_key(known[each.source_id], each) for each in cited}
        return self._citations[case_id]


def _key(source: SourceDraft, cited: CitationDraft) -> _Key:
    passage = (cited.locator, cited.quotation, cited.translation, cited.note)
    return *_work(source), cited.stance, cited.reliability, cited.credibility, *passage


def _work(source: SourceDraft) -> _Key:
    place = (source.title, source.kind, source.url, source.archived_url, source.author, source.publisher)
    return *place, source.published_on, source.accessed_on, source.language, source.note
