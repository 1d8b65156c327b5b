"""Long work in the status bar: what is being done, how far it is, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QToolButton, QWidget

from desktop.jobs import Job, Jobs
from desktop.widgets.texts import Label, isolated, tooltip

_AFTER_MS = 200
_TITLE, _BAR = 260, 150


class JobStrip(QWidget):
    """Shows the job under way, and how many wait behind it; hidden when there is none, and for very short ones."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._queue: list[Job[object]] = []
        self.title, self.more = Label("", "soft"), Label("", "faint")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(_BAR)
        self.stop = QToolButton()
        self.stop.setText("Cancel")
        self.stop.clicked.connect(self._on_stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(8)
        for widget in (self.title, self.more, self.bar, self.stop):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self.show)
        jobs.started.connect(self._on_started)
        self.hide()

    def _on_started(self, job: Job[object]) -> None:
        if job.quiet:
            return
        self._queue.append(job)
        job.progressed.connect(self._on_progressed)
        job.ended.connect(self._on_ended)
        if len(self._queue) == 1:
            self._begin()
        self._count()

    def _begin(self) -> None:
        """Show the first of the queue from its beginning."""
        words = self._queue[0].title
        self.title.setText(self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, _TITLE))
        self.title.setToolTip(tooltip(words))
        self.bar.setAccessibleName(words)
        self.stop.setToolTip(tooltip(f"Cancel: {isolated(words)}"))
        self.stop.setEnabled(True)
        self.bar.setRange(0, 0)
        self._timer.start()

    def _count(self) -> None:
        waiting = len(self._queue) - 1
        self.more.setText(f"+{waiting} more")
        self.more.setVisible(waiting > 0)

    def _on_progressed(self, done: int, total: int) -> None:
        if self._queue and self.sender() is self._queue[0]:
            self.bar.setRange(0, total)
            self.bar.setValue(done)

    def _on_stop(self) -> None:
        self.stop.setEnabled(False)
        self._queue[0].cancel()

    def _on_ended(self) -> None:
        first = self._queue[0]
        self._queue = [job for job in self._queue if job is not self.sender()]
        if not self._queue:
            self._timer.stop()
            self.hide()
        elif self._queue[0] is not first:
            self._begin()
        self._count()
