"""Merging from the terminal: a plan writes nothing, a merge says what came, and it can be taken out again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from db import cases, notes
from db.casebook import Casebook
from db.incarnation import home
from db.vocabulary import Op
from desktop.cli import main
from tests.makers import PASHTO, attach, edit_case, give_verdict, make_book, make_case, make_source, picture


class Desks:
    """Two desks' casebooks that know one case, and the command that works on them."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.out = self.err = ""
        with make_book(folder, "mine") as mine:
            self.case = make_case(mine, title="Known to both")
        with make_book(folder, "theirs", desk="Peshawar desk", code="PSH", analyst="Bilal") as theirs:
            pass
        self.mine, self.theirs = mine.path, theirs.path
        assert self.run("merge", self.theirs, self.mine) == 0
        with Casebook.open(self.theirs) as theirs:
            edit_case(theirs, self.case, "Renamed in Peshawar")
            self.new = make_case(theirs, PASHTO)
            make_source(theirs, [self.new], "A report of Bilal's")
            attach(theirs, self.new, picture(), "their.png")

    def run(self, *words: object) -> int:
        code = main([str(word) for word in words])
        self.out, self.err = self._capsys.readouterr()
        return code

    def json(self, *words: object, code: int = 0) -> Any:
        assert self.run(*words, "--json") == code, self.err
        return json.loads(self.out)

    def title(self) -> str:
        with Casebook.open(self.mine, write=False) as book:
            return cases.one(book, self.case).title


@pytest.fixture
def desks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desks:
    return Desks(tmp_path, capsys)


def test_a_plan_tells_old_and_new_values_and_writes_nothing(desks: Desks) -> None:
    before = desks.mine.read_bytes()
    backups = sorted((home() / "backups").glob("*"))
    assert desks.run("merge", desks.mine, desks.theirs, "--plan") == 0
    assert desks.mine.read_bytes() == before
    assert sorted((home() / "backups").glob("*")) == backups
    assert not any((home() / "scratch").iterdir())
    assert "Casebook of Peshawar desk" in desks.out
    assert "1 new case, 1 changed case, " in desks.out
    assert "1 attached file" in desks.out
    assert "Known to both → Renamed in Peshawar" in desks.out
    assert "Bilal (Peshawar desk)" in desks.out
    assert PASHTO in desks.out
    assert "nothing was written" in desks.out
    assert desks.title() == "Known to both"


def test_a_plan_as_json_has_every_case_with_its_saves(desks: Desks) -> None:
    found = desks.json("merge", desks.mine, desks.theirs, "--plan")
    assert (found["merged"], found["arrival"], found["conflicts"], found["files"]) == (False, None, 0, 1)
    by_id = {case["case_id"]: case for case in found["cases"]}
    assert (by_id[desks.new]["is_new"], by_id[desks.case]["is_new"]) == (True, False)
    (save,) = by_id[desks.case]["entries"]
    assert (save["analyst"], save["desk"]) == ("Bilal", "Peshawar desk")
    (edit,) = save["edits"]
    assert (edit["field"], edit["old"], edit["new"]) == ("title", "Known to both", "Renamed in Peshawar")
    assert found["loose_entries"]
    assert set(found) >= {"file", "sha256", "size", "casebook", "desk", "purpose", "operations", "things", "loose"}
    assert set(found) >= {"unknown", "own", "future", "forked"}


def test_a_merge_brings_it_all_keeps_a_backup_and_a_second_one_brings_nothing(desks: Desks) -> None:
    assert desks.run("merge", desks.mine, desks.theirs) == 0
    assert "Merged as number 1. The casebook as it was before: " in desks.out
    assert "1 new case, 1 changed case" in desks.out
    assert desks.title() == "Renamed in Peshawar"
    assert desks.run("check", desks.mine) == 0
    (made,) = desks.json("arrivals", desks.mine)
    with Casebook.open(Path(made["backup"]), write=False) as backup:
        assert cases.one(backup, desks.case).title == "Known to both"
    assert desks.run("merge", desks.mine, desks.theirs) == 0
    assert "Nothing new" in desks.out
    assert desks.json("merge", desks.mine, desks.theirs)["arrival"] is None
    assert len(desks.json("arrivals", desks.mine)) == 1
    with Casebook.open(desks.mine, write=False) as book, Casebook.open(desks.theirs, write=False) as theirs:
        sql = "SELECT count(*) FROM op WHERE kind <> 'custody'"  # that it was received is told here alone
        assert book.value(sql) == theirs.value(sql)


