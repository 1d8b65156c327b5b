"""While something is written that no save may come between, one waits before a small window, and may cancel."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from db.progress import Progress
from desktop.jobs import Jobs
from desktop.widgets.busy import Busy


class Bench:
    """A window, its jobs, and what was told of them."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.show()
        self.told: list[object] = []
        self.jobs = Jobs(self.told.append)
        self.go_on = Event()

    def busy(self) -> Busy:
        busy = Busy(self.jobs, self.window, "Merging", "Nothing else is saved meanwhile.")
        busy.run(self.slow, self.told.append, failed=self.told.append, cancelled=lambda: self.told.append("cancelled"))
        return busy

    def slow(self, progress: Progress) -> str:
        while not self.go_on.wait(0.005):
            progress.step(1, 4)
        return "done"


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    bench = Bench(qtbot)
    yield bench
    bench.jobs.close()


def open_windows() -> list[Busy]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, Busy) and each.isVisible()]


def test_it_stands_before_every_window_until_the_work_is_done(bench: Bench, qtbot: QtBot) -> None:
    busy = bench.busy()
    assert QApplication.activeModalWidget() is busy
    qtbot.waitUntil(lambda: busy.bar.value() == 250)
    assert bench.told == []
    bench.go_on.set()
    qtbot.waitUntil(lambda: not open_windows())
    assert bench.told == ["done"]


def test_cancel_asks_the_work_and_stays_until_it_has_stopped(bench: Bench, qtbot: QtBot) -> None:
    busy = bench.busy()
    busy.close()  # as by the cross of the window; Escape and the button do the same
    assert open_windows() == [busy]
    qtbot.waitUntil(lambda: not open_windows())
    assert bench.told == ["cancelled"]


def test_it_begins_when_no_other_work_is_left_that_may_have_something_to_save(bench: Bench, qtbot: QtBot) -> None:
    bench.jobs.start("Attaching", bench.slow, lambda _: bench.told.append("attached"))
    busy = bench.busy()
    assert busy.isVisible(), "what is typed meanwhile would be lost on the way"
    started: list[str] = []
    bench.jobs.started.connect(lambda job: started.append(job.title))
    bench.go_on.set()
    qtbot.waitUntil(lambda: not open_windows())
    assert started == ["Merging"]
    assert bench.told == ["attached", "done"]


def test_what_has_not_begun_is_cancelled_at_once(bench: Bench, qtbot: QtBot) -> None:
    bench.jobs.start("Attaching", bench.slow, lambda _: bench.told.append("attached"))
    busy = bench.busy()
    busy.reject()
    assert not open_windows()
    bench.go_on.set()
    qtbot.waitUntil(lambda: not bench.jobs.busy)
    assert bench.told == ["cancelled", "attached"]
