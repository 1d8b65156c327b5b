"""One name in two scripts is noticed; it is said that it may be, and no more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import actors, joints, namesakes
from db.actors import ActorDraft
from db.casebook import Casebook
from db.texts.skeletons import skeleton
from db.vocabulary import Op

SAME = [
    ("Zalmay Khalilzad", "زلمی خلیل‌زاد"), ("Zalmay Khalilzad", "Залмай Халилзад"), ("Khalilzad, Zalmay", "زلمي خلیلزاد"),
    ("Gulmurod Khalimov", "Гулмурод Халимов"), ("Gulmurod Xolimov", "Гулмурод Халимов"), ("Hasan", "حسن"), ("Hasan", "Хасан"),
    ("Hasan", "हसन"), ("Umar Farooq", "عمر فاروق"), ("Qais Laghmani", "قیس لغماني"), ("Noor Wali Mehsud", "نور ولی محسود"),
    ("Rahmatullah Najib", "رحمت الله نجیب"), ("Rahmatullah Najeeb", "Rahmatullah Najib"), ("Burhan", "برہان"),
    ("Mohammad Sharifullah", "محمد شریف الله"), ("Muhammad Sharifullah", "Mohammed Sharifullah"), ("Al-Mirsad", "المرصاد"),
    ("Al-Mirsad", "Al-Marsad"), ("Abdul Bari", "عبد الباري"), ("Imran Khan", "इमरान ख़ान"), ("Imran Khan", "عمران خان"),
    ("Shavkat Mirziyoyev", "Шавкат Мирзиёев"), ("Jalal Agha", "Джалал Ага"),
]  # fmt: skip
OTHERS = [
    ("Hasan", "Husain"), ("Sarah Adams", "Zalmay Khalilzad"), ("Burhan", "Zaid"), ("Umar Farooq", "Umar Khalid"), ("Ali", "علی"),
    ("Qais Laghmani", "Noor Wali Mehsud"), ("Najib", "Najm"), ("Kabul desk", "Kabul office"),
]  # fmt: skip


def found(book: Casebook, one: str, other: str) -> list[str]:
    with book.change(Op.ADD_ACTOR) as change:
        first, second = (actors.add(change, ActorDraft(name)) for name in (one, other))
    there = [each.actor.name for each in namesakes.find(book, second)]
    assert [each.actor.name for each in namesakes.find(book, first)] == ([other] if there else [])
    return there


@pytest.mark.parametrize(("one", "other"), SAME)
def test_names_that_sound_alike_are_found_either_way(book: Casebook, one: str, other: str) -> None:
    assert found(book, one, other) == [one], (skeleton(one), skeleton(other))


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_names_that_do_not_are_not(book: Casebook, one: str, other: str) -> None:
    assert found(book, one, other) == [], (skeleton(one), skeleton(other))


def test_any_alias_will_do_and_those_that_are_joined_are_not_told_again(book: Casebook) -> None:
    with book.change(Op.ADD_ACTOR) as change:
        adams, account, third = (actors.add(change, ActorDraft(n)) for n in ("Sarah Adams", "@TPASarah", "Сара Адамс"))
        actors.set_aliases(change, account, ["سارہ ایڈمز", "Sara Adams"])
    (other, same) = namesakes.find(book, adams)
    assert {other.actor.id, same.actor.id} == {account, third}
    assert {other.theirs, same.theirs} == {"Sara Adams", "Сара Адамс"}
    with book.change(Op.JOIN_ACTORS) as change:
        joints.join(change, account, adams)
    (left,) = namesakes.find(book, account)
    assert left.actor.id == third
    assert {each.actor.id for each in namesakes.find(book, third)} == {adams}, "told of the one that leads"


@given(st.text())
def test_any_text_has_a_skeleton_of_latin_letters(text: str) -> None:
    assert all(bones and bones.isascii() and bones.isalpha() for bones in skeleton(text))
