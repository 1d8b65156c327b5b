"""What leaves for other programs: every case is named with its marking, before a file is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QVBoxLayout, QWidget

from db.errors import Invalid
from db.exchange import claimreview
from db.exchange.exports import Leaving, Wanted
from db.exchange.vocabulary import Medium, Separator, Table
from desktop import wording
from desktop.forms.asked import Asked
from desktop.forms.autosave import Choice
from desktop.forms.leaving_model import LeavingModel, LeavingView
from desktop.widgets.fitted import Answers, Fitted
from desktop.widgets.texts import Label, Line, Prose

_SOURCES = (
    "The sources that the cases cite leave for Zotero and its like, each once, with their notes. Claims, "
    "quotations, grades and attached files stay here."
)
_WHAT: Mapping[Medium, str] = MappingProxyType(
    {
        Medium.CLAIMREVIEW: (
            "The claim leaves with who made it and where it appeared, and each verdict that stands with its reasons, "
            "in the name of the desk. Titles, notes, sources and the names of analysts stay here."
        ),
        Medium.CSV: (
            "A table for spreadsheet programs, in which nothing runs as a formula. That of the cases holds their "
            "verdicts with the names of those who gave them; that of the sources, the passages cited."
        ),
        Medium.JSON: (
            "All that is known of a case leaves: names, sources, notes, tasks, verdicts and the whole history. The "
            "bytes of attached files stay here."
        ),
        Medium.RIS: _SOURCES,
        Medium.CSL: _SOURCES,
    }
)
_HINT = "A case that is not marked TLP:CLEAR leaves only when you tick it. Space ticks all that are chosen."
_DRAFT = "Where it is published. Without an address, or without a verdict, it is a draft and says so."


@dataclass(frozen=True, slots=True)
class Leave:
    """The cases that a person lets go, and how."""

    cases: tuple[Leaving, ...]
    wanted: Wanted


class LeavingForm(Fitted):
    """Names what would leave and asks how; `submitted` comes with what the person let go.

    `every_wanted` asks for all cases of the casebook, where there are more than those chosen.
    """

    submitted = Signal(object)
    every_wanted = Signal()

    def __init__(
        self, medium: Medium, chosen: Sequence[Leaving], more: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        title = f"Export as {wording.word(medium)}"
        self.setWindowTitle(title)
        self.resize(760, 500)
        self._medium, self._chosen = medium, tuple(chosen)
        self._every: tuple[Leaving, ...] = ()
        self.model = LeavingModel(self)
        self.view = LeavingView(self.model, self)
        self.every = QCheckBox("List every case of this casebook")
        self.every.setVisible(more)
        self.count = Label("", "soft")
        self.url = Asked("Web address", Line("https://"), _DRAFT)
        self.table, self.separator = Choice(Table, wording.word), Choice(Separator, wording.word)
        buttons = Answers(self, "Choose the file…", self._on_accepted)
        self.button = buttons.answer
        self._lay_out(title, buttons)
        self.model.ticked_changed.connect(self._on_ticked)
        self.every.toggled.connect(self._on_every)
        self._list()

    def _lay_out(self, title: str, buttons: Answers) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(Label(title, "title"))
        box.addWidget(Prose(_WHAT[self._medium], "soft"))
        box.addWidget(self.view, 1)
        box.addWidget(self.every)
        box.addWidget(Prose(_HINT, "faint"))
        if self._medium is Medium.CLAIMREVIEW:
            box.addWidget(self.url)
        if self._medium is Medium.CSV:
            box.addLayout(self._choices())
        box.addWidget(self.count)
        box.addWidget(buttons)

    def _choices(self) -> QFormLayout:
        fields = QFormLayout()
        for name, choice in (("Table", self.table), ("Between cells", self.separator)):
            label = Label(name, "label")
            label.setBuddy(choice)
            choice.setAccessibleName(name)
            fields.addRow(label, choice)
        return fields

    def show_every(self, cases: Sequence[Leaving]) -> None:
        """List all cases of the casebook, as long as that is wanted."""
        self._every = tuple(cases)
        self._list()

    def _on_every(self) -> None:
        if self.every.isChecked() and not self._every:
            self.every_wanted.emit()
        self._list()

    def _list(self) -> None:
        self.model.show(self._every if self.every.isChecked() and self._every else self._chosen)

    def _on_ticked(self) -> None:
        ticked, listed = len(self.model.ticked), len(self.model.rows)
        leave = f"{ticked} of {listed} {'case leaves' if listed == 1 else 'cases leave'}."
        self.count.setText(leave if ticked else "Nothing leaves until a case is ticked.")
        self.button.setEnabled(ticked > 0)
        self.url.setEnabled(ticked == 1)
        self.url.explain(_DRAFT if ticked == 1 else "Of one fact check: tick a single case to give its address.")

    def _on_accepted(self) -> None:
        url = self.url.text if self.url.isEnabled() else ""
        try:
            claimreview.check_url(url)
        except Invalid as error:
            told = wording.explain(error)
            self.url.complain(f"{told.what} {told.todo}")
            self.url.editor.setFocus()
            return
        self.accept()
        wanted = Wanted(self._medium, url, self.table.word, self.separator.word)
        self.submitted.emit(Leave(self.model.ticked, wanted))
