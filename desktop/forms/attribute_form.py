"""What a source says of an actor."""

from __future__ import annotations

from types import MappingProxyType

from PySide6.QtWidgets import QWidget

from db.attributes import AttributeDraft
from db.kinds import Kind
from db.vocabulary import Attribute
from desktop.forms.autosave import Choice, Form
from desktop.forms.fields import WhenLine
from desktop.forms.source_line import SourceLine
from desktop.widgets.texts import Text
from desktop.wording import word


class AttributeForm(Form[AttributeDraft]):
    """One thing that a source says: what of the actor, in which words, of which time."""

    editors_of = MappingProxyType({(Kind.ATTRIBUTE, "source_id"): "source"})

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.dated = Choice(Attribute, word), WhenLine()
        self.value = Text("What the source says; for a date, 2025-10-03 or 2025-10", least=1)
        self.source = SourceLine("The source that says so; Enter chooses one")
        self.quotation, self.note = Text("The passage, word for word", least=3), Text()
        row = self.beside()
        self.field("What of the actor", self.name, row)
        self.field("As it was on", self.dated, row)
        self.field("What the source says", self.value)
        self.field("Source", self.source)
        self.field("Quotation", self.quotation)
        self.field("Note", self.note)

    def read(self) -> AttributeDraft:
        """What is typed."""
        return AttributeDraft(
            self.name.word, self.value.text(), self.dated.text().strip(), self.source.source_id, self.quotation.text(),
            self.note.text(),
        )  # fmt: skip

    def write(self, draft: AttributeDraft) -> None:
        """Show what a source says."""
        self.name.choose(draft.name)
        self.value.setText(draft.value)
        self.dated.setText(draft.dated)
        self.source.choose(draft.source_id)
        self.quotation.setText(draft.quotation)
        self.note.setText(draft.note)

    def start(self) -> None:
        """Put the cursor where what is said is typed."""
        self.value.setFocus()
