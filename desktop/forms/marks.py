"""Marks at the fields of a form of which several versions stand."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from db.conflicts import Conflict
from desktop import wording
from desktop.theme import Theme
from desktop.widgets.mark import Mark
from desktop.widgets.texts import Prose


class Marks(QObject):
    """Knows where the marks of a form belong; `wanted` names the conflict that somebody wants to settle."""

    wanted = Signal(str)

    def __init__(self, form: QWidget, rows: QVBoxLayout) -> None:
        super().__init__(form)
        self._rows = rows
        self._places: dict[QWidget, QHBoxLayout] = {}
        self._marks: dict[QWidget, Mark] = {}
        self._banner: QFrame | None = None

    def lay(self, editor: QWidget, row: QHBoxLayout) -> None:
        """The mark of an editor belongs after the first thing in this row."""
        self._places[editor] = row

    def show(self, theme: Theme, found: Mapping[QWidget, Conflict], whole: Conflict | None) -> None:
        """Mark these editors and no others, and say above the form where all of it was deleted elsewhere."""
        for editor in self._marks.keys() - found.keys():
            _take_away(self._marks.pop(editor))
        for editor, conflict in found.items():
            if editor not in self._marks and editor in self._places:
                self._marks[editor] = self._mark(theme, self._places[editor])
            if editor in self._marks:
                _name(self._marks[editor], conflict, f"{len(conflict.choices)} versions")
        if self._banner:
            _take_away(self._banner)
        self._banner = self._whole(theme, whole) if whole else None

    def _mark(self, theme: Theme, row: QHBoxLayout) -> Mark:
        mark = Mark(theme)
        mark.clicked.connect(self._on_clicked)
        row.insertWidget(1, mark)
        return mark

    def _whole(self, theme: Theme, conflict: Conflict) -> QFrame:
        banner = QFrame()
        banner.setProperty("banner", "warning")
        row = QHBoxLayout(banner)
        row.setContentsMargins(12, 6, 8, 6)
        gone = next(version for version in conflict.versions if version.deletes)
        row.addWidget(Prose(f"Deleted by {gone.analyst}, {gone.desk}, while another desk changed it.", "warning"), 1)
        _name(self._mark(theme, row), conflict, "Keep or delete")
        self._rows.insertWidget(0, banner)
        return banner

    def _on_clicked(self) -> None:
        mark = self.sender()
        if mark is not None:
            self.wanted.emit(str(mark.property("conflict")))


def _name(mark: Mark, conflict: Conflict, words: str) -> None:
    who = ", ".join(dict.fromkeys(f"{version.analyst} ({version.desk})" for version in conflict.versions))
    mark.say(words, f"{wording.place(conflict.kind, conflict.field)} is in conflict.\nWritten by {who}. Settle it.")
    mark.setProperty("conflict", conflict.id)


def _take_away(widget: QWidget) -> None:
    widget.hide()
    widget.deleteLater()
