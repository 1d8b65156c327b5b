"""What a verdict rests on, sealed by hash; and what of it has changed since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from db import log, project
from db.change import present
from db.errors import NotFound
from db.fields import FIELDS, field_of
from db.kinds import Json, Kind, canonical
from db.store import Store


@dataclass(frozen=True, slots=True)
class Sealed:
    """One thing as it was when a verdict was given: the hash of its fields and the operations it stood on."""

    kind: Kind
    id: str
    hash: str
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of the evidence that is not what it was; `field` is empty where a whole thing came or went."""

    kind: Kind
    id: str
    field: str
    old: str
    new: str


_THINGS = (
    (Kind.CLAIM, "SELECT id FROM claim WHERE case_id = :case AND deleted = 0"),
    (Kind.APPEARANCE, "SELECT id FROM appearance WHERE case_id = :case AND deleted = 0"),
    (
        Kind.SOURCE,
        """SELECT DISTINCT s.id FROM citation c JOIN source s ON s.id = c.source_id
        WHERE c.case_id = :case AND c.deleted = 0 AND s.deleted = 0""",
    ),
    (
        Kind.CITATION,
        """SELECT c.id FROM citation c JOIN source s ON s.id = c.source_id
        WHERE c.case_id = :case AND c.deleted = 0 AND s.deleted = 0""",
    ),
    (Kind.ATTACHMENT, "SELECT id FROM attachment WHERE case_id = :case AND deleted = 0"),
    (Kind.EVENT, "SELECT id FROM event WHERE case_id = :case AND deleted = 0"),
)


def seal(store: Store, case_id: str) -> tuple[Sealed, ...]:
    """The evidence of a case as it stands: its claims, appearances, events, sources, citations and attachments."""
    found = [
        _sealed(store, kind, thing)
        for kind, sql in _THINGS
        for (thing,) in store.select(f"{sql} ORDER BY 1", case=case_id)
    ]
    return tuple(found)


def root(sealed: Iterable[Sealed]) -> str:
    """One SHA-256 over all that is sealed."""
    return sha256(canonical([[s.kind, s.id, s.hash] for s in sealed]).encode()).hexdigest()


def as_json(sealed: Iterable[Sealed]) -> Json:
    """What is sealed, as a verdict keeps it."""
    return [{"kind": s.kind, "id": s.id, "hash": s.hash, "heads": list(s.heads)} for s in sealed]


def differences(store: Store, case_id: str, then: Iterable[Sealed]) -> tuple[Difference, ...]:
    """What has changed in the evidence of a case since it was sealed."""
    old = {(s.kind, s.id): s for s in then}
    new = {(s.kind, s.id): s for s in seal(store, case_id)}
    found: list[Difference] = []
    for place in dict.fromkeys([*old, *new]):
        kind, thing = place
        if place not in new:
            found.append(Difference(kind, thing, "", _title(_at(store, old[place])) or thing, ""))
        elif place not in old:
            found.append(Difference(kind, thing, "", "", _title(present(store, kind, thing)) or thing))
        elif old[place].hash != new[place].hash:
            found.extend(_fields(store, old[place]))
    return tuple(found)


def _sealed(store: Store, kind: Kind, thing: str) -> Sealed:
    heads = store.select("SELECT id FROM op WHERE n IN (SELECT op FROM head WHERE thing = :t) ORDER BY id", t=thing)
    state = canonical([kind, thing, _weighed(kind, present(store, kind, thing))])
    return Sealed(kind, thing, sha256(state.encode()).hexdigest(), tuple(row[0].hex() for row in heads))


def _weighed(kind: Kind, fields: dict[str, Json]) -> dict[str, Json]:
    """The fields that a verdict rests on; those of a later schema only where somebody set them, so that seals hold."""
    return {
        each.name: fields[each.name]
        for each in FIELDS[kind]
        if each.sealed and (each.since == 1 or canonical(fields[each.name]) != canonical(each.default))
    }


def _at(store: Store, sealed: Sealed) -> dict[str, Json]:
    """The fields of a thing as they were when it was sealed."""
    ops = log.of_thing(store, sealed.id)
    heads = frozenset(sealed.heads)
    then = project.seen_by(ops, (op.id for op in ops if op.id.hex() in heads))
    fields = project.project(then).fields if then else {}
    return {each.name: fields.get(each.name, each.blank) for each in FIELDS[sealed.kind]}


def _fields(store: Store, sealed: Sealed) -> Iterable[Difference]:
    then, now = _at(store, sealed), present(store, sealed.kind, sealed.id)
    for name in (each.name for each in FIELDS[sealed.kind] if each.sealed):
        if canonical(then[name]) != canonical(now[name]):
            old, new = (legible(store, sealed.kind, name, fields[name]) for fields in (then, now))
            yield Difference(sealed.kind, sealed.id, name, old, new)


def _title(fields: dict[str, Json]) -> str:
    names = ("title", "text", "quotation", "name", "channel", "url")
    return next((str(fields[name]) for name in names if fields.get(name)), "")


def legible(store: Store, kind: Kind, name: str, value: Json) -> str:
    """A value as a person can read it: for an id, the name of what it points at."""
    refers = field_of(kind, name).refers
    if refers and value:
        try:
            fields = present(store, refers, str(value), deleted=True)
            return str(fields["reference"]) if refers is Kind.CASE else _title(fields)
        except NotFound:
            return str(value)
    if value is None or isinstance(value, str):
        return value or ""
    return canonical(value)
