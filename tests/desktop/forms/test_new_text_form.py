"""The form that takes a text in: to the letter, and with a source."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db import sources
from desktop.forms.new_text_form import NewText, NewTextForm
from tests import makers
from tests.desktop.desk import Desk

TEXT = "Headline 🚨\n\nوزیرِ خارجہ نے کہا\u00a0کہ <b>لقاح</b> محفوظ ہے۔\n"


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def open_form(
    desk: Desk, parent: QWidget, qtbot: QtBot, text: str, source_id: str = ""
) -> tuple[NewTextForm, list[NewText]]:
    answers: list[NewText] = []
    form = NewTextForm(parent, sources.of_case(desk.book, desk.case_id), text, source_id, answers.append)
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    return form, answers


def test_a_pasted_text_is_a_new_source_named_by_its_first_line_with_one_key(
    desk: Desk, parent: QWidget, qtbot: QtBot
) -> None:
    form, answers = open_form(desk, parent, qtbot, TEXT)
    qtbot.keyClick(form.button, Qt.Key.Key_Return)
    assert answers == [NewText(TEXT, "", "Headline 🚨")]


def test_a_source_of_the_case_or_the_case_itself_can_be_chosen(desk: Desk, parent: QWidget, qtbot: QtBot) -> None:
    source_id = makers.make_source(desk.book, [desk.case_id], "گزارش & report")
    form, answers = open_form(desk, parent, qtbot, TEXT, source_id)
    assert form.title.isHidden()
    form.button.click()
    form, more = open_form(desk, parent, qtbot, TEXT)
    form.source.setCurrentIndex(1)
    form.button.click()
    assert (answers, more) == ([NewText(TEXT, source_id)], [NewText(TEXT)])


def test_a_title_that_was_typed_stays_when_the_text_changes(desk: Desk, parent: QWidget, qtbot: QtBot) -> None:
    form, answers = open_form(desk, parent, qtbot, "")
    assert not form.button.isEnabled()
    form.text.setText("First line")
    assert form.title.text() == "First line"
    form.title.selectAll()
    qtbot.keyClicks(form.title, "My title")
    form.text.setText("Another line")
    qtbot.keyClick(form.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert answers == [NewText("Another line", "", "My title")]


def test_a_text_of_a_book_is_kept_whole_though_only_its_beginning_is_shown(
    desk: Desk, parent: QWidget, qtbot: QtBot
) -> None:
    long = "لقاح 🚨 " * 60_000
    form, answers = open_form(desk, parent, qtbot, long)
    assert len(form.text.text()) <= 50_000
    assert form.text.isReadOnly()
    form.button.click()
    assert answers[0].text == long
