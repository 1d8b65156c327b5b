"""Events: what happened around a claim, when and where."""

from __future__ import annotations

from dataclasses import dataclass

from db.change import Change
from db.kinds import Kind
from db.store import Store


@dataclass(frozen=True, slots=True)
class EventDraft:
    """Something that happened: in which words, when and where."""

    text: str
    happened_on: str = ""
    place: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(EventDraft):
    """An event of a case, with the interval that its time proves."""

    id: str
    case_id: str
    earliest: str
    latest: str
    conflicts: int


def add(change: Change, case_id: str, draft: EventDraft) -> str:
    """Record what happened; returns the id of the event."""
    return change.add(Kind.EVENT, draft, case_id=case_id)


def edit(change: Change, event_id: str, draft: EventDraft) -> bool:
    """Make the event what the draft says; returns whether anything changed."""
    return change.edit(Kind.EVENT, event_id, draft)


def delete(change: Change, event_id: str, reason: str = "") -> None:
    """Take an event out of the case."""
    change.delete(Kind.EVENT, event_id, reason)


def of_case(store: Store, case_id: str) -> tuple[Event, ...]:
    """The events of a case, earliest first, those without a known time last."""
    sql = """SELECT e.id, e.case_id, e.text, e.happened_on, e.place, e.note, e.happened_on_earliest AS earliest,
        e.happened_on_latest AS latest, e.conflicts FROM event e WHERE e.case_id = :case AND e.deleted = 0
        ORDER BY e.happened_on_earliest = '', e.happened_on_earliest, e.happened_on_latest, e.id"""
    return store.records(Event, sql, case=case_id)
