"""A small window that keeps every other one waiting while something is written that no save may come between."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialogButtonBox, QProgressBar, QVBoxLayout, QWidget

from db.progress import Progress
from desktop.jobs import Job, Jobs
from desktop.widgets.fitted import Fitted
from desktop.widgets.texts import Label, Prose

T = TypeVar("T")
_WIDTH = 460


class Busy(Fitted):
    """Says what is being done and how far it is; can be cancelled, and closes by itself at the end."""

    def __init__(self, jobs: Jobs, window: QWidget, title: str, words: str) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        self._jobs = jobs
        self._begin: Callable[[], object] | None = None
        self._stop: Callable[[], None] | None = None
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(title)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(Label(title, "heading"))
        box.addWidget(Prose(words, "soft"))
        box.addWidget(self.bar)
        box.addStretch(1)
        box.addWidget(self._buttons)
        jobs.emptied.connect(self._on_idle)

    def run(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        *,
        failed: Callable[[Exception], None],
        cancelled: Callable[[], None],
    ) -> None:
        """Do the work once no other is under way: what that has to say may be a save."""

        def begin() -> None:
            job = self._jobs.start(self.windowTitle(), work, done, failed=failed, cancelled=cancelled)
            self._watch(job)

        def leave() -> None:
            self._end()
            cancelled()

        self._begin, self._stop = begin, leave
        self.show()
        if not self._jobs.busy:
            self._on_idle()

    def _on_idle(self) -> None:
        begin, self._begin = self._begin, None
        if begin:
            begin()

    def _watch(self, job: Job[T]) -> None:
        self._stop = job.cancel
        job.progressed.connect(self._on_progressed)
        job.ended.connect(self._end)

    def _on_progressed(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _end(self) -> None:
        self._begin = self._stop = None
        self.accept()

    def reject(self) -> None:
        """Ask the work to stop; the window stays until it has."""
        self._buttons.setEnabled(False)
        if self._stop:
            self._stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close as one cancels."""
        if self._stop:
            event.ignore()
            self.reject()
        else:
            super().closeEvent(event)
