"""What small windows have in common: they are never too low for their words, and end in the same two buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton


class Fitted(QDialog):
    """Grows with words that wrap: Qt itself asks a dialog for its height before it knows its width."""

    def event(self, event: QEvent) -> bool:
        """Look at the height when the window is shown, and whenever something in it changed."""
        done = super().event(event)
        if event.type() in (QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self._fit()
        return done

    def _fit(self) -> None:
        layout = self.layout()
        if layout and layout.hasHeightForWidth():
            wanted = layout.totalHeightForWidth(self.width())
            if wanted > self.height():
                self.resize(self.width(), wanted)


class Answers(QDialogButtonBox):
    """Cancel, and the answer that a small window is there for."""

    def __init__(self, dialog: QDialog, words: str, answered: Callable[[], None]) -> None:
        super().__init__(QDialogButtonBox.StandardButton.Cancel)
        self.answer: QPushButton = self.addButton(words, QDialogButtonBox.ButtonRole.AcceptRole)
        self.answer.setProperty("primary", True)
        self.accepted.connect(answered)
        self.rejected.connect(dialog.reject)
