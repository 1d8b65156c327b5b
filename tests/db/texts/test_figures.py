"""A number is the same number however it is written."""

from __future__ import annotations

import pytest

from db.texts import figures
from db.texts.folding import fold


@pytest.mark.parametrize(
    "text",
    [
        "15,000 soldiers", "15.000 Soldaten", "15 000 солдат", "15\u00a0000 солдат", "۱۵٬۰۰۰ فوجی", "۱۵۰۰۰ فوجی",
        "15 thousand soldiers", "15k soldiers", "15 ہزار فوجی", "15 тысяч солдат", "15 тыс. солдат", "۱۵ هزار عسکر",
        "۱۵ زره سرتيري", "15 آلاف جندي", "15 ming askar", "15 минг аскар", "१५ हज़ार सैनिक", "15'000 soldiers",
    ],
)  # fmt: skip
def test_fifteen_thousand(text: str) -> None:
    assert figures.telling(figures.plain(fold(text)).replace(".", " ").split()) == {"15000"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.5 million doses", "1500000"),
        ("2 млн доз", "2000000"),
        ("3 لاکھ روپے", "300000"),
        ("2.5 crore rupees", "25000000"),
        ("7 billion", "7000000000"),
    ],
)
def test_millions_and_lakhs(text: str, number: str) -> None:
    assert figures.telling(figures.plain(fold(text)).split()) == {number}


def test_single_digits_years_and_numbers_of_posts_do_not_tell() -> None:
    text = "In 2024 three of 9 men wrote 123456789012345678901"
    assert figures.telling(figures.plain(fold(text)).split()) == frozenset()


def test_a_text_without_a_number_stays() -> None:
    assert figures.plain("the thousand and one nights") == "the thousand and one nights"


def test_numbers_side_by_side_are_not_run_together() -> None:
    assert figures.telling(figures.plain("in 2022 100 men, 12 of 340").split()) == {"100", "12", "340"}
