"""The mark at what is in conflict: it says so in words, and leads to where it is settled."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QToolButton, QWidget

from desktop.theme import Theme
from desktop.widgets.texts import tooltip

HEIGHT = 18
_ICON = 12


class Mark(QToolButton):
    """A small button in the color of a warning."""

    def __init__(self, theme: Theme, height: int = HEIGHT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("mark", True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(_ICON, _ICON))
        self.setFixedHeight(height)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._draw)
        self._draw()

    def say(self, words: str, told: str) -> None:
        """Show words, and more of them to whoever rests on it or has it read out."""
        self.setText(words)
        self.setToolTip(tooltip(told))
        self.setAccessibleName(told)

    def _draw(self) -> None:
        self.setIcon(QIcon(self._theme.icon("triangle-alert", "warning")))
