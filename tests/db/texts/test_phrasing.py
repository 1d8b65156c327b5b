"""Claims that are the same are told by their wording, in every script; those that are not are left alone."""

from __future__ import annotations

import tomllib
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given

from db.casebook import Casebook
from db.texts import phrasing
from db.texts.folding import fold
from db.texts.phrasing import LIKELY, compare
from tests.db.sequences import any_text
from tests.makers import make_case

CLAIMS = Path(__file__).parents[2] / "files" / "claims.toml"


def likeness(one: str, other: str) -> float:
    """The best of a claim and its translation with those of another."""
    return max(compare(fold(a), fold(b)).likeness for a in one.split("␟") for b in other.split("␟"))


def test_same_claims_are_found_and_others_are_not() -> None:
    """Measured at 0.68: precision 0.875, recall 0.966 on 58 pairs of the same claim among 6,328."""
    groups = tomllib.loads(CLAIMS.read_text("utf-8"))["group"]
    labeled = [(number, claim) for number, group in enumerate(groups) for claim in group["claims"]]
    found = right = same = 0
    for (first, one), (second, other) in combinations(labeled, 2):
        likely = likeness(one, other) >= LIKELY
        found, same, right = found + likely, same + (first == second), right + (likely and first == second)
    print(f"precision {right / found:.3f}, recall {right / same:.3f}, {same} pairs of {len(labeled)} claims")
    assert right / found >= 0.87
    assert right / same >= 0.96


def test_the_same_number_says_more_and_another_one_is_told() -> None:
    claim = fold("Taliban fighters killed 15,000 soldiers in one week")
    same = compare(claim, fold("In one week 15 thousand soldiers were killed by fighters of the Taliban"))
    other = compare(claim, fold("Taliban fighters killed 1,500 soldiers in one week"))
    assert (same.numbers, same.here, same.there) == (("15000",), (), ())
    assert same.likeness > same.share
    assert (other.numbers, other.here, other.there) == ((), ("15000",), ("1500",))
    assert other.likeness < other.share


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("وزیراعظم نے استعفی دے دیا", "وزیر اعظم نے استعفیٰ دے دیا"),  # one word or two
        ("ويكسين محفوظ ہے", "ویکسین محفوظ ہے"),  # Arabic letters
        ("Ещё не ОДОБРЕНА вакцина", "вакцина: еще не одобрена!"),
        ("दिल्ली में २५ मौत", "दिल्ली में 25 मौत"),
        ("Toshkentda maktab yopildi, ma’lum", "toshkentda maktab yopildi ma'lum"),
    ],
)
def test_spelling_and_order_make_no_difference(one: str, other: str) -> None:
    assert compare(fold(one), fold(other)).share == 1


def test_one_or_two_words_say_nothing() -> None:
    assert compare("vaccine", "vaccine").share == 0


@given(any_text, any_text)
def test_comparing_is_symmetric_enough_and_never_fails(one: str, other: str) -> None:
    there, back = compare(fold(one), fold(other)), compare(fold(other), fold(one))
    assert 0 <= there.share <= 1
    assert (there.numbers, there.here, there.there) == (back.numbers, back.there, back.here)


def test_a_claim_is_found_among_many_by_its_translation_too(book: Casebook) -> None:
    from db import claims
    from db.claims import ClaimDraft
    from db.vocabulary import Op

    case_id = make_case(book, "The dam above Jalalabad has cracked, and the city must leave")
    other = make_case(book, "د جلال اباد بند مات شو")
    with book.change(Op.EDIT_CLAIM) as change:
        whole = claims.of_case(book, other)[0].id
        translation = "The dam above Jalalabad has cracked and the city must leave"
        claims.edit(change, whole, ClaimDraft("د جلال اباد بند مات شو", translation=translation))
    for place in range(60):
        make_case(book, f"Another claim about a city, number {place}, and what must be said of it")
    assert phrasing.find(book, case_id)[other].share > 0.95
    assert phrasing.find(book, other)[case_id].share > 0.95


def test_a_title_counts_like_a_claim(book: Casebook) -> None:
    case_id = make_case(book, "پل ٹوٹ گیا", title="Bridge of Jalalabad has collapsed")
    other = make_case(book, "Мост рухнул", title="The bridge of Jalalabad has collapsed")
    assert phrasing.find(book, case_id)[other].share > 0.9


def test_a_very_long_claim_is_compared_by_its_beginning(book: Casebook) -> None:
    long = " ".join(f"word{place}" for place in range(20_000))
    case_id, other = make_case(book, f"The dam has cracked {long}"), make_case(book, f"{long} The dam has cracked")
    assert phrasing.find(book, case_id)[other].share > 0.9


def test_any_text_can_be_looked_for(book: Casebook) -> None:
    for text in ('"', "* OR NEAR(", "🚨🚨🚨", "' -- ;", "اَ", "a-b AND c\u2028d"):
        assert not phrasing.find(book, make_case(book, text))
