"""Merging against SQLite's own ATTACH and INSERT OR IGNORE … SELECT over the same operations and tables."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from random import Random
from time import process_time

from db import cases, citations, intake, merge, sources
from db.casebook import Casebook
from db.cases import CaseDraft
from db.citations import CitationDraft
from db.claims import ClaimDraft
from db.kinds import Kind
from db.sources import SourceDraft
from db.vocabulary import Op, Stance
from tests.benchmarks.corpus import sentence
from tests.benchmarks.measure import alternate, say, seconds

_CASES, _SOURCES = 10_000, 10
_DELTA = 1000
_ROUNDS = 5


def main(large: Path, folder: Path) -> None:
    """Take a casebook of many sources in, then nothing, then a little."""
    many = folder / "many.casebook"
    build(many)
    first(many, folder)
    little(large, folder)


def build(path: Path, number: int = _CASES) -> None:
    """Cases with ten sources each, which no other case cites."""
    dice = Random(1)
    with Casebook.create(path, "Other desk", "OTH", "Bilal") as book:
        for start in range(0, number, 1000):
            with book.change(Op.ADD_CASE) as change:
                for _ in range(start, min(start + 1000, number)):
                    case = cases.add(change, CaseDraft(title=sentence(dice, 5)), ClaimDraft(sentence(dice, 15)))
                    for _ in range(_SOURCES):
                        draft = SourceDraft(sentence(dice, 6), url="https://example.org/x", note=sentence(dice, 12))
                        source = sources.add(change, draft)
                        citations.cite(
                            change, case, source, CitationDraft(Stance.SUPPORTS, quotation=sentence(dice, 10))
                        )


def first(many: Path, folder: Path) -> None:
    """Everything is new, then nothing is; in a process of its own, whose memory is measured."""
    ours, plain = folder / "ours.casebook", folder / "plain.casebook"
    for path in (ours, plain):
        Casebook.create(path, "Bench desk", "BEN", "Amina").close()
    with Casebook.open(ours) as book:
        Received(many, book).report()
        with intake.receive(many, book) as incoming:
            baseline = seconds(lambda: copy(plain, many))
            say(
                f"first merge of {incoming.operations:,} operations", seconds(lambda: merge.apply(ours, incoming)),
                baseline, "ATTACH and INSERT OR IGNORE", "<= 4",
            )  # fmt: skip
    with Casebook.open(ours) as book, intake.receive(many, book) as nothing:
        again, plainly = alternate(_ROUNDS, lambda: merge.apply(ours, nothing), lambda: copy(plain, many))
        say("nothing new", again, plainly, "the same once more", "< 1, < 50 ms")
    command = [sys.executable, "-m", "tests.benchmarks.merging", str(many), str(folder / "memory.casebook")]
    told = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout
    print(f"memory of looking over and merging: {told.strip()} MB (aim < 250)")


class Received:
    """How long it takes to look a file over, with the helper process."""

    def __init__(self, path: Path, book: Casebook) -> None:
        def receive() -> None:
            with intake.receive(path, book) as incoming:
                self.incoming = incoming

        self.took = seconds(receive)

    def report(self) -> None:
        """Print it."""
        size = self.incoming.size / 1e6
        print(f"looked over: {self.took:.2f} s for {self.incoming.operations:,} operations, {size:.0f} MB")


def copy(target: Path, source: Path) -> None:
    """What SQLite does by itself: the log and the tables, by key, without a look at what they say."""
    connection = sqlite3.connect(target, isolation_level=None)
    with contextlib.closing(connection):
        connection.execute("PRAGMA synchronous=EXTRA")
        connection.execute("ATTACH ? AS theirs", (str(source),))
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "INSERT OR IGNORE INTO chain SELECT id + 1000000, name, desk, top_number, top_op, forked FROM theirs.chain"
        )
        columns = (
            "number, previous, made_at, analyst, verb, save, undoes, kind, thing, generation, parents, body_hash, body"
        )
        connection.execute(f"""INSERT OR IGNORE INTO op (id, chain, {columns})
            SELECT id, chain + 1000000, {columns} FROM theirs.op""")
        for kind in Kind:
            connection.execute(f'INSERT OR IGNORE INTO "{kind}" SELECT * FROM theirs."{kind}"')
        connection.execute("INSERT OR IGNORE INTO head SELECT * FROM theirs.head")
        connection.execute("COMMIT")


def little(large: Path, folder: Path) -> None:
    """A thousand operations more, in a casebook of very many."""
    mine, theirs = folder / "mine.casebook", folder / "theirs.casebook"
    for path in (mine, theirs):
        shutil.copy(large, path)
    with Casebook.open(theirs) as book, book.change(Op.EDIT_CASE) as change:
        for (case,) in book.select('SELECT id FROM "case" ORDER BY id DESC LIMIT :most', most=_DELTA):
            change.put(Kind.CASE, case, {"assignee": "Somebody new"})
    with Casebook.open(mine) as book:
        Received(theirs, book).report()
        with intake.receive(theirs, book) as incoming:
            began = process_time()
            took = seconds(lambda: merge.apply(mine, incoming))
            total = book.value("SELECT count(*) FROM op")
            print(
                f"{incoming.operations:,} new operations into {total:,}: {process_time() - began:.2f} s of CPU, "
                f"{took:.2f} s (aim 0.5 s of CPU)"
            )


if __name__ == "__main__":
    import resource

    os.environ.setdefault("CLAIMDESK_HOME", str(Path(sys.argv[2]).parent / "home"))
    with (
        Casebook.create(Path(sys.argv[2]), "Bench desk", "BEN", "Amina") as memory,
        intake.receive(Path(sys.argv[1]), memory) as taken,
    ):
        merge.apply(memory.path, taken)
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"{most / 1024:.0f}")
