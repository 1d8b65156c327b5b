"""Claims: the statement as said, and the parts it is made of."""

from __future__ import annotations

from dataclasses import dataclass

from db.change import Change
from db.kinds import Kind
from db.store import Store


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """A claim in the words it was made in; `parent_id` names the claim that it is a part of."""

    text: str
    language: str = ""
    translation: str = ""
    claimant_id: str = ""
    claimed_on: str = ""
    parent_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(ClaimDraft):
    """A claim of a case, with the name of who made it."""

    id: str
    case_id: str
    claimant: str
    conflicts: int


_SELECT = """SELECT c.id, c.case_id, c.text, c.language, c.translation, c.claimant_id, c.claimed_on, c.parent_id,
    a.name AS claimant, c.conflicts FROM claim c LEFT JOIN joint j ON j.actor_id = c.claimant_id
    LEFT JOIN actor a ON a.id = coalesce(j.lead_id, c.claimant_id)"""


def add(change: Change, case_id: str, draft: ClaimDraft) -> str:
    """Record a claim of a case; returns its id."""
    return change.add(Kind.CLAIM, draft, case_id=case_id)


def edit(change: Change, claim_id: str, draft: ClaimDraft) -> bool:
    """Make the claim what the draft says; returns whether anything changed."""
    return change.edit(Kind.CLAIM, claim_id, draft)


def delete(change: Change, claim_id: str, reason: str = "") -> None:
    """Take a sub-claim out of the case."""
    change.delete(Kind.CLAIM, claim_id, reason)


def of_case(store: Store, case_id: str) -> tuple[Claim, ...]:
    """The claims of a case: the whole first, then its parts."""
    sql = f"{_SELECT} WHERE c.case_id = :case AND c.deleted = 0 ORDER BY c.parent_id IS NOT NULL, c.id"
    return store.records(Claim, sql, case=case_id)


def whole(store: Store, case_id: str) -> Claim:
    """The claim that a case is on; one without words for a case that came from another desk without any."""
    nothing = Claim(text="", id="", case_id=case_id, claimant="", conflicts=0)
    return next(iter(of_case(store, case_id)), nothing)
