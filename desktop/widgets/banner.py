"""A line above the pages that says how things stand with this casebook, with one thing to do about it."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktop.widgets.texts import Prose


class Banner(QFrame):
    """Words and the button of a verb; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("banner", "info")
        self.words = Prose()
        self.button = QPushButton()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 12, 6)
        self._row.setSpacing(12)
        self._row.addWidget(self.words, 1)
        self._row.addWidget(self.button)
        self.button.hide()
        self.hide()

    def offer(self, action: QAction) -> None:
        """Give it the button of a verb."""
        self.button.setText(action.text().replace("&", "").rstrip("…"))
        self.button.setToolTip(action.toolTip())
        self.button.setEnabled(action.isEnabled())
        self.button.clicked.connect(action.trigger)
        action.enabledChanged.connect(self.button.setEnabled)
        self.button.show()

    def say(self, words: str) -> None:
        """Show words; empty ones hide it."""
        self.words.setText(words)
        self.setVisible(bool(words))
