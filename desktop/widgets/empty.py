"""What stands where a list would be while there is nothing in it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.texts import Label

_PICTURE = 36
_WIDTH = 460


class EmptyState(QWidget):
    """A picture, what is the matter, and what to do about it."""

    def __init__(self, theme: Theme, icon: str, title: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = Label("", "heading")
        self._words = Label("", "soft")
        column = QWidget()
        column.setMaximumWidth(_WIDTH)
        self._rows = QVBoxLayout(column)
        self._rows.setSpacing(8)
        self._rows.addStretch(2)
        for label in (self._picture, self._title, self._words):
            self._rows.addWidget(label)
        self._title.setWordWrap(True)
        self._words.setWordWrap(True)
        self._rows.addSpacing(8)
        self._rows.addStretch(3)
        sides = QHBoxLayout(self)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.addStretch(1)
        sides.addWidget(column, 1000)
        sides.addStretch(1)
        theme.changed.connect(self._draw)
        self._draw()
        self.say(title, words)

    def say(self, title: str, words: str) -> None:
        """Show other words."""
        for label, text in ((self._title, title), (self._words, words)):
            label.setText(text)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName(f"{title}. {words}")

    def offer(self, text: str, *, primary: bool = True) -> QPushButton:
        """Add a button for what can be done; connect it."""
        button = QPushButton(text)
        button.setProperty("primary", primary)
        self._rows.insertWidget(self._rows.count() - 1, button, 0, Qt.AlignmentFlag.AlignHCenter)
        return button

    def _draw(self) -> None:
        size = QSize(_PICTURE, _PICTURE)
        self._picture.setPixmap(self._theme.icon(self._icon, "text-faint").pixmap(size, self.devicePixelRatioF()))
