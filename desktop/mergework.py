"""The pages of merging with their verbs: the plan and what came in are made when they are first wanted."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.merging import MergeVerbs
from desktop.actions.verb import MenuActions
from desktop.context import Context

if TYPE_CHECKING:
    from db.plan import Plan
    from desktop.pages.arrivals import ArrivalsPage
    from desktop.pages.merge import PlanPage


class MergeWork(QObject):
    """Puts the verbs of merging and their pages together. `turned` asks for a page, `left` for the list of cases."""

    turned = Signal(QWidget)
    left = Signal()
    opened = Signal(str)
    told = Signal(str)

    def __init__(self, context: Context, window: QWidget, settle: Callable[[], bool]) -> None:
        super().__init__(window)
        self._context = context
        self.verbs = MergeVerbs(context, window, settle)
        self._shown: QWidget | None = None
        self.verbs.planned.connect(self._on_planned)
        self.verbs.dropped.connect(self._on_dropped)
        self.verbs.wanted_plan.connect(lambda: self.turned.emit(self.plan))
        self.verbs.wanted_arrivals.connect(lambda: self.turned.emit(self.arrivals))
        self.verbs.merged.connect(self._on_merged)
        self.verbs.told.connect(self.told)
        context.bulletin.changed.connect(self._on_notice)

    @cached_property
    def plan(self) -> PlanPage:
        """The page of a plan."""
        from desktop.pages.merge import PlanPage  # noqa: PLC0415 (made when somebody merges)

        page = PlanPage(self._context, self.verbs.keep, self.verbs.discard)
        page.left.connect(self.verbs.drop)
        page.seen.connect(self._renew)
        return page

    @cached_property
    def arrivals(self) -> ArrivalsPage:
        """The page of what came in."""
        from desktop.pages.arrivals import ArrivalsPage  # noqa: PLC0415 (made when somebody looks)

        page = ArrivalsPage(self._context, self.verbs.merge, self.verbs.take_out)
        page.opened.connect(self.opened)
        page.chosen.connect(self._refresh)
        return page

    @property
    def menu(self) -> MenuActions:
        """The verbs for the menu."""
        v = self.verbs
        return (v.merge, v.keep, v.discard, None, v.arrivals, v.take_out)

    def show(self, page: QWidget) -> None:
        """Allow what applies to the page that is shown now."""
        self._shown = page
        self._refresh()

    def shut(self) -> None:
        """Let go of what was looked over, before the casebook is closed."""
        self.verbs.drop()

    def _refresh(self) -> None:
        """Pages are asked only where they were made."""
        made = self.__dict__
        on_plan = "plan" in made and self._shown is self.plan
        arrival = self.arrivals.current if "arrivals" in made and self._shown is self.arrivals else None
        self.verbs.refresh(arrival, on_plan=on_plan)

    def _on_planned(self, plan: Plan) -> None:
        self.plan.show_plan(plan)
        if self._shown is not self.plan:
            self.turned.emit(self.plan)
            self.plan.focus_list()
        self._refresh()

    def _on_dropped(self) -> None:
        if "plan" in self.__dict__:
            self.plan.forget()
            if self._shown is self.plan:
                self.left.emit()
        self._refresh()

    def _on_merged(self, number: int) -> None:
        self.arrivals.show_arrival(number)
        self.turned.emit(self.arrivals)
        self.arrivals.focus_list()

    def _on_notice(self) -> None:
        if "plan" in self.__dict__ and self.plan.isVisible():
            self._renew()

    def _renew(self) -> None:
        self.verbs.renew()
        self._refresh()
