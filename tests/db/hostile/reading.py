"""Everything that a person may come to see of a casebook: asked for once, so that it is known to come back."""

from __future__ import annotations

import json
from pathlib import Path

from db import (
    actors,
    arrivals,
    attachments,
    cards,
    cases,
    citations,
    claims,
    conflicts,
    desks,
    evidence,
    heads,
    history,
    likeness,
    links,
    news,
    notes,
    scales,
    search,
    sources,
    timeline,
    verdicts,
)
from db.errors import CasebookError
from db.evidence import Sealed
from db.exchange import claimreview, contents, exports, survey
from db.exchange.exports import Wanted
from db.exchange.vocabulary import Medium, Table
from db.kinds import Kind
from db.store import Store
from db.vocabulary import Tlp
from desktop import wording
from desktop.commands import sheet
from desktop.dossier import build
from desktop.dossier.options import Missing, Options

QUERIES = ("a", "img", "Ministry", "10", "\u202e", "https", "لقاح", '"', "../", "%")


def read_everything(store: Store) -> int:
    """Ask every reading function of every noun; returns how many cases there are."""
    desks.home(store)
    scales.ratings(store, removed=True)
    heads.heads(store)
    for each in actors.everyone(store):
        assert actors.one(store, each.id) == each
        actors.find(store, each.name)
    for source in sources.all_of_them(store):
        assert sources.one(store, source.id) == source
    ids = [row[0] for row in store.select('SELECT id FROM "case" WHERE deleted = 0')]
    for case_id in ids:
        read_case(store, case_id)
    return len(ids)


def read_case(store: Store, case_id: str) -> None:
    """All that is known of one case, in words too."""
    case = cases.one(store, case_id)
    assert not case.reference.strip() or cases.find(store, case.reference).reference == case.reference
    claims.of_case(store, case_id)
    timeline.of_case(store, case_id)
    citations.of_case(store, case_id)
    sources.of_case(store, case_id)
    actors.of_case(store, case_id)
    for attachment in attachments.of_case(store, case_id):
        assert attachments.one(store, attachment.id) == attachment
        attachments.thumbnails(store, [attachment.sha256])
    for verdict in verdicts.of_case(store, case_id):
        verdicts.one(store, verdict.id)
        for difference in verdicts.changes_since(store, verdict.id):
            wording.difference(difference)
    verdicts.standing(store, case_id)
    sealed = evidence.seal(store, case_id)
    evidence.root(sealed)
    evidence.differences(store, case_id, [Sealed(s.kind, s.id, "", s.heads) for s in sealed])
    notes.of_case(store, case_id)
    notes.tasks_of_case(store, case_id)
    notes.tags_of_case(store, case_id)
    tell(history.of_case(store, case_id))
    assert conflicts.count(store, case_id) == len(conflicts.of_case(store, case_id))
    links.of_case(store, case_id)
    links.same_as(store, case_id)
    links.compared(store, case_id)
    sheet.text(sheet.gather(store, case))


def tell(entries: tuple[history.Entry, ...]) -> None:
    """Every edit in the words that are shown of it."""
    for entry in entries:
        wording.verb(entry.verb)
        wording.when(entry.made_at)
        for edit in entry.edits:
            if edit.field:
                wording.field(edit.kind, edit.field)
                wording.value(edit.kind, edit.field, edit.old)
                wording.value(edit.kind, edit.field, edit.new)


def read_lists(store: Store) -> None:
    """What is drawn from the projection: cards, search, and what came."""
    for sort in cards.Sort:
        last = cards.page(store, sort, descending=True)
        assert cards.page(store, sort)
        assert len(cards.some(store, [card.case_id for card in last])) == len(last)
        cards.page(store, sort, after=last[-1])
    facets = cards.facets(store)
    assert facets.tags == notes.all_tags(store)
    for tag in facets.tags[:3]:
        assert cards.count(store, cards.Filter(tag=tag))
    for rating in facets.ratings:
        assert cards.count(store, cards.Filter(rating=rating))
    for query in QUERIES:
        search.search(store, query)
        cards.page(store, cards.Sort.TITLE, only=cards.Filter(text=query))
    for arrival in arrivals.everything(store):
        read_news(store, arrival.first, arrival.last)


def read_news(store: Store, first: int, last: int) -> news.News:
    """What came, case by case, in words."""
    found = news.of(store, first, last)
    for case in found.cases:
        tell(news.entries(store, case.case_id, first, last))
    tell(news.loose_entries(store, found, first, last))
    return found


def compare_everything(store: Store) -> None:
    """What a computer makes of it: suggestions of likeness, conflicts of the whole casebook, what a hand-over holds."""
    ids = [row[0] for row in store.select('SELECT id FROM "case" WHERE deleted = 0')]
    for case_id in ids[:20]:
        likeness.suggest(store, case_id)
        claimreview.lacking(store, case_id)
    likeness.suggest_between(store, ids[:20])
    for conflict in conflicts.of_casebook(store):
        assert conflicts.find(store, conflict.id) == conflict
    contents.decide(survey.read(store, ids), contents.Order(Tlp.RED))
    exports.leaving(store)


def export_everything(store: Store, folder: Path) -> None:
    """All cases in each form in which they can leave."""
    ids = [row[0] for row in store.select('SELECT id FROM "case" WHERE deleted = 0')]
    wanted = [Wanted(Medium.CLAIMREVIEW), Wanted(Medium.JSON), *(Wanted(Medium.CSV, table=table) for table in Table)]
    for each in wanted:
        out = folder / "exported"
        exports.export(store, ids, out, each)
        text = out.read_text("utf-8")
        if each.medium is not Medium.CSV:
            json.loads(text)
        out.unlink()


def print_everything(store: Store, folder: Path) -> list[str]:
    """A dossier of each case; returns the reasons why one was refused on purpose."""
    refused = []
    for (case_id,) in store.select('SELECT id FROM "case" WHERE deleted = 0'):
        out = folder / "dossier.pdf"
        try:
            build.write(store, [case_id], out, Options(missing=Missing.CODE_POINT))
            assert out.read_bytes().startswith(b"%PDF-")
        except CasebookError as error:
            refused.append(repr(error))
        out.unlink(missing_ok=True)
    return refused


def kinds_of(store: Store) -> dict[str, int]:
    """How many things there are of each kind."""
    return {str(kind): store.value(f'SELECT count(*) FROM "{kind}"') for kind in Kind}
