"""Two desks write of one claim without seeing each other; one of them settles it, and the other takes that over."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from tests import makers
from tests.db.union import unite
from tests.desk import Desk, window

FIRST, SECOND = "The minister said that the vaccine is safe.", "The minister said that the vaccine is not safe."
BOTH = "The minister said first that it is safe, then that it is not."


def take_over(mine: Desk, theirs: Path) -> None:
    """What the other desk knows comes into the open casebook."""
    assert mine.window.workspace is not None
    unite(mine.window.workspace.context.book, theirs)


def test_what_two_desks_wrote_is_settled_at_one_and_taken_over_by_the_other(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    kabul, herat = tmp_path / "kabul.casebook", tmp_path / "herat.casebook"
    desk.new_casebook(kabul)
    desk.new_case(makers.URDU, title="Vaccine")
    reference = desk.reference
    with window(qtbot) as other:
        other.new_casebook(herat, desk="Herat desk", code="HRT", analyst="Bek")
        take_over(other, kabul)
        other.open_case(reference)
        for person, words, rating in ((desk, FIRST, "True"), (other, SECOND, "False")):
            person.turn_to("Claim")
            person.fill("Translation", words)
            person.leave()
            person.give_verdict(rating, f"It reads: {words}")
        take_over(other, kabul)
        take_over(desk, herat)
        for person in (desk, other):
            assert person.marks == ["1 conflict"]
            assert "2 verdicts stand and differ." in person.words
            assert "Amina" in person.words
            assert "Bek · Herat desk" in person.words

        other.do("Conflicts")
        assert "1 conflict" in other.words
        assert "Amina, Kabul desk" in other.words
        other.do("Write another, from version 1")
        other.fill("Another version", BOTH)
        other.do("Settle with what is written")
        assert "No conflict" in other.words.splitlines()
        other.do("All cases")
        other.open_case(reference)
        other.give_verdict("Half true", "Both were said.")

        take_over(desk, herat)
        desk.turn_to("Claim")
        assert desk.field("Translation").text() == BOTH
        assert desk.marks == []
        desk.turn_to("Verdict")
        assert "2 verdicts stand" not in desk.words
        assert "Both were said." in desk.words
        desk.choose_save("Settled a conflict")
        assert {FIRST, SECOND, BOTH} <= set(desk.words.splitlines())
        assert desk.told == other.told == []
        take_over(other, kabul)
        other.leave_casebook()
    desk.leave_casebook()
