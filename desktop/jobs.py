"""Long work off the window's thread, with progress and cancel; the only place where threads are made."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from db.progress import Cancelled, Progress

log = logging.getLogger(__name__)
T = TypeVar("T")


class _Teller(Progress):
    """Progress of a job, told from the worker's thread; cancelling raises there."""

    def __init__(self, told: Callable[[int, int], None]) -> None:
        self._told = told
        self._cancelled = Event()
        self._permille = -1

    def cancel(self) -> None:
        self._cancelled.set()

    def step(self, done: int, total: int) -> None:
        """Tell how far the work is, at most a thousand times; raises `Cancelled`."""
        if self._cancelled.is_set():
            raise Cancelled
        permille = done * 1000 // total if total else 1000
        if permille != self._permille:
            self._permille = permille
            self._told(permille, 1000)


class Job(QObject, Generic[T]):
    """One piece of work; `ended` comes last, whatever became of it. A quiet one nobody waits for."""

    progressed = Signal(int, int)
    ended = Signal()
    _returned = Signal(object, object)

    def __init__(
        self,
        title: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        cancelled: Callable[[], None],
        *,
        quiet: bool,
    ) -> None:
        super().__init__()
        self.title, self.quiet = title, quiet
        self._work, self._done, self._failed, self._cancelled = work, done, failed, cancelled
        self._teller = _Teller(self.progressed.emit)
        self._returned.connect(self._on_returned, Qt.ConnectionType.QueuedConnection)

    def run(self) -> None:
        """Do the work; called on the worker's thread."""
        try:
            self._teller.step(0, 1)
            result = self._work(self._teller)
        except Exception as error:  # noqa: BLE001 (told on the window's thread)
            self._returned.emit(None, error)
        else:
            self._returned.emit(result, None)

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._teller.cancel()

    def forget(self) -> None:
        """Call nobody any more: those who wanted the work are gone."""
        self._returned.disconnect(self._on_returned)

    def _on_returned(self, result: T, error: Exception | None) -> None:
        try:
            if error is None:
                self._done(result)
            elif isinstance(error, Cancelled):
                self._cancelled()
            else:
                self._failed(error)
        finally:
            self.ended.emit()


def _nothing() -> None:
    """What happens when a cancelled job has nothing to say."""


class Jobs(QObject):
    """The queue of long work: one worker, first come, first served."""

    started = Signal(object)
    emptied = Signal()

    def __init__(self, failed: Callable[[Exception], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._failed = failed
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="claimdesk")
        self._running: list[Job[object]] = []

    def start(
        self,
        title: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        *,
        failed: Callable[[Exception], None] | None = None,
        cancelled: Callable[[], None] = _nothing,
        quiet: bool = False,
    ) -> Job[T]:
        """Queue work; one of `done`, `failed`, `cancelled` is called on the window's thread, unless it closes first."""
        job = Job(title, work, done, failed or self._failed, cancelled, quiet=quiet)
        job.ended.connect(self._on_ended)
        self._running.append(job)  # type: ignore[arg-type]
        self.started.emit(job)
        self._pool.submit(job.run)
        return job

    @property
    def busy(self) -> bool:
        """Whether any work is queued or under way."""
        return bool(self._running)

    def finish(self) -> None:
        """Cancel what is under way and wait until none of it touches the casebook any more."""
        while self._running:  # what one has to say may start another
            for job in self._running:
                job.cancel()
            self._pool.submit(_nothing).result()
            QCoreApplication.sendPostedEvents()

    def close(self) -> None:
        """Cancel what is under way, wait for the worker to stop, and call nobody any more."""
        for job in self._running:
            job.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)
        for job in self._running:
            job.forget()
        self._running = []

    def _on_ended(self) -> None:
        self._running = [job for job in self._running if job is not self.sender()]
        if not self._running:
            self.emptied.emit()
