"""What is made from a passage, and where it is found afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import actors, attachments, cases, citations, claims, events, marks, passages, sources, timeline
from db.actors import ActorDraft
from db.attachments import Depot
from db.casebook import Casebook
from db.cases import CaseDraft
from db.marks import Sheet
from db.texts.span import Span
from db.vocabulary import ActorKind, Op, Reliability, Stance
from tests import makers

TEXT = """Islamabad – A first line 🚨.

Zalmay Khalilzad called it “good news.” The killing occurred on 5 March 2025 in Habibabad.
وزیرِ خارجہ نے کہا کہ لقاح محفوظ ہے۔
"""


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with makers.make_book(tmp_path) as book:
        yield book


def sheet(book: Casebook, source_id: str = "", case_id: str = "") -> Sheet:
    case_id = case_id or makers.make_case(book)
    with Depot(book.path) as depot:
        ready = depot.picture(TEXT.encode(), "article.txt")
    with book.change(Op.ADD_ATTACHMENT) as change:
        return Sheet(case_id, attachments.attach(change, case_id, ready, source_id=source_id), TEXT, "en")


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def test_a_passage_becomes_a_part_of_the_claim_in_its_own_words(book: Casebook) -> None:
    page = sheet(book)
    with book.change(Op.MARK_PASSAGE) as change:
        target = marks.claim(change, page, span("وزیرِ خارجہ نے کہا کہ لقاح محفوظ ہے۔"))
    whole, part = claims.of_case(book, page.case_id)
    assert (part.id, part.text, part.language) == (target.id, "وزیرِ خارجہ نے کہا کہ لقاح محفوظ ہے۔", "ur")
    assert part.parent_id == whole.id
    (passage,) = passages.of_target(book, part.id)
    assert passage.name == part.text
    book.undo()
    assert len(claims.of_case(book, page.case_id)) == 1
    assert passages.of_attachment(book, page.attachment_id) == ()


def test_a_claim_of_few_words_is_in_the_language_of_its_text_where_the_script_agrees(book: Casebook) -> None:
    page = sheet(book)
    with book.change(Op.MARK_PASSAGE) as change:
        marks.claim(change, page, span("Habibabad"))
        marks.claim(change, page, span("لقاح"))
    assert [each.language for each in claims.of_case(book, page.case_id)[1:]] == ["en", ""]


def test_the_first_passage_of_a_case_without_a_claim_is_its_claim(book: Casebook) -> None:
    with book.change(Op.ADD_CASE) as change:
        bare = cases.add(change, CaseDraft(), claims.ClaimDraft("taken out again"))
        claims.delete(change, claims.whole(change.writer, bare).id)
    page = sheet(book, case_id=bare)
    with book.change(Op.MARK_PASSAGE) as change:
        first = marks.claim(change, page, span("A first line 🚨."))
        second = marks.claim(change, page, span("“good news.”"))
    whole, part = claims.of_case(book, page.case_id)
    assert (whole.id, whole.parent_id) == (first.id, "")
    assert (part.id, part.parent_id) == (second.id, first.id)


def test_a_passage_cites_the_source_of_the_text_for_or_against_a_claim(book: Casebook) -> None:
    case_id = makers.make_case(book)
    source_id = makers.make_source(book, [case_id], "An article", Stance.SUPPORTS)
    page = sheet(book, source_id, case_id)
    whole = claims.whole(book, case_id).id
    with book.change(Op.MARK_PASSAGE) as change:
        marks.cite(change, page, span("called it “good news.”"), Stance.REFUTES, whole)
    _, cited = citations.of_case(book, case_id)
    assert (cited.source_id, cited.stance, cited.claim_id) == (source_id, Stance.REFUTES, whole)
    assert (cited.quotation, cited.locator) == ("called it “good news.”", "para. 2")
    (passage,) = passages.of_target(book, cited.id)
    assert (passage.name, passage.stance) == ("An article", Stance.REFUTES)


def test_a_citation_that_says_nothing_yet_is_the_one_that_says_it(book: Casebook) -> None:
    case_id = makers.make_case(book)
    source_id = makers.make_source(book, [case_id], "An article", Stance.CONTEXT)
    (bare,) = citations.of_case(book, case_id)
    with book.change(Op.EDIT_CITATION) as change:
        citations.edit(change, bare.id, citations.CitationDraft(reliability=Reliability.B))
    page = sheet(book, source_id, case_id)
    with book.change(Op.MARK_PASSAGE) as change:
        marks.cite(change, page, span("“good news.”"), Stance.SUPPORTS)
        marks.cite(change, page, span("Habibabad"), Stance.SUPPORTS)
    first, second = citations.of_case(book, case_id)
    assert (first.id, first.quotation, first.reliability) == (bare.id, "“good news.”", Reliability.B)
    assert second.quotation == "Habibabad"


def test_a_text_without_a_source_gets_one_named_by_its_first_line(book: Casebook) -> None:
    page = sheet(book)
    with book.change(Op.MARK_PASSAGE) as change:
        marks.cite(change, page, span("“good news.”"), Stance.REFUTES)
    (source,) = sources.of_case(book, page.case_id)
    assert (source.title, source.language) == ("Islamabad – A first line 🚨.", "en")
    assert attachments.one(book, page.attachment_id).source_id == source.id


def test_an_actor_is_the_one_who_goes_by_that_name(book: Casebook) -> None:
    page = sheet(book)
    with book.change(Op.ADD_ACTOR) as change:
        known = actors.add(change, ActorDraft("زلمی خلیلزاد", ActorKind.PERSON))
        actors.set_aliases(change, known, ["zalmay khalilzad"])
    with book.change(Op.MARK_PASSAGE) as change:
        assert marks.actor(change, page, span("Zalmay Khalilzad")).id == known
        new = marks.actor(change, page, span("وزیرِ خارجہ")).id
    assert {each.id for each in actors.of_case(book, page.case_id)} == {known, new}
    assert actors.one(book, new).name == "وزیرِ خارجہ"


def test_a_date_goes_on_the_timeline_with_the_sentence_around_it(book: Casebook) -> None:
    page = sheet(book)
    with book.change(Op.MARK_PASSAGE) as change:
        marks.event(change, page, span("5 March 2025"))
        marks.event(change, page, span("The killing occurred on 5 March 2025 in Habibabad."))
        marks.event(change, page, span("Habibabad"))
        marks.event(change, page, span("لقاح"))
    told = [(each.text, each.happened_on) for each in events.of_case(book, page.case_id)]
    sentence = "The killing occurred on 5 March 2025 in Habibabad."
    assert told == [
        (sentence, "2025-03-05"),
        (sentence, "2025-03-05"),
        (sentence, "2025-03-05"),
        ("وزیرِ خارجہ نے کہا کہ لقاح محفوظ ہے۔", "لقاح"),
    ]
    assert [each.id for each in timeline.moments(book, page.case_id)] == [
        each.id for each in events.of_case(book, page.case_id)
    ]


def test_a_long_first_line_is_cut_between_words() -> None:
    assert marks.title("\n\n  word " + "word " * 80).endswith("word…")
    assert len(marks.title("x" * 500)) <= 121
    assert marks.title(" \n") == ""
