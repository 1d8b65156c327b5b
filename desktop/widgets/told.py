"""A small window that says how something came out."""

from __future__ import annotations

from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.fitted import Fitted
from desktop.widgets.texts import Label, Prose


class Told(Fitted):
    """Says something in full; its words can be selected and copied."""

    def __init__(self, theme: Theme, title: str, words: str, good: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        sign = Label()
        color = "good" if good else "danger"
        sign.setPixmap(theme.icon("check" if good else "circle-alert", color).pixmap(24, 24))
        head = QHBoxLayout()
        head.addWidget(sign)
        head.addWidget(Label(title, "heading"), 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addLayout(head)
        box.addWidget(Prose(words))
        box.addWidget(buttons)
