"""Actors: persons, organizations, outlets, accounts and agencies, with the names they go by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from db.change import Change
from db.errors import NotFound
from db.folding import fold
from db.kinds import Kind
from db.store import Store
from db.vocabulary import ActorKind


@dataclass(frozen=True, slots=True)
class ActorDraft:
    """What an analyst says of an actor."""

    name: str
    kind: ActorKind = ActorKind.PERSON
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor(ActorDraft):
    """An actor with its aliases."""

    id: str
    aliases: tuple[str, ...]


_SELECT = """SELECT a.id, a.name, a.kind, a.note, (SELECT json_group_array(name) FROM
    (SELECT name FROM alias WHERE actor_id = a.id AND deleted = 0 ORDER BY id)) AS aliases
    FROM actor a WHERE a.deleted = 0"""


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
    found = find(change.writer, name)
    return found.id if found else add(change, ActorDraft(name.strip(), kind))


def named_instead(change: Change, actor_id: str, name: str) -> str:
    """The id of the actor for a name that was typed in place of another's; empty for an empty name.

    An actor of whom nothing but its name is known, and whom one place alone names, takes the new name or goes: half a
    name, saved while somebody paused in typing it, leaves nothing behind.
    """
    known = find(change.writer, name) if name.strip() else None
    old = _bare(change.writer, actor_id)
    if old is None or (known and known.id == actor_id):
        return named(change, name)
    if known or not name.strip():
        change.delete(Kind.ACTOR, actor_id)
        return known.id if known else ""
    edit(change, actor_id, ActorDraft(name.strip(), old.kind))
    return actor_id


_PLACES = """SELECT (SELECT count(*) FROM claim WHERE claimant_id = :actor)
    + (SELECT count(*) FROM appearance WHERE actor_id = :actor)
    + (SELECT count(*) FROM passage WHERE actor_id = :actor)"""


def _bare(store: Store, actor_id: str) -> Actor | None:
    """The actor, where nothing but its name is known and no more than one place names it."""
    found = store.records(Actor, f"{_SELECT} AND a.id = :id", id=actor_id)
    bare = found and not found[0].aliases and not found[0].note and store.value(_PLACES, actor=actor_id) <= 1
    return found[0] if bare else None


def find(store: Store, name: str) -> Actor | None:
    """The actor who goes by this name, spelled in any way that folds to the same."""
    wanted = fold(name)
    sql = f"""{_SELECT} AND (a.name = :name OR a.id IN
        (SELECT actor_id FROM alias WHERE name = :name AND deleted = 0)) ORDER BY a.id"""
    exact = store.records(Actor, sql, name=name.strip())
    if exact:
        return exact[0]
    return next((actor for actor in everyone(store) if wanted in map(fold, (actor.name, *actor.aliases))), None)


def one(store: Store, actor_id: str) -> Actor:
    """The actor with this id; raises `NotFound`."""
    found = store.records(Actor, f"{_SELECT} AND a.id = :id", id=actor_id)
    if not found:
        raise NotFound(Kind.ACTOR, actor_id)
    return found[0]


def everyone(store: Store) -> tuple[Actor, ...]:
    """All actors of the casebook by name."""
    return store.records(Actor, f"{_SELECT} ORDER BY a.name COLLATE NOCASE, a.id")


def of_case(store: Store, case_id: str) -> tuple[Actor, ...]:
    """The actors that a case names as claimants, in appearances or in passages."""
    sql = f"""{_SELECT} AND a.id IN (
        SELECT claimant_id FROM claim WHERE case_id = :case AND deleted = 0
        UNION SELECT actor_id FROM appearance WHERE case_id = :case AND deleted = 0
        UNION SELECT actor_id FROM passage WHERE case_id = :case AND deleted = 0)
        ORDER BY a.name COLLATE NOCASE, a.id"""
    return store.records(Actor, sql, case=case_id)
