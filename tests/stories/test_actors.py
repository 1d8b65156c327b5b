"""Two stories of one man, told under several names: joined, set side by side, and parted again."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from db import actors, claims
from db.casebook import Casebook
from db.cases import find
from desktop.forms.actor_chooser import ActorChooser, JoinChooser
from desktop.forms.source_line import SourceChooser
from desktop.pages.actor import ActorPage
from tests.desk import Desk


def say(desk: Desk, what: str, value: str, source: str) -> None:
    """Record on the page of an actor what a source says of it."""
    desk.do("What a source says of it")
    desk.fill("What of the actor", what)
    desk.fill("What the source says", value)
    desk.field("Source").setFocus()
    desk.press("Return")
    chooser = desk._dialog(SourceChooser)
    desk.put(chooser.line, source)
    desk._push("Choose", chooser)


def test_hasan_of_whom_two_stories_are_told(desk: Desk, tmp_path: Path) -> None:
    path, out = tmp_path / "Kabul.casebook", tmp_path / "out.pdf"
    desk.new_casebook(path)
    desk.new_case("حسن کراچی میں مارا گیا", title="Urdu", claimant="حسن", language="Urdu")
    urdu = desk.reference
    desk.new_case("A senior ISKP commander was killed in Karachi.", title="Killed in Karachi", claimant="Hasan")
    english = desk.reference
    desk.add_source("Al-Mirsad on the General Directorate of Intelligence", Published="2025-10-04")
    desk.add_source("More ISIS Lies from the Taliban", Published="2025-10-05", Author="Sarah Adams")
    desk.fill("Reliability of the source", "C – Fairly reliable")

    desk.turn_to("Actors")
    desk.choose_entry(0)
    desk.do("Page of the actor")
    page = desk.window.workspace.stack.currentWidget()
    assert isinstance(page, ActorPage)
    say(desk, "Origin", "Khyber Pakhtunkhwa in Pakistan", "mirsad")
    say(desk, "Role", "senior ISKP commander", "mirsad")
    say(desk, "Origin", "Achin district in Nangarhar", "isis lies")
    say(desk, "Role", "never affiliated with any terrorist organization", "isis lies")
    told = desk.words
    assert told.index("Origin: sources differ") < told.index("Role: sources differ")
    for words in ("Achin district in Nangarhar", "4 Oct 2025\u2069 · F6 Cannot be judged", "C6 Fairly reliable"):
        assert words in told

    page.tabs.setCurrentWidget(page.namesakes)
    desk.rest()
    (entry,) = page.namesakes.list.entries
    assert entry.title == "حسن"
    desk.do("Join with another actor")
    chooser = desk._dialog(JoinChooser)
    desk.put(chooser.line, "حسن")
    desk._push("Join", chooser)
    desk.rest()
    assert "Joined with \u2066حسن\u2069" in desk.words
    assert [case.split()[0].strip("\u2066\u2069") for case in (e.title for e in page.cases.entries)] == [urdu, english]

    page.opened.emit(*page._places[page.cases.entries[0].id])
    assert desk.reference == urdu
    assert desk.entries() == ["Hasan"]
    assert any("Hasan" in place for place in desk.search("hasan") if urdu in place)
    desk.do("All cases")
    desk.open_case(english)
    desk.export(out)
    printed = subprocess.run(["pdftotext", out, "-"], capture_output=True, check=True).stdout.decode()
    assert "Achin district in Nangarhar" in printed
    assert "Khyber Pakhtunkhwa in Pakistan" in printed

    desk.turn_to("Actors")
    desk.choose_entry(0)
    desk.do("Part from the others")
    desk._push("Part", desk._dialog(ActorChooser))
    desk.open_case(urdu)
    desk.turn_to("Actors")
    assert desk.entries() == ["حسن"]
    desk.undo()
    assert desk.entries() == ["Hasan"]
    assert desk.told == []
    desk.leave_casebook()
    with Casebook.open(Path(shutil.copy(path, tmp_path / "copy.casebook")), write=False) as book:
        case = find(book, urdu)
        assert claims.whole(book, case.id).claimant == "Hasan"
        assert {actor.name for actor in actors.everyone(book)} == {"Hasan"}
        assert book.value("SELECT name FROM actor WHERE id = :id", id=claims.whole(book, case.id).claimant_id) == "حسن"
