"""Two pictures held against each other: one zoom for both, no flicker that harms, and what differs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db import attachments
from desktop.widgets.compare_pictures import ComparePictures, Mode
from tests import makers
from tests.desktop.desk import Desk, wait_for


@pytest.fixture
def pair(desk: Desk, qtbot: QtBot) -> Iterator[ComparePictures]:
    first = makers.scene(1)
    second = first.copy()
    second.paste((255, 0, 0), (100, 100, 200, 200))
    made = [makers.attach(desk.book, desk.case_id, makers.encoded(each, "PNG")) for each in (first, second)]
    window = ComparePictures(desk.context, *[attachments.one(desk.book, each) for each in made])
    window.resize(900, 500)
    window.show()
    wait_for(qtbot, lambda: all(view.drawn for view in window.views))
    yield window
    window.close()


def middle(window: ComparePictures, at: tuple[int, int]) -> str:
    image = window.views[0].viewport().grab().toImage()
    place = window.views[0]._view_point(QPointF(*at)) * image.devicePixelRatio()
    return image.pixelColor(place.toPoint()).name()


def test_zoom_and_place_are_the_same_in_both(pair: ComparePictures) -> None:
    pair.zoom_in.trigger()
    pair.full.trigger()
    assert [view.zoom for view in pair.views] == [1.0, 1.0]
    first, second = pair.views
    second.horizontalScrollBar().setValue(90)
    first.verticalScrollBar().setValue(40)
    for view in pair.views:
        assert (view.horizontalScrollBar().value(), view.verticalScrollBar().value()) == (90, 40)
    pair.fit.trigger()
    assert all(view.fits for view in pair.views)


def test_a_smaller_picture_shows_the_same_part(desk: Desk, qtbot: QtBot) -> None:
    large = makers.attach(desk.book, desk.case_id, makers.encoded(makers.scene(1)))
    small = makers.attach(desk.book, desk.case_id, makers.encoded(makers.scene(1).resize((450, 300))))
    window = ComparePictures(desk.context, *[attachments.one(desk.book, each) for each in (large, small)])
    window.show()
    wait_for(qtbot, lambda: all(view.drawn for view in window.views))
    window.full.trigger()
    assert [view.zoom for view in window.views] == [1.0, 2.0]
    window.show_mode(Mode.FLICKER)
    window.full.trigger()
    before = window.views[0]._target()
    window.swap()
    assert window.views[0]._target() == before
    window.close()


def test_flicker_changes_the_picture_and_nothing_else(pair: ComparePictures) -> None:
    pair.flicker.trigger()
    pair.full.trigger()
    pair.views[0].horizontalScrollBar().setValue(0)
    pair.views[0].verticalScrollBar().setValue(20)
    plain, zoom = middle(pair, (150, 150)), pair.views[0].zoom
    QTest.keyClick(pair.views[0], Qt.Key.Key_Space)
    assert middle(pair, (150, 150)) == "#ff0000"
    assert (pair.views[0].zoom, pair.views[0].verticalScrollBar().value()) == (zoom, 20)
    QTest.keyClick(pair, Qt.Key.Key_X)
    assert middle(pair, (150, 150)) == plain


def test_by_itself_it_changes_three_times_a_second_at_most(pair: ComparePictures) -> None:
    pair.flicker.trigger()
    speeds = []
    for _ in range(4):
        pair.auto.trigger()
        speeds.append(pair._beat.interval() if pair._beat.isActive() else 0)
    assert speeds[:3] == [1000, 500, 334]
    assert speeds[3] == 0
    assert all(speed == 0 or 1000 / speed <= 3 for speed in speeds)
    pair.auto.trigger()
    pair.sides.trigger()
    assert not pair._beat.isActive()


def test_the_difference_is_black_where_there_is_none(pair: ComparePictures) -> None:
    pair.difference.trigger()
    assert middle(pair, (50, 50)) == "#000000"
    assert QColor(middle(pair, (150, 150))).lightness() > 20
    assert pair.said.text() == ""


def test_two_that_are_alike_are_said_to_be(desk: Desk, qtbot: QtBot) -> None:
    one = attachments.one(desk.book, makers.attach(desk.book, desk.case_id, makers.picture(60, 40)))
    window = ComparePictures(desk.context, one, one)
    window.show()
    wait_for(qtbot, lambda: all(view.drawn for view in window.views))
    window.difference.trigger()
    assert window.said.text() == "No pixel differs"
    window.close()


def test_what_cannot_be_drawn_says_why(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    good = makers.attach(desk.book, desk.case_id, makers.picture(60, 40))
    bad = makers.attach(desk.book, desk.case_id, makers.picture(60, 60)[:70], "torn.png")
    window = ComparePictures(desk.context, *[attachments.one(desk.book, each) for each in (good, bad)])
    window.show()
    wait_for(qtbot, lambda: "torn.png" in window.words.text())
    assert "broken" in window.words.text()
    window.close()
