"""Spellings that a reader takes for the same fold to the same, and a place in the fold is a place in the text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.texts.folding import fold, fold_with_places, word_begins


@pytest.mark.parametrize(
    "same",
    [
        ("ي", "ی", "ى"), ("ك", "ک"), ("ة", "ه", "ۀ"), ("ٱ", "ا"), ("می\u200cرود", "میرود"), ("مُحَمَّد", "محمد", "محـمد"),
        ("ё", "е", "Ё"), ("oʻzbek", "oʼzbek", "o'zbek", "o‘zbek", "OZBEK"), ("İ", "i", "I", "ı"), ("ß", "ss", "ẞ", "SS"),
        ("۱۲۳", "١٢٣", "123", "१२३", "１２３"), ("é", "e\u0301", "e", "É"), ("Ａ", "a"), ("ﷲ", "الله"),
    ],
)  # fmt: skip
def test_one_reading_is_one_fold(same: tuple[str, ...]) -> None:
    assert len({fold(each) for each in same}) == 1


@pytest.mark.parametrize("other", [("й", "и"), ("ї", "і"), ("ў", "у"), ("ب", "پ"), ("हि", "ह"), ("1", "2")])
def test_what_a_reader_tells_apart_stays_apart(other: tuple[str, str]) -> None:
    assert fold(other[0]) != fold(other[1])


any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(any_text)
def test_a_fold_is_plain_and_has_its_places(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    folded, places = fold_with_places(composed)
    assert folded == fold(text)
    assert len(places) == len(folded)
    assert places == sorted(places)
    assert all(0 <= place < len(composed) for place in places)
    assert folded == folded.strip()
    assert "  " not in folded


@given(any_text)
def test_to_fold_twice_is_to_fold_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(("text", "word", "begins"), [
    ("a vaccine", "va", True), ("a vaccine", "ac", False), ("12 dead", "12", True), ("x-ray", "ra", True), ("🚨 news", "🚨", True),
])  # fmt: skip
def test_where_words_begin(text: str, word: str, begins: bool) -> None:
    assert word_begins(text, word) is begins
