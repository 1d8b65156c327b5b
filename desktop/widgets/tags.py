"""The tags of a case: each with a button that takes it off, and a line to add one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QToolButton, QWidget

from desktop.theme import Theme
from desktop.widgets.texts import Line

_LONGEST = 28


class TagBar(QWidget):
    """Shows tags; asks for one to be put on or taken off."""

    added = Signal(str)
    removed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._tags = QHBoxLayout()
        self._row.addLayout(self._tags)
        self.line = Line("Add a tag")
        self.line.setAccessibleName("Add a tag")
        self.line.setMaximumWidth(150)
        self.line.returnPressed.connect(self._on_entered)
        self.line.editingFinished.connect(self._on_entered)
        self._row.addWidget(self.line)
        self._row.addStretch(1)
        self._shown: tuple[str, ...] = ()

    def show_tags(self, tags: tuple[str, ...], offered: tuple[str, ...], writable: bool) -> None:
        """Make these the tags, and complete a new one from those in use."""
        self.line.setVisible(writable)
        completer = QCompleter(list(offered), self.line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.line.setCompleter(completer)
        if tags == self._shown:
            return
        self._shown = tags
        while self._tags.count():
            item = self._tags.takeAt(0)
            if item and (widget := item.widget()):
                widget.hide()
                widget.deleteLater()
        for tag in tags:
            self._tags.addWidget(self._button(tag, writable))

    def _button(self, tag: str, writable: bool) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("tag", True)
        button.setText((tag if len(tag) <= _LONGEST else tag[:_LONGEST] + "…").replace("&", "&&"))
        button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross stands after the word
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIcon(self._theme.icon("x"))
        button.setToolTip("Take this tag off")
        button.setAccessibleName(f"Take off the tag {tag}")
        button.setEnabled(writable)
        button.setProperty("name", tag)
        button.clicked.connect(self._on_removed)
        return button

    def _on_entered(self) -> None:
        text = self.line.text().strip()
        if text:
            self.line.clear()
            self.added.emit(text)

    def _on_removed(self) -> None:
        button = self.sender()
        if button is not None:
            self.removed.emit(str(button.property("name")))
