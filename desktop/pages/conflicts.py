"""What desks wrote without seeing each other: every conflict of the casebook or of a case, and the way to settle it."""

from __future__ import annotations

from itertools import islice

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from db import cards, cases, conflicts
from db.cards import Filter, Sort, Unsettled
from db.change import Notice
from db.conflicts import DELETED, Conflict
from db.errors import CasebookError, NotFound
from desktop import wording
from desktop.context import Context
from desktop.panels.settling import SettlingPanel
from desktop.widgets.empty import EmptyState
from desktop.widgets.entries import Entry, EntryList
from desktop.widgets.filter_bar import Picker
from desktop.widgets.texts import Label, isolated

_MOST = 200  # listed at a time; the next come as these are settled
_LETTERS = 14
_NAME = 160
_SETTLED = "Every field says one thing. What desks write without seeing each other is listed here after a merge."


class ConflictsPage(QWidget):
    """Lists conflicts and settles the chosen one; `opened` names the case, kind and thing to go to."""

    opened = Signal(str, str, str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._context = context
        self._found: dict[str, Conflict] = {}
        self._missed = True
        self.cases = Picker("All cases", "Cases in conflict")
        self.cases.setMinimumContentsLength(_LETTERS)
        self.count = Label("", "soft")
        self.list = EntryList(context.theme, "Conflicts", self)
        self.settling = SettlingPanel(context)
        self.nothing = EmptyState(context.theme, "shield-check", "No conflict", _SETTLED)
        self._stack = QStackedWidget()
        self._lay_out()
        self.cases.currentIndexChanged.connect(self._on_case)
        self.list.chosen.connect(self._on_chosen)
        context.bulletin.changed.connect(self._on_notice)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 14, 0)
        head.addWidget(Label("Conflicts", "title"))
        head.addSpacing(12)
        head.addWidget(self.cases)
        head.addStretch(1)
        head.addWidget(self.count)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(self.list)
        splitter.addWidget(self.settling)
        splitter.setSizes([320, 960])
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        self._stack.addWidget(splitter)
        self._stack.addWidget(self.nothing)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 4, 12)
        box.setSpacing(12)
        box.addLayout(head)
        box.addWidget(self._stack, 1)

    def show_conflicts(self, case_id: str = "", conflict_id: str = "") -> None:
        """Show the conflicts of a case, or all there are, and choose one."""
        self._offer(case_id)
        with QSignalBlocker(self.cases):
            self.cases.setCurrentIndex(max(0, self.cases.findData(case_id)))
        self.refresh()
        if conflict_id in self._found:
            self.list.choose(conflict_id)

    @property
    def conflict(self) -> Conflict | None:
        """The chosen conflict."""
        return self.settling.conflict

    def focus_list(self) -> None:
        """Go to the list."""
        (self.list if self._found else self.cases).setFocus()

    def look(self) -> None:
        """Go to the place where the chosen conflict stands."""
        conflict = self.conflict
        if conflict and conflict.cases:
            case_id = self.cases.value if self.cases.value in conflict.cases else conflict.cases[0]
            self.opened.emit(case_id, str(conflict.kind), conflict.thing)

    def settle(self) -> bool:
        """Keep what is being written; returns whether nothing unsaved is left."""
        return self.settling.settle()

    def refresh(self) -> None:
        """Read the conflicts anew; where the chosen one is settled, the next is chosen."""
        self._missed = False
        book = self._context.book
        try:
            of_one = self.cases.value
            found = conflicts.of_case(book, of_one) if of_one else tuple(islice(conflicts.of_casebook(book), _MOST))
            entries = [self._entry(each) for each in found]
        except CasebookError as error:
            self._context.report(error)
            return
        self._found = {each.id: each for each in found}
        before, focus = self.conflict, self.focusWidget()
        within = focus is not None and self.settling.isAncestorOf(focus)
        self.list.show_entries(entries)
        self.settling.show_conflict(self._found.get(self.list.current))
        self._stack.setCurrentIndex(0 if found else 1)
        if self.conflict != before and within:
            self.focus_list()  # the button that settled it is gone
        number = f"{len(found)} {'conflict' if len(found) == 1 else 'conflicts'}" if found else ""
        self.count.setText(f"The first {number}" if len(found) == _MOST and not of_one else number)

    def showEvent(self, event: QShowEvent) -> None:
        """Take in what was saved while the page was out of sight."""
        super().showEvent(event)
        if self._missed:
            self._offer(self.cases.value)
            self.refresh()

    def _entry(self, conflict: Conflict) -> Entry:
        reference = self._reference(conflict.cases[0]) if conflict.cases else ""
        more = f" and {len(conflict.cases) - 1} more" if len(conflict.cases) > 1 else ""
        subtitle = " · ".join(
            part for part in (isolated(reference + more), cards.shorten(conflict.name, _NAME)) if part
        )
        badge = "Deletion" if conflict.field == DELETED else f"{len(conflict.choices)} versions"
        return Entry(conflict.id, wording.place(conflict.kind, conflict.field), subtitle, badge, "amber")

    def _reference(self, case_id: str) -> str:
        try:
            return cases.one(self._context.book, case_id).reference
        except NotFound:
            return ""

    def _offer(self, case_id: str) -> None:
        """Offer the cases in conflict, and the one that is asked for."""
        disputed = cards.page(self._context.book, Sort.REFERENCE, only=Filter(unsettled=Unsettled.CONFLICTS))
        offered = {card.case_id: card.reference for card in disputed}
        if case_id:
            offered.setdefault(case_id, self._reference(case_id))
        self.cases.offer(offered.items())

    def _on_case(self) -> None:
        self.settle()
        self.refresh()

    def _on_chosen(self, conflict_id: str) -> None:
        self.settling.show_conflict(self._found.get(conflict_id))

    def _on_notice(self, _notice: Notice) -> None:
        self._missed = True
        if self.isVisible():
            self._offer(self.cases.value)
            self.refresh()
