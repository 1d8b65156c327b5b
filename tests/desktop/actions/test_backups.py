"""The page of the backups: what each would lose, and putting one back, whatever became of the casebook."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from db import backups, cases
from db.backups import Why
from db.casebook import Casebook
from desktop.forms.backups_form import BackupsForm
from tests import makers
from tests.db.test_backups import tamper
from tests.desk import Desk, gone


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A casebook of one case with two backups; a second case came between them, and a third after them."""
    with makers.make_book(tmp_path) as book:
        makers.make_case(book, makers.URDU, title="First")
        backups.make(book, Why.SCHEDULE)
        makers.make_case(book, makers.RUSSIAN, title="Second")
        backups.make(book, Why.MERGE)
        makers.make_case(book, makers.EMOJI, title="Third")
    return book.path


def form(desk: Desk) -> BackupsForm:
    return desk._dialog(BackupsForm)


def close(desk: Desk) -> None:
    form(desk).reject()
    desk.rest()


def titles(path: Path) -> list[str]:
    with Casebook.open(path, write=False) as book:
        return [
            cases.one(book, case_id).title for (case_id,) in book.select('SELECT id FROM "case" ORDER BY reference')
        ]


def allowed(desk: Desk) -> tuple[bool, bool]:
    shown = form(desk)
    return shown.restore.isEnabled(), shown.copy.isEnabled()


def test_each_backup_says_when_and_why_it_was_made_and_what_it_would_lose(at_list: Desk) -> None:
    newest, oldest = at_list.look_at_backups()
    assert "Before a merge · 2 cases" in newest
    assert "While working · 1 case, " in oldest
    said = at_list.choose_backup(0)
    assert "1 save in 1 case would be lost" in said
    assert "Opened the case" in said
    assert "Third" in said or "KBL-" in said
    assert "2 saves in 2 cases would be lost" in at_list.choose_backup(1)
    assert allowed(at_list) == (True, True)
    close(at_list)


def test_a_backup_that_has_everything_loses_nothing(at_list: Desk) -> None:
    at_list.look_at_backups()
    at_list._push("Back up now", form(at_list))
    at_list.rest()
    assert form(at_list).said.text() == "Backed up and checked."
    assert form(at_list).backup.why is Why.ASKED
    assert "Nothing would be lost." in at_list.choose_backup(0)
    assert len(form(at_list).list.entries) == 3
    close(at_list)


def test_one_is_restored_and_what_was_there_can_be_brought_back(at_list: Desk, path: Path) -> None:
    at_list.look_at_backups()
    at_list.choose_backup(1)
    at_list.restore_backup()
    assert len(at_list.listed) == 1
    assert "Restored" in at_list.status
    assert at_list.told == []
    at_list.new_case("After the restore")
    assert "Before a restore" in at_list.look_at_backups()[0]
    said = at_list.choose_backup(0)
    assert "1 save in 1 case would be lost" in said
    assert "2 saves in 2 cases would come back" in said
    at_list.restore_backup()
    assert len(at_list.listed) == 3
    assert at_list.window.workspace.context.book.writable


def test_what_is_typed_is_saved_before_it_is_kept(at_list: Desk, path: Path) -> None:
    at_list.open_case(at_list.listed[0])
    at_list.fill("Translation", "typed just now")
    at_list.look_at_backups()
    at_list.choose_backup(1)
    at_list.restore_backup()
    kept = next(each for each in backups.of(path) if each.why is Why.RESTORE)
    with backups.opened(kept.path) as store:
        assert store.value("SELECT count(*) FROM claim WHERE translation = 'typed just now'") == 1


def test_what_cannot_be_saved_keeps_the_casebook_as_it_is(at_list: Desk, path: Path) -> None:
    at_list.open_case(at_list.listed[0])
    at_list.turn_to("Claim")
    at_list.fill("Claim, word for word", "")
    at_list.look_at_backups()
    shown = form(at_list)
    at_list._push("Restore this one", shown)
    at_list.wait(lambda: gone(shown))
    at_list.rest()
    assert at_list.on_case
    assert "empty" in at_list.words
    assert len(titles(path)) == 3
    at_list.fill("Claim, word for word", "Mended")
    at_list.leave()


def test_one_that_was_tampered_with_is_named_and_not_offered(at_list: Desk, path: Path) -> None:
    newest, oldest = backups.of(path)
    tamper(newest.path)
    os.truncate(oldest.path, 8192)
    assert all(entry.endswith("Damaged") for entry in at_list.look_at_backups())
    for number, backup in ((0, newest), (1, oldest)):
        said = at_list.choose_backup(number)
        assert backup.path.name in said
        assert "choose another one" in said
        assert allowed(at_list) == (False, False)
        assert form(at_list).list.entries[number].badge == "Damaged"
    at_list._push("Back up now", form(at_list))
    at_list.rest()
    assert [entry.badge for entry in form(at_list).list.entries] == ["", "Damaged", "Damaged"]
    assert allowed(at_list) == (True, True)
    close(at_list)


def test_the_answer_on_one_backup_is_not_taken_for_that_on_another(at_list: Desk, path: Path) -> None:
    newest, oldest = backups.of(path)
    tamper(newest.path)
    at_list.do("Backups")
    shown = form(at_list)
    for backup in (oldest, newest, oldest, newest) * 5:
        shown.list.choose(backup.path.name)
        assert allowed(at_list) == (False, False)
    at_list.rest()
    assert allowed(at_list) == (False, False)
    assert newest.path.name in shown.losses.trouble.text()
    close(at_list)


def choose_file(desk: Desk, target: Path) -> None:
    desk._push("Save as a copy…", form(desk))
    desk._choose(target)
    desk.rest()


