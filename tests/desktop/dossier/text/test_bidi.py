"""UAX #9: the order in which the signs of a line stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.dossier.text.bidi import first_strong, resolve, visual_order
from desktop.dossier.text.controls import balance, isolate

SIGNS = 'ab אב جد 12۳٤.,:+-/%$()[]«»"\t\u05b0\u064b\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069🔎'


def shown(text: str, base: int | None = None) -> str:
    """The text from left to right, without its controls."""
    levels = [run.level for run in resolve(text, base).runs for _ in range(run.start, run.end)]
    order = (text[place] for place in visual_order(levels))
    return "".join(
        char for char in order if char not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
    )


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        ("abc אבג def", None, "abc גבא def"),
        ("אבג abc דהו", None, "והד abc גבא"),
        ("אבג 123 דהו", None, "והד 123 גבא"),
        ("אבג (abc) דהו", None, "והד )abc( גבא"),  # the glyphs are mirrored when drawn
        ("abc (אבג) def", None, "abc (גבא) def"),
        ("דולר 12.50", 1, "12.50 רלוד"),
        ("جد 2024-05-15", None, "15-05-2024 دج"),  # European numbers after Arabic letters flip
        (f"جد {isolate('2024-05-15')}", None, "2024-05-15 دج"),
        ("אב \u2067cd\u2069 ef", 0, "בא cd ef"),
        ("ab\u202ecd\u202cef", None, "abdcef"),
        ("1. אבג", 1, "גבא .1"),
        ("abc!", 1, "!abc"),
    ],
)
def test_known_orders(text, base, expected):
    assert shown(text, base) == expected


@given(st.text(SIGNS, max_size=40), st.sampled_from([None, 0, 1]))
@settings(max_examples=300, deadline=None)
def test_levels_cover_the_text_and_the_order_loses_nothing(text, base):
    levels = resolve(text, base)
    assert [run.start for run in levels.runs[1:]] == [run.end for run in levels.runs[:-1]]
    assert sum(run.end - run.start for run in levels.runs) == len(text)
    assert all(levels.base <= run.level <= 126 for run in levels.runs)
    flat = [run.level for run in levels.runs for _ in range(run.start, run.end)]
    assert sorted(visual_order(flat)) == list(range(len(text)))


@given(st.text(SIGNS, max_size=30))
@settings(max_examples=200, deadline=None)
def test_a_balanced_text_cannot_turn_what_stands_around_it(text):
    around = resolve(f"ab {isolate(text)} cd", 0)
    assert around.runs[0].level == around.runs[-1].level == 0
    assert balance(balance(text)) == balance(text)


@pytest.mark.parametrize(("text", "base"), [("12 abc", 0), ("12 جد", 1), ("12 ()", None), (f"{isolate('abc')} جد", 1)])
def test_the_first_strong_letter_gives_the_direction(text, base):
    assert first_strong(text) == base


def test_long_texts_take_no_more_than_their_share():
    for text in ("(ا" * 50_000, "\u2067a" * 50_000, "((((ا))))" * 10_000, "aا" * 50_000):
        resolve(text)
