"""What leaves is named with its marking, and what is marked above TLP:CLEAR leaves only when a person ticks it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from db.exchange.exports import Leaving, Wanted
from db.exchange.vocabulary import Medium, Separator, Table
from db.vocabulary import Tlp
from desktop.forms.leaving_form import Leave, LeavingForm
from tests.makers import URDU

CASES = tuple(
    Leaving(f"id-{n}", f"KBL-2026-000{n}", URDU, "False" if n == 1 else "", tlp) for n, tlp in enumerate(Tlp, 1)
)


def open_form(qtbot: QtBot, medium: Medium = Medium.JSON, chosen: Sequence[Leaving] = CASES) -> LeavingForm:
    form = LeavingForm(medium, chosen, len(chosen) < len(CASES))
    form.every_wanted.connect(lambda: form.show_every(CASES))
    qtbot.addWidget(form)
    form.open()
    return form


def ticked(form: LeavingForm) -> list[str]:
    return [case.reference[-1] for case in form.model.ticked]


def submit(qtbot: QtBot, form: LeavingForm) -> Leave:
    with qtbot.waitSignal(form.submitted) as submitted:
        qtbot.mouseClick(form.button, Qt.MouseButton.LeftButton)
    (leave,) = submitted.args
    assert isinstance(leave, Leave)
    return leave


def test_every_case_is_named_with_its_marking_and_only_what_is_clear_is_ticked(qtbot: QtBot) -> None:
    form = open_form(qtbot)
    shown = [[form.model.index(row, column).data() for column in range(4)] for row in range(form.model.rowCount())]
    assert [row[3].strip("\u2066\u2069") for row in shown] == [f"TLP:{tlp}" for tlp in Tlp]
    assert (shown[0][1], shown[0][2], shown[1][2]) == (URDU, "False", "No verdict")
    assert ticked(form) == ["1"]
    assert form.count.text() == "1 of 5 cases leave."


def test_only_what_is_ticked_is_submitted(qtbot: QtBot) -> None:
    form = open_form(qtbot)
    form.view.selectRow(4)
    qtbot.keyClick(form.view, Qt.Key.Key_Space)
    leave = submit(qtbot, form)
    assert leave == Leave((CASES[0], CASES[4]), Wanted(Medium.JSON))
    assert not form.isVisible()


def test_a_click_on_the_box_ticks_and_unticks(qtbot: QtBot) -> None:
    form = open_form(qtbot)
    option = QStyleOptionViewItem()
    index = form.model.index(1, 0)
    form.view.initViewItemOption(option)
    form.view.itemDelegate().initStyleOption(option, index)
    option.rect = form.view.visualRect(index)
    box = form.view.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, form.view)
    for expected in (["1", "2"], ["1"]):
        qtbot.mouseClick(form.view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
        assert ticked(form) == expected


def test_space_ticks_all_that_are_chosen_and_takes_all_ticks_away(qtbot: QtBot) -> None:
    form = open_form(qtbot)
    form.view.selectAll()
    for expected in (["1", "2", "3", "4", "5"], []):
        qtbot.keyClick(form.view, Qt.Key.Key_Space)
        assert ticked(form) == expected
    assert not form.button.isEnabled()
    assert form.count.text() == "Nothing leaves until a case is ticked."


def test_what_was_chosen_is_listed_and_every_case_when_asked_for(qtbot: QtBot) -> None:
    form = open_form(qtbot, chosen=CASES[1:2])
    assert [case.id for case in form.model.rows] == ["id-2"]
    assert ticked(form) == []
    form.view.selectRow(0)
    qtbot.keyClick(form.view, Qt.Key.Key_Space)
    form.every.click()
    assert ticked(form) == ["1", "2"]
    form.every.click()
    assert submit(qtbot, form).cases == (CASES[1],)
    assert not open_form(qtbot).every.isVisible()


def test_the_address_is_that_of_one_review(qtbot: QtBot) -> None:
    form = open_form(qtbot, Medium.CLAIMREVIEW)
    assert form.url.isVisible()
    form.url.editor.setText("https://desk.example/1")
    form.model.tick([1])
    assert not form.url.isEnabled()
    form.model.tick([1])
    assert submit(qtbot, form).wanted == Wanted(Medium.CLAIMREVIEW, "https://desk.example/1")


def test_an_address_of_several_is_not_taken(qtbot: QtBot) -> None:
    form = open_form(qtbot, Medium.CLAIMREVIEW)
    form.url.editor.setText("https://desk.example/1")
    form.model.tick([1])
    assert submit(qtbot, form).wanted.url == ""


def test_what_is_no_address_is_complained_of_and_nothing_leaves(qtbot: QtBot) -> None:
    form = open_form(qtbot, Medium.CLAIMREVIEW)
    submitted = QSignalSpy(form.submitted)
    form.url.editor.setText("desk.example")
    qtbot.mouseClick(form.button, Qt.MouseButton.LeftButton)
    assert form.url.wrong
    assert submitted.count() == 0
    assert form.isVisible()


def test_a_table_asks_which_and_how_its_cells_are_parted(qtbot: QtBot) -> None:
    form = open_form(qtbot, Medium.CSV)
    assert not form.url.isVisible()
    form.table.choose(Table.SOURCES)
    form.separator.choose(Separator.SEMICOLON)
    assert submit(qtbot, form).wanted == Wanted(Medium.CSV, "", Table.SOURCES, Separator.SEMICOLON)


@pytest.mark.parametrize("medium", Medium)
def test_it_is_said_what_leaves(qtbot: QtBot, medium: Medium) -> None:
    form = open_form(qtbot, medium)
    words = " ".join(label.text() for label in form.findChildren(type(form.count)))
    assert ("names of analysts stay" in words) is (medium is Medium.CLAIMREVIEW)
    assert ("names of those who gave" in words) is (medium is Medium.CSV)
    assert ("whole history" in words) is (medium is Medium.JSON)
