"""A window in which one thing out of many is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.entries import Entry, EntryList
from desktop.widgets.fitted import Answers
from desktop.widgets.texts import Label, Line, Prose


class Chooser(QDialog):
    """Offers things, narrowed as one types; accepted with the id of one as `chosen`.

    `hint` says what may be typed, `name` what is listed.
    """

    def __init__(
        self, theme: Theme, parent: QWidget, title: str, answer: str, hint: str, name: str, words: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(620, 480)
        self.line = Line(hint)
        self.line.setAccessibleName(hint)
        self.list = EntryList(theme, name)
        buttons = Answers(self, answer, self.accept)
        self.button = buttons.answer
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(20, 18, 20, 16)
        self.rows.addWidget(Label(title, "heading"))
        if words:
            self.rows.addWidget(Prose(words, "soft"))
        for widget in (self.line, self.list, buttons):
            self.rows.addWidget(widget)
        self.line.textChanged.connect(self._show)
        self.list.opened.connect(self.accept)
        self._show()

    def offer(self, typed: str) -> Sequence[Entry]:
        """What is listed for what was typed."""
        raise NotImplementedError

    @property
    def chosen(self) -> str:
        """The id of what is chosen."""
        return self.list.current

    def _show(self) -> None:
        entries = self.offer(self.line.text())
        self.list.show_entries(entries)
        self.button.setEnabled(bool(entries))
