"""Verbs between desks: by menu, key and drop; off where they do not apply."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from tests.desk import Desk
from tests.desktop.merging import Files, two_desks


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return two_desks(tmp_path)


@pytest.fixture
def desk(welcome: Desk, files: Files) -> Desk:
    welcome.window.open_path(files.mine)
    return welcome


def let_go(desk: Desk, *paths: Path) -> bool:
    """Drag files over the list and let go; returns whether they were wanted."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    page = desk.window.workspace.cases
    enter = QDragEnterEvent(QPoint(9, 9), actions, mime, left, none)
    enter.ignore()
    QApplication.sendEvent(page, enter)
    if enter.isAccepted():
        QApplication.sendEvent(page, QDropEvent(QPointF(9, 9), actions, mime, left, none))
    return enter.isAccepted()


def test_a_casebook_dropped_on_the_list_is_planned_and_stays_where_it_was(desk: Desk, files: Files) -> None:
    assert let_go(desk, files.theirs)
    desk.rest()
    assert desk.on_plan
    assert files.theirs.exists()


def test_other_files_and_several_are_not_wanted(desk: Desk, files: Files, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"x")
    assert not let_go(desk, picture)
    assert not let_go(desk, files.theirs, picture)
    assert not let_go(desk, files.theirs, files.theirs)


def test_keep_discard_and_take_out_are_on_where_they_apply(desk: Desk, files: Files) -> None:
    def on() -> list[bool]:
        return [
            desk.verb(name).isEnabled() for name in ("Keep what it brings", "Discard the plan", "Take this merge out")
        ]

    assert on() == [False, False, False]
    desk.merge(files.theirs)
    assert on() == [True, True, False]
    desk.do("All cases")
    assert on() == [False, False, False]
    desk.do("Merge a casebook")
    assert on() == [True, True, False]
    desk.keep_plan()
    assert on() == [False, False, True]
    desk.do("All cases")
    assert on() == [False, False, False]


def test_merging_into_the_casebook_itself_is_refused(desk: Desk, files: Files) -> None:
    desk.merge(files.mine)
    assert any("the casebook that is open here" in words for words in desk.told)
    desk.dismiss()


def test_the_keys_reach_every_verb(desk: Desk, files: Files) -> None:
    desk.press("Ctrl+M")
    desk._choose(files.theirs)
    desk.rest()
    assert desk.on_plan
    desk.press("Ctrl+Shift+Return")
    desk.rest()
    assert desk.on_arrivals
    desk.do("All cases")
    desk.press("Ctrl+I")
    assert desk.on_arrivals
    desk.rest()
