"""The history of a case: who, what, when, with the old and the new value."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db import cases, claims, conflicts
from db.vocabulary import Op
from desktop.panels.history import HistoryPanel
from desktop.widgets.texts import Label
from tests import makers
from tests.desktop import disputes
from tests.desktop.desk import Desk
from tests.desktop.panels.bench import show


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> HistoryPanel:
    panel = HistoryPanel(desk.context)
    show(panel, desk, qtbot)
    return panel


def table(panel: HistoryPanel) -> list[list[str]]:
    model = panel.saves.table.model()
    return [[model.index(row, column).data() for column in range(5)] for row in range(model.rowCount())]


def said(panel: HistoryPanel) -> str:
    QApplication.processEvents()  # what was laid out shows itself then
    return "\n".join(label.text() for label in panel.findChildren(Label) if label.isVisibleTo(panel))


def test_every_save_is_a_row_newest_first(panel: HistoryPanel, desk: Desk) -> None:
    makers.edit_case(desk.book, desk.case_id, "A title")
    makers.make_source(desk.book, [desk.case_id], "A report")
    rows = table(panel)
    assert [row[3] for row in rows] == ["Added a source", "Changed the case", "Opened the case"]
    assert {row[1] for row in rows} == {"Amina"}
    assert {row[2] for row in rows} == {"Kabul desk"}
    assert rows[0][4] == "A report"
    assert rows[1][4] == "Title"


def test_the_chosen_save_shows_old_and_new_value(panel: HistoryPanel, desk: Desk) -> None:
    with desk.book.change(Op.EDIT_CLAIM) as change:
        (claim,) = claims.of_case(desk.book, desk.case_id)
        claims.edit(change, claim.id, claims.ClaimDraft(makers.RUSSIAN, language="ru"))
    words = said(panel).splitlines()
    before, after = words.index("before"), words.index("after")
    assert words[before + 1] == makers.URDU
    assert words[after + 1] == makers.RUSSIAN
    assert "Claim · Language" in words
    assert "Russian" in words


def test_undo_is_a_row_of_its_own(panel: HistoryPanel, desk: Desk) -> None:
    makers.edit_case(desk.book, desk.case_id, "A title")
    desk.book.undo()
    assert [row[3] for row in table(panel)] == ["Undid a change", "Changed the case", "Opened the case"]


def test_the_reason_of_a_deletion_is_shown(panel: HistoryPanel, desk: Desk) -> None:
    with desk.book.change(Op.ADD_CLAIM) as change:
        (whole,) = claims.of_case(desk.book, desk.case_id)
        part = claims.add(change, desk.case_id, claims.ClaimDraft("a part", parent_id=whole.id))
    with desk.book.change(Op.DELETE_CLAIM) as change:
        claims.delete(change, part, "Said twice.")
    assert "Reason: Said twice." in said(panel)
    assert "Claim deleted" in said(panel)


def test_what_is_saved_in_another_case_is_no_row(panel: HistoryPanel, desk: Desk) -> None:
    before = table(panel)
    makers.edit_case(desk.book, makers.make_case(desk.book, "Another"), "A title")
    assert table(panel) == before


def test_while_nobody_looks_nothing_is_read_and_then_all_of_it(panel: HistoryPanel, desk: Desk) -> None:
    panel.hide()
    makers.edit_case(desk.book, desk.case_id, "A title")
    assert len(table(panel)) == 1
    panel.show()
    assert len(table(panel)) == 2


def test_the_row_one_reads_stays_chosen_when_something_is_saved(panel: HistoryPanel, desk: Desk) -> None:
    makers.edit_case(desk.book, desk.case_id, "First title")
    makers.edit_case(desk.book, desk.case_id, "Second title")
    panel.saves.table.selectRow(1)
    assert "First title" in said(panel)
    with desk.book.change(Op.EDIT_CASE) as change:
        cases.edit(change, desk.case_id, cases.CaseDraft(title="Third title"))
    assert "First title" in said(panel)
    assert "Third title" not in said(panel)


def test_another_case_is_shown_from_its_newest_save(panel: HistoryPanel, desk: Desk) -> None:
    other = makers.make_case(desk.book, "Another claim")
    panel.show_case(other)
    assert len(table(panel)) == 1
    assert "Another claim" in said(panel)
    assert makers.URDU not in said(panel)


def test_a_settled_conflict_shows_all_that_stood_side_by_side(panel: HistoryPanel, desk: Desk) -> None:
    with disputes.herat(desk.book) as herat:
        makers.edit_case(desk.book, desk.case_id, "Of Kabul")
        makers.edit_case(herat, desk.case_id, "Of Herat")
    (conflict,) = conflicts.of_case(desk.book, desk.case_id)
    with desk.book.change(Op.RESOLVE_CONFLICT) as change:
        conflicts.settle(change, conflict, conflict.versions[0].operation)
    (row,) = [row for row in table(panel) if row[3] == "Settled a conflict"]
    assert row[4] == "Title"
    panel.saves.table.selectRow([row[3] for row in table(panel)].index("Settled a conflict"))
    words = said(panel).splitlines()
    place = words.index("before, side by side")
    assert words[place + 1 : place + 5] == ["Of Herat", "Of Kabul", "after", "Of Herat"]
