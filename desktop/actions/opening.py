"""Opening a casebook: at once where this computer knows the file, otherwise after it was looked over."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from db import familiar, places, workcopies
from db.casebook import Casebook
from db.errors import CasebookError, Damaged, SealedFile, Torn
from db.progress import Progress
from db.workcopies import WorkCopy
from desktop import folders, place_words
from desktop.jobs import Jobs
from desktop.settings import Settings
from desktop.widgets.choice import Choice
from desktop.widgets.once import open_once
from desktop.widgets.texts import isolated

if TYPE_CHECKING:
    from db.lookover import Looked

_ADOPTED = (
    "This file was not as this computer left it: all that was saved in it is verified, and its tables were made anew."
)
_WORK = "What you do here is kept in a copy on this computer, and “Merge back” brings it there."


class Opening(QObject):
    """Opens files and shows what becomes of them.

    `handed_over` names a file of cases that is no casebook, `sealed` one that nobody can look into without its words.
    """

    handed_over = Signal(Path)
    sealed = Signal(Path)
    told = Signal(str)

    def __init__(
        self,
        window: QWidget,
        settings: Settings,
        jobs: Jobs,
        show: Callable[[Casebook], None],
        book: Callable[[], Casebook | None],
        report: Callable[[Exception], None],
    ) -> None:
        super().__init__(window)
        self._window, self._settings, self._jobs = window, settings, jobs
        self._show, self._book, self._report = show, book, report

    def open(self, path: Path) -> None:
        """Open a casebook, or its working copy where there is one; one that cannot be opened is reported."""
        path = path.absolute()
        shown = self._book()
        if shown and path == shown.origin:
            return
        if places.of(path).shared:
            work = workcopies.at(path)
            if work is None:
                self._look_over(path)
                return
            path = work.copy
        if self._is_shown(path):
            return
        if not path.is_file() or familiar.knows(path):  # where there is no file, that is said at once
            self._open_known(path)
        else:
            self._look_over(path)

    def _is_shown(self, path: Path) -> bool:
        book = self._book()
        if book is None or places.of(book.origin).shared:  # the path is here, and a dead share would not answer
            return False
        return path.exists() and book.origin.exists() and path.samefile(book.origin)

    def _open_known(self, path: Path) -> None:
        try:
            book = Casebook.open(path)
        except (CasebookError, OSError) as error:
            self._report(error)
            return
        self._settings.opened(book.path)
        self._show(book)

    def _look_over(self, path: Path) -> None:
        found: list[Looked] = []

        def work(progress: Progress) -> Looked:
            from db import lookover  # noqa: PLC0415 (start-up does not wait for it)

            return lookover.look_over(path, progress)

        job = self._jobs.start(
            f"Looking over {isolated(path.name)}",
            work,
            found.append,
            failed=lambda error: self._on_refused(path, error),
        )
        job.ended.connect(lambda: self._go_on(found[0]) if found else None)  # not before: showing waits for all jobs

    def _on_refused(self, path: Path, error: Exception) -> None:
        """Tell why a file is not opened; one that has backups here is this desk's own, and comes back from them."""
        from db import backups  # noqa: PLC0415 (start-up does not wait for it)

        book = self._book()
        if isinstance(error, SealedFile) and book and book.writable:
            self.sealed.emit(path)
            return
        if isinstance(error, Torn) and Path(os.path.realpath(path)) in backups.known():
            error = Damaged(path, error.detail)
        self._report(error)

    def _go_on(self, looked: Looked) -> None:
        if looked.cases_only:
            self.handed_over.emit(looked.origin)
        elif looked.closed is None:
            self._open_known(looked.origin)
            self.told.emit(_ADOPTED)
        elif looked.place.shared:
            self._ask(looked)
        else:
            self._view(looked)

    def _ask(self, looked: Looked) -> None:
        """Whether to work on a copy of what lies in a shared place, or to read it only."""
        work = workcopies.of_casebook(looked.casebook)
        name = isolated(looked.origin.name)
        where = f"The casebook “{name}” lies {place_words.place(looked.place)}: nothing is saved there."
        if work:
            there = f"You have a working copy of it on this computer already: {isolated(str(work.copy))}"
            ways = [("Go on with my copy", lambda: self._go_on_with(work, looked))]
        else:
            there = _WORK
            ways = [("Work on a copy here", lambda: self._work_here(looked))]
        ways.append(("Only read it", lambda: self._view(looked)))
        open_once(Choice(self._window, "Work on a copy?", (where, there), ways, looked.throw_away))

    def _go_on_with(self, work: WorkCopy, looked: Looked) -> None:
        """Open the copy; the file that was asked for is where it is merged back from now on."""
        looked.throw_away()
        try:
            workcopies.lead_to(work, looked.origin, looked.place)
        except CasebookError as error:
            self._report(error)
            return
        self.open(work.copy)

    def _work_here(self, looked: Looked) -> None:
        made: list[WorkCopy] = []

        def work(_: Progress) -> WorkCopy:
            assert looked.file
            return workcopies.begin(looked.file, folders.documents(), looked.casebook, looked.origin, looked.place)

        def go_on() -> None:
            looked.throw_away()
            if made:
                self._open_known(made[0].copy)

        job = self._jobs.start(f"Copying {isolated(looked.origin.name)}", work, made.append)
        job.ended.connect(go_on)

    def _view(self, looked: Looked) -> None:
        from db import lookover  # noqa: PLC0415 (start-up does not wait for it)

        try:
            view = lookover.View.of(looked)
        except (CasebookError, OSError) as error:
            looked.throw_away()
            self._report(error)
            return
        if looked.place.sort is not places.Sort.NETWORK:  # the list of recent ones must not wait for a dead share
            self._settings.opened(looked.origin)
        self._show(view)
