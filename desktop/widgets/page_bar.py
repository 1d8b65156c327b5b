"""Below a document with pages: which page is shown, the way to the next, and its words in place of its picture."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop.theme import Theme
from desktop.widgets.texts import Label


class PageBar(QWidget):
    """Hidden for what has no pages. `wanted` carries the page to be shown, from 0; `words_wanted` whether as words."""

    wanted = Signal(int)
    words_wanted = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._page = self._count = 0
        self.up = self._verb("Page before", "chevron-up", "PgUp")
        self.down = self._verb("Next page", "chevron-down", "PgDown")
        self.words = self._verb("Words of all pages", "file-text", "T")
        self.label = Label("", "soft")
        self.up.triggered.connect(lambda: self.step(-1))
        self.down.triggered.connect(lambda: self.step(1))
        self.words.setCheckable(True)
        self.words.setShortcut(QKeySequence("T"))
        self.words.toggled.connect(self._on_words)
        theme.changed.connect(self._draw)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.addStretch(1)
        for widget in (
            self._button(self.up),
            self.label,
            self._button(self.down),
            self._button(self.words, named=True),
        ):
            row.addWidget(widget)
        row.addStretch(1)
        self._draw()
        self.forget()

    def forget(self) -> None:
        """There are no pages."""
        self._page = self._count = 0
        self.words.setChecked(False)
        self.hide()

    def show_page(self, page: int, count: int) -> None:
        """Say that this page of so many is shown."""
        self._page, self._count = page, count
        self.label.setText(f"page {page + 1} of {count}")
        self.setVisible(count > 0)
        self._allow()

    def step(self, by: int) -> bool:
        """Ask for the next page, or the one before; returns whether pages are turned here at all."""
        turns = self._count > 0 and not self.words.isChecked()
        if turns and 0 <= self._page + by < self._count:
            self.wanted.emit(self._page + by)
        return turns

    def _on_words(self, shown: bool) -> None:
        self._allow()
        if self._count:
            self.words_wanted.emit(shown)

    def _allow(self) -> None:
        pages = not self.words.isChecked()
        self.up.setEnabled(pages and self._page > 0)
        self.down.setEnabled(pages and self._page + 1 < self._count)

    def _verb(self, text: str, icon: str, keys: str) -> QAction:
        action = QAction(text, self)
        action.setToolTip(f"{text} ({QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)})")
        action.setData(icon)
        self.addAction(action)
        return action

    def _button(self, action: QAction, *, named: bool = False) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        style = Qt.ToolButtonStyle
        button.setToolButtonStyle(style.ToolButtonTextBesideIcon if named else style.ToolButtonIconOnly)
        button.setAccessibleName(action.text())
        return button

    def _draw(self) -> None:
        for action in (self.up, self.down, self.words):
            action.setIcon(self._theme.icon(action.data()))
