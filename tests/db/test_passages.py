"""Passages: the words that were marked are found again, in the same text and in one that was read anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from db import actors, attachments, claims, events, history, joints, passages
from db.actors import ActorDraft
from db.casebook import Casebook
from db.citations import CitationDraft, cite
from db.claims import ClaimDraft
from db.errors import Invalid, NotFound
from db.events import EventDraft
from db.kinds import Kind
from db.passages import Target
from db.sources import SourceDraft
from db.sources import add as add_source
from db.texts.span import Span
from db.vocabulary import Op
from tests import makers

WORDS = (
    "Burhan", "killed", "5 March 2025", "ISKP", "“good news”", "2,640 km", "وزیرِ خارجہ", "پوله تړل شوې ده", "لقاح",
    "Вакцина", "ещё", "й", "वैक्सीन", "o‘zbek", "🚨", "👩‍⚕️", "🇦🇫", "e\u0301", "é", ".", "۔", "।", "\n", "\n\n", "\u200c",
)  # fmt: skip
TEXT = st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=60).map(" ".join)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, Span]:
    """A text, and a part of it that has words in it."""
    text = draw(TEXT)
    assume(text.strip())
    start = draw(st.integers(0, len(text) - 1))
    span = Span(start, draw(st.integers(start + 1, len(text))))
    assume(span.of(text).strip())
    return text, span


@given(marked())
def test_what_was_marked_is_found_at_the_same_words(given_text: tuple[str, Span]) -> None:
    text, span = given_text
    assert passages.locate(passages.anchor(text, span), text) == span


@given(marked(), TEXT, TEXT)
def test_an_edit_elsewhere_moves_the_mark_with_its_words(given_text: tuple[str, Span], before: str, after: str) -> None:
    """Where the words now stand in several places alike, the mark is not put at any of them by chance."""
    text, span = given_text
    found = passages.anchor(text, span)
    edited = before + text + after
    moved = Span(span.start + len(before), span.stop + len(before))
    assert moved in passages.places(found, edited)
    located = passages.locate(found, edited)
    assert located in (None, moved)
    if edited.count(found.exact) == 1:
        assert located == moved


@given(marked())
def test_words_read_anew_with_other_breaks_between_them_are_still_found(given_text: tuple[str, Span]) -> None:
    text, span = given_text
    found = passages.anchor(text, span)
    anew = "   ".join(text.split()) + "  the end"
    places = [each.of(anew) for each in passages.places(found, anew)]
    assert places
    assert all(place.split() == found.exact.split() for place in places)


def test_a_repeated_phrase_is_told_apart_by_the_words_around_it() -> None:
    text = "He said: it is false. She said: it is false. They said: it is false."
    start = text.index("it is false", text.index("She"))
    found = passages.anchor(text, Span(start, start + 11))
    anew = "A new first line.\n" + text.replace("They", "All of them")
    located = passages.locate(found, anew)
    assert located is not None
    assert anew[located.start - 10 : located.stop] == "She said: it is false"


def test_words_that_are_gone_or_stand_alike_in_two_places_are_not_found() -> None:
    found = passages.anchor("one two three", Span(4, 7))
    assert passages.places(found, "one three") == ()
    assert passages.places(found, "two\ntwo") == (Span(0, 3), Span(4, 7))
    assert passages.locate(found, "two\ntwo") is None


def test_a_place_from_elsewhere_that_no_text_has_is_told_by_its_words() -> None:
    text = "one two three"
    for start, stop in ((-5, 2), (9, 4), (400, 407), (0, 3)):
        odd = passages.Anchor("two", "", "", start, stop, passages.digest(text))
        assert passages.locate(odd, text) == Span(4, 7)
    assert passages.places(passages.Anchor(" ", "", "", 3, 4, ""), text) == ()


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with makers.make_book(tmp_path) as book:
        yield book


def test_every_sort_of_thing_can_be_made_from_a_passage_and_leads_back_to_it(book: Casebook) -> None:
    case_id = makers.make_case(book)
    text = f"{makers.EMOJI} {makers.URDU}"
    file = makers.attach(book, case_id, text.encode(), "post.txt")
    span = Span(text.index("وزیر"), len(text))
    with book.change(Op.MARK_PASSAGE) as change:
        cited = cite(change, case_id, add_source(change, SourceDraft("A post")), CitationDraft())
        made = (
            Target(Kind.CLAIM, claims.add(change, case_id, ClaimDraft(makers.URDU))),
            Target(Kind.CITATION, cited),
            Target(Kind.ACTOR, actors.add(change, ActorDraft("وزیرِ خارجہ"))),
            Target(Kind.EVENT, events.add(change, case_id, EventDraft("said so"))),
        )
        ids = [passages.mark(change, case_id, file, passages.anchor(text, span), each) for each in made]
    found = passages.of_attachment(book, file)
    assert [(each.id, each.target) for each in found] == list(zip(ids, made, strict=True))
    assert {each.anchor.exact for each in found} == {makers.URDU}
    for passage_id, target in zip(ids, made, strict=True):
        (back,) = passages.of_target(book, target.id)
        assert (back.id, back.attachment_id, passages.locate(back.anchor, text)) == (passage_id, file, span)
    assert passages.of_case(book, case_id) == found
    assert makers.URDU in [edit.new for edit in history.of_case(book, case_id)[0].edits if edit.kind is Kind.PASSAGE]


def test_a_passage_shines_no_more_when_its_thing_its_file_or_its_mark_is_gone(book: Casebook) -> None:
    case_id = makers.make_case(book)
    file = makers.attach(book, case_id, b"one two three", "text.txt")
    with book.change(Op.MARK_PASSAGE) as change:
        claim = claims.add(change, case_id, ClaimDraft("two"))
        anchor = passages.anchor("one two three", Span(4, 7))
        passage = passages.mark(change, case_id, file, anchor, Target(Kind.CLAIM, claim))
    for op, take in (
        (Op.DELETE_CLAIM, lambda change: claims.delete(change, claim)),
        (Op.DELETE_ATTACHMENT, lambda change: attachments.delete(change, file)),
        (Op.UNMARK_PASSAGE, lambda change: passages.unmark(change, passage)),
    ):
        with book.change(op) as change:
            take(change)
        assert passages.of_attachment(book, file) == ()
        assert passages.of_target(book, claim) == ()
        book.undo()
        assert [each.id for each in passages.of_attachment(book, file)] == [passage]


def test_the_passages_of_actors_that_are_joined_lead_to_the_one_that_leads(book: Casebook) -> None:
    case_id = makers.make_case(book)
    file = makers.attach(book, case_id, b"Burhan alias Zaid", "text.txt")
    with book.change(Op.MARK_PASSAGE) as change:
        burhan, zaid = (actors.add(change, ActorDraft(name)) for name in ("Burhan", "Zaid"))
        anchor = passages.anchor("Burhan alias Zaid", Span(13, 17))
        passages.mark(change, case_id, file, anchor, Target(Kind.ACTOR, zaid))
    with book.change(Op.JOIN_ACTORS) as change:
        joints.join(change, zaid, burhan)
    (passage,) = passages.of_target(book, burhan)
    assert (passage.target.id, passage.name) == (burhan, "Zaid")
    assert passages.of_attachment(book, file) == passages.of_target(book, zaid) == (passage,)


def test_nothing_is_marked_without_words_or_without_its_thing(book: Casebook) -> None:
    with pytest.raises(Invalid, match="empty"):
        passages.anchor("one  two", Span(3, 5))
    case_id = makers.make_case(book)
    file = makers.attach(book, case_id, b"one", "text.txt")
    anchor = passages.anchor("one", Span(0, 3))
    with pytest.raises(NotFound), book.change(Op.MARK_PASSAGE) as change:
        passages.mark(change, case_id, file, anchor, Target(Kind.CLAIM, "none"))
