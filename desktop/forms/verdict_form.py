"""The verdict being written: kept as a draft until it is recorded, then never edited."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from db import scales
from db.store import Store
from db.verdicts import Verdict, VerdictDraft
from db.vocabulary import Confidence
from desktop.forms.autosave import Choice, Form
from desktop.theme import Theme
from desktop.widgets.texts import Label, Prose, Text
from desktop.wording import word


class VerdictForm(Form[VerdictDraft]):
    """Rating, confidence and rationale."""

    undoes_itself = True

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ratings: tuple[scales.Rating, ...] = ()
        self.rating, self.confidence = QComboBox(), Choice(Confidence, word)
        self.rating.setPlaceholderText("Choose a rating")
        self.rationale = Text("Why: what the evidence shows, and what it does not show", least=6, most=24)
        self._definition = Prose("", "soft")
        self.rows.addWidget(Label("Next verdict", "heading"))
        self.rows.addWidget(
            Prose("Recorded under your name and sealed with the evidence as it stands. It is never edited.", "soft")
        )
        self._superseded = Prose("", "soft")
        self._superseded.hide()
        self.rows.addWidget(self._superseded)
        row = self.beside()
        self.field("Rating", self.rating, row, 2)
        self.field("Confidence", self.confidence, row, 1)
        self.rows.addWidget(self._definition)
        self.field("Rationale", self.rationale)
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        self.rows.addLayout(self.buttons)
        self.rating.currentIndexChanged.connect(self._on_rating)

    def add_button(self, button: QToolButton | QWidget) -> None:
        """Put the button of a verb under the form."""
        self.buttons.addWidget(button)

    def offer(self, store: Store) -> None:
        """Offer the labels of the desk's scale."""
        found = scales.ratings(store)
        if found == self._ratings:
            return
        chosen, self._ratings = self._label, found
        self.rating.blockSignals(True)
        self.rating.clear()
        self.rating.addItems([rating.label for rating in found])
        self.rating.setCurrentIndex(self.rating.findText(chosen) if chosen else -1)
        self.rating.blockSignals(False)
        self._on_rating()

    def say_superseded(self, standing: Sequence[Verdict]) -> None:
        """Say before it is given which verdicts this one will supersede."""
        named = (f"“{each.rating}” ({each.analyst}, {each.desk})" for each in standing)
        number = "the verdict that stands" if len(standing) == 1 else f"{len(standing)} verdicts that stand"
        self._superseded.setText(f"It supersedes {number}: {', '.join(named)}.")
        self._superseded.setVisible(bool(standing))

    @property
    def _label(self) -> str:
        return self.rating.currentText() if self.rating.currentIndex() >= 0 else ""

    def read(self) -> VerdictDraft:
        """The verdict as typed."""
        return VerdictDraft(self._label, self.rationale.text(), self.confidence.word)

    def write(self, draft: VerdictDraft) -> None:
        """Show an unfinished verdict."""
        if draft.rating and self.rating.findText(draft.rating) < 0:
            self.rating.addItem(draft.rating)
        self.rating.setCurrentIndex(self.rating.findText(draft.rating) if draft.rating else -1)
        self.confidence.choose(draft.confidence)
        self.rationale.setText(draft.rationale)

    def _on_rating(self) -> None:
        label = self._label
        self._definition.setText(next((r.definition for r in self._ratings if r.label == label), ""))
        self._definition.setVisible(bool(self._definition.text()))
