"""Undo takes back what the person did last, also after a restart, and leaves alone what came after."""

from __future__ import annotations

from pathlib import Path

from db import cases, check, notes
from db.casebook import Casebook
from db.cases import CaseDraft
from db.change import Notice
from db.kinds import Kind
from db.vocabulary import Op
from tests.makers import attach, edit_case, make_book, make_case


def title(book: Casebook) -> str:
    return str(book.value('SELECT title FROM "case" WHERE deleted = 0'))


def test_there_is_nothing_to_undo_in_a_new_casebook(book: Casebook) -> None:
    assert (book.steps().undo, book.steps().redo) == (None, None)
    assert not book.undo()
    assert not book.redo()


def test_steps_say_what_they_would_do(book: Casebook) -> None:
    case_id = make_case(book)
    edit_case(book, case_id, "x")
    assert book.steps().undo.verb is Op.EDIT_CASE
    book.undo()
    assert (book.steps().undo.verb, book.steps().redo.verb) == (Op.ADD_CASE, Op.EDIT_CASE)
    book.undo()
    assert (book.steps().undo, book.steps().redo.verb) == (None, Op.ADD_CASE)


def test_undo_works_after_a_restart(book: Casebook) -> None:
    case_id = make_case(book)
    for word in ("one", "two", "three"):
        edit_case(book, case_id, word)
    book.undo()
    book.close()
    with Casebook.open(book.path) as again:
        assert again.undo()
        assert title(again) == "one"
        assert again.redo()
        assert again.redo()
        assert title(again) == "three"
        assert not again.redo()


def test_a_new_save_ends_redo(book: Casebook) -> None:
    case_id = make_case(book)
    edit_case(book, case_id, "one")
    book.undo()
    edit_case(book, case_id, "two")
    assert not book.redo()
    assert title(book) == "two"


def test_a_group_is_one_step(book: Casebook) -> None:
    case_id = make_case(book)
    with book.change(Op.EDIT_CASE) as change:
        cases.edit(change, case_id, CaseDraft(title="x"))
        notes.add_note(change, case_id, "a note")
        notes.tag(change, case_id, "a tag")
    book.undo()
    assert (title(book), notes.of_case(book, case_id), notes.tags_of_case(book, case_id)) == ("", (), ())
    book.redo()
    assert (title(book), len(notes.of_case(book, case_id)), notes.tags_of_case(book, case_id)) == ("x", 1, ("a tag",))


def test_undo_is_told_like_a_save(book: Casebook) -> None:
    case_id = make_case(book)
    heard: list[Notice] = []
    book.subscribe(heard.append)
    book.undo()
    book.redo()
    assert [(notice.verb, case_id in notice.of(Kind.CASE)) for notice in heard] == [(Op.UNDO, True), (Op.REDO, True)]


def test_undo_does_not_stay_at_a_save_that_has_nothing_left_to_take_back(book: Casebook) -> None:
    case_id = make_case(book)
    edit_case(book, case_id, "one")
    with book.change(Op.ADD_NOTE) as change:
        notes.delete_note(change, notes.add_note(change, case_id, "come and gone"))
    assert book.undo()
    assert title(book) == "one"
    assert book.undo()
    assert title(book) == ""
    assert book.redo()
    assert book.redo()
    assert title(book) == "one"
    assert check.check(book).problems == ()


def test_a_thousand_steps_back_and_forth(quick_folder: Path) -> None:
    with make_book(quick_folder) as book:
        case_id = make_case(book)
        for n in range(150):
            edit_case(book, case_id, f"{n}")
        attach(book, case_id, b"x")
        while book.undo():
            pass
        assert book.value('SELECT count(*) FROM "case" WHERE deleted = 0') == 0
        while book.redo():
            pass
        assert title(book) == "149"
        assert check.check(book).problems == ()
