"""The model behind the short lists: honest to Qt, and redrawing no more than what changed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.rows import ROW, Column, RowsModel


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    words: str


def tip(row: Row, role: int) -> str | None:
    return f"tip of {row.words}" if role == Qt.ItemDataRole.ToolTipRole else None


ROWS = [Row("a", "first"), Row("b", "second"), Row("c", "وزیرِ خارجہ")]


@pytest.fixture
def model(qapp: object) -> RowsModel[Row]:
    columns: tuple[Column[Row], ...] = (Column("Words", lambda row: row.words, tip), Column("Id", lambda row: row.id))
    model: RowsModel[Row] = RowsModel(columns)
    model.show(ROWS)
    return model


def test_it_keeps_the_rules_of_qt(model: RowsModel[Row], qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model, force_py=True)  # and it goes on watching
    for rows in ([], [*ROWS, Row("d", "fourth")], [replace(ROWS[0], words="other"), *ROWS[1:]], ROWS[::-1]):
        model.show(rows)


def test_a_cell_says_what_its_column_reads(model: RowsModel[Row]) -> None:
    assert [model.index(n, 0).data() for n in range(3)] == [row.words for row in ROWS]
    assert model.index(1, 1).data() == "b"
    assert model.index(1, 0).data(ROW) == ROWS[1]
    assert model.index(2, 0).data(Qt.ItemDataRole.ToolTipRole) == "tip of وزیرِ خارجہ"
    assert model.index(2, 1).data(Qt.ItemDataRole.ToolTipRole) is None
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Words"
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_one_row_that_differs_is_all_that_is_redrawn(model: RowsModel[Row], qtbot: QtBot) -> None:
    new = [ROWS[0], replace(ROWS[1], words="other words"), ROWS[2]]
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged) as told:
        model.show(new)
    first, last = told.args[0], told.args[1]
    assert (first.row(), last.row(), first.column(), last.column()) == (1, 1, 0, 1)
    assert model.rows == tuple(new)


def test_the_same_rows_redraw_nothing(model: RowsModel[Row], qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(model.modelReset), qtbot.assertNotEmitted(model.dataChanged):
        model.show([replace(row) for row in ROWS])


@pytest.mark.parametrize("rows", [ROWS[:2], [*ROWS, Row("d", "fourth")], ROWS[::-1], []])
def test_other_rows_are_shown_anew(model: RowsModel[Row], qtbot: QtBot, rows: list[Row]) -> None:
    with qtbot.waitSignal(model.modelReset):
        model.show(rows)
    assert model.rowCount() == len(rows)
    assert model.rows == tuple(rows)


def test_a_row_is_found_by_its_id(model: RowsModel[Row]) -> None:
    assert model.place("c").row() == 2
    assert not model.place("gone").isValid()
    assert model.row(model.place("b")) == ROWS[1]
    assert model.row(QModelIndex()) is None
