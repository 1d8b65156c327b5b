"""Rows and their columns: equal when read back, recognized in any order, each refusal with its line and reason."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import Unreadable
from db.exchange import rows, sheets
from db.exchange.rows import CaseRow, CitedRow, Finding, Refusal
from db.exchange.vocabulary import Separator, Table

FILE = Path("table.csv")
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
TAGS = st.lists(TEXTS.map(str.strip).filter(bool)).map(tuple)
CASES = st.builds(CaseRow, **{each.name: TAGS if each.name == "tags" else TEXTS for each in fields(CaseRow)})
CITED = st.builds(CitedRow, **{each.name: TEXTS for each in fields(CitedRow)})


def text_of(*given: rows.Row, separator: Separator = Separator.COMMA) -> str:
    made = [rows.headings(type(given[0])), *map(rows.cells, given)]
    return "".join(sheets.written(made, separator)).removeprefix(sheets.BOM)


def says_something(row: rows.Row) -> bool:
    return any(cell.strip() for cell in rows.cells(row))


@given(st.lists(CASES, min_size=1, max_size=3), st.sampled_from(Separator))
def test_any_case_comes_back_equal(given: list[CaseRow], separator: Separator) -> None:
    sheet = rows.read(text_of(*given, separator=separator), FILE)
    assert [read.row for read in sheet.rows] == list(filter(says_something, given))
    assert (sheet.table, sheet.ignored) == (Table.CASES, ())


@given(st.lists(CITED, min_size=1, max_size=3))
def test_any_citation_comes_back_equal(given: list[CitedRow]) -> None:
    sheet = rows.read(text_of(*given), FILE)
    assert [read.row for read in sheet.rows] == list(filter(says_something, given))
    assert sheet.table is Table.SOURCES


@given(TAGS)
def test_tags_come_back_whatever_signs_are_in_them(tags: tuple[str, ...]) -> None:
    assert rows.unpacked(rows.packed(tags)) == tags


@pytest.mark.parametrize("cell", ["a, b,c", "a;b ; c", "a\nb\nc", "a,, b, ,c,"])
def test_tags_of_others_are_parted_as_they_part_them(cell: str) -> None:
    assert rows.unpacked(cell) == ("a", "b", "c")


def test_columns_are_recognized_in_any_order_and_spelling_and_others_are_named() -> None:
    text = "Views;CLAIMED_ON;claim;Verdict\n7;2025;It is so;False\n"
    sheet = rows.read(text, FILE)
    assert sheet.rows[0].row == CaseRow(claim="It is so", claimed_on="2025")
    assert sheet.ignored == ("Views", "Verdict")


def test_what_a_desk_found_is_never_read() -> None:
    names = {each.name for each in fields(Finding)}
    assert not names & {each.name for each in (*fields(CaseRow), *fields(CitedRow))}
    text = ",".join((*rows.headings(Finding), "Claim")) + "\n" + ",".join(["x"] * len(names)) + ",words\n"
    sheet = rows.read(text, FILE)
    assert sheet.rows[0].row == CaseRow(claim="words")
    assert sheet.ignored == rows.headings(Finding)


def test_each_row_that_cannot_be_taken_has_its_line_and_reason() -> None:
    long = "x" * 100_001
    text = f'Claim,Tags\ngood,\nbad\0,\n{long},\n1,2,3\nshort\ntagged,"""a, b"\n"open'
    read = {each.line: each.refused for each in rows.read(text, FILE).rows}
    assert read == {
        2: None,
        3: Refusal("claim", "nul"),
        4: Refusal("claim", "long"),
        5: Refusal("line", "cells", "3"),
        6: None,
        7: Refusal("tags", "marks", '"a, b'),
        8: Refusal("line", "quote"),
    }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no column"),
        ("Title,Date\n1,2\n", "no column"),
        ("Case,Quotation\n1,2\n", "no column"),
        ("Claim,claim\n1,2\n", "the same column twice"),
        ("Claim\n" + "x\n" * 10_001, "too many"),
        ("Claim" + "," * 1_000_001, "too many"),
    ],
)
def test_a_text_that_is_no_table_of_ours_is_refused_whole(text: str, why: str) -> None:
    with pytest.raises(Unreadable) as refused:
        rows.read(text, FILE)
    assert refused.value.detail == why
    assert refused.value.path == FILE


def test_ten_thousand_rows_are_taken() -> None:
    assert len(rows.read("Claim\n" + "x\n" * 10_000, FILE).rows) == 10_000
