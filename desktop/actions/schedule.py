"""Backups that nobody has to think of: while one works, and on closing."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from PySide6.QtCore import QObject, QTimer

from db import backups, identity
from db.backups import Why
from db.errors import CasebookError
from db.progress import Progress
from desktop.context import Context
from desktop.jobs import Job

_LOOK_MS = 5 * 60 * 1000
_SMALL = 16_000_000  # bytes of a casebook that is backed up on closing: nobody notices


class Schedule(QObject):
    """Looks from time to time whether a backup is due. It is quiet, gives way to other work, and complains once."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job[None] | None = None
        self._complained = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        context.jobs.started.connect(self._on_started)
        if context.book.writable:
            self._timer.start()

    def look(self) -> None:
        """Make a backup if one is due, unless there is other work."""
        if not self._context.jobs.busy:
            job = self._context.jobs.start(
                "Backing up", self._work, self._on_ended, failed=self._on_failed, cancelled=self._on_ended, quiet=True
            )
            self._job = job

    def close(self) -> None:
        """Look no more; what was saved last is backed up before the casebook is closed, where that takes no time."""
        self._timer.stop()
        book = self._context.book
        with suppress(CasebookError, OSError):  # the next opening looks again, and complains
            small = book.path.stat().st_size <= _SMALL
            if book.writable and small and backups.due(book, identity.now(), timedelta(0)):
                backups.make(book, Why.CLOSING)

    def _work(self, progress: Progress) -> None:
        with self._context.book.reader() as reader:
            if backups.due(reader, identity.now()):
                backups.make(reader, Why.SCHEDULE, progress)

    def _on_started(self, job: object) -> None:
        if self._job and job is not self._job:
            self._job.cancel()

    def _on_ended(self, _nothing: None = None) -> None:
        self._job = None

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        if not self._complained:
            self._complained = True
            self._context.report(error)
