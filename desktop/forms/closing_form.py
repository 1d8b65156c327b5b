"""How a hand-over is closed: sealed for a passphrase, for a desk, or for nobody; signed or not."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from db.errors import Invalid
from db.exchange import keys
from db.exchange.handover import Closing
from db.exchange.keys import Card
from db.identity import new_passphrase
from desktop import wording
from desktop.forms.autosave import Choice
from desktop.theme import Theme
from desktop.widgets.texts import Label, Line, Prose

_NO_DESKS = "No other desk is known yet. Add its card under Share, Desk keys."
_OPEN = "Whoever finds the stick or the mail can read all of it."
_ALOUD = "Tell it by another way than the file: read it aloud on the telephone."
_EXTRA = "Sealing and signing want two libraries: pip install “claimdesk[share]”."


class Sealing(StrEnum):
    """Who can open the file."""

    WORDS = "passphrase"
    DESK = "desk"
    NOBODY = "nobody"


_SEALINGS = {
    Sealing.WORDS: "Sealed with a passphrase",
    Sealing.DESK: "Sealed for a known desk",
    Sealing.NOBODY: "Not sealed",
}


class ClosingForm(QWidget):
    """Asks who may open the file and whether it is signed; `changed` comes with every answer."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cards: tuple[Card, ...] = ()
        self._possible = True
        self.sealing = Choice(Sealing, lambda sealing: _SEALINGS[sealing])
        self.sealing.setAccessibleName("Sealing")
        self.words = Line("At least 12 letters")
        self.words.setAccessibleName("Passphrase")
        self.words.setText(new_passphrase())
        self.desk = QComboBox()
        self.desk.setAccessibleName("Desk")
        self.sign = QCheckBox("Sign it with the key of this desk")
        self.hint = Prose("", "soft")
        self._tools = QWidget()
        self._lay_out()
        self.sealing.currentIndexChanged.connect(self._on_changed)
        self.desk.currentIndexChanged.connect(self._on_changed)
        self.words.textChanged.connect(self._on_changed)
        self.sign.toggled.connect(self._on_changed)
        self.set_possible(keys.possible())

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.words, 1)
        row.addWidget(self._tool("rotate-ccw", "Another passphrase", self._on_another))
        row.addWidget(self._tool("copy", "Copy the passphrase", self._on_copy))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        for widget in (
            Label("Who can open the file", "label"),
            self.sealing,
            self._tools,
            self.desk,
            self.hint,
            self.sign,
        ):
            box.addWidget(widget)

    def _tool(self, icon: str, name: str, do: object) -> QToolButton:
        button = QToolButton()
        button.setIcon(self._theme.icon(icon))
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(do)
        return button

    def set_possible(self, possible: bool) -> None:
        """Offer sealing and signing, or say what they want first."""
        self._possible = possible
        for place in range(2):
            self.sealing.model().item(place).setEnabled(possible)  # type: ignore[attr-defined]
        self.sign.setEnabled(possible)
        self.sign.setChecked(possible)
        self.sealing.choose(Sealing.WORDS if possible else Sealing.NOBODY)
        self._on_changed()

    def offer(self, cards: Sequence[Card]) -> None:
        """The desks that it can be sealed for."""
        chosen = self.desk.currentData()
        self._cards = tuple(cards)
        self.desk.blockSignals(True)
        self.desk.clear()
        for desk, name in {card.desk: card.name for card in cards}.items():
            self.desk.addItem(name, desk)
        self.desk.setCurrentIndex(max(0, self.desk.findData(chosen)))
        self.desk.blockSignals(False)
        self._on_changed()

    @property
    def closing(self) -> Closing:
        """What was answered."""
        sign = self.sign.isEnabled() and self.sign.isChecked()
        if self.sealing.word is Sealing.WORDS:
            return Closing(sign, passphrase=self.words.text().strip())
        if self.sealing.word is Sealing.DESK:
            wanted = self.desk.currentData()
            return Closing(sign, tuple(card.recipient for card in self._cards if card.desk == wanted))
        return Closing(sign)

    @property
    def problem(self) -> str:
        """Why the file cannot be closed like this; empty where it can."""
        if self.sealing.word is Sealing.DESK and not self._cards:
            return _NO_DESKS
        if self.sealing.word is Sealing.WORDS:
            try:
                keys.strong(self.words.text())
            except Invalid as error:
                return wording.explain(error).what
        return ""

    def _on_changed(self) -> None:
        sealing = self.sealing.word
        self._tools.setVisible(sealing is Sealing.WORDS)
        self.desk.setVisible(sealing is Sealing.DESK and bool(self._cards))
        hints = {Sealing.WORDS: _ALOUD, Sealing.DESK: self._fingerprints(), Sealing.NOBODY: _OPEN}
        words = self.problem or (hints[sealing] if self._possible else f"{_OPEN} {_EXTRA}")
        self.hint.setText(words)
        self.hint.setVisible(bool(words))
        self._tone("danger" if self.problem else "warning" if sealing is Sealing.NOBODY else "soft")
        self.changed.emit()

    def _fingerprints(self) -> str:
        cards = [card for card in self._cards if card.desk == self.desk.currentData()]
        return "\n".join(f"Fingerprint of its keys\n{wording.in_two(card.fingerprint)}" for card in cards)

    def _tone(self, tone: str) -> None:
        if self.hint.property("tone") != tone:
            self.hint.setProperty("tone", tone)
            self.hint.style().unpolish(self.hint)
            self.hint.style().polish(self.hint)

    def _on_another(self) -> None:
        self.words.setText(new_passphrase())

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.words.text())
