"""Mutants of sound files through the sieve, in helper processes that each take many of them.

    python -m tests.db.hostile.fuzz [HOW MANY] [SEED]

Prints what became of them. Exits with 1 where one was let in for what it is not, left something out without a word,
or made the helper crash or hang; such mutants are kept in a folder that is named.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from db import intake, sieve
from db.casebook import Casebook
from db.errors import CasebookError, FileError
from db.store import Store, connect
from tests.db.hostile import crafted_seals
from tests.db.hostile.mutate import by_sql, mutated
from tests.db.hostile.scene import good_casebook
from tests.db.union import Answers, slice_of, unite
from tests.makers import edit_case, make_book, make_case

ROOT = Path(__file__).parents[3]
_DEADLINE = 120.0  # seconds for one file that takes a few milliseconds


@dataclass(frozen=True, slots=True)
class Seed:
    """A sound file, what it holds, and a casebook that knows some of it; none for one that knows nothing."""

    name: str
    path: Path
    known: str
    operations: frozenset[str]
    blobs: frozenset[str]
    wanted: frozenset[str]
    wanted_blobs: frozenset[str]


@dataclass(slots=True)
class Figures:
    """What became of the mutants."""

    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    ways: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0
    seconds: float = 0.0

    @property
    def count(self) -> int:
        """How many there were."""
        return self.accepted.total() + self.refused.total() + len(self.wrong)


def seeds(folder: Path) -> list[Seed]:
    """Small files of every sort: a whole casebook, one for a desk that knows half of it, a hand-over, a forked chain."""
    whole = good_casebook(folder)
    half = folder / "half.casebook"
    shutil.copy(whole, half)
    with Casebook.open(whole) as book, make_book(folder, "knows") as knows:
        case = book.value('SELECT id FROM "case"')
        unite(knows, half)
        for number in range(12):
            edit_case(book, case, f"Title {number}")
        gaps = folder / "gaps.casebook"
        make_case(book, "Another claim")
        slice_of(book, [case], gaps)
        copy = folder / "copy.casebook"
        shutil.copy(whole, copy)
        forked = _forked(folder, book, copy, case)
    _small_pages(whole, 1024)
    _small_pages(gaps, 512)
    _small_pages(forked, 4096)
    signed = folder / "signed.casebook"
    shutil.copy(gaps, signed)
    crafted_seals.sign(signed)
    made = [("whole", whole, ""), ("known", whole, str(knows.path)), ("gaps", gaps, ""), ("forked", forked, "")]
    made += [("signed", signed, "")]
    return [_seed(name, path, known) for name, path, known in made]


def _forked(folder: Path, book: Casebook, copy: Path, case: str) -> Path:
    """A desk that has merged two files which both went on with one chain."""
    with Casebook.open(copy) as other, make_book(folder, "forked") as forked:
        other._chain = book._chain
        edit_case(book, case, "On the one computer")
        edit_case(other, case, "On the other")
        unite(forked, book.path)
        unite(forked, other.path)
        assert forked.value("SELECT count(*) FROM chain WHERE forked")
    return forked.path


def _small_pages(path: Path, size: int) -> None:
    """The same in smaller pages, so that a mutation hits what is read, and without the large blob."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as sql:
        large = "SELECT id FROM blob WHERE size > 10000"
        sql.execute(f"DELETE FROM piece WHERE blob IN ({large})")
        sql.execute(f"DELETE FROM blob WHERE id IN ({large})")
        for (table,) in sql.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%VIRTUAL%'"
        ).fetchall():
            sql.execute(f"DROP TABLE {table}")
        sql.execute(f"PRAGMA page_size={size}")
        sql.execute("VACUUM")


def _seed(name: str, path: Path, known: str) -> Seed:
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as sql:
        operations, blobs = _held(sql)
    have = have_blobs = frozenset[str]()
    if known:
        with contextlib.closing(sqlite3.connect(f"file:{known}?mode=ro", uri=True)) as sql:
            have, have_blobs = _held(sql)
    return Seed(name, path, known, operations, blobs, operations - have, blobs - have_blobs)


def _held(sql: sqlite3.Connection) -> tuple[frozenset[str], frozenset[str]]:
    """The operations and the named blobs that SQLite finds in a file, by its tables alone."""
    operations = frozenset(op.hex() for (op,) in sql.execute("SELECT id FROM op NOT INDEXED"))
    blobs = sql.execute("SELECT sha256 FROM blob NOT INDEXED WHERE +sha256 IS NOT NULL")
    return operations, frozenset(digest for (digest,) in blobs)


# ---- in the helper process ----


def drive() -> None:
    """Take files as they are named on standard input, one a line, and tell what came of each."""
    sieve._limit()
    known: dict[str, Store] = {}
    for line in sys.stdin:
        path, knows = json.loads(line)
        if knows and knows not in known:
            known[knows] = Store(Path(knows), connect(Path(knows), write=False))
        print(json.dumps(_taken(Path(path), known.get(knows))), flush=True)


def _taken(path: Path, known: Store | None) -> dict[str, Any]:
    """As `intake.receive` would, but for the copying and the other process."""
    clean = path.with_name(path.name + ".clean")
    began = time.monotonic()
    try:
        data = path.read_bytes()
        intake._look_at_header(path, data, len(data))
        answer = sieve.sift(str(path), str(clean), Answers(known))  # type: ignore[arg-type]
        if "refused" in answer:
            raise intake._refusal(path, *answer["refused"])  # type: ignore[misc]
        told = intake._incoming(path, clean, "", len(data), answer["done"])  # type: ignore[arg-type]
        took = time.monotonic() - began
        return {"seen": told.seen, "signed": bool(told.signature), "took": took, **_compared(path, clean)}
    except CasebookError as refused:
        detail = refused.detail if isinstance(refused, FileError) else ""
        return {"refused": f"{type(refused).__name__} {detail[:40]}", "took": time.monotonic() - began}
    except Exception:
        return {"wrong": traceback.format_exc()}
    finally:
        clean.unlink(missing_ok=True)


