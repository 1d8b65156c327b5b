"""Custody in the terminal: what happened to each file, verifying with exit codes, and what is written down."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from db import attachments, custody
from db.casebook import Casebook
from db.vocabulary import Custody, Outcome
from tests.desktop.test_cli import Desk
from tests.makers import URDU


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A casebook with one case and two files."""
    made = Desk(tmp_path, capsys)
    assert made.run("new", made.file, "--desk", "Kabul desk", "--code", "KBL", "--analyst", "Amina") == 0
    made.add_case(URDU)
    for name, words in (("گواہ.txt", "what the witness said"), ("other.txt", "something else")):
        (tmp_path / name).write_text(words, "utf-8")
    assert made.run("attach", made.file, REFERENCE, tmp_path / "گواہ.txt", tmp_path / "other.txt") == 0
    made.run("case", "add", made.file, "--claim", "Nothing is attached to this one")
    return made


REFERENCE, BARE = "KBL-2026-0001", "KBL-2026-0002"


def events(path: Path, name: str = "گواہ.txt") -> list[Custody | None]:
    with Casebook.open(path, write=False) as book:
        (wanted,) = [row[0] for row in book.select("SELECT id FROM attachment WHERE name = :name", name=name)]
        return [event.what for event in custody.of_attachment(book, wanted)]


def alter(path: Path, words: str) -> None:
    """Change bytes behind the program's back, as this computer last left the file otherwise."""
    with Casebook.open(path) as book, book.repair() as writer:
        writer.execute("UPDATE piece SET data = CAST('forged' AS BLOB) WHERE data = :old", old=words.encode())


def test_custody_prints_a_page_for_each_file(desk: Desk) -> None:
    assert desk.run("custody", desk.file, REFERENCE) == 0
    assert f"{REFERENCE}  گواہ.txt" in desk.out
    assert "1. Attached as a file" in desk.out
    assert "by the clock of Kabul desk · Amina" in desk.out
    assert "Not verified since it came in." in desk.out
    told = desk.json("custody", desk.file, REFERENCE)
    assert [item["name"] for item in told] == ["گواہ.txt", "other.txt"]
    assert told[0]["events"][0]["what"] == "imported"
    assert desk.run("custody", desk.file, BARE) == 0
    assert "No files are attached" in desk.out
    assert desk.run("custody", desk.file, "KBL-1999-0001") == 4


def test_verify_writes_down_what_it_found_and_exits_with_a_problem_where_there_is_one(desk: Desk) -> None:
    assert desk.run("verify", desk.file) == 0
    assert "Verified 2 files" in desk.out
    assert "2 intact" in desk.out
    assert events(desk.file) == [Custody.IMPORTED, Custody.VERIFIED]
    desk.run("custody", desk.file, REFERENCE)
    assert "Intact when last verified on" in desk.out
    alter(desk.file, "what the witness said")
    assert desk.run("verify", desk.file, BARE) == 0
    assert desk.run("verify", desk.file, REFERENCE) == 1
    assert f"{REFERENCE}  گواہ.txt: NOT the bytes that came in" in desk.out
    assert "1 intact, 1 altered" in desk.out
    assert desk.run("verify", desk.file, "--json") == 1
    told = json.loads(desk.out)
    assert (told["recorded"], told["bytes"], [each["outcome"] for each in told["findings"]]) == (
        True, 20, ["altered", "intact"]
    )  # fmt: skip
    with Casebook.open(desk.file, write=False) as book:
        (case_id,) = [row[0] for row in book.select('SELECT id FROM "case" WHERE reference = :r', r=REFERENCE)]
        (altered,) = [each for each in attachments.of_case(book, case_id) if each.name == "گواہ.txt"]
        assert custody.of_attachment(book, altered.id)[-1].details.outcome is Outcome.ALTERED
    assert desk.run("verify", desk.file, "KBL-1999-0001") == 4


