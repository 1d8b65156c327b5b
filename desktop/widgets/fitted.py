"""A dialog that is never too low for the words in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog


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
