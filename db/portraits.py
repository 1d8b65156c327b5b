"""Portraits: all that a casebook knows of one actor, whichever of its names it is known by in a case."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db import actors, attributes, cards, joints
from db.actors import Actor
from db.attributes import Contradiction, Told
from db.cards import Card
from db.cases import REFERENCE
from db.fields import NAMING_AN_ACTOR
from db.kinds import Kind
from db.store import Store
from db.texts.skeletons import script


@dataclass(frozen=True, slots=True)
class Mention:
    """A claim or an appearance of an actor, in its case; `words` is what was said, `role` empty for a claim."""

    id: str
    kind: Kind
    case_id: str
    reference: str
    words: str
    role: str
    place: str
    when: str


@dataclass(frozen=True, slots=True)
class Portrait:
    """An actor with every case, claim and appearance, what sources say of it and where they contradict each other."""

    actor: Actor
    parts: tuple[Actor, ...]
    cases: tuple[Card, ...]
    claims: tuple[Mention, ...]
    appearances: tuple[Mention, ...]
    told: tuple[Told, ...]
    contradictions: tuple[Contradiction, ...]


def read(store: Store, actor_id: str) -> Portrait:
    """All that is known of an actor and of those that it is joined with; raises `NotFound`."""
    actor = actors.one(store, actor_id)
    ids = json.dumps(sorted(joints.together(store, (actor.id,))))
    naming = " UNION ".join(
        f"SELECT case_id FROM {kind} WHERE {field} IN (SELECT value FROM json_each(:ids)) AND deleted = 0"
        for kind, field in NAMING_AN_ACTOR
    )
    found = cards.some(store, [row[0] for row in store.select(f"{naming} ORDER BY 1", ids=ids)])
    return Portrait(
        actor,
        actors.parts(store, actor.id),
        tuple(sorted(found, key=lambda card: card.reference)),
        store.records(Mention, _CLAIMS, ids=ids),
        store.records(Mention, _APPEARANCES, ids=ids),
        attributes.of_actor(store, actor.id),
        attributes.contradictions(store, actor.id),
    )


_CLAIMS = f"""SELECT t.id, 'claim' AS kind, t.case_id, {REFERENCE} AS reference, t.text AS words, '' AS role,
    '' AS place, t.claimed_on AS "when" FROM claim t JOIN "case" c ON c.id = t.case_id AND c.deleted = 0
    WHERE t.deleted = 0 AND t.claimant_id IN (SELECT value FROM json_each(:ids))
    ORDER BY t.claimed_on_earliest = '', t.claimed_on_earliest, t.claimed_on_latest, t.id"""
_APPEARANCES = f"""SELECT t.id, 'appearance' AS kind, t.case_id, {REFERENCE} AS reference, t.quotation AS words, t.role,
    t.channel AS place, t.seen_on AS "when" FROM appearance t JOIN "case" c ON c.id = t.case_id AND c.deleted = 0
    WHERE t.deleted = 0 AND t.actor_id IN (SELECT value FROM json_each(:ids))
    ORDER BY t.seen_on_earliest = '', t.seen_on_earliest, t.seen_on_latest, t.id"""


def names_by_script(names: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Names by the script that they are written in, in the order in which the scripts come."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(script(name), []).append(name)
    return {each: tuple(same) for each, same in found.items()}
