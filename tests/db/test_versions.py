"""A casebook of each schema that ever landed opens, is whole, and merges. Make its file when a schema lands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from db import cards, check, intake, merge, migrate, verdicts
from db.casebook import Casebook
from tests.db.union import operations
from tests.makers import edit_case, make_book

FILES = Path(__file__).parents[1] / "files"
SCHEMAS = range(1, len(migrate.shipped()) + 1)


def file_of(schema: int) -> Path:
    return FILES / f"schema-{schema}.casebook"


@pytest.mark.parametrize("schema", SCHEMAS)
def test_it_opens_and_goes_on(schema: int, tmp_path: Path) -> None:
    path = Path(shutil.copy(file_of(schema), tmp_path))
    with Casebook.open(path) as book:
        assert check.check(book).problems == ()
        first = cards.page(book, cards.Sort.REFERENCE)[0]
        assert (first.title, first.rating) == ("Vaccine, again", "False")
        assert not any(verdict.stale for verdict in verdicts.standing(book, first.case_id))
        edit_case(book, first.case_id, "Gone on with")
        assert check.check(book).problems == ()


@pytest.mark.parametrize("schema", SCHEMAS)
def test_it_merges_whole(schema: int, tmp_path: Path) -> None:
    with make_book(tmp_path, desk="Other desk") as book:
        with intake.receive(file_of(schema), book) as incoming:
            book.catch_up(merge.apply(book.path, incoming).notice)
        with Casebook.open(Path(shutil.copy(file_of(schema), tmp_path))) as old:  # brought up first
            assert operations(old) <= operations(book)
            assert cards.count(old) == cards.count(book) == 2
        case = cards.page(book, cards.Sort.REFERENCE)[0].case_id
        assert [v.rationale for v in verdicts.standing(book, case)] == ["It is not in the register."]
        assert check.check(book).problems == ()
