"""Recording a verdict, and withdrawing one with a reason."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from db import desks, verdicts
from db.change import Change
from db.errors import CasebookError, Invalid
from db.verdicts import Verdict
from db.vocabulary import Op
from desktop import wording
from desktop.actions.verb import verb
from desktop.panels.verdict import VerdictPanel
from desktop.widgets.ask import Ask
from desktop.widgets.once import open_once


class VerdictVerbs(QObject):
    """The verbs of a verdict; nothing here can be undone."""

    def __init__(self, panel: VerdictPanel, settle: Callable[[], bool], turn: Callable[[], None]) -> None:
        super().__init__(panel)
        self._panel, self._settle, self._turn = panel, settle, turn
        context = panel.context
        self.give = verb(self, "Record &verdict", self._on_give, "Ctrl+Shift+V")
        self.withdraw = verb(self, "&Withdraw verdict…", self._on_withdraw, "Ctrl+Shift+W")
        self.give.setIcon(context.theme.icon("gavel"))
        self.withdraw.setIcon(context.theme.icon("rotate-ccw"))
        self.give.setEnabled(context.book.writable)
        panel.counted.connect(self._on_counted)

    def _on_give(self) -> None:
        """Record what the form says; the first time, show the form."""
        panel = self._panel
        if not panel.isVisible():
            self._turn()
            panel.form.start()
            return
        if not self._settle():
            return
        draft = panel.form.read()
        if not draft.rating:
            panel.form.complain(panel.form.rating, "Choose a rating.")
            panel.form.rating.setFocus()
            return
        try:
            with panel.context.book.change(Op.GIVE_VERDICT) as change:
                verdicts.give(change, panel.case_id, draft)
            panel.clear_draft()
        except Invalid as error:
            panel.form.complain_about(error.field, wording.explain(error).what)
        except CasebookError as error:
            panel.context.report(error)

    def _on_withdraw(self) -> None:
        standing = self._panel.standing
        if not standing:
            return
        home = desks.home(self._panel.context.book).name
        verdict = next((each for each in standing if each.desk == home), standing[0])
        words = (
            f"“{verdict.rating}”, given by {verdict.analyst}, {verdict.desk}, on {wording.when(verdict.decided_on)}. "
            "It stays in the history and in the dossier, with your name and this reason."
        )
        window: QWidget = self._panel.window()

        def answered(reason: str) -> None:
            self._withdraw(verdict, reason)

        open_once(Ask(window, "Withdraw verdict", words, "Withdraw", answered, required=True))

    def _withdraw(self, verdict: Verdict, reason: str) -> None:
        def write(change: Change) -> None:
            verdicts.withdraw(change, verdict.id, reason)

        self._panel.context.save(Op.WITHDRAW_VERDICT, write)

    def refresh(self, shown: bool) -> None:
        """Allow withdrawing while a case with a verdict that stands is in sight."""
        writable = self._panel.context.book.writable
        self.withdraw.setEnabled(shown and writable and bool(self._panel.case_id and self._panel.standing))

    def _on_counted(self) -> None:
        self.refresh(shown=True)
