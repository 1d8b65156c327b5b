"""A part of the screen comes in as it was seen, with a record that says when, by whom and with what."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from db import attachments, blobs, collecting
from db.attachments import Attachment
from db.vocabulary import Method
from desktop.actions import screen
from desktop.actions.attachments import AttachmentVerbs
from desktop.actions.intake import Place
from desktop.actions.screen import ScreenVerb
from desktop.settings import Settings
from desktop.widgets.notice import Notice
from desktop.widgets.region import Region
from tests.desktop.desk import Desk, wait_for


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    made.setGeometry(QRect(300, 200, 300, 200))
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def capturing(desk: Desk, window: QMainWindow) -> ScreenVerb:
    def place() -> Place:
        return Place(desk.case_id)

    attaching = AttachmentVerbs(desk.context, window, place, lambda: ())
    return ScreenVerb(desk.context, window, attaching, place)


def regions() -> list[Region]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, Region) and each.isVisible()]


def attached(desk: Desk, qtbot: QtBot) -> Attachment:
    wait_for(qtbot, lambda: len(desk.attachments()) == 1)
    return desk.attachments()[0]


def test_where_the_screen_cannot_be_seen_another_way_is_told(
    capturing: ScreenVerb, window: QMainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    capturing.capture.trigger()
    (notice,) = [each for each in window.findChildren(Notice) if each.isVisible()]
    assert "Ctrl+V" in "".join(label.text() for label in notice.findChildren(QLabel))
    assert window.isVisible()
    assert regions() == []
    notice.close()


def test_the_choice_to_stay_in_sight_is_remembered(capturing: ScreenVerb) -> None:
    assert capturing.aside.isChecked()
    capturing.aside.trigger()
    assert not Settings().steps_aside


@pytest.fixture
def behind(qtbot: QtBot) -> QWidget:
    """A window of another color, partly behind that of the program."""
    if not screen.possible():
        pytest.skip(f"the platform {QGuiApplication.platformName()} cannot capture the screen")
    made = QWidget()
    qtbot.addWidget(made)
    made.setStyleSheet("background: #2060a0")
    made.setGeometry(QRect(100, 100, 600, 400))
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_frame_on_the_real_screen_is_attached_with_its_record(
    desk: Desk, capturing: ScreenVerb, window: QMainWindow, behind: QWidget, qtbot: QtBot
) -> None:
    capturing.aside.setChecked(False)
    window.lower()
    behind.raise_()
    wait_for(qtbot, lambda: seen(behind.mapToGlobal(QPoint(50, 50))) == QColor("#2060a0"))
    capturing.capture.trigger()
    wait_for(qtbot, lambda: len(regions()) == len(QGuiApplication.screens()))
    (region,) = regions()
    ratio = region.screen().devicePixelRatio()
    start = region.mapFromGlobal(behind.mapToGlobal(QPoint(20, 20)))
    qtbot.mousePress(region, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(region, start + QPoint(120, 80))
    qtbot.mouseRelease(region, Qt.MouseButton.LeftButton, pos=start + QPoint(120, 80))
    one = attached(desk, qtbot)
    image = QImage.fromData(blobs.read(desk.book, one.sha256))
    assert (image.width(), image.height()) == (120 * ratio, 80 * ratio)
    assert {image.pixelColor(x, y).name() for x in (1, 60) for y in (1, 40)} == {"#2060a0"}
    assert one.method is Method.SCREEN
    record = collecting.of_attachment(desk.book, one.id)
    assert record
    assert record.captured_on == f"{attachments.one(desk.book, one.id).captured_at[:19]}Z"
    assert record.tool.startswith("Claimdesk")
    assert record.clock.startswith("this computer, UTC")
    assert (record.captured_by, record.page_title) == ("Amina", "")


def test_the_windows_step_aside_and_come_back_whatever_is_chosen(
    desk: Desk, capturing: ScreenVerb, window: QMainWindow, behind: QWidget, qtbot: QtBot
) -> None:
    capturing.capture.trigger()
    assert not window.isVisible()
    wait_for(qtbot, lambda: bool(regions()))
    qtbot.keyClick(regions()[0], Qt.Key.Key_Escape)
    assert window.isVisible()
    assert behind.isVisible()
    assert regions() == []
    assert QApplication.quitOnLastWindowClosed()
    assert desk.attachments() == ()


def test_closing_takes_the_covers_away(
    capturing: ScreenVerb, window: QMainWindow, behind: QWidget, qtbot: QtBot
) -> None:
    capturing.capture.trigger()
    capturing.close()
    assert window.isVisible()
    capturing.capture.trigger()
    wait_for(qtbot, lambda: bool(regions()))
    capturing.close()
    assert regions() == []


def seen(at: QPoint) -> QColor:
    shot = QGuiApplication.primaryScreen().grabWindow(0)
    return shot.toImage().pixelColor(round(at.x() * shot.devicePixelRatio()), round(at.y() * shot.devicePixelRatio()))
