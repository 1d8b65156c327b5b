"""Finding words in the text that is read."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from db.texts.span import Span
from desktop.widgets.paper import Paper
from desktop.widgets.texts import Label, Line

_WIDTH = 240


class FindLine(QWidget):
    """Shows every place of the words that are typed; Return goes to the next, Shift+Return to the one before."""

    def __init__(self, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paper = paper
        self._found: list[Span] = []
        self.line, self.told = Line("Find in this text"), Label("", "soft")
        self.line.setAccessibleName("Find in this text")
        self.line.setClearButtonEnabled(True)
        self.line.setFixedWidth(_WIDTH)
        self.line.textChanged.connect(self.look)
        self.line.installEventFilter(self)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(self.told)
        box.addWidget(self.line)

    def start(self) -> None:
        """Let words be typed."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def look(self) -> None:
        """Look for the words anew."""
        words = self.line.text().split()
        pattern = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
        self._found = [Span(*match.span()) for match in pattern.finditer(self._paper.text)] if words else []
        self._paper.show_found(self._found)
        count = len(self._found)
        self.told.setText(f"{count} {'place' if count == 1 else 'places'}" if words else "")

    def go_on(self, step: int) -> None:
        """Go to the next place, or to the one before; round at the ends."""
        if not self._found:
            return
        here = self._paper.here
        ahead = [place for place, each in enumerate(self._found) if each > here]
        behind = [place for place, each in enumerate(self._found) if each < here]
        place = next(iter(ahead), 0) if step > 0 else next(reversed(behind), len(self._found) - 1)
        self._paper.go_to(self._found[place], select=True)
        self.told.setText(f"{place + 1} of {len(self._found)}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk through what was found from the line; Escape goes back to the text."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.go_on(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.line.clear()
                self._paper.setFocus()
                return True
        return super().eventFilter(watched, event)
