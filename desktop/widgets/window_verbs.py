"""Verbs of a window of its own: heard while that window has the keys, and shown in its bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QToolBar, QToolButton, QWidget


def verb_of(window: QWidget, text: str, do: Callable[[], object], *keys: str) -> QAction:
    """A verb of a window; its tool tip says its name and its first key."""
    action = QAction(text, window)
    action.setShortcuts([QKeySequence(key) for key in keys])
    shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    plain = text.rstrip("…")
    action.setToolTip(f"{plain} ({shown})" if shown else plain)
    action.triggered.connect(lambda _checked=False: do())
    window.addAction(action)
    return action


def show_icons(bar: QToolBar, verbs: Sequence[QAction]) -> None:
    """Show these verbs of a bar by their icons alone."""
    for action in verbs:
        button = bar.widgetForAction(action)
        if isinstance(button, QToolButton):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setAccessibleName(action.text())
