"""History: who changed what and when, with the old and the new value, read from the log."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from db import joints, log, project
from db.errors import Invalid
from db.evidence import legible
from db.fields import FIELDS, NAMING_AN_ACTOR, OF_A_CASE, field_of
from db.kinds import Json, Kind, canonical
from db.log import Operation
from db.store import Store


@dataclass(frozen=True, slots=True)
class Edit:
    """One field that a save set, or, with no field, a whole thing that it added, deleted, brought back or kept.

    `beside` is what stood in conflict with the old value, and was settled by this.
    """

    kind: Kind
    thing: str
    field: str
    old: str
    new: str
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One save: when by its writer's clock, by whom at which desk, what it was and what it changed."""

    save: str
    made_at: str
    analyst: str
    desk: str
    verb: str
    reason: str
    edits: tuple[Edit, ...]


_ALWAYS = range(1 << 62)


def of_case(store: Store, case_id: str, wanted: range = _ALWAYS) -> tuple[Entry, ...]:
    """Everything that was saved in a case, newest first; `wanted` says which operations, by their place in the file."""
    return of_things(store, _things(store, case_id), wanted)


def of_things(store: Store, things: Iterable[str], wanted: range = _ALWAYS) -> tuple[Entry, ...]:
    """Everything that was saved of these things, newest first; `wanted` tells which operations."""
    return _entries(store, log.of_things(store, things), wanted)


def of_thing(store: Store, thing: str) -> tuple[Entry, ...]:
    """Everything that was ever saved of one thing, newest first."""
    return of_things(store, [thing])


def of_saves(store: Store, things: Iterable[str], saves: Container[str]) -> tuple[Entry, ...]:
    """What some saves did to these things, newest first."""
    return tuple(entry for entry in of_things(store, things) if entry.save in saves)


def _things(store: Store, case_id: str) -> Iterable[str]:
    """All that ever belonged to the case, deleted or not, with the sources and actors it named and its links."""
    parts = [f'SELECT id FROM "{kind}" WHERE case_id = :case' for kind in OF_A_CASE]
    parts += [
        "SELECT source_id FROM citation WHERE case_id = :case",
        *(f"SELECT {field} FROM {kind} WHERE case_id = :case" for kind, field in NAMING_AN_ACTOR),
        "SELECT id FROM link WHERE other_id = :case",
    ]
    rows = store.select(" UNION ".join(parts), case=case_id)
    return [case_id, *joints.together(store, (row[0] for row in rows if row[0]))]


def _entries(store: Store, ops: list[Operation], wanted: range) -> tuple[Entry, ...]:
    numbered = {op.n: op for op in ops}
    told = ((op, old) for op, old in _with_old_values(ops) if op.n in wanted)
    edits = {op.id: tuple(_edits(store, op, old, numbered)) for op, old in told}
    desks: dict[str, str] = dict(store.select("SELECT id, name FROM desk"))
    ordered = sorted((op for op in ops if op.n in wanted), key=lambda op: (op.made_at, op.chain, op.number))
    entries = []
    for (_, save), same in groupby(ordered, key=lambda op: (op.chain, op.save)):
        group = list(same)
        first = group[0]
        reason = next((op.reason for op in group if op.reason), "")
        done = tuple(edit for op in group for edit in edits[op.id])
        desk = desks.get(first.desk, first.desk)
        entries.append(Entry(save, first.made_at, first.analyst, desk, first.verb, reason, done))
    return tuple(reversed(entries))


def _with_old_values(ops: list[Operation]) -> Iterator[tuple[Operation, project.State | None]]:
    """Each operation with the state of its thing that it saw."""
    by_thing: dict[str, list[Operation]] = {}
    for op in ops:
        by_thing.setdefault(op.thing, []).append(op)
    for mine in by_thing.values():
        states: dict[tuple[bytes, ...], project.State] = {}  # after one operation, or after several together
        for op in mine:
            if len(op.parents) > 1 and op.parents not in states:
                states[op.parents] = project.project(project.seen_by(mine, op.parents))
            old = states.get(op.parents)
            yield op, old
            states[(op.id,)] = _after(old, op)


def _after(state: project.State | None, op: Operation) -> project.State:
    if state is None:
        return project.project([op])
    ended = {*op.fields, "deleted"}
    conflicts = {name: stand for name, stand in state.conflicts.items() if name not in ended}
    return replace(state, fields={**state.fields, **op.fields}, conflicts=conflicts, deleted=op.deletes)


def _edits(store: Store, op: Operation, old: project.State | None, numbered: Mapping[int, Operation]) -> Iterator[Edit]:
    try:
        kind = Kind(op.kind)
    except ValueError:  # a kind of a newer Claimdesk: kept, not told
        return
    kept = old is not None and "deleted" in old.conflicts and not op.deletes
    if old is None or old.deleted or op.deletes or kept:
        name = called(store, kind, {**(old.fields if old else {}), **op.fields}) or ("–" if kept else "")
        yield Edit(kind, op.thing, "", name if op.deletes or kept else "", "" if op.deletes else name)
    for name, value in op.fields.items():
        try:
            default = field_of(kind, name).default
        except Invalid:
            continue
        before = old.fields.get(name, default) if old else default
        others = [numbered[n].fields[name] for n in old.conflicts.get(name, ())] if old else []
        apart = {canonical(other): other for other in others if canonical(other) != canonical(before)}
        beside = tuple(legible(store, kind, name, other) for other in apart.values())
        before, after = (legible(store, kind, name, each) for each in (before, value))
        yield Edit(kind, op.thing, name, before, after, beside)


def called(store: Store, kind: Kind, fields: Mapping[str, Json]) -> str:
    """What a thing is called in its history."""
    if kind is Kind.CITATION:
        return legible(store, kind, "source_id", fields.get("source_id"))
    if kind in (Kind.COLLECTION, Kind.CUSTODY):
        return legible(store, kind, "attachment_id", fields.get("attachment_id"))
    if kind is Kind.ATTRIBUTE:
        return f"{legible(store, kind, 'actor_id', fields.get('actor_id'))}: {fields.get('value', '')}"
    if kind is Kind.LINK:
        return " – ".join(legible(store, kind, name, fields.get(name)) for name in ("case_id", "other_id"))
    for each in FIELDS[kind]:
        if each.name in ("title", "name", "text", "label", "rating", "channel", "exact") and fields.get(each.name):
            return str(fields[each.name])
    return str(fields.get("quotation") or fields.get("reference") or "")
