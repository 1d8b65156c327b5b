"""Two texts side by side: nothing is lost, no letter loses its marks, and no length is too long."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.contrast import Span, contrast, words
from tests.makers import EMOJI, PASHTO, RUSSIAN, URDU

WORDS = [
    "وزیرِ",
    "خارجہ",
    "لقاح",
    "می‌خواهم",
    "ещё",
    "и\u0306",
    "क्षत्रिय",
    "👩‍⚕️",
    "🇦🇫",
    "👍🏽",
    "don't",
    "5.2",
    "—",
    "\n",
    "  ",
]
texts = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))


def own(spans: tuple[Span, ...]) -> list[str]:
    return [span.text for span in spans if span.own]


def shared(spans: tuple[Span, ...]) -> str:
    return "".join(span.text for span in spans if not span.own)


@given(texts, texts)
def test_both_texts_come_back_and_what_is_shared_is_the_same(one: str, other: str) -> None:
    left, right = contrast(one, other)
    assert "".join(span.text for span in left) == one
    assert "".join(span.text for span in right) == other
    assert shared(left) == shared(right)


@given(texts)
def test_a_text_has_nothing_of_its_own_beside_itself(text: str) -> None:
    assert own(contrast(text, text)[0]) == []


@given(texts, texts)
def test_no_part_begins_with_what_belongs_to_the_letter_before(one: str, other: str) -> None:
    for spans in contrast(one, other):
        for before, span in pairwise(spans):
            assert unicodedata.category(span.text[0])[0] != "M"
            assert span.text[0] not in "\u200c\u200d"
            assert not before.text.endswith("\u200d")


@pytest.mark.parametrize(
    ("one", "other", "left", "right"),
    [
        ("The bridge was closed on Monday", "The bridge was open on Monday", ["closed"], ["open"]),
        (URDU, URDU.replace("محفوظ", "خطرناک"), ["محفوظ"], ["خطرناک"]),
        (RUSSIAN, RUSSIAN.replace("ещё ", ""), ["ещё "], []),
        (PASHTO, PASHTO + " ده", [], [" ده"]),
        ("حرکت", "حرکتِ", ["حرکت"], ["حرکتِ"]),
        ("100 %", "1000 %", ["100"], ["1000"]),
        ("said 🇦🇫 so", "said 🇵🇰 so", ["🇦🇫"], ["🇵🇰"]),
        (EMOJI, EMOJI.replace("👩‍⚕️", "👨‍⚕️"), ["👩‍⚕️"], ["👨‍⚕️"]),
        ("two words", "two  words", [" "], ["  "]),
        ("", "new", [], ["new"]),
        ("“quoted”", "quoted", ["“", "”"], []),
    ],
)
def test_words_that_differ_are_found_as_a_person_would(one: str, other: str, left: list[str], right: list[str]) -> None:
    mine, theirs = contrast(one, other)
    assert (own(mine), own(theirs)) == (left, right)


@pytest.mark.parametrize(
    "text", [*WORDS[:-4], "e\u0301", "한국어", "각", "\u0600\u0661", "🏴\U000e0067\U000e007f", "👩‍⚕️"]
)
def test_what_a_person_sees_as_one_sign_is_one_word(text: str) -> None:
    assert words(text) == [text] or text == "don't"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a " * 20_000, "b " * 20_000),
        ("a " * 1400, "a b " * 700),
        ("same line\n" * 5_000 + "x", "same line\n" * 5_000 + "y"),
        ("\n".join(map(str, range(20_000))), "\n".join(map(str, range(1, 20_001)))),
        ("x" * 1_000_000, "y" * 1_000_000),
        (" ".join(str(n % 97) for n in range(1400)), " ".join(str(n * 7 % 97) for n in range(1400))),
        ("! " * 700, "? ! " * 350),
    ],
)
def test_long_and_unkind_texts_are_compared_before_the_test_runs_out_of_time(one: str, other: str) -> None:
    left, right = contrast(one, other)
    assert "".join(span.text for span in left) == one
    assert shared(left) == shared(right)


def test_a_long_text_with_one_other_word_is_still_told_by_words() -> None:
    text = "word " * 30_000
    assert own(contrast(f"{text}closed {text}", f"{text}open {text}")[0]) == ["closed"]


def test_a_long_text_that_differs_everywhere_is_told_by_lines() -> None:
    lines = [f"line {n} of the statement has these words" for n in range(900)]
    changed = [line.replace("has", "had") if n % 3 == 0 else line for n, line in enumerate(lines)]
    left, _ = contrast("\n".join(lines), "\n".join(changed))
    assert own(left)[0] == "line 0 of the statement has these words\n"
    assert "line 1 of" in shared(left)
