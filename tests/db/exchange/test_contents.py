"""What leaves with a case and what stays: each rule by its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from db import (
    actors,
    attachments,
    attributes,
    cases,
    citations,
    claims,
    extracts,
    marks,
    notes,
    passages,
    scales,
    sources,
    timeline,
)
from db.actors import ActorDraft
from db.attributes import AttributeDraft
from db.casebook import Casebook
from db.citations import CitationDraft
from db.claims import ClaimDraft
from db.errors import CasebookError, HeldBack, NameStands, NotFound, NothingLeaves
from db.exchange import survey
from db.exchange.contents import Contents, Order, Why, decide
from db.kinds import Kind
from db.marks import Sheet
from db.notes import TaskDraft
from db.scales import RatingDraft
from db.sources import SourceDraft
from db.texts.span import Span
from db.timeline import AppearanceDraft
from db.vocabulary import Method, Op, Stance, Tlp
from tests import papers
from tests.db.union import unite
from tests.makers import attach, give_verdict, make_book, make_case, make_source, photo, picture, take, withdraw_verdict

GREEN = Tlp.GREEN


def contents(book: Casebook, *case_ids: str, level: Tlp = Tlp.AMBER, **order: Sequence[str]) -> Contents:
    wanted = {name: frozenset(ids) for name, ids in order.items()}
    return decide(survey.read(book, case_ids), Order(level, **wanted))


def leaves(found: Contents, thing: str) -> bool:
    """Whether a thing leaves; it must stand in exactly one of the two lists."""
    there, stays = {t.id for t in found.leaving}, {h.thing.id for h in found.held}
    assert (thing in there) != (thing in stays)
    return thing in there


def why(found: Contents, thing: str) -> Why:
    return next(held.why for held in found.held if held.thing.id == thing)


def rules(found: Contents) -> list[type[CasebookError]]:
    return [type(error) for error in found.broken]


def add(book: Casebook, kind: Kind, /, **fields: object) -> str:
    with book.change(Op.EDIT_CASE) as change:
        return change.create(kind, fields)  # type: ignore[arg-type]


def delete(book: Casebook, kind: Kind, thing: str) -> None:
    with book.change(Op.EDIT_CASE) as change:
        change.delete(kind, thing, "a mistake")


@pytest.fixture
def case(book: Casebook) -> str:
    return make_case(book, "The water is poisoned")


def test_everything_that_belongs_to_a_case_leaves_with_it(book: Casebook, case: str) -> None:
    actor = add(book, Kind.ACTOR, name="Gul Agha", kind="person")
    alias = add(book, Kind.ALIAS, actor_id=actor, name="G. A.")
    claimant = add(book, Kind.ACTOR, name="Herat Post", kind="outlet")
    origin = add(book, Kind.SOURCE, title="The paper itself", kind="article")
    with book.change(Op.ADD_SOURCE) as change:
        source = sources.add(change, SourceDraft("A repost", derived_from=origin))
        citation = citations.cite(change, case, source, CitationDraft(Stance.REFUTES))
        part = claims.add(change, case, ClaimDraft("A part", claimant_id=claimant))
        appearance = timeline.add(change, case, AppearanceDraft(actor))
        notes.tag(change, case, "water")
    attachment, verdict = attach(book, case, picture()), give_verdict(book, case, "Unproven")
    withdrawal = add(book, Kind.WITHDRAWAL, case_id=case, verdict_id=verdict, reason="New", analyst="Amina")
    tag, home = book.value("SELECT id FROM tag"), book.value("SELECT value FROM meta WHERE name = 'desk'")
    rating, scale = book.value("SELECT id FROM rating WHERE label = 'Unproven'"), book.value("SELECT id FROM scale")
    found = contents(book, case)
    expected = {
        case, actor, alias, claimant, origin, source, citation, part, appearance, attachment, verdict, withdrawal, tag,
        home, rating, scale, claims.of_case(book, case)[0].id,
    }  # fmt: skip
    assert {thing.id for thing in found.leaving} == expected
    assert found.held == ()
    assert found.broken == ()
    assert found.analysts == ("Amina",)


def test_nothing_of_other_cases_leaves(book: Casebook, case: str) -> None:
    other = make_case(book, "Another")
    shared, own = make_source(book, [case, other], "Shared"), make_source(book, [other], "Its own")
    ids = {thing.id for thing in contents(book, case).leaving}
    assert shared in ids
    assert not ids & {other, own, *(c.id for c in citations.of_case(book, other)), claims.of_case(book, other)[0].id}


def test_all_operations_of_a_thing_leave_or_none(book: Casebook, case: str) -> None:
    for title in ("One", "Two"):
        with book.change(Op.EDIT_CASE) as change:
            cases.edit(change, case, cases.CaseDraft(title))
    found = {thing.id: thing for thing in contents(book, case).leaving}
    for thing in found.values():
        rows = book.select("SELECT n FROM op WHERE thing = :t ORDER BY n", t=thing.id)
        assert sorted(thing.ops) == [n for (n,) in rows]
    wordings = {w.text: w.now for w in found[case].wordings}
    assert (wordings["One"], wordings["Two"]) == (False, True)


@pytest.mark.parametrize(
    ("level", "leaves_", "stays"),
    [(Tlp.GREEN, [Tlp.CLEAR, Tlp.GREEN], [Tlp.AMBER, Tlp.AMBER_STRICT, Tlp.RED]), (Tlp.RED, list(Tlp), [])],
)
def test_no_case_leaves_above_the_level(book: Casebook, level: Tlp, leaves_: list[Tlp], stays: list[Tlp]) -> None:
    for tlp in Tlp:
        found = contents(book, make_case(book, tlp=tlp), level=level)
        assert rules(found) == ([HeldBack] if tlp in stays else [])
        assert (tlp in leaves_) == (not found.broken)
        for error in found.broken:
            assert isinstance(error, HeldBack)
            assert (error.reference, error.tlp, error.level) == ("KBL-2026-0004"[:9] + error.reference[9:], tlp, level)


def test_a_case_above_the_level_can_be_held_back(book: Casebook, case: str) -> None:
    red = make_case(book, "Secret", tlp=Tlp.RED)
    found = contents(book, case, red, held=[red])
    assert found.broken == ()
    assert why(found, red) is Why.MARKING
    assert why(found, claims.of_case(book, red)[0].id) is Why.CASE
    assert leaves(found, case)


def test_of_two_markings_in_conflict_the_higher_counts(tmp_path: Path) -> None:
    with make_book(tmp_path, "one") as one, make_book(tmp_path, "two", desk="Herat", code="HRT") as two:
        case = make_case(one, tlp=Tlp.GREEN)
        unite(two, one.path)
        for book, tlp in ((one, Tlp.RED), (two, Tlp.CLEAR)):  # the lower one was set later and is shown
            with book.change(Op.EDIT_CASE) as change:
                cases.edit(change, case, cases.CaseDraft(tlp=tlp))
        unite(one, two.path)
        assert cases.one(one, case).tlp is Tlp.CLEAR
        assert rules(contents(one, case, level=Tlp.GREEN)) == [HeldBack]


def test_notes_and_tasks_stay_unless_they_are_let_leave(book: Casebook, case: str) -> None:
    with book.change(Op.ADD_NOTE) as change:
        note, task = notes.add_note(change, case, "Ask S."), notes.add_task(change, case, TaskDraft("Call"))
    found = contents(book, case)
    assert [why(found, note), why(found, task)] == [Why.INTERNAL, Why.INTERNAL]
    assert leaves(contents(book, case, freed=[note]), note)
    assert not leaves(contents(book, case, freed=[note]), task)


def test_what_is_deleted_stays_unless_it_is_let_leave(book: Casebook, case: str) -> None:
    source = make_source(book, [case])
    give_verdict(book, case)
    citation = citations.of_case(book, case)[0].id
    delete(book, Kind.CITATION, citation)
    found = contents(book, case)
    assert why(found, citation) is Why.DELETED  # although the seal of the verdict names it
    assert why(found, source) is Why.UNUSED
    freed = contents(book, case, freed=[citation])
    assert leaves(freed, citation)
    assert leaves(freed, source)


def test_a_citation_stays_where_its_source_does_and_so_do_its_pictures(book: Casebook, case: str) -> None:
    source = make_source(book, [case])
    ready = take(book.path, picture())
    with book.change(Op.ADD_ATTACHMENT) as change:
        shot = attachments.attach(change, case, ready, source_id=source)
    citation = citations.of_case(book, case)[0].id
    found = contents(book, case, held=[source])
    assert (why(found, source), why(found, citation), why(found, shot)) == (Why.BY_HAND, Why.NEEDS, Why.NEEDS)
    assert {held.because for held in found.held if held.why is Why.NEEDS} == {source}
    assert found.digests == frozenset()
    delete(book, Kind.SOURCE, source)
    assert why(contents(book, case), citation) is Why.NEEDS


def test_an_actor_that_stays_leaves_claims_that_point_at_nobody(book: Casebook, case: str) -> None:
    with book.change(Op.EDIT_ACTOR) as change:
        actor = actors.add(change, ActorDraft("Gul Agha"))
        actors.set_aliases(change, actor, ["The Pen"])
        appearance = timeline.add(change, case, AppearanceDraft(actor))
    found = contents(book, case, held=[actor])
    assert leaves(found, appearance)
    assert why(found, book.value("SELECT id FROM alias")) is Why.NEEDS


def test_a_passage_leaves_with_what_was_made_from_it_and_stays_with_it(book: Casebook, case: str) -> None:
    file = attach(book, case, b"Gul Agha said so.", "text.txt")
    page = Sheet(case, file, "Gul Agha said so.")
    with book.change(Op.MARK_PASSAGE) as change:
        actor = marks.actor(change, page, Span(0, 8)).id
        event = marks.event(change, page, Span(0, 17)).id
    named, told = (passages.of_target(book, thing)[0].id for thing in (actor, event))
    found = contents(book, case)
    assert all(leaves(found, each) for each in (file, actor, event, named, told))
    held = contents(book, case, held=[actor])
    assert why(held, named) is Why.NEEDS
    assert leaves(held, told)
    assert why(contents(book, case, held=[file]), told) is Why.NEEDS
    delete(book, Kind.EVENT, event)
    assert why(contents(book, case), told) is Why.NEEDS


def test_a_passage_of_bytes_that_stay_stays_with_them(book: Casebook, case: str) -> None:
    one, two = attach(book, case, b"Gul Agha said so.", "one.txt"), attach(book, case, b"Gul Agha said so.", "two.txt")
    with book.change(Op.MARK_PASSAGE) as change:
        event = marks.event(change, Sheet(case, two, "Gul Agha said so."), Span(9, 13)).id
    passage = passages.of_target(book, event)[0].id
    assert leaves(contents(book, case), passage)
    assert why(contents(book, case, held=[one]), passage) is Why.NEEDS
    assert why(contents(book, case, bare=[two]), passage) is Why.NEEDS
    assert leaves(contents(book, case, bare=[two]), event)


def test_what_a_source_says_of_an_actor_stays_with_the_source(book: Casebook, case: str) -> None:
    source = make_source(book, [case])
    with book.change(Op.ADD_ATTRIBUTE) as change:
        actor = actors.add(change, ActorDraft("Hasan"))
        told = attributes.add(change, case, actor, AttributeDraft(value="Achin", source_id=source))
    assert leaves(contents(book, case), told)
    assert why(contents(book, case, held=[source]), told) is Why.NEEDS


def test_a_file_and_what_it_was_taken_out_of_stay_together(book: Casebook, case: str) -> None:
    mail = attach(book, case, b"mail with a face in it", "mail.eml")
    ready = replace(take(book.path, b"a face", "face.bin"), method=Method.UNPACKED)
    with book.change(Op.ADD_ATTACHMENT) as change:
        face = attachments.attach(change, case, ready, derived_from=mail)
    assert len(contents(book, case).digests) == 2
    assert contents(book, case, held=[face]).digests == frozenset()
    assert why(contents(book, case, held=[mail]), face) is Why.NEEDS


def test_a_verdict_does_not_leave_without_what_ended_it(book: Casebook, case: str) -> None:
    first = give_verdict(book, case, "True", "At first")
    second = give_verdict(book, case, "False", "Then")
    withdraw_verdict(book, second, "Wrong")
    withdrawal = book.value("SELECT id FROM withdrawal")
    held = contents(book, case, held=[withdrawal])
    assert (why(held, second), why(held, first)) == (Why.NEEDS, Why.NEEDS)
    assert not leaves(contents(book, case, held=[second]), first)
    assert leaves(contents(book, case, held=[first]), second)


def test_a_comparison_leaves_only_with_both_cases(book: Casebook, case: str) -> None:
    other = make_case(book, "Another")
    link = add(book, Kind.LINK, case_id=case, other_id=other, relation="same", reason="Same words")
    assert why(contents(book, case), link) is Why.OTHER_CASE
    assert leaves(contents(book, case, other), link)
    assert why(contents(book, case, other, held=[other]), link) is Why.NEEDS


def test_bytes_can_stay_alone(book: Casebook, case: str) -> None:
    attachment = attach(book, case, picture())
    digest = attachments.one(book, attachment).sha256
    whole, bare = contents(book, case), contents(book, case, bare=[attachment])
    assert whole.digests == {digest}
    assert bare.digests == frozenset()
    assert leaves(bare, attachment)
    assert whole.size - bare.size == len(picture())


def test_bytes_that_stay_once_stay_wherever_they_are_attached(book: Casebook, case: str) -> None:
    one, two = attach(book, case, picture(), "one.png"), attach(book, case, picture(), "two.png")
    found = contents(book, case, held=[one])
    assert leaves(found, two)
    assert found.digests == frozenset()


def test_a_name_that_is_held_back_and_stands_elsewhere_breaks_a_rule(book: Casebook, case: str) -> None:
    with book.change(Op.EDIT_ACTOR) as change:
        actor = actors.add(change, ActorDraft("گل آغا"))
        actors.set_aliases(change, actor, ["@GulAgha"])
        appearance = timeline.add(
            change, case, AppearanceDraft(actor, url="https://x.example/gulagha", quotation="كل گلِ آغا مي گويد")
        )
    assert contents(book, case).broken == ()
    errors = contents(book, case, held=[actor]).broken
    places = {error.name: error.places for error in errors if isinstance(error, NameStands)}
    assert places == {
        "گل آغا": ((Kind.APPEARANCE, appearance, "quotation"),),
        "@GulAgha": ((Kind.APPEARANCE, appearance, "url"),),
    }
    assert all(isinstance(error, NameStands) and error.thing == actor for error in errors)
    assert contents(book, case, held=[actor], spoken=[actor]).broken == ()
    assert contents(book, case, held=[actor, appearance]).broken == ()


def test_a_name_is_found_in_what_a_thing_said_before(book: Casebook, case: str) -> None:
    actor = add(book, Kind.ACTOR, name="Gul Agha", kind="person")
    with book.change(Op.EDIT_CLAIM) as change:
        part = claims.add(change, case, ClaimDraft("Gul Agha says so", claimant_id=actor))
    with book.change(Op.EDIT_CLAIM) as change:
        claims.edit(change, part, ClaimDraft("Somebody says so", claimant_id=actor))
    assert rules(contents(book, case, held=[actor])) == [NameStands]


def test_names_that_an_actor_had_before_are_looked_for_too(book: Casebook, case: str) -> None:
    with book.change(Op.EDIT_ACTOR) as change:
        actor = actors.add(change, ActorDraft("Old Name"))
        claims.add(change, case, ClaimDraft("old  NAME was there", claimant_id=actor))
    with book.change(Op.EDIT_ACTOR) as change:
        actors.edit(change, actor, ActorDraft("New Name"))
    assert [e.name for e in contents(book, case, held=[actor]).broken if isinstance(e, NameStands)] == ["Old Name"]


def test_a_name_is_found_in_a_text_file_and_in_the_data_of_a_picture(book: Casebook, case: str) -> None:
    actor = add(book, Kind.ACTOR, name="Gul Agha", kind="person")
    with book.change(Op.EDIT_APPEARANCE) as change:
        timeline.add(change, case, AppearanceDraft(actor))
    page, shot = attach(book, case, b"<html>by Gul Agha</html>", "page.html"), attach(book, case, photo(), "shot.jpg")
    found = contents(book, case, held=[actor])
    (error,) = found.broken
    assert isinstance(error, NameStands)
    assert {place[1] for place in error.places} == {page, shot}
    assert contents(book, case, held=[actor], bare=[page, shot]).broken == ()


def test_a_name_is_found_in_a_document_that_was_read_out(book: Casebook, case: str) -> None:
    actor = add(book, Kind.ACTOR, name="Gul Agha", kind="person")
    with book.change(Op.EDIT_APPEARANCE) as change:
        timeline.add(change, case, AppearanceDraft(actor))
    letter = attach(book, case, papers.pdf("Gul Agha told us"), "letter.pdf")
    assert contents(book, case, held=[actor]).broken == ()
    extracts.read_out(book.path, attachments.of_case(book, case))
    (error,) = contents(book, case, held=[actor]).broken
    assert isinstance(error, NameStands)
    assert {place[1] for place in error.places} == {letter}


@pytest.mark.parametrize(("name", "text", "stands"), [
    ("Ali", "the quality of it", False), ("Ali", "as Ali says", True), ("Al", "al-Qods", True), ("X", "x", False),
    ("علی", "وعلی گفت", True), ("Agha", "Aghazadeh", True),
])  # fmt: skip
def test_short_names_are_looked_for_as_words(book: Casebook, case: str, name: str, text: str, stands: bool) -> None:
    actor = add(book, Kind.ACTOR, name=name, kind="person")
    with book.change(Op.EDIT_CLAIM) as change:
        claims.add(change, case, ClaimDraft(text, claimant_id=actor))
    assert rules(contents(book, case, held=[actor])) == ([NameStands] if stands else [])


def test_the_author_of_a_source_that_is_held_back_is_looked_for(book: Casebook, case: str) -> None:
    source = make_source(book, [case], "Interview", author="Gul Agha")
    give_verdict(book, case, rationale="Gul Agha told us in person.")
    assert rules(contents(book, case, held=[source])) == [NameStands]


def test_nothing_left_is_a_rule_of_its_own(book: Casebook, case: str) -> None:
    assert rules(contents(book, case, held=[case])) == [NothingLeaves]


def test_a_custom_rating_leaves_with_the_verdict_that_gives_it(book: Casebook, case: str) -> None:
    with book.change(Op.EDIT_SCALE) as change:
        scales.edit(change, [RatingDraft("", "Fabricated", None, "Made up", "violet")])
    give_verdict(book, case, "Fabricated")
    labels = {thing.title for thing in contents(book, case).leaving if thing.kind is Kind.RATING}
    assert labels == {"Fabricated"}


def test_both_of_two_actors_in_conflict_leave(tmp_path: Path) -> None:
    with make_book(tmp_path, "one") as one, make_book(tmp_path, "two", desk="Herat", code="HRT") as two:
        case = make_case(one)
        claim = claims.of_case(one, case)[0].id
        unite(two, one.path)
        named = []
        for book in (one, two):
            with book.change(Op.EDIT_CLAIM) as change:
                named.append(actors.add(change, ActorDraft(f"Actor {len(named)}")))
                change.put(Kind.CLAIM, claim, {"claimant_id": named[-1]})
        unite(one, two.path)
        found = contents(one, case)
        assert all(leaves(found, actor) for actor in named)
        assert {thing.title for thing in found.leaving if thing.kind is Kind.DESK} == {"Kabul desk", "Herat"}


@pytest.mark.parametrize("deleted", [False, True])
def test_a_case_that_is_not_there_cannot_be_handed_over(book: Casebook, case: str, deleted: bool) -> None:
    delete(book, Kind.CASE, case)
    with pytest.raises(NotFound):
        survey.read(book, [case if deleted else "nothing"])
