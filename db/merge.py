"""Uniting casebooks: the union of their operations, projected again where it grew; wholly or not at all.

Taking the same file twice adds nothing, and the order of merges does not matter, because operations are named by their
content and decided by cause (see `db.project`).
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from db import check, custody, derived, identity, log, projection
from db.change import Notice
from db.errors import Damaged, Untrusted
from db.exchange import peers
from db.fields import FIELDS
from db.intake import Incoming
from db.kinds import Kind
from db.progress import SILENT, Cancelled, Progress, Share
from db.store import Store, Writer, connect, transaction

_SAMPLE = 200
_OPS = "made_at, analyst, verb, save, undoes, kind, thing, generation, parents, body_hash, body"
_TURNS = 200_000
_CACHE = 32 << 10  # KiB: what does not fit is written early, and holds up who reads meanwhile
_BEYOND = 1 << 40  # where a preview counts on: no save that is made meanwhile gets there


@dataclass(frozen=True, slots=True)
class Arrival:
    """One merge as it was made: from which file of which desk, and which operations came (`first` to `last`)."""

    id: int
    arrived_at: str
    file: str
    sha256: str
    desk: str
    first: int
    last: int
    backup: str
    reversed_at: str

    @property
    def operations(self) -> int:
        """How many operations came."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did: the arrival, none where no operation was new; the notice is for those who show the casebook.

    `digests` name the bytes that came.
    """

    arrival: Arrival | None
    notice: Notice = field(repr=False)
    digests: frozenset[str] = frozenset()


def apply(casebook: Path, incoming: Incoming, progress: Progress = SILENT, backup: str = "") -> Merged:
    """Take everything that is new into a casebook, in one transaction over a connection of its own.

    Whoever has the casebook open tells it by `Casebook.catch_up`. Raises `Untrusted` where the operations cannot
    belong together, and `Cancelled`; then nothing was changed.
    """
    with (
        _joined(casebook, incoming, write=True, progress=progress) as (connection, steps),
        transaction(connection, casebook) as writer,
    ):
        first = _next(writer)
        before = int(writer.value("SELECT count(*) FROM op"))
        _refuse_stolen_chains(writer)
        _take_operations(writer)
        last = _next(writer) - 1
        if last < first:
            late = _take_blobs(writer, unknown=False)
            return Merged(None, Notice("merge", _late(writer, late)), late)
        walk_chains(writer, first)
        came = writer.select("SELECT DISTINCT thing, kind FROM op WHERE n >= :n", n=first)
        things = list(dict.fromkeys(thing for thing, _ in came))
        shown = derived.shown(writer, projection.by_kind(came))
        touched = projection.reproject(writer, things, Share(steps, 10, 60))
        _refuse_foreign_ratings(writer, touched)
        came_along = _take_blobs(writer, unknown=len(things) > sum(map(len, touched.values())))
        derived.refresh(writer, touched, Share(steps, 60, 100), shown)
        _check(writer, before, first, last, things)
        arrival = _note(writer, incoming, first, last, backup)
        if incoming.signature:
            peers.meet(writer, incoming.signature)
    return Merged(arrival, Notice("merge", {kind: frozenset(ids) for kind, ids in touched.items()}), came_along)


class Preview(Store):
    """A casebook as it would be: every reading function can be asked. What would arrive is from `first` on."""

    def __init__(self, path: Path, connection: sqlite3.Connection, first: int, last: int) -> None:
        super().__init__(path, connection)
        self.first = first
        self.last = last

    def hand_on(self) -> None:
        """Let another thread read from here on; the work that made this can be cancelled no more."""
        self._connection.set_progress_handler(None, 0)


@contextmanager
def preview(casebook: Path, incoming: Incoming, progress: Progress = SILENT) -> Iterator[Preview]:
    """The casebook as it would be after a merge, for reading; nothing is written to it."""
    with _joined(casebook, incoming, write=False, progress=progress) as (connection, steps):
        writer = Writer(casebook, connection)
        for pragma in ("query_only=OFF", "temp_store=FILE", "temp.journal_mode=OFF"):
            connection.execute(f"PRAGMA {pragma}")  # the file is opened for reading only; what is written is temporary
        _refuse_stolen_chains(writer)
        _overlay_log(writer)
        things = [thing for (thing,) in writer.select("SELECT DISTINCT thing FROM temp.op WHERE n > :n", n=_BEYOND)]
        with _overlaid_tables(writer):
            touched = projection.reproject(writer, things, Share(steps, 10, 100))
        _refuse_foreign_ratings(writer, touched)
        last = writer.value("SELECT coalesce(max(place), :none) FROM temp.fresh", none=_BEYOND)
        yield Preview(casebook, connection, _BEYOND + 1, last)


@dataclass(slots=True)
class _Steps:
    """Progress that can be asked again, while SQLite is busy with one long statement."""

    whole: Progress
    last: tuple[int, int] = (0, 100)
    stopped: Cancelled | None = None

    def step(self, done: int, total: int) -> None:
        self.last = (done, total)
        self.whole.step(done, total)

    def turn(self) -> int:
        """Whether the statement is to be broken off."""
        try:
            self.whole.step(*self.last)
        except Cancelled as cancelled:
            self.stopped = cancelled
        return int(self.stopped is not None)


@contextmanager
def _joined(
    casebook: Path, incoming: Incoming, *, write: bool, progress: Progress
) -> Iterator[tuple[sqlite3.Connection, _Steps]]:
    """A connection to a casebook that sees what is incoming beside it; long statements can be cancelled."""
    connection, steps = connect(casebook, write=write, moves=not write), _Steps(progress)
    try:
        uri = f"file:{quote(os.fsencode(incoming.clean))}?mode=ro&immutable=1"
        connection.execute("ATTACH :uri AS incoming", {"uri": uri})
        connection.execute(f"PRAGMA cache_size=-{_CACHE}")
        connection.set_progress_handler(steps.turn, _TURNS)
        yield connection, steps
    except sqlite3.OperationalError:
        if steps.stopped:
            raise steps.stopped from None
        raise
    finally:
        connection.close()


def _next(store: Store) -> int:
    return int(store.value("SELECT coalesce(max(n), 0) + 1 FROM main.op"))


def _refuse_stolen_chains(store: Store) -> None:
    """A chain is one desk's for ever: its name stands in each of its operations."""
    sql = "SELECT 1 FROM incoming.chain i JOIN main.chain c ON c.name = i.name WHERE c.desk <> i.desk"
    if store.one(sql):
        raise Untrusted(store.path, "chain")


