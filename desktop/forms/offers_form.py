"""What a file from elsewhere would bring: told row by row, and kept or discarded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from db.exchange.imports import Plan
from db.exchange.offer import Offer
from db.exchange.vocabulary import Encoding, Fate, Medium
from desktop import wording
from desktop.forms.autosave import Choice
from desktop.rows import Column, RowsModel
from desktop.theme import Theme
from desktop.widgets.fitted import Answers, Fitted
from desktop.widgets.rows_view import RowsView
from desktop.widgets.texts import Label, Prose, isolated, tooltip

_ORDER = (Fate.REFUSED, Fate.HERE, Fate.NEW)
_COLORS: Mapping[Fate, str] = MappingProxyType({Fate.REFUSED: "danger", Fate.HERE: "text-soft", Fate.NEW: "good"})
_WIDTHS = (60, 116, 150, 200, 300)
_TEXT = 3
_OF_WORKS = (Medium.RIS, Medium.CSL)
_NOT_TAKEN = "Verdicts are given here, by name, and never taken from a table."


@dataclass(frozen=True, slots=True)
class _Row:
    """An offer, told apart from the others by where it stands."""

    offer: Offer

    @property
    def id(self) -> str:
        return str(self.offer.line)


class OffersForm(Fitted):
    """Shows a plan. `kept` says to take in what is new; `reread` asks for the file in another encoding.

    While something is under way the window stays, and its first button is `stopped`. `case` is the reference of the
    case that may cite sources that come in.
    """

    kept = Signal()
    reread = Signal(object)
    stopped = Signal()

    def __init__(self, theme: Theme, name: str, found: Plan, parent: QWidget | None = None, *, case: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Import {isolated(name)}")
        self.resize(880, 480)
        self._theme, self._busy = theme, False
        self.model: RowsModel[_Row] = RowsModel(self._columns(found), self)
        self.view = RowsView(self.model, "What the file holds", _WIDTHS, _TEXT, self)
        self.summary, self.ignored = Prose("", "heading"), Prose("", "soft")
        self.letters = Choice(Encoding, wording.word)
        self.letters.setAccessibleName("Letters")
        self.cite_in = QCheckBox(f"Cite them in {case}" if case else "")
        self.cite_in.setChecked(bool(case))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.hide()
        self._buttons = Answers(self, "Keep", self.kept.emit)
        self.button = self._buttons.answer
        self._away = self._buttons.button(QDialogButtonBox.StandardButton.Cancel)
        self._away.setText("Discard")
        self._lay_out(name, found)
        self.show_plan(found)
        # queued: the list of the choice is closed, with the key that chose, before the choice is disabled
        self.letters.activated.connect(self._on_letters, Qt.ConnectionType.QueuedConnection)

    def _lay_out(self, name: str, found: Plan) -> None:
        self._of_table = QWidget()
        row = QHBoxLayout(self._of_table)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        label = Label("Letters", "label")
        label.setBuddy(self.letters)
        row.addWidget(label)
        row.addWidget(self.letters)
        row.addStretch(1)
        self._of_table.setVisible(found.medium in (Medium.CSV, Medium.RIS))
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(Label(f"Import {isolated(name)}", "title"))
        box.addWidget(self.summary)
        box.addWidget(self.ignored)
        box.addWidget(self.view, 1)
        box.addWidget(self._of_table)
        box.addWidget(self.cite_in)
        box.addWidget(self.bar)
        box.addWidget(self._buttons)

    def _columns(self, found: Plan) -> tuple[Column[_Row], ...]:
        of_table = found.medium is Medium.CSV
        third = "Case" if of_table else "Author" if found.medium in _OF_WORKS else "Published at"
        heads = ("Row", "Finding", third, "What it says", "Why")
        return (
            Column(heads[0], lambda row: str(row.offer.line)),
            Column(heads[1], lambda row: wording.word(row.offer.fate), self._colored),
            Column(heads[2], lambda row: isolated(row.offer.name), lambda row, role: _tip(row.offer.name, role)),
            Column(heads[3], lambda row: row.offer.text, lambda row, role: _tip(row.offer.text, role)),
            Column(heads[4], lambda row: wording.why(row.offer), lambda row, role: _tip(wording.why(row.offer), role)),
        )

    def _colored(self, row: _Row, role: int) -> Any:  # noqa: ANN401
        return self._theme.color(_COLORS[row.offer.fate]) if role == Qt.ItemDataRole.ForegroundRole else None

    def show_plan(self, found: Plan) -> None:
        """Show what would come, with what needs a look first."""
        self.model.show([_Row(offer) for fate in _ORDER for offer in found.of(fate)])
        self.summary.setText(wording.plan(found) if found.offers else "There is nothing in it.")
        named = ", ".join(found.ignored)
        why = "" if found.medium in _OF_WORKS else f" {_NOT_TAKEN}"
        self.ignored.setText(f"{wording.parts_of(found)} that are not taken in: {named}.{why}" if named else "")
        self.ignored.setVisible(bool(named))
        new = len(found.of(Fate.NEW))
        self.button.setText(f"Keep {new}" if new else "Keep")
        self.button.setEnabled(new > 0)
        self.cite_in.setVisible(found.medium in _OF_WORKS and new > 0 and bool(self.cite_in.text()))

    def say(self, words: str) -> None:
        """Say something in place of the summary."""
        self.summary.setText(words)

    def be_busy(self, busy: bool) -> None:
        """Work is under way, or has ended: nothing but stopping it can be done meanwhile."""
        self._busy = busy
        self.bar.setRange(0, 0)
        self.bar.setVisible(busy)
        self.letters.setEnabled(not busy)
        self.cite_in.setEnabled(not busy)
        self.button.setEnabled(not busy)
        self._away.setText("Stop" if busy else "Discard")

    def step(self, done: int, total: int) -> None:
        """Tell how far the work is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def reject(self) -> None:
        """Discard all of it; work that is under way is stopped instead."""
        if self._busy:
            self.stopped.emit()
        else:
            super().reject()

    def _on_letters(self) -> None:
        self.reread.emit(self.letters.word)


def _tip(text: str, role: int) -> str | None:
    return tooltip(text[:2000]) if role == Qt.ItemDataRole.ToolTipRole else None
