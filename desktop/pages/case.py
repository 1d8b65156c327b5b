"""The page of one case: its head, and a panel for each part of the work."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from db import actors, cases, conflicts, joints, links, notes, verdicts
from db.cases import CaseDraft
from db.change import Notice
from db.errors import CasebookError, NotFound
from db.kinds import Kind
from db.vocabulary import Op
from desktop import wording
from desktop.context import Context
from desktop.forms import drafts
from desktop.forms.case_form import CaseForm
from desktop.panels.actors import ActorsPanel
from desktop.panels.claim import ClaimPanel
from desktop.panels.evidence import EvidencePanel
from desktop.panels.history import HistoryPanel
from desktop.panels.master import AnyMaster, MasterPanel
from desktop.panels.notes import NotesPanel, TasksPanel
from desktop.panels.panel import Panel
from desktop.panels.same_claim import SameClaimPanel
from desktop.panels.timeline import TimelinePanel
from desktop.panels.verdict import VerdictPanel
from desktop.widgets.chip import Chip
from desktop.widgets.mark import Mark
from desktop.widgets.tags import TagBar
from desktop.widgets.texts import Label, isolated, tooltip

_AS_CHIPS = 23


class CasePage(QWidget):
    """Shows one case. `closed` comes when the case is gone."""

    closed = Signal()
    turned = Signal()
    disputed = Signal(str, str)  # this case, and the conflict that is to be settled

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.context = context
        self.case_id = ""
        self.reference = Label("", "reference")
        self.same = Label("", "soft")
        self.disputes = Mark(context.theme, _AS_CHIPS)
        self.chips = QHBoxLayout()
        self.form = CaseForm()
        self.tags = TagBar(context.theme)
        self.claim, self.actors = ClaimPanel(context), ActorsPanel(context)
        self.timeline, self.evidence = TimelinePanel(context), EvidencePanel(context)
        self.verdict, self.history = VerdictPanel(context), HistoryPanel(context)
        self.notes, self.tasks = NotesPanel(context), TasksPanel(context)
        self.same_claim = SameClaimPanel(context)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._head())
        box.addWidget(self.tabs, 1)
        self._wire()

    def _head(self) -> QFrame:
        head = QFrame()
        head.setObjectName("case-head")
        box = QVBoxLayout(head)
        box.setContentsMargins(16, 8, 16, 10)
        box.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self.reference)
        line.addWidget(self.same)
        line.addWidget(self.tags, 1)
        line.addWidget(self.disputes)
        line.addLayout(self.chips)
        box.addLayout(line)
        box.addWidget(self.form)
        return head

    def _wire(self) -> None:
        self.panels: tuple[tuple[str, Panel], ...] = (
            ("Claim", self.claim),
            ("Timeline", self.timeline),
            ("Actors", self.actors),
            ("Evidence", self.evidence),
            ("Verdict", self.verdict),
            ("Notes", self.notes),
            ("Tasks", self.tasks),
            ("History", self.history),
            ("Same claim", self.same_claim),
        )
        for name, panel in self.panels:
            self.tabs.addTab(panel, name)
            panel.counted.connect(self._on_counted)
            for form in panel.forms if isinstance(panel, MasterPanel) else ():
                form.marks.wanted.connect(self._on_disputed)
        self.form.marks.wanted.connect(self._on_disputed)
        self.disputes.clicked.connect(self._on_disputes)
        self.form.set_writable(self.context.book.writable)
        self.form.submitted.connect(self._on_submitted)
        self.tags.added.connect(self._on_tag_added)
        self.tags.removed.connect(self._on_tag_removed)
        self.tabs.currentChanged.connect(self._on_turned)
        self.context.bulletin.changed.connect(self._on_changed)

    def show_case(self, case_id: str) -> bool:
        """Show a case; returns whether that could be done with nothing typed left behind."""
        if self.case_id and not self.settle():
            return False
        if case_id != self.case_id:
            self.case_id = case_id
            self.form.forget()
            self.refresh()
            for _, panel in self.panels:
                panel.show_case(case_id)
            self._show_conflicts()
            self.tabs.setCurrentIndex(0)
        return True

    def show_thing(self, kind: Kind, thing: str) -> None:
        """Turn to the panel that shows a thing, and choose it there."""
        places: dict[Kind, AnyMaster] = {
            Kind.CLAIM: self.claim,
            Kind.APPEARANCE: self.timeline,
            Kind.EVENT: self.timeline,
            Kind.ACTOR: self.actors,
            Kind.CITATION: self.evidence,
            Kind.NOTE: self.notes,
            Kind.TASK: self.tasks,
        }
        if kind in (Kind.ACTOR, Kind.ALIAS, Kind.ATTRIBUTE):
            actor_id = actors.of_thing(self.context.book, thing)
            kind, thing = Kind.ACTOR, joints.lead(self.context.book, actor_id)
        if kind in places:
            self.tabs.setCurrentWidget(places[kind])
            places[kind].choose(thing)
        elif kind in (Kind.SOURCE, Kind.ATTACHMENT, Kind.COLLECTION):
            self.tabs.setCurrentWidget(self.evidence)
            self.evidence.choose_source(thing)
        elif kind in (Kind.VERDICT, Kind.WITHDRAWAL):
            self.tabs.setCurrentWidget(self.verdict)
        elif kind is Kind.LINK:
            self.tabs.setCurrentWidget(self.same_claim)
            self.same_claim.choose_link(thing)

    def refresh(self) -> None:
        """Read the head anew."""
        book = self.context.book
        try:
            case = cases.one(book, self.case_id)
        except NotFound:
            self.case_id = ""
            self.closed.emit()
            return
        self.reference.setText(case.reference)
        self.form.show_draft(drafts.of(CaseDraft, case))
        self.tags.show_tags(notes.tags_of_case(book, self.case_id), notes.all_tags(book), book.writable)
        self._show_same()
        self._show_chips()
        self._show_conflicts()

    def settle(self) -> bool:
        """Save what is typed anywhere on the page; returns whether nothing unsaved is left."""
        self.form.flush()
        return all([not self.form.dirty, *(panel.settle() for _, panel in self.panels)])

    @property
    def panel(self) -> Panel:
        """The panel in front."""
        return self.panels[self.tabs.currentIndex()][1]

    @property
    def current(self) -> str:
        """The thing that is chosen in the panel in front; empty where none is."""
        return self.panel.list.current if isinstance(self.panel, MasterPanel) else ""

    def _show_same(self) -> None:
        """Say in the head which other cases have the claim of this one."""
        same = links.same_as(self.context.book, self.case_id)
        more = f" and {len(same) - 1} more" if len(same) > 1 else ""
        first = isolated(cases.one(self.context.book, same[0]).reference) if same else ""
        self.same.setText(f"Same claim as {first}{more}" if same else "")
        self.same.setVisible(bool(same))

    def _show_conflicts(self) -> None:
        """Mark what is in conflict: in the head, in the lists, at the fields."""
        found = conflicts.of_case(self.context.book, self.case_id)
        words = f"{len(found)} {'conflict' if len(found) == 1 else 'conflicts'}"
        self.disputes.say(words, f"{words} in this case: see every version, and settle them.")
        self.disputes.setVisible(bool(found))
        self.form.show_conflicts(self.context.theme, [each for each in found if each.thing == self.case_id])
        for _, panel in self.panels:
            panel.show_conflicts(found)

    def _show_chips(self) -> None:
        while self.chips.count():
            item = self.chips.takeAt(0)
            if item and (widget := item.widget()):
                widget.hide()
                widget.deleteLater()
        standing = verdicts.standing(self.context.book, self.case_id)
        if len({verdict.rating for verdict in standing}) > 1:
            self._chip("Verdicts differ", "warning", "Each stands until a verdict is given that supersedes them.")
        for verdict in standing:
            words = f"{verdict.rating} – stale" if verdict.stale else verdict.rating
            when = wording.when(verdict.decided_on)
            self._chip(words, verdict.color, f"{words}\n{verdict.analyst}, {verdict.desk}, {when}")
        if not standing:
            self.chips.addWidget(Label("No verdict", "soft"))

    def _chip(self, words: str, color: str, told: str) -> None:
        chip = Chip(self.context.theme)
        chip.say(words, color)
        chip.setToolTip(tooltip(told))
        self.chips.addWidget(chip)

    def _on_disputes(self) -> None:
        self.disputed.emit(self.case_id, "")

    def _on_disputed(self, conflict_id: str) -> None:
        self.disputed.emit(self.case_id, conflict_id)

    def _on_submitted(self, draft: CaseDraft) -> None:
        if self.context.save(Op.EDIT_CASE, lambda change: cases.edit(change, self.case_id, draft)):
            self.form.accept()

    def _on_tag_added(self, name: str) -> None:
        self.context.save(Op.TAG_CASE, lambda change: notes.tag(change, self.case_id, name))

    def _on_tag_removed(self, name: str) -> None:
        self.context.save(Op.UNTAG_CASE, lambda change: notes.untag(change, self.case_id, name))

    def _on_counted(self, count: int) -> None:
        for place, (name, panel) in enumerate(self.panels):
            if panel is self.sender():
                self.tabs.setTabText(place, f"{name}  {count}" if count else name)

    def _on_turned(self) -> None:
        self.turned.emit()

    def _on_changed(self, notice: Notice) -> None:
        if self.case_id and notice.touched:
            try:
                self.refresh()
            except CasebookError as error:
                self.context.report(error)
