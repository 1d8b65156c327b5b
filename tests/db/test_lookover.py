"""A file that this computer does not know is made its own before anybody sees anything of it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from db import cards, cases, check, familiar, intake, lookover
from db.casebook import Casebook
from db.entrance import Closed
from db.errors import HandedOver, Locked, NotADatabase, ReadOnly, SharedPlace, Torn, Untrusted
from db.lock import WriterLock
from db.migrate import shipped
from db.places import Sort
from tests.db.synced import make_synced, operations
from tests.db.union import slice_of
from tests.makers import RUSSIAN, attach, edit_case, make_book, make_case, picture


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A casebook of another desk as it came by mail."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    with make_book(folder, "theirs", desk="Peshawar desk", code="PSH", analyst="Bilal") as book:
        attach(book, make_case(book, title="As it is"), picture())
    return Path(shutil.copy(book.path, tmp_path / "theirs.casebook"))


def outside(path: Path, sql: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(sql)
    connection.close()


def test_a_file_from_elsewhere_is_made_ones_own_where_it_lies(foreign: Path, home: Path) -> None:
    came, known = foreign.read_bytes(), operations(foreign)
    looked = lookover.look_over(foreign)
    assert (looked.file, looked.closed, looked.cases_only) == (foreign, None, False)
    assert familiar.knows(foreign)
    assert operations(foreign) == known
    with Casebook.open(foreign) as book:
        assert [card.title for card in cards.page(book, cards.Sort.REFERENCE)] == ["As it is"]
        assert book.value("SELECT count(*) FROM arrival") == 0, "it did not come here: it is the casebook"
        make_case(book)
        assert book.value("SELECT count(*) FROM chain") == 2
        assert check.check(book).problems == ()
    (kept,) = (home / "replaced").iterdir()
    assert kept.read_bytes() == came
    assert not any((home / "scratch").iterdir())


@pytest.mark.parametrize("sql", [
    """UPDATE "case" SET title = 'forged'""", "UPDATE case_card SET title = 'forged', rating = 'True'",
    "DROP TABLE search_part", "INSERT INTO peer VALUES ('d', 'n', 'key', '', '')",
    "CREATE INDEX slow ON note(abs(id))",
])  # fmt: skip
def test_what_a_foreign_projection_says_counts_for_nothing(foreign: Path, sql: str) -> None:
    outside(foreign, sql)
    lookover.look_over(foreign)
    with Casebook.open(foreign) as book:
        assert [card.title for card in cards.page(book, cards.Sort.REFERENCE)] == ["As it is"]
        assert book.value("SELECT count(*) FROM peer") == 0
        assert check.check(book).problems == ()


def test_what_is_refused_is_left_as_it_is(foreign: Path) -> None:
    outside(foreign, "CREATE TRIGGER t AFTER INSERT ON op BEGIN DELETE FROM op; END")
    before = foreign.read_bytes()
    with pytest.raises(Untrusted):
        lookover.look_over(foreign)
    foreign.with_name("letter").write_text("Dear colleagues " * 100)
    with pytest.raises(NotADatabase):
        lookover.look_over(foreign.with_name("letter"))
    assert foreign.read_bytes() == before
    foreign.write_bytes(before[: len(before) // 2])
    with pytest.raises(Torn):
        lookover.look_over(foreign)
    assert not familiar.knows(foreign)


def test_cases_that_were_handed_over_are_no_casebook(foreign: Path, tmp_path: Path) -> None:
    given = tmp_path / "given.casebook"
    with Casebook.open(foreign, write=False) as book:
        slice_of(book, [book.value('SELECT id FROM "case"')], given)
    outside(given, f"INSERT OR REPLACE INTO meta VALUES ('purpose', '{intake.HAND_OVER}')")
    before = given.read_bytes()
    looked = lookover.look_over(given)
    assert looked.cases_only
    assert looked.file is None
    with pytest.raises(HandedOver):
        Casebook.open(given)
    assert given.read_bytes() == before


class _Meddler:
    """Does something once, when the work has come so far."""

    def __init__(self, at: int, do) -> None:
        self.at, self.do = at, do

    def step(self, done: int, total: int) -> None:
        if self.do and done * 100 >= self.at * total:
            self.do()
            self.do = None


def test_a_file_that_changes_meanwhile_is_left_as_it_is_then(foreign: Path) -> None:
    def change() -> None:
        outside(foreign, "PRAGMA user_version=1")
        outside(foreign, """UPDATE "case" SET title = 'newer'""")

    with pytest.raises(Locked):
        lookover.look_over(foreign, _Meddler(75, change))
    with sqlite3.connect(foreign) as connection:
        assert connection.execute('SELECT title FROM "case"').fetchone() == ("newer",)
    connection.close()


def test_a_file_that_another_computer_is_working_in_is_left_alone(foreign: Path) -> None:
    lock, before = WriterLock(foreign), foreign.read_bytes()
    assert lock.take()
    try:
        with pytest.raises(Locked):
            lookover.look_over(foreign)
    finally:
        lock.release()
    assert foreign.read_bytes() == before


def test_in_a_shared_place_a_private_copy_is_shown(tmp_path: Path, home: Path) -> None:
    path = make_synced(tmp_path / "synced")
    before, beside = path.read_bytes(), sorted(path.parent.iterdir())
    with lookover.View.of(lookover.look_over(path)) as view:
        assert (view.closed, view.place.sort, view.place.name) == (Closed.SHARED_PLACE, Sort.SYNCED, "Syncthing")
        assert view.origin == path
        (card,) = cards.page(view, cards.Sort.REFERENCE)
        assert card.title == "First"
        with pytest.raises(SharedPlace):
            edit_case(view, card.case_id, "x")
        path.unlink()  # as when the stick is pulled out
        assert cases.one(view, card.case_id).title == "First"
        path.write_bytes(before)
    assert not any((home / "scratch").iterdir())
    assert sorted(path.parent.iterdir()) == beside


def test_a_newer_file_is_never_made_older(foreign: Path) -> None:
    outside(foreign, f"PRAGMA user_version={len(shipped()) + 1}")
    before = foreign.read_bytes()
    with lookover.View.of(lookover.look_over(foreign)) as view:
        assert view.closed is Closed.TOO_NEW
    assert foreign.read_bytes() == before


def test_a_file_of_two_names_is_shown_and_stays_one_file(foreign: Path, tmp_path: Path) -> None:
    os.link(foreign, tmp_path / "other name.casebook")
    with lookover.View.of(lookover.look_over(foreign)) as view:
        assert view.closed is Closed.TWO_NAMES
    assert foreign.samefile(tmp_path / "other name.casebook")


def test_a_cancelled_look_leaves_nothing(foreign: Path, home: Path) -> None:
    before = foreign.read_bytes()

    def stop() -> None:
        raise KeyboardInterrupt

    for at in (10, 40, 60, 75, 90):
        with pytest.raises(KeyboardInterrupt):
            lookover.look_over(foreign, _Meddler(at, stop))
        assert foreign.read_bytes() == before
    assert sorted(p.name for p in foreign.parent.iterdir()) == ["elsewhere", "theirs.casebook"]
    assert not any((home / "scratch").iterdir())
    assert not (home / "replaced").exists() or not any((home / "replaced").iterdir())


def test_a_casebook_in_a_shared_place_is_only_read_and_none_is_made_there(tmp_path: Path) -> None:
    path = make_synced(tmp_path / "synced")
    before, beside = path.read_bytes(), sorted(path.parent.iterdir())
    with Casebook.open(path) as book:
        assert (book.closed, book.place.name) == (Closed.SHARED_PLACE, "Syncthing")
        with pytest.raises(SharedPlace):
            make_case(book, RUSSIAN)
        with pytest.raises(ReadOnly), book.repair() as writer:
            writer.execute("DELETE FROM op")
    assert (path.read_bytes(), sorted(path.parent.iterdir())) == (before, beside)
    with pytest.raises(SharedPlace):
        make_book(path.parent, "new")
    assert sorted(path.parent.iterdir()) == beside
