"""The keys of this desk, as a card for others; and the desks that are known by theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from db.exchange.keys import Card
from desktop import wording
from desktop.theme import Theme
from desktop.widgets.empty import EmptyState
from desktop.widgets.entries import Entry, EntryList
from desktop.widgets.texts import Label, Prose, Text

_OWN = (
    "Send this card to a desk that is to know you. It holds no secret. When they have it, read the fingerprint aloud "
    "to each other on the telephone: if the digits are the same, nobody stands between you."
)
_LIST = 160
_NONE = "Paste the card that another desk sent, or merge a file that it signed."


class KeysForm(QDialog):
    """Shows both; `added` comes with the text of a card, `accepted` with changed keys that a person trusts."""

    added = Signal(str)
    accepted_card = Signal(object, bool)
    forgotten = Signal(str)
    wanted_file = Signal()
    wanted_save = Signal()

    def __init__(self, theme: Theme, own: Card, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.own = own
        self._known: tuple[Card, ...] = ()
        self._changed: Card | None = None
        self.setWindowTitle("Desk keys")
        self.setMinimumSize(760, 360)
        self.resize(QSize(980, 560).boundedTo(self.screen().availableSize() * 0.92))
        self.fingerprint, self.card = Prose(wording.in_two(own.fingerprint)), Text(least=9, most=14)
        self.known = EntryList(theme, "Known desks")
        self.nobody = EmptyState(theme, "users", "No other desk is known yet", _NONE)
        self.pasted = Text("Paste the text of a card here", least=3, most=4)
        self.pasted.setAccessibleName("Card of another desk")
        self.complaint, self.alarm = Prose("", "danger"), _Alarm()
        self.add = self._button("Add", self._on_add, primary=True)
        self.file = self._button("From a file…", self.wanted_file.emit)
        self.forget = self._button("Forget this desk", self._on_forget)
        self._lay_out(writable)
        self.alarm.decided.connect(self._on_decided)
        self.show_known(())

    def _lay_out(self, writable: bool) -> None:
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        large = QFont(fixed)
        large.setPointSizeF(self.font().pointSizeF() * 1.15)
        self.fingerprint.setFont(large)
        self.fingerprint.setAccessibleName("Fingerprint of this desk")
        fixed.setPointSizeF(self.font().pointSizeF() * 0.86)
        self.card.setFont(fixed)
        self.card.setReadOnly(True)
        self.card.setText(self.own.text.rstrip())
        self.card.setAccessibleName("Card of this desk")
        for list_ in (self.known, self.nobody):
            list_.setFixedHeight(_LIST)
        copy, save = self._button("Copy the card", self._on_copy), self._button("Save the card…", self.wanted_save.emit)
        mine, theirs = _column("This desk"), _column("Known desks")
        for widget in (Prose(_OWN, "soft"), self.fingerprint, self.card):
            mine.addWidget(widget)
        mine.addLayout(_row(copy, save))
        mine.addStretch(1)
        for each in (self.alarm, self.nobody, self.known):
            theirs.addWidget(each)
        theirs.addLayout(_row(self.forget))
        theirs.addWidget(self.pasted)
        theirs.addWidget(self.complaint)
        theirs.addLayout(_row(self.add, self.file))
        theirs.addStretch(1)
        inner, area = QWidget(), QScrollArea()
        both = QHBoxLayout(inner)
        both.setContentsMargins(0, 0, 8, 0)
        both.setSpacing(28)
        both.addLayout(mine, 1)
        both.addLayout(theirs, 1)
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(area, 1)
        box.addWidget(buttons)
        self.complaint.hide()
        for field in (self.pasted, self.add, self.file, self.forget):
            field.setVisible(writable)

    def _button(self, text: str, do: Callable[[], None], *, primary: bool = False) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setProperty("primary", primary)
        button.clicked.connect(lambda _checked=False: do())
        return button

    def show_known(self, cards: Sequence[Card]) -> None:
        """Show the desks that are known."""
        self._known = tuple(cards)
        entries = [Entry(card.signing_key, card.name or card.desk, card.fingerprint) for card in cards]
        self.known.show_entries(entries)
        self.known.setVisible(bool(cards))
        self.nobody.setVisible(not cards)
        self.forget.setEnabled(bool(cards))

    def show_added(self) -> None:
        """What was pasted is taken in."""
        self.pasted.setText("")
        self.complain("")

    def complain(self, words: str) -> None:
        """Say why what was pasted was not taken in; it stays."""
        self.complaint.setText(words)
        self.complaint.setVisible(bool(words))

    def shout(self, card: Card, before: Sequence[Card]) -> None:
        """Say that a known desk comes with other keys, until a person decides."""
        self._changed = card
        self.alarm.say(card, before)

    def _on_add(self) -> None:
        self.added.emit(self.pasted.text())

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.own.text)

    def _on_forget(self) -> None:
        chosen = [card.desk for card in self._known if card.signing_key == self.known.current]
        for desk in chosen:
            self.forgotten.emit(desk)

    def _on_decided(self, trusted: bool, instead: bool) -> None:
        card, self._changed = self._changed, None
        self.alarm.hide()
        if card and trusted:
            self.accepted_card.emit(card, instead)


class _Alarm(QFrame):
    """The keys of a known desk have changed: `decided` comes with whether they are trusted, and in place of the old."""

    decided = Signal(bool, bool)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("banner", "danger")
        self.title, self.words, self.digits = Label("", "heading"), Prose(), Prose()
        self.digits.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.title.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 10, 14, 12)
        box.setSpacing(8)
        box.addWidget(self.title)
        box.addWidget(self.digits)
        box.addWidget(self.words)
        buttons = []
        for text, trusted, instead in (
            ("Do not trust them", False, False),
            ("It is another computer of that desk", True, False),
            ("They replaced their keys", True, True),
        ):
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, t=trusted, i=instead: self.decided.emit(t, i))
            buttons.append(button)
        for button in buttons:
            box.addWidget(button)
        self.hide()

    def say(self, card: Card, before: Sequence[Card]) -> None:
        """Show it."""
        words = wording.changed_keys(card)
        self.title.setText(words[0])
        digits = [("Known", each.fingerprint) for each in before] + [("New", card.fingerprint)]
        self.digits.setText("\n".join(f"{name}\n{wording.in_two(each)}" for name, each in digits))
        self.words.setText(" ".join(words[1:]))
        self.setAccessibleName(" ".join(words))
        self.show()


def _column(title: str) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(10)
    column.addWidget(Label(title, "heading"))
    return column


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
    row.addStretch(1)
    return row
