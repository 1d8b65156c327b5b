"""The ways into the reader, and from a thing to its words."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QToolButton

from db import citations, marks, sources
from db.texts.span import Span
from db.vocabulary import Op, Stance
from tests import makers
from tests.desk import Desk

TEXT = "One thing. Another thing."


@pytest.fixture
def marked(on_case: Desk) -> Desk:
    """A case with a part of its claim that was made from a text."""
    book, case_id = on_case.window.workspace.context.book, on_case.window.workspace.case.case_id
    file = makers.attach(book, case_id, TEXT.encode(), "text.txt")
    with book.change(Op.MARK_PASSAGE) as change:
        marks.claim(change, marks.Sheet(case_id, file, TEXT), Span(0, 10))
    on_case.turn_to("Claim")
    return on_case


def leads(desk: Desk) -> list[bool]:
    """Whether the part in front offers to show the words."""
    panel = desk.window.workspace.case.panel
    return [b.isVisible() for b in panel.findChildren(QToolButton) if b.text() == "Show in the text"]


def test_only_what_was_made_from_words_offers_to_show_them(marked: Desk) -> None:
    marked.choose_entry(0)
    assert leads(marked) == [False]
    marked.choose_entry(1)
    assert leads(marked) == [True]
    marked.do("New part of the claim")
    assert leads(marked) == [False]


def test_the_offer_goes_with_the_mark_and_comes_back_with_it(marked: Desk) -> None:
    marked.choose_entry(1)
    marked.undo()
    assert leads(marked) == [False]
    marked.redo()
    marked.choose_entry(1)
    assert leads(marked) == [True]


def test_a_new_text_belongs_to_the_source_that_is_chosen(on_case: Desk) -> None:
    book, case_id = on_case.window.workspace.context.book, on_case.window.workspace.case.case_id
    on_case.turn_to("Evidence")
    on_case.choose_entry(0)
    on_case.paste_text_for_chosen(TEXT)
    on_case.press("S")
    _, cited = citations.of_case(book, case_id)
    assert (cited.stance, cited.quotation) == (Stance.SUPPORTS, "One thing.")
    assert [source.title for source in sources.of_case(book, case_id)] == ["A report"]
