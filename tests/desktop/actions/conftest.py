"""A whole window with a casebook open: verbs are tested where they are used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.casebook import Casebook
from tests import makers
from tests.desk import Desk, window


@pytest.fixture
def welcome(qtbot: QtBot) -> Iterator[Desk]:
    """A window with no casebook open."""
    with window(qtbot) as desk:
        yield desk


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A casebook with two cases, the second with a source."""
    with makers.make_book(tmp_path) as book:
        makers.make_case(book, makers.URDU, title="First")
        makers.make_source(book, [makers.make_case(book, makers.RUSSIAN, title="Second")], "A report")
    return book.path


@pytest.fixture
def at_list(welcome: Desk, path: Path) -> Desk:
    """A window with that casebook open."""
    welcome.window.open_path(path)
    return welcome


@pytest.fixture
def on_case(at_list: Desk) -> Desk:
    """The page of the second case."""
    at_list.open_case(at_list.listed[0])
    return at_list


@pytest.fixture
def reading(welcome: Desk, path: Path) -> Iterator[Desk]:
    """The same casebook while another window has it."""
    with Casebook.open(path):
        welcome.window.open_path(path)
        yield welcome
        welcome.window.close_casebook()