def test_conflicts_that_stand_are_a_problem_until_they_are_settled(desks: Desks) -> None:
    with Casebook.open(desks.mine) as book:
        edit_case(book, desks.case, "Renamed in Kabul")
        give_verdict(book, desks.case, "False")
    with Casebook.open(desks.theirs) as book:
        give_verdict(book, desks.case, "True")
    assert desks.run("merge", desks.mine, desks.theirs, "--plan") == 1
    assert "Changed, In conflict, Verdicts differ" in desks.out
    beside = desks.out[desks.out.index("In conflict: Case, Title") :]
    assert "Renamed in Kabul" in beside
    assert "Renamed in Peshawar" in beside
    assert "Amina (Kabul desk)" in beside
    assert desks.title() == "Renamed in Kabul"
    assert desks.run("merge", desks.mine, desks.theirs) == 1
    assert "1 conflict stands in this casebook." in desks.out
    assert desks.json("merge", desks.mine, desks.theirs, code=1)["conflicts"] == 1, "one of old counts as well"
    with Casebook.open(desks.mine) as book:
        edit_case(book, desks.case, "Renamed by both")
    assert desks.run("merge", desks.mine, desks.theirs) == 0


def test_arrivals_are_listed_and_one_is_taken_out_again(desks: Desks) -> None:
    assert desks.run("arrivals", desks.mine) == 0
    assert desks.out.strip() == "Nothing was merged into this casebook."
    desks.run("merge", desks.mine, desks.theirs)
    assert desks.run("arrivals", desks.mine) == 0
    assert desks.out.startswith("1  ")
    assert "Peshawar desk · theirs.casebook · " in desks.out
    assert desks.run("unmerge", desks.mine, 1) == 0
    assert "Taken out: " in desks.out
    assert desks.title() == "Known to both"
    assert desks.json("arrivals", desks.mine)[0]["reversed_at"]
    assert desks.run("unmerge", desks.mine, 1) == 4
    assert desks.run("unmerge", desks.mine, 7) == 4
    assert "no merge “7”" in desks.err
    assert desks.run("merge", desks.mine, desks.theirs) == 0, "and it can be merged again"
    assert desks.title() == "Renamed in Peshawar"


def test_what_was_saved_on_top_is_named_and_holds_the_merge(desks: Desks) -> None:
    desks.run("merge", desks.mine, desks.theirs)
    with Casebook.open(desks.mine) as book:
        with book.change(Op.ADD_NOTE) as change:
            notes.add_note(change, desks.new, "We must ask Bilal.")
        reference = cases.one(book, desks.new).reference
    assert desks.run("unmerge", desks.mine, 1) == 3
    assert f"Note “We must ask Bilal.” ({reference})" in desks.err
    assert desks.title() == "Renamed in Peshawar"


def test_what_cannot_be_merged_is_refused_with_its_reason(desks: Desks, tmp_path: Path) -> None:
    before = desks.mine.read_bytes()
    torn = tmp_path / "torn.casebook"
    torn.write_bytes(desks.theirs.read_bytes()[:-8192])
    sealed = tmp_path / "sealed.casebook"
    sealed.write_bytes(b"age-encryption.org/v1\n-> scrypt " + bytes(200))
    for other, words in (
        (torn, "not whole"),
        (sealed, "encrypted"),
        (tmp_path / "nowhere", "no file"),
        (desks.mine, "the casebook that is open here"),
        (Path(__file__), "not a casebook"),
    ):
        for more in ((), ("--plan",)):
            assert desks.run("merge", desks.mine, other, *more) == 3, other
            assert words in desks.err
    assert desks.mine.read_bytes() == before
    with Casebook.open(desks.mine):
        assert desks.run("merge", desks.mine, desks.theirs) == 3
        assert "Another window or program is writing" in desks.err
        assert desks.run("merge", desks.mine, desks.theirs, "--plan") == 0, "a plan only reads"


def test_operations_that_look_odd_are_told_of(desks: Desks) -> None:
    with Casebook.open(desks.theirs) as theirs, theirs.change(Op.EDIT_CASE) as change:
        change.pen.made_at = "2090-01-01T00:00:00.000Z"
        cases.edit(change, desks.case, cases.CaseDraft(title="From far ahead"))
    assert desks.run("merge", desks.mine, desks.theirs, "--plan") == 0
    assert "1 operation is dated more than a day from now" in desks.out
    assert desks.json("merge", desks.mine, desks.theirs)["future"] == 1
