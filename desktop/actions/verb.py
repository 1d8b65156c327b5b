"""A verb: one QAction, shown alike by menu, toolbar, context menu and shortcut."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

Keys = str | QKeySequence.StandardKey


def verb(
    parent: QObject, text: str, do: Callable[[], object], keys: Keys | tuple[Keys, ...] = (), hint: str = ""
) -> QAction:
    """A QAction that does something when it is triggered."""
    action = QAction(text, parent)
    action.setShortcuts([QKeySequence(k) for k in (keys if isinstance(keys, tuple) else (keys,))])
    plain = text.replace("&", "").rstrip("…")
    shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setToolTip(hint or (f"{plain} ({shown})" if shown else plain))
    action.triggered.connect(lambda _checked=False: do())
    return action
