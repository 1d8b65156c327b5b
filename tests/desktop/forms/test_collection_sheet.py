"""The record of a file: saved as one types, each gap in sight until it is filled or explained."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from db import attachments, collecting
from db.attachments import Attachment
from db.collecting import Record, RecordDraft, Tool
from db.origins import Origin
from db.vocabulary import Method, Op
from desktop.actions.collecting import CollectingVerb
from desktop.forms.collection_sheet import CollectionSheet, SharedSheet
from desktop.widgets.texts import Line
from tests import makers
from tests.desktop.desk import Desk, wait_for

BY = Tool("Claimdesk 0.1.0", "this computer, UTC+05:00, not checked against another clock")
TIME = "2026-03-01T10:00:00Z"


def take_in(desk: Desk, name: str, method: Method = Method.PASTED) -> Attachment:
    with attachments.Depot(desk.book.path) as depot:
        ready = depot.picture(name.encode(), name, method=method, origin=Origin(changed_at=TIME))
    with desk.book.change(Op.ADD_ATTACHMENT) as change:
        one = collecting.take_in(change, desk.case_id, ready, BY)
    return attachments.one(desk.book, one)


def record(desk: Desk, of: Attachment) -> Record:
    found = collecting.of_attachment(desk.book, of.id)
    assert found
    return found


Opener = Callable[..., CollectingVerb]


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def opener(desk: Desk, window: QMainWindow) -> Iterator[Opener]:
    made: list[CollectingVerb] = []

    def open_for(*chosen: Attachment) -> CollectingVerb:
        verb = CollectingVerb(desk.context, window, lambda: chosen)
        made.append(verb)
        verb.refresh()
        verb.record.trigger()
        return verb

    yield open_for
    for verb in made:
        verb.close()


def sheet(kind: type = CollectionSheet) -> CollectionSheet | SharedSheet:
    (found,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
    return found  # type: ignore[no-any-return]


def test_typing_and_explaining_is_saved_on_leaving_the_field(desk: Desk, opener: Opener, qtbot: QtBot) -> None:
    one = take_in(desk, "a.png")
    opener(one)
    shown = sheet()
    form = shown.form
    assert isinstance(shown, CollectionSheet)
    assert shown.state.text().startswith("Said: 3 of 10; 7 open.")
    assert not form.reasons["clock"].isVisible()
    assert form.reasons["identity"].isVisible()
    tool: Line = form.tool  # type: ignore[attr-defined]
    qtbot.keyClicks(tool, "Firefox 148")
    assert not form.reasons["tool"].isVisible(), "what says something needs no reason"
    form.flush()
    reason = form.reasons["identity"]
    reason.setCurrentIndex(reason.findText("unsafe to record"))
    reason.activated.emit(reason.currentIndex())
    own = form.reasons["network"].lineEdit()
    assert own
    qtbot.keyClicks(own, "asked not to say")
    form.flush()
    found = record(desk, one)
    assert found.tool == "Firefox 148"
    assert found.explained == {"identity": "unsafe to record", "network": "asked not to say"}
    assert shown.state.text().startswith("Said: 4 of 10; 2 explained, 4 open.")
    desk.book.undo()
    assert form.reasons["network"].currentText() == ""


def test_the_time_of_a_file_is_offered_and_not_claimed(desk: Desk, opener: Opener, qtbot: QtBot) -> None:
    one = take_in(desk, "a.png", Method.FOLDER)
    opener(one)
    shown = sheet()
    assert isinstance(shown, CollectionSheet)
    assert "1 Mar 2026, 10:00 UTC" in shown.hint.text()
    assert record(desk, one).captured_on == ""
    qtbot.mouseClick(shown.take, Qt.MouseButton.LeftButton)
    assert record(desk, one).captured_on == TIME
    assert not shown.take.isVisible()


def test_a_file_without_a_record_gets_one_with_the_first_word(desk: Desk, opener: Opener, qtbot: QtBot) -> None:
    one = attachments.one(desk.book, makers.attach(desk.book, desk.case_id, b"old", "old.txt"))
    opener(one)
    form = sheet().form
    assert collecting.of_attachment(desk.book, one.id) is None
    qtbot.keyClicks(form.requested_url, "https://x.com/a")  # type: ignore[attr-defined]
    form.flush()
    assert record(desk, one).requested_url == "https://x.com/a"


def test_closing_saves_what_is_typed_and_a_second_look_opens_no_second_sheet(
    desk: Desk, opener: Opener, qtbot: QtBot
) -> None:
    one = take_in(desk, "a.png")
    verb = opener(one)
    verb.record.trigger()
    shown = sheet()
    purpose = shown.form.purpose  # type: ignore[attr-defined]
    purpose.setFocus()
    purpose.textCursor().insertText(makers.URDU)
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert record(desk, one).purpose == makers.URDU
    assert not shown.isVisible()


def test_what_cannot_be_saved_keeps_the_sheet_open(desk: Desk, opener: Opener) -> None:
    verb = opener(take_in(desk, "a.png"))
    shown = sheet()
    shown.form.purpose.textCursor().insertText("x")  # type: ignore[attr-defined]
    save = desk.context.book.change
    try:
        desk.context.book.change = refuse  # type: ignore[method-assign, assignment]
        shown.close()
        assert shown.isVisible()
        assert not verb.settle()
    finally:
        desk.context.book.change = save  # type: ignore[method-assign]
    assert verb.settle()


def refuse(*_: object) -> None:
    from db.errors import Invalid

    raise Invalid("purpose", "long")


def test_the_sheet_of_a_removed_file_is_gone(desk: Desk, opener: Opener) -> None:
    one = take_in(desk, "a.png")
    opener(one)
    shown = sheet()
    with desk.book.change(Op.DELETE_ATTACHMENT) as change:
        attachments.delete(change, one.id)
    assert not shown.isVisible()


def test_several_get_the_same_in_one_save(desk: Desk, opener: Opener, qtbot: QtBot) -> None:
    chosen = [take_in(desk, f"{n}.png") for n in range(3)]
    with desk.book.change(Op.RECORD_COLLECTION) as change:
        collecting.put(change, chosen[0], RecordDraft(tool="before", network="office"))
    opener(*chosen)
    shown = sheet(SharedSheet)
    assert isinstance(shown, SharedSheet)
    assert shown.button.text() == "Say it of all 3 files"
    qtbot.keyClicks(shown.form.tool, "Firefox 148")  # type: ignore[attr-defined]
    reason = shown.form.reasons["identity"]
    reason.setEditText("not applicable")
    assert record(desk, chosen[1]).tool == "", "nothing is saved before it is said"
    qtbot.mouseClick(shown.button, Qt.MouseButton.LeftButton)
    assert [record(desk, each).tool for each in chosen] == ["Firefox 148"] * 3
    assert [record(desk, each).network for each in chosen] == ["office", "", ""]
    assert {record(desk, each).explained["identity"] for each in chosen} == {"not applicable"}
    desk.book.undo()
    assert [record(desk, each).tool for each in chosen] == ["before", "", ""]


def test_a_casebook_for_reading_shows_and_takes_nothing(reading_desk: Desk, window: QMainWindow, qtbot: QtBot) -> None:
    verb = CollectingVerb(reading_desk.context, window, lambda: ())
    verb.refresh()
    assert not verb.record.isEnabled()
    wait_for(qtbot, lambda: not reading_desk.context.jobs.busy)
