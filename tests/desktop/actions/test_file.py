"""Making, opening and leaving casebooks."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from db.casebook import Casebook
from desktop.forms.casebook_form import CasebookForm
from tests import makers
from tests.db.union import slice_of
from tests.desk import Desk, plain


def recent(desk: Desk) -> list[str]:
    desk.window.files.recent.aboutToShow.emit()
    return [plain(action).split("  ")[0] for action in desk.window.files.recent.actions()]


def test_a_new_casebook_is_made_and_shown(welcome: Desk, tmp_path: Path) -> None:
    path = tmp_path / "کابل desk.casebook"
    welcome.new_casebook(path, "Kabul desk", "kbl", "آمنہ")
    assert "کابل desk" in welcome.title
    welcome.new_case("A claim")
    assert welcome.reference.startswith("KBL-")
    welcome.leave_casebook()
    with Casebook.open(path) as book:
        assert book.value("SELECT analyst FROM desk") == "آمنہ"
    assert recent(welcome) == ["کابل desk"]


def test_no_file_is_ever_overwritten(welcome: Desk, tmp_path: Path) -> None:
    path = tmp_path / "precious.casebook"
    path.write_bytes(b"precious")
    welcome.do("New casebook")
    form = welcome._dialog(CasebookForm)
    for name, value in (("Desk", "Kabul"), ("Code", "KBL"), ("Analyst", "Amina"), ("File", str(path))):
        welcome.fill(name, value, form)
    welcome._push("Create the casebook", form)
    assert welcome.window.workspace is None
    assert path.read_bytes() == b"precious"
    assert form.isVisible()
    form.reject()
    welcome.dismiss()


def test_a_casebook_is_opened_through_the_chooser(welcome: Desk, path: Path) -> None:
    welcome.open(path)
    welcome.wait(lambda: welcome.window.workspace)
    assert len(welcome.listed) == 2
    assert welcome.told == []


def test_closing_goes_back_to_the_welcome_page_which_offers_it_again(at_list: Desk, path: Path) -> None:
    at_list.leave_casebook()
    assert at_list.window.workspace is None
    assert at_list.title == "Claimdesk"
    (row,) = at_list.window.welcome.model.rows
    assert row.path == path
    at_list.window.welcome.chosen.emit(row.path)
    assert len(at_list.listed) == 2


def test_the_lock_is_let_go_when_the_casebook_is_closed(at_list: Desk, path: Path) -> None:
    at_list.leave_casebook()
    with Casebook.open(path) as book:
        assert book.writable
    assert sorted(p.name for p in path.parent.iterdir()) == [path.name]


def test_another_casebook_takes_the_place_of_the_first(at_list: Desk, path: Path, tmp_path: Path) -> None:
    with makers.make_book(tmp_path, "other") as other:
        makers.make_case(other, "Elsewhere")
    at_list.window.open_path(other.path)
    assert "other" in at_list.title
    assert len(at_list.listed) == 1
    with Casebook.open(path) as book:
        assert book.writable, "the first one was let go"


def test_opening_the_casebook_that_is_open_leaves_it_as_it_is(on_case: Desk, path: Path) -> None:
    reference = on_case.reference
    on_case.open(path)
    assert on_case.told == []
    assert on_case.window.workspace is not None
    assert on_case.window.workspace.context.book.writable
    if not on_case.on_case:
        on_case.open_case(reference)
    on_case.add("note", {"Note": "still writable"})
    assert on_case.entries() == ["still writable"]


def _foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipe (name TEXT)")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path.write_text("this is a letter, and long enough to be one " * 40), "is not a casebook"),
        (lambda path: path.write_bytes(b""), "is not a casebook"),
        (_foreign, "another program"),
        (lambda path: None, "no file"),
    ],
)
def test_a_file_that_is_no_casebook_is_refused_in_words(welcome: Desk, tmp_path: Path, make, words: str) -> None:
    path = tmp_path / "wrong.casebook"
    make(path)
    before = path.read_bytes() if path.exists() else None
    welcome.window.open_path(path)
    welcome.wait(lambda: welcome.told)
    assert len(welcome.told) == 1
    assert words in welcome.told[0]
    assert welcome.window.workspace is None
    assert (path.read_bytes() if path.exists() else None) == before
    welcome.dismiss()


def test_a_file_that_cannot_be_opened_leaves_the_open_one_alone(on_case: Desk, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.casebook"
    wrong.write_text("no casebook " * 100)
    on_case.window.open_path(wrong)
    on_case.wait(lambda: on_case.told)
    assert len(on_case.told) == 1
    assert on_case.on_case
    on_case.dismiss()


def test_a_damaged_casebook_is_refused_in_words(welcome: Desk, path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    welcome.window.open_path(path)
    welcome.wait(lambda: welcome.told)
    assert len(welcome.told) == 1
    assert "damaged" in welcome.told[0]
    welcome.dismiss()
    if welcome.window.workspace:
        welcome.leave_casebook()


def test_a_copy_opens_beside_the_first(at_list: Desk, path: Path, tmp_path: Path) -> None:
    at_list.leave_casebook()
    copy = tmp_path / "copy.casebook"
    shutil.copy(path, copy)
    at_list.window.open_path(copy)
    at_list.wait(lambda: at_list.window.workspace)
    assert "verified" in at_list.status
    at_list.new_case("In the copy alone")
    assert len(recent(at_list)) == 2


def test_the_demonstration_opens_filled(welcome: Desk) -> None:
    welcome.do("Demonstration")
    welcome.wait(lambda: welcome.window.workspace)
    assert len(welcome.listed) >= 6
    assert welcome.told == []


def test_what_cannot_be_saved_keeps_the_casebook_open(on_case: Desk) -> None:
    on_case.turn_to("Claim")
    on_case.fill("Claim, word for word", "")
    on_case.do("Close casebook")
    assert on_case.on_case
    assert "empty" in on_case.words
    on_case.close()
    assert on_case.window.isVisible()
    on_case.fill("Claim, word for word", "Mended")
    on_case.leave_casebook()
    assert on_case.window.workspace is None


def hand_over(path: Path, given: Path) -> Path:
    """The first case of a casebook in a file made for another desk."""
    with Casebook.open(path, write=False) as book:
        slice_of(book, [book.value("""SELECT id FROM "case" WHERE title = 'First'""")], given)
    connection = sqlite3.connect(given)
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('purpose', 'hand-over')")
    connection.commit()
    connection.close()
    return given


def test_cases_that_were_handed_over_become_a_new_casebook(welcome: Desk, path: Path, tmp_path: Path) -> None:
    given, target = hand_over(path, tmp_path / "given.casebook"), tmp_path / "new.casebook"
    before = given.read_bytes()
    welcome.window.open_path(given)
    assert "handed over" in welcome.asked
    welcome.answer("Make a new casebook of it…")
    form = welcome._dialog(CasebookForm)
    for name, value in (("Desk", "Peshawar"), ("Code", "PSH"), ("Analyst", "Bilal"), ("File", str(target))):
        welcome.fill(name, value, form)
    welcome._push("Create the casebook", form)
    welcome.wait(lambda: welcome.window.workspace)
    assert len(welcome.listed) == 1
    welcome.new_case("A case of one's own")
    assert welcome.reference.startswith("PSH-")
    assert given.read_bytes() == before


def test_cases_that_were_handed_over_come_into_the_open_casebook(at_list: Desk, path: Path, tmp_path: Path) -> None:
    given = hand_over(path, tmp_path / "given.casebook")
    with makers.make_book(tmp_path, "other", desk="Peshawar", code="PSH") as other:
        makers.make_case(other, "Of their own")
    at_list.window.open_path(other.path)
    at_list.window.open_path(given)
    at_list.answer("Take it into the open casebook…")
    at_list.wait(lambda: at_list.on_plan)
    at_list.keep_plan()
    at_list.do("All cases")
    assert len(at_list.listed) == 2


def test_opening_from_elsewhere_leaves_what_is_open_until_it_is_looked_over(on_case: Desk, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    with makers.make_book(tmp_path / "elsewhere", "theirs") as theirs:
        makers.make_case(theirs, "Elsewhere")
    copy = Path(shutil.copy(theirs.path, tmp_path / "theirs.casebook"))
    on_case.window.open_path(copy)
    assert on_case.on_case
    on_case.wait(lambda: "theirs" in on_case.title)
    assert len(on_case.listed) == 1
    on_case.new_case("Written here")


def test_a_cancelled_look_opens_nothing(welcome: Desk, path: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(path, tmp_path / "copy.casebook"))
    welcome.window.jobs.started.connect(lambda job: job.cancel())
    welcome.window.open_path(copy)
    welcome.rest()
    assert welcome.window.workspace is None
    assert welcome.told == []


def test_a_new_casebook_is_not_made_in_a_folder_kept_in_step(welcome: Desk, tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    welcome.do("New casebook")
    form = welcome._dialog(CasebookForm)
    welcome.fill("File", str(tmp_path / "x.casebook"), form)
    assert "Syncthing" in form.file._below.text()
    form.reject()
