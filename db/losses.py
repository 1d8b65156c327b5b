"""What one copy of a casebook knows and another does not, told case by case as its history tells it."""

from __future__ import annotations

import json
from collections.abc import Collection, Generator, Mapping
from contextlib import closing
from dataclasses import dataclass
from types import MappingProxyType

from db import history
from db.fields import NAMING_AN_ACTOR, OF_A_CASE
from db.kinds import Kind
from db.progress import SILENT, Progress
from db.store import Row, Store

MOST_TOLD = 1000  # saves, and
MOST_CASES = 300  # cases that are told in full: more nobody reads


@dataclass(frozen=True, slots=True)
class Loss:
    """The saves of one case that the other copy does not have: how many, and the newest of them, newest first.

    What belongs to no case, such as the rating scale, has no `case_id`.
    """

    case_id: str
    reference: str
    title: str
    saves: int
    entries: tuple[history.Entry, ...]


@dataclass(frozen=True, slots=True)
class Losses:
    """All that one copy has and another has not: how many saves, and where; the case changed last stands first."""

    saves: int
    cases: tuple[Loss, ...]


@dataclass(slots=True)
class _Missed:
    """The missing operations: by save the time of each, by kind and thing their saves."""

    made_at: dict[str, str]
    saves: dict[tuple[str, str], set[str]]


def missing(store: Store, other: Store, progress: Progress = SILENT) -> Losses:
    """What `store` knows and `other` does not."""
    missed = _missed(store, other, progress)
    newest = sorted(missed.made_at, key=lambda save: missed.made_at[save], reverse=True)
    told, things = set(newest[:MOST_TOLD]), _by_case(store, missed)

    def last_changed(case_id: str) -> tuple[bool, str]:  # what belongs to no case stands last
        return bool(case_id), max(missed.made_at[save] for each in things[case_id] for save in missed.saves[each])

    found = []
    for number, case_id in enumerate(sorted(things, key=last_changed, reverse=True)):
        progress.step(number, len(things))
        saves = {thing: missed.saves[kind, thing] for kind, thing in things[case_id]}
        found.append(_loss(store, case_id, saves, told if number < MOST_CASES else ()))
    return Losses(len(newest), tuple(found))


def _missed(store: Store, other: Store, progress: Progress) -> _Missed:
    missed = _Missed({}, {})
    known: dict[str, str] = {}  # one text for each save, however many operations it has
    for name, row in store.select("SELECT name, id FROM chain"):
        with closing(_beyond(store, other, name, row)) as ops:  # what is left half read holds up who saves
            for number, (save, made_at, kind, thing) in enumerate(ops):
                if not number % 1000:
                    progress.step(0, 1)
                missed.made_at.setdefault(save, made_at)
                missed.saves.setdefault((kind, thing), set()).add(known.setdefault(save, save))
    return missed


def _loss(store: Store, case_id: str, saves: Mapping[str, set[str]], told: Collection[str]) -> Loss:
    """What of one case is missing: for each thing its saves, and which of them are told in full."""
    shown = [thing for thing, of_thing in saves.items() if not of_thing.isdisjoint(told)]
    every = set().union(*saves.values())
    entries = history.of_saves(store, shown, every.intersection(told)) if shown else ()
    sql = """SELECT reference, coalesce(nullif(title, ''), (SELECT text FROM claim k WHERE k.case_id = c.id
        AND k.parent_id IS NULL ORDER BY k.id LIMIT 1), '') FROM "case" c WHERE id = :id"""
    reference, title = store.one(sql, id=case_id) or ("", "")
    return Loss(case_id, reference, title, len(every), entries)


def _beyond(store: Store, other: Store, name: str, row: int) -> Generator[Row]:
    """The operations of a chain that the other does not have; both are read in the order of their numbers."""
    theirs = other.value("SELECT id FROM chain WHERE name = :name", name=name)
    start = _common(store, other, row, theirs) if theirs is not None else 0
    sql = "SELECT number, id FROM op WHERE chain = :row AND number > :start ORDER BY number, id"
    known = other.stream(sql, row=theirs, start=start)
    sql = """SELECT number, id, save, made_at, kind, thing FROM op
        WHERE chain = :row AND number > :start ORDER BY number, id"""
    last = next(known, None)
    for number, op, *told in store.stream(sql, row=row, start=start):
        while last is not None and last < (number, op):
            last = next(known, None)
        if last != (number, op):
            yield tuple(told)


def _common(store: Store, other: Store, ours: int, theirs: int) -> int:
    """How far the chain is the same in both, where its end tells: each operation names the one before it."""
    count = "SELECT count(*) FROM op WHERE chain = :row AND number <= :top"
    top, end = other.one("SELECT top_number, top_op FROM chain WHERE id = :row", row=theirs) or (0, b"")
    alike = store.one("SELECT 1 FROM op WHERE id = :end AND chain = :row", end=end, row=ours)
    whole = {other.value(count, row=theirs, top=top), store.value(count, row=ours, top=top)} == {top}
    return int(top) if alike and whole else 0


_CASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        Kind.CASE: ('SELECT id, id FROM "case" WHERE id IN (SELECT value FROM json_each(:ids))',),
        Kind.SOURCE: (
            "SELECT source_id, case_id FROM citation WHERE source_id IN (SELECT value FROM json_each(:ids))",
        ),
        Kind.ACTOR: tuple(
            f"SELECT {field}, case_id FROM {kind} WHERE {field} IN (SELECT value FROM json_each(:ids))"
            for kind, field in NAMING_AN_ACTOR
        ),
        **{
            kind: (f'SELECT id, case_id FROM "{kind}" WHERE id IN (SELECT value FROM json_each(:ids))',)
            for kind in OF_A_CASE
        },
    }
)


def _by_case(store: Store, missed: _Missed) -> dict[str, set[tuple[str, str]]]:
    """The things of each case; what belongs to none is under an empty id."""
    of_kind: dict[str, set[str]] = {}
    for kind, thing in missed.saves:
        of_kind.setdefault(kind, set()).add(thing)
    found: dict[str, set[tuple[str, str]]] = {}
    for kind, things in of_kind.items():
        loose = set(things)
        for sql in _CASES.get(kind, ()):
            for thing, case_id in store.select(sql, ids=json.dumps(sorted(things))):
                found.setdefault(case_id, set()).add((kind, thing))
                loose.discard(thing)
        if loose:
            found.setdefault("", set()).update((kind, thing) for thing in loose)
    return found
