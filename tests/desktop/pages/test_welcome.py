"""The first screen: three ways to begin, and the casebooks opened lately."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.pages.welcome import WelcomePage
from desktop.settings import Look, Settings
from desktop.theme import Theme
from tests import makers


@pytest.fixture
def page(qtbot: QtBot, qapp) -> WelcomePage:
    page = WelcomePage(Settings(), Theme(qapp, Look.LIGHT))
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Warning, page)
    qtbot.addWidget(page)
    page.resize(1300, 650)
    page.show()
    return page


def opened(folder: Path, *names: str) -> list[Path]:
    paths = []
    for name in names:
        book = makers.make_book(folder, name)
        book.close()
        Settings().opened(book.path)
        paths.append(book.path)
    return paths


def test_the_first_time_it_says_that_nothing_was_opened(page: WelcomePage) -> None:
    assert page.none.isVisible()
    assert not page.view.isVisible()


def test_each_choice_is_reached_and_made_by_keys(page: WelcomePage, qtbot: QtBot) -> None:
    for button, wanted in (
        (page.new, page.wanted_new), (page.open, page.wanted_open), (page.demonstration, page.wanted_demonstration),
    ):  # fmt: skip
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert button.accessibleName()
        with qtbot.waitSignal(wanted):
            qtbot.keyClick(button, Qt.Key.Key_Space)


def test_recent_casebooks_are_listed_newest_first_with_their_folder(page: WelcomePage, tmp_path: Path) -> None:
    opened(tmp_path, "First", "کابل")
    page.refresh()
    words = [page.model.index(row, 0).data() for row in range(2)]
    assert words[0].startswith("کابل, in ")
    assert words[1].startswith("First, in ")
    assert all(str(tmp_path) in each and "changed" in each for each in words)
    assert not page.none.isVisible()


def test_a_file_that_is_gone_is_not_listed(page: WelcomePage, tmp_path: Path) -> None:
    gone, _ = opened(tmp_path, "Gone", "There")
    gone.unlink()
    page.refresh()
    assert [row.path.stem for row in page.model.rows] == ["There"]


def test_enter_and_a_double_click_choose(page: WelcomePage, tmp_path: Path, qtbot: QtBot) -> None:
    first, second = opened(tmp_path, "First", "Second")
    page.refresh()
    with qtbot.waitSignal(page.chosen) as chosen:
        qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert chosen.args == [second]
    place = page.view.visualRect(page.model.index(1, 0)).center()
    qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(page.chosen) as chosen:
        qtbot.mouseDClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [first]
