"""The desk says who it is; what cannot be kept is refused at its field."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from db.desks import Desk
from desktop.forms.desk_form import DeskForm

DESK = Desk("id", "Kabul desk", "KBL", "Amina", "Printed in\nKabul")


def open_form(qtbot: QtBot) -> DeskForm:
    form = DeskForm(DESK)
    qtbot.addWidget(form)
    form.open()
    return form


def test_what_it_became_is_submitted_under_the_same_id(qtbot: QtBot) -> None:
    form = open_form(qtbot)
    form.analyst.editor.setText("Bilal")
    form.code.editor.setText("kb2")
    form.imprint.editor.setText("Kabul\nبلاگ")
    with qtbot.waitSignal(form.submitted) as submitted:
        qtbot.mouseClick(form.button, Qt.MouseButton.LeftButton)
    assert submitted.args == [Desk("id", "Kabul desk", "KB2", "Bilal", "Kabul\nبلاگ")]
    form.accept()


def test_nothing_changed_is_nothing_submitted(qtbot: QtBot) -> None:
    form = open_form(qtbot)
    submitted = QSignalSpy(form.submitted)
    qtbot.mouseClick(form.button, Qt.MouseButton.LeftButton)
    assert submitted.count() == 0
    assert not form.isVisible()


def test_an_empty_name_or_a_code_that_will_not_do_is_not_submitted(qtbot: QtBot) -> None:
    form = open_form(qtbot)
    submitted = QSignalSpy(form.submitted)
    for field, text in ((form.name, " "), (form.analyst, ""), (form.code, "K-1")):
        before = field.text
        field.editor.setText(text)
        qtbot.mouseClick(form.button, Qt.MouseButton.LeftButton)
        assert field.wrong
        field.editor.setText(before)
        assert not field.wrong
    assert submitted.count() == 0
