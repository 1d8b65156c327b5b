"""The job strip shows the job under way and lets it be stopped."""

from __future__ import annotations

from threading import Event

from pytestqt.qtbot import QtBot

from db.progress import Progress
from desktop.widgets.job_strip import JobStrip
from tests.desktop.desk import Desk, wait_for


def test_the_first_job_is_shown_those_behind_are_counted_and_cancel_stops_one(desk: Desk, qtbot: QtBot) -> None:
    strip = JobStrip(desk.context.jobs)
    qtbot.addWidget(strip)
    go_on, ended = Event(), []

    def slow(progress: Progress) -> str:
        while not go_on.wait(0.005):
            progress.step(1, 4)
        return "done"

    for title in ("First", "Second", "Third"):
        desk.context.jobs.start(title, slow, ended.append, cancelled=lambda: ended.append("cancelled"))
    assert not strip.isVisible(), "a short job is not worth a flicker"
    wait_for(qtbot, lambda: strip.isVisible() and strip.bar.value() == 250)
    assert (strip.title.text(), strip.more.text()) == ("First", "+2 more")
    strip.stop.click()
    assert not strip.stop.isEnabled()
    wait_for(qtbot, lambda: strip.title.text() == "Second")
    assert strip.more.text() == "+1 more"
    assert strip.stop.isEnabled()
    go_on.set()
    wait_for(qtbot, lambda: not strip.isVisible())
    assert ended == ["cancelled", "done", "done"]


def test_a_quiet_job_is_not_shown(desk: Desk, qtbot: QtBot) -> None:
    strip = JobStrip(desk.context.jobs)
    qtbot.addWidget(strip)
    desk.context.jobs.start("Quiet", lambda progress: progress.step(1, 4), lambda _: None, quiet=True)
    desk.context.jobs.start("Loud", lambda progress: progress.step(1, 4), lambda _: None)
    assert (strip.title.text(), strip.more.isVisibleTo(strip)) == ("Loud", False)
    desk.settle(qtbot)
    assert not strip.isVisible()
