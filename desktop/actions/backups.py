"""Looking at the backups of a casebook, open or not, making one, and putting one back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from db import backups, losses, restore
from db.backups import Backup, Why
from db.casebook import Casebook
from db.errors import CasebookError
from db.progress import Progress
from db.restore import Restored
from desktop import wording
from desktop.actions.verb import verb
from desktop.jobs import Job, Jobs
from desktop.theme import Theme
from desktop.widgets.notice import Notice
from desktop.widgets.once import open_once
from desktop.widgets.texts import isolated

if TYPE_CHECKING:
    from desktop.forms.backups_form import BackupsForm, Compared

T = TypeVar("T")


class BackupVerbs(QObject):
    """The verb of the File menu that opens the backups: of the open casebook, or of any that has some.

    `wanted` names the casebook to open after a restore, `told` says in a few words how it came out.
    """

    wanted = Signal(Path)
    told = Signal(str)

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        jobs: Jobs,
        book: Callable[[], Casebook | None],
        marked: Callable[[], Path | None],
        leave: Callable[[], bool],
        report: Callable[[Exception], None],
    ) -> None:
        super().__init__(window)
        self._window, self._theme, self._jobs = window, theme, jobs
        self._book, self._marked, self._leave, self._report = book, marked, leave, report
        self._form: BackupsForm | None = None
        self._job: Job[Any] | None = None
        self.look = verb(self, "&Backups…", self._on_look, "Ctrl+B")
        self.look.setIcon(theme.icon("rotate-ccw"))

    def _on_look(self) -> None:
        from desktop.forms.backups_form import BackupsForm  # noqa: PLC0415 (start-up does not wait for it)

        book, marked = self._book(), self._marked()
        paths = [book.path] if book else [*([marked] if marked else []), *backups.known()]
        writable = book is None or book.writable
        form = BackupsForm(
            self._theme, list(dict.fromkeys(paths)), opened=bool(book), writable=writable, parent=self._window
        )
        form.turned.connect(self._list)
        form.chosen.connect(self._compare)
        form.wanted_now.connect(self._make)
        form.wanted_restore.connect(self._restore)
        form.wanted_copy.connect(self._choose_file)
        form.finished.connect(self._on_closed)
        self._form = form
        if form.path:
            self._list(form.path)
        open_once(form)

    def _on_closed(self) -> None:
        self._form = None
        self._stop()

    def _stop(self) -> None:
        """Leave what was begun for the backup that was chosen before."""
        if self._job:
            self._job.cancel()
            self._job = None

    def _list(self, path: Path, choose: str = "") -> None:
        if self._form:
            self._form.show_backups(backups.of(path), choose)

    def _run(
        self,
        title: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        *,
        failed: Callable[[Exception], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        alone: bool = True,
    ) -> None:
        """Begin work for the window of the backups, in place of what was begun before."""
        self._stop()
        if self._form:
            told = self._report if failed is None else failed
            job = self._jobs.start(title, work, done, failed=told, cancelled=cancelled or _nothing)
            self._job = job
            self._form.follow(job, alone=alone)

    @property
    def _path(self) -> Path | None:
        book = self._book()
        return book.path if book else self._form.path if self._form else None

    def _compare(self, backup: Backup) -> None:
        if self._path:
            work = partial(_compared, backup, self._path)
            done, failed = partial(self._on_compared, backup), partial(self._on_trouble, backup)
            self._run("Looking at a backup", work, done, failed=failed, alone=False)

    def _on_compared(self, backup: Backup, compared: Compared) -> None:
        if self._form:
            self._form.show_compared(backup, compared)

    def _on_trouble(self, backup: Backup, error: Exception) -> None:
        if self._form and isinstance(error, CasebookError):
            self._form.show_trouble(backup, wording.explain(error).what)
        else:
            self._report(error)

    def _make(self) -> None:
        book = self._book()
        if book:
            self._run("Backing up", partial(_made, book), self._on_made)

    def _on_made(self, made: Backup) -> None:
        if self._form:
            self._list(made.casebook, made.path.name)
            self._form.say("Backed up and checked.")

    def _choose_file(self, backup: Backup) -> None:
        if not self._form:
            return
        name = f"{backup.casebook.stem} {backup.made_at[:10]}.casebook"
        chooser = QFileDialog(self._form, "Save a copy of the backup", str(backup.casebook.parent / name))
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setNameFilter("Casebooks (*.casebook)")
        chooser.setDefaultSuffix("casebook")
        chooser.selectFile(name)
        chooser.fileSelected.connect(lambda chosen: self._copy(backup, Path(chosen)))
        open_once(chooser)

    def _copy(self, backup: Backup, target: Path) -> None:
        self._run("Saving a copy", partial(restore.copy_out, backup, target), self._on_copied)

    def _on_copied(self, target: Path) -> None:
        if self._form:
            self._form.say(f"Saved a copy as {isolated(target.name)}.")

    def _restore(self, backup: Backup) -> None:
        path, book = self._path, self._book()
        self._stop()
        if not path or not self._form:
            return
        if book and not self._leave():  # what is typed cannot be saved: it is shown
            self._form.reject()
            return
        again = path if book else None
        self._run(
            "Restoring the casebook",
            partial(restore.restore, backup, path),
            partial(self._on_restored, backup),
            failed=partial(self._on_not_restored, again),
            cancelled=partial(self._on_not_restored, again),
        )

    def _on_restored(self, backup: Backup, done: Restored) -> None:
        if self._form:
            self._form.accept()
        self.wanted.emit(done.path)
        when = isolated(wording.when(backup.made_at))
        self.told.emit(f"Restored as it was on {when}. What was there before is kept.")
        if done.aside:
            kept = f"The file that could not be read is kept beside it: {isolated(done.aside.name)}"
            Notice(self._window, f"Restored as it was on {when}", (kept,)).show()

    def _on_not_restored(self, again: Path | None, error: Exception | None = None) -> None:
        if self._form:
            self._form.reject()
        if again:
            self.wanted.emit(again)
        if error:
            self._report(error)


def _compared(backup: Backup, path: Path, progress: Progress) -> Compared:
    """Check a backup and compare it with the casebook, where that can be read."""
    from desktop.forms.backups_form import Compared  # noqa: PLC0415 (start-up does not wait for it)

    backups.verify(backup, progress)
    try:
        with Casebook.open(path, write=False) as book, backups.opened(backup.path) as then:
            return Compared(losses.missing(book, then, progress), losses.missing(then, book, progress))
    except CasebookError:
        return Compared()


def _made(book: Casebook, progress: Progress) -> Backup:
    with book.reader() as reader:
        return backups.make(reader, Why.ASKED, progress)


def _nothing() -> None:
    """What a job says that was stopped for another."""
