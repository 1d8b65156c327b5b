"""A table of rows: each text stands on the side where it begins, whatever its neighbors do."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from desktop.rows import Column, RowsModel
from desktop.widgets.rows_view import RowsView
from tests.makers import PASHTO, RUSSIAN, URDU


@dataclass(frozen=True)
class Row:
    id: str


@pytest.mark.parametrize(
    ("text", "right"), [(URDU, True), (PASHTO, True), (RUSSIAN, False), ("12 " + URDU, True), ("", False)]
)
def test_a_text_begins_on_its_own_side(qtbot: QtBot, text: str, right: bool) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    model: RowsModel[Row] = RowsModel((Column("Text", lambda row: row.id),), parent)
    model.show([Row(text)])
    view = RowsView(model, "Rows", (200,), 0, parent)
    option = QStyleOptionViewItem()
    view.initViewItemOption(option)
    view.itemDelegate().initStyleOption(option, model.index(0, 0))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    assert option.displayAlignment & side
    assert option.displayAlignment & Qt.AlignmentFlag.AlignAbsolute
    assert (option.direction == Qt.LayoutDirection.RightToLeft) is right
