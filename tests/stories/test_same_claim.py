"""One claim came to a desk twice: it is noticed, said, printed, and what is different is never asked again."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.desk import Desk

FIRST = "وزیرِ خارجہ نے کہا کہ ایک ہفتے میں 15000 فوجی ہلاک ہوئے"
AGAIN = "وزير خارجه نے کہا: ایک ہفتے میں 15 ہزار فوجی ہلاک ہوئے!"
OTHER = "وزیر خارجہ نے کہا کہ ایک ہفتے میں 400 فوجی رہا ہوئے"


def test_a_claim_that_came_twice(desk: Desk, tmp_path: Path) -> None:
    path, out = tmp_path / "Kabul.casebook", tmp_path / "out.pdf"
    desk.new_casebook(path)
    desk.new_case(FIRST, title="Fifteen thousand")
    first = desk.reference
    desk.give_verdict("False", "No such week is on record.")
    desk.new_case(OTHER, title="Four hundred")
    other = desk.reference
    desk.new_case(AGAIN, title="Once more")
    again = desk.reference
    assert "Same claim as" not in desk.words

    desk.turn_to("Same claim")
    desk.rest()
    assert [entry.split()[0] for entry in desk.entries()] == [f"\u2066{first}\u2069", f"\u2066{other}\u2069"]
    assert desk.badges() == ["Maybe the same", "Maybe the same"]
    assert "Same number 15,000" in desk.words
    assert FIRST in desk.words
    desk.choose_entry(0)
    desk.do("Same claim")
    desk.rest()
    desk.choose_entry(1)
    assert "Other numbers: 15,000 here, 400 there" in desk.words
    desk.do("Different claim")
    desk.rest()
    assert desk.badges() == ["Same claim", "Different claim"]
    assert f"Same claim as \u2066{first}\u2069" in desk.words

    desk.export(out)
    told = subprocess.run(["pdftotext", out, "-"], capture_output=True, check=True).stdout.decode()
    assert f"Same claim as {first}" in told
    assert other not in told
    desk.leave_casebook()

    desk.open(path)
    desk.open_case(other)
    desk.turn_to("Same claim")
    desk.rest()
    assert (again, "Different claim") in list(
        zip((e.split()[0].strip("\u2066\u2069") for e in desk.entries()), desk.badges(), strict=True)
    )
    desk.open_case(first)
    assert f"Same claim as \u2066{again}\u2069" in desk.words
    desk.undo()
    desk.undo()
    assert "Same claim as" not in desk.words
    assert desk.told == []
