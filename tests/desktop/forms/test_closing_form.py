"""How a hand-over is closed: what is answered is what is done, and what is weak or missing is said."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from db.exchange.handover import Closing
from db.exchange.keys import Card
from desktop.forms.closing_form import ClosingForm, Sealing
from desktop.settings import Look
from desktop.theme import Theme

HERAT = Card("herat", "Herat desk", "a" * 64, "age1" + "q" * 58)
LAPTOP = Card("herat", "Herat desk", "b" * 64, "age1" + "p" * 58)
KABUL = Card("kabul", "Kabul desk", "c" * 64, "age1" + "z" * 58)


@pytest.fixture
def form(qtbot: QtBot) -> ClosingForm:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    form = ClosingForm(Theme(app, Look.LIGHT))
    qtbot.addWidget(form)
    form.show()
    return form


def push(form: ClosingForm, name: str) -> None:
    next(button for button in form.findChildren(QToolButton) if button.toolTip() == name).click()


def test_at_first_it_is_sealed_with_a_new_passphrase_and_signed(form: ClosingForm) -> None:
    closing = form.closing
    assert closing.sign
    assert closing.sealed
    assert len(closing.passphrase.replace("-", "")) == 20
    push(form, "Another passphrase")
    assert form.closing.passphrase != closing.passphrase
    push(form, "Copy the passphrase")
    assert QGuiApplication.clipboard().text() == form.closing.passphrase
    assert form.problem == ""


def test_a_weak_passphrase_is_said_to_be_one(form: ClosingForm) -> None:
    form.words.setText("Kabul2026")
    assert "too short" in form.problem
    assert form.hint.text() == form.problem


def test_it_is_sealed_for_every_computer_of_a_desk(form: ClosingForm) -> None:
    form.sealing.choose(Sealing.DESK)
    assert form.problem
    form.offer([HERAT, LAPTOP, KABUL])
    assert form.problem == ""
    assert form.desk.count() == 2
    assert form.closing == Closing(True, (HERAT.recipient, LAPTOP.recipient))
    form.desk.setCurrentText("Kabul desk")
    assert form.closing == Closing(True, (KABUL.recipient,))
    assert "".join(KABUL.fingerprint.split()) in "".join(form.hint.text().split())
    form.offer([KABUL, HERAT])
    assert form.desk.currentText() == "Kabul desk"


def test_what_is_not_sealed_warns(form: ClosingForm) -> None:
    form.sealing.choose(Sealing.NOBODY)
    form.sign.setChecked(False)
    assert form.closing == Closing()
    assert "can read all of it" in form.hint.text()


def test_without_the_libraries_it_says_what_is_missing(
    form: ClosingForm, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)
    poor = ClosingForm(form._theme)
    qtbot.addWidget(poor)
    assert poor.closing == Closing()
    assert not poor.sign.isEnabled()
    assert "claimdesk[share]" in poor.hint.text()
    model = poor.sealing.model()
    assert not any(model.index(row, 0).flags().value & 32 for row in (0, 1))  # not enabled
