"""Undo and redo, named by what they would take back or do again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from db.errors import CasebookError
from desktop import wording
from desktop.actions.verb import verb
from desktop.context import Context


class EditVerbs(QObject):
    """The verbs of the Edit menu."""

    def __init__(self, context: Context, settle: Callable[[], bool], find: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._settle = context, settle
        standard = QKeySequence.StandardKey
        self.undo = verb(self, "&Undo", self._on_undo, (standard.Undo,))
        self.redo = verb(self, "&Redo", self._on_redo, ("Ctrl+Shift+Z", "Ctrl+Y"))
        self.find = verb(self, "&Search everything", find, (standard.Find,))
        self.undo.setIcon(context.theme.icon("undo-2"))
        self.redo.setIcon(context.theme.icon("redo-2"))
        self.find.setIcon(context.theme.icon("search"))
        context.bulletin.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say what undo and redo would do now."""
        steps = self._context.book.steps()
        for action, word, step in ((self.undo, "Undo", steps.undo), (self.redo, "Redo", steps.redo)):
            action.setEnabled(step is not None and self._context.book.writable)
            words = f"{word} {wording.undo_label(step.verb)}" if step else word
            action.setText(f"&{words}")
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{words} ({keys})")

    def _on_undo(self) -> None:
        if self._settle():
            self._run(self._context.book.undo)

    def _on_redo(self) -> None:
        if self._settle():
            self._run(self._context.book.redo)

    def _run(self, step: Callable[[], bool]) -> None:
        try:
            step()
        except CasebookError as error:
            self._context.report(error)
