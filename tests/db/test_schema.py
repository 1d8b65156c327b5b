"""A casebook has the tables that Claimdesk makes, and says so when somebody changed them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from db import schema
from db.casebook import Casebook
from db.check import check
from tests import makers


def test_a_new_casebook_has_nothing_strange(tmp_path: Path) -> None:
    with makers.make_book(tmp_path) as book:
        makers.make_case(book)
        assert schema.strange(book) == ()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("CREATE TABLE extra (x)", "unknown: table extra"),
        ("ALTER TABLE note ADD COLUMN seen TEXT", "unknown: note: column seen TEXT"),
        ("DROP INDEX tag_name", "missing: tag: index tag_name on name"),
        ("DROP TABLE thumbnail", "missing: table thumbnail strict"),
    ],
)
def test_what_somebody_changed_is_told(tmp_path: Path, statement: str, told: str) -> None:
    with makers.make_book(tmp_path) as book:
        path = book.path
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.close()
    with Casebook.open(path) as book:
        assert told in schema.strange(book)
        assert told in [problem.where for problem in check(book).problems]
