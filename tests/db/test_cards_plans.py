"""However a filter is answered, it is answered alike: SQLite is led by an index, walks the list, or looks near first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from db import cards
from db.cards import Filter, Sort, Unsettled
from db.casebook import Casebook
from tests.benchmarks.corpus import build

FILTERS = [
    Filter(text, status, rating, tag, assignee)
    for text, status, rating, tag, assignee in product(
        ("", "m", "min", "وزیر", "mi bo"), ("", "in work"), ("", "-", "False"), ("", "flood"), ("", "Amina")
    )
]
FILTERS += [
    Filter(text, "", rating, "", "", what) for text in ("", "m") for rating in ("", "False") for what in Unsettled
]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLAIMDESK_HOME", str(folder))
        build(folder / "many.casebook", 300)
        with Casebook.open(folder / "many.casebook") as book, book.repair() as writer:  # as merges would leave it
            writer.execute("UPDATE case_card SET conflicts = 1 + length(title) % 3 WHERE length(title) % 7 = 0")
            writer.execute("""UPDATE case_card SET verdicts = 2, rating = 'False' || char(10) || 'Mostly false'
                WHERE length(title) % 5 = 0""")
            writer.execute("UPDATE case_card SET stale = 1 WHERE length(title) % 4 = 0 AND verdicts > 0")
    return folder / "many.casebook"


@pytest.fixture
def book(many: Path) -> Iterator[Casebook]:
    with Casebook.open(many, write=False) as book:
        yield book


def listed(book: Casebook, sort: Sort, descending: bool, only: Filter, most: int) -> list[str]:
    found: list[cards.Card] = []
    while page := cards.page(book, sort, descending, only, found[-1] if found else None, most):
        found += page
    return [card.case_id for card in found]


@pytest.mark.parametrize(("sort", "descending"), [(Sort.CHANGED, True), (Sort.TITLE, False), (Sort.RATING, True)])
def test_every_way_lists_the_same_cases_in_the_same_order(
    book: Casebook, monkeypatch: pytest.MonkeyPatch, sort: Sort, descending: bool
) -> None:
    whole = listed(book, sort, descending, Filter(), 1000)
    for only in FILTERS:
        answers = []
        for dearer, counted in ((0, 20_000), (1e12, 20_000), (5, 3)):
            monkeypatch.setattr(cards, "_DEARER", dearer)
            monkeypatch.setattr(cards, "_DEARER_THAN_WORDS", dearer)
            monkeypatch.setattr(cards, "_COUNTED", counted)
            monkeypatch.setattr(cards, "_NEAR", 40)
            answers.append(listed(book, sort, descending, only, 7))
            assert cards.count(book, only) == len(answers[-1])
        assert answers[0] == answers[1] == answers[2], only
        assert answers[0] or only.text or not only.unsettled, only
        assert answers[0] == [case_id for case_id in whole if case_id in set(answers[0])]


def test_no_more_is_counted_than_asked_for(book: Casebook) -> None:
    assert cards.count(book, Filter(text="m"), 5) == 5
