"""Casebooks: making, opening and leaving them, and what they say of the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from db.casebook import Casebook
from db.errors import CasebookError
from db.progress import Progress, Share
from desktop.actions.opening import Opening
from desktop.actions.verb import verb
from desktop.jobs import Jobs
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.widgets.choice import Choice
from desktop.widgets.once import open_once
from desktop.widgets.texts import isolated

if TYPE_CHECKING:
    from desktop.forms.casebook_form import CasebookForm, NewCasebook


class FileVerbs(QObject):
    """The verbs of the File menu that need no open casebook. `wanted_in` names a file to take into the one shown."""

    told = Signal(str)
    wanted_in = Signal(Path)

    def __init__(
        self,
        window: QWidget,
        settings: Settings,
        theme: Theme,
        jobs: Jobs,
        show: Callable[[Casebook], None],
        book: Callable[[], Casebook | None],
        report: Callable[[Exception], None],
    ) -> None:
        super().__init__(window)
        self._window, self._settings, self._jobs = window, settings, jobs
        self._show, self._book, self._report = show, book, report
        self._opening = Opening(window, settings, jobs, show, book, report)
        self._opening.handed_over.connect(self._on_handed_over)
        self._opening.sealed.connect(self.wanted_in)
        self._opening.told.connect(self.told)
        self.new = verb(self, "&New casebook…", self._on_new, "Ctrl+Shift+N")
        self.open = verb(self, "&Open casebook…", self._on_open, "Ctrl+O")
        self.demonstration = verb(self, "&Demonstration", self._on_demonstration, "Ctrl+Shift+D")
        self.new.setIcon(theme.icon("file-plus"))
        self.open.setIcon(theme.icon("folder-open"))
        self.demonstration.setIcon(theme.icon("play"))
        self.recent = QMenu("Open &recent", window)
        self.recent.aboutToShow.connect(self._fill_recent)

    def open_path(self, path: Path) -> None:
        """Open a casebook and show it; one that cannot be opened is reported, the one that is shown stays."""
        self._opening.open(path)

    def _on_new(self) -> None:
        self._ask_new(self._make)

    def _ask_new(self, make: Callable[[CasebookForm, NewCasebook], None]) -> None:
        from desktop.forms.casebook_form import CasebookForm  # noqa: PLC0415 (start-up does not wait for it)

        form = CasebookForm(self._settings, self._window)

        def submitted(new: NewCasebook) -> None:
            make(form, new)

        form.submitted.connect(submitted)
        open_once(form)

    def _make(self, form: CasebookForm, new: NewCasebook) -> None:
        try:
            book = Casebook.create(new.path, new.desk, new.code, new.analyst)
        except (CasebookError, OSError) as error:
            self._report(error)
            return
        form.accept()
        self._settings.analyst = new.analyst
        self._settings.opened(book.path)
        self._show(book)

    def _on_handed_over(self, path: Path) -> None:
        """Ask what to do with a file that holds some cases and is no casebook."""
        words = (
            f"The file “{isolated(path.name)}” holds cases that another desk handed over. It is no casebook by itself.",
            "All of it was verified, and nothing was taken in yet.",
        )
        ways = [("Make a new casebook of it…", lambda: self._ask_new(partial(self._make_of, path)))]
        book = self._book()
        if book and book.writable:
            ways.insert(0, ("Take it into the open casebook…", lambda: self.wanted_in.emit(path)))
        open_once(Choice(self._window, "Cases that were handed over", words, ways))

    def _make_of(self, path: Path, form: CasebookForm, new: NewCasebook) -> None:
        """Make a new casebook with all that a file of cases holds."""
        form.accept()
        self._settings.analyst = new.analyst
        made: list[Path] = []

        def work(progress: Progress) -> Path:
            from db import intake, merge  # noqa: PLC0415 (start-up does not wait for it)

            with intake.receive(path, None, Share(progress, 0, 50)) as incoming:
                Casebook.create(new.path, new.desk, new.code, new.analyst).close()
                try:
                    merge.apply(new.path, incoming, Share(progress, 50, 100))
                except BaseException:
                    new.path.unlink(missing_ok=True)
                    raise
            return new.path

        job = self._jobs.start(f"Taking in {isolated(path.name)}", work, made.append)
        job.ended.connect(lambda: self.open_path(made[0]) if made else None)

    def _on_open(self) -> None:
        start = self._settings.recent[0].parent if self._settings.recent else Path.home()
        dialog = QFileDialog(self._window, "Open casebook", str(start))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(["Casebooks (*.casebook)", "All files (*)"])
        dialog.fileSelected.connect(lambda name: self.open_path(Path(name)))
        open_once(dialog)

    def _on_demonstration(self) -> None:
        from desktop import demonstration  # noqa: PLC0415 (start-up does not wait for it)

        try:
            path = demonstration.fresh()
        except (CasebookError, OSError) as error:
            self._report(error)
            return
        self.open_path(path)

    def _fill_recent(self) -> None:
        self.recent.clear()
        for path in self._settings.recent:
            action = self.recent.addAction(f"{path.stem}  –  {path.parent}".replace("&", "&&"))
            action.setData(path)
            action.triggered.connect(self._on_recent)
        if not self.recent.actions():
            self.recent.addAction("Nothing opened yet").setEnabled(False)

    def _on_recent(self) -> None:
        action = self.sender()
        if action is not None:
            self.open_path(Path(str(action.data())))  # type: ignore[attr-defined]
