"""Attributes: what sources say of an actor, and where they contradict each other. Nobody is judged right here."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from db import joints, times
from db.cases import REFERENCE
from db.change import Change
from db.kinds import Kind
from db.store import Store
from db.texts.folding import fold
from db.vocabulary import Attribute

_DATES = (Attribute.BORN, Attribute.DIED)
_CHANGING = (Attribute.ROLE, Attribute.AFFILIATION, Attribute.LOCATION)  # may be others at another time


@dataclass(frozen=True, slots=True)
class AttributeDraft:
    """What a source says of an actor; `dated` is when that was so, where it may change with time."""

    name: Attribute = Attribute.ORIGIN
    value: str = ""
    dated: str = ""
    source_id: str = ""
    quotation: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(AttributeDraft):
    """An attribute with the case that keeps it, its source, and the grade that the source has in that case."""

    id: str
    actor_id: str
    case_id: str
    reference: str
    source: str
    published_on: str
    reliability: str
    credibility: str
    conflicts: int


@dataclass(frozen=True, slots=True)
class Version:
    """One of the things that are said, and everybody who says it."""

    value: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Things that are said of one actor and cannot all be so, or are in other words; to stand side by side."""

    name: Attribute
    versions: tuple[Version, ...]


def add(change: Change, case_id: str, actor_id: str, draft: AttributeDraft) -> str:
    """Record in a case what a source says of an actor; returns its id."""
    return change.add(Kind.ATTRIBUTE, draft, case_id=case_id, actor_id=actor_id)


def edit(change: Change, attribute_id: str, draft: AttributeDraft) -> bool:
    """Make the attribute what the draft says; returns whether anything changed."""
    return change.edit(Kind.ATTRIBUTE, attribute_id, draft)


def delete(change: Change, attribute_id: str, reason: str = "") -> None:
    """Take out what a source says of an actor."""
    change.delete(Kind.ATTRIBUTE, attribute_id, reason)


_SELECT = f"""SELECT t.id, t.actor_id, t.case_id, t.source_id, t.name, t.value, t.dated, t.quotation, t.note,
    t.conflicts, {REFERENCE} AS reference, s.title AS source, s.published_on,
    (SELECT reliability FROM citation WHERE {{cited}}) AS reliability,
    (SELECT credibility FROM citation WHERE {{cited}}) AS credibility
    FROM attribute t JOIN "case" c ON c.id = t.case_id LEFT JOIN source s ON s.id = t.source_id
    WHERE t.deleted = 0 AND c.deleted = 0""".format(
    cited="case_id = t.case_id AND source_id = t.source_id AND deleted = 0 ORDER BY id LIMIT 1"
)


def of_actor(store: Store, actor_id: str) -> tuple[Told, ...]:
    """All that is said of an actor, and of those that it is joined with, in the order of the vocabulary."""
    ids = json.dumps(sorted(joints.together(store, (actor_id,))))
    sql = f"{_SELECT} AND t.actor_id IN (SELECT value FROM json_each(:ids)) ORDER BY t.id"
    order = list(Attribute)
    return tuple(sorted(store.records(Told, sql, ids=ids), key=lambda each: order.index(each.name)))


def contradictions(store: Store, actor_id: str) -> tuple[Contradiction, ...]:
    """What sources say of an actor and cannot all be so.

    Dates contradict where their intervals have no moment in common; other things, and dates that cannot be placed,
    where they are said in other words. What changes with time does not where both are dated and the times do not meet.
    “Other” contradicts nothing.
    """
    return tuple(_contradictions(of_actor(store, actor_id)))


def _contradictions(told: Sequence[Told]) -> Iterator[Contradiction]:
    of_name: defaultdict[Attribute, dict[str, list[Told]]] = defaultdict(dict)
    for each in told:
        of_name[each.name].setdefault(fold(each.value), []).append(each)
    for name, by_value in of_name.items():
        versions = tuple(Version(same[0].value, tuple(same)) for same in by_value.values())
        apart = any(_differ(one, other) for a, b in combinations(versions, 2) for one in a.told for other in b.told)
        if name is not Attribute.OTHER and apart:
            yield Contradiction(name, versions)


def _differ(one: Told, other: Told) -> bool:
    """Whether two things that are said in different words cannot both be so."""
    if one.name in _DATES:
        placed = times.parse(one.value).known and times.parse(other.value).known
        return not (placed and _meet(one.value, other.value))
    return one.name not in _CHANGING or _meet(one.dated, other.dated)


def _meet(one: str, other: str) -> bool:
    """Whether two times have a moment in common; of those that are not known it may be so."""
    first, second = times.parse(one), times.parse(other)
    return not (first.known and second.known) or (first.earliest <= second.latest and second.earliest <= first.latest)