def _refuse_foreign_ratings(store: Store, touched: Mapping[Kind, set[str]]) -> None:
    """The labels of a desk's scale, and their numbers, are set by that desk alone."""
    sql = """SELECT 1 FROM rating r JOIN scale s ON s.id = r.scale_id JOIN op o ON o.thing = r.id
        JOIN chain c ON c.id = o.chain WHERE c.desk <> s.desk_id"""
    if touched.keys() & {Kind.SCALE, Kind.RATING} and store.one(sql):
        raise Untrusted(store.path, "desk")


def _take_operations(writer: Writer) -> None:
    writer.execute(
        """INSERT OR IGNORE INTO main.chain (name, desk, top_number, top_op)
        SELECT name, desk, 0, :none FROM incoming.chain ORDER BY id""",
        none=log.NO_OP,
    )
    writer.execute(
        f"""INSERT INTO main.op (id, chain, number, previous, {_OPS})
        SELECT i.id, c.id, i.number, i.previous, {_OPS} FROM incoming.op i
        JOIN incoming.chain t ON t.id = i.chain JOIN main.chain c ON c.name = t.name
        WHERE NOT EXISTS (SELECT 1 FROM main.op o WHERE o.id = i.id) ORDER BY i.n"""
    )


def walk_chains(writer: Writer, first: int) -> None:
    """Say anew how far each chain with an operation from `first` on is one line, and whether it forks."""
    sql = """SELECT c.id, c.top_number, c.top_op, c.forked, min(o.number) FROM op o JOIN chain c ON c.id = o.chain
        WHERE o.n >= :first GROUP BY c.id"""
    for chain, number, top, forked, lowest in writer.select(sql, first=first):
        from_start = forked or lowest <= number
        walk_chain(writer, chain, *((0, log.NO_OP) if from_start else (number, top)))


def walk_chain(writer: Writer, chain: int, number: int, top: bytes) -> None:
    """Say anew how far a chain is one line, from a place up to which it is; and whether it forks."""
    sql = "SELECT number, id, previous FROM op WHERE chain = :chain AND number > :number ORDER BY number, id"
    rows = writer.stream(sql, chain=chain, number=number)
    straight, forked = True, False
    last, last_op = number, top
    for here, same in groupby(rows, key=lambda row: row[0]):
        (_, found, previous), *others = same
        linked = previous == last_op if here == last + 1 else None
        forked = forked or bool(others) or linked is False
        straight = straight and linked is True and not others
        if straight:
            number, top = here, found
        last, last_op = here, found
    writer.execute(
        "UPDATE chain SET top_number = :number, top_op = :top, forked = :forked WHERE id = :chain",
        number=number,
        top=top,
        forked=int(forked),
        chain=chain,
    )


def _take_blobs(writer: Writer, *, unknown: bool) -> frozenset[str]:
    """Take the bytes that attachments point at; where there are things we do not know, all that came.

    What this desk erased does not come back. Returns the digests of what came.
    """
    wanted = "" if unknown else "AND i.sha256 IN (SELECT sha256 FROM attachment)"
    new = f"""FROM incoming.blob i WHERE NOT EXISTS (SELECT 1 FROM main.blob b WHERE b.sha256 = i.sha256) {wanted}
        AND i.sha256 NOT IN ({custody.ERASED})"""
    digests = frozenset(digest for (digest,) in writer.select(f"SELECT i.sha256 {new}"))
    writer.execute(f"INSERT INTO main.blob (sha256, size) SELECT i.sha256, i.size {new} ORDER BY i.id")
    writer.execute(
        """INSERT INTO main.piece SELECT b.id, p.number, p.data FROM incoming.blob i
        JOIN main.blob b ON b.sha256 = i.sha256 JOIN incoming.piece p ON p.blob = i.id
        WHERE NOT EXISTS (SELECT 1 FROM main.piece m WHERE m.blob = b.id) ORDER BY b.id, p.number"""
    )
    if unknown:
        writer.execute(
            """INSERT OR IGNORE INTO unclaimed SELECT sha256 FROM incoming.blob
            WHERE sha256 NOT IN (SELECT sha256 FROM attachment) AND sha256 IN (SELECT sha256 FROM main.blob)"""
        )
    return digests


