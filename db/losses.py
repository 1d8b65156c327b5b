"""What one copy of a casebook knows and another does not, told case by case as its history tells it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from db import history
from db.kinds import OF_A_CASE, Kind
from db.progress import SILENT, Progress
from db.store import Row, Store

MOST_TOLD = 1000


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


@dataclass(frozen=True, slots=True)
class _Op:
    save: str
    made_at: str
    kind: str
    thing: str


def missing(store: Store, other: Store, progress: Progress = SILENT) -> Losses:
    """What `store` knows and `other` does not."""
    ops = [op for ours in _chains(store) for op in _beyond(store, other, *ours)]
    newest = sorted({op.save: op.made_at for op in ops}.items(), key=lambda save: save[1], reverse=True)
    told = {save for save, _ in newest[:MOST_TOLD]}
    cases_of = _cases_of(store, ops)
    by_case: dict[str, list[_Op]] = {}
    for op in ops:
        for case_id in cases_of.get(op.thing) or ("",):
            by_case.setdefault(case_id, []).append(op)
    found = []
    for number, (case_id, group) in enumerate(sorted(by_case.items(), key=_last, reverse=True)):
        progress.step(number, len(by_case))
        found.append(_loss(store, case_id, group, told))
    return Losses(len(newest), tuple(found))


def _last(of_case: tuple[str, list[_Op]]) -> tuple[bool, str]:
    """What belongs to no case stands last."""
    return bool(of_case[0]), max(op.made_at for op in of_case[1])


def _loss(store: Store, case_id: str, ops: Collection[_Op], told: Collection[str]) -> Loss:
    saves = {op.save for op in ops}
    shown = {op.thing for op in ops if op.save in told}
    entries = history.of_saves(store, shown, saves.intersection(told)) if shown else ()
    sql = """SELECT reference, coalesce(nullif(title, ''), (SELECT text FROM claim k WHERE k.case_id = c.id
        AND k.parent_id IS NULL ORDER BY k.id LIMIT 1), '') FROM "case" c WHERE id = :id"""
    reference, title = store.one(sql, id=case_id) or ("", "")
    return Loss(case_id, reference, title, len(saves), entries)


def _chains(store: Store) -> list[Row]:
    return store.select("SELECT name, id FROM chain ORDER BY name")


def _beyond(store: Store, other: Store, name: str, row: int) -> Iterator[_Op]:
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
            yield _Op(*told)


def _common(store: Store, other: Store, ours: int, theirs: int) -> int:
    """How far the chain is the same in both, where its end tells: each operation names the one before it."""
    count = "SELECT count(*) FROM op WHERE chain = :row AND number <= :top"
    top, end = other.one("SELECT top_number, top_op FROM chain WHERE id = :row", row=theirs) or (0, b"")
    alike = store.one("SELECT 1 FROM op WHERE id = :end AND chain = :row", end=end, row=ours)
    whole = {other.value(count, row=theirs, top=top), store.value(count, row=ours, top=top)} == {top}
    return int(top) if alike and whole else 0


_CITED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        Kind.SOURCE: (
            "SELECT source_id, case_id FROM citation WHERE source_id IN (SELECT value FROM json_each(:ids))",
        ),
        Kind.ACTOR: (
            "SELECT claimant_id, case_id FROM claim WHERE claimant_id IN (SELECT value FROM json_each(:ids))",
            "SELECT actor_id, case_id FROM appearance WHERE actor_id IN (SELECT value FROM json_each(:ids))",
        ),
        **{
            kind: (f'SELECT id, case_id FROM "{kind}" WHERE id IN (SELECT value FROM json_each(:ids))',)
            for kind in OF_A_CASE
        },
    }
)


def _cases_of(store: Store, ops: Iterable[_Op]) -> dict[str, set[str]]:
    """For each thing the cases that show it; a case shows itself."""
    of_kind: dict[str, set[str]] = {}
    for op in ops:
        of_kind.setdefault(op.kind, set()).add(op.thing)
    found: dict[str, set[str]] = {case_id: {case_id} for case_id in of_kind.get(Kind.CASE, ())}
    for kind, things in of_kind.items():
        for sql in _CITED.get(kind, ()):
            for thing, case_id in store.select(sql, ids=json.dumps(sorted(things))):
                found.setdefault(thing, set()).add(case_id)
    return found
