"""Which of several claims is meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from db.claims import Claim
from desktop.theme import Theme
from desktop.widgets.entries import Entry, EntryList
from desktop.widgets.fitted import Answers
from desktop.widgets.texts import Label


class ClaimChooser(QDialog):
    """Offers the claims of a case; Return takes the one that is marked, at first the one that was taken last."""

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        title: str,
        found: Sequence[Claim],
        last: str,
        answered: Callable[[str], None],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(560, 380)
        self._answered = answered
        self.list = EntryList(theme, "Claims")
        answers = Answers(self, "Cite", self._on_accepted)
        answers.answer.setDefault(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        for widget in (Label(title, "heading"), self.list, answers):
            box.addWidget(widget)
        entries = [
            Entry(c.id, c.text, c.claimant, "Part" if c.parent_id else "Claim", "gray" if c.parent_id else "accent")
            for c in found
        ]
        self.list.show_entries(entries, last)
        self.list.opened.connect(self._on_accepted)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_accepted(self) -> None:
        self.accept()
        self._answered(self.list.current)