def test_a_casebook_that_somebody_works_in_is_verified_and_nothing_is_written_down(desk: Desk) -> None:
    with Casebook.open(desk.file):
        assert desk.run("verify", desk.file) == 0
        assert "not written down" in desk.err
    assert events(desk.file) == [Custody.IMPORTED]


def test_a_hand_over_and_a_merge_are_told_at_both_desks(desk: Desk, tmp_path: Path) -> None:
    sent, herat = tmp_path / "for Herat.handover.casebook", tmp_path / "herat.casebook"
    assert desk.run("handover", desk.file, REFERENCE, "--tlp", "red", "-o", sent) == 0
    assert events(desk.file) == [Custody.IMPORTED, Custody.HANDED_OVER]
    desk.run("custody", desk.file, REFERENCE)
    assert "In the file “for Herat.handover.casebook”" in desk.out
    assert "the file itself does not tell of it" in desk.out
    assert desk.run("new", herat, "--desk", "Herat desk", "--code", "HRT", "--analyst", "Bilal") == 0
    assert desk.run("merge", herat, sent) == 0
    assert events(herat) == [Custody.IMPORTED, Custody.RECEIVED]
    desk.run("custody", herat, REFERENCE)
    assert "Received from Kabul desk" in desk.out
    assert "by the clock of Herat desk · Bilal" in desk.out
    assert desk.run("merge", herat, sent) == 0
    assert "Nothing new" in desk.out
    assert events(herat) == [Custody.IMPORTED, Custody.RECEIVED]
    back = tmp_path / "back.handover.casebook"
    assert desk.run("handover", herat, REFERENCE, "--tlp", "red", "-o", back) == 0
    assert desk.run("merge", desk.file, back) == 0
    assert "1 case as it was, with what happened to its files" in desk.out
    assert set(events(desk.file)) == {Custody.IMPORTED, Custody.HANDED_OVER, Custody.RECEIVED}


def test_a_hand_over_without_the_bytes_is_none_of_the_file(desk: Desk, tmp_path: Path) -> None:
    with Casebook.open(desk.file, write=False) as book:
        witness = book.value("SELECT id FROM attachment WHERE name = 'گواہ.txt'")
    sent = tmp_path / "sent.casebook"
    assert desk.run("handover", desk.file, REFERENCE, "--tlp", "red", "--hold-bytes", witness, "-o", sent) == 0
    assert events(desk.file) == [Custody.IMPORTED]
    assert events(desk.file, "other.txt") == [Custody.IMPORTED, Custody.HANDED_OVER]


def test_a_hand_over_from_a_casebook_in_use_counts_and_is_not_written_down(desk: Desk, tmp_path: Path) -> None:
    sent = tmp_path / "sent.casebook"
    with Casebook.open(desk.file):
        assert desk.run("handover", desk.file, REFERENCE, "--tlp", "red", "-o", sent) == 0
    assert sent.is_file()
    assert "not written down" in desk.err
    assert events(desk.file) == [Custody.IMPORTED]


def test_reading_the_custody_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    elsewhere = Path(shutil.copy(desk.file, tmp_path / "copy.casebook"))
    before = elsewhere.read_bytes()
    assert desk.run("custody", elsewhere, REFERENCE) == 0
    assert elsewhere.read_bytes() == before


def test_a_merge_can_be_taken_out_though_it_was_received(desk: Desk, tmp_path: Path) -> None:
    sent, herat = tmp_path / "for Herat.handover.casebook", tmp_path / "herat.casebook"
    desk.run("handover", desk.file, REFERENCE, "--tlp", "red", "-o", sent)
    desk.run("new", herat, "--desk", "Herat desk", "--code", "HRT", "--analyst", "Bilal")
    desk.run("merge", herat, sent)
    assert desk.run("verify", herat) == 0
    assert desk.run("unmerge", herat, 1) == 0
    assert desk.run("check", herat) == 0
    with Casebook.open(herat, write=False) as book:
        assert book.value("SELECT count(*) FROM attachment") == 0
        assert book.value("SELECT count(*) FROM blob") == 0
