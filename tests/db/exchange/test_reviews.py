"""Fact checks of others: found however they stand in the file, read as text, and refused by name where hostile."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import Unreadable
from db.exchange import reviews
from db.exchange.reviews import Place, ReviewDraft
from db.vocabulary import ActorKind, Role
from tests.makers import EMOJI, PASHTO, URDU

FILE = Path("review.json")
WHOLE: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://checks.example/1",
    "headline": "No, the vaccine has no chip",
    "claimReviewed": URDU,
    "datePublished": "2025-12-01",
    "author": {"@type": "Organization", "name": "Pak Check", "url": "https://checks.example"},
    "reviewBody": PASHTO,
    "reviewRating": {"@type": "Rating", "ratingValue": 1, "bestRating": 5, "worstRating": 1, "alternateName": "False"},
    "itemReviewed": {
        "@type": "Claim",
        "inLanguage": "ur",
        "datePublished": "2025-11-17",
        "author": {"@type": "Organization", "name": "Al-Mirsad", "sameAs": "https://mirsad.example"},
        "firstAppearance": {"@type": "CreativeWork", "url": "https://x.example/1", "text": EMOJI},
        "appearance": ["https://t.example/2", {"@type": "CreativeWork", "@id": "https://x.example/3"}],
    },
}


def read(value: object) -> tuple[ReviewDraft, ...]:
    return reviews.read(json.dumps(value).encode(), FILE)


def one(**changed: object) -> ReviewDraft:
    (draft,) = read({name: value for name, value in {**WHOLE, **changed}.items() if value is not None})
    return draft


def test_everything_that_a_review_says_is_read() -> None:
    assert one() == ReviewDraft(
        claim=URDU,
        language="ur",
        claimant="Al-Mirsad",
        claimant_kind=ActorKind.ORGANIZATION,
        claimed_on="2025-11-17",
        places=(
            Place("https://x.example/1", Role.ORIGIN, quotation=EMOJI),
            Place("https://t.example/2", Role.AMPLIFICATION),
            Place("https://x.example/3", Role.AMPLIFICATION),
        ),
        publisher="Pak Check",
        url="https://checks.example/1",
        title="No, the vaccine has no chip",
        rating="False",
        body=PASHTO,
        published_on="2025-12-01",
    )


@pytest.mark.parametrize(
    "around",
    [
        lambda review: [review],
        lambda review: {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, review]},
        lambda review: {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [review]}]},
        lambda review: {"@type": "NewsArticle", "mainEntity": {"hasPart": review}},
        lambda review: [[[[review]]]],
    ],
    ids=["list", "graph", "feed", "part", "lists"],
)  # fmt: skip
def test_it_is_found_wherever_it_stands(around: Any) -> None:
    assert read(around(WHOLE)) == (one(),)


@pytest.mark.parametrize(
    "kind", ["ClaimReview", ["Review", "ClaimReview"], "schema:ClaimReview", "http://schema.org/ClaimReview"]
)
def test_the_type_may_be_written_as_any_vocabulary_writes_it(kind: object) -> None:
    assert read({**WHOLE, "@type": kind}) == (one(),)


def test_what_should_be_objects_may_be_texts() -> None:
    draft = one(author="Pak Check", reviewRating="False", itemReviewed="https://x.example/1")
    assert (draft.publisher, draft.rating) == ("Pak Check", "False")
    assert draft.places == (Place("https://x.example/1", Role.AMPLIFICATION),)


def test_texts_may_be_lists_and_value_objects() -> None:
    draft = one(claimReviewed=[{"@value": URDU, "@language": "ur"}, "other"], url={"@id": "https://checks.example/1"})
    assert (draft.claim, draft.url) == (URDU, "https://checks.example/1")


def test_older_reviews_give_the_work_itself_in_place_of_a_claim() -> None:
    work = {"@type": "CreativeWork", "author": {"@type": "Person", "name": "A"}, "sameAs": ["https://x.example/1"]}
    draft = one(itemReviewed=work)
    assert draft.claimant == "A"
    assert draft.places == (Place("https://x.example/1", Role.AMPLIFICATION),)


def test_an_address_is_one_place_however_often_it_is_named() -> None:
    item = {"@type": "Claim", "firstAppearance": "https://x.example/1", "appearance": ["https://x.example/1"] * 2}
    assert one(itemReviewed=item).places == (Place("https://x.example/1", Role.ORIGIN),)


@pytest.mark.parametrize(
    ("rating", "words"),
    [
        ({"alternateName": "Mostly false", "ratingValue": 2}, "Mostly false"),
        ({"name": "Fake"}, "Fake"),
        ({"ratingValue": 2, "bestRating": 5, "worstRating": 1}, "2 (1–5)"),
        ({"ratingValue": "2.50"}, "2.50"),
        ({}, ""),
        (None, ""),
        ("Four Pinocchios", "Four Pinocchios"),
    ],
)
def test_a_rating_is_quoted_as_it_is_worded(rating: object, words: str) -> None:
    assert one(reviewRating=rating).rating == words


def test_numbers_are_texts_and_cannot_overflow() -> None:
    text = (
        json.dumps(WHOLE)
        .replace('"ratingValue": 1,', '"ratingValue": 1e400,')
        .replace('"alternateName": "False"', '"x": 1')
    )
    (draft,) = reviews.read(text.encode(), FILE)
    assert draft.rating == "1e400 (1–5)"
    (draft,) = reviews.read(text.replace("1e400", "9" * 10_000).encode(), FILE)
    assert draft.rating.startswith("999")


def test_markup_stays_the_text_it_is() -> None:
    nasty = "<img src=x onerror=alert(1)> &lt;b&gt; =1+1"
    assert one(claimReviewed=nasty).claim == nasty


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no JSON"),
        (b"{", "no JSON"),
        (b"[" * 100_000, "nested"),
        (b"[" * 300 + b"]" * 300, "nested"),
        (b'{"a":' * 200_000, "nested"),
        (b'{"@type": "ClaimReview", "url": "a", "url": "b"}', "the same name twice"),
        (b'{"@type": "ClaimReview", "a": NaN}', "no JSON"),
        (b'{"@type": "Article"}', "no ClaimReview"),
        (b'"ClaimReview"', "no ClaimReview"),
        (b"\xff\xfa{", "letters"),
        (b'[{"@type": "ClaimReview"}' + b',{"@type": "ClaimReview"}' * 10_000 + b"]", "too many"),
        (b"[" + b"[]," * 500_001 + b"1]", "too many"),
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused_by_name(data: bytes, why: str) -> None:
    with pytest.raises(Unreadable) as refused:
        reviews.read(data, FILE)
    assert refused.value.detail == why


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_told_from_its_bytes(encoding: str) -> None:
    assert reviews.read(json.dumps(WHOLE, ensure_ascii=False).encode(encoding), FILE) == (one(),)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*WHOLE, "@id", "name", "@value"]), inner)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(list(WHOLE)), JSON))
def test_whatever_stands_where_it_should_not_is_read_as_text_or_not_at_all(found: dict[str, object]) -> None:
    for draft in read({**found, "@type": "ClaimReview"}):
        assert all(isinstance(text, str) for _, text in draft.texts)
