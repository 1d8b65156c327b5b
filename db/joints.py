"""Joints: actors that are one and the same. Each keeps what it says, so that they can be parted again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from db.change import Change, present
from db.errors import Invalid
from db.kinds import Kind
from db.store import Store, Writer

# The names that actors go by beside their own: the one that leads, whose name it is, and the name.
NAMES = """SELECT lead, actor, name FROM (
    SELECT actor_id AS lead, actor_id AS actor, name, 0 AS other, id AS place FROM alias
        WHERE actor_id IN (SELECT value FROM json_each(:ids)) AND deleted = 0
    UNION ALL SELECT j.lead_id, j.actor_id, a.name, 1, a.id FROM joint j JOIN actor a ON a.id = j.actor_id
        WHERE j.lead_id IN (SELECT value FROM json_each(:ids)) AND j.actor_id <> j.lead_id
    UNION ALL SELECT j.lead_id, j.actor_id, l.name, 1, j.actor_id || l.id FROM joint j
        JOIN alias l ON l.actor_id = j.actor_id AND l.deleted = 0
        WHERE j.lead_id IN (SELECT value FROM json_each(:ids)) AND j.actor_id <> j.lead_id)
    ORDER BY other, place"""


def join(change: Change, actor_id: str, into: str) -> bool:
    """Let an actor, with all that it is joined with, be led by another from now on; returns whether that is new."""
    for each in (actor_id, into):
        present(change.writer, Kind.ACTOR, each)
    leads = _leads(change.writer)
    one, other = leads.get(actor_id, actor_id), leads.get(into, into)
    if actor_id == into:
        raise Invalid("joined_to", "same actor")
    return one != other and change.put(Kind.ACTOR, one, {"joined_to": other})


def part(change: Change, actor_id: str) -> bool:
    """Let an actor stand apart from the one that leads it, with those that were joined to it; returns whether it was.

    Where desks joined two actors either way round, both ends are let go.
    """
    lead = _leads(change.writer).get(actor_id, actor_id)
    if lead == actor_id:
        return False
    for each in (actor_id, lead):
        change.put(Kind.ACTOR, each, {"joined_to": None})
    return True


def lead(store: Store, actor_id: str) -> str:
    """The actor that leads those an actor is joined with; itself where it is joined with none."""
    return store.value("SELECT lead_id FROM joint WHERE actor_id = :id", id=actor_id) or actor_id


def together(store: Store, actor_ids: Iterable[str]) -> frozenset[str]:
    """These actors, and all that they are joined with."""
    sql = """SELECT other.actor_id FROM joint mine JOIN joint other ON other.lead_id = mine.lead_id
        WHERE mine.actor_id IN (SELECT value FROM json_each(:ids))"""
    wanted = sorted(actor_ids)
    return frozenset(wanted).union(row[0] for row in store.select(sql, ids=json.dumps(wanted)))


def refresh(writer: Writer) -> frozenset[str]:
    """Draw anew who leads whom; returns the actors whose company is another now."""
    old = dict[str, str](writer.select("SELECT actor_id, lead_id FROM joint"))
    new = _leads(writer)
    moved = {each for each in old.keys() | new.keys() if old.get(each) != new.get(each)}
    if not moved:
        return frozenset()
    writer.execute_rows("DELETE FROM joint WHERE actor_id = ?", [(each,) for each in sorted(moved)])
    writer.execute_rows("INSERT INTO joint VALUES (?, ?)", [(each, new[each]) for each in sorted(moved & new.keys())])
    leads = {which[each] for which in (old, new) for each in moved if each in which}
    return frozenset(each for which in (old, new) for each, of in which.items() if of in leads)


def _leads(store: Store) -> Mapping[str, str]:
    """For each actor that is joined with others the one that leads; an actor that is not there leads nobody.

    Merges may close a ring: then the one with the smallest id leads.
    """
    sql = """SELECT a.id, a.joined_to FROM actor a JOIN actor b ON b.id = a.joined_to
        WHERE a.joined_to > '' AND a.deleted = 0 AND b.deleted = 0 AND b.id <> a.id"""
    to = dict[str, str](store.select(sql))
    ends: dict[str, str] = {}
    for each in to.keys() | set(to.values()):
        _follow(to, each, ends)
    return ends


def _follow(to: Mapping[str, str], start: str, ends: dict[str, str]) -> None:
    """Note where following leads to, for each on the way: an end, or the smallest of a ring."""
    way: dict[str, None] = {}
    at = start
    while at in to and at not in way and at not in ends:
        way[at] = None
        at = to[at]
    ring = list(way)[list(way).index(at) :] if at in way else ()
    end = ends.get(at) or min(ring, default=at)
    ends |= dict.fromkeys((*way, at), end)
