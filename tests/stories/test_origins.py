"""Seven links, three origins: what confirms a claim and what only repeats it, from the first source to the paper."""

from __future__ import annotations

import subprocess
from pathlib import Path

from desktop.forms.source_line import SourceChooser
from desktop.panels.origins import OriginsWindow
from tests.desk import Desk

SAID = "Hasan was not ISKP, not ISIS, and had never been affiliated with any terrorist organization."
ONE = "1 – Confirmed by other sources"


def derive(desk: Desk, number: int, other: str, how: str) -> None:
    """Say of a source where it comes from."""
    desk.choose_entry(number)
    line = desk.field("Derived from")
    line.setFocus()
    desk.press("Return")
    chooser = desk._dialog(SourceChooser)
    desk.put(chooser.line, other)
    desk._push("Choose", chooser)
    desk.fill("How it derives", how)
    desk.leave()


def test_copies_do_not_confirm_each_other(desk: Desk, tmp_path: Path) -> None:
    path, out = tmp_path / "Kabul.casebook", tmp_path / "out.pdf"
    desk.new_casebook(path)
    desk.new_case("A senior ISKP commander named Hasan was killed in Karachi.", title="Hasan")
    stance = {"Stance_to_the_claim": "Refutes"}
    desk.add_source("More ISIS Lies from the Taliban", Author="Sarah Adams", Quotation=SAID, **stance)
    desk.add_source("Copy of the post", **stance)
    assert "2 sources, 2 independent origins · against: 2 origins" in desk.words
    derive(desk, 1, "more isis", "Repost")
    assert "2 sources, 1 independent origin · against: 1 origin" in desk.words

    desk.fill("Credibility of the information", ONE)
    assert "1 and 2 are the same origin: 2 is a repost of 1." in desk.words
    assert desk.field("Credibility of the information").currentText() == "6 – Truth cannot be judged"  # type: ignore[union-attr]
    desk.fill("Credibility of the information", "2 – Probably true")

    desk.add_source("Report of a witness", Quotation=SAID.upper(), **stance)
    desk.choose_entry(0)
    desk.fill("Credibility of the information", ONE)
    assert "same origin" not in desk.words
    assert "no longer holds" not in desk.words

    desk.do("Independent origins")
    window = desk._dialog(OriginsWindow)
    desk.rest()
    assert [entry.title.split(".")[0] for entry in window.suspicions.entries] == ["3"]
    desk.fill("How it derives", "Quotes", window)
    desk._push("Same origin", window)
    desk.rest()
    assert window.counts.text() == "3 sources, 1 independent origin"
    window.close()
    assert "1 no longer holds." in desk.words
    desk.export(out)
    printed = subprocess.run(["pdftotext", out, "-"], capture_output=True, check=True).stdout.decode()
    for words in ("3 sources, 1 independent origin", "Repost of [1]", "Quotes [1]", "1 no longer holds"):
        assert words in printed, words
    desk.leave_casebook()

    desk.open(path)
    desk.open_case(desk.listed[0])
    desk.turn_to("Evidence")
    assert "3 sources, 1 independent origin · against: 1 origin" in desk.words
    desk.undo()
    assert "3 sources, 2 independent origins · against: 2 origins" in desk.words
    desk.choose_entry(0)
    assert "no longer holds" not in desk.words
    assert desk.told == []
