"""Tables as text: what is written is read back equal, and what others write is understood."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from db.exchange import sheets
from db.exchange.sheets import BOM, Line
from db.exchange.vocabulary import Separator
from tests.makers import EMOJI, PASHTO, URDU

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
KNOWN = {"claim", "title", "claimed on"}


def cells(text: str) -> list[tuple[str, ...]]:
    return [line.cells for line in sheets.lines(text.removeprefix(BOM), KNOWN)]


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5), st.sampled_from(Separator))
@example([("'=1", "'")], Separator.COMMA)
@example([(f'"{URDU}", \r\n;\t', f"\u202e{PASHTO}\u2069"), (EMOJI, "\r")], Separator.TAB)
@example([("\ufeff", "\x1c\x85\u2028")], Separator.SEMICOLON)
@example([("sep=;", "Claim;Claim;Claim")], Separator.COMMA)
def test_any_text_comes_back_with_any_separator(rows: list[tuple[str, str]], separator: Separator) -> None:
    written = "".join(sheets.written([("Claim", "Title"), *rows], separator))
    assert written.startswith(BOM)
    assert cells(written) == [("Claim", "Title"), *(row for row in rows if any(map(str.strip, row)))]


@given(TEXTS)
def test_no_cell_begins_a_formula_for_a_program_that_reads_the_file(text: str) -> None:
    (cell,) = next(
        csv.reader(io.StringIO("".join(sheets.written([(text,)], Separator.COMMA))[1:], newline=""), strict=True)
    )
    shown = cell.lstrip(" \u200b\ufeff\u00a0")
    assert not shown.startswith(tuple("=+-@＝＋－＠\t\r\n")) or cell.startswith("'")


@pytest.mark.parametrize("separator", Separator)
def test_the_separator_is_the_one_that_gives_known_headings(separator: Separator) -> None:
    row = separator.join(("Title", "CLAIM", " claimed_on "))
    assert cells(f"{row}\n1{separator}a, b; c{separator}2\n"[:-1].replace("a, b; c", '"a, b; c"')) == [
        ("Title", "CLAIM", " claimed_on "),
        ("1", "a, b; c", "2"),
    ]


def test_a_first_line_that_says_the_separator_is_believed_and_lines_are_counted_with_it() -> None:
    found = list(sheets.lines("sep=;\r\nTitle;Claim\r\na;b\r\n", KNOWN))
    assert found == [Line(2, ("Title", "Claim")), Line(3, ("a", "b"))]


def test_lines_are_those_that_a_person_finds_in_an_editor() -> None:
    text = 'Claim\n"two\nlines"\n\n   \nlast\n'
    assert [line.number for line in sheets.lines(text, KNOWN)] == [1, 2, 6]


@pytest.mark.parametrize("text", ['Claim\na\n"never closed\nb\nc\n', 'Claim\na\n"closed" twice"\nb\n'])
def test_a_quotation_mark_that_is_not_closed_ends_the_table_where_it_stands(text: str) -> None:
    found = list(sheets.lines(text, KNOWN))
    assert found[:2] == [Line(1, ("Claim",)), Line(2, ("a",))]
    assert found[2:] == [Line(3, (), broken=True)]


def test_empty_texts_hold_no_rows() -> None:
    assert list(sheets.lines("", KNOWN)) == list(sheets.lines("\n\n", KNOWN)) == []
