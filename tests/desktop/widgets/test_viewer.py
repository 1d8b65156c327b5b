"""The viewer shows a picture with zoom, its facts, and says why it shows none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QWheelEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db import attachments
from db.casebook import Casebook
from db.vocabulary import Op
from desktop.widgets.picture import PictureView, halved
from desktop.widgets.viewer import Viewer
from tests import makers, papers
from tests.desktop.desk import Desk, Pulse, wait_for


class Opened:
    """A viewer that is closed when the test is over."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._viewers: list[Viewer] = []

    def __call__(self, current: str) -> Viewer:
        viewer = Viewer(self._desk.context, self._desk.attachments(), current)
        viewer.resize(900, 600)
        viewer.show()
        self._viewers.append(viewer)
        return viewer

    def close(self) -> None:
        for viewer in filter(shiboken6.isValid, self._viewers):
            viewer.close()


@pytest.fixture
def opened(desk: Desk) -> Iterator[Opened]:
    opened = Opened(desk)
    yield opened
    opened.close()


def shown(viewer: Viewer) -> str:
    return {viewer.picture: "picture", viewer.text: "text", viewer.words: "words"}[viewer.stack.currentWidget()]


def test_a_picture_is_shown_upright_in_its_own_pixels(desk: Desk, opened: Opened, qtbot: QtBot) -> None:
    one = makers.attach(desk.book, desk.case_id, makers.picture(300, 200, "#2060a0", "PNG", orientation=6))
    viewer = opened(one)
    wait_for(qtbot, lambda: viewer.picture.drawn)
    viewer.full.trigger()
    assert viewer.picture.zoom == 1.0
    image = viewer.picture.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    middle = QPoint(image.width() // 2, image.height() // 2)
    blue = QColor("#2060a0")
    across = sum(image.pixelColor(x, middle.y()) == blue for x in range(image.width()))
    down = sum(image.pixelColor(middle.x(), y) == blue for y in range(image.height()))
    assert (across, down) == (200, 300), f"turned, at a ratio of {ratio}"
    assert viewer.percent.text() == "100 %"
    assert viewer.side.facts.pixels.text() == "200 × 300"


def test_zoom_keeps_what_is_under_the_pointer(qtbot: QtBot) -> None:
    view = PictureView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    image = QImage(2000, 1500, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    image.setPixelColor(1500, 400, QColor("red"))
    view.show_levels(halved(image))
    assert view.fits
    assert view.zoom < 0.2
    at = view._view_point(QPointF(1500.5, 400.5))
    for _ in range(12):
        wheel = QWheelEvent(
            at,
            at,
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        view.wheelEvent(wheel)
    assert view.zoom > 2
    away = view._view_point(QPointF(1500.5, 400.5)) - at
    assert abs(away.x()) <= 8
    assert abs(away.y()) <= 8
    view.fit()
    assert view.fits
    assert not view.horizontalScrollBar().maximum()


def test_a_picture_is_dragged_by_the_pointer(qtbot: QtBot) -> None:
    view = PictureView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    view.show_levels(halved(QImage(2000, 1500, QImage.Format.Format_RGB32)))
    view.full()
    before = view.horizontalScrollBar().value()
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    QTest.mouseMove(view.viewport(), QPoint(150, 150))
    wait_for(qtbot, lambda: view.horizontalScrollBar().value() == before + 50)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(150, 150))


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (makers.bomb(), "bomb.png", "Too large"),
        (makers.bomb(9000, 9000), "big.png", "Too large"),
        (makers.picture(80, 80)[:80], "torn.png", "broken"),
        (b"%PDF-1.7 /JS", "a.pdf", "It is broken"),
        (b"II*\0tiff", "a.tif", "TIFF picture: not shown here"),
    ],
)
def test_what_cannot_be_shown_says_why_and_can_still_be_saved(
    desk: Desk, opened: Opened, qtbot: QtBot, data: bytes, name: str, words: str
) -> None:
    viewer = opened(makers.attach(desk.book, desk.case_id, data, name))
    wait_for(qtbot, lambda: shown(viewer) == "words" and words in viewer.words.text())
    assert viewer.side.facts.digest.text() == viewer.attachment.sha256
    with qtbot.waitSignal(viewer.save_wanted) as wanted:
        viewer.save.trigger()
    assert wanted.args == [viewer.attachment]
    assert not viewer.fit.isEnabled()


def test_text_is_shown_as_it_is_and_a_long_one_keeps_the_window_alive(desk: Desk, opened: Opened, qtbot: QtBot) -> None:
    text = "<b>متن</b>\n" + "word " * 250_000
    viewer = opened(makers.attach(desk.book, desk.case_id, text.encode(), "a.txt"))
    with Pulse() as pulse:
        wait_for(qtbot, lambda: "The beginning of the text" in viewer.text.toPlainText())
    assert viewer.text.toPlainText().startswith("<b>متن</b>\nword word")
    assert viewer.text.verticalScrollBar().value() == 0
    assert viewer.text.textCursor().position() == 0
    assert pulse.beats > 5


