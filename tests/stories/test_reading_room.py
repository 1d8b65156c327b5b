"""From a pasted article to anchored claims, citations, an actor and a date; and back to the words from each."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import actors, attachments, blobs, citations, claims, events, passages, sources
from db.casebook import Casebook
from db.check import check
from db.texts.span import Span
from db.vocabulary import Method, Stance
from tests.desk import Desk

TITLE = "A Claim, a Killing, and a Familiar Deflection"
URDU = "وزیرِ خارجہ نے کہا کہ لقاح محفوظ ہے 🇵🇰۔"
ARTICLE = f"""{TITLE}

A recent wave of claims alleged that a senior commander named Burhan, also known as Zaid, had been killed in Punjab. The report was amplified by former US envoy Zalmay Khalilzad, who described the development as “good news” and implied that Pakistan had quietly eliminated a major figure. Islamabad immediately rejected the narrative.

🔎 Fact Check: the incident was a criminal killing that occurred on 5 March 2025 in Habibabad, Kasur district. Investigators linked the murder to robbery or personal enmity. They filed a formal FIR on 6 March.

{URDU} یہ بات 👩‍⚕️ نے بھی کہی۔

TTP chief Noor Wali Mehsud reportedly resides in Kabul on a stipend of USD 43,000. Both countries share a 2,640 km border.
"""
CLAIMS = (
    "A recent wave of claims alleged that a senior commander named Burhan, also known as Zaid, had been killed in Punjab.",
    "The report was amplified by former US envoy Zalmay Khalilzad, who described the development as “good news” and implied that Pakistan had quietly eliminated a major figure.",
    "Islamabad immediately rejected the narrative.",
    "🔎 Fact Check: the incident was a criminal killing that occurred on 5 March 2025 in Habibabad, Kasur district.",
    "Investigators linked the murder to robbery or personal enmity.",
    "They filed a formal FIR on 6 March.",
    URDU,
    "یہ بات 👩‍⚕️ نے بھی کہی۔",
    "TTP chief Noor Wali Mehsud reportedly resides in Kabul on a stipend of USD 43,000.",
    "Both countries share a 2,640 km border.",
)


@pytest.fixture
def book(desk: Desk, tmp_path: Path) -> Path:
    """An open casebook with one case."""
    path = tmp_path / "Kabul.casebook"
    desk.new_casebook(path)
    desk.new_case("A senior commander was killed", title="Burhan")
    return path


def ten_claims(desk: Desk) -> int:
    """Make a claim of every sentence; returns how many keys that took."""
    pressed = 0
    for _ in CLAIMS:
        for keys in ("Space", "C"):
            desk.press(keys)
            pressed += 1
    return pressed


def test_from_the_article_to_ten_claims_each_with_its_words(desk: Desk, book: Path) -> None:
    """Twenty keys for ten claims, after Ctrl+V and Read: five minutes are a day's rest."""
    desk.paste_text(ARTICLE)
    assert ten_claims(desk) == 20
    assert [title for _, title in desk.marked()] == list(CLAIMS)

    desk.select("good news")
    desk.press("S")
    desk.choose_claim("A senior commander was killed")
    desk.select("Islamabad immediately rejected")
    desk.press("R")
    desk.choose_claim(CLAIMS[0])
    desk.select("Zalmay Khalilzad")
    desk.press("A")
    desk.select("5 March 2025")
    desk.press("D")
    made = desk.marked()
    assert sorted({badge for badge, _ in made}) == ["Actor", "Claim", "Event", "Refutes", "Supports"]
    assert len(made) == 14
    assert desk.told == []
    words = [title for _, title in made]
    assert desk.shining() == words

    desk.leave_casebook()
    desk.open(book)
    desk.open_case(desk.listed[0])
    desk.turn_to("Evidence")
    desk.do("Read")
    desk.wait(lambda: desk.reading)
    assert desk.marked() == made
    assert desk.shining() == words
    read_back(desk, book)


