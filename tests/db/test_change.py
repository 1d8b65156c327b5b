"""Any text comes back to the byte; what cannot be kept is refused in words and leaves no trace."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from db import actors, cases, claims, notes, sources, timeline
from db.actors import ActorDraft
from db.casebook import Casebook
from db.cases import CaseDraft
from db.change import Notice
from db.claims import ClaimDraft
from db.errors import Invalid, NotFound
from db.kinds import Kind
from db.sources import SourceDraft
from db.timeline import AppearanceDraft
from db.vocabulary import Op
from tests.db.sequences import any_text
from tests.makers import EMOJI, PASHTO, RUSSIAN, URDU, edit_case, make_case, make_source

some = settings(
    max_examples=60,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@some
@given(text=any_text, every_plane=st.text(st.characters(min_codepoint=0x10000), max_size=8))
def test_any_text_comes_back_to_the_byte(book: Casebook, text: str, every_plane: str) -> None:
    said = f".{text}{every_plane}."
    with book.change(Op.ADD_CASE) as change:
        actor = actors.add(change, ActorDraft(said, note=text))
        draft = ClaimDraft(said, translation=text, claimant_id=actor, claimed_on=text)
        case_id = cases.add(change, CaseDraft(text, assignee=text, due=text), draft)
        note = notes.add_note(change, case_id, said)
    claim = claims.of_case(book, case_id)[0]
    assert (claim.text, claim.translation, claim.claimed_on, claim.claimant) == (said, text, text, said)
    assert (cases.one(book, case_id).title, cases.one(book, case_id).due) == (text, text)
    assert next(n for n in notes.of_case(book, case_id) if n.id == note).text == said


def test_texts_of_all_scripts_survive_closing(book: Casebook) -> None:
    texts = (URDU, RUSSIAN, PASHTO, EMOJI, "e\u0301 é \r\n\t \ufeff\ufffe\U0010ffff")
    ids = [make_case(book, text) for text in texts]
    book.close()
    with Casebook.open(book.path) as again:
        assert tuple(claims.of_case(again, case_id)[0].text for case_id in ids) == texts


@pytest.mark.parametrize(("bad", "problem"), [("a\0b", "nul"), ("a\ud83d", "surrogate"), ("\udcff", "surrogate")])
def test_what_cannot_come_back_is_refused_everywhere(book: Casebook, bad: str, problem: str) -> None:
    case_id = make_case(book)
    before = book.select("SELECT * FROM op")
    for attempt in (
        lambda c: cases.edit(c, case_id, CaseDraft(title=bad)),
        lambda c: notes.add_note(c, case_id, bad),
        lambda c: cases.delete(c, case_id, bad),
        lambda c: timeline.add(c, case_id, AppearanceDraft(seen_on=bad)),
        lambda c: _nested(c, case_id, bad),
    ):
        with pytest.raises(Invalid) as refused, book.change(Op.EDIT_CASE) as change:
            attempt(change)
        assert refused.value.problem == problem
    assert book.select("SELECT * FROM op") == before


def _nested(change, case_id, bad):
    change.create(
        Kind.VERDICT,
        {
            "case_id": case_id, "rating": "x", "rationale": "x", "confidence": "low", "decided_on": "2026-01-01",
            "analyst": "a", "evidence_hash": "h", "evidence": [{"kind": "claim", "deep": [[bad]]}],
        },
    )  # fmt: skip


@pytest.mark.parametrize("empty", ["", "  ", "\n\u2003"])
def test_an_empty_claim_is_refused(book: Casebook, empty: str) -> None:
    with pytest.raises(Invalid) as refused:
        make_case(book, empty)
    assert (refused.value.field, refused.value.problem) == ("text", "empty")
    assert book.value('SELECT count(*) FROM "case"') == 0


def test_words_outside_the_vocabulary_are_refused(book: Casebook) -> None:
    with pytest.raises(Invalid) as refused:
        make_case(book, status="forgotten")
    assert (refused.value.field, refused.value.problem, refused.value.value) == ("status", "vocabulary", "forgotten")


def test_a_reference_to_a_thing_that_is_not_there_is_not_found(book: Casebook) -> None:
    case_id = make_case(book)
    for attempt in (
        lambda c: notes.add_note(c, "no-such-case", "x"),
        lambda c: timeline.add(c, case_id, AppearanceDraft(actor_id="nobody")),
        lambda c: sources.add(c, SourceDraft("x", derived_from="nothing")),
    ):
        with pytest.raises(NotFound), book.change(Op.EDIT_CASE) as change:
            attempt(change)


def test_a_deleted_thing_cannot_be_edited(book: Casebook) -> None:
    case_id = make_case(book)
    with book.change(Op.DELETE_CASE) as change:
        cases.delete(change, case_id)
    with pytest.raises(NotFound):
        edit_case(book, case_id, "late")


def test_each_save_is_told_once_with_what_it_touched(book: Casebook) -> None:
    heard: list[Notice] = []
    hear_no_more = book.subscribe(heard.append)
    case_id = make_case(book)
    source_id = make_source(book, [case_id])
    with book.change(Op.EDIT_CASE) as change:
        assert not cases.edit(change, case_id, cases.one(book, case_id))
    with pytest.raises(ZeroDivisionError):
        _fail(book, case_id)
    hear_no_more()
    edit_case(book, case_id, "unheard")
    assert [notice.verb for notice in heard] == [Op.ADD_CASE, Op.ADD_SOURCE]
    assert heard[0].of(Kind.CASE) == {case_id}
    assert len(heard[0].of(Kind.CLAIM)) == 1
    assert heard[1].of(Kind.CASE, Kind.SOURCE) == {source_id}


def _fail(book: Casebook, case_id: str) -> None:
    with book.change(Op.EDIT_CASE) as change:
        cases.edit(change, case_id, CaseDraft(title="never"))
        raise ZeroDivisionError


def test_nothing_but_a_change_can_write(book: Casebook) -> None:
    with pytest.raises(AssertionError):
        book.select("DELETE FROM op")
