"""Saves in full: one card for each field, and no more cards than a person reads."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame
from pytestqt.qtbot import QtBot

from db.history import Edit, Entry
from db.kinds import Kind
from desktop.widgets.saves import SavesView
from desktop.widgets.texts import Label

AT = "2026-03-01T10:00:00.000Z"


def save(name: str, *edits: Edit) -> Entry:
    return Entry(name, AT, "Bilal", "Peshawar desk", "edit note", "", edits)


def cards(view: SavesView) -> list[QFrame]:
    QApplication.processEvents()
    return [frame for frame in view.findChildren(QFrame) if frame.property("card") and frame.isVisibleTo(view)]


def test_a_save_of_very_many_fields_is_cut_and_says_so(qtbot: QtBot) -> None:
    view = SavesView(Qt.Orientation.Vertical, "Saves")
    qtbot.addWidget(view)
    view.show()
    view.show_entries([save("much", *(Edit(Kind.NOTE, f"n{n}", "text", "", f"words {n}") for n in range(500)))])
    assert len(cards(view)) == 200
    assert "And 300 more." in [label.text() for label in view.findChildren(Label)]
    view.show_entries([save("little", Edit(Kind.NOTE, "n", "text", "old", "new"))])
    assert len(cards(view)) == 1
    view.show_entries([])
    assert cards(view) == []
