"""Web addresses of the same page are known as such, those of others are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import addresses, timeline
from db.addresses import plain
from db.casebook import Casebook
from db.timeline import AppearanceDraft
from db.vocabulary import Op
from tests.makers import make_case, make_source


def appear(book: Casebook, case_id: str, url: str) -> None:
    with book.change(Op.ADD_APPEARANCE) as change:
        timeline.add(change, case_id, AppearanceDraft(url=url))


SAME = [
    ("https://example.org/a/story", "http://www.example.org/a/story/", "EXAMPLE.org/a/story", "//example.org//a/story"),
    ("https://example.org/a?id=7&b=2", "https://m.example.org/a?b=2&id=7&utm_source=x&fbclid=IwAR0#top"),
    (
        "https://x.com/user/status/1780000000000000001", "https://twitter.com/user/status/1780000000000000001?s=20",
        "https://mobile.twitter.com/User/status/1780000000000000001/photo/1",
    ),
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://youtu.be/dQw4w9WgXcQ?si=abc", "m.youtube.com/watch?v=dQw4w9WgXcQ"),
    ("https://t.me/channel/123", "https://t.me/s/channel/123", "https://telegram.me/channel/123"),
    ("https://example.org/news", "https://web.archive.org/web/20240501120000/https://example.org/news"),
    ("https://example.org/خبر/۱", "https://example.org/%D8%AE%D8%A8%D8%B1/%DB%B1"),
    ("https://example.org/news/index.html", "https://example.org/news/", "https://example.org/news/amp"),
    ("https://пример.рф/a1b2", "https://xn--e1afmkfd.xn--p1ai/a1b2"),
    ("https://example.org:443/story", "https://example.org/story"),
]  # fmt: skip
DIFFERENT = [
    ("https://example.org/a", "https://example.com/a"),
    ("https://example.org/a?id=7", "https://example.org/a?id=8"),
    ("https://x.com/user/status/1780000000000000001", "https://x.com/user/status/1780000000000000002"),
    ("https://youtu.be/dQw4w9WgXcQ", "https://youtu.be/dQw4w9WgXcq"),
    ("https://example.org/a", "https://example.org.evil.net/a"),
    ("https://example.org/a", "https://example.org@evil.net/a"),
    ("https://news.example.org/a", "https://example.org/a"),
    ("https://example.org:8443/a", "https://example.org/a"),
]
NONE = [
    "", " ", "not an address", "https://example.org", "https://example.org/", "ftp://example.org/a", "file:///etc/passwd",
    "javascript:alert(1)//example.org/a", "https://[::1/a", "https://example.org:port/a", "/local/path", "localhost/a",
]  # fmt: skip


@pytest.mark.parametrize("group", SAME)
def test_these_are_the_same_page(group: tuple[str, ...]) -> None:
    assert len(set(map(plain, group))) == 1
    assert plain(group[0])


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_these_are_not(one: str, other: str) -> None:
    assert plain(one) != plain(other)


@pytest.mark.parametrize("address", NONE)
def test_these_say_nothing(address: str) -> None:
    assert plain(address) == ""


@given(st.text(max_size=80), st.sampled_from(["", "http://", "https://www.", "https://x.com/", "example.org/?"]))
def test_any_text_may_stand_where_an_address_should(text: str, start: str) -> None:
    plain(start + text)


@pytest.mark.parametrize("group", SAME)
def test_the_other_case_is_found_whichever_way_its_address_is_written(book: Casebook, group: tuple[str, ...]) -> None:
    case_id = make_case(book)
    appear(book, case_id, group[0])
    others = [make_case(book) for _ in group[1:]]
    for other, url in zip(others, group[1:], strict=True):
        appear(book, other, url)
    elsewhere = make_case(book)
    appear(book, elsewhere, "https://example.org/another/story?id=9")
    assert addresses.find(book, case_id).keys() == set(others)
    assert set(addresses.find(book, case_id).values()) == {(plain(group[0]),)}


def test_a_source_and_an_appearance_may_share_an_address(book: Casebook) -> None:
    case_id, other = make_case(book), make_case(book)
    appear(book, case_id, "https://example.org/the-post")
    make_source(book, [other], url="http://www.example.org/the-post/")
    assert addresses.find(book, case_id) == {other: ("example.org/the-post",)}
    assert addresses.find(book, other) == {case_id: ("example.org/the-post",)}
    book.undo()
    assert addresses.find(book, case_id) == {}


def test_an_address_that_stands_in_many_cases_says_nothing(book: Casebook) -> None:
    cases = [make_case(book) for _ in range(addresses.COMMON + 2)]
    make_source(book, cases, url="https://example.org/the-census")
    assert addresses.find(book, cases[0]) == {}
