"""A new casebook is asked for in words, and refused in words at the field that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from db.casebook import Casebook
from desktop.forms.asked import Asked
from desktop.forms.casebook_form import CasebookForm, NewCasebook
from desktop.settings import Settings


@pytest.fixture
def form(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CasebookForm:
    monkeypatch.setenv("HOME", str(tmp_path))
    form = CasebookForm(Settings())
    qtbot.addWidget(form)
    form.open()
    return form


def below(field: Asked) -> str:
    return field.findChildren(QLabel)[-1].text()


def fill(form: CasebookForm, folder: Path) -> None:
    form.desk.editor.setText("Kabul desk")
    form.code.editor.setText("kbl")
    form.analyst.editor.setText("Amina")
    form.path.setText(str(folder / "kabul"))


def test_what_is_typed_is_submitted_and_makes_a_casebook(form: CasebookForm, tmp_path: Path, qtbot: QtBot) -> None:
    fill(form, tmp_path)
    with qtbot.waitSignal(form.submitted) as submitted:
        qtbot.mouseClick(form.button, Qt.MouseButton.LeftButton)
    new = submitted.args[0]
    assert new == NewCasebook(tmp_path / "kabul.casebook", "Kabul desk", "KBL", "Amina")
    assert form.isVisible(), "it stays until the casebook was made"
    Casebook.create(new.path, new.desk, new.code, new.analyst).close()


def test_nothing_is_wrong_before_anything_was_typed(form: CasebookForm) -> None:
    assert not any(field.wrong for field in (form.desk, form.code, form.analyst, form.file))


def test_what_is_missing_is_said_at_its_field_and_gets_the_cursor(form: CasebookForm, qtbot: QtBot) -> None:
    submitted = QSignalSpy(form.submitted)
    qtbot.mouseClick(form.button, Qt.MouseButton.LeftButton)
    assert form.desk.wrong
    assert form.code.wrong
    assert form.analyst.wrong
    assert form.focusWidget() is form.desk.editor
    assert submitted.count() == 0
    form.desk.editor.setText("Kabul desk")
    assert not form.desk.wrong


@pytest.mark.parametrize("code", ["K-1", "کبل", "K L", "TOOLONGCODE"])
def test_a_code_that_no_reference_can_carry_is_refused_as_one_types(form: CasebookForm, code: str) -> None:
    form.code.editor.setText(code)
    assert form.code.wrong
    form.code.editor.setText("kbl")
    assert not form.code.wrong
    assert "KBL-20" in below(form.code)


def test_the_file_follows_the_name_of_the_desk_until_it_is_chosen(form: CasebookForm, qtbot: QtBot) -> None:
    form.desk.editor.setText("Desk/of: Kabul")
    assert form.read().path.name.endswith("Kabul.casebook")
    assert "/" not in form.read().path.name
    form.path.clear()
    qtbot.keyClicks(form.path, "/mine")
    form.desk.editor.setText("Another")
    assert form.read().path == Path("/mine.casebook")


def test_a_file_that_is_there_and_a_folder_that_is_not_are_refused(form: CasebookForm, tmp_path: Path) -> None:
    (tmp_path / "there.casebook").touch()
    form.path.setText(str(tmp_path / "there"))
    assert "already" in below(form.file)
    form.path.setText(str(tmp_path / "no" / "where"))
    assert "no folder" in below(form.file)
    form.path.setText("relative")
    assert form.file.wrong
    form.path.setText(str(tmp_path / "new"))
    assert not form.file.wrong


def test_the_place_can_be_chosen_in_a_file_dialog(form: CasebookForm, tmp_path: Path, qtbot: QtBot) -> None:
    fill(form, tmp_path)
    qtbot.mouseClick(form.browse, Qt.MouseButton.LeftButton)
    dialog = form.findChild(QFileDialog)
    assert dialog is not None
    dialog.selectFile(str(tmp_path / "chosen"))
    dialog.accept()
    assert form.read().path == tmp_path / "chosen.casebook"


def test_the_analyst_is_the_one_who_was_here_last(qtbot: QtBot) -> None:
    settings = Settings()
    settings.analyst = "زرغونه"
    form = CasebookForm(settings)
    qtbot.addWidget(form)
    assert form.read().analyst == "زرغونه"
