"""Everything that shows one open casebook: the list at once, search and the case page when they are wanted."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QSizePolicy,
    QStackedWidget,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from db import attachments
from db.kinds import Kind
from desktop import wording
from desktop.actions.cases import CaseVerbs
from desktop.actions.edit import EditVerbs
from desktop.actions.exchange import ExchangeVerbs
from desktop.actions.handover import HandoverVerbs
from desktop.actions.schedule import Schedule
from desktop.actions.verb import MenuActions, MenuPlan, menu_of, rename, verb
from desktop.actions.workcopy import CopyVerbs
from desktop.context import Context
from desktop.mergework import MergeWork
from desktop.pages.cases import CasesPage
from desktop.widgets.texts import Line

if TYPE_CHECKING:
    from desktop.actorwork import ActorWork
    from desktop.casework import CaseWork
    from desktop.pages.case import CasePage
    from desktop.pages.handover import HandoverPage
    from desktop.pages.search import SearchPage

_AFTER_PAINTING_MS = 120


class Workspace(QWidget):
    """The window's content while a casebook is open. `completed` comes when there are more verbs for the menus."""

    told = Signal(str)
    titled = Signal(str)
    completed = Signal()

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self.context = context
        self._work: CaseWork | None = None
        self._actors: ActorWork | None = None
        self.cases = CasesPage(context)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.cases)
        self.edit = EditVerbs(context, self.settle, self._on_find, self)
        self.verbs = CaseVerbs(context, self, self.chosen, self.show_case, self.settle, self.told.emit)
        self.exchange = ExchangeVerbs(context, self, self.chosen, self.settle, self.told.emit)
        self.schedule = Schedule(context, self)
        self.handing = HandoverVerbs(context, self, self.chosen, self.show_handover, self.settle)
        self.merging = MergeWork(context, self, self.settle)
        self.copies = CopyVerbs(context, self, self.settle)
        self.back = verb(self, "&All cases", self._on_back, ("Alt+Left", "Ctrl+L"))
        self.back.setIcon(context.theme.icon("arrow-left"))
        self.narrow = verb(self, "&Filter the cases", self._on_narrow, "Ctrl+Shift+F")
        self.query = Line("Search everything", self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._tool_bar())
        box.addWidget(self.copies.banner)
        box.addWidget(self.stack, 1)
        self.cases.set_menu(menu_of(self, (*self._case_verbs(), None, self.handing.hand_over)))
        self._wire()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.complete)

    def _wire(self) -> None:
        self.copies.told.connect(self.told)
        self.cases.opened.connect(self.show_case)
        self.cases.wanted_new.connect(self.verbs.new.trigger)
        self.cases.selected_changed.connect(self.verbs.refresh)
        self.cases.selected_changed.connect(self.handing.refresh)
        self.cases.dropped.connect(self.merging.verbs.take)
        self.merging.turned.connect(self.show_page)
        self.merging.left.connect(self.show_list)
        self.merging.opened.connect(self.show_case)
        self.merging.told.connect(self.told)
        self.query.textChanged.connect(self._on_query)
        self.query.returnPressed.connect(self._on_query_entered)

    def complete(self) -> None:
        """Make the case page and its verbs, if they are not there yet."""
        self._later.stop()
        if self._work is None:
            from desktop.actorwork import ActorWork  # noqa: PLC0415 (with the case page)
            from desktop.casework import CaseWork  # noqa: PLC0415 (half of the program: the list does not wait for it)

            self._work = CaseWork(self.context, self)
            self._work.told.connect(self.told)
            self._work.wanted.connect(self.show_case)
            self._work.page.closed.connect(self.show_list)
            self._work.disputed.connect(self.show_conflicts)
            self._work.conflicts.opened.connect(self.show_hit)
            self._work.reading.wanted.connect(self.show_text)
            self._work.reader.opened.connect(self.show_hit)
            self._work.reader.closed.connect(self._on_back)
            self._actors = ActorWork(self.context, self, self._in_sight)
            self._actors.turned.connect(self.show_page)
            self._actors.left.connect(self.show_list)
            self._actors.opened.connect(self.show_hit)
            self._work.page.actors.set_verbs(self._actors.verbs.shown, (self._actors.verbs.page,))
            self.stack.addWidget(self._work.page)
            self.stack.addWidget(self._work.reader)
            self.stack.addWidget(self._work.conflicts)
            self.completed.emit()

    def complete_later(self) -> None:
        """Make the case page when the window has painted and nobody wants anything."""
        self._later.start(_AFTER_PAINTING_MS)

    @property
    def work(self) -> CaseWork:
        """The case page with its verbs, made now where it was not wanted before."""
        self.complete()
        assert self._work is not None
        return self._work

    @property
    def actors(self) -> ActorWork:
        """The page of an actor with its verbs."""
        self.complete()
        assert self._actors is not None
        return self._actors

    def _in_sight(self) -> tuple[str, str]:
        """The case and the thing that are chosen on the page in sight; empty where none is."""
        if self._on_case:
            return self.case.case_id, self.case.current
        if "search" in self.__dict__ and self.stack.currentWidget() is self.search:
            return self.search.current
        return "", ""

    @property
    def case(self) -> CasePage:
        """The page of one case."""
        return self.work.page

    @cached_property
    def search(self) -> SearchPage:
        """The page of what a search finds."""
        from desktop.pages.search import SearchPage  # noqa: PLC0415 (made when somebody searches)

        page = SearchPage(self.context)
        page.opened.connect(self.show_hit)
        page.left.connect(self.query.clear)
        page.serve(self.query)
        self.stack.addWidget(page)
        return page

    @cached_property
    def handover(self) -> HandoverPage:
        """The page of what leaves with a hand-over."""
        from desktop.pages.handover import HandoverPage  # noqa: PLC0415 (made when somebody hands cases over)

        page = HandoverPage(self.context)
        page.left.connect(self.show_list)
        page.told.connect(self.told)
        self.stack.addWidget(page)
        return page

    def _tool_bar(self) -> QToolBar:
        bar = QToolBar("Tools", self)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for action in (self.back, self.verbs.new, None, self.edit.undo, self.edit.redo, None, self.verbs.export):
            bar.addAction(action) if action else bar.addSeparator()
        for action in (self.edit.undo, self.edit.redo):
            button = bar.widgetForAction(action)
            if isinstance(button, QToolButton):
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        room = QWidget()
        room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(room)
        self.query.setClearButtonEnabled(True)
        self.query.setFixedWidth(320)
        self.query.setAccessibleName("Search everything")
        bar.addWidget(self.query)
        return bar

    def menus(self) -> tuple[MenuPlan, ...]:
        """The menus of an open casebook, between File and Help."""
        paste = (self._work.attaching.paste, None) if self._work else ()
        more, tabs = (self._work.menus(), self._work.tabs) if self._work else ((), ())
        return (
            MenuPlan("&Edit", (self.edit.undo, self.edit.redo, None, *paste, self.edit.find)),
            MenuPlan("&Case", self._case_verbs()),
            *more,
            *((MenuPlan("Act&ors", self._actors.verbs.all),) if self._actors else ()),
            MenuPlan("&Share", (*self.handing.all, None, *self.merging.menu, None, *self.exchange.all)),
            MenuPlan("Vie&w", (self.back, self.narrow, None, *tabs)),
        )

    def _case_verbs(self) -> MenuActions:
        v = self.verbs
        return (v.new, v.open, None, v.export, v.copy, None, v.delete)

    def chosen(self) -> tuple[str, ...]:
        """The cases that verbs act on: the open one, or those chosen in the list."""
        if self._on_case:
            return (self.case.case_id,) if self.case.case_id else ()
        return self.cases.selected if self.stack.currentWidget() is self.cases else ()

    @property
    def _on_case(self) -> bool:
        return self._work is not None and self.stack.currentWidget() is self._work.page

    @property
    def _on_text(self) -> bool:
        return self._work is not None and self.stack.currentWidget() is self._work.reader

    def settle(self) -> bool:
        """Save what is typed; returns whether nothing unsaved is left."""
        kept = self._actors is None or self._actors.settle()
        return kept and (self._work is None or self._work.settle())

    def shut(self) -> None:
        """Close what stands in windows of its own, before the casebook is closed."""
        self._later.stop()
        self.merging.shut()
        self.copies.shut()
        if self._work:
            self._work.shut()

    def show_list(self) -> None:
        """Go to the list of cases."""
        if self.settle():
            self._turn_to(self.cases)
            self.cases.focus_list()

    def show_page(self, page: QWidget) -> None:
        """Go to a page of its own, such as a plan."""
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        if self.settle():
            self._turn_to(page)

    def show_case(self, case_id: str) -> None:
        """Go to the page of a case."""
        kept = self._actors is None or self._actors.settle()
        if kept and self.case.show_case(case_id):
            self._turn_to(self.case)

    def show_hit(self, case_id: str, kind: str, thing: str) -> None:
        """Go to the place where a search found something."""
        if case_id:
            self.show_case(case_id)
            self.case.show_thing(Kind(kind), thing)
        elif kind == Kind.ACTOR:
            self.actors.show_actor(thing)
        else:
            self.told.emit(f"{wording.kind(Kind(kind))}: it stands in no case yet, so there is no page to open.")

    def show_text(self, attachment_id: str, passage_id: str = "") -> None:
        """Go to the reader with the words of an attachment."""
        if self.settle():
            self.work.reader.read(attachments.one(self.context.book, attachment_id), passage_id)
            self._turn_to(self.work.reader)

    def show_handover(self, case_ids: tuple[str, ...]) -> None:
        """Go to the page that lists what leaves with these cases."""
        self.handover.hand_over(case_ids)
        self._turn_to(self.handover)

    def show_conflicts(self, case_id: str = "", conflict_id: str = "") -> None:
        """Go to what is in conflict in a case, or in all of them."""
        if self.settle():
            page = self.work.conflicts
            page.show_conflicts(case_id, conflict_id)
            self._turn_to(page)
            page.focus_list()

    def _turn_to(self, page: QWidget) -> None:
        self.stack.setCurrentWidget(page)
        self.verbs.refresh()
        self.handing.refresh()
        self.back.setEnabled(page is not self.cases)
        rename(self.back, "&Back to the case" if self._on_text else "&All cases")
        self.merging.show(page)
        if self._work:
            self._work.show(self._on_case)
        self.titled.emit(self.case.reference.text() if self._on_case else "")

    def _on_back(self) -> None:
        if self._on_text:
            self._turn_to(self.case)
        else:
            self.show_list()

    def _on_narrow(self) -> None:
        self.show_list()
        if self.stack.currentWidget() is self.cases:
            self.cases.focus_filter()

    def _on_find(self) -> None:
        self.query.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.query.selectAll()

    def _on_query(self, text: str) -> None:
        if text.strip() and self.settle():
            self.search.search(text)
            self._turn_to(self.search)
        elif "search" in self.__dict__ and self.stack.currentWidget() is self.search:
            self.show_list()
            self.query.setFocus()

    def _on_query_entered(self) -> None:
        if self.query.text().strip():
            self.search.open_current()
