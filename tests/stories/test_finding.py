"""Searching as one types, and going to the place."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from db import actors, sources
from db.actors import ActorDraft
from db.sources import SourceDraft
from db.vocabulary import Op
from desktop.widgets.texts import Label
from tests import makers
from tests.desk import Desk


@pytest.fixture
def filled(desk: Desk, tmp_path: Path) -> Desk:
    desk.new_casebook(tmp_path / "desk.casebook")
    desk.new_case(makers.URDU, title="First", claimant="زلمی خلیلزاد")
    desk.add_source("Отчёт о вакцине", Quotation="Straße nach Kabul")
    desk.add("note", {"Note": "call the ministry"})
    desk.new_case("Another claim", title="Second")
    return desk


@pytest.mark.parametrize("words", ["لقاح", "خليلزاد", "отчет", "ВАКЦИН", "strasse", "minist", "second"])
def test_it_is_found_however_it_is_spelled(filled: Desk, words: str) -> None:
    assert filled.search(words)


@pytest.mark.parametrize(
    ("words", "field", "text"),
    [
        ("strasse", "Quotation", "Straße nach Kabul"),
        ("ministry", "Note", "call the ministry"),
        ("لقاح", "Claim, word for word", makers.URDU),
    ],
)
def test_enter_goes_to_the_place(filled: Desk, words: str, field: str, text: str) -> None:
    filled.search(words)
    filled.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    filled.wait(lambda: filled.on_case)
    assert filled.field(field).text() == text


@pytest.mark.parametrize("words", ['"', "' OR 1=1 --", "*", "NEAR(", "a\u200c", "%_", "\u202e", "x" * 3000, "( ) AND"])
def test_any_words_are_safe(filled: Desk, words: str) -> None:
    filled.search(words)
    assert filled.told == []


def test_an_emptied_search_goes_back_to_the_list(filled: Desk) -> None:
    filled.search("ministry")
    filled.put(filled.window.workspace.query, "")
    assert filled.window.workspace.cases.isVisible()


def test_what_is_typed_in_a_form_is_saved_before_it_is_searched(filled: Desk) -> None:
    filled.fill("Translation", "just typed")
    assert filled.search("just typed")


def test_a_hit_that_was_deleted_is_found_no_longer(filled: Desk) -> None:
    assert len(filled.search("ministry")) == 1
    filled.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    filled.wait(lambda: filled.on_case)
    filled.do("Delete note")
    assert filled.search("ministry") == []


def test_what_stands_in_no_case_says_so(filled: Desk) -> None:
    assert filled.window.workspace is not None
    with filled.window.workspace.context.book.change(Op.ADD_SOURCE) as change:
        sources.add(change, SourceDraft("Words of Farishta"))
    assert filled.search("farishta")
    filled.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    filled.wait(lambda: "in no case" in filled.status)


def test_an_actor_that_no_case_names_has_a_page_all_the_same(filled: Desk) -> None:
    workspace = filled.window.workspace
    assert workspace is not None
    with workspace.context.book.change(Op.ADD_ACTOR) as change:
        actors.add(change, ActorDraft("Farishta"))
    assert filled.search("farishta")
    filled.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    filled.wait(
        lambda: any(label.text() == "Farishta" for label in workspace.stack.currentWidget().findChildren(Label))
    )


def test_the_list_is_narrowed_from_anywhere(filled: Desk) -> None:
    filled.press("Ctrl+Shift+F")
    assert filled.window.workspace is not None
    page = filled.window.workspace.cases
    filled.wait(page.bar.text.hasFocus)
    filled.put(page.bar.text, "another")
    filled.wait(lambda: page.model.rowCount() == 1)
