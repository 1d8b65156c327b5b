"""A file that leaves is whole at its name, or not there; and never takes the place of the casebook."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import cases
from db.casebook import Casebook
from db.errors import DiskFailed, Exists, Invalid, NotFound
from db.exchange import exports
from db.exchange.exports import Wanted
from db.exchange.vocabulary import Medium, Table
from db.progress import Cancelled
from db.vocabulary import Op
from tests.makers import give_verdict, make_case, make_source

EVERY = [Wanted(medium) for medium in Medium] + [Wanted(Medium.CSV, table=Table.SOURCES)]


class Stop:
    """Progress that is told to stop at a case."""

    def __init__(self, at: int) -> None:
        self.at = at

    def step(self, done: int, total: int) -> None:
        if done == self.at:
            raise Cancelled


@pytest.mark.parametrize("wanted", EVERY, ids=lambda wanted: f"{wanted.medium}-{wanted.table}")
def test_a_file_is_whole_or_what_was_there_stays(book: Casebook, tmp_path: Path, wanted: Wanted) -> None:
    ids = [make_case(book, f"Claim {n}") for n in range(4)]
    make_source(book, ids)
    target = tmp_path / "out"
    target.write_text("before")
    with pytest.raises(Cancelled):
        exports.export(book, ids, target, wanted, Stop(2))
    assert target.read_text() == "before"
    exports.export(book, ids, target, wanted)
    assert all(f"Claim {n}" in target.read_text("utf-8") for n in range(4)) or (
        wanted.table is Table.SOURCES or wanted.medium in (Medium.RIS, Medium.CSL)
    )
    assert sorted(path.name for path in tmp_path.iterdir() if "casebook" not in path.name) == ["out"]


@pytest.mark.parametrize("wanted", EVERY, ids=lambda wanted: f"{wanted.medium}-{wanted.table}")
def test_no_case_at_all_is_a_file_too(book: Casebook, tmp_path: Path, wanted: Wanted) -> None:
    exports.export(book, [], tmp_path / "out", wanted)
    assert (tmp_path / "out").stat().st_size


def test_the_casebook_is_spared(book: Casebook, tmp_path: Path) -> None:
    case_id = make_case(book)
    link = tmp_path / "link.csv"
    link.symlink_to(book.path)
    for target in (book.path, link):
        with pytest.raises(Exists):
            exports.export(book, [case_id], target, Wanted(Medium.CSV))
    assert cases.one(book, case_id)


def test_a_folder_that_is_not_there_is_told(book: Casebook, tmp_path: Path) -> None:
    with pytest.raises(DiskFailed):
        exports.export(book, [make_case(book)], tmp_path / "none" / "out", Wanted(Medium.JSON))


def test_a_bad_address_or_a_case_that_is_gone_leaves_no_file(book: Casebook, tmp_path: Path) -> None:
    case_id = make_case(book)
    with pytest.raises(Invalid):
        exports.export(book, [case_id], tmp_path / "out", Wanted(Medium.CLAIMREVIEW, "desk.example"))
    with book.change(Op.DELETE_CASE) as change:
        cases.delete(change, case_id)
    for wanted in EVERY:
        with pytest.raises(NotFound):
            exports.export(book, [case_id], tmp_path / "out", wanted)
    assert not (tmp_path / "out").exists()
    assert not list(tmp_path.glob(".*part"))


def test_what_may_leave_is_listed_by_reference_with_its_verdict_and_marking(book: Casebook) -> None:
    red = make_case(book, title="First", tlp="RED")
    clear = make_case(book, title="Second", tlp="CLEAR")
    give_verdict(book, clear, "False")
    assert [(each.id, each.title, each.rating, each.held_back) for each in exports.leaving(book)] == [
        (red, "First", "", True),
        (clear, "Second", "False", False),
    ]
    assert [each.id for each in exports.leaving(book, [clear])] == [clear]
