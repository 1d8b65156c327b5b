"""Small windows that ask for one text, or for a yes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.widgets.fitted import Answers, Fitted
from desktop.widgets.texts import Label, Prose, Text


class Ask(Fitted):
    """Asks for a text and calls back with it; `required` keeps the button off while nothing is typed."""

    def __init__(
        self, parent: QWidget, title: str, words: str, button: str, answered: Callable[[str], None], *, required: bool
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        self._answered, self._required = answered, required
        self.text = Text(least=3)
        self.text.setAccessibleName(title)
        self.text.textChanged.connect(self._on_text)
        buttons = Answers(self, button, self._on_accepted)
        self.button = buttons.answer
        self.button.setEnabled(not required)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(10)
        box.addWidget(Label(title, "heading"))
        box.addWidget(Prose(words, "soft"))
        box.addWidget(self.text)
        box.addWidget(buttons)

    def _on_text(self) -> None:
        self.button.setEnabled(not self._required or bool(self.text.text().strip()))

    def _on_accepted(self) -> None:
        self.accept()
        self._answered(self.text.text())


class Confirm(Fitted):
    """Asks for a yes, and calls back with it."""

    def __init__(self, parent: QWidget, title: str, words: str, button: str, answered: Callable[[], None]) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        self._answered = answered
        buttons = Answers(self, button, self._on_accepted)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(10)
        box.addWidget(Label(title, "heading"))
        box.addWidget(Prose(words, "soft"))
        box.addStretch(1)
        box.addWidget(buttons)

    def _on_accepted(self) -> None:
        self.accept()
        self._answered()
