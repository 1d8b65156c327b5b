"""The first page of the list of cases, and search as one types."""

from __future__ import annotations

from pathlib import Path
from random import Random
from time import perf_counter

from db import cards, search
from db.casebook import Casebook
from db.store import Store
from tests.benchmarks.measure import alternate, percentile

QUERIES = 60
ROUNDS = 9


def main(casebook: Path) -> None:
    """Print what a person waits for in a casebook of many cases."""
    with Casebook.open(casebook, write=False) as book:
        number = cards.count(book)
        worst = max(
            alternate(ROUNDS, lambda s=sort, d=descending: cards.page(book, s, d))[0]
            for sort in cards.Sort
            for descending in (False, True)
        )
        print(
            f"first page of {number:,} cases, slowest of {len(cards.Sort) * 2} orders: {worst * 1000:.2f} ms (aim < 50)"
        )
        filtered = alternate(ROUNDS, lambda: cards.page(book, cards.Sort.CHANGED, True, cards.Filter(text="bridge")))[0]
        print(f"first page of {number:,} cases narrowed by a word: {filtered * 1000:.2f} ms (aim < 50)")
        _search(book, number)


def _search(book: Store, number: int) -> None:
    """Type words letter by letter; each keystroke is one query."""
    typed = _typed(book)
    times: list[list[float]] = [[], [], []]
    for text in typed:
        for place, query in enumerate((search.search, _ranked, _unranked)):
            begin = perf_counter()
            query(book, text)
            times[place].append(perf_counter() - begin)
    for share in (0.5, 0.99):
        ours, ranked, unranked = (percentile(each, share) for each in times)
        print(
            f"search as one types over {number:,} cases, {len(typed)} keystrokes, p{share * 100:.0f}: "
            f"{ours * 1000:.2f} ms (aim < 50); raw FTS5 ranked, with snippets {ranked * 1000:.2f} ms, ratio "
            f"{ours / ranked:.2f} (aim <= 2); raw FTS5 row ids alone {unranked * 1000:.2f} ms, ratio {ours / unranked:.2f}"
        )


def _typed(book: Store) -> list[str]:
    dice = Random(7)
    cases = cards.page(book, cards.Sort.TITLE)
    prefixes = []
    for _ in range(QUERIES):
        words = dice.choice(cases).claim.split()
        start = dice.randrange(max(1, len(words) - 2))
        phrase = " ".join(words[start : start + dice.choice((1, 1, 2))])
        prefixes += [phrase[:length] for length in range(1, len(phrase) + 1)]
    return prefixes


def _ranked(book: Store, text: str) -> None:
    """The same query as FTS5 is used as it comes: ranked, with the words around."""
    _, values = search.places(text)
    for table, match in (("search_part", values.get("long")), ("search_word", values.get("short"))):
        if match:
            around = "snippet(search_part, 0, '[', ']', '…', 16)" if table == "search_part" else "rowid"
            sql = f"SELECT rowid, {around} FROM {table} WHERE {table} MATCH :match ORDER BY rank LIMIT {search.MOST}"
            book.select(sql, match=match)


def _unranked(book: Store, text: str) -> None:
    """The same query for nothing but the numbers of the newest rows."""
    ids, values = search.places(text)
    book.select(f"{ids} ORDER BY id DESC LIMIT {search.MOST}", **values)
