"""A desk makes its rating scale: labels added, removed, moved and changed, kept by the casebook as they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from pytestqt.qtbot import QtBot

from db import scales
from db.vocabulary import Op
from desktop.forms.scale_form import COLORS, ScaleForm
from tests.desktop.desk import Desk, sit_down


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    with sit_down(tmp_path) as desk:
        yield desk


@pytest.fixture
def form(desk: Desk, qtbot: QtBot) -> ScaleForm:
    form = ScaleForm(desk.context.theme, scales.ratings(desk.book))
    QAbstractItemModelTester(form.model, QAbstractItemModelTester.FailureReportingMode.Warning, form)
    qtbot.addWidget(form)
    form.open()
    return form


def go(form: ScaleForm, place: int) -> None:
    form.view.setCurrentIndex(form.model.index(place))


def labels(form: ScaleForm) -> list[str]:
    return [draft.label for draft in form.model.drafts]


def test_a_scale_that_was_made_anew_is_kept_by_the_casebook(desk: Desk, form: ScaleForm, qtbot: QtBot) -> None:
    go(form, 0)
    qtbot.mouseClick(form.remove, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(form.add, Qt.MouseButton.LeftButton)
    form.label.editor.setText("غیر مصدقہ")
    form.number.editor.setText("2,5")
    form.definition.editor.setText("Nobody\ncould tell.")
    form.color.setCurrentIndex(COLORS.index("violet"))
    qtbot.mouseClick(form.up, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(form.submitted) as submitted:
        qtbot.mouseClick(form.button, Qt.MouseButton.LeftButton)
    with desk.book.change(Op.EDIT_SCALE) as change:
        scales.edit(change, submitted.args[0])
    kept = scales.ratings(desk.book)
    assert [r.label for r in kept] == labels(form)
    assert "False" not in labels(form)
    assert (kept[-2].label, kept[-2].value, kept[-2].definition, kept[-2].color) == (
        "غیر مصدقہ", 2.5, "Nobody\ncould tell.", "violet",
    )  # fmt: skip


def test_up_and_down_move_the_marked_label_and_stop_at_the_ends(form: ScaleForm, qtbot: QtBot) -> None:
    before = labels(form)
    go(form, 0)
    assert not form.up.isEnabled()
    qtbot.mouseClick(form.down, Qt.MouseButton.LeftButton)
    assert labels(form) == [before[1], before[0], *before[2:]]
    assert form.label.text == before[0]
    go(form, len(before) - 1)
    assert not form.down.isEnabled()


def test_going_from_label_to_label_changes_none(form: ScaleForm, qtbot: QtBot) -> None:
    before = form.model.drafts
    for place in range(len(before)):
        go(form, place)
        assert form.label.text == before[place].label
    assert form.model.drafts == before
    submitted = QSignalSpy(form.submitted)
    qtbot.mouseClick(form.button, Qt.MouseButton.LeftButton)
    assert submitted.count() == 0


@pytest.mark.parametrize("number", ["0", "6", "five", "nan", "inf"])
def test_a_number_outside_the_scale_is_refused_at_its_field(form: ScaleForm, qtbot: QtBot, number: str) -> None:
    submitted = QSignalSpy(form.submitted)
    go(form, 0)
    form.number.editor.setText(number)
    qtbot.mouseClick(form.button, Qt.MouseButton.LeftButton)
    assert form.number.wrong
    assert form.model.drafts[0].value == 1
    assert submitted.count() == 0
    form.number.editor.setText("")
    assert form.model.drafts[0].value is None


def test_a_label_twice_or_empty_is_refused_wherever_it_stands(form: ScaleForm, qtbot: QtBot) -> None:
    submitted = QSignalSpy(form.submitted)
    for label in ("TRUE", ""):
        go(form, 0)
        form.label.editor.setText(label)
        go(form, 2)
        qtbot.mouseClick(form.button, Qt.MouseButton.LeftButton)
        assert form.label.wrong
        assert form.view.currentIndex().row() == 0
    assert submitted.count() == 0


def test_every_label_can_go_and_a_new_one_come(form: ScaleForm, qtbot: QtBot) -> None:
    while form.model.rowCount():
        qtbot.mouseClick(form.remove, Qt.MouseButton.LeftButton)
    assert not form.remove.isEnabled()
    assert not form.label.isEnabled()
    qtbot.mouseClick(form.add, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(form.add, Qt.MouseButton.LeftButton)
    assert len(set(labels(form))) == 2
