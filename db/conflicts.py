"""Conflicts: what desks wrote without seeing each other. Every version stands until a named person settles it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import groupby
from typing import TypeVar

from db import actors, log, project
from db.change import Change
from db.errors import Ambiguous, Invalid, NotFound
from db.evidence import legible
from db.fields import FIELDS, NAMING_AN_ACTOR, OF_A_CASE, field_of
from db.history import called
from db.kinds import Field, FieldType, Json, Kind, canonical
from db.log import Operation
from db.store import Store

T = TypeVar("T")
DELETED = "deleted"
_DIGITS = 10
_MARK = 4


@dataclass(frozen=True, slots=True)
class Said:
    """A field that was written on the side that did not delete."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Version:
    """What one operation says of a field: by whom, at which desk, when by the clock there.

    Where one side deleted the thing, `value` is the reason of the deletion and `said` what the other side wrote.
    `mark` tells two things of one name apart.
    """

    operation: str
    value: str
    raw: Json
    analyst: str
    desk: str
    made_at: str
    deletes: bool
    shown: bool
    said: tuple[Said, ...] = ()
    mark: str = ""

    @property
    def told(self) -> str:
        """The value, with its mark where it has one."""
        return f"{self.value} ({self.mark})" if self.mark else self.value


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field whose versions differ, or a thing that was deleted beside an edit: then the field is `DELETED`.

    `name` is what the thing is called, `cases` the cases that show it; the version that is shown now comes first.
    """

    id: str
    kind: Kind
    thing: str
    field: str
    name: str
    cases: tuple[str, ...]
    versions: tuple[Version, ...]

    @property
    def choices(self) -> tuple[tuple[Version, ...], ...]:
        """The versions by what they say; several desks may have written the same."""
        groups = groupby(self.versions, key=lambda version: (version.deletes, canonical(version.raw)))
        return tuple(tuple(group) for _, group in groups)

    def version(self, operation: str) -> Version:
        """The version that is named by the beginning of its operation; raises `NotFound` or `Ambiguous`."""
        return _one_of("version", operation, ((version.operation, version) for version in self.versions))


def of_case(store: Store, case_id: str) -> tuple[Conflict, ...]:
    """The conflicts of a case and of all that it shows."""
    return tuple(filter(None, (_conflict(store, thing, name) for thing, name in _places_of(store, case_id))))


def count(store: Store, case_id: str) -> int:
    """How many conflicts a case has."""
    return len(_places_of(store, case_id))


def of_casebook(store: Store) -> Iterator[Conflict]:
    """Every conflict in sight, one by one: those of deleted things and cases are not."""
    for thing, name in _places(store):
        found = _conflict(store, thing, name)
        if found and _in_sight(store, found):
            yield found


def find(store: Store, wanted: str) -> Conflict:
    """The conflict that is named by the beginning of its id; raises `NotFound` or `Ambiguous`."""
    thing, name = _one_of("conflict", wanted, ((_id(*place), place) for place in _places(store)))
    found = _conflict(store, thing, name)
    if found is None or not _in_sight(store, found):
        raise NotFound("conflict", wanted)
    return found


def settle(change: Change, conflict: Conflict, operation: str) -> None:
    """Take one version, for everybody who merges this later; one that is shown already is taken as well."""
    version = conflict.version(operation)
    _still_stands(change.writer, conflict)
    if version.deletes:
        change.delete(conflict.kind, conflict.thing, version.value)
    else:
        fields = {} if conflict.field == DELETED else {conflict.field: version.raw}
        change.settle(conflict.kind, conflict.thing, fields)


def settle_as(change: Change, conflict: Conflict, text: str) -> None:
    """Write another version in place of those that stand. Raises `Invalid` where the field cannot hold it."""
    if conflict.field == DELETED:
        raise Invalid(DELETED, "choice")
    _still_stands(change.writer, conflict)
    value = _value(change, field_of(conflict.kind, conflict.field), text)
    change.settle(conflict.kind, conflict.thing, {conflict.field: value})


def _still_stands(store: Store, conflict: Conflict) -> None:
    sql = "SELECT 1 FROM conflict WHERE thing = :thing AND field = :field"
    if not store.one(sql, thing=conflict.thing, field=conflict.field):
        raise NotFound("conflict", conflict.id)


def _value(change: Change, each: Field, text: str) -> Json:
    """A text as the field holds it: a word in whatever case, a number, an actor by name."""
    typed = text.strip()
    if each.refers is Kind.ACTOR:
        return actors.named(change, text) or None
    if each.refers:
        return typed or None
    if each.words:
        return next((word for word in each.words if word.casefold() == typed.casefold()), text)
    if each.type in (FieldType.TEXT, FieldType.WHEN):
        return text
    if each.type is FieldType.FLAG and typed.casefold() in ("true", "false"):
        return typed.casefold() == "true"
    try:
        return {FieldType.INTEGER: int, FieldType.REAL: float}[each.type](typed) if typed else None
    except (KeyError, ValueError) as error:
        raise Invalid(each.name, "type", text) from error


def _places(store: Store) -> list[tuple[str, str]]:
    return store.select("SELECT DISTINCT thing, field FROM conflict ORDER BY thing, field")


# What a case shows: itself, what belongs to it, and the sources, actors and other names that it leads to.
_ACTORS = f"""{actors.NAMED} UNION SELECT j.actor_id FROM joint j
    WHERE j.lead_id IN (SELECT lead_id FROM joint WHERE actor_id IN ({actors.NAMED}))"""
_SHOWN = " UNION ".join(
    [
        'SELECT id FROM "case" WHERE id = :case AND deleted = 0',
        *(f'SELECT id FROM "{kind}" WHERE case_id = :case AND deleted = 0' for kind in OF_A_CASE),
        "SELECT id FROM link WHERE other_id = :case AND deleted = 0",
        """SELECT id FROM source WHERE deleted = 0
            AND id IN (SELECT source_id FROM citation WHERE case_id = :case AND deleted = 0)""",
        f"SELECT id FROM actor WHERE deleted = 0 AND id IN ({_ACTORS})",
        f"SELECT id FROM alias WHERE deleted = 0 AND actor_id IN ({_ACTORS})",
    ]
)


def _places_of(store: Store, case_id: str) -> list[tuple[str, str]]:
    """Nearly always nothing is in conflict, which is quick to see."""
    if store.one("SELECT 1 FROM conflict") is None:
        return []
    sql = f"""SELECT DISTINCT thing, field FROM conflict WHERE thing IN ({_SHOWN})
        AND EXISTS (SELECT 1 FROM "case" WHERE id = :case AND deleted = 0) ORDER BY thing, field"""
    return store.select(sql, case=case_id)


def _in_sight(store: Store, conflict: Conflict) -> bool:
    gone = store.value(f'SELECT deleted FROM "{conflict.kind}" WHERE id = :id', id=conflict.thing)
    return not gone and (bool(conflict.cases) or conflict.kind not in (Kind.CASE, *OF_A_CASE))


def _naming(actor: str) -> str:
    """A SELECT of the cases that name an actor, or one that it is joined with."""
    together = f"""{actor} UNION SELECT o.actor_id FROM joint m JOIN joint o ON o.lead_id = m.lead_id
        WHERE m.actor_id IN ({actor})"""
    parts = (
        f"SELECT case_id FROM {kind} WHERE {field} IN ({together}) AND deleted = 0" for kind, field in NAMING_AN_ACTOR
    )
    return " UNION ".join(parts)


_CASES_OF: Mapping[Kind, str] = {
    Kind.CASE: "SELECT :thing",
    Kind.LINK: "SELECT case_id FROM link WHERE id = :thing UNION SELECT other_id FROM link WHERE id = :thing",
    Kind.SOURCE: "SELECT case_id FROM citation WHERE source_id = :thing AND deleted = 0",
    Kind.ACTOR: _naming("SELECT :thing"),
    Kind.ALIAS: _naming("SELECT actor_id FROM alias WHERE id = :thing"),
    **{kind: f'SELECT case_id FROM "{kind}" WHERE id = :thing' for kind in OF_A_CASE if kind is not Kind.LINK},
}


def _cases_of(store: Store, kind: Kind, thing: str) -> tuple[str, ...]:
    if kind not in _CASES_OF:
        return ()
    sql = f'SELECT id FROM "case" WHERE deleted = 0 AND id IN ({_CASES_OF[kind]}) ORDER BY id'
    return tuple(row[0] for row in store.select(sql, thing=thing))


def _conflict(store: Store, thing: str, name: str) -> Conflict | None:
    ops = log.of_thing(store, thing)
    if not ops or ops[0].kind not in set(Kind):
        return None
    kind = Kind(ops[0].kind)
    rows = store.select("SELECT op FROM conflict WHERE thing = :thing AND field = :name", thing=thing, name=name)
    numbers = {row[0] for row in rows}
    standing = sorted((op for op in ops if op.n in numbers), key=lambda op: (op.made_at, op.id), reverse=True)
    versions = _deletions(store, kind, ops, standing) if name == DELETED else _values(store, kind, name, standing)
    called_now = called(store, kind, project.project(ops).fields)
    return Conflict(_id(thing, name), kind, thing, name, called_now, _cases_of(store, kind, thing), versions)


def _values(store: Store, kind: Kind, name: str, standing: Sequence[Operation]) -> tuple[Version, ...]:
    """What each operation says, the value that is shown first, equal ones together."""
    raws = [op.fields[name] for op in standing]
    order = list(dict.fromkeys(map(canonical, raws)))
    found = [
        _version(store, op, legible(store, kind, name, raw), raw, shown=canonical(raw) == order[0])
        for op, raw in zip(standing, raws, strict=True)
    ]
    found.sort(key=lambda version: order.index(canonical(version.raw)))
    return tuple(_told_apart(found))


def _told_apart(versions: Sequence[Version]) -> Iterator[Version]:
    """Two actors may have one name: then the end of the id tells which is meant."""
    for version in versions:
        same = {canonical(other.raw) for other in versions if other.value == version.value}
        yield replace(version, mark=str(version.raw)[-_MARK:].upper()) if len(same) > 1 else version


def _deletions(
    store: Store, kind: Kind, ops: Sequence[Operation], standing: Sequence[Operation]
) -> tuple[Version, ...]:
    """Who keeps the thing, with what was written there that no deletion saw; then who deleted it, and why."""
    ancestors = project.ancestry(ops)
    place = {op.n: i for i, op in enumerate(ops)}
    seen = 0
    for op in standing:
        seen |= ancestors[place[op.n]] | 1 << place[op.n] if op.deletes else 0
    found = []
    for op in sorted(standing, key=lambda op: op.deletes):
        new = ancestors[place[op.n]] | 1 << place[op.n]
        written = [each for i, each in enumerate(ops) if new >> i & 1 and not seen >> i & 1]
        said = () if op.deletes else tuple(_said(store, kind, written))
        found.append(replace(_version(store, op, op.reason, None, shown=not op.deletes), said=said))
    return tuple(found)


def _said(store: Store, kind: Kind, written: Iterable[Operation]) -> Iterator[Said]:
    fields: dict[str, Json] = {}
    for op in written:
        fields.update(op.fields)
    for each in FIELDS[kind]:
        if each.name in fields and each.admits(fields[each.name]):
            yield Said(each.name, legible(store, kind, each.name, fields[each.name]))


def _version(store: Store, op: Operation, value: str, raw: Json, *, shown: bool) -> Version:
    desk = store.value("SELECT name FROM desk WHERE id = :id", id=op.desk) or op.desk
    return Version(op.id.hex(), value, raw, op.analyst, desk, op.made_at, op.deletes, shown)


def _id(thing: str, name: str) -> str:
    return sha256(f"{thing} {name}".encode()).hexdigest()[:_DIGITS]


def _one_of(what: str, wanted: str, choices: Iterable[tuple[str, T]]) -> T:
    """The one of these whose name begins like this."""
    typed = wanted.strip().lower()
    found = [(name, each) for name, each in choices if name.startswith(typed)]
    if not found or not typed:
        raise NotFound(what, wanted)
    if len(found) > 1:
        raise Ambiguous(wanted, tuple(name for name, _ in found), what)
    return found[0][1]
