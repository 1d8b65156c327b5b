"""A verb: one QAction, shown alike by menu, toolbar, context menu and shortcut."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

Keys = str | QKeySequence.StandardKey
MenuActions = Sequence[QAction | None]


@dataclass(frozen=True, slots=True)
class MenuPlan:
    """One menu of the menu bar; None stands for a line between verbs."""

    title: str
    actions: MenuActions


def menu_of(parent: QWidget, actions: MenuActions) -> QMenu:
    """A menu of verbs; None stands for a line between them."""
    menu = QMenu(parent)
    fill(menu, actions)
    return menu


def fill(menu: QMenu, actions: MenuActions) -> None:
    """Put verbs into a menu; None stands for a line between them."""
    for action in actions:
        if action:
            menu.addAction(action)
        else:
            menu.addSeparator()


def verb(
    parent: QObject, text: str, do: Callable[[], object], keys: Keys | tuple[Keys, ...] = (), hint: str = ""
) -> QAction:
    """A QAction that does something when it is triggered."""
    action = QAction(text, parent)
    action.setShortcuts([QKeySequence(k) for k in (keys if isinstance(keys, tuple) else (keys,))])
    rename(action, text, hint)
    action.triggered.connect(lambda _checked=False: do())
    return action


def rename(action: QAction, text: str, hint: str = "") -> None:
    """Call a verb something else; its tool tip says its name and its key, unless there is a hint."""
    plain = text.replace("&", "").rstrip("…")
    shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setText(text)
    action.setToolTip(hint or (f"{plain} ({shown})" if shown else plain))
