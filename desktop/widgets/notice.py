"""A small window that says something and waits for nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from desktop.widgets.texts import Label, Prose

_WIDTH = 480


class Notice(QDialog):
    """Says what happened in a heading and paragraphs. `subject` tells it from other notices."""

    def __init__(self, window: QWidget, title: str, parts: Sequence[str], subject: str = "") -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)  # whoever is typing goes on typing
        self.setWindowTitle("Claimdesk")
        self.setMinimumWidth(_WIDTH)
        self.subject = subject or "\n".join((title, *parts))
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(20, 18, 20, 16)
        self._box.setSpacing(10)
        heading = Label(title, "heading")
        heading.setWordWrap(True)
        self._box.addWidget(heading)
        for part in parts:
            if part:
                self._box.addWidget(Prose(part))
        self._complaint = Prose("", "danger")
        self._complaint.hide()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._buttons.rejected.connect(self.reject)
        self._box.addWidget(self._complaint)
        self._box.addStretch(1)
        self._box.addWidget(self._buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the words are at this width; Qt takes the height for a narrower one."""
        super().showEvent(event)
        self.resize(self.width(), max(self._box.totalHeightForWidth(self.width()), self._box.minimumSize().height()))

    def add(self, widget: QWidget) -> None:
        """Put something between the words and the buttons."""
        self._box.insertWidget(self._box.count() - 3, widget, 100)

    def add_button(self, text: str, do: Callable[[], None]) -> None:
        """Add a button that leaves the notice open."""
        self._buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole).clicked.connect(do)

    def say(self, words: str) -> None:
        """Say why something that was tried here did not work."""
        self._complaint.setText(words)
        self._complaint.show()
