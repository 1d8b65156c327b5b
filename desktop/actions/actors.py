"""The verbs of an actor: its page, joining it with another, parting them, and what a source says of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from db import actors, joints
from db.change import Change
from db.vocabulary import Op
from desktop.actions.verb import MenuActions, verb
from desktop.context import Context
from desktop.forms.actor_chooser import ActorChooser, JoinChooser
from desktop.widgets.once import open_once


@dataclass(frozen=True, slots=True)
class ActorPlace:
    """The actor that verbs act on, and the case in which one is; both may be empty."""

    actor_id: str = ""
    case_id: str = ""


class ActorVerbs(QObject):
    """Acts on the actor in sight, or asks which is meant. `wanted` asks for a page, `telling` for a new attribute."""

    wanted = Signal(str, str)
    telling = Signal(str, str)

    def __init__(self, context: Context, window: QWidget, place: Callable[[], ActorPlace]) -> None:
        super().__init__(window)
        self._context, self._window, self._place = context, window, place
        self.page = verb(self, "&Page of the actor…", self._on_page, "F5")
        self.join = verb(self, "&Join with another actor…", self._on_join, "Shift+F5")
        self.part = verb(self, "P&art from the others…", self._on_part, "Ctrl+F5")
        self.tell = verb(self, "What a &source says of it…", self._on_tell, "Ctrl+Shift+F5")
        for action, icon, short in (
            (self.page, "user", "Page"), (self.join, "merge", "Join…"), (self.part, "split", "Part…"),
            (self.tell, "id-card", "What a source says"),
        ):  # fmt: skip
            action.setIcon(context.theme.icon(icon))
            action.setIconText(short)
        self.refresh()

    @property
    def all(self) -> MenuActions:
        """The verbs, for menus."""
        return (self.page, None, self.tell, None, self.join, self.part)

    @property
    def shown(self) -> Sequence[QAction]:
        """The verbs, for the menu of a list of actors."""
        return (self.page, self.tell, self.join, self.part)

    def refresh(self) -> None:
        """Allow what can be done."""
        writable = self._context.book.writable
        for action in (self.join, self.part, self.tell):
            action.setEnabled(writable)

    def join_with(self, actor_id: str, other_id: str, *, keeps_name: bool = True) -> None:
        """Join two actors; undo and “Part” take that back."""
        one, into = (other_id, actor_id) if keeps_name else (actor_id, other_id)

        def write(change: Change) -> None:
            joints.join(change, one, into)

        self._context.save(Op.JOIN_ACTORS, write)

    def _on_page(self) -> None:
        self._with_actor("Which actor", "Show", self.wanted.emit)

    def _on_tell(self) -> None:
        self._with_actor("Of which actor", "Go on", self.telling.emit)

    def _on_join(self) -> None:
        self._with_actor("Which actor", "Go on", lambda actor_id, _: self._ask_other(actor_id))

    def _on_part(self) -> None:
        self._with_actor("Which actor", "Go on", lambda actor_id, _: self._ask_part(actor_id))

    def _with_actor(self, title: str, answer: str, do: Callable[[str, str], object]) -> None:
        """Do something with the actor in sight, or with one that is chosen first."""
        place = self._place()
        if place.actor_id:
            do(place.actor_id, place.case_id)
            return
        found = actors.everyone(self._context.book)
        chooser = ActorChooser(self._context.theme, found, self._window, title, answer)
        chooser.accepted.connect(lambda: do(chooser.chosen, place.case_id))
        open_once(chooser)

    def _ask_other(self, actor_id: str) -> None:
        actor = actors.one(self._context.book, actor_id)
        others = [each for each in actors.everyone(self._context.book) if each.id != actor.id]
        chooser = JoinChooser(self._context.theme, actor, others, self._window)
        chooser.accepted.connect(lambda: self.join_with(actor.id, chooser.chosen, keeps_name=chooser.keeps_name))
        open_once(chooser)

    def _ask_part(self, actor_id: str) -> None:
        lead, *others = actors.parts(self._context.book, actor_id)
        words = "" if others else "It is joined with no other actor."
        chooser = ActorChooser(self._context.theme, others, self._window, f"Part from “{lead.name}”", "Part", words)

        def write(change: Change) -> None:
            joints.part(change, chooser.chosen)

        chooser.accepted.connect(lambda: self._context.save(Op.PART_ACTORS, write))
        open_once(chooser)
