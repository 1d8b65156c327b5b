"""Two windows on one casebook: the second reads, and says who writes."""

from __future__ import annotations

import os
import platform
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests import makers
from tests.desk import Desk, window


def test_the_second_window_reads_and_says_who_writes(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "shared.casebook"
    desk.new_casebook(path)
    desk.new_case(makers.URDU, title="Before")
    with window(qtbot) as second:
        second.window.open_path(path)
        assert second.told == []
        assert platform.node() in second.words
        assert str(os.getpid()) in second.words
        second.open_case(second.listed[0])
        assert second.field("Claim, word for word").text() == makers.URDU
        assert second.field("Claim, word for word").isReadOnly()
        assert not second.verb("New source").isEnabled()
        desk.fill("Title", "After")  # the first goes on
        desk.leave()
        assert desk.told == []
        desk.leave_casebook()
        second.leave_casebook()
        second.window.open_path(path)
        assert platform.node() not in second.words
        second.open_case(second.listed[0])
        assert second.field("Title").text() == "After"
        second.fill("Title", "By the second")
        second.leave()
        second.leave_casebook()


def test_a_casebook_in_a_read_only_place_is_shown_and_says_why(desk: Desk, tmp_path: Path) -> None:
    with makers.make_book(tmp_path) as book:
        makers.make_case(book, makers.URDU)
    book.path.chmod(0o400)
    tmp_path.chmod(0o500)
    try:
        if os.access(book.path, os.W_OK):
            return  # whoever may do everything is told nothing of places
        desk.window.open_path(book.path)
        assert "read-only" in desk.words
        desk.open_case(desk.listed[0])
        assert desk.field("Claim, word for word").isReadOnly()
    finally:
        tmp_path.chmod(0o700)
