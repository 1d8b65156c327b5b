"""The window in which a new casebook is begun."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from db import identity, places
from desktop import folders, place_words
from desktop.forms.asked import Asked
from desktop.names import safe_name
from desktop.settings import Settings
from desktop.widgets.fitted import Answers, Fitted
from desktop.widgets.once import open_once
from desktop.widgets.texts import Label, Line, Prose

SUFFIX = ".casebook"
_LONGEST_CODE = 8


@dataclass(frozen=True, slots=True)
class NewCasebook:
    """A casebook to be made: its file, and the desk that it belongs to."""

    path: Path
    desk: str
    code: str
    analyst: str


def code_problem(code: str) -> str:
    """What is wrong with the code of a desk, in words; empty when nothing is."""
    if not code:
        return "A code is needed: it begins each case reference."
    if not (code.isascii() and code.isalnum()):
        return "Only the letters A to Z and digits will do."
    return "" if len(code) <= _LONGEST_CODE else f"At most {_LONGEST_CODE} letters and digits."


def first_reference(code: str) -> str:
    """What the references of a desk look like."""
    return f"References will read {code.upper()}-{identity.now().year}-0001."


class CasebookForm(Fitted):
    """Asks for what a new casebook needs; `submitted` comes when all of it will do, and the window stays open."""

    submitted = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("New casebook")
        self.setMinimumWidth(560)
        self._folder = folders.documents()
        self._chosen = False  # whether the place of the file was chosen, or follows the name of the desk
        self._asked_once = False
        self.browse = QPushButton("Choose…")
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(self.choose_file)
        self.desk = Asked("Desk", Line("Kabul desk"), "Your office or team, as dossiers name it.")
        self.code = Asked("Code", Line("KBL"), "Letters and digits that begin each case reference.")
        self.analyst = Asked("Analyst", Line("Your name"), "Verdicts and changes carry this name.")
        self.path = Line()
        self.file = Asked("File", self.path, "Everything is kept in this one file.", self.browse)
        self.analyst.editor.setText(settings.analyst)
        self.path.setText(str(self._folder / f"Casebook{SUFFIX}"))
        buttons = Answers(self, "Create the casebook", self._on_accepted)
        self.button = buttons.answer
        self._lay_out(buttons)
        self.desk.editor.textChanged.connect(self._on_desk)
        self.code.editor.textChanged.connect(self._on_code)
        self.analyst.editor.textChanged.connect(self._on_analyst)
        self.path.textEdited.connect(self._on_file_typed)
        self.path.textChanged.connect(self._on_file)

    def _lay_out(self, buttons: Answers) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.code, 1)
        row.addWidget(self.analyst, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(Label("New casebook", "title"))
        box.addWidget(Prose("One file for all cases of a desk. It can be copied and handed on like any other.", "soft"))
        box.addWidget(self.desk)
        box.addLayout(row)
        box.addWidget(self.file)
        box.addStretch(1)
        box.addWidget(buttons)

    def read(self) -> NewCasebook:
        """What is typed now."""
        typed = Path(self.file.text).expanduser()
        path = typed if typed.suffix == SUFFIX else typed.with_name(typed.name + SUFFIX) if typed.name else typed
        return NewCasebook(path, self.desk.text, self.code.text.upper(), self.analyst.text)

    def choose_file(self) -> None:
        """Ask where the file is to be."""
        dialog = QFileDialog(self, "New casebook", str(self.read().path))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # nothing is ever overwritten
        dialog.setNameFilter(f"Casebooks (*{SUFFIX})")
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.fileSelected.connect(self._on_file_chosen)
        open_once(dialog)

    def _on_file_chosen(self, name: str) -> None:
        self._chosen = True
        self.path.setText(name)

    def _on_file_typed(self) -> None:
        self._chosen = True

    def _on_desk(self) -> None:
        if not self._chosen:
            name = safe_name(self.desk.text, "Casebook")
            self.path.setText(str(self._folder / f"{name}{SUFFIX}"))
        self._complain(self.desk, self._desk_problem())

    def _on_code(self) -> None:
        code = self.code.text
        hint = "Letters and digits that begin each case reference."
        self.code.explain(hint if code_problem(code) else first_reference(code))
        self._complain(self.code, code_problem(code))

    def _on_analyst(self) -> None:
        self._complain(self.analyst, self._analyst_problem())

    def _on_file(self) -> None:
        self._complain(self.file, self._file_problem())

    def _desk_problem(self) -> str:
        return "" if self.desk.text else "The desk needs a name."

    def _analyst_problem(self) -> str:
        return "" if self.analyst.text else "A name is needed: verdicts are always somebody's."

    def _file_problem(self) -> str:
        path = self.read().path
        if not path.name or not path.is_absolute():
            return "A folder and a name for the file are needed."
        if (place := places.of(path)).shared:
            return f"It would lie {place_words.place(place)}. Choose a folder on this computer."
        if os.path.lexists(path):
            return f"There is a file “{path.name}” in that folder already. Choose another name."
        if not path.parent.is_dir():
            return f"There is no folder “{path.parent}”."
        return "" if os.access(path.parent, os.W_OK) else "Nothing can be written in that folder."

    def _complain(self, field: Asked, words: str) -> None:
        """Say what is wrong as one types, but not that what nobody has come to yet is empty."""
        field.complain(words if field.text or self._asked_once else "")

    def _on_accepted(self) -> None:
        self._asked_once = True
        self._complain(self.desk, self._desk_problem())
        self._on_code()
        self._on_analyst()
        self._on_file()
        for field in (self.desk, self.code, self.analyst, self.file):
            if field.wrong:
                field.editor.setFocus()
                return
        self.submitted.emit(self.read())
