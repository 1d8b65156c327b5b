"""The helper process that reads a foreign file and writes down, in a clean file of our own, what it can vouch for.

Started by `db.intake` with two paths; asks over standard output what is known already, is told over standard input.
A foreign file that makes SQLite crash, hang or eat memory takes this process with it and nothing else.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Protocol, TextIO
from urllib.parse import quote

from db import form, log, vet
from db.exchange import seal
from db.vet import Refused

PIECE = 1 << 20
_MEMORY = 1 << 30
_MOST_OBJECTS, _MOST_CHAINS = 20_000, 100_000
_BATCH = 500
_LEAST = -1 << 63
_QUIET = 0.1  # seconds between two words about how far it is
Known = tuple[int, str, str]  # how far a chain is known, the operation there, the one at the end of the other's chain


def main(argv: Sequence[str], answers: TextIO, out: TextIO) -> int:
    """Sift one file; the last line says what became of it."""
    _limit()
    talk = _Talk(answers, out)
    talk.say(**sift(argv[0], argv[1], talk))
    return 0


def sift(foreign: str, clean: str, talk: Talk) -> dict[str, object]:
    """What became of a file: that it is done, with what it says of itself, or why it is refused."""
    try:
        with contextlib.closing(_open(foreign)) as source, contextlib.closing(_make(clean)) as target:
            return {"done": _Sieve(source, target, talk).run()}
    except Refused as refused:
        return {"refused": [refused.kind, refused.detail]}
    except sqlite3.DatabaseError as error:
        return {"refused": _told(error)}
    except UnicodeDecodeError:  # in SQLite's own words about it
        return {"refused": ["torn", "text"]}
    except (MemoryError, RecursionError):
        return {"refused": ["untrusted", "memory"]}


def _told(error: sqlite3.DatabaseError) -> list[str]:
    if not hasattr(error, "sqlite_errorcode"):  # Python's own, where bytes are no text
        return ["torn", "text"]
    full = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL
    return ["full", ""] if full else ["torn", vet.shown(str(error))]


class Talk(Protocol):
    """Who wants to know of a file."""

    def ask(self, **words: object) -> Sequence[Sequence[object]]:
        """What is known already of chains or blobs."""

    def tell(self, done: int, total: int) -> None:
        """How far it is."""


class _Talk:
    """Lines of JSON to and from the program that started us."""

    def __init__(self, answers: TextIO, out: TextIO) -> None:
        self._answers, self._out = answers, out
        self._writing = threading.Lock()
        self._far = [0, 1]
        threading.Thread(target=self._keep_telling, daemon=True).start()

    def say(self, **words: object) -> None:
        with self._writing:
            self._out.write(json.dumps(words) + "\n")
            self._out.flush()

    def ask(self, **words: object) -> list[list[object]]:
        self.say(**words)
        answer: list[list[object]] = json.loads(self._answers.readline())
        return answer

    def tell(self, done: int, total: int) -> None:
        self._far = [min(done, total), total]

    def _keep_telling(self) -> None:
        """A word from time to time, also while SQLite is busy: whoever waits can stop us at each."""
        while True:
            time.sleep(_QUIET)
            try:
                self.say(step=self._far)
            except OSError:  # whoever waited was killed, and nobody else would ever stop us
                os._exit(1)


class _Sieve:
    """One foreign file, from its schema to its last blob."""

    def __init__(self, source: sqlite3.Connection, target: sqlite3.Connection, talk: Talk) -> None:
        self._source, self._target, self._talk = source, target, talk
        self._done = self._total = 0

    def run(self) -> Mapping[str, object]:
        self._tables()
        facts = vet.meta(self._rows("SELECT name, value FROM meta"))
        self._target.execute("BEGIN")
        self._target.executemany("INSERT INTO meta VALUES (?, ?)", facts.items())
        operations, seen = self._chains()
        blobs = self._blobs()
        self._target.execute("COMMIT")
        told = {"casebook": facts["casebook"], "desk": facts["desk"], "purpose": facts.get("purpose", "")}
        signed = self._signed(facts) if facts.get("signature") else ""
        return {**told, "operations": operations, "seen": seen, "blobs": blobs, "facts": facts, "signed": signed}

    def _signed(self, facts: Mapping[str, str]) -> str:
        """What the signature of the file is over: all of it, also what is known already.

        Read from the tables themselves: an index may have other ids than the rows that were looked at.
        """
        operations = (row[0] for row in self._rows("SELECT id FROM op NOT INDEXED"))
        digests = (row[0] for row in self._rows("SELECT sha256 FROM blob NOT INDEXED WHERE sha256 IS NOT NULL"))
        return seal.content(facts, operations, digests).decode()  # type: ignore[arg-type]

    def _tables(self) -> None:
        """The schema is ours, and SQLite finds the tables sound; indexes too, where looking at them costs little."""
        sql = "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema"
        vet.schema(self._rows(sql, most=_MOST_OBJECTS))
        for table in form.TABLES:
            check = "quick_check" if table == "op" else "integrity_check"
            for (line,) in self._rows(f"PRAGMA {check}('{table}')"):
                if line != "ok":
                    raise Refused("torn", vet.shown(str(line)))

    def _rows(self, sql: str, values: Sequence[object] = (), most: int = 1 << 60) -> Iterator[Sequence[object]]:
        for number, row in enumerate(self._source.execute(sql, values)):
            if number >= most:
                raise Refused("untrusted", "too many")
            yield row

    def _chains(self) -> tuple[int, int]:
        """Take over the operations that are not known; returns how many, and how many the file has."""
        sql = "SELECT id, name, desk, top_number, top_op, forked FROM chain"
        chains = list(self._rows(sql, most=_MOST_CHAINS))
        for row in chains:
            vet.chain(*row[1:])
        if self._source.execute("SELECT 1 FROM op WHERE chain NOT IN (SELECT id FROM chain)").fetchone():
            raise Refused("untrusted", "chain")
        asked = [[name, number, top.hex(), forked] for _, name, _, number, top, forked in chains]  # type: ignore[attr-defined]
        known = {str(name): (base, op, there) for name, base, op, there in self._talk.ask(chains=asked)}
        total = self._count("op")
        self._total = total + self._count("piece") * 20
        kept = passed = 0
        for number, row in enumerate(chains, 1):
            base, op = self._base(row, known.get(str(row[1])))  # type: ignore[arg-type]
            self._target.execute("INSERT INTO chain VALUES (?, ?, ?, ?, ?, ?)", (number, *row[1:]))
            kept += self._operations(number, row, base, op)
            passed += self._passed(row[0], base)
        if kept + passed != total:  # the index that leads to them has others than the table
            raise Refused("torn", "operations")
        return kept, total

    def _base(self, chain: Sequence[object], known: Known | None) -> tuple[int, bytes]:
        """Up to which number, and which operation, a chain is ours already: both are one line up to there."""
        if known is not None and not chain[5]:
            base, op, there = known
            row, _, _, number, _, _ = chain
            assert isinstance(number, int)
            if number < base:
                base, op = number, there
            here = self._rows("SELECT id FROM op WHERE chain = ? AND number = ?", (row, base))
            if [found for (found,) in here] == [bytes.fromhex(op)]:
                return base, bytes.fromhex(op)
        return 0, log.NO_OP

    def _passed(self, chain: object, base: int) -> int:
        """How many operations of a chain are passed over, as ours already."""
        sql = "SELECT count(*) FROM op WHERE chain = ? AND number BETWEEN 1 AND ?"
        return int(self._source.execute(sql, (chain, base)).fetchone()[0]) if base else 0

    def _operations(self, number: int, chain: Sequence[object], base: int, op: bytes) -> int:
        sql = f"SELECT {vet.OP_COLUMNS} FROM op WHERE chain = ? AND number > ? ORDER BY number"
        into = f"INSERT INTO op (chain, {vet.OP_COLUMNS}) VALUES (?{', ?' * 14})"
        walk = _Walk(base, op)

        def vetted() -> Iterator[tuple[object, ...]]:
            for row in self._rows(sql, (chain[0], base or _LEAST)):
                vet.operation(str(chain[1]), str(chain[2]), row)
                walk.step(row)
                self._forward(1)
                yield number, *row

        kept = self._target.executemany(into, vetted()).rowcount
        if not chain[5] and walk.end() != tuple(chain[3:5]):
            raise Refused("torn", "chain")
        return kept

    def _blobs(self) -> int:
        """Take over the blobs that are wanted, each whole and true to its name."""
        kept = 0
        for batch in _batches(self._rows("SELECT id, sha256, size FROM blob WHERE sha256 IS NOT NULL")):
            there = {vet.digest(digest): (row, size) for row, digest, size in batch}
            for (digest,) in self._talk.ask(blobs=list(there)):
                kept += 1
                self._blob(kept, str(digest), *there[str(digest)])
        return kept

    def _blob(self, number: int, digest: str, row: object, size: object) -> None:
        self._target.execute("INSERT INTO blob VALUES (?, ?, ?)", (number, digest, size))
        found, length = sha256(), 0
        for place, piece in self._pieces(row):
            found.update(piece)
            length += len(piece)
            self._target.execute("INSERT INTO piece VALUES (?, ?, ?)", (number, place, piece))
            self._forward(20)
        if (found.hexdigest(), length) != (digest, size):
            raise Refused("untrusted", "blob")

    def _pieces(self, blob: object) -> Iterator[tuple[int, bytes]]:
        sql = "SELECT number, data FROM piece WHERE blob = ? ORDER BY number"
        last = PIECE
        for place, (number, data) in enumerate(self._rows(sql, (blob,))):
            if number != place or not isinstance(data, bytes) or len(data) > PIECE or last != PIECE:
                raise Refused("untrusted", "blob")
            last = len(data)
            yield place, data

    def _count(self, table: str) -> int:
        return int(self._source.execute(f"SELECT count(*) FROM {table} NOT INDEXED").fetchone()[0])

    def _forward(self, by: int) -> None:
        self._done += by
        self._talk.tell(self._done, self._total)


class _Walk:
    """Follows a chain, from its beginning or a place up to which it is one line, as far as it is one."""

    def __init__(self, number: int = 0, top: bytes = log.NO_OP) -> None:
        self._number, self._top = number, top
        self._straight = True

    def step(self, row: Sequence[object]) -> None:
        found, number, previous = row[:3]
        self._straight = self._straight and (number, previous) == (self._number + 1, self._top)
        if self._straight:
            assert isinstance(number, int)
            assert isinstance(found, bytes)
            self._number, self._top = number, found

    def end(self) -> tuple[int, bytes]:
        return self._number, self._top


def _batches(rows: Iterable[Sequence[object]]) -> Iterator[list[Sequence[object]]]:
    batch: list[Sequence[object]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


_FUNCTIONS = frozenset(("count",))
_PRAGMAS = frozenset(("quick_check", "integrity_check"))


def _permit(action: int, first: str | None, second: str | None, _: str | None, inner: str | None) -> int:
    """Allow reading the exchange tables and the schema, and checking them; deny all else, and any trigger."""
    if inner is not None:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_SELECT:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_READ and first in (*form.TABLES, "sqlite_master", "sqlite_schema"):
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION and second in _FUNCTIONS:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA and first in _PRAGMAS:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _open(path: str) -> sqlite3.Connection:
    """The foreign file, which nobody else has: read-only, as if it could not change, with little allowed."""
    connection = sqlite3.connect(f"file:{quote(os.fsencode(path))}?mode=ro&immutable=1", uri=True, isolation_level=None)
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "query_only=ON", "cache_size=-16384"):
        connection.execute(f"PRAGMA {pragma}")
    for limit, most in (
        (sqlite3.SQLITE_LIMIT_LENGTH, log.LONGEST_BODY * 4), (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000),
        (sqlite3.SQLITE_LIMIT_COLUMN, 200), (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 20),
        (sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 3), (sqlite3.SQLITE_LIMIT_VDBE_OP, 25_000),
        (sqlite3.SQLITE_LIMIT_FUNCTION_ARG, 8), (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
        (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1), (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
    ):  # fmt: skip
        connection.setlimit(limit, most)
    connection.set_authorizer(_permit)
    return connection


def _make(path: str) -> sqlite3.Connection:
    """The clean file; it is thrown away when this fails, so nothing waits for the disk."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    form.create(connection)
    return connection


def _limit() -> None:
    """Let this process have no more than it needs. Windows knows no such limits: there the deadline alone holds."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415 (POSIX only)

        for what, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NOFILE, 64)):
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:], sys.stdin, sys.stdout))
