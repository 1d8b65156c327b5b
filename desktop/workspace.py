"""Everything that shows one open casebook: its pages, its verbs, and the wiring between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame, QHBoxLayout, QMenu, QSizePolicy, QStackedWidget, QToolBar, QToolButton, QVBoxLayout, QWidget,
)  # fmt: skip

from db.attachments import Attachment
from db.kinds import Kind
from desktop import wording
from desktop.actions.attachments import AttachmentVerbs, Place
from desktop.actions.cases import CaseVerbs
from desktop.actions.edit import EditVerbs
from desktop.actions.evidence import EvidenceVerbs
from desktop.actions.things import ThingVerbs
from desktop.actions.verb import verb
from desktop.actions.verdicts import VerdictVerbs
from desktop.context import Context
from desktop.pages.case import CasePage
from desktop.pages.cases import CasesPage
from desktop.pages.search import SearchPage
from desktop.panels.master import MasterPanel
from desktop.widgets.texts import Line, Prose


@dataclass(frozen=True, slots=True)
class MenuPlan:
    """One menu of the menu bar; None stands for a line between verbs."""

    title: str
    actions: Sequence[QAction | None]


class Workspace(QWidget):
    """The window's content while a casebook is open."""

    told = Signal(str)
    titled = Signal(str)

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self.context = context
        self.cases, self.case, self.search = CasesPage(context), CasePage(context), SearchPage(context)
        self.stack = QStackedWidget(self)
        for page in (self.cases, self.case, self.search):
            self.stack.addWidget(page)
        self._make_verbs(window)
        self.query = Line("Search everything", self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._tool_bar())
        if not context.book.writable:
            box.addWidget(self._read_only_banner())
        box.addWidget(self.stack, 1)
        self._give_menus()
        self._wire()

    def _make_verbs(self, window: QWidget) -> None:
        context, case = self.context, self.case
        self.edit = EditVerbs(context, self.settle, self._on_find, self)
        self.verbs = CaseVerbs(context, window, self.chosen, self.show_case, self.settle, self.told.emit)
        self.back = verb(self, "&All cases", self.show_list, ("Alt+Left", "Ctrl+L"))
        self.back.setIcon(context.theme.icon("arrow-left"))
        self.attaching = AttachmentVerbs(context, window, self._place, self._chosen_files)
        self.verdict = VerdictVerbs(case.verdict, self.settle, self._turner(case.verdict))
        self.evidence = EvidenceVerbs(case.evidence, self._turner(case.evidence))
        self.things = (
            self._things(case.claim, "part of the claim", "Ctrl+Shift+L"),
            self._things(case.appearances, "appearance", "Ctrl+Shift+P"),
            self._things(case.evidence, "source", "Ctrl+Shift+S"),
            self._things(case.notes, "note", "Ctrl+Shift+M"),
            self._things(case.tasks, "task", "Ctrl+Shift+T"),
        )
        self.tabs = tuple(
            verb(self, f"&{place} {name}", self._turner(panel), f"Ctrl+{place}")
            for place, (name, panel) in enumerate(case.panels, 1)
        )

    def _things(self, panel: MasterPanel[Any], name: str, keys: str) -> ThingVerbs:
        return ThingVerbs(panel, name, keys, self._turner(panel))

    def _turner(self, panel: QWidget) -> Callable[[], None]:
        return lambda: self.case.tabs.setCurrentWidget(panel)

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

    def _read_only_banner(self) -> QFrame:
        banner = QFrame()
        banner.setProperty("banner", "info")
        row = QHBoxLayout(banner)
        row.setContentsMargins(12, 6, 12, 6)
        closed = self.context.book.closed
        row.addWidget(Prose(wording.closed(closed, self.context.book.holder) if closed else ""))
        return banner

    def menus(self) -> tuple[MenuPlan, ...]:
        """The menus of an open casebook, between File and Help."""
        things = [action for pair in self.things for action in pair.all]
        return (
            MenuPlan("&Edit", (self.edit.undo, self.edit.redo, None, self.attaching.paste, None, self.edit.find)),
            MenuPlan("&Case", (*self._case_verbs(), None, self.verdict.give, self.verdict.withdraw)),
            MenuPlan("E&vidence", (self.evidence.cite, None, *self.attaching.all)),
            MenuPlan("&Add", [*[pair.new for pair in self.things], None, *[a for a in things if "Delete" in a.text()]]),
            MenuPlan("Vie&w", (self.back, None, *self.tabs)),
        )

    def _case_verbs(self) -> tuple[QAction | None, ...]:
        v = self.verbs
        return (v.new, v.open, None, v.export, v.copy, None, v.delete)

    def _give_menus(self) -> None:
        """Every list has its verbs in its context menu."""
        self.cases.set_menu(self._menu(self._case_verbs()))
        files = self._menu(self.attaching.all)
        for gallery in (self.case.evidence.of_case, self.case.evidence.of_source):
            gallery.set_menu(files)
            gallery.addAction(self.attaching.remove)
        for pair in self.things:
            more = (self.evidence.cite,) if pair.panel is self.case.evidence else ()
            pair.panel.set_verbs((*pair.all, *more), (pair.new,))
        for action in (self.verdict.withdraw, self.verdict.give):
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setProperty("framed", True)
            self.case.verdict.form.add_button(button)

    def _menu(self, actions: Sequence[QAction | None]) -> QMenu:
        menu = QMenu(self)
        for action in actions:
            menu.addAction(action) if action else menu.addSeparator()
        return menu

    def _wire(self) -> None:
        self.cases.opened.connect(self.show_case)
        self.cases.wanted_new.connect(self.verbs.new.trigger)
        self.cases.selected_changed.connect(self.verbs.refresh)
        self.case.closed.connect(self.show_list)
        self.search.opened.connect(self.show_hit)
        self.query.textChanged.connect(self._on_query)
        self.query.returnPressed.connect(self.search.open_current)
        evidence = self.case.evidence
        for gallery in (evidence.of_case, evidence.of_source):
            gallery.dropped.connect(self._on_dropped)
            gallery.pasted.connect(self._on_pasted)
            gallery.opened.connect(self.attaching.view.trigger)
            gallery.selected_changed.connect(self.attaching.refresh)
        self.case.turned.connect(self.attaching.refresh)
        self.attaching.told.connect(self.told)

    def chosen(self) -> tuple[str, ...]:
        """The cases that verbs act on: the open one, or those chosen in the list."""
        if self.stack.currentWidget() is self.case:
            return (self.case.case_id,) if self.case.case_id else ()
        on_list = self.stack.currentWidget() is self.cases
        return self.cases.selected if on_list else ()

    def settle(self) -> bool:
        """Save what is typed; returns whether nothing unsaved is left."""
        return self.attaching.settle() and (not self.case.case_id or self.case.settle())

    def shut(self) -> None:
        """Close what stands in windows of its own, before the casebook is closed."""
        self.attaching.close()

    def show_list(self) -> None:
        """Go to the list of cases."""
        if self.settle():
            self._turn_to(self.cases)
            self.cases.focus_list()

    def show_case(self, case_id: str) -> None:
        """Go to the page of a case."""
        if self.case.show_case(case_id):
            self._turn_to(self.case)

    def show_hit(self, case_id: str, kind: str, thing: str) -> None:
        """Go to the place where a search found something."""
        if case_id:
            self.show_case(case_id)
            self.case.show_thing(Kind(kind), thing)

    def _turn_to(self, page: QWidget) -> None:
        self.stack.setCurrentWidget(page)
        self.verbs.refresh()
        self.attaching.refresh()
        on_case = page is self.case
        self.back.setEnabled(page is not self.cases)
        for action in (*self.tabs, *(pair.new for pair in self.things), self.verdict.give, self.evidence.cite):
            action.setEnabled(on_case and (action in self.tabs or self.context.book.writable))
        self.titled.emit(self.case.reference.text() if on_case else "")

    def _on_find(self) -> None:
        self.query.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.query.selectAll()

    def _on_query(self, text: str) -> None:
        self.search.search(text)
        if text.strip() and self.settle():
            self._turn_to(self.search)
        elif self.stack.currentWidget() is self.search:
            self.show_list()
            self.query.setFocus()

    def _place(self) -> Place | None:
        """Where attached files go: to the chosen source when its files are in use, else to the case."""
        if self.stack.currentWidget() is not self.case or not self.case.case_id:
            return None
        evidence = self.case.evidence
        on_source = self.case.panel is evidence and evidence.focused_gallery is evidence.of_source
        return Place(self.case.case_id, evidence.source_id if on_source else "")

    def _chosen_files(self) -> tuple[Attachment, ...]:
        if self.stack.currentWidget() is not self.case or self.case.panel is not self.case.evidence:
            return ()
        return self.case.evidence.focused_gallery.selected

    def _on_dropped(self, paths: list[Any]) -> None:
        place = self._place_of(self.sender())
        if place:
            self.attaching.attach_paths(paths, place)

    def _on_pasted(self, data: bytes, name: str) -> None:
        place = self._place_of(self.sender())
        if place:
            self.attaching.attach_picture(data, name, place)

    def _place_of(self, gallery: object) -> Place | None:
        evidence = self.case.evidence
        source = evidence.source_id if gallery is evidence.of_source else ""
        return Place(self.case.case_id, source) if self.case.case_id else None
