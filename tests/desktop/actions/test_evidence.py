"""Citing a source that the casebook has already."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from db import cases, citations, sources
from desktop.forms.source_line import SourceChooser
from tests import makers
from tests.desk import Desk, gone


@pytest.fixture
def other_case(at_list: Desk) -> Desk:
    """The page of the case that cites nothing; two sources are in the casebook."""
    book = at_list.window.workspace.context.book
    second = cases.find(book, max(at_list.listed))
    makers.make_source(book, [second.id], "Отчёт", author="Ёлкин")
    at_list.open_case(min(at_list.listed))
    return at_list


def test_an_existing_source_is_cited_here_too(other_case: Desk) -> None:
    other_case.do("Cite an existing source")
    chooser = other_case._dialog(SourceChooser)
    other_case.put(chooser.line, "елкин")  # folded: ё is found by е
    assert [entry.title for entry in chooser.list.entries] == ["Отчёт"]
    other_case._push("Cite", chooser)
    assert other_case.entries() == ["1. Отчёт"]
    book = other_case.window.workspace.context.book
    case = cases.find(book, other_case.reference)
    assert len(citations.of_case(book, case.id)) == 1
    assert len(sources.all_of_them(book)) == 2
    other_case.undo()
    assert other_case.entries() == []


def test_a_source_is_cited_by_enter(other_case: Desk) -> None:
    other_case.do("Cite an existing source")
    chooser = other_case._dialog(SourceChooser)
    chooser.list.setFocus()
    other_case.qtbot.keyClick(chooser.list, Qt.Key.Key_Return)
    other_case.wait(lambda: gone(chooser))
    assert other_case.entries() == ["1. A report"]


def test_nothing_found_can_not_be_cited(other_case: Desk) -> None:
    other_case.do("Cite an existing source")
    chooser = other_case._dialog(SourceChooser)
    other_case.put(chooser.line, "no such source")
    assert not chooser.button.isEnabled()
    chooser.reject()
    assert other_case.entries() == []
