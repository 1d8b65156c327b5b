"""Backups in the terminal: made, listed, compared and put back, with the exit codes that were promised."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from db import backups, shelf
from db.casebook import Casebook
from tests.db.test_backups import tamper
from tests.desktop.test_cli import Desk
from tests.makers import URDU


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A casebook with one case, backed up, and a second case after that."""
    made = Desk(tmp_path, capsys)
    assert made.run("new", made.file, "--desk", "Kabul desk", "--code", "KBL", "--analyst", "Amina") == 0
    made.add_case(URDU)
    assert made.run("backup", made.file) == 0
    made.add_case("A second claim\nKBL-1990-0001  fake line")
    return made


def listed(desk: Desk) -> int:
    return len(desk.json("list", desk.file))


def test_backup_says_where_it_is_and_what_it_holds(desk: Desk) -> None:
    assert desk.run("backup", desk.file) == 0
    path, figures = desk.out.splitlines()
    assert Path(path).is_file()
    assert figures.startswith("2 cases, ")
    told = desk.json("backup", desk.file)
    assert (told["why"], told["cases"], told["casebook"]) == ("asked", 2, str(desk.file))
    assert Path(told["path"]).stat().st_size == told["size"]


def test_a_casebook_that_somebody_works_in_can_be_backed_up(desk: Desk) -> None:
    with Casebook.open(desk.file):
        assert desk.run("backup", desk.file) == 0


def test_restore_lists_the_newest_first(desk: Desk) -> None:
    assert desk.run("backup", desk.file) == 0
    assert desk.run("restore", desk.file) == 0
    heads = [line.split() for line in desk.out.splitlines() if not line.startswith("    ")]
    assert [head[0] for head in heads] == ["1", "2"]
    assert "Asked for" in desk.out
    assert "2 cases, " in desk.out.split("  2  ")[0]
    assert [each["cases"] for each in desk.json("restore", desk.file)] == [2, 1]


def test_one_is_named_by_number_by_name_or_by_path(desk: Desk, tmp_path: Path) -> None:
    (found,) = backups.of(desk.file)
    elsewhere = shutil.copy(found.path, tmp_path / "from the stick.casebook")
    for number, source in enumerate(("1", found.path.name, found.path, elsewhere)):
        out = tmp_path / f"{number}.casebook"
        assert desk.run("restore", desk.file, "--from", source, "-o", out) == 0, desk.err
        assert desk.out.strip() == str(out)
        assert len(desk.json("list", out)) == 1
    assert listed(desk) == 2


def test_a_plan_says_what_would_be_lost_and_writes_nothing(desk: Desk, home: Path) -> None:
    before, names = desk.file.read_bytes(), sorted(home.rglob("*"))
    assert desk.run("restore", desk.file, "--from", "1", "--plan") == 0
    assert desk.out.startswith("1 save in 1 case would be lost.")
    assert "KBL-" in desk.out
    assert "Amina (Kabul desk)  Opened the case" in desk.out
    assert not any(line.startswith("KBL-1990") for line in desk.out.splitlines())
    told = desk.json("restore", desk.file, "--from", "1", "--plan")
    assert (told["lost"]["saves"], told["back"]["saves"]) == (1, 0)
    assert told["lost"]["cases"][0]["entries"][0]["verb"] == "add case"
    assert desk.file.read_bytes() == before
    assert sorted(home.rglob("*")) == names


def test_restore_puts_it_in_place_and_says_where_the_rest_is_kept(desk: Desk) -> None:
    assert desk.run("restore", desk.file, "--from", "1") == 0
    assert "Restored desk.casebook as it was on" in desk.out
    assert str(backups.of(desk.file)[0].path) in desk.out
    assert listed(desk) == 1
    assert desk.run("restore", desk.file, "--from", "1", "--plan") == 0
    assert "Nothing would be lost." in desk.out
    assert "1 save in 1 case would come back." in desk.out
    told = desk.json("restore", desk.file, "--from", "1")
    assert Path(told["backup"]["path"]).is_file()
    assert listed(desk) == 2


@pytest.mark.parametrize("fate", ["deleted", "damaged"])
def test_a_casebook_that_is_lost_comes_back(desk: Desk, fate: str) -> None:
    if fate == "deleted":
        desk.file.unlink()
        assert desk.run("list", desk.file) == 3
    else:
        desk.file.write_bytes(b"\0" * 5000)
        assert desk.run("list", desk.file) == 3
        assert "claimdesk restore" in desk.err
    assert desk.run("restore", desk.file) == 0
    assert desk.run("restore", desk.file, "--from", "1") == 0
    told = desk.out
    assert listed(desk) == 1
    if fate == "damaged":
        (aside,) = desk.file.parent.glob("*put aside*")
        assert str(aside) in told
        assert aside.read_bytes() == b"\0" * 5000


def test_what_is_refused_or_not_found_says_so_by_its_code(desk: Desk, tmp_path: Path) -> None:
    before = desk.file.read_bytes()
    for number in ("0", "2", "99"):
        assert desk.run("restore", desk.file, "--from", number) == 4
        assert f"no backup “{number}” of this casebook" in desk.err
    assert desk.run("restore", desk.file, "--from", tmp_path / "nothing.casebook") == 3
    assert desk.run("restore", tmp_path / "nothing.casebook") == 3
    assert desk.run("backup", tmp_path / "nothing.casebook") == 3
    assert desk.run("restore", desk.file, "--plan") == 2
    assert desk.run("restore", desk.file, "-o", tmp_path / "out.casebook") == 2
    assert desk.run("restore", desk.file, "--from", "1", "-o", desk.file) == 3
    assert desk.file.read_bytes() == before
    with Casebook.open(desk.file):
        assert desk.run("restore", desk.file, "--from", "1") == 3
    assert desk.file.read_bytes() == before


def test_a_casebook_without_backups_says_that_it_has_none(desk: Desk, home: Path) -> None:
    shutil.rmtree(home / "backups")
    assert desk.run("restore", desk.file) == 0
    assert desk.out == "There is no backup of it on this computer.\n"
    assert desk.json("restore", desk.file) == []


def test_a_backup_that_is_not_what_it_was_is_refused_by_name(desk: Desk) -> None:
    (found,) = backups.of(desk.file)
    tamper(found.path)
    for options in ((), ("--plan",), ("-o", desk.file.with_name("out.casebook"))):
        assert desk.run("restore", desk.file, "--from", "1", *options) == 3
        assert found.path.name in desk.err
        assert "changed after it was made" in desk.err
    shelf.note_of(found.path).write_text(shelf.note_of(found.path).read_text().replace('"size": ', '"size": 1'))
    assert desk.run("restore", desk.file) == 0
    assert "NOT WHOLE" in desk.out
    assert listed(desk) == 2
