"""Undo and redo say what they would do, do it, and leave what is typed alone."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from db import cases, claims, notes
from tests import makers
from tests.desk import Desk, plain


def named(desk: Desk, beginning: str) -> str:
    return next(plain(action) for action in desk.verbs() if plain(action).split(" ")[0] == beginning)


def test_undo_and_redo_are_named_by_what_they_would_do(on_case: Desk) -> None:
    on_case.add("note", {"Note": "words"})
    assert named(on_case, "Undo") == "Undo adding a note"
    on_case.undo()
    assert named(on_case, "Redo") == "Redo adding a note"
    assert named(on_case, "Undo") != "Undo adding a note"
    on_case.redo()
    assert named(on_case, "Undo") == "Undo adding a note"


def test_a_new_casebook_has_nothing_to_undo(welcome: Desk, tmp_path) -> None:
    welcome.new_casebook(tmp_path / "new.casebook")
    assert not next(a for a in welcome.verbs() if plain(a) == "Undo").isEnabled()
    assert not next(a for a in welcome.verbs() if plain(a) == "Redo").isEnabled()


def test_undo_saves_what_is_typed_first_and_takes_that_back(on_case: Desk) -> None:
    on_case.turn_to("Claim")
    on_case.fill("Translation", "typed")
    on_case.undo()
    assert on_case.field("Translation").text() == ""
    on_case.redo()
    assert on_case.field("Translation").text() == "typed"


def test_the_keys_undo_letters_first_and_saves_after(on_case: Desk) -> None:
    on_case.turn_to("Claim")
    on_case.fill("Translation", "first")
    on_case.leave()
    field = on_case.field("Translation")
    field.setFocus()
    on_case.qtbot.keyClicks(field, "x")
    on_case.press("Ctrl+Z")
    assert field.text() != "", "the letters alone"
    on_case.press("Ctrl+Z")
    assert field.text() == "", "and then the save"
    assert QApplication.focusWidget() is field
    on_case.press("Ctrl+Y")
    assert field.text() == "first"


def test_undo_of_another_case_shows_the_list_as_it_is(at_list: Desk) -> None:
    book = at_list.window.workspace.context.book
    first, second = at_list.listed
    at_list.open_case(first)
    at_list.fill("Title", "Renamed")
    at_list.leave()
    at_list.do("All cases")
    at_list.undo()
    assert "Renamed" not in [cases.find(book, reference).title for reference in (first, second)]
    model = at_list.window.workspace.cases.model
    assert "Renamed" not in [model.index(row, 1).data() for row in range(model.rowCount())]


def test_a_verdict_is_stepped_over(on_case: Desk) -> None:
    on_case.add("note", {"Note": "words"})
    on_case.give_verdict("Unproven", "Nobody could tell.")
    assert named(on_case, "Undo") == "Undo adding a note"
    on_case.undo()
    book = on_case.window.workspace.context.book
    case = cases.find(book, on_case.reference)
    assert notes.of_case(book, case.id) == ()
    on_case.turn_to("Verdict")
    assert "Nobody could tell." in on_case.words


def test_undo_all_the_way_and_redo_all_the_way(on_case: Desk) -> None:
    book = on_case.window.workspace.context.book
    case = cases.find(book, on_case.reference)
    texts = [makers.URDU, makers.EMOJI, "third"]
    for text in texts:
        on_case.turn_to("Claim")
        on_case.fill("Translation", text)
        on_case.leave()
    for expected in (*reversed(texts[:-1]), ""):
        on_case.undo()
        assert claims.of_case(book, case.id)[0].translation == expected
    for expected in texts:
        on_case.redo()
        assert claims.of_case(book, case.id)[0].translation == expected
