"""The plan of a merge: looked at, kept or discarded; nothing is written before it is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db import arrivals, cases, check, verdicts
from db.casebook import Casebook
from db.vocabulary import Op
from desktop.widgets.busy import Busy
from desktop.widgets.told import Told
from tests import makers
from tests.desk import Desk
from tests.desktop.desk import Pulse
from tests.desktop.merging import Files, Stopper, left_behind, settled, two_desks


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return two_desks(tmp_path)


@pytest.fixture
def desk(welcome: Desk, files: Files) -> Desk:
    welcome.window.open_path(files.mine)
    return welcome


def title(desk: Desk, files: Files) -> str:
    return cases.one(desk.window.workspace.context.book, files.case).title


def test_it_says_from_where_it_comes_and_what_it_would_bring(desk: Desk, files: Files) -> None:
    desk.merge(files.theirs)
    assert desk.on_plan
    page = desk.window.workspace.merging.plan
    assert "peshawar.casebook" in page.title.text()
    assert "Casebook of Peshawar desk" in page.whose.text()
    assert "SHA-256" in page.whose.text()
    assert "Not signed" in page.signed.text()
    assert page.figures.text().startswith("1 new case · 1 changed case · ")
    assert "1 attached file" in page.figures.text()
    assert not page.banner.isVisible(), "there is nothing to warn of"
    assert desk.came() == {"Renamed in Peshawar": ("Changed",), "New in Peshawar": ("New",), "In no case": ()}
    (save,) = desk.choose_news("Renamed in Peshawar")
    assert save[1:4] == ["Bilal", "Peshawar desk", "Changed the case"]
    words = desk.words.splitlines()
    assert words[words.index("before") + 1] == "Known to both"
    assert words[words.index("after") + 1] == "Renamed in Peshawar"


def test_what_is_odd_is_told_before_it_is_kept(desk: Desk, files: Files) -> None:
    with Casebook.open(files.theirs) as theirs, theirs.change(Op.EDIT_CASE) as change:
        change.pen.made_at = "2090-01-01T00:00:00.000Z"
        cases.edit(change, files.case, cases.CaseDraft(title="From far ahead"))
    desk.merge(files.theirs)
    assert desk.window.workspace.merging.plan.banner.isVisible()
    assert "a clock is wrong" in desk.words


def test_verdicts_that_differ_are_told_beside_each_other(desk: Desk, files: Files) -> None:
    makers.give_verdict(desk.window.workspace.context.book, files.case, "False")
    with Casebook.open(files.theirs) as theirs:
        makers.give_verdict(theirs, files.case, "True")
    desk.merge(files.theirs)
    desk.choose_news("Renamed in Peshawar")
    said = desk.news.verdicts.text()
    assert "True: Bilal, Peshawar desk" in said
    assert "False: Amina, Kabul desk" in said
    desk.choose_news("New in Peshawar")
    assert not desk.news.verdicts.isVisible()


def test_kept_it_comes_after_a_backup_and_what_came_is_shown(desk: Desk, files: Files) -> None:
    desk.merge(files.theirs)
    came = desk.came()
    desk.keep_plan()
    assert desk.on_arrivals
    assert desk.came() == came
    assert title(desk, files) == "Renamed in Peshawar"
    assert left_behind() == []
    book = desk.window.workspace.context.book
    (made,) = arrivals.everything(book)
    with Casebook.open(Path(made.backup), write=False) as backup:
        assert cases.one(backup, files.case).title == "Known to both"
    assert check.check(book).problems == ()
    desk.do("All cases")
    assert len(desk.listed) == 2


@pytest.mark.parametrize("way", ["verb", "Escape", "button"])
def test_discarded_it_leaves_the_file_as_it_was_and_asks_nothing(
    desk: Desk, files: Files, qtbot: QtBot, way: str
) -> None:
    desk.leave_casebook()
    before = settled(files.mine)
    desk.window.open_path(files.mine)
    desk.merge(files.theirs)
    assert left_behind()
    page = desk.window.workspace.merging.plan
    if way == "verb":
        desk.do("Discard the plan")
    elif way == "Escape":
        qtbot.keyClick(page.view.list, Qt.Key.Key_Escape)
    else:
        page.discard.click()
    assert not desk.on_plan
    assert left_behind() == []
    desk.leave_casebook()
    assert files.mine.read_bytes() == before


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("title", ["Looking over", "Working out", "Merging"])
def test_cancelled_at_any_stage_it_leaves_the_file_as_it_was(
    desk: Desk, files: Files, title: str, at_once: bool
) -> None:
    desk.leave_casebook()
    before = settled(files.mine)
    desk.window.open_path(files.mine)
    stopper = Stopper(desk.window.jobs, title, at_once=at_once)
    desk.merge(files.theirs)
    assert desk.on_plan == (title == "Merging")
    if desk.on_plan:
        desk.keep_plan()
        assert desk.on_plan, "what was not kept can still be"
        assert "as it was before" in desk.status
        desk.do("Discard the plan")
    assert len(stopper.stopped) == 1
    assert desk.told == []
    assert left_behind() == []
    desk.leave_casebook()
    assert files.mine.read_bytes() == before
    with Casebook.open(files.mine) as book:
        assert check.check(book).problems == ()
        makers.edit_case(book, files.case, "It goes on")


@pytest.mark.parametrize("title", ["Looking over", "Working out", "Merging"])
def test_after_a_cancelled_stage_the_same_file_can_be_merged(desk: Desk, files: Files, title: str) -> None:
    stopper = Stopper(desk.window.jobs, title, at_once=True)
    desk.merge(files.theirs)
    if desk.on_plan:
        desk.keep_plan()
    stopper.deleteLater()
    stopper._title = "never"
    if not desk.on_plan:
        desk.merge(files.theirs)
    desk.keep_plan()
    assert desk.came()["Renamed in Peshawar"] == ("Changed",)


@pytest.mark.parametrize("how", ["plan", "looking over", "casebook closed"])
def test_closing_the_window_leaves_nothing_of_it_behind(desk: Desk, files: Files, how: str) -> None:
    if how == "looking over":
        desk.window.workspace.merging.verbs.take(files.theirs)
        desk.wait(left_behind)
    else:
        desk.merge(files.theirs)
    if how == "casebook closed":
        desk.leave_casebook()
    else:
        desk.close()
    assert left_behind() == []


def test_a_file_with_nothing_new_says_so_and_shows_no_plan(desk: Desk, files: Files) -> None:
    desk.merge(files.theirs)
    desk.keep_plan()
    desk.do("All cases")
    desk.merge(files.theirs)
    assert not desk.on_plan
    (words,) = desk.told_words()
    assert "Nothing new: everything in it is here already." in words
    assert "peshawar.casebook" in words
    assert not [each for each in QApplication.topLevelWidgets() if isinstance(each, Told) and each.isVisible()]
    assert left_behind() == []


def test_what_cannot_be_merged_is_told_in_words_and_can_be_tried_again(desk: Desk, files: Files) -> None:
    whole = files.theirs.read_bytes()
    files.theirs.write_bytes(whole[:-8192])
    desk.merge(files.theirs)
    assert not desk.on_plan
    assert any("is not whole" in words and "new one" in words for words in desk.told)
    desk.dismiss()
    assert left_behind() == []
    files.theirs.write_bytes(b"age-encryption.org/v1\n-> scrypt " + bytes(200))
    desk.merge(files.theirs)
    desk.say("no such words", "Open")
    assert any("cut off" in words for words in desk.told)
    desk.dismiss()
    files.theirs.write_bytes(whole)
    desk.merge(files.theirs)
    assert desk.on_plan


def test_what_is_saved_while_a_plan_is_open_changes_the_plan(desk: Desk, files: Files) -> None:
    desk.merge(files.theirs)
    assert desk.came()["Renamed in Peshawar"] == ("Changed",)
    desk.open_case(desk.listed[0])
    desk.fill("Title", "Renamed in Kabul")
    desk.leave()
    assert not desk.verb("Keep what it brings").isEnabled(), "the plan is out of sight"
    desk.do("Merge a casebook")
    assert desk.on_plan, "one plan at a time"
    desk.rest()
    assert desk.came()["Renamed in Kabul"] == ("Changed", "In conflict")
    desk.undo()
    desk.rest()
    assert desk.on_plan
    assert desk.came()["Known to both"] == ("Changed", "In conflict"), "undo is a save of its own"
    desk.keep_plan()
    assert desk.on_arrivals


def test_what_is_typed_is_saved_before_anything_is_kept(desk: Desk, files: Files) -> None:
    desk.open_case(desk.listed[0])
    desk.fill("Title", "Typed and not left")
    desk.merge(files.theirs)
    desk.rest()
    desk.keep_plan()
    book = desk.window.workspace.context.book
    assert book.value("SELECT count(*) FROM op WHERE body LIKE '%Typed and not left%'") == 1
    assert book.value("SELECT count(*) FROM (SELECT DISTINCT thing FROM conflict)") == 1


def test_a_reading_window_merges_nothing(welcome: Desk, files: Files) -> None:
    with Casebook.open(files.mine):
        welcome.window.open_path(files.mine)
        assert not welcome.verb("Merge a casebook").isEnabled()
        assert not welcome.window.workspace.cases.acceptDrops()
        welcome.do("What came in")
        assert not welcome.window.workspace.merging.arrivals.begin.isEnabled()
        welcome.window.close_casebook()


def test_missing_files_alone_can_be_kept(desk: Desk, files: Files) -> None:
    desk.merge(files.theirs)
    desk.keep_plan()
    book = desk.window.workspace.context.book
    with book.repair() as writer:
        for table in ("piece", "blob"):
            writer.execute(f"DELETE FROM {table}")
    desk.do("All cases")
    desk.merge(files.theirs)
    assert desk.window.workspace.merging.plan.figures.text() == "1 attached file"
    assert desk.came() == {}
    desk.keep_plan()
    assert "missing files came" in desk.status
    assert check.check(book).absent == 0
    assert not desk.on_plan


def test_a_hundred_cases_are_planned_and_merged_while_the_window_lives(
    welcome: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    with makers.make_book(tmp_path, "much", desk="Peshawar desk", code="PSH") as much:
        for number in range(100):
            case = makers.make_case(much, f"{makers.URDU} {number}")
            makers.make_source(much, [case], f"Report {number}")
            makers.give_verdict(much, case)
    makers.make_book(tmp_path, "mine").close()
    welcome.window.open_path(tmp_path / "mine.casebook")
    with Pulse() as pulse:
        welcome.window.workspace.merging.verbs.take(much.path)
        welcome.wait(lambda: "plan" in welcome.window.workspace.merging.__dict__)
        assert pulse.beats > 5
        welcome.rest()
        assert len(welcome.came()) == 101
        before = pulse.beats
        welcome.do("Keep what it brings")
        (busy,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, Busy)]
        assert QApplication.activeModalWidget() is busy, "nobody can type while it is written"
        qtbot.waitUntil(lambda: not welcome.window.jobs.busy, timeout=30_000)
        assert pulse.beats > before + 5
    assert welcome.on_arrivals
    book = welcome.window.workspace.context.book
    assert book.value("SELECT count(*) FROM case_card") == 100
    assert len(verdicts.standing(book, book.value('SELECT id FROM "case"'))) == 1
