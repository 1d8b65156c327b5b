"""The actors that a case names, with the names they go by."""

from __future__ import annotations

from collections.abc import Sequence

from db import actors
from db.actors import Actor, ActorDraft
from db.change import Change
from db.kinds import Kind
from db.vocabulary import Op
from desktop import wording
from desktop.context import Context
from desktop.forms.drafts import ActorText
from desktop.forms.things import ActorForm
from desktop.panels.master import MasterPanel, Saying
from desktop.widgets.entries import Entry
from desktop.widgets.texts import Prose, isolated


class ActorsPanel(MasterPanel[ActorText]):
    """Claimants and actors of the appearances; they come and go with the places that name them."""

    shows = (Kind.ACTOR, Kind.ALIAS, Kind.ATTRIBUTE, Kind.CLAIM, Kind.APPEARANCE, Kind.PASSAGE)
    saying = Saying(
        "Actors", "users", "No actor yet", "Actors come with claimants and appearances; give them their aliases here."
    )
    edit_op = Op.EDIT_ACTOR

    def __init__(self, context: Context) -> None:
        self._found: dict[str, Actor] = {}
        self.joined = Prose("", "soft")
        super().__init__(context, ActorForm())
        self.right.insertWidget(1, self.joined)

    def entries(self) -> Sequence[Entry]:
        """The actors that the case names."""
        self._found = {actor.id: actor for actor in actors.of_case(self.context.book, self.case_id)}
        return [
            Entry(a.id, a.name, ", ".join(a.aliases) or a.note, wording.word(a.kind), "gray")
            for a in self._found.values()
        ]

    def things(self, thing: str) -> tuple[str, ...]:
        """An actor, and those that are joined to it."""
        return (thing, *self._found[thing].joined) if thing in self._found else (thing,)

    def draft(self, thing: str) -> ActorText | None:
        """An actor as the form shows it."""
        found = self._found.get(thing)
        self._tell_joined(found)
        return ActorText(found.name, found.kind, found.own, found.note) if found else None

    def _tell_joined(self, actor: Actor | None) -> None:
        """Say whose names an actor goes by beside its own."""
        others = actors.parts(self.context.book, actor.id)[1:] if actor and actor.joined else ()
        named = (", ".join((each.name, *each.own)) for each in others)
        self.joined.setText("Joined with " + " · ".join(map(isolated, named)) if others else "")
        self.joined.setVisible(bool(others))

    def put(self, change: Change, thing: str, draft: ActorText) -> str:
        """Write an actor and its aliases."""
        actors.edit(change, thing, ActorDraft(draft.name, draft.kind, draft.note))
        actors.set_aliases(change, thing, draft.aliases)
        return thing
