"""What came in: every merge with its cases, each of which can be opened; and a merge taken out again as one step."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db import cases, check, notes
from db.casebook import Casebook
from db.vocabulary import Op
from tests import makers
from tests.desk import Desk
from tests.desktop.merging import Files, Stopper, settled, two_desks


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return two_desks(tmp_path)


@pytest.fixture
def desk(welcome: Desk, files: Files) -> Desk:
    """A window that has just merged."""
    welcome.window.open_path(files.mine)
    welcome.merge(files.theirs)
    welcome.keep_plan()
    return welcome


def shelf(desk: Desk) -> list[tuple[str, str]]:
    """The merges in the list, with their badges."""
    return [(entry.title, entry.badge) for entry in desk.window.workspace.merging.arrivals.list.entries]


def test_before_anything_came_it_says_what_will_be_here(welcome: Desk, files: Files) -> None:
    welcome.window.open_path(files.mine)
    welcome.do("What came in")
    assert welcome.on_arrivals
    assert "Nothing came in yet" in welcome.words
    assert not welcome.verb("Take this merge out").isEnabled()
    assert welcome.window.workspace.merging.arrivals.begin.isEnabled()


def test_each_merge_is_listed_newest_first_with_its_cases(desk: Desk, files: Files) -> None:
    with Casebook.open(files.theirs) as theirs:
        makers.make_case(theirs, "A third claim")
    desk.merge(files.theirs)
    desk.keep_plan()
    assert shelf(desk) == [("Peshawar desk", ""), ("Peshawar desk", "")]
    assert desk.came() == {"A third claim": ("New",)}
    arrivals = desk.window.workspace.merging.arrivals
    arrivals.list.setCurrentIndex(arrivals.list.model().index(1, 0))
    desk.rest()
    assert desk.came()["Renamed in Peshawar"] == ("Changed",)
    assert "New in Peshawar" in desk.came()
    assert "SHA-256" in arrivals.whose.text()
    assert "backups" in arrivals.backup.text()


def test_what_came_is_told_with_old_and_new_value_and_opened_with_enter(desk: Desk, files: Files, qtbot: QtBot) -> None:
    (save,) = desk.choose_news("Renamed in Peshawar")
    assert save[1:4] == ["Bilal", "Peshawar desk", "Changed the case"]
    words = desk.words.splitlines()
    assert words[words.index("before") + 1] == "Known to both"
    qtbot.keyClick(desk.news.list, Qt.Key.Key_Return)
    assert desk.on_case
    assert desk.field("Title").text() == "Renamed in Peshawar"
    assert not desk.verb("Take this merge out").isEnabled(), "the merge is out of sight"


def test_what_is_saved_meanwhile_is_seen_when_one_comes_back(desk: Desk) -> None:
    desk.news.list.opened.emit(desk.news.list.current)
    desk.fill("Title", "Renamed here afterwards")
    desk.leave()
    desk.do("What came in")
    desk.rest()
    assert "Renamed here afterwards" in desk.came()


def test_taken_out_it_is_gone_and_can_be_merged_again(desk: Desk, files: Files) -> None:
    desk.take_out()
    assert shelf(desk) == [("Peshawar desk", "Taken out")]
    assert "Merge the file again to have it back." in desk.words
    assert not desk.verb("Take this merge out").isEnabled()
    book = desk.window.workspace.context.book
    assert cases.one(book, files.case).title == "Known to both"
    assert check.check(book).problems == ()
    desk.merge(files.theirs)
    desk.keep_plan()
    assert shelf(desk) == [("Peshawar desk", ""), ("Peshawar desk", "Taken out")]
    assert cases.one(book, files.case).title == "Renamed in Peshawar"
    arrivals = desk.window.workspace.merging.arrivals
    arrivals.list.setCurrentIndex(arrivals.list.model().index(1, 0))
    desk.rest()
    assert "Merge the file again" in desk.words, "what came later stands where this was"


def test_what_was_built_upon_stays_and_is_named(desk: Desk) -> None:
    book = desk.window.workspace.context.book
    (new,) = (row.id for row in desk.news.list.rows.rows if row.title == "New in Peshawar")
    with book.change(Op.ADD_NOTE) as change:
        notes.add_note(change, new, "We must ask Bilal.")
    desk.rest()
    desk.take_out()
    (words,) = desk.told
    assert f"• Note “We must ask Bilal.” ({cases.one(book, new).reference})" in words
    assert "cannot be taken out" in words
    assert shelf(desk) == [("Peshawar desk", "")]
    desk.dismiss()


def test_cancelled_it_stays_as_it_was(desk: Desk, files: Files) -> None:
    desk.leave_casebook()
    before = settled(files.mine)
    desk.window.open_path(files.mine)
    desk.do("What came in")
    desk.rest()
    stopper = Stopper(desk.window.jobs, "Taking the merge out", at_once=True)
    desk.take_out()
    assert len(stopper.stopped) == 1
    assert shelf(desk) == [("Peshawar desk", "")]
    desk.leave_casebook()
    assert files.mine.read_bytes() == before
