"""Copying a source as a reference, in the style that was chosen on this computer."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from db import bibliography, sources
from db.bibliography import Style
from desktop import wording
from desktop.actions.verb import verb
from desktop.panels.evidence import EvidencePanel


class CitingVerbs(QObject):
    """Copies the chosen source; `told` says in a few words what is on the clipboard."""

    told = Signal(str)

    def __init__(self, panel: EvidencePanel, window: QWidget) -> None:
        super().__init__(panel)
        self._panel, self._settings = panel, panel.context.settings
        self.copy = verb(self, "Copy ci&tation", self._on_copy, "Ctrl+R")
        self.copy.setIcon(panel.context.theme.icon("quote"))
        self._menu = QMenu("Citation st&yle", window)
        self.style = self._menu.menuAction()
        self._styles = QActionGroup(self)
        for style in Style:
            action = self._styles.addAction(wording.word(style))
            action.setCheckable(True)
            action.setData(style)
            action.setChecked(style is self._settings.citing)
        self._menu.addActions(self._styles.actions())
        self._styles.triggered.connect(self._on_style)
        self._shown = False
        panel.chosen.connect(self._refresh)
        panel.counted.connect(self._refresh)

    @property
    def all(self) -> tuple[QAction, ...]:
        """Both verbs, for menus."""
        return (self.copy, self.style)

    def refresh(self, shown: bool) -> None:
        """Allow what can be done now."""
        self._shown = shown
        self._refresh()

    def _refresh(self) -> None:
        self.copy.setEnabled(self._shown and bool(self._panel.source_id))

    def _on_style(self, action: QAction) -> None:
        self._settings.citing = Style(action.data())
        if self.copy.isEnabled():
            self._on_copy()

    def _on_copy(self) -> None:
        if not self._panel.settle() or not self._panel.source_id:
            return
        source = sources.one(self._panel.context.book, self._panel.source_id)
        QGuiApplication.clipboard().setText(bibliography.cite(source, self._settings.citing))
        self.told.emit(f"Copied the citation. Style: {wording.word(self._settings.citing)}.")
