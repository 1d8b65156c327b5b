"""What is done with the open casebook as a whole: its desk, its scale, its integrity."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from db import check, desks, scales
from db.change import Change
from db.check import Report
from db.progress import Progress
from db.vocabulary import Op
from desktop import wording
from desktop.actions.verb import verb
from desktop.context import Context
from desktop.widgets.once import open_once
from desktop.widgets.told import Told


class BookVerbs(QObject):
    """The verbs of the File menu that act on the open casebook."""

    def __init__(self, context: Context, window: QWidget, more: Sequence[QAction] = ()) -> None:
        super().__init__(window)
        self._context, self._window, self._more = context, window, more
        self.desk = verb(self, "Des&k and analyst…", self._on_desk, "Ctrl+Shift+K")
        self.scale = verb(self, "Rating &scale…", self._on_scale, "Ctrl+Shift+G")
        self.check = verb(self, "Chec&k casebook", self._on_check, "Ctrl+Shift+I")
        for action, icon in ((self.desk, "user"), (self.scale, "scale"), (self.check, "shield-check")):
            action.setIcon(context.theme.icon(icon))
        for action in (self.desk, self.scale):
            action.setEnabled(context.book.writable)

    @property
    def all(self) -> tuple[QAction, ...]:
        """The verbs in the order of the menu."""
        return self.desk, self.scale, self.check, *self._more

    def _on_desk(self) -> None:
        from desktop.forms.desk_form import DeskForm  # noqa: PLC0415 (start-up does not wait for it)

        form = DeskForm(desks.home(self._context.book), self._window)

        def submitted(draft: desks.Desk) -> None:
            def write(change: Change) -> None:
                desks.edit(change, name=draft.name, code=draft.code, analyst=draft.analyst, imprint=draft.imprint)

            if self._context.save(Op.EDIT_DESK, write):
                form.accept()

        form.submitted.connect(submitted)
        open_once(form)

    def _on_scale(self) -> None:
        from desktop.forms.scale_form import ScaleForm  # noqa: PLC0415 (start-up does not wait for it)

        form = ScaleForm(self._context.theme, scales.ratings(self._context.book), self._window)

        def submitted(drafts: tuple[scales.RatingDraft, ...]) -> None:
            if self._context.save(Op.EDIT_SCALE, lambda change: scales.edit(change, drafts)):
                form.accept()

        form.submitted.connect(submitted)
        open_once(form)

    def _on_check(self) -> None:
        book = self._context.book

        def work(progress: Progress) -> Report:
            reader = book.reader()
            try:
                return check.check(reader, progress)
            finally:
                reader.close()

        self._context.jobs.start("Checking the casebook", work, self._on_checked)

    def _on_checked(self, report: Report) -> None:
        title = "The casebook is sound" if not report.problems else "The casebook has problems"
        open_once(Told(self._context.theme, title, wording.report(report), not report.problems, self._window))
