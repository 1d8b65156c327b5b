"""The history tells who changed what and when, with old and new values, and forgets nothing."""

from __future__ import annotations

import time
from pathlib import Path

from db import actors, attachments, cases, citations, claims, history, notes, sources
from db.actors import ActorDraft
from db.cases import CaseDraft
from db.claims import ClaimDraft
from db.history import Edit
from db.kinds import Kind
from db.vocabulary import Op, Status
from tests.makers import Clock, attach, edit_case, give_verdict, make_book, make_case, make_source, withdraw_verdict


def test_every_save_of_a_case_is_told_newest_first(tmp_path: Path) -> None:
    with make_book(tmp_path, clock=Clock("2026-03-01T10:00:00")) as book:
        case_id = make_case(book, "said")
        with book.change(Op.EDIT_CASE) as change:
            cases.edit(change, case_id, CaseDraft("A title", Status.IN_WORK))
        make_case(book, "another case")
        book.undo()
        edit_case(book, case_id, "Another title")
        newest, edit, added = history.of_case(book, case_id)
    assert (added.verb, edit.verb, newest.verb) == (Op.ADD_CASE, Op.EDIT_CASE, Op.EDIT_CASE)
    assert (edit.analyst, edit.desk, edit.made_at) == ("Amina", "Kabul desk", "2026-03-01T10:00:03.000Z")
    assert set(edit.edits) == {
        Edit(Kind.CASE, case_id, "title", "", "A title"), Edit(Kind.CASE, case_id, "status", "received", "in work"),
    }  # fmt: skip
    assert Edit(Kind.CASE, case_id, "title", "A title", "Another title") in newest.edits


def test_undo_and_redo_are_told_as_what_they_set(book) -> None:
    case_id = make_case(book)
    edit_case(book, case_id, "x")
    book.undo()
    book.redo()
    redo, undo = history.of_case(book, case_id)[:2]
    assert (redo.verb, redo.edits) == (Op.REDO, (Edit(Kind.CASE, case_id, "title", "", "x"),))
    assert (undo.verb, undo.edits) == (Op.UNDO, (Edit(Kind.CASE, case_id, "title", "x", ""),))


def test_what_was_deleted_is_still_told_with_its_reason(book) -> None:
    case_id = make_case(book)
    source_id = make_source(book, [case_id], "A hoax")
    attachment = attach(book, case_id, b"bytes", "private.txt")
    with book.change(Op.DELETE_ATTACHMENT) as change:
        attachments.delete(change, attachment, "shows a child")
    with book.change(Op.DELETE_CITATION) as change:
        citations.delete(change, citations.of_case(book, case_id)[0].id)
    with book.change(Op.DELETE_SOURCE) as change:
        sources.delete(change, source_id, "forged")
    with book.change(Op.DELETE_CASE) as change:
        cases.delete(change, case_id, "a duplicate")
    told = history.of_case(book, case_id)
    assert [entry.reason for entry in told[:4]] == ["a duplicate", "forged", "", "shows a child"]
    assert told[1].edits == (Edit(Kind.SOURCE, source_id, "", "A hoax", ""),)
    assert told[3].edits == (Edit(Kind.ATTACHMENT, attachment, "", "private.txt", ""),)


def test_what_is_pointed_at_is_told_by_name_even_when_it_is_gone(book) -> None:
    with book.change(Op.ADD_CASE) as change:
        actor = actors.add(change, ActorDraft("Somebody"))
        case_id = cases.add(change, CaseDraft(), ClaimDraft("said", claimant_id=actor))
    with book.change(Op.EDIT_CLAIM) as change:
        claims.edit(change, claims.of_case(book, case_id)[0].id, ClaimDraft("said"))
        change.delete(Kind.ACTOR, actor)
    edits = history.of_case(book, case_id)[0].edits
    assert ("claimant_id", "Somebody", "") in {(e.field, e.old, e.new) for e in edits}


def test_actors_and_sources_a_case_names_are_part_of_its_history(book) -> None:
    with book.change(Op.ADD_CASE) as change:
        actor = actors.named(change, "Somebody")
        case_id = cases.add(change, CaseDraft(), ClaimDraft("said", claimant_id=actor))
    source_id = make_source(book, [case_id])
    with book.change(Op.EDIT_ACTOR) as change:
        actors.edit(change, actor, ActorDraft("Somebody else"))
    with book.change(Op.EDIT_SOURCE) as change:
        sources.edit(change, source_id, sources.SourceDraft("A report", author="N. N."))
    told = [edit for entry in history.of_case(book, case_id)[:2] for edit in entry.edits]
    assert [(e.kind, e.field, e.old, e.new) for e in told] == [
        (Kind.SOURCE, "author", "", "N. N."), (Kind.ACTOR, "name", "Somebody", "Somebody else"),
    ]  # fmt: skip


def test_verdicts_and_withdrawals_are_told(book) -> None:
    case_id = make_case(book)
    withdraw_verdict(book, give_verdict(book, case_id, "False"), "A new source.")
    withdrawn, given = history.of_case(book, case_id)[:2]
    assert Edit(Kind.VERDICT, given.edits[0].thing, "rating", "", "False") in given.edits
    assert "A new source." in {edit.new for edit in withdrawn.edits}


def test_a_text_that_was_saved_a_thousand_times_has_a_quick_history(quick_folder: Path) -> None:
    with make_book(quick_folder) as book:
        case_id = make_case(book)
        with book.change(Op.ADD_NOTE) as change:
            note = notes.add_note(change, case_id, "x")
        for n in range(1000):
            with book.change(Op.EDIT_NOTE) as change:
                notes.edit_note(change, note, f"{n} " + "word " * 100)
        began = time.process_time()
        told = history.of_case(book, case_id)
        assert time.process_time() - began < 0.5
    assert len(told) == 1002
    assert told[1].edits[0].new.startswith("998 ")
    assert told[0].edits[0].old == told[1].edits[0].new
