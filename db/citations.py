"""Citations: sources used in a case, for or against its claim, with their grades."""

from __future__ import annotations

from dataclasses import dataclass, replace

from db.change import Change
from db.kinds import Kind
from db.store import Store
from db.vocabulary import Credibility, Reliability, Stance


@dataclass(frozen=True, slots=True)
class Grade:
    """Admiralty code: how reliable the source is, and how credible what it says this time."""

    reliability: Reliability
    credibility: Credibility


@dataclass(frozen=True, slots=True)
class CitationDraft:
    """How a source is used: stance, Admiralty grade, and the passage that is cited."""

    stance: Stance = Stance.CONTEXT
    reliability: Reliability = Reliability.F
    credibility: Credibility = Credibility.CANNOT_BE_JUDGED
    locator: str = ""
    quotation: str = ""
    translation: str = ""
    note: str = ""
    claim_id: str = ""

    @property
    def grade(self) -> Grade:
        """Both grades together."""
        return Grade(self.reliability, self.credibility)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(CitationDraft):
    """A citation of a source in a case."""

    id: str
    case_id: str
    source_id: str
    conflicts: int


def without_confirmation(draft: CitationDraft, instead: Credibility = Credibility.CANNOT_BE_JUDGED) -> CitationDraft:
    """The same with another grade in the place of “confirmed by other sources”."""
    confirmed = draft.credibility is Credibility.CONFIRMED
    return replace(draft, credibility=instead) if confirmed else draft


def cite(change: Change, case_id: str, source_id: str, draft: CitationDraft) -> str:
    """Cite a source in a case; returns the id of the citation."""
    return change.add(Kind.CITATION, draft, case_id=case_id, source_id=source_id)


def edit(change: Change, citation_id: str, draft: CitationDraft) -> bool:
    """Make the citation what the draft says; returns whether anything changed."""
    return change.edit(Kind.CITATION, citation_id, draft)


def delete(change: Change, citation_id: str, reason: str = "") -> None:
    """Cite the source no longer here; the source stays in the casebook."""
    change.delete(Kind.CITATION, citation_id, reason)


def of_case(store: Store, case_id: str) -> tuple[Citation, ...]:
    """The citations of a case, in the order they were made, of sources that are still there."""
    sql = """SELECT c.id, c.case_id, c.source_id, c.claim_id, c.stance, c.reliability, c.credibility, c.locator,
        c.quotation, c.translation, c.note, c.conflicts FROM citation c JOIN source s ON s.id = c.source_id
        WHERE c.case_id = :case AND c.deleted = 0 AND s.deleted = 0 ORDER BY c.id"""
    return store.records(Citation, sql, case=case_id)
