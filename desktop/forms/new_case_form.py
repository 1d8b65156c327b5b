"""The window in which a case is opened on a claim."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.forms.autosave import Form
from desktop.forms.fields import LanguageBox, NameLine, WhenLine
from desktop.widgets.fitted import Answers, Fitted
from desktop.widgets.texts import Label, Line, Prose, Text


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case as it is opened: its claim, and what is known at once."""

    claim: str = ""
    title: str = ""
    language: str = ""
    claimant: str = ""
    claimed_on: str = ""
    tags: str = ""

    def packed(self) -> str:
        """As text, to be kept while it is not opened yet."""
        return json.dumps(astuple(self)) if any(astuple(self)) else ""

    @staticmethod
    def unpacked(text: str) -> NewCase:
        """What was kept."""
        return NewCase(*json.loads(text)) if text else NewCase()


class _Fields(Form[NewCase]):
    undoes_itself = True

    def __init__(self) -> None:
        super().__init__()
        self.claim = Text("What is claimed, in the words it was made in", least=4)
        self.title, self.language, self.claimant = Line("Short, for lists"), LanguageBox(), NameLine("Who says so")
        self.claimed_on, self.tags = WhenLine(), Line("Separated by commas")
        self.field("Claim", self.claim)
        self.field("Title", self.title)
        row = self.beside()
        self.field("Claimant", self.claimant, row, 2)
        self.field("Language", self.language, row)
        row = self.beside()
        self.field("Claimed on", self.claimed_on, row)
        self.field("Tags", self.tags, row)

    def read(self) -> NewCase:
        return NewCase(
            self.claim.text(), self.title.text().strip(), self.language.code,
            self.claimant.text().strip(), self.claimed_on.text().strip(), self.tags.text().strip(),
        )  # fmt: skip

    def write(self, draft: NewCase) -> None:
        self.claim.setText(draft.claim)
        self.title.setText(draft.title)
        self.language.choose(draft.language)
        self.claimant.setText(draft.claimant)
        self.claimed_on.setText(draft.claimed_on)
        self.tags.setText(draft.tags)


class NewCaseForm(Fitted):
    """Asks for a claim; `kept` comes with what is typed so far, `submitted` with the case to be opened."""

    submitted = Signal(object)
    kept = Signal(object)

    def __init__(self, draft: NewCase, claimants: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("New case")
        self.setMinimumWidth(620)
        self.fields = _Fields()
        self.fields.claimant.offer(claimants)
        self.fields.show_draft(draft)
        self.fields.submitted.connect(self._on_kept)
        self.fields.claim.textChanged.connect(self._on_text)
        buttons = Answers(self, "Open the case", self._on_accepted)
        self.button = buttons.answer
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(10)
        box.addWidget(Label("New case", "title"))
        box.addWidget(Prose("One case for one contested claim. Everything else can be added as it is found.", "soft"))
        box.addWidget(self.fields)
        box.addWidget(buttons)
        self._on_text()

    def _on_text(self) -> None:
        self.button.setEnabled(bool(self.fields.claim.text().strip()))
        self.fields.language.suggest_for(self.fields.claim.text())

    def _on_kept(self, draft: NewCase) -> None:
        self.kept.emit(draft)
        self.fields.accept()

    def _on_accepted(self) -> None:
        self.submitted.emit(self.fields.read())
