"""A verdict is somebody's, rests on sealed evidence, and is never edited: only superseded or withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from db import attachments, check, citations, claims, desks, notes, scales, sources, timeline, verdicts
from db.casebook import Casebook
from db.citations import CitationDraft
from db.errors import Invalid, NotFound
from db.evidence import Difference
from db.kinds import Kind
from db.scales import RatingDraft
from db.timeline import AppearanceDraft
from db.verdicts import Standing
from db.vocabulary import Confidence, Op
from tests.db.union import unite
from tests.makers import (
    attach,
    edit_case,
    give_verdict,
    make_book,
    make_case,
    make_source,
    picture,
    withdraw_verdict,
)


@pytest.fixture
def case_id(book: Casebook) -> str:
    """A case with evidence of every kind."""
    made = make_case(book, "The bridge was closed")
    make_source(book, [made], "A report")
    with book.change(Op.ADD_APPEARANCE) as change:
        timeline.add(change, made, AppearanceDraft(channel="@post", seen_on="2025"))
    attach(book, made, picture())
    return made


def only(book: Casebook, case_id: str):
    (verdict,) = verdicts.of_case(book, case_id)
    return verdict


def standings(book: Casebook, case_id: str) -> list[str]:
    return [str(v.standing) for v in reversed(verdicts.of_case(book, case_id))]


def test_a_verdict_says_who_when_and_what(book: Casebook, case_id: str) -> None:
    give_verdict(book, case_id, " mostly FALSE ", "The bridge was open.")
    verdict = only(book, case_id)
    assert (verdict.rating, verdict.value, verdict.best, verdict.worst) == ("Mostly false", 2, 5, 1)
    assert (verdict.rationale, verdict.analyst, verdict.confidence) == (
        "The bridge was open.",
        "Amina",
        Confidence.MODERATE,
    )
    assert verdict.decided_on == verdict.created_at[:10]
    assert (verdict.standing, verdict.stale, verdict.color) == (Standing.STANDS, False, "orange")


def _edit_claim(book, case_id):
    claim = claims.of_case(book, case_id)[0]
    with book.change(Op.EDIT_CLAIM) as change:
        claims.edit(change, claim.id, claims.ClaimDraft("The bridge was open"))
    return Difference(Kind.CLAIM, claim.id, "text", "The bridge was closed", "The bridge was open")


def _edit_source_through_another_case(book, case_id):
    other = make_case(book)
    source = sources.of_case(book, case_id)[0]
    with book.change(Op.ADD_SOURCE) as change:
        citations.cite(change, other, source.id, CitationDraft())
    with book.change(Op.EDIT_SOURCE) as change:
        sources.edit(change, source.id, sources.SourceDraft("Another report"))
    return Difference(Kind.SOURCE, source.id, "title", "A report", "Another report")


def _edit_citation(book, case_id):
    citation = citations.of_case(book, case_id)[0]
    with book.change(Op.EDIT_CITATION) as change:
        citations.edit(change, citation.id, CitationDraft(citation.stance, quotation="so it says"))
    return Difference(Kind.CITATION, citation.id, "quotation", "", "so it says")


def _add_appearance(book, case_id):
    with book.change(Op.ADD_APPEARANCE) as change:
        added = timeline.add(change, case_id, AppearanceDraft(channel="radio"))
    return Difference(Kind.APPEARANCE, added, "", "", "radio")


def _delete_attachment(book, case_id):
    attachment = attachments.of_case(book, case_id)[0]
    with book.change(Op.DELETE_ATTACHMENT) as change:
        attachments.delete(change, attachment.id, "private")
    return Difference(Kind.ATTACHMENT, attachment.id, "", "screen.png", "")


@pytest.mark.parametrize(
    "change", [_edit_claim, _edit_source_through_another_case, _edit_citation, _add_appearance, _delete_attachment]
)
def test_changed_evidence_makes_it_stale_and_says_what_changed(
    book: Casebook, case_id: str, change: Callable[[Casebook, str], Difference]
) -> None:
    verdict_id = give_verdict(book, case_id)
    assert verdicts.changes_since(book, verdict_id) == ()
    difference = change(book, case_id)
    assert only(book, case_id).stale
    assert verdicts.changes_since(book, verdict_id) == (difference,)
    book.undo()
    assert not only(book, case_id).stale
    assert verdicts.changes_since(book, verdict_id) == ()
    book.redo()
    assert only(book, case_id).stale


def test_what_is_no_evidence_does_not_make_it_stale(book: Casebook, case_id: str) -> None:
    give_verdict(book, case_id)
    edit_case(book, case_id, "A title")
    with book.change(Op.ADD_NOTE) as change:
        notes.add_note(change, case_id, "call them back")
        notes.tag(change, case_id, "bridge")
        notes.add_task(change, case_id, notes.TaskDraft("call"))
    make_source(book, [make_case(book)], "Cited elsewhere")
    assert not only(book, case_id).stale


def test_a_source_that_is_deleted_takes_its_citation_out_of_the_evidence(book: Casebook, case_id: str) -> None:
    verdict_id = give_verdict(book, case_id)
    source = sources.of_case(book, case_id)[0]
    with book.change(Op.DELETE_SOURCE) as change:
        sources.delete(change, source.id, "hoax")
    told = verdicts.changes_since(book, verdict_id)
    assert [(d.kind, d.field, d.new) for d in told] == [(Kind.SOURCE, "", ""), (Kind.CITATION, "", "")]
    assert told[0].old == "A report"


def test_a_newer_verdict_supersedes_and_a_withdrawn_one_gives_way(book: Casebook, case_id: str) -> None:
    first = give_verdict(book, case_id, "False")
    second = give_verdict(book, case_id, "True")
    assert standings(book, case_id) == ["superseded", "stands"]
    withdraw_verdict(book, second, "The witness lied.")
    assert standings(book, case_id) == ["stands", "withdrawn"]
    newest = verdicts.of_case(book, case_id)[0]
    assert (newest.reason, newest.withdrawn_by) == ("The witness lied.", "Amina")
    assert newest.withdrawn_at
    third = give_verdict(book, case_id, "Satire")
    assert standings(book, case_id) == ["superseded", "withdrawn", "stands"]
    withdraw_verdict(book, first)
    assert standings(book, case_id) == ["withdrawn", "withdrawn", "stands"]
    withdraw_verdict(book, third)
    assert verdicts.standing(book, case_id) == ()


def test_withdrawing_one_in_the_middle_brings_none_back_beside_the_newest(book: Casebook, case_id: str) -> None:
    give_verdict(book, case_id, "False")
    middle = give_verdict(book, case_id, "Half true")
    give_verdict(book, case_id, "True")
    withdraw_verdict(book, middle)
    assert standings(book, case_id) == ["superseded", "withdrawn", "stands"]


def test_what_a_verdict_must_have(book: Casebook, case_id: str) -> None:
    verdict_id = give_verdict(book, case_id)
    for attempt, field in ((lambda: give_verdict(book, case_id, rationale=" "), "rationale"),
                           (lambda: withdraw_verdict(book, verdict_id, "\n"), "reason")):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            attempt()
        assert (refused.value.field, refused.value.problem) == (field, "empty")
    with pytest.raises(NotFound):
        give_verdict(book, case_id, "Quite wrong")
    withdraw_verdict(book, verdict_id)
    with pytest.raises(Invalid):
        withdraw_verdict(book, verdict_id)
    with pytest.raises(NotFound):
        withdraw_verdict(book, "none")


def test_undo_passes_verdicts_by(book: Casebook) -> None:
    case_id = make_case(book)
    edit_case(book, case_id, "before")
    give_verdict(book, case_id)
    assert book.steps().redo is None
    assert book.steps().undo.verb is Op.EDIT_CASE
    before = verdicts.of_case(book, case_id)
    book.undo()
    assert book.value('SELECT title FROM "case"') == ""
    assert verdicts.of_case(book, case_id) == before
    withdraw_verdict(book, before[0].id)
    assert book.undo()
    assert not book.undo()
    assert [v.standing for v in verdicts.of_case(book, case_id)] == [Standing.WITHDRAWN]
    assert check.check(book).problems == ()


def test_a_verdict_keeps_its_label_when_the_scale_loses_it(book: Casebook, case_id: str) -> None:
    give_verdict(book, case_id, "Satire")
    kept = [RatingDraft(r.id, r.label, r.value, r.definition, r.color) for r in scales.ratings(book)[:5]]
    with book.change(Op.EDIT_SCALE) as change:
        scales.edit(change, [*kept[::-1], replace(kept[0], id="", label="Nonsense", value=None)])
    assert only(book, case_id).rating == "Satire"
    assert [r.label for r in scales.ratings(book)] == [
        "True",
        "Mostly true",
        "Half true",
        "Mostly false",
        "False",
        "Nonsense",
    ]
    with pytest.raises(NotFound):
        give_verdict(book, case_id, "Satire")
    for bad in ([kept[0], kept[0]], [replace(kept[0], value=7)], [replace(kept[0], label=" ")]):
        with pytest.raises(Invalid), book.change(Op.EDIT_SCALE) as change:
            scales.edit(change, bad)


def test_a_verdict_is_the_analysts_who_sits_there_now(book: Casebook, case_id: str) -> None:
    with book.change(Op.EDIT_DESK) as change:
        desks.edit(change, name="Desk", code="KBL", analyst="Bahram", imprint="")
    give_verdict(book, case_id)
    assert only(book, case_id).analyst == "Bahram"


def test_verdicts_of_two_desks_stand_until_one_supersedes_both(book: Casebook, tmp_path: Path) -> None:
    case_id = make_case(book)
    with make_book(tmp_path, "herat", desk="Herat desk", code="HRT", analyst="Bek") as herat:
        unite(herat, book.path)
        give_verdict(book, case_id, "False")
        give_verdict(herat, case_id, "True")
        unite(book, herat.path)
        unite(herat, book.path)
        for each in (book, herat):
            found = verdicts.standing(each, case_id)
            assert {(v.rating, v.analyst, v.desk) for v in found} == {
                ("False", "Amina", "Kabul desk"), ("True", "Bek", "Herat desk"),
            }  # fmt: skip
        give_verdict(book, case_id, "Half true")
        unite(herat, book.path)
        assert [v.rating for v in verdicts.standing(herat, case_id)] == ["Half true"]
        assert sorted(standings(herat, case_id)) == ["stands", "superseded", "superseded"]
        assert check.check(herat).problems == ()


def test_the_ratings_that_stand_are_those_of_the_verdicts_that_stand(book: Casebook) -> None:
    def agree() -> tuple[str, ...]:
        found = tuple(opinion.rating for opinion in verdicts.opinions(book, case))
        assert found == tuple(verdict.rating for verdict in verdicts.standing(book, case))
        return found

    case = make_case(book)
    assert agree() == ()
    first = give_verdict(book, case, "False")
    second = give_verdict(book, case, "True")
    assert agree() == ("True",)
    withdraw_verdict(book, second)
    assert agree() == ("False",)
    withdraw_verdict(book, first)
    assert agree() == ()
    give_verdict(book, case, "Unproven")
    assert agree() == ("Unproven",)
    itself = give_verdict(book, case, "True")
    with book.change(Op.GIVE_VERDICT) as change:  # as a crafted file may say
        change.put(Kind.VERDICT, itself, {"supersedes": [itself]})
    assert "True" in agree()
