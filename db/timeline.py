"""The line of time of a case: where its claim was made, carried on or answered, and what happened around it."""

from __future__ import annotations

from dataclasses import dataclass

from db import events
from db.change import Change
from db.events import Event
from db.kinds import Kind
from db.store import Store
from db.vocabulary import Role


@dataclass(frozen=True, slots=True)
class AppearanceDraft:
    """One place where the claim was made: who, in which role, where, when, in which words."""

    actor_id: str = ""
    role: Role = Role.ORIGIN
    channel: str = ""
    url: str = ""
    seen_on: str = ""
    quotation: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance(AppearanceDraft):
    """An appearance with the name of its actor and the interval that its time proves."""

    id: str
    case_id: str
    actor: str
    earliest: str
    latest: str
    conflicts: int


def add(change: Change, case_id: str, draft: AppearanceDraft) -> str:
    """Record an appearance of the claim of a case; returns its id."""
    return change.add(Kind.APPEARANCE, draft, case_id=case_id)


def edit(change: Change, appearance_id: str, draft: AppearanceDraft) -> bool:
    """Make the appearance what the draft says; returns whether anything changed."""
    return change.edit(Kind.APPEARANCE, appearance_id, draft)


def delete(change: Change, appearance_id: str, reason: str = "") -> None:
    """Take an appearance out of the case."""
    change.delete(Kind.APPEARANCE, appearance_id, reason)


def of_case(store: Store, case_id: str) -> tuple[Appearance, ...]:
    """The appearances of a case, earliest first, those without a known time last."""
    sql = """SELECT p.id, p.case_id, p.actor_id, p.role, p.channel, p.url, p.seen_on, p.quotation, p.note,
        a.name AS actor, p.seen_on_earliest AS earliest, p.seen_on_latest AS latest, p.conflicts
        FROM appearance p LEFT JOIN joint j ON j.actor_id = p.actor_id
        LEFT JOIN actor a ON a.id = coalesce(j.lead_id, p.actor_id) WHERE p.case_id = :case AND p.deleted = 0
        ORDER BY p.seen_on_earliest = '', p.seen_on_earliest, p.seen_on_latest, p.id"""
    return store.records(Appearance, sql, case=case_id)


Moment = Appearance | Event


def moments(store: Store, case_id: str) -> tuple[Moment, ...]:
    """Appearances and events of a case together, earliest first, those without a known time last."""
    both: tuple[Moment, ...] = (*of_case(store, case_id), *events.of_case(store, case_id))
    return tuple(sorted(both, key=lambda each: (not each.earliest, each.earliest, each.latest, each.id)))
