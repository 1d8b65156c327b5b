"""The disk is full: what is typed stays typed, the message says so, and when there is room it is saved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from db import claims, drafts
from db.casebook import Casebook
from db.cases import find
from db.check import check
from tests import makers
from tests.desk import Desk

LONG = f"{makers.URDU} {makers.EMOJI} " * 2000


@pytest.fixture
def on_case(desk: Desk, tmp_path: Path) -> Desk:
    desk.new_casebook(tmp_path / "full.casebook")
    desk.new_case(makers.URDU)
    return desk


@contextmanager
def no_room(book: Casebook) -> Iterator[None]:
    """The file cannot grow by a single page."""
    pages = book._connection.execute("PRAGMA page_count").fetchone()[0]
    book._connection.execute(f"PRAGMA max_page_count={pages}")
    try:
        yield
    finally:
        book._connection.execute("PRAGMA max_page_count=1073741823")


def test_what_is_typed_stays_and_is_saved_when_there_is_room(on_case: Desk) -> None:
    book = on_case.window.workspace.context.book
    case = find(book, on_case.reference)
    with no_room(book):
        on_case.fill("Translation", LONG)
        on_case.leave()
        assert len(on_case.told) == 1
        assert "no room left on the disk" in on_case.told[0]
        assert "was not kept" in on_case.told[0]
        assert on_case.field("Translation").text() == LONG
        assert claims.of_case(book, case.id)[0].translation == ""
        on_case.dismiss()
        on_case.do("Close casebook")  # it is not left behind
        assert on_case.window.workspace is not None
        assert len(on_case.told) == 1
        on_case.dismiss()
        on_case.turn_to("Claim")
        assert on_case.field("Translation").text() == LONG
    on_case.field("Translation").setFocus()
    on_case.leave()
    assert on_case.told == []
    assert claims.of_case(book, case.id)[0].translation == LONG
    assert check(book).problems == ()


def test_a_new_thing_stays_typed_and_is_saved_once(on_case: Desk) -> None:
    book = on_case.window.workspace.context.book
    with no_room(book):
        on_case.add("note", {"Note": LONG})
        assert len(on_case.told) == 1
        on_case.dismiss()
        assert on_case.field("Note").text() == LONG
    on_case.field("Note").setFocus()
    on_case.leave()
    assert on_case.entries() == [LONG]


def test_a_verdict_that_cannot_be_recorded_stays_in_its_form(on_case: Desk) -> None:
    book = on_case.window.workspace.context.book
    on_case.turn_to("Verdict")
    on_case.fill("Rating", "Unproven")
    with no_room(book):
        on_case.fill("Rationale", LONG[:30_000])
        on_case.do("Record verdict")
        assert on_case.told
        assert on_case.field("Rationale").text() == LONG[:30_000]
        on_case.dismiss()
    on_case.do("Record verdict")
    assert on_case.told == []
    assert drafts.read(book, f"verdict {find(book, on_case.reference).id}") == ""
    assert on_case.field("Rationale").text() == ""
