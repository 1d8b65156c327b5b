"""Times are kept in the words they were given in, with the interval that these prove."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.times import When, parse


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        ("2025", "2025-01-01T00:00:00Z", "2025-12-31T23:59:59Z"),
        ("2024-02", "2024-02-01T00:00:00Z", "2024-02-29T23:59:59Z"),
        (" 2025-11-17 ", "2025-11-17T00:00:00Z", "2025-11-17T23:59:59Z"),
        ("2025-11-17T09:30", "2025-11-17T09:30:00Z", "2025-11-17T09:30:59Z"),
        ("2025-11-17 09:30:05Z", "2025-11-17T09:30:05Z", "2025-11-17T09:30:05Z"),
        ("2025-11/2026-01", "2025-11-01T00:00:00Z", "2026-01-31T23:59:59Z"),
        ("2025-11-17 .. 2025-11-19", "2025-11-17T00:00:00Z", "2025-11-19T23:59:59Z"),
        ("۲۰۲۵-۱۱-۱۷", "2025-11-17T00:00:00Z", "2025-11-17T23:59:59Z"),
    ],
)
def test_what_can_be_placed(words: str, earliest: str, latest: str) -> None:
    assert parse(words) == When(words, earliest, latest)


@pytest.mark.parametrize(
    "words", ["", "soon", "2025-13", "2025-02-30", "2026/2025", "17.11.2025", "0000", "2025-11-17T25:00", "spring 2025"]
)
def test_what_cannot_is_kept_as_words(words: str) -> None:
    assert parse(words) == When(words)
    assert not parse(words).known


@given(st.text(max_size=40))
def test_any_words_are_kept(words: str) -> None:
    found = parse(words)
    assert found.words == words
    assert found.earliest <= found.latest
