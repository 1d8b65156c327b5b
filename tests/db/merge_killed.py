"""Merges that are killed at a random moment, or run out of disk: each is wholly there or wholly absent.

    python -m tests.db.merge_killed kill MINE THEIRS ROUNDS SEED
    python -m tests.db.merge_killed full MINE THEIRS

Run by test_merge_survives.py; prints what became of the rounds, and every problem.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import sys
import time
from pathlib import Path

from db import check, intake, merge
from db.casebook import Casebook, Closed
from db.errors import DiskFailed, DiskFull
from tests.db.union import digest, unite


def take_in(mine: Path, theirs: Path) -> None:
    """One merge, as a person makes it."""
    with Casebook.open(mine) as book, intake.receive(theirs, book) as incoming:
        book.catch_up(merge.apply(book.path, incoming).notice)


def states(mine: Path, theirs: Path) -> tuple[str, str]:
    """What the casebook says without the merge, and with it."""
    after = mine.with_name("after.casebook")
    shutil.copy(mine, after)
    with Casebook.open(after) as book:
        before = repr(digest(book))
        unite(book, theirs)
        return before, repr(digest(book))


def kill(mine: Path, theirs: Path, rounds: int, seed: int) -> dict[str, object]:
    """Kill one merge after another, each in a fresh copy."""
    dice, (before, after) = random.Random(seed), states(mine, theirs)
    told: dict[str, int] = {"absent": 0, "whole": 0, "hot": 0}
    problems: list[str] = []
    work = mine.with_name("work.casebook")
    started = time.monotonic()
    shutil.copy(mine, work)
    take_in(work, theirs)
    whole = time.monotonic() - started
    for turn in range(rounds):
        shutil.copy(mine, work)
        child = os.fork()
        if not child:
            try:
                take_in(work, theirs)
            finally:
                os._exit(0)
        time.sleep(dice.uniform(0, whole * 1.2))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        told["hot"] += Path(f"{work}-journal").exists()
        problems += judge(work, before, after, told, f"round {turn}")
    return {**told, "problems": problems}


def full(mine: Path, theirs: Path) -> dict[str, object]:
    """Let the disk be full at one size after another."""
    before, after = states(mine, theirs)
    told: dict[str, int] = {"absent": 0, "whole": 0, "refused": 0}
    problems: list[str] = []
    work = mine.with_name("work.casebook")
    size, end = 1, mine.with_name("after.casebook").stat().st_size + (1 << 16)
    while size < end:
        shutil.copy(mine, work)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        try:
            take_in(work, theirs)
        except (DiskFull, DiskFailed):
            told["refused"] += 1
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        problems += judge(work, before, after, told, f"{size} bytes")
        size += 24 * 1024
    return {**told, "problems": problems}


def in_use(work: Path) -> bool:
    """Whether somebody holds the lock of the file."""
    with Casebook.open(work) as book:
        return book.closed is Closed.IN_USE


def judge(work: Path, before: str, after: str, told: dict[str, int], where: str) -> list[str]:
    """What is wrong with the file now."""
    while in_use(work):  # what was killed while it started its helper leaves the lock to it for an instant
        time.sleep(0.01)
    with Casebook.open(work) as book:
        found = repr(digest(book))
        told["absent"] += found == before
        told["whole"] += found == after
        wrong = [] if found in (before, after) else [f"{where}: a part of the merge"]
        if not book.writable:
            wrong.append(f"{where}: {book.closed}")
        return [*wrong, *(f"{where}: {problem}" for problem in check.check(book).problems)]


if __name__ == "__main__":
    what, mine_name, theirs_name, *more = sys.argv[1:]
    paths = Path(mine_name), Path(theirs_name)
    print(json.dumps(kill(*paths, *map(int, more)) if what == "kill" else full(*paths)))