def _compared(path: Path, clean: Path) -> dict[str, Any]:
    """What was let in, and what SQLite sees in the mutant."""
    found: dict[str, Any] = {}
    for name, file in (("kept", clean), ("there", path)):
        with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)) as sql:
            found[name] = [sorted(each) for each in _held(sql)]
    return found


# ---- in the process that watches ----


class Helper:
    """A process that takes many files; started anew when it dies."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.db.hostile.fuzz", "--drive"]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, path: Path, known: str) -> dict[str, Any]:
        """What came of a file."""
        assert self.process.stdin
        assert self.process.stdout
        watch = threading.Timer(_DEADLINE, self.process.kill)
        watch.start()
        try:
            self.process.stdin.write(json.dumps([str(path), known]) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
            return json.loads(line) if line.endswith("\n") else {"wrong": f"died: {self.process.wait()}"}
        except BrokenPipeError:
            return {"wrong": f"died: {self.process.wait()}"}
        finally:
            watch.cancel()
            watch.join()

    def end(self) -> None:
        """Let it end."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()


def judge(seed: Seed, way: str, answer: dict[str, Any]) -> str:
    """What is wrong with how a mutant was met; empty where nothing is."""
    if "wrong" in answer:
        return str(answer["wrong"])
    if "refused" in answer:
        return ""
    kept, blobs = map(frozenset, answer["kept"])
    there, blobs_there = map(frozenset, answer["there"])
    if not kept <= seed.operations:
        return "an operation was let in that nobody wrote"
    if not blobs <= seed.blobs:
        return "bytes were let in that nobody attached"
    expected, expected_blobs = seed.wanted, seed.wanted_blobs
    if by_sql(way):
        expected, expected_blobs = expected & there, expected_blobs & blobs_there
    if not expected <= kept:
        return "operations were left out without a word"
    if blobs != expected_blobs:
        return "bytes were left out without a word"
    if answer["signed"] and (there, blobs_there) != (seed.operations, seed.blobs):
        return "a signature was taken for one over something else"
    return "" if answer["seen"] == len(there) else "it was said to hold another number of operations"


def run(count: int, folder: Path, seed_of_dice: int, workers: int, tell: Callable[[Figures], None]) -> Figures:
    """So many mutants; those that were met wrongly stay in the folder."""
    figures, sound = Figures(), seeds(folder)
    free: SimpleQueue[Helper] = SimpleQueue()
    helpers = [Helper() for _ in range(workers)]
    for helper in helpers:
        free.put(helper)

    def one(number: int) -> tuple[int, Seed, str, dict[str, Any]]:
        dice = random.Random(f"{seed_of_dice} {number}")
        seed, path = dice.choice(sound), folder / f"mutant{number}"
        shutil.copy(seed.path, path)
        way = mutated(path, dice)
        helper = free.get()
        answer = helper.ask(path, seed.known)
        if helper.process.poll() is not None:
            helper.end()
            helper = Helper()
            helpers.append(helper)
        free.put(helper)
        return number, seed, way, answer

    began = time.monotonic()
    with ThreadPoolExecutor(workers) as pool:
        for number, seed, way, answer in pool.map(one, range(count)):
            path = folder / f"mutant{number}"
            _note(figures, f"{seed.name}, {way}, {path}", way, answer, judge(seed, way, answer))
            if not figures.wrong or str(path) not in figures.wrong[-1]:
                path.unlink()
            figures.seconds = time.monotonic() - began
            tell(figures)
    for helper in helpers:
        helper.end()
    return figures


def _note(figures: Figures, what: str, way: str, answer: dict[str, Any], wrong: str) -> None:
    figures.slowest = max(figures.slowest, answer.get("took", 0.0))
    if wrong:
        figures.wrong.append(f"{what}: {wrong}")
    elif "refused" in answer:
        figures.refused[answer["refused"]] += 1
    else:
        figures.accepted[way] += 1


def main(argv: list[str]) -> int:
    """Many mutants, and the figures."""
    count, dice = int(argv[0]) if argv else 20_000, int(argv[1]) if len(argv) > 1 else 1
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
    os.environ["CLAIMDESK_HOME"] = str(folder / "home")

    def tell(figures: Figures) -> None:
        if sys.stderr.isatty() or figures.count % 5000 == 0:
            print(f"\r{figures.count} of {count}", end="", file=sys.stderr, flush=True)

    figures = run(count, folder, dice, os.cpu_count() or 2, tell)
    print("\n".join(_told(figures)))
    if not figures.wrong:
        shutil.rmtree(folder)
    return int(bool(figures.wrong))


def _told(figures: Figures) -> Iterator[str]:
    yield f"{figures.count} mutants in {figures.seconds:.0f} s, the slowest {figures.slowest * 1000:.0f} ms"
    yield f"{figures.accepted.total()} accepted, whole and true"
    yield from (f"    {number:6}  {way}" for way, number in figures.accepted.most_common())
    yield f"{figures.refused.total()} refused"
    yield from (f"    {number:6}  {why}" for why, number in figures.refused.most_common(40))
    yield f"{len(figures.wrong)} met wrongly"
    yield from figures.wrong[:20]


if __name__ == "__main__":
    if sys.argv[1:] == ["--drive"]:
        drive()
    else:
        raise SystemExit(main(sys.argv[1:]))
