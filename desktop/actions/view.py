"""The look of the window, and what helps to find one's way in it."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QWidget

from desktop.actions.verb import verb
from desktop.settings import Look, Settings
from desktop.theme import Theme
from desktop.widgets.once import open_once

_NAMES = ((Look.SYSTEM, "Look of the &system"), (Look.LIGHT, "&Light"), (Look.DARK, "&Dark"))


class ViewVerbs(QObject):
    """The verbs of the View and Help menus that need no open casebook."""

    def __init__(self, window: QWidget, settings: Settings, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._settings, self._theme = window, settings, theme
        self._group = QActionGroup(self)
        for look, name in _NAMES:
            action = self._group.addAction(name)
            action.setCheckable(True)
            action.setData(look)
            action.setChecked(settings.look is look)
        self._group.triggered.connect(self._on_look)
        self.shortcuts = verb(self, "&Keyboard shortcuts", self._on_shortcuts, "F1")
        self.about = verb(self, "&About Claimdesk", self._on_about, "Shift+F1")

    @property
    def looks(self) -> list[QAction]:
        """The looks to choose from."""
        return self._group.actions()

    def _on_look(self, action: QAction) -> None:
        self._settings.look = Look(action.data())
        self._theme.wear(self._settings.look)

    def _on_shortcuts(self) -> None:
        from desktop.widgets.shortcuts import Shortcuts  # noqa: PLC0415 (seldom looked at)

        open_once(Shortcuts([action for action in self._window.findChildren(QAction) if action.text()], self._window))

    def _on_about(self) -> None:
        from desktop.widgets.about import About  # noqa: PLC0415 (seldom looked at)

        open_once(About(self._window))