def test_a_copy_is_saved_beside_and_takes_the_place_of_nothing(at_list: Desk, path: Path, tmp_path: Path) -> None:
    at_list.look_at_backups()
    at_list.choose_backup(1)
    choose_file(at_list, tmp_path / "کابل copy.casebook")
    assert "Saved a copy" in form(at_list).said.text()
    close(at_list)
    assert titles(tmp_path / "کابل copy.casebook") == ["First"]
    assert len(at_list.listed) == 3


def test_no_file_is_replaced_by_a_copy(at_list: Desk, path: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.casebook"
    letter.write_text("precious")
    at_list.look_at_backups()
    at_list.window.backups._copy(backups.of(path)[0], letter)
    at_list.rest()
    assert letter.read_text() == "precious"
    assert "already" in at_list.told[0]
    at_list.dismiss()
    close(at_list)


def test_a_restore_that_is_stopped_opens_the_casebook_again(at_list: Desk, path: Path) -> None:
    at_list.look_at_backups()
    at_list.choose_backup(1)
    at_list.window.jobs.started.connect(lambda job: job.cancel())  # before its worker begins
    shown = form(at_list)
    at_list._push("Restore this one", shown)
    at_list.wait(lambda: gone(shown) and at_list.window.workspace)
    at_list.rest()
    assert len(at_list.listed) == 3
    assert at_list.told == []


def test_a_restore_that_fails_says_why_and_opens_the_casebook_again(at_list: Desk, path: Path) -> None:
    at_list.look_at_backups()
    at_list.choose_backup(1)
    backups.of(path)[1].path.unlink()
    shown = form(at_list)
    at_list._push("Restore this one", shown)
    at_list.wait(lambda: gone(shown) and at_list.window.workspace)
    at_list.rest()
    assert len(at_list.listed) == 3
    assert "There is no file" in at_list.told[0]
    at_list.dismiss()


def test_where_another_window_writes_a_copy_can_be_saved_and_nothing_restored(reading: Desk, tmp_path: Path) -> None:
    reading.look_at_backups()
    reading.choose_backup(1)
    assert allowed(reading) == (False, True)
    choose_file(reading, tmp_path / "copy.casebook")
    assert titles(tmp_path / "copy.casebook") == ["First"]
    close(reading)


@pytest.mark.parametrize("fate", ["damaged", "no casebook any more", "deleted"])
def test_a_casebook_that_cannot_be_opened_comes_back(at_list: Desk, path: Path, fate: str) -> None:
    at_list.leave_casebook()
    if fate == "deleted":
        path.unlink()
    else:
        whole = path.read_bytes()
        path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192) if fate == "damaged" else b"\0" * 9000)
        at_list.window.open_path(path)
        at_list.wait(lambda: at_list.told)
        assert "“Backups” in the File menu" in at_list.told[0]
        at_list.dismiss()
    listed = at_list.look_at_backups()
    assert "On closing" in listed[0] or "Before a merge" in listed[0]
    assert not form(at_list).now.isVisible(), "there is nothing to back up"
    assert "cannot be read" in at_list.choose_backup(0)
    at_list.choose_backup(len(listed) - 1)
    at_list.restore_backup()
    assert len(at_list.listed) == 1
    if fate == "deleted":
        assert at_list.told == []
    else:
        assert "put aside" in at_list.told[0]
        assert len(list(path.parent.glob("*put aside*"))) == 1
        at_list.dismiss()


def test_the_casebook_that_is_marked_on_the_welcome_page_is_shown_first(
    at_list: Desk, path: Path, tmp_path: Path
) -> None:
    with makers.make_book(tmp_path, "other") as other:
        backups.make(other, Why.ASKED)
    at_list.leave_casebook()
    listed = at_list.look_at_backups()
    shown = form(at_list)
    assert shown.path == path
    names = [shown.casebook.itemText(place) for place in range(shown.casebook.count())]
    assert [name.split("  –")[0] for name in names] == ["desk", "other"]
    assert len(listed) >= 2
    at_list._pick(shown.casebook, names[1])
    at_list.rest()
    assert [each.why for each in shown._backups] == [Why.ASKED]
    close(at_list)


def test_the_backups_are_in_the_menu_of_the_recent_casebooks(at_list: Desk) -> None:
    at_list.leave_casebook()
    view = at_list.window.welcome.view
    assert view.contextMenuPolicy() is Qt.ContextMenuPolicy.ActionsContextMenu
    assert at_list.window.backups.look in view.actions()


def test_where_there_is_no_backup_it_says_so(welcome: Desk, tmp_path: Path) -> None:
    assert welcome.look_at_backups() == []
    assert form(welcome).empty.isVisible()
    assert allowed(welcome) == (False, False)
    close(welcome)


def test_a_backup_of_another_place_says_so(at_list: Desk, path: Path) -> None:
    at_list.leave_casebook()
    moved = path.rename(path.with_name("moved.casebook"))
    at_list.window.open_path(moved)
    at_list.look_at_backups()
    assert str(path) in form(at_list).figures.text()
    close(at_list)


def test_closing_the_page_stops_what_it_began(at_list: Desk) -> None:
    at_list.do("Backups")
    close(at_list)
    assert at_list.told == []
    assert not at_list.window.jobs.busy


def test_enter_restores_nothing(at_list: Desk, path: Path) -> None:
    at_list.look_at_backups()
    shown = form(at_list)
    at_list.qtbot.keyClick(shown.list, Qt.Key.Key_Return)
    assert shown.isVisible()
    assert not at_list.window.jobs.busy
    assert all(not button.autoDefault() for button in shown.findChildren(QPushButton))
    close(at_list)
    assert len(titles(path)) == 3
