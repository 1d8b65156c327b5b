"""A case goes to another desk as a sealed hand-over, is worked on at both, comes back, is settled, and is printed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db import check, incarnation
from db.casebook import Casebook
from db.exchange import passphrase
from db.vocabulary import Tlp
from desktop.wording import word
from tests import makers
from tests.desk import Desk, window

MINE, THEIRS, BOTH = "Kabul reads: it is safe.", "Peshawar reads: it is not safe.", "First safe, then not safe."


def test_a_case_goes_to_another_desk_and_comes_back(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passphrase, "_WORK", 10)
    kabul, peshawar = tmp_path / "kabul.casebook", tmp_path / "peshawar.casebook"
    desk.new_casebook(kabul)
    desk.new_case(makers.URDU, title="Vaccine")
    reference = desk.reference
    desk.add_source("Statement of the ministry", Quotation=makers.PASHTO)
    sent, words = hand_over(desk, reference, tmp_path / "to Peshawar.handover.casebook.age")
    with window(qtbot) as other:
        other.new_casebook(peshawar, desk="Peshawar desk", code="PSH", analyst="Bilal")
        other.merge(sent)
        other.say(words, "Open")
        other.wait(lambda: other.on_plan)
        assert "Signed by Kabul desk" in other.words
        other.keep_plan()
        to_the_list(other)
        for person, text, rating in ((other, THEIRS, "False"), (desk, MINE, "True")):
            to_the_list(person)
            person.open_case(reference)
            person.turn_to("Claim")
            person.fill("Translation", text)
            person.leave()
            person.give_verdict(rating, f"Because: {text}")
        back, words = hand_over(other, reference, tmp_path / "back.handover.casebook.age")
        desk.merge(back)
        desk.say(words, "Open")
        desk.wait(lambda: desk.on_plan)
        assert "1 changed case · 1 conflict · 1 case whose verdicts differ" in desk.words
        desk.keep_plan()
        desk.do("Conflicts")
        desk.do("Write another, from version 1")
        desk.fill("Another version", BOTH)
        desk.do("Settle with what is written")
        to_the_list(desk)
        desk.open_case(reference)
        assert desk.marks == []
        desk.give_verdict("Half true", "Both desks looked again.")
        desk.export(tmp_path / "dossier.pdf")
        again, words = hand_over(desk, reference, tmp_path / "again.handover.casebook.age")
        other.merge(again)
        other.say(words, "Open")
        other.wait(lambda: other.on_plan)
        other.keep_plan()
        to_the_list(other)
        other.open_case(reference)
        other.turn_to("Claim")
        assert other.field("Translation").text() == BOTH
        echo, words = hand_over(other, reference, tmp_path / "echo.handover.casebook.age")
        desk.merge(echo)
        desk.say(words, "Open")
        assert any("Nothing new" in told for told in desk.told_words())
        other.leave_casebook()
    desk.leave_casebook()
    printed = subprocess.run(
        ["pdftotext", tmp_path / "dossier.pdf", "-"], capture_output=True, check=True
    ).stdout.decode()
    for text in (BOTH, "Half true", "Both desks looked again.", "Bilal", "Peshawar desk"):
        assert text in " ".join(printed.split()), text
    for path in (kabul, peshawar):
        with Casebook.open(path, write=False) as book:
            assert check.check(book).problems == ()
    assert not [each for each in (incarnation.home() / "scratch").glob("*") if each.is_dir()]


def hand_over(person: Desk, reference: str, target: Path) -> tuple[Path, str]:
    """Hand one case over, sealed with the passphrase that is offered; returns the file and the passphrase."""
    to_the_list(person)
    person.choose_cases(reference)
    person.hand_over()
    person.rest()
    if "is marked TLP:AMBER" in person.words:
        person.push(f"They may see {word(Tlp.AMBER)}")
    words = person.field("Passphrase").text()  # type: ignore[union-attr]
    person.write_hand_over(target)
    return target, words


def to_the_list(person: Desk) -> None:
    """Go to the list of cases from wherever one is."""
    if person.verb("All cases").isEnabled():
        person.do("All cases")
