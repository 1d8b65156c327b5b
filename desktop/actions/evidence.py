"""Citing a source that the casebook has already."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from db import sources
from db.folding import fold
from db.sources import Source
from desktop import wording
from desktop.actions.verb import verb
from desktop.panels.evidence import EvidencePanel
from desktop.theme import Theme
from desktop.widgets.entries import Entry, EntryList
from desktop.widgets.fitted import Answers
from desktop.widgets.once import open_once
from desktop.widgets.texts import Label, Line

_MOST = 500


class EvidenceVerbs(QObject):
    """The verbs of sources that are not "New" and "Delete"."""

    def __init__(self, panel: EvidencePanel, turn: Callable[[], None]) -> None:
        super().__init__(panel)
        self._panel, self._turn = panel, turn
        self.cite = verb(self, "Cite an &existing source…", self._on_cite, "Ctrl+Shift+X")
        self.cite.setIcon(panel.context.theme.icon("link"))

    def _on_cite(self) -> None:
        self._turn()
        if not self._panel.settle():
            return
        found = sources.all_of_them(self._panel.context.book)
        chooser = SourceChooser(self._panel.context.theme, found, self._panel.window())
        chooser.accepted.connect(lambda: self._panel.cite_existing(chooser.chosen))
        open_once(chooser)


class SourceChooser(QDialog):
    """Offers the sources of the casebook, narrowed as one types."""

    def __init__(self, theme: Theme, found: tuple[Source, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Cite an existing source")
        self.resize(620, 480)
        self._found = found
        self.line = Line("Title, author or publisher")
        self.list = EntryList(theme, "Sources")
        buttons = Answers(self, "Cite", self.accept)
        self.button = buttons.answer
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        for widget in (Label("Cite an existing source", "heading"), self.line, self.list, buttons):
            box.addWidget(widget)
        self.line.textChanged.connect(self._show)
        self.list.opened.connect(self.accept)
        self._show()

    @property
    def chosen(self) -> str:
        """The id of the chosen source."""
        return self.list.current

    def _show(self) -> None:
        wanted = fold(self.line.text())
        kept = [s for s in self._found if wanted in fold(f"{s.title} {s.author} {s.publisher}")][:_MOST]
        self.list.show_entries([Entry(s.id, s.title, _line(s), wording.word(s.kind)) for s in kept])
        self.button.setEnabled(bool(kept))


def _line(source: Source) -> str:
    return " · ".join(p for p in (source.author, source.publisher, wording.when(source.published_on)) if p)
