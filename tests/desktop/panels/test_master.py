"""What a person relies on in every panel with a list and a form."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget
from pytestqt.qtbot import QtBot

from desktop.actions.things import ThingVerbs
from desktop.widgets.empty import EmptyState
from desktop.widgets.texts import Label
from tests import makers
from tests.desktop.desk import Desk
from tests.desktop.panels.bench import SORTS, Bench

WORDS = f"{makers.URDU} {makers.EMOJI}"


@pytest.fixture(params=SORTS)
def bench(request: pytest.FixtureRequest, desk: Desk, qtbot: QtBot) -> Bench:
    return Bench(SORTS[request.param], desk, qtbot)


def empty_state(bench: Bench) -> EmptyState | None:
    """What stands where the form would be."""
    shown = bench.panel._stack.currentWidget()
    return shown if isinstance(shown, EmptyState) else None


def test_a_new_one_is_saved_once_with_its_first_words_and_is_the_chosen_one(bench: Bench) -> None:
    bench.elsewhere("one that was there")
    bench.add(WORDS)
    assert sorted(bench.saved) == sorted(["one that was there", WORDS])
    assert bench.saves(bench.panel.add_op) == 2
    assert bench.panel.current == bench.list.current == bench.place_of(WORDS)
    assert bench.editor.text() == WORDS
    assert not bench.panel.form.dirty


def test_while_a_new_one_is_typed_no_other_looks_chosen(bench: Bench) -> None:
    bench.panel.choose(bench.elsewhere("one that was there"))
    bench.panel.start_new()
    assert not bench.list.selectedIndexes()
    assert bench.list.current == bench.panel.current == ""
    assert bench.editor.text() == ""
    bench.list.setCurrentIndex(bench.list.model().index(0, 0))
    assert bench.editor.text() != ""


def test_another_case_is_shown_from_its_first_entry(bench: Bench) -> None:
    bench.elsewhere("first here")
    bench.panel.choose(bench.elsewhere("second here"))
    other = makers.make_case(bench.desk.book, "Another claim")
    with bench.desk.book.change(bench.panel.add_op) as change:
        for words in ("first there", "second there", "third there"):
            bench.sort.add(change, other, words)
    bench.panel.show_case(other)
    assert bench.list.currentIndex().row() == 0
    assert bench.panel.current == bench.list.entries[0].id
    assert bench.editor.text() in ("first there", "third there", "Another claim")


def test_a_new_one_that_nothing_was_typed_for_is_not_saved(bench: Bench) -> None:
    bench.panel.start_new()
    bench.leave()
    assert bench.saved == []


def test_several_new_ones_after_each_other(bench: Bench) -> None:
    for words in ("first", "second", "third"):
        bench.add(words)
    assert sorted(bench.saved) == ["first", "second", "third"]
    assert sorted(bench.listed) == ["first", "second", "third"]


def test_going_on_with_a_new_one_edits_it(bench: Bench) -> None:
    bench.add("first words")
    bench.type("other words")
    bench.leave()
    assert bench.saved == ["other words"]


def test_an_edit_is_saved_and_listed(bench: Bench) -> None:
    thing = bench.elsewhere("before")
    bench.panel.choose(thing)
    bench.type(WORDS)
    bench.leave()
    assert bench.saved == [WORDS]
    assert bench.listed == [WORDS]
    assert bench.list.current == thing


def test_del_in_the_list_deletes_undo_brings_back_redo_deletes_again(bench: Bench) -> None:
    ThingVerbs(bench.panel, "thing", "", lambda: None)
    bench.elsewhere("stays")
    thing = bench.elsewhere("goes")
    bench.panel.choose(thing)
    bench.leave()
    bench.qtbot.keyClick(bench.list, Qt.Key.Key_Delete)
    assert bench.saved == ["stays"]
    assert bench.listed == ["stays"]
    bench.desk.book.undo()
    assert sorted(bench.listed) == ["goes", "stays"]
    bench.desk.book.redo()
    assert bench.listed == ["stays"]
    assert bench.desk.reported == []


def test_del_in_a_field_deletes_a_letter_and_no_more(bench: Bench) -> None:
    ThingVerbs(bench.panel, "thing", "", lambda: None)
    bench.panel.choose(bench.elsewhere("words"))
    bench.editor.setFocus()
    bench.qtbot.keyClick(bench.editor, Qt.Key.Key_Home)
    bench.qtbot.keyClick(bench.editor, Qt.Key.Key_Delete)
    assert bench.editor.text() == "ords"
    assert bench.saved == ["words"]


def test_undo_and_redo_of_an_edit_are_shown_in_list_and_form(bench: Bench) -> None:
    thing = bench.elsewhere("before")
    bench.panel.choose(thing)
    bench.type("after")
    bench.leave()
    bench.desk.book.undo()
    assert (bench.listed, bench.editor.text()) == (["before"], "before")
    bench.desk.book.redo()
    assert (bench.listed, bench.editor.text()) == (["after"], "after")


def test_undo_of_a_new_one_leaves_nothing_to_type_into(bench: Bench) -> None:
    bench.add("words")
    bench.desk.book.undo()
    assert bench.saved == []
    assert bench.panel.current == bench.list.current
    bench.leave()
    assert not bench.panel.form.dirty
    bench.desk.book.redo()
    assert bench.saved == ["words"]
    assert bench.listed == ["words"]


def test_what_is_saved_elsewhere_is_shown(bench: Bench) -> None:
    thing = bench.elsewhere("before")
    bench.panel.choose(thing)
    bench.edit_elsewhere(thing, "after")
    assert bench.listed == ["after"]
    assert bench.editor.text() == "after"


def test_what_is_saved_elsewhere_never_overwrites_what_is_typed(bench: Bench) -> None:
    thing = bench.elsewhere("before")
    bench.panel.choose(thing)
    bench.type("typed")
    bench.edit_elsewhere(thing, "from elsewhere")
    assert bench.editor.text() == "typed"
    bench.elsewhere("another one")
    assert bench.editor.text() == "typed"
    bench.leave()
    assert "typed" in bench.saved


def test_what_is_typed_for_a_new_one_stays_when_something_is_saved_elsewhere(bench: Bench) -> None:
    bench.elsewhere("one that was there")
    bench.panel.start_new()
    bench.type("typed")
    bench.elsewhere("another one")
    assert bench.editor.text() == "typed"
    assert "typed" not in bench.saved
    bench.leave()
    assert sorted(bench.saved) == ["another one", "one that was there", "typed"]


def test_the_chosen_one_stays_chosen(bench: Bench) -> None:
    first, second = bench.elsewhere("first"), bench.elsewhere("second")
    bench.panel.choose(second)
    bench.edit_elsewhere(first, "first, edited")
    bench.elsewhere("third")
    assert bench.list.current == bench.panel.current == second
    assert bench.editor.text() == "second"


def test_going_to_another_one_saves_what_is_typed(bench: Bench) -> None:
    first, second = bench.elsewhere("first"), bench.elsewhere("second")
    bench.panel.choose(first)
    bench.type("typed")
    bench.panel.choose(second)
    assert sorted(bench.saved) == ["second", "typed"]
    assert bench.editor.text() == "second"
    assert bench.panel.current == second


def test_what_cannot_be_saved_stays_typed_and_chosen(bench: Bench) -> None:
    if not bench.sort.required:
        pytest.skip("nothing is required of it")
    first, second = bench.elsewhere("first"), bench.elsewhere("second")
    bench.panel.choose(first)
    bench.type("")
    bench.leave()
    assert sorted(bench.saved) == ["first", "second"]
    said = [label for label in bench.panel.form.findChildren(Label) if label.property("tone") == "danger"]
    assert [label.text() for label in said if label.isVisible() and "empty" in label.text()]
    assert not bench.panel.settle()
    bench.panel.choose(second)
    bench.qtbot.waitUntil(lambda: bench.list.current == first)
    assert bench.editor.text() == ""
    bench.type("mended")
    bench.leave()
    assert sorted(bench.saved) == ["mended", "second"]
    assert not [label for label in said if label.isVisible()]


def test_without_any_it_says_what_to_do(bench: Bench) -> None:
    if bench.listed or bench.list.entries:
        pytest.skip("a case always has its claim")
    shown = empty_state(bench)
    assert shown is not None
    assert bench.panel.saying.empty in shown.accessibleName()
    assert bench.panel.saying.hint in shown.accessibleName()
    bench.add("words")
    assert empty_state(bench) is None
    bench.panel.delete_current()
    assert empty_state(bench) is not None


def test_words_nobody_can_keep_are_refused_in_words(bench: Bench) -> None:
    bench.panel.start_new()
    bench.type("with a \0 in it")
    if "\0" not in bench.editor.text():
        pytest.skip("the field takes none")
    bench.leave()
    assert bench.saved == []
    said = [label.text() for label in bench.panel.form.findChildren(Label) if label.property("tone") == "danger"]
    assert [words for words in said if "NUL" in words]


def test_the_keyboard_alone_goes_from_the_list_into_the_form_and_back(bench: Bench) -> None:
    bench.panel.choose(bench.elsewhere("words"))
    bench.leave()
    seen = set()
    for _ in range(40):
        bench.qtbot.keyClick(bench.panel.focusWidget(), Qt.Key.Key_Tab)
        seen.add(bench.panel.focusWidget())
    assert bench.editor in seen
    assert bench.list in seen


def test_a_casebook_to_be_read_shows_and_copies_all_of_it(bench: Bench, qtbot: QtBot) -> None:
    bench.elsewhere("words")
    bench.desk.book.closed = "asked"  # type: ignore[assignment]
    panel = bench.sort.panel(bench.desk.context)
    verbs = ThingVerbs(panel, "thing", "", lambda: None)
    qtbot.addWidget(panel)
    panel.show_case(bench.desk.case_id)
    panel.choose(panel.list.entries[-1].id)
    editor = getattr(panel.form, bench.sort.field)
    assert editor.text() == "words"
    assert editor.isReadOnly()
    assert not verbs.new.isEnabled()
    assert not verbs.delete.isEnabled()
    assert isinstance(panel._stack, QStackedWidget)
