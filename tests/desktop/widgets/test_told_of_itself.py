"""Beside a picture stands how complete its record is, and what its data say: as text, with what to doubt."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
import shiboken6
from PIL import Image, PngImagePlugin
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db import attachments, collecting
from db.collecting import RecordDraft, Tool
from db.pictures.metadata import Metadata
from db.vocabulary import Op
from desktop import collection_words
from desktop.widgets.viewer import Viewer
from tests import makers
from tests.desktop.desk import Desk, wait_for

BY = Tool("Claimdesk 0.1.0", "this computer")


def take_in(desk: Desk, data: bytes, name: str) -> str:
    ready = makers.take(desk.book.path, data, name)
    with desk.book.change(Op.ADD_ATTACHMENT) as change:
        return collecting.take_in(change, desk.case_id, ready, BY)


@pytest.fixture
def viewer(desk: Desk, qtbot: QtBot) -> Iterator[Viewer]:
    one = take_in(desk, makers.photo(), "phone.jpg")
    take_in(desk, written("<b>bold</b> \u202egpj.exe"), "plain.png")
    shown = Viewer(desk.context, desk.attachments(), one)
    shown.show()
    wait_for(qtbot, lambda: shown.picture.drawn)
    yield shown
    if shiboken6.isValid(shown):
        shown.close()


def written(words: str) -> bytes:
    out, said = io.BytesIO(), PngImagePlugin.PngInfo()
    said.add_itxt("Comment", words)
    Image.new("RGB", (40, 30), "teal").save(out, "PNG", pnginfo=said)
    return out.getvalue()


def test_what_a_phone_writes_is_shown_with_what_to_doubt(viewer: Viewer) -> None:
    told = viewer.side.told.facts.text().replace("\u2066", "").replace("\u2069", "")
    assert "Camera: FairPhone 5" in told
    assert "Time: 2026-03-01 10:20:30, by a clock that says no offset" in told
    assert "Place: 34.52500, 69.17000" in told
    assert "Artist: Gul Agha" in told
    assert "It names a place." in viewer.side.told.warnings.text()
    assert "Its time is not that of the capture." in viewer.side.told.warnings.text()
    assert "not checked" in viewer.side.told.heading.text()


def test_the_doubt_of_the_time_goes_with_the_record(desk: Desk, viewer: Viewer) -> None:
    with desk.book.change(Op.RECORD_COLLECTION) as change:
        collecting.put(change, viewer.attachment, RecordDraft(captured_on="2026-03-01"))
    assert "Its time" not in viewer.side.told.warnings.text()
    assert viewer.side.told.record.text() == "1 of 10; 9 open"


def test_what_is_written_in_a_file_is_text_and_no_markup(viewer: Viewer, qtbot: QtBot) -> None:
    viewer.next.trigger()
    wait_for(qtbot, lambda: "bold" in viewer.side.told.facts.text())
    assert "<b>bold</b>" in viewer.side.told.facts.text()
    assert not viewer.side.told.facts.acceptRichText()
    assert "\u202e" not in viewer.side.told.facts.text()
    assert not viewer.side.told.warnings.isVisible()


def test_nothing_of_one_picture_stays_beside_the_next(desk: Desk, viewer: Viewer, qtbot: QtBot) -> None:
    viewer.next.trigger()
    assert "FairPhone" not in viewer.side.told.facts.text()
    viewer.previous.trigger()
    wait_for(qtbot, lambda: "FairPhone" in viewer.side.told.facts.text())


def test_the_record_is_asked_for_by_button_and_key(viewer: Viewer, qtbot: QtBot) -> None:
    with qtbot.waitSignal(viewer.record_wanted) as wanted:
        qtbot.mouseClick(viewer.side.told.open, Qt.MouseButton.LeftButton)
    assert wanted.args[0].id == viewer.attachment.id
    with qtbot.waitSignal(viewer.record_wanted):
        viewer.record.trigger()
    assert viewer.side.told.record.text() == "3 of 10; 7 open"


def test_of_a_text_nothing_is_said_to_be_in_it(desk: Desk, qtbot: QtBot) -> None:
    one = makers.attach(desk.book, desk.case_id, b"words", "a.txt")
    shown = Viewer(desk.context, [attachments.one(desk.book, one)], one)
    shown.show()
    wait_for(qtbot, lambda: shown.stack.currentWidget() is shown.text)
    assert not shown.side.told.heading.isVisible()
    assert shown.side.told.record.text() == "0 of 10; 10 open"
    assert isinstance(shown.side.told, QWidget)
    shown.close()


@pytest.mark.parametrize("found", [Metadata(), Metadata(looked=True)])
def test_a_file_that_says_nothing_makes_no_facts(found: Metadata) -> None:
    assert collection_words.facts(found) == ()
    assert collection_words.warnings(found, "2026") == ()
