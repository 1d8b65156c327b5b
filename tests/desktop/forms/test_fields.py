"""A language is offered, never entered: what a person chose stands."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.forms.fields import LanguageBox
from desktop.forms.new_case_form import NewCase, NewCaseForm
from desktop.forms.things import ClaimForm
from tests.makers import PASHTO, URDU

OPEN = "آیا این درست است؟ چه کسی می‌تواند آن را تأیید کند؟"


def offered(box: LanguageBox) -> str:
    line = box.lineEdit()
    assert line
    return line.placeholderText()


@pytest.mark.parametrize(
    ("text", "words", "first"),
    [(URDU, "Urdu?", ["Urdu"]), (OPEN, "Persian or Dari?", ["Persian", "Dari"]), ("ok", "", [])],
)
def test_the_language_of_what_is_typed_is_offered(qtbot: QtBot, text: str, words: str, first: list[str]) -> None:
    form = NewCaseForm(NewCase(), ())
    qtbot.addWidget(form)
    form.fields.claim.setText(text)
    box = form.fields.language
    assert offered(box) == words
    assert [box.itemText(place) for place in range(1, 1 + len(first))] == first
    assert box.code == ""
    assert form.fields.read().language == ""


def test_what_was_chosen_stands(qtbot: QtBot) -> None:
    form = NewCaseForm(NewCase(), ())
    qtbot.addWidget(form)
    form.fields.claim.setText(URDU)
    form.fields.language.setEditText("Balochi")
    form.fields.claim.setText(PASHTO)
    assert form.fields.read().language == "Balochi"
    form.fields.language.setCurrentIndex(1)
    assert form.fields.read().language == "ps"
    form.fields.claim.setText(URDU)
    assert form.fields.read().language == "ps"


def test_showing_a_claim_changes_nothing_of_it(qtbot: QtBot) -> None:
    form = ClaimForm()
    qtbot.addWidget(form)
    form.text.setText(URDU)
    before = form.read()
    form.show_draft(before)
    assert form.read() == before
    assert not form.dirty
