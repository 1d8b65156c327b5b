"""A date is found in running text whatever the language, and read as a day only where it can be read one way."""

from __future__ import annotations

import pytest

from db.texts import dates


@pytest.mark.parametrize(
    "text",
    [
        "17 November 2025", "November 17, 2025", "Nov 17, 2025", "17th of November, 2025", "2025-11-17", "17.11.2025",
        "17/11/2025", "11/17/2025", "17 نومبر 2025", "۱۷ نومبر ۲۰۲۵ء", "۱۷ نوامبر ۲۰۲۵", "17 نوفمبر 2025",
        "17 نوفمبر/تشرين الثاني 2025", "17 ноября 2025 г.", "17-noyabr 2025-yil", "2025-yil 17-noyabr", "17 ноябр 2025",
        "17 नवंबर 2025", "د ۲۰۲۵ کال د نومبر په ۱۷مه",
    ],
)  # fmt: skip
def test_the_seventeenth_of_november(text: str) -> None:
    assert dates.read(f"x {text}, y") == "2025-11-17"


def test_a_range_of_days_is_a_range() -> None:
    assert dates.read("on 5–7 March 2025") == dates.read("on March 5–7, 2025") == "2025-03-05/2025-03-07"


@pytest.mark.parametrize(
    "text", ["3/4/2025", "31 February 2025", "5 March 2025 or 6 March 2025", "6 March", "۲۶ عقرب ۱۴۰۴", ""]
)
def test_what_can_be_read_two_ways_or_not_at_all_is_no_day(text: str) -> None:
    assert dates.read(text) == ""


@pytest.mark.parametrize(
    "text", ["you may 2 go", "we march 10 km", "article 2025", "2,640 km", "see 12:2024", "version 1.2024"]
)
def test_what_is_no_date(text: str) -> None:
    assert not [each for each in dates.find(text) if each.iso]


def test_the_words_that_move_a_date_belong_to_it() -> None:
    text = "By early 2025 and since June 2025; in September 2023, the 2021 raid, ۲۶ عقرب ۱۴۰۴ and 15 ذی الحجہ 1446"
    assert [text[each.start : each.stop] for each in dates.find(text)] == [
        "By early 2025", "since June 2025", "September 2023", "2021", "۲۶ عقرب ۱۴۰۴", "15 ذی الحجہ 1446",
    ]  # fmt: skip
