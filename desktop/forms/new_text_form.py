"""A text that is pasted to be read, and the source it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QVBoxLayout, QWidget

from db import marks
from db.sources import Source
from desktop.widgets.fitted import Answers
from desktop.widgets.texts import Label, Line, Prose, Text

_HINT = "It is kept with the case as a text, to the letter, and opened to be read and marked."
_MOST = 50_000  # that are laid out in the form: it is there to be recognized
_NEW, _CASE = "New source", "The case itself"


@dataclass(frozen=True, slots=True)
class NewText:
    """A text and whose it is: a source that is there, a new one of this title, or with neither the case."""

    text: str
    source_id: str = ""
    title: str = ""


class NewTextForm(QDialog):
    """Takes a text, to the letter, and asks for its source: a new one, named by its first line, or another."""

    def __init__(
        self, parent: QWidget, found: Sequence[Source], text: str, source_id: str, answered: Callable[[NewText], None]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("New text to read")
        self.setMinimumWidth(680)
        self._answered, self._sources = answered, found
        self._whole = text if len(text) > _MOST else ""
        self.text = Text("Paste the text here", least=14, most=14)
        self.text.setAccessibleName("Text")
        self.source, self.title = QComboBox(), Line("Title of the new source")
        self.source.setAccessibleName("Source")
        self.source.addItems([_NEW, _CASE, *(f"{n}. {each.title}" for n, each in enumerate(found, 1))])
        self.source.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.title.setAccessibleName("Title of the new source")
        self._lay_out()
        self.text.textChanged.connect(self._on_text)
        self.source.currentIndexChanged.connect(self._on_source)
        self.text.setReadOnly(bool(self._whole))
        self.text.setText(text[:_MOST])
        ids = [each.id for each in found]
        self.source.setCurrentIndex(2 + ids.index(source_id) if source_id in ids else 0)
        (self.button if text.strip() else self.text).setFocus()

    def _lay_out(self) -> None:
        answers = Answers(self, "Read", self._on_accepted)
        self.button = answers.answer
        self.button.setEnabled(False)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.button.click)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(8)
        box.addWidget(Label("New text to read", "heading"))
        more = f" Of its {len(self._whole):,} characters the first {_MOST:,} are shown here." if self._whole else ""
        box.addWidget(Prose(_HINT + more, "soft"))
        box.addWidget(self.text, 1)
        box.addWidget(Label("Whose text it is", "label"))
        box.addWidget(self.source)
        box.addWidget(self.title)
        box.addSpacing(6)
        box.addWidget(answers)

    def _on_text(self) -> None:
        text = self.text.text()
        self.button.setEnabled(bool(text.strip()))
        if not self.title.isModified():
            self.title.setText(marks.title(text))
            self.title.setCursorPosition(0)

    def _on_source(self, place: int) -> None:
        self.title.setVisible(place == 0)

    def _on_accepted(self) -> None:
        self.accept()
        text, place = self._whole or self.text.text(), self.source.currentIndex()
        if place == 0:
            self._answered(NewText(text, title=self.title.text().strip() or marks.title(text)))
        else:
            self._answered(NewText(text, self._sources[place - 2].id if place > 1 else ""))
