"""The page of custody tells what happened to a file in lines that can be read, heard and copied, and stays true."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from db import attachments, custody, erasing
from db.custody import Details
from db.vocabulary import Custody, Op, Outcome
from desktop.widgets.custody_page import CustodyPage
from desktop.widgets.viewer import Viewer
from tests import makers
from tests.desktop.desk import Desk, wait_for

NAME = "گواہ کی تصویر.png"


@pytest.fixture
def picture(desk: Desk) -> str:
    return makers.attach(desk.book, desk.case_id, makers.picture(40, 30), NAME)


@pytest.fixture
def page(desk: Desk, picture: str) -> Iterator[CustodyPage]:
    page = CustodyPage(desk.context, picture)
    page.show()
    yield page
    if shiboken6.isValid(page):
        page.close()


def write_down(desk: Desk, picture: str, event: Custody, details: Details) -> None:
    with desk.book.change(Op.VERIFY_ATTACHMENTS) as change:
        custody.record(change, picture, event, details)


def test_it_tells_the_name_the_hash_the_state_and_the_chain(desk: Desk, picture: str, page: CustodyPage) -> None:
    sha256 = attachments.one(desk.book, picture).sha256
    assert (page.name.text(), page.digest.text()) == (NAME, sha256)
    assert page.state.text() == "Not verified since it came in."
    assert [entry.title for entry in page.list.entries] == ["Pasted from the clipboard"]
    assert "Kabul desk" in page.list.entries[0].subtitle
    assert "Operation " in page.lines.text()
    assert NAME in page.windowTitle()


def test_it_follows_what_is_saved_and_goes_to_the_newest_line(desk: Desk, picture: str, page: CustodyPage) -> None:
    write_down(desk, picture, Custody.VERIFIED, Details(outcome=Outcome.INTACT))
    assert page.state.text().startswith("Intact when last verified on")
    assert page.list.entries[-1].badge == "Intact"
    assert page.list.current == page.list.entries[-1].id
    page.list.choose(page.list.entries[0].id)
    desk.context.theme.changed.emit()
    with desk.book.change(Op.EDIT_ATTACHMENT) as change:
        attachments.edit(change, picture, name="new name.png", caption="")
    assert page.name.text() == "new name.png"
    assert page.list.current == page.list.entries[0].id  # who reads an older line goes on reading
    assert f"As “{NAME}”" in page.lines.text().replace("\u2066", "").replace("\u2069", "")


@pytest.mark.parametrize(
    ("outcome", "words"), [(Outcome.ALTERED, "NOT the bytes that came in"), (Outcome.MISSING, "The bytes were gone")]
)
def test_what_is_wrong_is_said_as_wrong(
    desk: Desk, picture: str, page: CustodyPage, outcome: Outcome, words: str
) -> None:
    write_down(desk, picture, Custody.VERIFIED, Details(outcome=outcome, sha256="ab" * 32))
    assert words in page.state.text()
    assert page.state.property("tone") == "danger"
    assert ("ab" * 32 in page.lines.text()) is (outcome is Outcome.ALTERED)


def test_it_can_be_copied_as_text_with_all_that_proves_it(desk: Desk, picture: str, page: CustodyPage) -> None:
    write_down(desk, picture, Custody.HANDED_OVER, Details("هرات", "for Herat.casebook", "cd" * 32))
    page.copy.trigger()
    text = QGuiApplication.clipboard().text()
    for event in custody.of_attachment(desk.book, picture):
        assert event.operation in text
    for part in (NAME, page.digest.text(), "Handed over to هرات", "for Herat.casebook", "cd" * 32,
                 "the file itself does not tell of it"):  # fmt: skip
        assert part in text
    assert not set(text) & set("\u2066\u2067\u2068\u2069")


def test_the_words_that_are_chosen_are_copied_alone(page: CustodyPage) -> None:
    page.digest.selectAll()
    page.copy.trigger()
    assert QGuiApplication.clipboard().text() == page.digest.text()


def test_a_file_that_was_erased_says_by_whom_and_why(desk: Desk, picture: str, page: CustodyPage) -> None:
    attachments.draw_small(desk.book.path, desk.attachments())
    page.refresh()
    assert page.picture.isVisible()
    with desk.book.change(Op.ERASE_ATTACHMENT) as change:
        erasing.erase(change, erasing.plan(desk.book, [picture]), "خاندان کی درخواست")
    assert "by \u2066Amina\u2069: \u2066خاندان کی درخواست" in page.state.text()
    assert not page.picture.isVisible()
    assert not page.verify.isEnabled()


def test_escape_leaves_and_f6_in_the_viewer_asks_for_it(
    desk: Desk, picture: str, page: CustodyPage, qtbot: QtBot
) -> None:
    with qtbot.waitActive(page):
        page.activateWindow()
    with qtbot.waitSignal(page.closed):
        qtbot.keyClick(page.list, Qt.Key.Key_Escape)
    viewer = Viewer(desk.context, desk.attachments(), picture)
    viewer.show()
    with qtbot.waitSignal(viewer.custody_wanted) as asked:
        viewer.custody.trigger()
    assert asked.args[0].id == picture
    assert viewer.custody.shortcut().toString() == "F6"
    viewer.close()


def test_a_viewer_turns_from_the_picture_to_the_words_when_it_is_erased(desk: Desk, picture: str, qtbot: QtBot) -> None:
    viewer = Viewer(desk.context, desk.attachments(), picture)
    viewer.show()
    wait_for(qtbot, lambda: viewer.picture.drawn)
    with desk.book.change(Op.ERASE_ATTACHMENT) as change:
        erasing.erase(change, erasing.plan(desk.book, [picture]), "The family asked for it")
    wait_for(qtbot, lambda: "The family asked for it" in viewer.words.text())
    assert viewer.stack.currentWidget() is viewer.words
    viewer.close()
