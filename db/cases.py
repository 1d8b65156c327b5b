"""Cases: the file on one contested claim."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from db import claims, desks
from db.change import Change
from db.claims import ClaimDraft
from db.errors import Ambiguous, NotFound
from db.kinds import Kind
from db.store import Store
from db.vocabulary import Priority, Status, Tlp


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """What an analyst says of a case."""

    title: str = ""
    status: Status = Status.RECEIVED
    priority: Priority = Priority.NORMAL
    tlp: Tlp = Tlp.AMBER
    assignee: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(CaseDraft):
    """A case; `reference` carries a mark of the case where two cases have the same."""

    id: str
    reference: str
    created_at: str
    created_by: str
    changed_at: str
    conflicts: int


# Two desks with the same code give the same reference to different cases; then the end of its id tells them apart.
REFERENCE = """CASE WHEN (SELECT count(*) FROM "case" AS same WHERE same.reference = c.reference) > 1
    THEN c.reference || '-' || upper(substr(c.id, -4)) ELSE c.reference END"""
_SELECT = f"""SELECT c.id, {REFERENCE} AS reference, c.title, c.status, c.priority, c.tlp, c.assignee, c.due,
    c.created_at, c.created_by, c.changed_at, c.conflicts FROM "case" AS c WHERE c.deleted = 0"""


def add(change: Change, draft: CaseDraft, claim: ClaimDraft, reference: str = "") -> str:
    """Open a case on a claim, under the desk's next reference unless it has one; returns the id of the case."""
    case_id = change.add(Kind.CASE, draft, reference=reference or _next_reference(change))
    claims.add(change, case_id, claim)
    return case_id


def edit(change: Change, case_id: str, draft: CaseDraft) -> bool:
    """Make the case what the draft says; returns whether anything changed."""
    return change.edit(Kind.CASE, case_id, draft)


def delete(change: Change, case_id: str, reason: str = "") -> None:
    """Take a case out of sight with all that belongs to it; its reference is never given again."""
    change.delete(Kind.CASE, case_id, reason)


def one(store: Store, case_id: str) -> Case:
    """The case with this id; raises `NotFound`."""
    found = store.records(Case, f"{_SELECT} AND c.id = :id", id=case_id)
    if not found:
        raise NotFound(Kind.CASE, case_id)
    return found[0]


def find(store: Store, reference: str) -> Case:
    """The case with this reference, in whatever case it is typed; raises `NotFound` or `Ambiguous`."""
    typed = reference.strip()
    for wanted in dict.fromkeys((typed, typed.upper())):  # ours are in capitals, another desk's are what they are
        found = store.records(Case, f"{_SELECT} AND c.reference IN (:whole, :plain)", whole=wanted, plain=wanted[:-5])
        exact = [case for case in found if case.reference == wanted]
        same = [case for case in found if case.reference.startswith(f"{wanted}-")]
        if exact:
            return exact[0]
        if same:
            raise Ambiguous(wanted, tuple(case.reference for case in same))
    raise NotFound(Kind.CASE, reference)


def _next_reference(change: Change) -> str:
    """The number after the highest that this code ever had in this year, deleted cases included."""
    start = f"{desks.home(change.writer).code}-{change.moment[:4]}-"
    sql = """SELECT max(reference) FROM "case"
        WHERE length(reference) = :length AND reference BETWEEN :first AND :last
        AND substr(reference, :digits) NOT GLOB '*[^0-9]*'"""
    for digits in itertools.count(4):  # another desk's case may have any number: one too high is no number of ours
        least, last = 10 ** (digits - 1) if digits > 4 else 1, start + "9" * digits
        first = start + "0" * digits
        highest = change.writer.value(sql, length=len(first), first=first, last=last, digits=-digits)
        if highest != last:
            return f"{start}{max(least, int(highest[len(start) :]) + 1 if highest else 0):04d}"
    raise AssertionError
