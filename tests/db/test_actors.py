"""Actors go by many names, and are found by any of them."""

from __future__ import annotations

import pytest

from db import actors, cases, claims, sources, timeline
from db.actors import ActorDraft
from db.casebook import Casebook
from db.citations import CitationDraft, cite
from db.citations import of_case as citations_of
from db.errors import NotFound
from db.kinds import Kind
from db.timeline import AppearanceDraft
from db.vocabulary import ActorKind, Op
from tests.makers import make_case, make_source


def test_a_name_in_any_spelling_is_the_same_actor(book: Casebook) -> None:
    with book.change(Op.ADD_ACTOR) as change:
        actor = actors.named(change, "علي خان", ActorKind.ACCOUNT)
        actors.set_aliases(change, actor, ["Ali Khan", " ", "Ali Khan", "@ali"])
        for spelled in ("علی خان", "ALI KHAN", " @ali "):
            assert actors.named(change, spelled) == actor
        assert actors.named(change, " ") == ""
        assert actors.named(change, "Wali Khan") != actor
    assert actors.one(book, actor).aliases == ("Ali Khan", "@ali")
    with book.change(Op.EDIT_ACTOR) as change:
        actors.set_aliases(change, actor, ["@ali"])
    assert actors.one(book, actor).aliases == ("@ali",)
    with pytest.raises(NotFound):
        actors.one(book, "nobody")


def test_a_case_names_its_claimants_and_who_appears(book: Casebook) -> None:
    with book.change(Op.ADD_CASE) as change:
        claimant, seen, other = (actors.add(change, ActorDraft(name)) for name in ("B", "a", "c"))
        case_id = cases.add(change, cases.CaseDraft(), claims.ClaimDraft("said", claimant_id=claimant))
        timeline.add(change, case_id, AppearanceDraft(actor_id=seen))
    assert [actor.name for actor in actors.of_case(book, case_id)] == ["a", "B"]
    assert [actor.id for actor in actors.everyone(book)] == [seen, claimant, other]


def test_appearances_stand_in_the_order_of_time_and_unknown_times_last(book: Casebook) -> None:
    case_id = make_case(book)
    with book.change(Op.ADD_APPEARANCE) as change:
        for when in ("soon after", "2025-11", "2024", "2025-11-03T10:00", "2025-11-01", ""):
            timeline.add(change, case_id, AppearanceDraft(seen_on=when))
    told = [appearance.seen_on for appearance in timeline.of_case(book, case_id)]
    assert told == ["2024", "2025-11-01", "2025-11", "2025-11-03T10:00", "soon after", ""]


def test_sources_are_numbered_in_the_order_they_were_cited(book: Casebook) -> None:
    case_id = make_case(book)
    one, two = make_source(book, [case_id], "Z"), make_source(book, [case_id], "A")
    with book.change(Op.ADD_SOURCE) as change:
        cite(change, case_id, one, CitationDraft())
    assert [source.id for source in sources.of_case(book, case_id)] == [one, two]
    assert [source.title for source in sources.all_of_them(book)] == ["A", "Z"]
    with book.change(Op.DELETE_SOURCE) as change:
        sources.delete(change, one)
    assert [source.id for source in sources.of_case(book, case_id)] == [two]
    assert [citation.source_id for citation in citations_of(book, case_id)] == [two]
    with pytest.raises(NotFound):
        sources.one(book, one)
    book.undo()
    assert len(citations_of(book, case_id)) == 3


def test_a_deleted_actor_is_named_where_it_was_named(book: Casebook) -> None:
    with book.change(Op.ADD_CASE) as change:
        actor = actors.add(change, ActorDraft("Somebody"))
        case_id = cases.add(change, cases.CaseDraft(), claims.ClaimDraft("said", claimant_id=actor))
        change.delete(Kind.ACTOR, actor, "named twice")
    assert claims.of_case(book, case_id)[0].claimant == "Somebody"


def test_half_a_name_leaves_nothing_behind(book: Casebook) -> None:
    case_id = make_case(book)
    with book.change(Op.EDIT_CLAIM) as change:
        half = actors.named_instead(change, "", "Zal")
        claims.add(change, case_id, claims.ClaimDraft("said", claimant_id=half))
    with book.change(Op.EDIT_CLAIM) as change:
        assert actors.named_instead(change, half, "Zalmay") == half
    assert [actor.name for actor in actors.everyone(book)] == ["Zalmay"]
    with book.change(Op.ADD_ACTOR) as change:
        known = actors.add(change, ActorDraft("Sarah"))
        assert actors.named_instead(change, half, "Sarah") == known
    assert [actor.name for actor in actors.everyone(book)] == ["Sarah"]
    book.undo()
    assert [actor.name for actor in actors.everyone(book)] == ["Zalmay"]


def test_an_actor_of_whom_more_is_known_keeps_its_name(book: Casebook) -> None:
    case_id = make_case(book)
    with book.change(Op.EDIT_CLAIM) as change:
        old = actors.named(change, "Zalmay")
        actors.set_aliases(change, old, ["زلمی"])
        claims.add(change, case_id, claims.ClaimDraft("said", claimant_id=old))
        assert actors.named_instead(change, old, "Sarah") != old
        twice = actors.named(change, "Hasan")
        claims.add(change, case_id, claims.ClaimDraft("said", claimant_id=twice))
        claims.add(change, case_id, claims.ClaimDraft("said again", claimant_id=twice))
        assert actors.named_instead(change, twice, "Husain") != twice
    assert {"Zalmay", "Sarah", "Hasan", "Husain"} <= {actor.name for actor in actors.everyone(book)}
