"""Sentences and paragraphs: what is taken when nothing is selected."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.texts import sentences


def all_of(text: str) -> list[str]:
    """Every sentence, walked from the beginning."""
    found = [sentences.around(text, 0)]
    while following := sentences.after(text, found[-1].start):
        found.append(following)
    return [each.of(text) for each in found]


@pytest.mark.parametrize(
    "parts",
    [
        ("The U.S. envoy called it “good news.”", "Islamabad rejected it!", "Why?"),
        ("Dr. A. Khan met Gen. Faiz on 5 Nov. 2025 (approx. 2.5 km away).", "It rained."),
        ("وزیرِ خارجہ نے کہا کہ لقاح محفوظ ہے۔", "کیا یہ سچ ہے؟", "جی 🇵🇰۔"),
        ("ولسمشر وویل چې پوله تړل شوې ده.", "دا سمه ده؟"),
        ("В 2025 г. вакцина ещё не одобрена.", "Так сказал министр…", "Правда?"),
        ("मंत्री ने कहा कि टीका सुरक्षित है।", "क्या यह सच है?"),
        ("Breaking 🚨👩‍⚕️ 100 % true!!", "Read on."),
        ("They asked, “why?” and left.", "So it was."),
    ],
)
def test_a_text_falls_into_its_sentences(parts: tuple[str, ...]) -> None:
    assert all_of(" ".join(parts)) == list(parts)
    assert all_of("\n\n".join(parts)) == list(parts)


def test_the_place_in_a_sentence_tells_which_one() -> None:
    text = "One two.  Three four.\n\nFive."
    told = [sentences.around(text, at).of(text) for at in (0, 7, 8, 10, 20, 24)]
    assert told == ["One two.", "One two.", "Three four.", "Three four.", "Three four.", "Five."]
    assert sentences.around("\n\n", 1).of("\n\n") == ""
    assert sentences.around("", 0).of("") == ""


def test_one_walks_back_as_one_walked_on() -> None:
    text = "One. Two.\n\nThree. Four.\n"
    at, back = len(text), []
    while found := sentences.before(text, at):
        back.append(found.of(text))
        at = found.start
    assert back == ["Four.", "Three.", "Two.", "One."]


def test_paragraphs_are_counted_as_a_reader_counts_them() -> None:
    text = "First\n\n  \nSecond line of it\nThird"
    places = (0, 3, text.index("Second"), text.index("line"), text.index("Third"), len(text))
    assert [sentences.number(sentences.beginnings(text), at) for at in places] == [1, 1, 2, 2, 3, 3]


@given(st.text(alphabet="aB.۔ \n“”?1🚨\u0301", max_size=80))
def test_every_letter_stands_in_one_sentence_and_walking_comes_to_an_end(text: str) -> None:
    walked = "".join("".join(each.split()) for each in all_of(text))
    assert walked == "".join(text.split())
