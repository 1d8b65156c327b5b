"""Fields that several forms have: a language, a time, the name of an actor."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from db import times
from db.texts import languages
from desktop import wording, words
from desktop.forms.autosave import Choice
from desktop.widgets.texts import Line, tooltip

E = TypeVar("E", bound=StrEnum)
_WHEN = "2025-11-17, or words"
_FORMS = "2025, 2025-11, 2025-11-17, 2025-11-17 14:05 (UTC), 2025-11-01..2025-11-05, or words"


class LanguageBox(QComboBox):
    """A language by name; others than those offered can be typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.addItems(["", *words.LANGUAGES.values()])

    @property
    def code(self) -> str:
        """The language chosen, as its code where it has one."""
        return wording.language_code(self.currentText())

    def choose(self, code: str) -> None:
        """Show a language."""
        self.setEditText(wording.language(code))

    def suggest_for(self, text: str) -> None:
        """Offer the language of a text where none is chosen: in gray, taken over with the arrow keys or a click.

        Nothing is entered by itself.
        """
        found = languages.recognize(text)
        offered = (found.code,) if found.sure else found.maybe
        names = [wording.language(code) for code in offered]
        line = self.lineEdit()
        assert line
        line.setPlaceholderText(f"{' or '.join(names)}?" if names else "")
        chosen = self.currentText()
        known = list(words.LANGUAGES.values())
        with QSignalBlocker(self):
            self.clear()
            self.addItems(["", *names, *(name for name in known if name not in names)])
            self.setEditText(chosen)


class WhenLine(Line):
    """A time in words or in ISO form; says what it is understood as."""

    def __init__(self, placeholder: str = _WHEN, parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent)
        self.textChanged.connect(self._on_when)

    def _on_when(self, text: str) -> None:
        when = times.parse(text)
        known = f"{when.earliest[:16]} to {when.latest[:16]} UTC".replace("T", " ") if when.known else ""
        self.setToolTip(known or ("Kept as words: not placed on the time axis" if text.strip() else _FORMS))


class GradeChoice(Choice[E]):
    """A grade of the Admiralty code; the tool tips tell when each is given."""

    def __init__(self, words: type[E], say: Callable[[E], str], meaning: Callable[[E], str]) -> None:
        super().__init__(words, say)
        for place, word in enumerate(words):
            self.setItemData(place, tooltip(meaning(word)), Qt.ItemDataRole.ToolTipRole)
        self.currentIndexChanged.connect(self._on_index)
        self._on_index()

    def _on_index(self) -> None:
        self.setToolTip(self.itemData(self.currentIndex(), Qt.ItemDataRole.ToolTipRole))


class NameLine(Line):
    """A name, completed from the actors of the casebook as one types."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent)

    def offer(self, names: tuple[str, ...]) -> None:
        """Complete from these names."""
        completer = QCompleter(list(names), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
