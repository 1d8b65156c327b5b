"""What a machine read in a picture, beside the picture."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.extracts import Extract
from db.reading.found import State
from desktop import wording
from desktop.widgets.texts import Label, Prose, Reading

_MOST = 40  # lines; what is beyond scrolls
_WHY = {
    State.NO_TEXT: "No text was found in this picture.",
    State.BROKEN: "The text of this picture could not be read.",
    State.TOO_LARGE: "This picture is too large for its text to be read.",
    State.TOOK_TOO_LONG: "Reading this picture took too long.",
}


class MachineText(QWidget):
    """The text, its language, and what read it; hidden while nobody had the picture read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = Reading("Text read by a machine (may be wrong)", "", "", _MOST)
        self.told = Prose("", "faint")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(Label("Text read by a machine (may be wrong)", "label"))
        box.addWidget(self.text)
        box.addWidget(self.told)
        self.hide()

    def show_extract(self, read: Extract | None) -> None:
        """Show what was read; None for nothing."""
        self.setVisible(read is not None and read.tool.startswith("tesseract"))
        if read is not None:
            self.text.setText(read.text)
            self.text.setVisible(bool(read.text))
            language = wording.language(read.language)
            self.told.setText(" · ".join(part for part in (_WHY.get(read.state, ""), language, read.tool) if part))
