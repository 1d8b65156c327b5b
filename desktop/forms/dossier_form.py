"""How a dossier is to be made, before its place is chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QVBoxLayout, QWidget

from desktop.dossier.options import Missing, Options, Paper
from desktop.forms.autosave import Choice
from desktop.widgets.fitted import Answers, Fitted
from desktop.widgets.texts import Label, Prose
from desktop.wording import word

_MOST_NAMED = 12


class DossierForm(Fitted):
    """Says what will be printed and asks how; `submitted` comes with the options."""

    submitted = Signal(object)

    def __init__(self, references: tuple[str, ...], disputed: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export dossier")
        self.setMinimumWidth(480)
        self.paper = Choice(Paper, word)
        self.codes = QCheckBox("Print characters that no font has as their code points")
        self.codes.setToolTip("Otherwise a character that cannot be printed stops the export and is named.")
        buttons = Answers(self, "Choose the file…", self._on_accepted)
        fields = QFormLayout()
        paper = Label("Paper", "label")
        paper.setBuddy(self.paper)
        fields.addRow(paper, self.paper)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(Label("Export dossier", "heading"))
        box.addWidget(Prose(_named(references), "soft"))
        if disputed:
            box.addWidget(Prose(_disputed(disputed), "warning"))
        box.addLayout(fields)
        box.addWidget(self.codes)
        box.addWidget(buttons)

    def _on_accepted(self) -> None:
        self.accept()
        missing = Missing.CODE_POINT if self.codes.isChecked() else Missing.REFUSE
        self.submitted.emit(Options(self.paper.word, missing))


def _named(references: tuple[str, ...]) -> str:
    named = ", ".join(references[:_MOST_NAMED])
    more = len(references) - _MOST_NAMED
    return f"{named} and {more} more" if more > 0 else named


def _disputed(number: int) -> str:
    stand = "1 field stands" if number == 1 else f"{number} fields stand"
    return f"{stand} in conflict. One version of each is printed, and the dossier says so."
