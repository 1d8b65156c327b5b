"""Looking for cases with the same claim, against reading every claim and comparing it."""

from __future__ import annotations

from pathlib import Path
from random import Random
from time import perf_counter

from rapidfuzz import fuzz, process

from db import cards, likeness
from db.casebook import Casebook
from db.store import Store
from tests.benchmarks.measure import percentile

CASES = 40


def main(casebook: Path) -> None:
    """Print what a look takes in a casebook of many cases, and what all pairs with some that arrived take."""
    with Casebook.open(casebook, write=False) as book:
        number = cards.count(book)
        ids = Random(11).sample([row[0] for row in book.select("SELECT case_id FROM case_card")], CASES)
        times: list[list[float]] = [[], []]
        for case_id in ids:
            for place, look in enumerate((likeness.suggest, _all)):
                begin = perf_counter()
                look(book, case_id)
                times[place].append(perf_counter() - begin)
        ours, baseline = (percentile(each, 0.5) for each in times)
        print(
            f"cases like one among {number:,}, p50: {ours * 1000:.0f} ms, p99: {percentile(times[0], 0.99) * 1000:.0f} ms "
            f"(aim < 1000); rapidfuzz over every claim {baseline * 1000:.0f} ms, ratio {ours / baseline:.2f}"
        )
        begin = perf_counter()
        likeness.suggest_between(book, ids)
        each = (perf_counter() - begin) / CASES
        print(f"cases that arrived, each compared with {number:,}: {each * 1000:.0f} ms (aim < 1000)")


def _all(book: Store, case_id: str) -> None:
    """What the library does with every claim there is, read as it stands in the index."""
    rows = book.select("SELECT case_id, folded FROM search_text WHERE kind = 'claim'")
    (mine,) = [text for found, text in rows if found == case_id]
    process.extract(mine, [text for _, text in rows], scorer=fuzz.token_set_ratio, score_cutoff=68, limit=20)
