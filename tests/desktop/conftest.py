"""A desk for tests of what stands in the window, and a whole window for tests of verbs and pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.casebook import Casebook
from tests import desk as whole
from tests import makers
from tests.desktop.desk import Desk, sit_down


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    """One case in one casebook."""
    with sit_down(tmp_path) as desk:
        yield desk


@pytest.fixture
def reading_desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    """The same, opened for reading only."""
    with sit_down(tmp_path, write=False) as desk:
        yield desk


@pytest.fixture
def welcome(qtbot: QtBot) -> Iterator[whole.Desk]:
    """A window with no casebook open."""
    with whole.window(qtbot) as desk:
        yield desk


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A casebook with two cases, the second with a source."""
    with makers.make_book(tmp_path) as book:
        makers.make_case(book, makers.URDU, title="First")
        makers.make_source(book, [makers.make_case(book, makers.RUSSIAN, title="Second")], "A report")
    return book.path


@pytest.fixture
def at_list(welcome: whole.Desk, path: Path) -> whole.Desk:
    """A window with that casebook open."""
    welcome.window.open_path(path)
    return welcome


@pytest.fixture
def on_case(at_list: whole.Desk) -> whole.Desk:
    """The page of the second case."""
    at_list.open_case(at_list.listed[0])
    return at_list


@pytest.fixture
def reading(welcome: whole.Desk, path: Path) -> Iterator[whole.Desk]:
    """The same casebook while another window has it."""
    with Casebook.open(path):
        welcome.window.open_path(path)
        yield welcome
        welcome.window.close_casebook()
