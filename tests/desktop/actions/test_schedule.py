"""Backups come by themselves, in silence, and never in the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from db import backups, identity
from db.backups import Why
from db.errors import NoBackup
from db.progress import Progress
from db.store import Store
from desktop.actions import schedule
from desktop.actions.schedule import Schedule
from desktop.widgets.job_strip import JobStrip
from tests import makers
from tests.desk import Desk as Window
from tests.desktop.desk import Desk, wait_for


@pytest.fixture
def scheduled(desk: Desk) -> Iterator[Schedule]:
    made = Schedule(desk.context, desk.context.bulletin)
    yield made
    made.close()


def made_for(desk: Desk) -> list[Why]:
    return [backup.why for backup in backups.of(desk.book.path)]


def look(desk: Desk, scheduled: Schedule, qtbot: QtBot) -> list[Why]:
    scheduled.look()
    desk.settle(qtbot)
    return made_for(desk)


def test_one_is_made_when_it_is_due_and_nothing_is_said(desk: Desk, scheduled: Schedule, qtbot: QtBot) -> None:
    strip = JobStrip(desk.context.jobs)
    qtbot.addWidget(strip)
    assert look(desk, scheduled, qtbot) == [Why.SCHEDULE]
    assert strip.title.text() == ""
    assert desk.reported == []


def test_the_next_is_made_half_an_hour_later_if_something_was_saved(
    desk: Desk, scheduled: Schedule, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    look(desk, scheduled, qtbot)
    now = identity.now()
    makers.edit_case(desk.book, desk.case_id, "x")
    assert look(desk, scheduled, qtbot) == [Why.SCHEDULE], "it is too soon"
    monkeypatch.setattr(identity, "now", lambda: now + timedelta(minutes=31))
    assert look(desk, scheduled, qtbot) == [Why.SCHEDULE] * 2
    monkeypatch.setattr(identity, "now", lambda: now + timedelta(minutes=99))
    assert look(desk, scheduled, qtbot) == [Why.SCHEDULE] * 2, "nothing was saved since"


def test_it_looks_by_itself_until_the_casebook_is_closed(desk: Desk, scheduled: Schedule, qtbot: QtBot) -> None:
    assert scheduled._timer.isActive()
    scheduled._timer.setInterval(1)
    wait_for(qtbot, lambda: bool(made_for(desk)))
    scheduled.close()
    assert not scheduled._timer.isActive()
    desk.settle(qtbot)


def test_it_gives_way_to_what_somebody_waits_for(
    desk: Desk, scheduled: Schedule, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = Event(), Event()

    def slow(_store: Store, _moment: object, _every: object = None) -> bool:
        begun.set()
        return go_on.wait(30)

    with monkeypatch.context() as patch:
        patch.setattr(backups, "due", slow)
        scheduled.look()
        assert begun.wait(30)
        done: list[str] = []
        desk.context.jobs.start("Wanted", lambda _: "done", done.append)
        go_on.set()
        desk.settle(qtbot)
    assert done == ["done"]
    assert made_for(desk) == []
    assert look(desk, scheduled, qtbot) == [Why.SCHEDULE], "it is made up for"


def test_it_does_not_begin_beside_other_work(desk: Desk, scheduled: Schedule, qtbot: QtBot) -> None:
    go_on = Event()

    def slow(_progress: Progress) -> None:
        go_on.wait(30)

    desk.context.jobs.start("Wanted", slow, lambda _: None)
    scheduled.look()
    go_on.set()
    desk.settle(qtbot)
    assert made_for(desk) == []


def test_what_goes_wrong_is_told_once(desk: Desk, scheduled: Schedule, qtbot: QtBot, home: Path) -> None:
    (home / "backups").write_text("in the way")
    for _ in range(3):
        look(desk, scheduled, qtbot)
    assert [type(error) for error in desk.reported] == [NoBackup]
    (home / "backups").unlink()
    assert look(desk, scheduled, qtbot) == [Why.SCHEDULE]


def test_what_was_saved_last_is_backed_up_on_closing_once(desk: Desk, scheduled: Schedule) -> None:
    scheduled.close()
    assert made_for(desk) == [Why.CLOSING]
    scheduled.close()
    assert made_for(desk) == [Why.CLOSING], "nothing was saved since"
    makers.edit_case(desk.book, desk.case_id, "x")
    scheduled.close()
    assert made_for(desk) == [Why.CLOSING] * 2


def test_closing_never_waits_for_a_large_casebook_and_never_complains(
    desk: Desk, scheduled: Schedule, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(schedule, "_SMALL", 1000)
        scheduled.close()
    assert made_for(desk) == []
    (home / "backups").write_text("in the way")
    scheduled.close()
    assert desk.reported == []


def test_a_casebook_to_be_read_is_left_to_who_writes_it(reading_desk: Desk) -> None:
    read = Schedule(reading_desk.context, reading_desk.context.bulletin)
    assert not read._timer.isActive()
    read.close()
    assert made_for(reading_desk) == []


def test_the_window_backs_up_on_closing(at_list: Window, path: Path) -> None:
    at_list.new_case("Saved last")
    at_list.leave_casebook()
    (made,) = backups.of(path)
    assert (made.why, made.cases) == (Why.CLOSING, 3)
    at_list.window.open_path(path)
    at_list.close()
    assert backups.of(path) == (made,), "nothing was saved since"
