"""Beside the list of what leaves: rules that are broken, the receiver's level, how the file is closed, what to know."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from db.exchange.contents import Contents, Why
from db.vocabulary import Tlp
from desktop import listing, wording
from desktop.forms.autosave import Choice
from desktop.forms.closing_form import ClosingForm
from desktop.listing import Names
from desktop.theme import Theme
from desktop.widgets.rules_box import RulesBox
from desktop.widgets.texts import Label, Prose, isolated

_MOST_NAMES, _MOST_FILES = 60, 20
_HISTORY = "Each thing leaves with its whole history: what it said before leaves too, and who wrote it when."


class HandoverSide(QWidget):
    """Shows what one must know before the file is written; `wanted` comes when it is to be."""

    leveled = Signal(object)
    wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._broken = True
        self.level = Choice(Tlp, wording.word)
        self.level.setAccessibleName("The receiver may see up to")
        self.rules, self.closing = RulesBox(), ClosingForm(theme)
        self.names, self.data = Prose(), Prose()
        self.why_not = Prose("", "danger")
        self.write = QPushButton("Write the file…")
        self.write.setProperty("primary", True)
        self._data_card = _card("In the data of the files", self.data)
        self._lay_out()
        self.level.activated.connect(self._on_level)
        self.rules.raised.connect(self._on_raised)
        self.closing.changed.connect(self._show_button)
        self.write.clicked.connect(self.wanted)
        self.wait()

    def _lay_out(self) -> None:
        inner, area = QWidget(), QScrollArea()
        cards = QVBoxLayout(inner)
        cards.setContentsMargins(0, 0, 6, 0)
        cards.setSpacing(10)
        cards.addWidget(self.rules)
        for card in (
            _card("The receiver may see up to", self.level),
            _card("", self.closing),
            _card("Names that leave", self.names),
            self._data_card,
            _card("", Prose(_HISTORY, "soft")),
        ):
            cards.addWidget(card)
        cards.addStretch(1)
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(area, 1)
        box.addWidget(self.why_not)
        box.addWidget(self.write)

    def wait(self) -> None:
        """Allow nothing: what would leave is not known yet."""
        self._broken = True
        self.write.setEnabled(False)
        self.why_not.hide()

    def show_contents(self, contents: Contents, names: Names, home: str) -> None:
        """Show what is to be known of these contents; `home` is the desk that hands over."""
        gone = (h.thing.id for h in contents.held if h.why is Why.DELETED and h.thing.desks - {home})
        self.rules.show_rules(contents.broken, names, gone)
        people = listing.people(contents)
        more = [f"{len(people) - _MOST_NAMES} more"] if len(people) > _MOST_NAMES else []
        named = " · ".join([*map(isolated, people[:_MOST_NAMES]), *more])
        self.names.setText(f"{len(people)} {'name' if len(people) == 1 else 'names'}: {named}" if people else "None")
        found = list(listing.telling(contents.leaving, contents.digests))
        lines = [f"{isolated(names.title(thing))}: {said}" for thing, said in found[:_MOST_FILES]]
        lines += [f"… and {len(found) - _MOST_FILES} more"] if len(found) > _MOST_FILES else []
        self.data.setText("\n".join(lines))
        self._data_card.setVisible(bool(lines))
        self._broken = bool(contents.broken)
        self._show_button()

    def _show_button(self) -> None:
        why_not = "A rule is broken: see above." if self._broken else self.closing.problem
        self.why_not.setText(why_not)
        self.why_not.setVisible(bool(why_not))
        self.write.setEnabled(not why_not)

    def _on_level(self) -> None:
        self.leveled.emit(self.level.word)

    def _on_raised(self, level: Tlp) -> None:
        self.level.choose(level)
        self.leveled.emit(level)


def _card(title: str, content: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("card", True)
    box = QVBoxLayout(card)
    box.setContentsMargins(12, 10, 12, 12)
    box.setSpacing(6)
    if title:
        box.addWidget(Label(title, "label"))
    box.addWidget(content)
    return card
