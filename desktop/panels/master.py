"""A panel with a list on the left and the form of the chosen entry on the right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from db.change import Change
from db.conflicts import Conflict
from db.errors import CasebookError, Invalid
from db.vocabulary import Op
from desktop import wording
from desktop.context import Context
from desktop.forms.autosave import Form
from desktop.panels.panel import Panel
from desktop.widgets.empty import EmptyState
from desktop.widgets.entries import Entry, EntryList
from desktop.widgets.texts import Label

D = TypeVar("D")
_LIST, _FORM = 420, 860


@dataclass(frozen=True, slots=True)
class Saying:
    """The words and the icon of a panel: its heading, and what it says while it is empty."""

    heading: str
    icon: str
    empty: str
    hint: str


class MasterPanel(Panel, Generic[D]):
    """Lists the things of one kind in a case and edits the chosen one. A new one is saved with its first words."""

    chosen = Signal(str)
    saying: Saying
    add_op: Op
    edit_op: Op
    delete_op: Op

    def __init__(self, context: Context, form: Form[D], parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.form = form
        self.current = ""
        self._new = False  # whether what is typed is to be a new thing
        self._saving = False
        self._conflicts: Sequence[Conflict] = ()
        self.list = EntryList(context.theme, self.saying.heading, self)
        self.head = QHBoxLayout()
        self.head.addWidget(Label(self.saying.heading, "heading"))
        self.head.addStretch(1)
        self.left = QVBoxLayout()
        self.left.setContentsMargins(0, 0, 0, 0)
        self.left.addLayout(self.head)
        self.left.addWidget(self.list, 1)
        self.right = QVBoxLayout()
        self.right.setContentsMargins(4, 0, 14, 14)
        self.right.addWidget(form)
        self.right.addStretch(1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(EmptyState(context.theme, self.saying.icon, self.saying.empty, self.saying.hint))
        self._stack.addWidget(_scrolling(self.right))
        self._lay_out()
        form.set_writable(context.book.writable)
        form.submitted.connect(self._on_submitted)
        self.list.chosen.connect(self._on_chosen)

    def _lay_out(self) -> None:
        left = QWidget()
        left.setLayout(self.left)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(left)
        splitter.addWidget(self._stack)
        splitter.setSizes([_LIST, _FORM])
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 4, 12)
        box.addWidget(splitter)

    @property
    def forms(self) -> tuple[Form[Any], ...]:
        """Every form that the panel edits with."""
        return (self.form,)

    def entries(self) -> Sequence[Entry]:
        """What the list shows."""
        raise NotImplementedError

    def blank(self) -> D:
        """The draft of a new thing."""
        raise NotImplementedError

    def draft(self, thing: str) -> D | None:
        """The draft of a thing that is there; None where it is gone."""
        raise NotImplementedError

    def put(self, change: Change, thing: str, draft: D) -> str:
        """Write a draft, as a new thing where the id is empty; returns the id."""
        raise NotImplementedError

    def remove(self, change: Change, thing: str) -> None:
        """Delete a thing."""
        raise NotImplementedError

    def things(self, thing: str) -> tuple[str, ...]:
        """All that the entry of a thing shows, where that is more than the thing itself."""
        return (thing,)

    def show_conflicts(self, found: Sequence[Conflict]) -> None:
        """Mark the entries and the fields that are in conflict."""
        self._conflicts = found
        self._mark()

    def _mark(self) -> None:
        counts = Counter(each.thing for each in self._conflicts)
        if counts:
            of_entry = {e.id: sum(counts[thing] for thing in self.things(e.id)) for e in self.list.entries}
            self.list.mark({thing: count for thing, count in of_entry.items() if count})
        else:
            self.list.mark({})
        shown = self.things(self.current) if self.current else ()
        self.form.show_conflicts(self.context.theme, [each for each in self._conflicts if each.thing in shown])

    def set_verbs(self, actions: Sequence[QAction], shown: Sequence[QAction]) -> None:
        """Give the list its context menu, and the heading the buttons of the verbs used most."""
        menu = QMenu(self)
        menu.addActions(list(actions))
        self.list.set_menu(menu)
        for action in shown:
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            self.head.addWidget(button)

    def show_case(self, case_id: str) -> None:
        """Show another case, at its first entry."""
        self.form.forget()
        self.list.choose("")
        super().show_case(case_id)

    def refresh(self) -> None:
        """Read list and form anew."""
        if not self.case_id or self._saving:
            return
        entries = self.entries()
        self.list.show_entries(entries, None if self._new else self.current)
        self.counted.emit(len(entries))
        if self.current:
            self._show(self.current)

    def start_new(self) -> None:
        """Show an empty form for a new thing."""
        if not self.settle():
            return
        self.list.choose("")
        self._new, self.current = True, ""
        self.form.forget()
        self.form.show_draft(self.blank())
        self._mark()
        self._stack.setCurrentIndex(1)
        self.form.start()

    def delete_current(self) -> None:
        """Delete the chosen thing; undo brings it back."""
        thing = self.list.current
        if thing:
            self.form.forget()
            if not self.context.save(self.delete_op, lambda change: self.remove(change, thing)):
                self._show(thing)

    @property
    def can_delete(self) -> bool:
        """Whether the chosen thing may be deleted."""
        return bool(self.list.current)

    def choose(self, thing: str) -> None:
        """Show the thing with this id."""
        self.list.choose(thing)

    def settle(self) -> bool:
        """Save what is typed; returns whether nothing unsaved is left."""
        self.form.flush()
        return not self.form.dirty

    def _on_chosen(self, thing: str) -> None:
        if thing == self.current and (thing or self._new):
            return
        if not self.settle():
            QTimer.singleShot(0, self._stay)
            return
        self._new, self.current = False, thing
        self.form.forget()
        self._show(thing)
        self.chosen.emit(thing)

    def _stay(self) -> None:
        """What is typed cannot be saved yet, so its entry stays the chosen one."""
        self.list.choose(self.current)

    def _show(self, thing: str) -> None:
        draft = self.draft(thing) if thing else None
        if draft is not None:
            self.form.show_draft(draft)
            self._mark()
        self._stack.setCurrentIndex(0 if draft is None and not self.form.dirty else 1)

    def _on_submitted(self, draft: D) -> None:
        """Save; the notice of it is heard before the form knows, so the panel redraws itself afterwards."""
        if self._saving:
            return
        self._saving = True
        op = self.edit_op if self.current else self.add_op
        try:
            with self.context.book.change(op) as change:
                thing = self.put(change, self.current, draft)
        except Invalid as error:
            self.form.complain_about(error.field, wording.explain(error).what)
        except CasebookError as error:
            self.context.report(error)
        else:
            self._new, self.current = False, thing
            self.form.accept()
        finally:
            self._saving = False
        self.refresh()


AnyMaster = MasterPanel[Any]


def _scrolling(layout: QVBoxLayout) -> QScrollArea:
    inner = QWidget()
    inner.setLayout(layout)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    return area
