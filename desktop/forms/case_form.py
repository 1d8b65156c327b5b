"""What a desk says of a case: title, status, priority, marking, assignee, due."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.cases import CaseDraft
from db.vocabulary import Priority, Status, Tlp
from desktop.forms.autosave import Choice, Form
from desktop.forms.fields import WhenLine
from desktop.widgets.texts import Line
from desktop.wording import word


class CaseForm(Form[CaseDraft]):
    """The head of the case page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Line("Title: the claim is shown where there is none")
        self.title.setObjectName("case-title")
        self.title.setAccessibleName("Title")
        self.watch(self.title)
        row = self.beside()
        row.addWidget(self.title)
        self.marks.lay(self.title, row)
        self.status, self.priority = Choice(Status, word), Choice(Priority, word)
        self.tlp, self.assignee, self.due = Choice(Tlp, word), Line("Nobody"), WhenLine("2026-12-31")
        self.fields = self.beside()
        for label, editor in (
            ("Status", self.status), ("Priority", self.priority), ("Marking", self.tlp),
            ("Assignee", self.assignee), ("Due", self.due),
        ):  # fmt: skip
            self.field(label, editor, self.fields)

    def read(self) -> CaseDraft:
        """The head as typed."""
        return CaseDraft(
            self.title.text(), self.status.word, self.priority.word, self.tlp.word,
            self.assignee.text().strip(), self.due.text().strip(),
        )  # fmt: skip

    def write(self, draft: CaseDraft) -> None:
        """Show the head of a case."""
        self.title.setText(draft.title)
        self.status.choose(draft.status)
        self.priority.choose(draft.priority)
        self.tlp.choose(draft.tlp)
        self.assignee.setText(draft.assignee)
        self.due.setText(draft.due)
