"""The page of an actor with its verbs, wherever in the window an actor is in sight."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from db import actors
from desktop.actions.actors import ActorPlace, ActorVerbs
from desktop.actions.things import ThingVerbs
from desktop.context import Context

if TYPE_CHECKING:
    from desktop.pages.actor import ActorPage


class ActorWork(QObject):
    """Puts the page and the verbs together; `elsewhere` is the case and the thing that are in sight on other pages.

    `turned` asks for the page, `left` for the list of cases.
    """

    turned = Signal(QWidget)
    left = Signal()
    opened = Signal(str, str, str)

    def __init__(self, context: Context, window: QWidget, elsewhere: Callable[[], tuple[str, str]]) -> None:
        super().__init__(window)
        self._context, self._elsewhere = context, elsewhere
        self.verbs = ActorVerbs(context, window, self._place)
        self.verbs.wanted.connect(self.show_actor)
        self.verbs.telling.connect(self._on_telling)

    @cached_property
    def page(self) -> ActorPage:
        """The page of an actor."""
        from desktop.pages.actor import ActorPage  # noqa: PLC0415 (made when somebody looks at an actor)

        page = ActorPage(self._context)
        page.set_verbs((self.verbs.tell, self.verbs.join, self.verbs.part))
        things = ThingVerbs(page.attributes, "what a source says", "", page.start_new, new=False)
        page.attributes.set_verbs((self.verbs.tell, things.delete), ())
        page.opened.connect(self.opened)
        page.closed.connect(self.left)
        page.namesakes.opened.connect(lambda actor_id: self.show_actor(actor_id, page.attributes.home))
        page.namesakes.joining.connect(lambda other: self.verbs.join_with(page.actor_id, other))
        return page

    def show_actor(self, actor_id: str, home: str = "") -> None:
        """Go to the page of an actor."""
        if not self.settle():
            return
        self.page.show_actor(actor_id, home)
        self.turned.emit(self.page)

    def settle(self) -> bool:
        """Save what is typed; returns whether nothing unsaved is left."""
        return not self._made or self.page.settle()

    @property
    def _made(self) -> bool:
        return "page" in self.__dict__

    def _place(self) -> ActorPlace:
        """The actor of the page in sight, or the one that is chosen elsewhere."""
        if self._made and self.page.isVisible():
            return ActorPlace(self.page.actor_id, self.page.attributes.home)
        case_id, thing = self._elsewhere()
        return ActorPlace(actors.of_thing(self._context.book, thing), case_id)

    def _on_telling(self, actor_id: str, home: str) -> None:
        self.show_actor(actor_id, home)
        if self.page.isVisible():
            self.page.start_new()
