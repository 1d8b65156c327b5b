"""What is drawn from the projection after each save: cards and search."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from db import cards, indexing, joints
from db.fields import NAMING_AN_ACTOR, OF_A_CASE
from db.kinds import Kind
from db.progress import SILENT, Progress
from db.store import Store, Writer

_TOGETHER = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """The cases that show something, and the actors whose other names are among it."""

    cases: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()


_NOWHERE = Shown()


def shown(store: Store, touched: Mapping[Kind, set[str]]) -> Shown:
    """Where these things are shown now: a merge may move them elsewhere."""
    return Shown(frozenset(cases_of(store, touched)), frozenset(_actors_of(store, touched)))


def refresh(
    writer: Writer, touched: Mapping[Kind, set[str]], progress: Progress = SILENT, before: Shown = _NOWHERE
) -> None:
    """Bring cards and search up to date with what a save touched, also where that was shown before."""
    aliased = _actors_of(writer, touched) | before.actors
    if Kind.ACTOR in touched:
        aliased |= joints.refresh(writer)
    if aliased or Kind.ACTOR in touched:
        aliased |= joints.together(writer, aliased | touched.get(Kind.ACTOR, set()))
    changed = aliased.union(*touched.values())
    loose = {(kind, thing) for kind in (Kind.ACTOR, Kind.SOURCE) for thing in touched.get(kind, ())}
    loose |= {(Kind.ACTOR, thing) for thing in aliased}
    wanted = sorted(cases_of(writer, {**touched, Kind.ACTOR: aliased}) | before.cases)
    for start in range(0, len(wanted), _TOGETHER):
        progress.step(start, len(wanted))
        some = wanted[start : start + _TOGETHER]
        for case_id in some:
            cards.refresh(writer, case_id)
        loose |= indexing.refresh(writer, some, changed)
    for kind in (Kind.ACTOR, Kind.SOURCE):
        things = {thing for of, thing in loose if of is kind}
        if things:
            indexing.refresh_loose(writer, kind, things)


def rebuild(writer: Writer, progress: Progress = SILENT) -> None:
    """Draw everything anew from the projection."""
    for table in ("case_card", "search_text", "joint"):
        writer.execute(f"DELETE FROM {table}")
    for table in ("search_part", "search_word"):
        writer.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
    everything = {
        k: {t for (t,) in writer.select(f'SELECT id FROM "{k}"')} for k in (Kind.CASE, Kind.ACTOR, Kind.SOURCE)
    }
    refresh(writer, everything, progress)


_CASES_OF: Mapping[Kind, str] = {
    Kind.ACTOR: " UNION ".join(
        f"SELECT case_id FROM {kind} WHERE {field} IN (SELECT value FROM json_each(:ids))"
        for kind, field in NAMING_AN_ACTOR
    ),
    Kind.CASE: """SELECT id FROM "case" WHERE reference IN
        (SELECT reference FROM "case" WHERE id IN (SELECT value FROM json_each(:ids)))
        UNION SELECT other_id FROM link WHERE case_id IN (SELECT value FROM json_each(:ids))
        UNION SELECT case_id FROM link WHERE other_id IN (SELECT value FROM json_each(:ids))""",
    Kind.LINK: "SELECT other_id FROM link WHERE id IN (SELECT value FROM json_each(:ids))",
    Kind.SOURCE: "SELECT case_id FROM citation WHERE source_id IN (SELECT value FROM json_each(:ids))",
}


def cases_of(store: Store, touched: Mapping[Kind, set[str]]) -> set[str]:
    """The cases that show anything of what was touched."""
    found: set[str] = set()
    for kind, ids in touched.items():
        asked = [_CASES_OF[kind]] if kind in _CASES_OF else []
        if kind in OF_A_CASE:
            asked.append(f'SELECT case_id FROM "{kind}" WHERE id IN (SELECT value FROM json_each(:ids))')
        for sql in asked:
            found.update(row[0] for row in store.select(sql, ids=json.dumps(sorted(ids))))
    aliased = _actors_of(store, touched)
    if aliased:
        found |= cases_of(store, {Kind.ACTOR: set(joints.together(store, aliased))})
    return found


def _actors_of(store: Store, touched: Mapping[Kind, set[str]]) -> set[str]:
    """The actors whose aliases were touched."""
    ids = json.dumps(sorted(touched.get(Kind.ALIAS, ())))
    sql = "SELECT actor_id FROM alias WHERE id IN (SELECT value FROM json_each(:ids))"
    return {row[0] for row in store.select(sql, ids=ids)}
