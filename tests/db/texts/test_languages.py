"""The language of a text is named where it is sure, and nothing is said where it is not."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.texts.languages import Language, recognize
from tests.makers import EMOJI, PASHTO, RUSSIAN, URDU

SAID: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parents[2] / "files" / "sentences.toml").read_text(encoding="utf-8")
)
OURS = {name: said for name, said in SAID.items() if name != "other"}
SCRIPTS = {
    "ur": "Arab",
    "ps": "Arab",
    "fa": "Arab",
    "prs": "Arab",
    "ar": "Arab",
    "ru": "Cyrl",
    "tg": "Cyrl",
    "hi": "Deva",
}
SCRIPTS |= {"en": "Latn", "uz": "Latn", "uz Cyrl": "Cyrl", "tr": "Latn", "pa": "Guru"}


def test_languages_are_recognized() -> None:
    sure, right, told = 0, 0, []
    for name, said in OURS.items():
        found = [recognize(text) for text in said]
        known = [each for each in found if each.sure]
        hits = sum(each.code == name.split()[0] for each in known)
        sure, right = sure + len(known), right + hits
        told.append(f"  {name}: sure of {len(known)} of {len(said)}, {hits} right")
    total = sum(map(len, OURS.values()))
    print(f"\nlanguages: sure of {sure / total:.3f} of {total} sentences, right in {right / sure:.3f} of these")
    print("\n".join(told))
    assert right / sure >= 0.95
    assert sure / total >= 0.8


def test_the_script_is_told_even_where_the_language_is_not() -> None:
    assert [
        (name, text) for name, said in OURS.items() for text in said if recognize(text).script != SCRIPTS[name]
    ] == []


@pytest.mark.parametrize("text", SAID["other"])
def test_of_other_languages_nothing_is_said(text: str) -> None:
    assert not recognize(text).sure


def test_persian_that_no_word_tells_from_dari_is_left_open() -> None:
    assert recognize("آیا این درست است؟ چه کسی می‌تواند آن را تأیید کند؟") == Language("", "Arab", False, ("fa", "prs"))
    assert recognize("والی گفت که سرحد از دیروز بسته است.").code == "prs"
    assert recognize("استاندار گفت که مرز از دیروز بسته است و بیمارستان برق ندارد.").code == "fa"


@pytest.mark.parametrize(("text", "code"), [(URDU, "ur"), (RUSSIAN, "ru"), (PASHTO, "ps"), (EMOJI, "")])
def test_what_else_stands_in_a_post_does_not_mislead(text: str, code: str) -> None:
    """Web addresses, names and hashtags of posts are English whatever the post is in."""
    assert recognize(text).code == code
    around = f"RT @the_new_report: {text} 😡😡 https://news.example.org/the/and/of/it #breaking #TheTruth"
    assert recognize(around).code == code


@pytest.mark.parametrize(
    "text", ["", " ", "12345", "😡🚨", "https://example.org", "@who #what", "ok", "دا", "و", "Kabul"]
)
def test_too_little_is_not_enough(text: str) -> None:
    assert recognize(text).code == ""


@given(st.text(max_size=300))
def test_any_text_can_be_asked_about(text: str) -> None:
    found = recognize(text)
    assert found.sure == bool(found.code)


def test_long_texts_are_answered_at_once() -> None:
    assert recognize(" ".join(SAID["ps"]) * 10_000).code == "ps"
