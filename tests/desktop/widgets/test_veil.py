"""Graphic material is seen while a key is held, and at no other moment, not even while it is read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, Qt, SignalInstance
from PySide6.QtGui import QColor, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from db import attachments
from db.attachments import Attachment
from db.pictures import retouch
from db.vocabulary import Op
from desktop.widgets.compare_pictures import ComparePictures, Mode
from desktop.widgets.custody_page import CustodyPage
from desktop.widgets.gallery import Gallery
from desktop.widgets.picture_desk import PictureDesk
from desktop.widgets.thumbnails import Thumbnails
from desktop.widgets.veil import blurred
from desktop.widgets.viewer import Viewer
from tests import makers
from tests.desktop.desk import Desk, wait_for


def stripes() -> bytes:
    """Red and blue stripes: blurred they are purple, and neither red nor blue anywhere."""
    made = Image.new("RGB", (320, 200), "#ff0000")
    for x in range(0, 320, 8):
        made.paste((0, 0, 255), (x, 0, x + 4, 200))
    return makers.encoded(made, "PNG")


def clear(image: QImage) -> bool:
    """Whether anything red or blue is in sight."""
    for y in range(0, image.height(), 3):
        for x in range(image.width()):
            color = image.pixelColor(x, y)
            if color.green() < 40 and (
                (color.red() > 200 and color.blue() < 60) or (color.blue() > 200 and color.red() < 60)
            ):
                return True
    return False


@pytest.fixture
def graphic(desk: Desk) -> Attachment:
    makers.attach(desk.book, desk.case_id, stripes(), "graphic.png")
    attachments.draw_small(desk.book.path, desk.attachments())
    mark(desk)
    return desk.attachments()[0]


def mark(desk: Desk, graphic: bool = True) -> None:
    with desk.book.change(Op.EDIT_ATTACHMENT) as change:
        attachments.mark_graphic(change, [desk.attachments()[0].sha256], graphic=graphic)


class Watch:
    """Looks at a widget whenever something tells that there is something else to be seen."""

    def __init__(self, watched: QWidget, tells: SignalInstance) -> None:
        self._watched = watched
        self.seen: list[QImage] = []
        tells.connect(self._look)

    def _look(self) -> None:
        self.seen.append(self._watched.grab().toImage())


@pytest.fixture
def windows() -> Iterator[list[QWidget]]:
    opened: list[QWidget] = []
    yield opened
    for window in opened:
        window.close()


def hold(widget: QWidget, *, press: bool) -> None:
    kind = QEvent.Type.KeyPress if press else QEvent.Type.KeyRelease
    QApplication.sendEvent(widget, QKeyEvent(kind, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " "))


def test_a_blur_has_nothing_of_the_picture_but_its_mood() -> None:
    image = QImage()
    image.loadFromData(stripes())
    assert clear(image)
    assert not clear(blurred(image))
    assert blurred(image).size() == image.size()
    assert blurred(QImage()).isNull()


def test_the_viewer_shows_it_only_while_space_is_held(
    desk: Desk, graphic: Attachment, qtbot: QtBot, windows: list[QWidget]
) -> None:
    viewer = Viewer(desk.context, desk.attachments(), graphic.id)
    windows.append(viewer)
    watch = Watch(viewer.picture.viewport(), viewer.picture.zoomed)
    viewer.show()
    wait_for(qtbot, lambda: viewer.picture.drawn)
    wait_for(qtbot, lambda: bool(watch.seen))
    assert not any(map(clear, watch.seen)), "a flash of it while it was read"
    assert not clear(viewer.picture.viewport().grab().toImage())
    hold(viewer.picture, press=True)
    assert clear(viewer.picture.viewport().grab().toImage())
    hold(viewer.picture, press=False)
    assert not clear(viewer.picture.viewport().grab().toImage())
    QTest.mousePress(viewer.picture.viewport(), Qt.MouseButton.LeftButton)
    assert clear(viewer.picture.viewport().grab().toImage())
    QTest.mouseRelease(viewer.picture.viewport(), Qt.MouseButton.LeftButton)
    assert not clear(viewer.picture.viewport().grab().toImage())


def test_the_viewer_hides_it_when_the_keys_go_elsewhere(
    desk: Desk, graphic: Attachment, qtbot: QtBot, windows: list[QWidget]
) -> None:
    viewer = Viewer(desk.context, desk.attachments(), graphic.id)
    windows.append(viewer)
    with qtbot.waitActive(viewer):
        viewer.show()
        viewer.activateWindow()
    wait_for(qtbot, lambda: viewer.picture.drawn)
    viewer.picture.setFocus()
    hold(viewer.picture, press=True)
    viewer.side.form.setFocus()
    assert viewer.picture.veiled


def test_a_mark_counts_at_once_wherever_it_is_shown(desk: Desk, qtbot: QtBot, windows: list[QWidget]) -> None:
    one = makers.attach(desk.book, desk.case_id, stripes(), "later.png")
    attachments.draw_small(desk.book.path, desk.attachments())
    viewer = Viewer(desk.context, desk.attachments(), one)
    pair = ComparePictures(desk.context, *desk.attachments() * 2)
    table = PictureDesk(desk.context, desk.attachments()[0], retouch.base_of(desk.book, desk.attachments()[0]))
    windows += [viewer, pair, table]
    for window in windows:
        window.show()
    wait_for(qtbot, lambda: viewer.picture.drawn and all(v.drawn for v in pair.views) and table.canvas.drawn)
    views = (viewer.picture, *pair.views, table.canvas)
    assert all(clear(view.viewport().grab().toImage()) for view in views)
    mark(desk)
    assert not any(clear(view.viewport().grab().toImage()) for view in views)
    mark(desk, graphic=False)
    assert all(clear(view.viewport().grab().toImage()) for view in views)


def test_the_gallery_shows_it_only_while_space_is_held(desk: Desk, graphic: Attachment, qtbot: QtBot) -> None:
    gallery = Gallery(desk.context)
    qtbot.addWidget(gallery)
    gallery.resize(500, 180)
    watch = Watch(gallery.view.viewport(), gallery._thumbnails.arrived)
    gallery.show()
    gallery.show_attachments(desk.attachments())
    drawn = gallery._thumbnails
    wait_for(qtbot, lambda: drawn.find(graphic.sha256, gallery.devicePixelRatioF()) is not None)
    assert watch.seen
    assert not any(map(clear, watch.seen))
    gallery.select(graphic.id)
    hold(gallery.view, press=True)
    wait_for(qtbot, lambda: clear(gallery.view.viewport().grab().toImage()))
    hold(gallery.view, press=False)
    assert not clear(gallery.view.viewport().grab().toImage())


def test_a_click_in_the_gallery_chooses_and_shows_nothing(desk: Desk, graphic: Attachment, qtbot: QtBot) -> None:
    gallery = Gallery(desk.context)
    qtbot.addWidget(gallery)
    gallery.resize(500, 180)
    gallery.show()
    gallery.show_attachments(desk.attachments())
    cell = gallery.view.visualRect(gallery.view.model().index(0, 0)).center()
    QTest.mousePress(gallery.view.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert gallery.selected
    assert not gallery._cell.lifted
    wait_for(qtbot, lambda: bool(gallery._cell.lifted))  # who keeps the button down sees it
    QTest.mouseRelease(gallery.view.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert not gallery._cell.lifted


def test_small_pictures_are_blurred_for_everybody_who_asks_by_their_hash(
    desk: Desk, graphic: Attachment, qtbot: QtBot
) -> None:
    """As lists of cases with the same picture do, which know nothing of attachments."""
    host = QWidget()
    qtbot.addWidget(host)
    small = Thumbnails(desk.context, host.size(), host)

    def found() -> QImage | None:
        pixmap = small.find(graphic.sha256, 1.0)
        return pixmap.toImage() if pixmap else None

    wait_for(qtbot, lambda: found() is not None)
    assert not clear(found())  # type: ignore[arg-type]
    mark(desk, graphic=False)
    wait_for(qtbot, lambda: found() is not None)
    assert clear(found())  # type: ignore[arg-type]
    mark(desk)
    wait_for(qtbot, lambda: found() is not None)
    assert not clear(found())  # type: ignore[arg-type]


def test_in_every_way_of_comparing_it_is_hidden(
    desk: Desk, graphic: Attachment, qtbot: QtBot, windows: list[QWidget]
) -> None:
    plain = attachments.one(desk.book, makers.attach(desk.book, desk.case_id, makers.picture(320, 200, "#101010")))
    pair = ComparePictures(desk.context, plain, graphic)
    windows.append(pair)
    pair.show()
    wait_for(qtbot, lambda: all(view.drawn for view in pair.views))
    assert not any(clear(view.viewport().grab().toImage()) for view in pair.views)
    pair.show_mode(Mode.FLICKER)
    pair.swap()
    assert not clear(pair.views[0].viewport().grab().toImage())
    hold(pair.views[0], press=True)
    assert clear(pair.views[0].viewport().grab().toImage())
    hold(pair.views[0], press=False)
    pair.show_mode(Mode.DIFFERENCE)
    assert pair.views[0].veiled


def test_on_the_desk_nothing_can_be_drawn_on_what_is_not_seen(
    desk: Desk, graphic: Attachment, qtbot: QtBot, windows: list[QWidget]
) -> None:
    table = PictureDesk(desk.context, graphic, retouch.base_of(desk.book, graphic))
    windows.append(table)
    table.show()
    wait_for(qtbot, lambda: table.canvas.drawn)
    assert not clear(table.canvas.viewport().grab().toImage())
    hold(table.canvas, press=True)
    assert clear(table.canvas.viewport().grab().toImage())
    hold(table.canvas, press=False)
    assert QColor(table.canvas.viewport().grab().toImage().pixelColor(5, 5)).isValid()


def test_beside_its_custody_it_is_hidden(desk: Desk, graphic: Attachment, qtbot: QtBot, windows: list[QWidget]) -> None:
    page = CustodyPage(desk.context, graphic.id)
    windows.append(page)
    page.show()
    wait_for(qtbot, page.picture.isVisible)
    assert not clear(page.picture.pixmap().toImage())
