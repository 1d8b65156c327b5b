"""No cell is taken for a formula, and every text comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.exchange import guard

RUN = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\rtext", "\ntext", "  =1", "\u200b=1", "\ufeff@x", "\u202e-1", "＝1+1", "＋1",
    "－1", "＠x", "﹢1", "−1", "=cmd|'/C calc'!A0", "\u00a0=1", "\x01=1", "\u0301=1", "\u2060\u200d =1",
)  # fmt: skip
HARMLESS = ("", "text", "'quoted' text", "1 = 1", "a@b", "ولسمشر", "5-1", "''", "'", "(=1)", "«=»", "🚨 =")


@pytest.mark.parametrize("text", RUN)
def test_what_a_program_might_run_is_guarded_and_comes_back(text: str) -> None:
    assert guard.put_on(text) == f"'{text}"
    assert guard.take_off(guard.put_on(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_what_no_program_runs_is_left_alone_in_both_directions(text: str) -> None:
    assert guard.put_on(text) == text
    assert guard.take_off(text) == text


@given(st.text("='+-@ \t\r\n\u200bab＝"))
def test_a_text_that_looks_guarded_is_not_mistaken_for_one(text: str) -> None:
    cell = guard.put_on(text)
    assert guard.take_off(cell) == text
    assert not cell.startswith(tuple("=+-@\t\r\n"))
