"""Actors: persons, organizations, outlets, accounts and agencies, with the names they go by."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from db import joints
from db.change import Change
from db.errors import NotFound
from db.fields import NAMING_AN_ACTOR
from db.kinds import Kind
from db.store import Store
from db.texts.folding import fold
from db.vocabulary import ActorKind


@dataclass(frozen=True, slots=True)
class ActorDraft:
    """What an analyst says of an actor."""

    name: str
    kind: ActorKind = ActorKind.PERSON
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor(ActorDraft):
    """An actor with its other names: `own` are its alone, `aliases` also those of the actors that are joined to it."""

    id: str
    aliases: tuple[str, ...]
    own: tuple[str, ...]
    joined: tuple[str, ...]


_EACH = "SELECT a.id, a.name, a.kind, a.note FROM actor a WHERE a.deleted = 0"
_SELECT = f"{_EACH} AND a.id NOT IN (SELECT actor_id FROM joint WHERE actor_id <> lead_id)"


def _read(store: Store, sql: str, *, alone: bool = False, **values: object) -> tuple[Actor, ...]:
    """Actors with their names; `alone`, without those of the actors that are joined to them."""
    rows = store.select(sql, **values)
    own, others, joined = (defaultdict[str, list[str]](list) for _ in range(3))
    for lead, actor, name in store.select(joints.NAMES, ids=json.dumps([row[0] for row in rows])):
        if lead == actor:
            own[lead].append(name)
        elif not alone:
            others[lead].append(name)
            joined[lead].append(actor)
    return tuple(
        Actor(
            name,
            ActorKind(kind),
            note,
            id=actor,
            aliases=tuple(each for each in dict.fromkeys((*own[actor], *others[actor])) if each != name),
            own=tuple(own[actor]),
            joined=tuple(dict.fromkeys(joined[actor])),
        )
        for actor, name, kind, note in rows
    )


def add(change: Change, draft: ActorDraft) -> str:
    """Add an actor; returns its id."""
    return change.add(Kind.ACTOR, draft)


def edit(change: Change, actor_id: str, draft: ActorDraft) -> bool:
    """Make the actor what the draft says; returns whether anything changed."""
    return change.edit(Kind.ACTOR, actor_id, draft)


def set_aliases(change: Change, actor_id: str, names: Iterable[str]) -> None:
    """Make these the other names of an actor."""
    wanted = [name.strip() for name in names if name.strip()]
    sql = "SELECT id, name FROM alias WHERE actor_id = :actor AND deleted = 0 ORDER BY id"
    kept = set()
    for alias_id, name in change.writer.select(sql, actor=actor_id):
        if name in wanted and name not in kept:
            kept.add(name)
        else:
            change.delete(Kind.ALIAS, alias_id)
    for name in dict.fromkeys(wanted):
        if name not in kept:
            change.create(Kind.ALIAS, {"actor_id": actor_id, "name": name})


def named(change: Change, name: str, kind: ActorKind = ActorKind.PERSON) -> str:
    """The id of the actor with this name or alias, added where there is none; empty for an empty name."""
    if not name.strip():
        return ""
    return _named(change.writer, name) or add(change, ActorDraft(name.strip(), kind))


def named_instead(change: Change, actor_id: str, name: str) -> str:
    """The id of the actor for a name that was typed in place of another's; empty for an empty name.

    An actor of whom nothing but its name is known, and whom one place alone names, takes the new name or goes: half a
    name, saved while somebody paused in typing it, leaves nothing behind.
    """
    known = _named(change.writer, name)
    old = _bare(change.writer, actor_id)
    if known and actor_id and joints.lead(change.writer, known) == joints.lead(change.writer, actor_id):
        return actor_id  # whoever it is joined with, it is still this one that was named
    if old is None:
        return named(change, name)
    if known or not name.strip():
        change.delete(Kind.ACTOR, actor_id)
        return known
    edit(change, actor_id, ActorDraft(name.strip(), old.kind))
    return actor_id


_PLACES = """SELECT (SELECT count(*) FROM claim WHERE claimant_id = :actor)
    + (SELECT count(*) FROM appearance WHERE actor_id = :actor)
    + (SELECT count(*) FROM passage WHERE actor_id = :actor)"""
_TOLD_OF = """SELECT 1 FROM attribute WHERE actor_id = :actor UNION ALL SELECT 1 FROM joint WHERE actor_id = :actor"""


def _bare(store: Store, actor_id: str) -> Actor | None:
    """The actor, where nothing but its name is known and no more than one place names it."""
    found = _read(store, f"{_EACH} AND a.id = :id", alone=True, id=actor_id)
    if not found or found[0].aliases or found[0].note or store.one(_TOLD_OF, actor=actor_id):
        return None
    return found[0] if store.value(_PLACES, actor=actor_id) <= 1 else None


def find(store: Store, name: str) -> Actor | None:
    """The actor who goes by this name, spelled in any way that folds to the same."""
    found = _named(store, name)
    return one(store, found) if found else None


def _named(store: Store, name: str) -> str:
    """The id of the actor that has this name itself, whoever it is joined with; empty where nobody has it."""
    wanted = name.strip()
    if not wanted:
        return ""
    sql = """SELECT a.id FROM actor a WHERE a.deleted = 0 AND (a.name = :name OR a.id IN
        (SELECT actor_id FROM alias WHERE name = :name AND deleted = 0)) ORDER BY a.id"""
    exact = store.value(sql, name=wanted)
    if exact:
        return str(exact)
    sql = """SELECT name, id FROM actor WHERE deleted = 0 UNION ALL SELECT l.name, l.actor_id FROM alias l
        JOIN actor a ON a.id = l.actor_id WHERE a.deleted = 0 AND l.deleted = 0"""
    plain = fold(wanted)
    return min((actor_id for known, actor_id in store.select(sql) if fold(known) == plain), default="")


def one(store: Store, actor_id: str) -> Actor:
    """The actor with this id, or the one that leads it; raises `NotFound`."""
    found = _read(store, f"{_SELECT} AND a.id = :id", id=joints.lead(store, actor_id))
    if not found:
        raise NotFound(Kind.ACTOR, actor_id)
    return found[0]


def parts(store: Store, actor_id: str) -> tuple[Actor, ...]:
    """The actors that an actor is made of, each with what it says itself: the one that leads, then the others."""
    found = one(store, actor_id)
    sql = f"{_EACH} AND a.id IN (SELECT value FROM json_each(:ids)) ORDER BY a.id"
    each = _read(store, sql, alone=True, ids=json.dumps([found.id, *found.joined]))
    return tuple(sorted(each, key=lambda actor: actor.id != found.id))


def of_thing(store: Store, thing: str) -> str:
    """The actor that a claim, an appearance or anything else of a case names, or that a name or an id is one of."""
    naming = " UNION ALL ".join(f"SELECT {field} FROM {kind} WHERE id = :thing" for kind, field in NAMING_AN_ACTOR)
    sql = f"""SELECT id FROM actor WHERE id = :thing UNION ALL SELECT actor_id FROM alias WHERE id = :thing
        UNION ALL {naming}"""
    return store.value(sql, thing=thing) or ""


def everyone(store: Store) -> tuple[Actor, ...]:
    """All actors of the casebook by name; those that are joined are one."""
    return _read(store, f"{_SELECT} ORDER BY a.name COLLATE NOCASE, a.id")


def names(store: Store) -> tuple[str, ...]:
    """What the actors of the casebook are called, by name; those that are joined by the name of the one that leads."""
    sql = """SELECT name FROM actor a WHERE a.deleted = 0 AND a.id NOT IN
        (SELECT actor_id FROM joint WHERE actor_id <> lead_id) ORDER BY a.name COLLATE NOCASE, a.id"""
    return tuple(row[0] for row in store.select(sql))


NAMED = " UNION ".join(  # the actors that a case names
    f"SELECT {field} AS actor FROM {kind} WHERE case_id = :case AND deleted = 0" for kind, field in NAMING_AN_ACTOR
)
_LED = f"SELECT coalesce((SELECT lead_id FROM joint WHERE actor_id = n.actor), n.actor) FROM ({NAMED}) n"


def of_case(store: Store, case_id: str) -> tuple[Actor, ...]:
    """The actors that a case names: claimants, those of appearances, and those of whom it keeps anything else."""
    return _read(store, f"{_SELECT} AND a.id IN ({_LED}) ORDER BY a.name COLLATE NOCASE, a.id", case=case_id)
