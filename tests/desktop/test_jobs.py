"""Long work runs beside the window and tells it exactly once what became of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from db.errors import NotFound
from db.progress import Progress
from desktop.jobs import Job, Jobs


class Told:
    """What a job's end was told as, and on which thread."""

    def __init__(self) -> None:
        self.ends: list[tuple[str, object]] = []
        self.threads: set[threading.Thread] = set()

    def __call__(self, name: str, what: object) -> None:
        self.ends.append((name, what))
        self.threads.add(threading.current_thread())

    def done(self, result: object) -> None:
        self("done", result)

    def failed(self, error: Exception) -> None:
        self("failed", error)

    def cancelled(self) -> None:
        self("cancelled", None)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def jobs(qapp: object, told: Told) -> Iterator[Jobs]:
    jobs = Jobs(told.failed)
    yield jobs
    jobs.close()


def test_a_result_comes_back_on_the_thread_of_the_window(qtbot: QtBot, jobs: Jobs, told: Told) -> None:
    workers: list[threading.Thread] = []

    def work(progress: Progress) -> int:
        workers.append(threading.current_thread())
        return 42

    with qtbot.waitSignal(jobs.emptied):
        jobs.start("Counting", work, told.done)
    assert told.ends == [("done", 42)]
    assert told.threads == {threading.main_thread()}
    assert workers != [threading.main_thread()]


def test_nothing_is_told_before_the_event_loop_runs_again(qtbot: QtBot, jobs: Jobs, told: Told) -> None:
    finished = Event()

    def work(progress: Progress) -> None:
        finished.set()

    jobs.start("Quick", work, told.done)
    assert finished.wait(5)
    assert told.ends == []
    qtbot.waitUntil(lambda: not jobs.busy)
    assert told.ends == [("done", None)]


def test_an_error_is_told_and_nothing_else(qtbot: QtBot, jobs: Jobs, told: Told) -> None:
    error = NotFound("case", "x")

    def work(progress: Progress) -> None:
        raise error

    with qtbot.waitSignal(jobs.emptied):
        jobs.start("Failing", work, told.done, cancelled=told.cancelled)
    assert told.ends == [("failed", error)]


def test_cancelling_stops_the_work_at_its_next_step(qtbot: QtBot, jobs: Jobs, told: Told) -> None:
    under_way, go_on, reached = Event(), Event(), []

    def work(progress: Progress) -> None:
        under_way.set()
        assert go_on.wait(5)
        progress.step(1, 2)
        reached.append("beyond")

    job = jobs.start("Long", work, told.done, failed=told.failed, cancelled=told.cancelled)
    assert under_way.wait(5)
    with qtbot.waitSignal(job.ended):
        job.cancel()
        go_on.set()
    assert told.ends == [("cancelled", None)]
    assert reached == []


def test_a_job_cancelled_while_it_waits_never_begins(qtbot: QtBot, jobs: Jobs, told: Told) -> None:
    go_on, begun = Event(), []

    def first(progress: Progress) -> None:
        assert go_on.wait(5)

    jobs.start("First", first, told.done)
    second = jobs.start("Second", begun.append, told.done, cancelled=told.cancelled)
    second.cancel()
    with qtbot.waitSignal(jobs.emptied):
        go_on.set()
    assert told.ends == [("done", None), ("cancelled", None)]
    assert begun == []


def test_progress_is_told_a_thousand_times_at_most(qtbot: QtBot, jobs: Jobs, told: Told) -> None:
    steps: list[tuple[int, int]] = []

    def work(progress: Progress) -> None:
        for place in range(100_001):
            progress.step(place, 100_000)

    def watch(job: Job[None]) -> None:  # before the worker begins, as the strip in the window does
        job.progressed.connect(lambda done, total: steps.append((done, total)))

    jobs.started.connect(watch)
    with qtbot.waitSignal(jobs.emptied):
        jobs.start("Stepping", work, told.done)
    assert len(steps) <= 1001
    assert steps == sorted(steps)
    assert steps[-1] == (1000, 1000)


def test_work_is_done_one_after_the_other_in_its_order(qtbot: QtBot, jobs: Jobs, told: Told) -> None:
    at_once, most = [], []

    def work(progress: Progress) -> int:
        at_once.append(1)
        most.append(len(at_once))
        at_once.pop()
        return len(most)

    with qtbot.waitSignal(jobs.emptied):
        for _ in range(5):
            jobs.start("One of five", work, told.done)
    assert told.ends == [("done", number) for number in range(1, 6)]
    assert set(most) == {1}


def test_a_job_ends_even_where_telling_of_it_fails(qtbot: QtBot, jobs: Jobs) -> None:
    def done(_result: object) -> None:
        raise ValueError("in the window")

    with qtbot.captureExceptions() as raised, qtbot.waitSignal(jobs.emptied):
        jobs.start("Ending", lambda _progress: None, done)
    assert [error for _, error, _ in raised]
    assert not jobs.busy


def test_finish_waits_until_no_work_touches_the_casebook(qtbot: QtBot, jobs: Jobs, told: Told) -> None:
    under_way, stopped = Event(), []

    def work(progress: Progress) -> None:
        under_way.set()
        try:
            while True:
                progress.step(1, 2)
        finally:
            stopped.append(True)

    jobs.start("Endless", work, told.done, cancelled=told.cancelled)
    assert under_way.wait(5)
    jobs.finish()
    assert stopped == [True]
    assert told.ends == [("cancelled", None)]
    with qtbot.waitSignal(jobs.emptied):  # and the queue goes on for the next casebook
        jobs.start("Next", lambda _progress: "more", told.done)
    assert told.ends[-1] == ("done", "more")


def test_close_leaves_no_thread(qapp: object, told: Told) -> None:
    before = set(threading.enumerate())
    jobs, under_way = Jobs(told.failed), Event()

    def work(progress: Progress) -> None:
        under_way.set()
        while True:
            progress.step(1, 2)

    jobs.start("Endless", work, told.done)
    jobs.start("Behind it", work, told.done)
    assert under_way.wait(5)
    jobs.close()
    assert set(threading.enumerate()) <= before


def test_nobody_is_called_after_closing(qtbot: QtBot) -> None:
    called: list[str] = []
    jobs = Jobs(lambda error: called.append(repr(error)))
    jobs.start("x", lambda progress: "done", called.append)
    jobs.close()
    qtbot.wait(20)
    assert called == []
    assert not jobs.busy
