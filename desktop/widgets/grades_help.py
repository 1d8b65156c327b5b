"""What the letters and numbers of the Admiralty code mean, and when each is given."""

from __future__ import annotations

from PySide6.QtWidgets import QDialogButtonBox, QVBoxLayout, QWidget

from desktop import grades
from desktop.widgets.fitted import Fitted
from desktop.widgets.texts import Label, Prose

_WIDTH = 640


class GradesHelp(Fitted):
    """Both scales in full."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("What the grades mean")
        self.setMinimumWidth(_WIDTH)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(6)
        for heading, lines in grades.scale():
            box.addWidget(Label(heading, "heading"))
            for line in lines:
                box.addWidget(Prose(line))
            box.addSpacing(8)
        box.addWidget(buttons)
