"""Settling what desks wrote without seeing each other."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from db.conflicts import DELETED, Version
from desktop.actions.verb import MenuActions, rename, verb
from desktop.forms.version_form import can_write
from desktop.panels.settling import SettlingPanel, SettlingVerbs

_MOST = 9  # versions that have a key; there are as many digits


class ConflictVerbs(QObject):
    """The verbs of a conflict; `look` goes to the place where it stands."""

    def __init__(self, panel: SettlingPanel, look: Callable[[], None]) -> None:
        super().__init__(panel)
        self._panel = panel
        icon = panel.context.theme.icon
        numbers = range(1, _MOST + 1)
        self.takes = [verb(self, f"Take version &{n}", self._on(panel.take, n), f"Alt+{n}") for n in numbers]
        self.starts = [
            verb(self, f"Write another, from version {n}", self._on(panel.start, n), f"Alt+Shift+{n}") for n in numbers
        ]
        for start in self.starts:
            start.setIconText("Write another")
        self.write = verb(self, "&Settle with what is written", panel.write, "Alt+Return")
        self.look = verb(self, "Show &where it stands", look, "Shift+F9")
        self.look.setIcon(icon("eye"))
        self.write.setIcon(icon("check"))
        panel.set_verbs(SettlingVerbs(self.takes, self.starts, self.write, self.look))
        panel.changed.connect(self.refresh)
        self.refresh()

    @staticmethod
    def _on(do: Callable[[int], None], number: int) -> Callable[[], None]:
        return lambda: do(number - 1)

    @property
    def all(self) -> MenuActions:
        """All of them, for menus."""
        return (*self.takes, None, *self.starts, None, self.write, self.look)

    def refresh(self) -> None:
        """Offer what can be done with the conflict in sight."""
        panel, conflict = self._panel, self._panel.conflict
        shown = panel.isVisible() and conflict is not None
        able = shown and panel.context.book.writable
        another = conflict is not None and can_write(conflict)
        for place, (take, start) in enumerate(zip(self.takes, self.starts, strict=True)):
            there = place < max(2, len(panel.choices))
            take.setVisible(there)
            take.setEnabled(able and there)
            start.setVisible(there)
            start.setEnabled(able and another and there)
            if place < len(panel.choices):
                self._name(take, place + 1, panel.choices[place][0])
        self.write.setEnabled(able and panel.writing)
        self.look.setEnabled(shown and conflict is not None and bool(conflict.cases))

    def _name(self, take: QAction, number: int, version: Version) -> None:
        if self._panel.conflict and self._panel.conflict.field == DELETED:
            rename(take, "&Delete it" if version.deletes else "&Keep it")
            take.setIconText("Delete it" if version.deletes else "Keep it")
        else:
            rename(take, f"Take version &{number}")
            take.setIconText("Take it")
