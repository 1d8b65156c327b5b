"""Confirmation: what credibility 1, “confirmed by other sources”, asks for, and where it holds no longer.

The rule: a citation may have credibility 1 where the same case has another citation with the same stance whose source
is of another origin, so that at least two independent origins say the same to the claim. How those are graded, and on
which part of the claim they are, makes no difference. A 1 that stands is not taken away when its second origin goes,
by a merge or because a source turns out to be a copy: it is told that it holds no longer.
"""

from __future__ import annotations

from collections.abc import Mapping

from db import citations, independence
from db.change import Change
from db.citations import Citation, CitationDraft
from db.errors import NotFound, Unconfirmed
from db.independence import Origins, Work
from db.kinds import Kind
from db.store import Store
from db.vocabulary import Credibility


def cite(change: Change, case_id: str, source_id: str, draft: CitationDraft) -> str:
    """Cite a source in a case; raises `Unconfirmed`, with all written but the 1, where nothing confirms that."""
    plain = citations.without_confirmation(draft)
    citation_id = citations.cite(change, case_id, source_id, plain)
    _grade(change, case_id, citation_id, draft)
    return citation_id


def edit(change: Change, citation_id: str, draft: CitationDraft) -> None:
    """Make the citation what the draft says; raises `Unconfirmed`, with all else written, for a new 1 that is not."""
    row = change.writer.one("SELECT case_id, credibility FROM citation WHERE id = :id", id=citation_id)
    if row is None:
        raise NotFound(Kind.CITATION, citation_id)
    case_id, old = row
    if draft.credibility is not Credibility.CONFIRMED or old == Credibility.CONFIRMED:
        citations.edit(change, citation_id, draft)
        return
    citations.edit(change, citation_id, citations.without_confirmation(draft, Credibility(old)))
    _grade(change, case_id, citation_id, draft)


def lost(store: Store, case_id: str, found: Origins | None = None) -> Mapping[str, Unconfirmed]:
    """The citations of a case with a 1 that does not hold, each with why not."""
    cited = citations.of_case(store, case_id)
    ones = [each for each in cited if each.credibility is Credibility.CONFIRMED]
    if not ones:
        return {}
    known = found or independence.origins(store, case_id)
    why = {each.id: _why_not(each, cited, known) for each in ones}
    return {citation_id: error for citation_id, error in why.items() if error}


def _grade(change: Change, case_id: str, citation_id: str, draft: CitationDraft) -> None:
    if draft.credibility is not Credibility.CONFIRMED:
        return
    cited = citations.of_case(change.writer, case_id)
    mine = next(each for each in cited if each.id == citation_id)
    why_not = _why_not(mine, cited, independence.origins(change.writer, case_id))
    if why_not:
        raise why_not
    citations.edit(change, citation_id, draft)


def _why_not(mine: Citation, cited: tuple[Citation, ...], known: Origins) -> Unconfirmed | None:
    """Why nothing confirms a citation: the others with its stance, and how each comes from the same origin."""
    works = {work.id: work for group in known.groups for work in group.works}
    group = known.of(mine.source_id)
    others: dict[str, Work] = {
        each.source_id: works[each.source_id]
        for each in cited
        if each.stance is mine.stance and each.source_id != mine.source_id
    }
    if group is None or any(known.of(each) is not group for each in others):
        return None
    kin = tuple((work, known.way(mine.source_id, each)) for each, work in others.items())
    return Unconfirmed(works[mine.source_id], mine.stance, kin)
