"""The picture desk: nothing that was drawn is lost, by closing, by a crash, or when keeping fails."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from db import attachments, drafts
from db.attachments import Attachment
from db.pictures import retouch
from db.pictures.steps import Arrow, BlackOut, Blur, Steps
from db.vocabulary import Op
from desktop.widgets import desk_draft
from desktop.widgets.choice import Choice
from desktop.widgets.picture_desk import PictureDesk, Wanted
from tests import makers
from tests.desktop.desk import Desk, wait_for

BLACK = BlackOut(1, 2, 30, 20)


class Opened:
    """Picture desks that are closed when the test is over."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self._desk, self._qtbot = desk, qtbot
        self._windows: list[PictureDesk] = []

    def __call__(self, attachment: Attachment) -> PictureDesk:
        base = retouch.base_of(self._desk.book, attachment)
        window = PictureDesk(self._desk.context, attachment, base)
        window.resize(1000, 640)
        window.show()
        self._windows.append(window)
        wait_for(self._qtbot, lambda: window.drawing.allowed or not window.words.text().startswith("Reading"))
        return window

    def close(self) -> None:
        for window in filter(shiboken6.isValid, self._windows):
            window.end()


@pytest.fixture
def opened(desk: Desk, qtbot: QtBot) -> Iterator[Opened]:
    opened = Opened(desk, qtbot)
    yield opened
    opened.close()


@pytest.fixture
def picture(desk: Desk) -> Attachment:
    made = makers.attach(desk.book, desk.case_id, makers.encoded(makers.scene(2), "PNG"), "mill.png")
    return attachments.one(desk.book, made)


def draw(window: PictureDesk, *done: BlackOut | Arrow | Blur) -> None:
    window.canvas.changed.emit(done)


def asked() -> list[Choice]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, Choice) and w.isVisible()]


def answer(words: str) -> None:
    (choice,) = asked()
    (button,) = [each for each in choice.findChildren(QPushButton) if each.text() == words]
    button.click()


def test_there_is_nothing_to_keep_until_something_is_drawn(picture: Attachment, opened: Opened) -> None:
    window = opened(picture)
    assert not window.keep.isEnabled()
    assert not window.button.isEnabled()
    draw(window, BLACK)
    assert window.keep.isEnabled()
    window.drawing.undo.trigger()
    assert not window.keep.isEnabled()


def test_the_name_says_what_was_done_until_somebody_gives_another(
    picture: Attachment, opened: Opened, qtbot: QtBot
) -> None:
    window = opened(picture)
    draw(window, Arrow(1, 1, 30, 30, 2, "#d92d20"))
    assert window.name.text() == "mill (retouched).png"
    draw(window, BLACK)
    assert window.name.text() == "mill (redacted).png"
    window.name.selectAll()
    qtbot.keyClicks(window.name, "for Herat.png")
    draw(window, BLACK, Blur(1, 1, 30, 30))
    assert window.name.text() == "for Herat.png"
    with qtbot.waitSignal(window.keep_wanted) as told:
        window.keep.trigger()
    (wanted,) = told.args  # type: ignore[misc]
    assert wanted == Wanted(picture.id, picture, (BLACK, Blur(1, 1, 30, 30)), "for Herat.png")


def test_closing_with_something_drawn_asks(desk: Desk, picture: Attachment, opened: Opened) -> None:
    window = opened(picture)
    draw(window, BLACK)
    window.close()
    assert window.isVisible()
    window.close()  # asks once
    answer("Cancel")
    assert window.isVisible()
    assert window.drawing.steps == (BLACK,)
    window.close()
    answer("Discard")
    assert not shiboken6.isValid(window) or not window.isVisible()
    assert desk_draft.read(desk.book, picture.id) is None


def test_closing_can_keep(picture: Attachment, opened: Opened, qtbot: QtBot) -> None:
    window = opened(picture)
    draw(window, BLACK)
    window.close()
    with qtbot.waitSignal(window.keep_wanted):
        answer("Keep as a new picture")


def test_closing_with_nothing_drawn_asks_nothing(picture: Attachment, opened: Opened) -> None:
    window = opened(picture)
    window.close()
    assert asked() == []


def test_after_a_crash_what_was_drawn_is_there_again(
    desk: Desk, picture: Attachment, opened: Opened, qtbot: QtBot
) -> None:
    window = opened(picture)
    draw(window, BLACK)
    window.name.selectAll()
    qtbot.keyClicks(window.name, "later.png")
    wait_for(qtbot, lambda: desk_draft.read(desk.book, picture.id) is not None)
    wait_for(qtbot, lambda: not window._put_by.isActive())
    window.end()  # nobody was asked
    again = opened(picture)
    assert again.drawing.steps == (BLACK,)
    assert again.name.text() == "later.png"
    assert "is here again" in again.note.text()
    again.drawing.undo.trigger()
    assert again.drawing.steps == ()


@pytest.mark.parametrize("body", ["{", "[]", "3", '{"original": 1}', '{"original": "", "name": "", "steps": [{}]}'])
def test_a_draft_that_cannot_be_read_is_no_hindrance(
    desk: Desk, picture: Attachment, opened: Opened, body: str
) -> None:
    drafts.keep(desk.book, f"retouch {picture.id}", body)
    assert opened(picture).drawing.steps == ()


def kept(desk: Desk, picture: Attachment, done: Steps) -> Attachment:
    ready = makers.take(desk.book.path, makers.picture(7, 7), "redacted.png")
    with desk.book.change(Op.RETOUCH_ATTACHMENT) as change:
        made = retouch.keep(change, picture, ready, done)
    return attachments.one(desk.book, made)


def test_what_was_made_opens_with_its_steps_over_the_original(desk: Desk, picture: Attachment, opened: Opened) -> None:
    window = opened(kept(desk, picture, (BLACK,)))
    assert window.canvas._levels[0].width() == 900, "the original"
    assert window.drawing.steps == (BLACK,)
    assert not window.keep.isEnabled(), "it is kept already"
    draw(window, BLACK, Blur(1, 1, 30, 30))
    assert window.keep.isEnabled()


def test_a_draft_over_another_original_is_not_laid_over_this_one(
    desk: Desk, picture: Attachment, opened: Opened, qtbot: QtBot
) -> None:
    made = kept(desk, picture, (BLACK,))
    window = opened(made)
    draw(window, Blur(1, 1, 30, 30))
    window.settle()
    window.end()
    with desk.book.change(Op.DELETE_ATTACHMENT) as change:
        attachments.delete(change, picture.id)
    again = opened(attachments.one(desk.book, made.id))
    assert again.canvas._levels[0].width() == 7, "what is to be seen of it"
    assert again.drawing.steps == ()


def test_when_nothing_could_be_kept_everything_is_still_there(
    picture: Attachment, opened: Opened, qtbot: QtBot
) -> None:
    window = opened(picture)
    draw(window, BLACK)
    with qtbot.waitSignal(window.keep_wanted):
        window.keep.trigger()
    assert not window.keep.isEnabled(), "twice would make two"
    assert not window.canvas.isEnabled()
    window.go_on()
    assert window.drawing.steps == (BLACK,)
    assert window.keep.isEnabled()
    assert "Nothing was kept" in window.note.text()


def test_a_picture_that_cannot_be_drawn_says_why(desk: Desk, opened: Opened) -> None:
    torn = makers.attach(desk.book, desk.case_id, makers.picture(60, 60)[:70], "torn.png")
    window = opened(attachments.one(desk.book, torn))
    assert "broken" in window.words.text()
    assert not window.keep.isEnabled()
