"""Ctrl+V with a picture on the clipboard, while a text field has the keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget


class PasteGuard(QObject):
    """Leaves Ctrl+V to the window where a text field could not paste anyway: on a picture without words.

    Text fields claim the key by accepting its ShortcutOverride; the guard sits on the focused one alone.
    """

    def __init__(self, action: QAction, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._action, self._window = action, window
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)
            self._on_focus_changed(None, app.focusWidget())

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if isinstance(new, QLineEdit | QPlainTextEdit | QTextEdit) and new.window() is self._window.window():
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ignore the claim of the text field where only a picture can be pasted."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
            return super().eventFilter(watched, event)
        if event.matches(QKeySequence.StandardKey.Paste) and self._action.isEnabled() and _only_a_picture():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def _only_a_picture() -> bool:
    mime = QGuiApplication.clipboard().mimeData()
    return mime is not None and mime.hasImage() and not mime.hasText()
