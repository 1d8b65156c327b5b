"""Fields of a small window: each under its label, with what is wrong with it said in words below."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.widgets.texts import Label, Line, Text


class Asked(QWidget):
    """One field with its label; `complain` says below it why it will not do."""

    def __init__(self, label: str, editor: Line | Text, hint: str = "", beside: QWidget | None = None) -> None:
        super().__init__()
        self.editor, self._hint = editor, hint
        self._title = Label(label, "label")
        self._title.setBuddy(editor)
        self._below = Label(hint, "faint")
        self._below.setWordWrap(True)
        self._below.setVisible(bool(hint))
        editor.setAccessibleName(label)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(editor, 1)
        if beside:
            row.addWidget(beside)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        box.addWidget(self._title)
        box.addLayout(row)
        box.addWidget(self._below)
        box.addStretch(1)

    @property
    def text(self) -> str:
        """What is typed, without the spaces around it."""
        return self.editor.text().strip()

    def explain(self, hint: str) -> None:
        """Show another hint below the field, while nothing is wrong."""
        self._hint = hint
        if not self.wrong:
            self.complain("")

    @property
    def wrong(self) -> bool:
        """Whether the field has a complaint."""
        return bool(self.editor.property("wrong"))

    def complain(self, words: str) -> None:
        """Say what is wrong; empty words say that nothing is."""
        self._below.setText(words or self._hint)
        self._below.setVisible(bool(words or self._hint))
        self.editor.setAccessibleDescription(words or self._hint)
        for widget, name, value in ((self.editor, "wrong", bool(words)), (self._below, "tone", _tone(words))):
            if widget.property(name) != value:
                widget.setProperty(name, value)
                widget.style().unpolish(widget)
                widget.style().polish(widget)


def _tone(words: str) -> str:
    return "danger" if words else "faint"
