"""Citing a source that the casebook has already."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from db import sources
from desktop.actions.verb import MenuActions, verb
from desktop.forms.source_line import SourceChooser
from desktop.panels.evidence import EvidencePanel
from desktop.panels.origins import OriginsWindow
from desktop.widgets.grades_help import GradesHelp
from desktop.widgets.once import open_once


class EvidenceVerbs(QObject):
    """The verbs of sources that are not "New" and "Delete"."""

    def __init__(self, panel: EvidencePanel, turn: Callable[[], None]) -> None:
        super().__init__(panel)
        self._panel, self._turn = panel, turn
        self.cite = verb(self, "Cite an &existing source…", self._on_cite, "Ctrl+Shift+X")
        self.origins = verb(self, "Independent &origins…", self._on_origins, "Shift+F4")
        self.grades = verb(self, "What the &grades mean", self._on_grades)
        for action, icon in ((self.cite, "link"), (self.origins, "git-fork"), (self.grades, "info")):
            action.setIcon(panel.context.theme.icon(icon))

    @property
    def all(self) -> MenuActions:
        """The verbs, for menus."""
        return (self.cite, None, self.origins, self.grades)

    def _on_origins(self) -> None:
        self._turn()
        if self._panel.settle():
            window = OriginsWindow(self._panel.context, self._panel.case_id, self._panel.window())
            window.chosen.connect(self._panel.choose_source)
            open_once(window)

    def _on_grades(self) -> None:
        open_once(GradesHelp(self._panel.window()))

    def _on_cite(self) -> None:
        self._turn()
        if not self._panel.settle():
            return
        found = sources.all_of_them(self._panel.context.book)
        chooser = SourceChooser(self._panel.context.theme, found, self._panel.window())
        chooser.accepted.connect(lambda: self._panel.cite_existing(chooser.chosen))
        open_once(chooser)
