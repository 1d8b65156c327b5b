"""A frame drawn over a screen gives the pixels of the screen, however fine they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPixmap
from pytestqt.qtbot import QtBot

from desktop.widgets.region import Region
from tests.desktop.desk import Desk


def shot(ratio: float) -> QPixmap:
    """A screen of 200 by 120 points, on which each pixel has a color of its own."""
    image = QImage(round(200 * ratio), round(120 * ratio), QImage.Format.Format_RGB32)
    for x in range(image.width()):
        for y in range(image.height()):
            image.setPixelColor(x, y, QColor(x % 256, y % 256, x // 256))
    made = QPixmap.fromImage(image)
    made.setDevicePixelRatio(ratio)
    return made


@pytest.fixture
def screen(desk: Desk, qtbot: QtBot) -> Iterator[list[Region]]:
    """Puts a region on the screen; pass the ratio of pixels to points by `lay`."""
    made: list[Region] = []
    yield made
    for region in made:
        region.close()
        region.deleteLater()


def lay(desk: Desk, made: list[Region], ratio: float) -> Region:
    region = Region(desk.context.theme, shot(ratio))
    region.setFixedSize(QSize(200, 120))
    region.show()
    made.append(region)
    return region


def draw(qtbot: QtBot, region: Region, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(region, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(region, end)
    qtbot.mouseRelease(region, Qt.MouseButton.LeftButton, pos=end)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("turned", [False, True])
def test_the_frame_gives_the_pixels_of_the_screen(
    desk: Desk, screen: list[Region], qtbot: QtBot, ratio: float, turned: bool
) -> None:
    region, corners = lay(desk, screen, ratio), [QPoint(20, 10), QPoint(120, 70)]
    with qtbot.waitSignal(region.chosen) as chosen:
        draw(qtbot, region, *(reversed(corners) if turned else corners))
    (image,) = chosen.args
    assert (image.width(), image.height()) == (100 * ratio, 60 * ratio)
    assert image.devicePixelRatio() == 1
    assert image.pixelColor(0, 0) == QColor(round(20 * ratio), round(10 * ratio), 0)
    last = QPoint(image.width() - 1, image.height() - 1)
    assert image.pixelColor(last) == QColor((round(120 * ratio) - 1) % 256, round(70 * ratio) - 1, 0)


def test_enter_keeps_all_of_it_and_esc_nothing(desk: Desk, screen: list[Region], qtbot: QtBot) -> None:
    region = lay(desk, screen, 2.0)
    with qtbot.waitSignal(region.chosen) as chosen:
        qtbot.keyClick(region, Qt.Key.Key_Return)
    assert chosen.args[0].size() == QSize(400, 240)
    with qtbot.assertNotEmitted(region.chosen), qtbot.waitSignal(region.left):
        qtbot.keyClick(region, Qt.Key.Key_Escape)
    with qtbot.assertNotEmitted(region.chosen), qtbot.waitSignal(region.left):
        qtbot.mouseClick(region, Qt.MouseButton.RightButton)


def test_a_click_that_slipped_is_no_frame_and_one_over_the_edge_ends_there(
    desk: Desk, screen: list[Region], qtbot: QtBot
) -> None:
    region = lay(desk, screen, 1.0)
    with qtbot.assertNotEmitted(region.chosen):
        draw(qtbot, region, QPoint(20, 10), QPoint(22, 11))
    assert region.frame.isEmpty()
    with qtbot.waitSignal(region.chosen) as chosen:
        draw(qtbot, region, QPoint(150, 100), QPoint(900, 900))
    assert chosen.args[0].size() == QSize(50, 20)


def test_what_is_outside_of_the_frame_is_dark_and_what_is_inside_is_not(
    desk: Desk, screen: list[Region], qtbot: QtBot
) -> None:
    region = lay(desk, screen, 1.0)
    qtbot.mousePress(region, Qt.MouseButton.LeftButton, pos=QPoint(50, 20))
    qtbot.mouseMove(region, QPoint(150, 110))
    image = region.grab().toImage()
    ratio = image.devicePixelRatio()
    inside, outside = (image.pixelColor(round(x * ratio), round(95 * ratio)) for x in (100, 190))
    assert abs(inside.red() - 100) <= 2
    assert outside.red() < 190 * 0.7
