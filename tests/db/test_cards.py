"""The list: every case once, in order, in step with every save."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import cards, cases, citations, notes, search, verdicts
from db.cards import Card, Filter, Sort, Unsettled
from db.casebook import Casebook
from db.cases import CaseDraft
from db.claims import ClaimDraft
from db.verdicts import VerdictDraft
from db.vocabulary import Op, Priority, Status
from tests.db.union import unite
from tests.makers import edit_case, give_verdict, make_book, make_case, make_source, withdraw_verdict

MANY = 450


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casebook of many cases, many of them alike in what lists are sorted by."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLAIMDESK_HOME", str(tmp_path_factory.mktemp("home")))
        return make_many(tmp_path_factory.mktemp("many"))


@pytest.fixture
def full(many: Path) -> Iterator[Casebook]:
    with Casebook.open(many, write=False) as book:
        yield book


def make_many(folder: Path) -> Path:
    with make_book(folder) as book, book.change(Op.ADD_CASE) as change:
        for n in range(MANY):
            draft = CaseDraft(
                title=("", "Ä title", "a title", "Ложь", f"Title {n % 50}")[n % 5],
                status=tuple(Status)[n % 5],
                priority=tuple(Priority)[n % 4],
                assignee=("", "Amina", "Бек")[n % 3],
                due=("", "2026-05", "soon", "2025")[n % 4],
            )
            case_id = cases.add(change, draft, ClaimDraft(f"Claim {n % 7} о вакцине"))
            notes.tag(change, case_id, f"tag {n % 6}")
            if n % 10 == 0:
                verdicts.give(change, case_id, VerdictDraft(("False", "True", "Satire")[n // 10 % 3], "because"))
    return book.path


def pages(book: Casebook, sort: Sort, descending: bool, only: Filter = Filter()) -> list[Card]:
    found: list[Card] = []
    while page := cards.page(book, sort, descending, only, found[-1] if found else None):
        found += page
    return found


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", Sort)
def test_pages_give_every_case_once_in_order(full: Casebook, sort: Sort, descending: bool) -> None:
    found = pages(full, sort, descending)
    assert len(found) == len({card.case_id for card in found}) == MANY
    keys = dict(full.select(f"SELECT case_id, {sort} FROM case_card"))
    order = [(keys[card.case_id], card.case_id) for card in found]
    assert order == sorted(order, reverse=descending)
    assert found[: cards.PAGE] == list(cards.page(full, sort, descending))


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (Filter(status="in work"), 90),
        (Filter(rating="False"), 15),
        (Filter(rating="-"), 405),
        (Filter(tag="tag 3"), 75),
        (Filter(assignee="Бек"), 150),
        (Filter(text="Claim 3"), 64),
        (Filter(text="вакцин"), MANY),
        (Filter(text="kbl"), MANY),
        (Filter(text="ти"), 0),
        (Filter(status="received", assignee="Amina", text="claim"), 30),
        (Filter(text="nowhere to be found"), 0),
    ],
)
def test_filters_leave_what_they_say_on_every_page_and_in_the_count(
    full: Casebook, only: Filter, expected: int
) -> None:
    for sort in (Sort.CHANGED, Sort.TITLE):
        assert len(pages(full, sort, True, only)) == expected
    assert cards.count(full, only) == expected


@pytest.mark.parametrize(
    "text", ["claim", "cl", "о", "Ложь", "ложь вакцине", "ä", "0001", "tag 5", "🟠", '"', "claim 3 о"]
)
def test_the_list_finds_what_search_finds(full: Casebook, text: str) -> None:
    ids, values = search.places(text)
    sql = f"SELECT DISTINCT case_id FROM search_text WHERE id IN ({ids}) AND case_id <> ''"
    wanted = {row[0] for row in full.select(sql, **values)}
    assert {card.case_id for card in pages(full, Sort.CHANGED, True, Filter(text=text))} == wanted


def test_facets_are_what_there_is_to_choose(full: Casebook) -> None:
    facets = cards.facets(full)
    assert facets.ratings == ("False", "Satire", "True")
    assert facets.tags == tuple(f"tag {n}" for n in range(6))
    assert facets.assignees == ("Amina", "Бек")
    for rating in facets.ratings:
        assert cards.count(full, Filter(rating=rating)) > 0


def card(book: Casebook, case_id: str) -> Card:
    (found,) = cards.some(book, [case_id])
    return found


def test_a_card_follows_every_save(book: Casebook) -> None:
    case_id, other = make_case(book, "The bridge\n was  closed"), make_case(book)
    assert (card(book, case_id).title, card(book, case_id).claim) == ("The bridge was closed", "The bridge was closed")
    source = make_source(book, [case_id, other])
    assert card(book, case_id).sources == 1
    verdict = give_verdict(book, case_id, "false")
    assert (card(book, case_id).rating, card(book, case_id).rating_value) == ("False", 1.0)
    assert (card(book, case_id).verdicts, card(book, case_id).stale) == (1, False)
    with book.change(Op.EDIT_SOURCE) as change:
        change.put("source", source, {"title": "Another title"})
    assert card(book, case_id).stale
    book.undo()
    assert not card(book, case_id).stale
    before = card(book, case_id).changed_at
    withdraw_verdict(book, verdict)
    assert (card(book, case_id).rating, card(book, case_id).verdicts) == ("", 0)
    assert card(book, case_id).changed_at >= before
    with book.change(Op.TAG_CASE) as change:
        notes.tag(change, case_id, "Floods")
        assert not notes.tag(change, case_id, "floods ")
    assert card(book, case_id).tags == "Floods"
    with book.change(Op.DELETE_CITATION) as change:
        citations.delete(change, citations.of_case(book, case_id)[0].id)
    assert card(book, case_id).sources == 0
    with book.change(Op.DELETE_CASE) as change:
        cases.delete(change, case_id)
    assert cards.some(book, [case_id]) == ()
    assert cards.facets(book).tags == ()
    book.undo()
    assert card(book, case_id).tags == "Floods"


def test_what_two_desks_left_open_is_found_until_it_is_settled(tmp_path: Path) -> None:
    kabul, herat = make_book(tmp_path), make_book(tmp_path, "herat", desk="Herat desk", code="HRT", analyst="Bek")
    with kabul, herat:
        case_id, other = make_case(kabul), make_case(kabul)
        give_verdict(kabul, other, "False")
        unite(herat, kabul.path)
        for book, words, rating in ((kabul, "one", "False"), (herat, "two", "Mostly false")):
            edit_case(book, case_id, words)
            give_verdict(book, case_id, rating)
        unite(kabul, herat.path)
        assert set(card(kabul, case_id).ratings) == {"False", "Mostly false"}
        assert cards.facets(kabul).ratings == ("False", "Mostly false")
        for only, found in (
            (Filter(unsettled=Unsettled.CONFLICTS), {case_id}), (Filter(unsettled=Unsettled.VERDICTS), {case_id}),
            (Filter(rating="False"), {case_id, other}), (Filter(rating="Mostly false"), {case_id}),
            (Filter(rating="-"), set()),
        ):  # fmt: skip
            assert {card.case_id for card in pages(kabul, Sort.CHANGED, True, only)} == found
            assert cards.count(kabul, only) == len(found)
        give_verdict(kabul, case_id, "True")
        edit_case(kabul, case_id, "settled")
        assert card(kabul, case_id).ratings == ("True",)
        assert not any(pages(kabul, Sort.CHANGED, True, Filter(unsettled=what)) for what in Unsettled)


def test_a_long_text_is_cut_at_a_word() -> None:
    assert cards.shorten("word " * 50, 22) == "word word word word…"
    assert cards.shorten("x" * 50, 10) == "x" * 10 + "…"
    assert cards.shorten("short", 10) == "short"
