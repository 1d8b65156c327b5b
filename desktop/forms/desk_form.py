"""The window in which the desk says who it is."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.desks import Desk
from desktop.forms.asked import Asked
from desktop.forms.casebook_form import code_problem, first_reference
from desktop.widgets.fitted import Answers, Fitted
from desktop.widgets.texts import Label, Line, Prose, Text


class DeskForm(Fitted):
    """Edits a desk; `submitted` comes with what it became, and the window stays open until it is accepted."""

    submitted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Desk and analyst")
        self.setMinimumWidth(520)
        self._desk = desk
        self.name = Asked("Desk", Line("Kabul desk"))
        self.code = Asked("Code", Line("KBL"), first_reference(desk.code))
        self.analyst = Asked("Analyst", Line("Your name"), "Saves and verdicts from now on carry this name.")
        imprint = Text("Publisher, address, contact, terms of use", least=4)
        self.imprint = Asked("Imprint", imprint, "Printed at the end of each dossier.")
        for field, text in (
            (self.name, desk.name), (self.code, desk.code), (self.analyst, desk.analyst), (self.imprint, desk.imprint),
        ):  # fmt: skip
            field.editor.setText(text)
        for field in (self.name, self.code, self.analyst):
            field.editor.textChanged.connect(self._check)
        buttons = Answers(self, "Done", self._on_accepted)
        self.button = buttons.answer
        self._lay_out(buttons)

    def _lay_out(self, buttons: Answers) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.code, 1)
        row.addWidget(self.analyst, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(Label("Desk and analyst", "title"))
        box.addWidget(Prose("A new code holds for new cases; references that were given stay.", "soft"))
        box.addWidget(self.name)
        box.addLayout(row)
        box.addWidget(self.imprint)
        box.addWidget(buttons)

    def read(self) -> Desk:
        """What is typed now."""
        code = self.code.text.upper()
        return replace(self._desk, name=self.name.text, code=code, analyst=self.analyst.text, imprint=self.imprint.text)

    def _check(self) -> None:
        self.name.complain("" if self.name.text else "The desk needs a name.")
        self.analyst.complain("" if self.analyst.text else "A name is needed: verdicts are always somebody's.")
        problem = code_problem(self.code.text)
        if not problem:
            self.code.explain(first_reference(self.code.text))
        self.code.complain(problem)

    def _on_accepted(self) -> None:
        self._check()
        for field in (self.name, self.code, self.analyst):
            if field.wrong:
                field.editor.setFocus()
                return
        draft = self.read()
        if draft == self._desk:
            self.reject()
        else:
            self.submitted.emit(draft)
