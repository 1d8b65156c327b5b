"""Saves in full: one card for each field, and no more cards than a person reads."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame
from pytestqt.qtbot import QtBot

from db.conflicts import DELETED, Conflict, Said, Version
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


def version(value: str, analyst: str, *, deletes: bool = False, said: tuple[Said, ...] = ()) -> Version:
    return Version(f"op {value}", value, value, analyst, f"{analyst}'s desk", AT, deletes, shown=False, said=said)


def words(view: SavesView) -> list[str]:
    QApplication.processEvents()
    return [label.text() for label in view.findChildren(Label) if label.isVisibleTo(view)]


def test_what_stands_in_conflict_with_a_field_is_told_where_the_field_is(qtbot: QtBot) -> None:
    view = SavesView(Qt.Orientation.Vertical, "Saves")
    qtbot.addWidget(view)
    view.show()
    newest = save("newest", Edit(Kind.NOTE, "other", "text", "", "Something else"))
    disputed = save("disputed", Edit(Kind.NOTE, "n", "text", "old", "Theirs"))
    superseded = save("superseded", Edit(Kind.NOTE, "n", "text", "", "old"))
    sides = (version("Mine", "Amina"), version("Theirs", "Bilal"))
    conflict = Conflict("id", Kind.NOTE, "n", "text", "Theirs", (), sides)
    view.show_entries([newest, disputed, superseded], [conflict])
    assert view.table.currentIndex().row() == 1, "what is in conflict is seen first"
    said = words(view)
    after = said.index("in conflict with")
    assert said[after - 1 : after + 2] == ["Theirs", "in conflict with", "Mine"]
    assert said[after + 2].startswith("Amina, Amina's desk")
    assert said.count("in conflict with") == 1
    for row in (0, 2):
        view.table.selectRow(row)
        assert "in conflict with" not in words(view)


def test_a_deletion_beside_an_edit_is_told_on_both_sides(qtbot: QtBot) -> None:
    view = SavesView(Qt.Orientation.Vertical, "Saves")
    qtbot.addWidget(view)
    view.show()
    kept = version("", "Amina", said=(Said("text", "Mine"),))
    conflict = Conflict("id", Kind.NOTE, "n", DELETED, "Mine", (), (kept, version("Not ours.", "Bilal", deletes=True)))
    view.show_entries([save("deletes", Edit(Kind.NOTE, "n", "", "Old", ""))], [conflict])
    assert "Keeps this note.\nText: Mine" in words(view)
    view.show_entries([save("edits", Edit(Kind.NOTE, "n", "text", "Old", "Mine"))], [conflict])
    assert "Deletes this note: Not ours." in words(view)
