"""Small windows in which an actor is chosen: any, one to join with, or one to part from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from db.actors import Actor
from db.texts.folding import fold
from desktop import wording
from desktop.theme import Theme
from desktop.widgets.chooser import Chooser
from desktop.widgets.entries import Entry
from desktop.widgets.texts import Label

_MOST = 500


class ActorChooser(Chooser):
    """Offers actors by any of their names."""

    def __init__(
        self, theme: Theme, found: Sequence[Actor], parent: QWidget, title: str, answer: str, words: str = ""
    ) -> None:
        self._found = found
        super().__init__(theme, parent, title, answer, "Any of its names, in any script", "Actors", words)

    def offer(self, typed: str) -> Sequence[Entry]:
        """The actors that have these words in one of their names."""
        wanted = fold(typed)
        kept = [a for a in self._found if any(wanted in fold(name) for name in (a.name, *a.aliases))][:_MOST]
        return [Entry(a.id, a.name, _line(a), wording.word(a.kind)) for a in kept]


class JoinChooser(ActorChooser):
    """Asks with which actor one is joined, and by whose name both go from then on."""

    def __init__(self, theme: Theme, actor: Actor, found: Sequence[Actor], parent: QWidget) -> None:
        self._actor = actor
        self.name = QComboBox()
        self.name.setAccessibleName("The name of both")
        words = "Both keep what they say, and can be parted again. All their names lead to the one actor."
        super().__init__(theme, found, parent, f"Join “{actor.name}” with", "Join", words)
        row = QHBoxLayout()
        row.addWidget(Label("The name of both", "label"))
        row.addWidget(self.name, 1)
        self.rows.insertLayout(self.rows.count() - 1, row)
        self.list.chosen.connect(self._on_chosen)
        self._on_chosen()

    @property
    def keeps_name(self) -> bool:
        """Whether the first actor's name is that of both."""
        return self.name.currentIndex() == 0

    def _on_chosen(self) -> None:
        other = next((a.name for a in self._found if a.id == self.chosen), "")
        self.name.clear()
        self.name.addItems([self._actor.name, *([other] if other else [])])


def _line(actor: Actor) -> str:
    return ", ".join(actor.aliases) or actor.note