def test_next_and_previous_and_a_quick_turn_show_the_last_one(desk: Desk, opened: Opened, qtbot: QtBot) -> None:
    ids = [makers.attach(desk.book, desk.case_id, makers.picture(n, n), f"{n}.png") for n in (1500, 10, 20)]
    viewer = opened(ids[0])
    assert not viewer.previous.isEnabled()
    for _ in range(2):
        qtbot.keyClick(viewer.picture, Qt.Key.Key_Right)
    wait_for(qtbot, lambda: viewer.picture.drawn)
    assert viewer.attachment.id == ids[2]
    assert viewer.picture._levels[0].width() == 20
    assert viewer.count.text() == "3 of 3"
    assert not viewer.next.isEnabled()


def test_a_caption_saves_itself_and_undo_is_shown(desk: Desk, opened: Opened, qtbot: QtBot) -> None:
    one = makers.attach(desk.book, desk.case_id, makers.picture())
    viewer = opened(one)
    viewer.side.form.caption.setFocus()
    qtbot.keyClicks(viewer.side.form.caption, "A 1+1 test")
    viewer.side.form.flush()
    assert attachments.one(desk.book, one).caption == "A 1+1 test"
    desk.book.undo()
    assert viewer.side.form.caption.text() == ""
    viewer.side.form.caption.setText(makers.URDU)
    viewer.close()
    assert attachments.one(desk.book, one).caption == makers.URDU


def test_a_removed_one_gives_way_to_the_next_and_the_last_closes_the_window(
    desk: Desk, opened: Opened, qtbot: QtBot
) -> None:
    ids = [makers.attach(desk.book, desk.case_id, makers.picture(color=c)) for c in ("red", "blue")]
    viewer = opened(ids[0])
    with desk.book.change(Op.DELETE_ATTACHMENT) as change:
        attachments.delete(change, ids[0])
    assert viewer.attachment.id == ids[1]
    with qtbot.waitSignal(viewer.closed), desk.book.change(Op.DELETE_ATTACHMENT) as change:
        attachments.delete(change, ids[1])


def test_the_hash_can_be_copied(desk: Desk, opened: Opened, qtbot: QtBot) -> None:
    viewer = opened(makers.attach(desk.book, desk.case_id, makers.picture()))
    viewer.side.facts.copy.click()
    assert QGuiApplication.clipboard().text() == viewer.attachment.sha256


def test_a_viewer_of_a_casebook_for_reading_shows_all_and_edits_nothing(desk: Desk, qtbot: QtBot) -> None:
    one = makers.attach(desk.book, desk.case_id, makers.picture(), "عکس.png")
    with Casebook.open(desk.book.path, write=False) as book:
        viewer = Viewer(replace(desk.context, book=book), desk.attachments(), one)
        viewer.show()
        wait_for(qtbot, lambda: viewer.picture.drawn)
        assert viewer.side.form.caption.isReadOnly()
        assert viewer.side.facts.name.text() == "عکس.png"
        viewer.close()


def test_a_pdf_is_shown_page_by_page_and_as_words(desk: Desk, opened: Opened, qtbot: QtBot) -> None:
    viewer = opened(makers.attach(desk.book, desk.case_id, papers.pdf("First", "Second", title="Report"), "a.pdf"))
    wait_for(qtbot, lambda: viewer.pages.label.text() == "page 1 of 2" and shown(viewer) == "picture")
    first = viewer.picture.grab().toImage()
    qtbot.keyClick(viewer.picture, Qt.Key.Key_PageDown)
    wait_for(qtbot, lambda: viewer.pages.label.text() == "page 2 of 2")
    assert viewer.picture.grab().toImage() != first
    assert viewer.zoom_in.isEnabled()
    assert not viewer.pages.down.isEnabled()
    qtbot.keyClick(viewer.picture, Qt.Key.Key_PageDown)
    assert viewer.pages.label.text() == "page 2 of 2"
    viewer.pages.words.trigger()
    assert shown(viewer) == "text"
    text = viewer.text.toPlainText()
    assert "Title: " in text
    assert text.endswith("First\n\nSecond")
    viewer.pages.words.trigger()
    assert shown(viewer) == "picture"


def test_a_mail_is_shown_as_words_below_its_claims(desk: Desk, opened: Opened, qtbot: QtBot) -> None:
    page = "<p>Salam <img src='http://canary.invalid/x'><a href='http://canary.invalid/y'>link</a></p>"
    viewer = opened(makers.attach(desk.book, desk.case_id, papers.mail("", {"../a.pdf": b"x"}, page=page), "a.eml"))
    wait_for(qtbot, lambda: shown(viewer) == "text")
    text = viewer.text.toPlainText().translate(dict.fromkeys(range(0x2066, 0x206A)))
    assert "From: Гуль Ага <gul@example.org>" in text
    assert "SPF, as claimed: pass" in text
    assert "../a.pdf (" in text
    assert text.endswith("Salam link <http://canary.invalid/y>")
    assert not viewer.pages.isVisible()


def test_a_video_says_what_is_known_of_it_and_that_it_is_not_played(desk: Desk, opened: Opened, qtbot: QtBot) -> None:
    viewer = opened(makers.attach(desk.book, desk.case_id, papers.mp4(), "a.mp4"))
    wait_for(qtbot, lambda: shown(viewer) == "text")
    assert "no still picture" in viewer.text.toPlainText()
    assert "0:01:15.0" in viewer.text.toPlainText()
