"""One save against one plain fsynced insert with the same pragmas."""

from __future__ import annotations

import sqlite3
from itertools import count
from pathlib import Path

from db import cards, cases
from db.casebook import Casebook
from db.vocabulary import Op
from tests.benchmarks.measure import alternate, say

ROUNDS = 200


def main(casebook: Path, folder: Path) -> None:
    """Change the title of a case, over and over, in a casebook of many cases."""
    plain = sqlite3.connect(folder / "plain.db", isolation_level=None)
    plain.executescript("PRAGMA page_size=8192; PRAGMA synchronous=EXTRA; CREATE TABLE t (id TEXT, title TEXT)")
    with Casebook.open(casebook) as book:
        case_id = cards.page(book, cards.Sort.REFERENCE)[7].case_id
        number = count()

        def save() -> None:
            with book.change(Op.EDIT_CASE) as change:
                cases.edit(change, case_id, cases.CaseDraft(title=f"Title number {next(number)}"))

        def insert() -> None:
            plain.execute("INSERT INTO t VALUES (?, ?)", (case_id, f"Title number {next(number)}"))

        ours, baseline = alternate(ROUNDS, save, insert)
    plain.close()
    say("one save", ours, baseline, "plain fsynced insert", "<= 1.5")