def _late(store: Store, digests: frozenset[str]) -> Mapping[Kind, frozenset[str]]:
    """What is to be drawn anew where bytes came that were held back when their attachments came."""
    sql = "SELECT id FROM attachment WHERE sha256 IN (SELECT value FROM json_each(:digests))"
    late = frozenset(thing for (thing,) in store.select(sql, digests=json.dumps(sorted(digests))))
    return {Kind.ATTACHMENT: late} if late else {}


def _check(writer: Writer, before: int, first: int, last: int, things: list[str]) -> None:
    """Before anything counts: no operation was lost, and the tables say what the log says."""
    if int(writer.value("SELECT count(*) FROM op")) != before + last - first + 1:
        raise Damaged(writer.path, "merge")
    for _, ops in projection.of_things(writer, things[:: max(1, len(things) // _SAMPLE)]):
        if ops[0].kind in set(Kind) and not check.is_projected(writer, Kind(ops[0].kind), ops):
            raise Damaged(writer.path, "merge")


def _note(writer: Writer, incoming: Incoming, first: int, last: int, backup: str) -> Arrival:
    name = writer.value("SELECT name FROM desk WHERE id = :desk", desk=incoming.desk) or incoming.desk
    arrived_at = identity.iso(identity.now())
    row = (arrived_at, incoming.name, incoming.sha256, name, first, last, backup, "")
    number = writer.execute_row(
        """INSERT INTO arrival (arrived_at, file, sha256, desk, first_op, last_op, backup, reversed_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        row,
    )
    return Arrival(number, *row)


def _overlay_log(writer: Writer) -> None:
    """Let `op` and `chain` show what is incoming after what is there.

    Every column has the type that it has in the casebook: SQLite would use no index otherwise. The chain is cast so
    that it makes none of its own for each question.
    """
    for sql in (
        "CREATE TEMP TABLE fresh (place INTEGER PRIMARY KEY, n INTEGER UNIQUE, chain INTEGER)",
        f"""INSERT INTO fresh SELECT i.n + {_BEYOND}, i.n, coalesce(c.id, -i.chain) FROM incoming.op i
        JOIN incoming.chain t ON t.id = i.chain LEFT JOIN main.chain c ON c.name = t.name
        WHERE NOT EXISTS (SELECT 1 FROM main.op o WHERE o.id = i.id)""",
        f"""CREATE TEMP VIEW op AS SELECT n, id, chain, number, previous, {_OPS} FROM main.op
        UNION ALL SELECT f.place, i.id, CAST(f.chain AS INTEGER), i.number, i.previous, {_OPS}
        FROM incoming.op i JOIN temp.fresh f ON f.n = i.n""",
        """CREATE TEMP VIEW chain AS SELECT id, name, desk, top_number, top_op, forked FROM main.chain
        UNION ALL SELECT CAST(-id AS INTEGER), name, desk, top_number, top_op, forked FROM incoming.chain theirs
        WHERE NOT EXISTS (SELECT 1 FROM main.chain c WHERE c.name = theirs.name)""",
    ):
        writer.execute(sql)


_TABLES: Mapping[str, str] = {**{str(kind): "id" for kind in Kind}, "head": "thing", "conflict": "thing"}
_INDEXED = [*_TABLES.items(), *((str(kind), each.name) for kind in Kind for each in FIELDS[kind] if each.refers)]


@contextmanager
def _overlaid_tables(writer: Writer) -> Iterator[None]:
    """Let what is written to the projection meanwhile go to temporary tables, and be seen in place of what is there."""
    for table in _TABLES:
        writer.execute(f'CREATE TEMP TABLE "{table}" AS SELECT * FROM main."{table}" WHERE 0')
    for table, indexed in _INDEXED:
        writer.execute(f'CREATE INDEX temp."new_{table}_{indexed}" ON "{table}"({indexed})')
    yield
    for table, key in _TABLES.items():
        writer.execute(f'ALTER TABLE temp."{table}" RENAME TO "new_{table}"')
        writer.execute(
            f"""CREATE TEMP VIEW "{table}" AS SELECT * FROM temp."new_{table}"
            UNION ALL SELECT * FROM main."{table}" old
            WHERE NOT EXISTS (SELECT 1 FROM temp."new_{table}" new WHERE new.{key} = old.{key})"""
        )
