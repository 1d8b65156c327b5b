"""ClaimReview leaves as schema.org has it: with all that is required, or as a draft that says so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from db import actors, cases, claims, desks, timeline, verdicts
from db.actors import ActorDraft
from db.casebook import Casebook
from db.cases import CaseDraft
from db.claims import ClaimDraft
from db.errors import Invalid, NotFound
from db.exchange import claimreview
from db.timeline import AppearanceDraft
from db.vocabulary import ActorKind, Op, Role
from tests import makers
from tests.makers import EMOJI, PASHTO, URDU, give_verdict, make_case

URL = "https://desk.example/checks/7#verdict"
# schema.org's ClaimReview as Google's "Fact Check structured data" wants it: what must be there, and of which type.
REQUIRED: dict[str, dict[str, str]] = {
    "ClaimReview": {"claimReviewed": "text", "reviewRating": "Rating", "url": "address"},
    "Rating": {"alternateName": "text"},
    "Claim": {},
    "CreativeWork": {},
    "Person": {"name": "text"},
    "Organization": {"name": "text"},
}
# Properties that these types have in schema.org, as far as we use them, and what may stand in each.
KNOWN: dict[str, dict[str, str]] = {
    "ClaimReview": {
        "claimReviewed": "text", "reviewRating": "Rating", "url": "address", "itemReviewed": "Claim",
        "author": "Organization", "datePublished": "date", "dateCreated": "date", "reviewBody": "text",
        "creativeWorkStatus": "text",
    },
    "Rating": {"alternateName": "text", "ratingValue": "number", "bestRating": "number", "worstRating": "number"},
    "Claim": {
        "author": "Person or Organization", "datePublished": "date", "inLanguage": "text",
        "appearance": "CreativeWork", "firstAppearance": "CreativeWork",
    },
    "CreativeWork": {
        "url": "address", "author": "Person or Organization", "datePublished": "date", "isPartOf": "CreativeWork",
        "name": "text", "text": "text",
    },
    "Person": {"name": "text"},
    "Organization": {"name": "text"},
}  # fmt: skip


def assert_of_type(value: Any, wanted: str) -> None:
    if wanted in ("text", "date", "address"):
        assert isinstance(value, str)
        assert value.strip()
        assert wanted != "address" or value.startswith(("https://", "http://"))
        assert wanted != "date" or value[:4].isdigit()
    elif wanted == "number":
        assert isinstance(value, int | float)
    else:
        assert value["@type"] in wanted.split(" or ")
        assert_valid(value, draft=False)


def assert_valid(node: dict[str, Any], *, draft: bool) -> None:
    kind = node["@type"]
    if not draft:
        assert not set(REQUIRED[kind]) - set(node)
    for name, value in node.items():
        if not name.startswith("@"):
            for each in value if isinstance(value, list) else [value]:
                assert_of_type(each, KNOWN[kind][name])
    if "ratingValue" in node:
        assert node["worstRating"] <= node["ratingValue"] <= node["bestRating"]
        assert node["worstRating"] < node["bestRating"]


def review(book: Casebook, case_id: str, url: str = "") -> dict[str, Any]:
    found = json.loads(claimreview.review(book, case_id, url))
    assert found["@context"] == "https://schema.org"
    return found


def make_whole(book: Casebook) -> str:
    """A case with a claimant, three appearances of the claim, and an answer to it."""
    with book.change(Op.ADD_CASE) as change:
        who = actors.add(change, ActorDraft("زلمی خلیلزاد"))
        outlet = actors.add(change, ActorDraft("Al-Mirsad", ActorKind.OUTLET))
        claim = ClaimDraft(URDU, "ur", "The vaccine is safe.", who, "2025-11-17")
        case_id = cases.add(change, CaseDraft(title="Working title"), claim)
        for draft in (
            AppearanceDraft(outlet, Role.AMPLIFICATION, "Telegram", "https://t.example/2", "2025-11-18 10:30"),
            AppearanceDraft(who, Role.ORIGIN, "X", "https://x.example/1", "2025-11-17", EMOJI),
            AppearanceDraft("", Role.AMPLIFICATION, "", "https://x.example/3", "in spring"),
            AppearanceDraft(outlet, Role.REBUTTAL, "X", "https://x.example/rebuttal"),
            AppearanceDraft(outlet, Role.ORIGIN, "a rumor with no address"),
        ):
            timeline.add(change, case_id, draft)
    return case_id


def test_a_published_review_has_all_that_is_required(book: Casebook) -> None:
    case_id = make_whole(book)
    give_verdict(book, case_id, "Mostly false", PASHTO)
    found = review(book, case_id, URL)
    assert_valid(found, draft=False)
    assert claimreview.lacking(book, case_id, URL) == ()
    assert (found["url"], found["claimReviewed"], found["reviewBody"]) == (URL, URDU, PASHTO)
    assert found["author"] == {"@type": "Organization", "name": "Kabul desk"}
    assert found["reviewRating"] == {
        "@type": "Rating", "alternateName": "Mostly false", "ratingValue": 2, "bestRating": 5, "worstRating": 1,
    }  # fmt: skip
    assert found["datePublished"] == verdicts.of_case(book, case_id)[0].decided_on
    assert "creativeWorkStatus" not in found


def test_the_claim_is_told_with_who_made_it_and_where_it_appeared(book: Casebook) -> None:
    item = review(book, make_whole(book))["itemReviewed"]
    assert (item["datePublished"], item["inLanguage"]) == ("2025-11-17", "ur")
    assert item["author"] == {"@type": "Person", "name": "زلمی خلیلزاد"}
    assert item["firstAppearance"] == {
        "@type": "CreativeWork", "url": "https://x.example/1", "author": {"@type": "Person", "name": "زلمی خلیلزاد"},
        "datePublished": "2025-11-17", "isPartOf": {"@type": "CreativeWork", "name": "X"}, "text": EMOJI,
    }  # fmt: skip
    second, third = item["appearance"]
    assert (second["author"]["@type"], second["datePublished"]) == ("Organization", "2025-11-18T10:30Z")
    assert third == {"@type": "CreativeWork", "url": "https://x.example/3"}


def test_an_answer_to_the_claim_is_no_appearance_of_it(book: Casebook) -> None:
    assert "rebuttal" not in claimreview.review(book, make_whole(book))


def test_what_is_the_desks_own_stays_there(book: Casebook) -> None:
    case_id = make_whole(book)
    give_verdict(book, case_id)
    text = claimreview.review(book, case_id, URL)
    assert "Amina" not in text
    assert "Working title" not in text


@pytest.mark.parametrize("rating", ["Unproven", "Misleading context", "Satire"])
def test_a_rating_beside_the_scale_has_words_and_no_number(book: Casebook, rating: str) -> None:
    case_id = make_case(book)
    give_verdict(book, case_id, rating)
    found = review(book, case_id, URL)
    assert found["reviewRating"] == {"@type": "Rating", "alternateName": rating}
    assert_valid(found, draft=False)


def test_without_an_address_it_is_a_draft_and_says_so(book: Casebook) -> None:
    case_id = make_case(book)
    give_verdict(book, case_id, "False")
    found = review(book, case_id)
    assert_valid(found, draft=True)
    assert found["creativeWorkStatus"] == "Draft"
    assert not {"url", "datePublished"} & set(found)
    assert found["dateCreated"]
    assert claimreview.lacking(book, case_id) == ("url",)


def test_without_a_verdict_it_is_a_draft_even_with_an_address(book: Casebook) -> None:
    case_id = make_case(book)
    found = review(book, case_id, URL)
    assert_valid(found, draft=True)
    assert (found["creativeWorkStatus"], found["url"]) == ("Draft", URL)
    assert "reviewRating" not in found
    assert claimreview.lacking(book, case_id, URL) == ("reviewRating",)
    assert claimreview.lacking(book, case_id) == ("url", "reviewRating")


def test_a_withdrawn_verdict_is_no_verdict(book: Casebook) -> None:
    case_id = make_case(book)
    makers.withdraw_verdict(book, give_verdict(book, case_id, "False", "No longer."))
    assert "No longer." not in claimreview.review(book, case_id, URL)
    assert claimreview.lacking(book, case_id, URL) == ("reviewRating",)


def test_two_verdicts_that_stand_are_two_reviews_in_the_names_of_their_desks(book: Casebook) -> None:
    case_id = make_case(book)
    first = give_verdict(book, case_id, "False", "Ours.")
    second = give_verdict(book, case_id, "True", "Theirs.")
    with book.repair() as writer:  # as a merge leaves it: another desk's verdict, which has not seen ours
        writer.execute("UPDATE verdict SET supersedes = '[]' WHERE id = :id", id=second)
        writer.execute("INSERT INTO chain (name, desk, top_number, top_op) VALUES ('other', 'desk-2', 0, x'')")
        writer.execute("UPDATE op SET chain = (SELECT id FROM chain WHERE name = 'other') WHERE thing = :id", id=second)
        writer.execute(
            """INSERT INTO desk (id, created_at, created_by, changed_at, deleted, conflicts, name, code, analyst, imprint)
            VALUES ('desk-2', '', '', '', 0, 0, 'Herat desk', 'HRT', 'Bilal', '')"""
        )
    assert {v.id for v in verdicts.standing(book, case_id)} == {first, second}
    graph = json.loads(claimreview.review(book, case_id, URL))["@graph"]
    told = {(each["author"]["name"], each["reviewRating"]["alternateName"]) for each in graph}
    assert told == {("Kabul desk", "False"), ("Herat desk", "True")}
    for each in graph:
        assert_valid(each, draft=False)


def test_several_cases_are_one_graph_in_the_order_asked_for(book: Casebook) -> None:
    ids = [make_case(book, f"Claim {n}") for n in range(3)]
    found = json.loads("".join(claimreview.reviews(book, [ids[2], ids[0]])))
    assert [each["claimReviewed"] for each in found["@graph"]] == ["Claim 2", "Claim 0"]
    assert found["@context"] == "https://schema.org"


def test_a_claim_with_markup_cannot_leave_the_script_of_a_page(book: Casebook) -> None:
    nasty = '</script><script>alert(1)</script><!-- \u2028 " \\ &'
    case_id = make_case(book, nasty)
    text = claimreview.review(book, case_id)
    assert "<" not in text
    assert "\u2028" not in text
    assert json.loads(text)["claimReviewed"] == nasty


@pytest.mark.parametrize(
    "url", ["www.desk.example", "ftp://x.example", "javascript:alert(1)", "https://", "https://a b", "http://[", "file:///x",
            "https://x.example/\n"]
)  # fmt: skip
def test_what_is_no_public_address_is_refused(book: Casebook, url: str) -> None:
    case_id = make_case(book)
    with pytest.raises(Invalid) as refused:
        claimreview.review(book, case_id, url)
    assert (refused.value.field, refused.value.problem) == ("url", "address")


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("2025", "2025"), ("2025-11", "2025-11"), ("2025-11-17", "2025-11-17"), ("2025-11-17T09:30", "2025-11-17T09:30Z"),
        (" 2025-11-17 09:30:05Z ", "2025-11-17T09:30:05Z"), ("2025-11..2025-12", None), ("2025-01-01/2025-02-01", None),
        ("last week", None), ("", None), ("2025-13", None),
    ],
)  # fmt: skip
def test_only_a_single_date_is_told(book: Casebook, words: str, date: str | None) -> None:
    case_id = make_case(book)
    with book.change(Op.EDIT_CLAIM) as change:
        claims.edit(change, claims.whole(book, case_id).id, ClaimDraft(URDU, "Urdu, spoken", claimed_on=words))
    item = review(book, case_id)["itemReviewed"]
    assert item.get("datePublished") == date
    assert "inLanguage" not in item


def test_a_deleted_case_is_not_there(book: Casebook) -> None:
    case_id = make_case(book)
    with book.change(Op.DELETE_CASE) as change:
        cases.delete(change, case_id)
    with pytest.raises(NotFound):
        claimreview.review(book, case_id)


def test_the_desk_is_called_as_it_is_called_now(book: Casebook, tmp_path: Path) -> None:
    case_id = make_case(book)
    with book.change(Op.EDIT_DESK) as change:
        desks.edit(change, name="میز", code="KBL", analyst="Amina", imprint="")
    assert review(book, case_id)["author"]["name"] == "میز"
