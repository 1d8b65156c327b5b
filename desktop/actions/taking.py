"""A file of others on its way in: read, shown, and kept in one save, or discarded."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from db import cases
from db.change import Change
from db.errors import Unreadable
from db.exchange.vocabulary import Encoding, Medium
from db.progress import Progress
from db.vocabulary import Op
from desktop import wording
from desktop.context import Context
from desktop.jobs import Job
from desktop.widgets.once import open_once
from desktop.widgets.texts import isolated

if TYPE_CHECKING:
    from db.exchange.imports import Plan
    from desktop.forms.offers_form import OffersForm

T = TypeVar("T")
Failed = Callable[[Exception], None]


class Taking(QObject):
    """One file: reading it and keeping it run as jobs, and its window stays open between.

    Sources that come in may be cited in the case that is open.
    """

    def __init__(
        self, context: Context, window: QWidget, path: Path, tell: Callable[[str], None], case_id: str = ""
    ) -> None:
        super().__init__(window)
        self._case_id = case_id
        self._context, self._window, self._path, self._tell = context, window, path, tell
        self._form: OffersForm | None = None
        self._job: Job[Any] | None = None
        self._found: Plan | None = None

    def begin(self) -> None:
        """Read the file."""
        self._read(Encoding.UNICODE)

    def _read(self, encoding: Encoding) -> None:
        book = self._context.book

        def work(progress: Progress) -> Plan:
            from db.exchange import imports  # noqa: PLC0415 (start-up does not wait for it)

            with book.reader() as reader:
                return imports.plan(reader, self._path, encoding=encoding, progress=progress)

        self._start(f"Reading {isolated(self._path.name)}", work, self._on_read, self._on_unreadable)

    def _on_read(self, found: Plan) -> None:
        self._found = found
        self._shown(found).show_plan(found)

    def _on_unreadable(self, error: Exception) -> None:
        """Where another encoding may help, it can be chosen; everything else ends here."""
        from db.exchange.imports import Plan  # noqa: PLC0415 (start-up does not wait for it)

        if isinstance(error, Unreadable) and (self._form or error.detail == "letters"):
            nothing = Plan(Medium.RIS if self._path.suffix.lower() == ".ris" else Medium.CSV, ())
            form = self._shown(nothing)
            form.show_plan(nothing)
            form.say(wording.explain(error).what)
        else:
            self._context.report(error)
            self.deleteLater()

    def _shown(self, found: Plan) -> OffersForm:
        if self._form is None:
            from desktop.forms.offers_form import OffersForm  # noqa: PLC0415 (start-up does not wait for it)

            case = cases.one(self._context.book, self._case_id).reference if self._case_id else ""
            self._form = OffersForm(self._context.theme, self._path.name, found, self._window, case=case)
            self._form.kept.connect(self._on_kept)
            self._form.reread.connect(self._read)
            self._form.stopped.connect(self._on_stopped)
            self._form.finished.connect(self.deleteLater)
            open_once(self._form)
        return self._form

    def _on_kept(self) -> None:
        found, book = self._found, self._context.book
        assert found is not None
        cite_in = self._case_id if self._form and self._form.cite_in.isChecked() else ""

        def work(progress: Progress) -> Change:
            from db.exchange import imports  # noqa: PLC0415 (start-up does not wait for it)

            return book.change_apart(Op.TAKE_IN, partial(imports.keep, found=found, progress=progress, cite_in=cite_in))

        self._start(f"Taking in {isolated(self._path.name)}", work, self._on_taken, self._context.report)

    def _on_taken(self, change: Change) -> None:
        self._context.book.tell(change)
        assert self._found is not None
        assert self._form is not None
        self._tell(f"Taken in: {wording.plan(self._found)}")
        self._form.accept()

    def _start(self, title: str, work: Callable[[Progress], T], done: Callable[[T], None], failed: Failed) -> None:
        """Do work with the window open, where it is open already, and let it be stopped there."""

        def ended(then: Callable[[T], None], result: T) -> None:
            self._rest()
            then(result)

        def broke(error: Exception) -> None:
            self._rest()
            failed(error)

        self._job = self._context.jobs.start(
            title, work, partial(ended, done), failed=broke, cancelled=self._on_cancelled
        )
        if self._form:
            self._form.be_busy(True)
            self._job.progressed.connect(self._form.step)

    def _rest(self) -> None:
        if self._form:
            self._form.be_busy(False)

    def _on_stopped(self) -> None:
        if self._job:
            self._job.cancel()

    def _on_cancelled(self) -> None:
        self._rest()
        self._tell("Stopped: nothing was taken in.")
        if self._form is None:
            self.deleteLater()
