"""A long plain text to read; it comes in by parts, for laying a megabyte out at once would hold the window up."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

_PART = 20_000


class TextView(QTextEdit):
    """Shows a text that can be read, searched and copied, never edited."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rest = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._show_part)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setAccessibleName("Text")

    def show_text(self, text: str) -> None:
        """Show this text from its beginning."""
        self.clear()
        self._rest = text
        self._show_part()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _show_part(self) -> None:
        part, self._rest = self._rest[:_PART], self._rest[_PART:]
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(part)
        if self._rest:
            self._timer.start(0)