def read_back(desk: Desk, book: Path) -> None:
    """What is on the disk."""
    desk.leave_casebook()
    with Casebook.open(book) as found:
        assert not check(found).problems
        (file,) = found.select("SELECT id, case_id FROM attachment")
        attachment, case_id = attachments.one(found, file[0]), file[1]
        assert blobs.read(found, attachment.sha256) == ARTICLE.encode()
        assert (attachment.method, attachment.media_type) == (Method.PASTED, "text/plain")
        whole, *parts = claims.of_case(found, case_id)
        assert [part.text for part in parts] == list(CLAIMS)
        assert {part.parent_id for part in parts} == {whole.id}
        (source,) = sources.of_case(found, case_id)
        assert (source.title, attachment.source_id) == (TITLE, source.id)
        first, second = citations.of_case(found, case_id)
        assert (first.stance, first.quotation, first.locator) == (Stance.SUPPORTS, "good news", "para. 2")
        assert (second.stance, second.claim_id) == (Stance.REFUTES, parts[0].id)
        assert [actor.name for actor in actors.of_case(found, case_id)] == ["Zalmay Khalilzad"]
        assert [event.text for event in events.of_case(found, case_id)] == [CLAIMS[3]]
        for passage in passages.of_attachment(found, attachment.id):
            anchor = passage.anchor
            assert passages.locate(anchor, ARTICLE) == Span(anchor.start, anchor.stop)
            assert ARTICLE[anchor.start : anchor.stop] == anchor.exact


def test_each_is_one_save_that_undo_takes_back_and_redo_brings_again(desk: Desk, book: Path) -> None:
    desk.paste_text(ARTICLE, "An article")
    desk.press("Space")
    desk.press("C")
    desk.press("Space")
    desk.press("C")
    assert len(desk.marked()) == 2
    desk.press("Ctrl+Z")
    assert [title for _, title in desk.marked()] == [CLAIMS[0]]
    desk.press("Ctrl+Shift+Z")
    assert [title for _, title in desk.marked()] == list(CLAIMS[:2])
    desk.press_mark(CLAIMS[1], "Del")
    assert [title for _, title in desk.marked()] == [CLAIMS[0]]
    desk.press("Alt+Left")
    desk.turn_to("Claim")
    assert desk.entries() == ["A senior commander was killed", *CLAIMS[:2]]


def test_one_goes_from_the_words_to_the_thing_and_back(desk: Desk, book: Path) -> None:
    desk.paste_text(ARTICLE)
    desk.press("Space")
    desk.press("C")
    desk.select("Noor Wali Mehsud")
    desk.press("A")
    desk.select("6 March")
    desk.press("D")
    desk.press_mark("Noor Wali Mehsud", "Return")
    desk.wait(lambda: desk.on_case)
    assert desk.chosen_entry == "Noor Wali Mehsud"
    desk.show_in_text()
    assert desk.chosen_mark == "Noor Wali Mehsud"
    desk.press_mark("6 March", "Return")
    assert desk.chosen_entry == CLAIMS[5]
    desk.press("F3")
    desk.wait(lambda: desk.reading)
    assert desk.chosen_mark == "6 March"
    desk.press("Alt+Left")
    desk.turn_to("Claim")
    desk.choose_entry(1)
    desk.show_in_text()
    assert desk.chosen_mark == CLAIMS[0]


def test_a_text_is_read_only_where_another_window_has_the_casebook(desk: Desk, book: Path) -> None:
    desk.paste_text(ARTICLE)
    desk.press("Space")
    desk.press("C")
    desk.leave_casebook()
    with Casebook.open(book):
        desk.open(book)
        desk.open_case(desk.listed[0])
        desk.turn_to("Evidence")
        desk.do("Read")
        desk.wait(lambda: desk.reading)
        assert desk.shining() == [CLAIMS[0]]
        desk.take_up()
        desk.press("Space")
        desk.press("C")
        assert len(desk.marked()) == 1
        assert not desk.verb("Claim").isEnabled()
        desk.leave_casebook()
