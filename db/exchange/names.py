"""Actors by name, for many that come in together: looking each one up would read all actors for each."""

from __future__ import annotations

from db import actors
from db.actors import ActorDraft
from db.change import Change
from db.texts.folding import fold
from db.vocabulary import ActorKind


class Names:
    """The actors of a casebook by the names they go by; those that it adds are known from then on."""

    def __init__(self, change: Change) -> None:
        self._change = change
        self._exact: dict[str, str] = {}
        self._folded: dict[str, str] = {}
        for actor in actors.everyone(change.writer):
            for name in (actor.name, *actor.aliases):
                self._note(name, actor.id)

    def actor(self, name: str, kind: ActorKind = ActorKind.PERSON) -> str:
        """The id of the actor with this name or alias, added where there is none; empty for an empty name."""
        plain = name.strip()
        if not plain:
            return ""
        known = self._exact.get(plain) or self._folded.get(fold(plain))
        if known:
            return known
        added = actors.add(self._change, ActorDraft(plain, kind))
        self._note(plain, added)
        return added

    def _note(self, name: str, actor_id: str) -> None:
        self._exact.setdefault(name.strip(), actor_id)
        self._folded.setdefault(fold(name), actor_id)
