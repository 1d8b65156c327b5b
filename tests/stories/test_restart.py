"""The next morning: everything stands where it was left, and undo still goes back."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from tests import makers
from tests.desk import Desk, plain, window


def test_undo_and_redo_go_on_after_a_restart(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "desk.casebook"
    desk.new_casebook(path)
    desk.new_case(makers.URDU, title="First title")
    reference = desk.reference
    desk.fill("Title", "Second title")
    desk.leave()
    desk.add_source("A report", Quotation=makers.PASHTO)
    desk.close()
    with window(qtbot) as next_day:
        next_day.window.open_path(path)
        assert next_day.listed == [reference]
        next_day.open_case(reference)
        assert [plain(a) for a in next_day.verbs() if plain(a).startswith("Undo")] == ["Undo changing a source"]
        next_day.undo()  # the quotation
        next_day.undo()  # the source
        next_day.turn_to("Evidence")
        assert next_day.entries() == []
        next_day.undo()
        assert next_day.field("Title").text() == "First title"
        for _ in range(3):
            next_day.redo()
        assert next_day.entries() == ["1. A report"]
        assert next_day.field("Quotation").text() == makers.PASHTO
        next_day.undo()
        next_day.undo()
        next_day.close()
    with window(qtbot) as third_day:
        third_day.window.open_path(path)
        third_day.open_case(reference)
        third_day.redo()  # what was undone the day before
        third_day.turn_to("Evidence")
        assert third_day.entries() == ["1. A report"]


def test_a_verdict_half_written_and_a_look_are_there_the_next_day(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "desk.casebook"
    desk.new_casebook(path)
    desk.new_case(makers.URDU)
    reference = desk.reference
    desk.turn_to("Verdict")
    desk.fill("Rationale", makers.EMOJI)
    desk.do("Dark")
    desk.close()
    with window(qtbot) as next_day:
        assert next_day.verb("Dark").isChecked()
        next_day.window.open_path(path)
        next_day.open_case(reference)
        next_day.turn_to("Verdict")
        assert next_day.field("Rationale").text() == makers.EMOJI


def test_what_is_typed_last_is_saved_by_closing_the_window(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "desk.casebook"
    desk.new_casebook(path)
    desk.new_case(makers.URDU)
    reference = desk.reference
    desk.fill("Translation", "typed and closed at once")
    desk.close()
    assert not desk.window.isVisible()
    with window(qtbot) as next_day:
        next_day.window.open_path(path)
        next_day.open_case(reference)
        assert next_day.field("Translation").text() == "typed and closed at once"
