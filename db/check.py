"""Integrity of a whole casebook, in figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain as joined

from db import blobs, kinds, log, project
from db.kinds import FIELDS, Kind
from db.progress import SILENT, Progress
from db.store import Row, Store


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it was written; `what` is a code, `where` names the place."""

    what: str
    where: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a check looked at and found."""

    operations: int
    chains: int
    things: int
    blobs: int
    blob_bytes: int
    attachments: int
    problems: tuple[Problem, ...]


def check(store: Store, progress: Progress = SILENT) -> Report:
    """Verify the file, every operation, every chain, every blob, and the projection against the log."""
    total = int(store.value("SELECT (SELECT count(*) FROM op) * 2 + (SELECT count(*) FROM piece) * 50") or 0)
    steps = _Steps(progress, total)
    broken: set[str] = set()
    problems = [
        *_file(store),
        *_log(store, steps, broken),
        *_projection(store, steps, broken),
        *_blobs(store, steps),
        *_attachments(store),
    ]

    def count(table: str) -> int:
        return int(store.value(f"SELECT count(*) FROM {table}"))

    size = int(store.value("SELECT coalesce(sum(size), 0) FROM blob"))
    things = int(store.value("SELECT count(DISTINCT thing) FROM op"))
    return Report(count("op"), count("chain"), things, count("blob"), size, count("attachment"), tuple(problems))


@dataclass(slots=True)
class _Steps:
    progress: Progress
    total: int
    done: int = 0

    def forward(self, by: int = 1) -> None:
        self.done += by
        if by > 1 or not self.done % 256:
            self.progress.step(min(self.done, self.total), self.total)


def _file(store: Store) -> Iterator[Problem]:
    from db import schema  # noqa: PLC0415 (sqlite-utils is slow to import, and the words for a report need it not)

    for (line,) in store.select("PRAGMA quick_check(20)"):
        if line != "ok":
            yield Problem("file", line)
    for fact in schema.strange(store):
        yield Problem("schema", fact)
    for table, row, parent, _ in store.select("PRAGMA foreign_key_check"):
        yield Problem("reference", f"{table} {row} -> {parent}")


def _log(store: Store, steps: _Steps, broken: set[str]) -> Iterator[Problem]:
    """Every operation is what its id says, and every chain links up without a gap or a fork.

    The things whose operations are not what they say go to `broken`.
    """
    tops: dict[str, tuple[int, bytes]] = {}
    for op in log.everything(store):
        steps.forward()
        if not log.verify(op):
            broken.add(op.thing)
            yield Problem("operation", op.id.hex())
        number, top = tops.get(op.chain, (0, log.NO_OP))
        if (op.number, op.previous) != (number + 1, top):
            yield Problem("chain", f"{op.chain} {op.number}")
        tops[op.chain] = (op.number, op.id)
    for name, number, top in store.select("SELECT name, top_number, top_op FROM chain"):
        if tops.get(name, (0, log.NO_OP)) != (number, top):
            yield Problem("chain", f"{name} top")


def _projection(store: Store, steps: _Steps, broken: set[str]) -> Iterator[Problem]:
    """Every row of the projection is what its operations add up to, and there is no other row."""
    for kind in Kind:
        names = [*kinds.columns(kind), "created_at", "created_by", "changed_at", "deleted", "conflicts"]
        sql = f'SELECT {", ".join(names)} FROM "{kind}" WHERE id = :id'
        logged = store.select("SELECT DISTINCT thing FROM op WHERE kind = :kind", kind=kind)
        for (thing,) in logged:
            if thing in broken:
                continue
            ops = log.of_thing(store, thing)
            state = project.project(ops)
            steps.forward(len(ops))
            if store.one(sql, id=thing) != _row(kind, state) or _heads(store, thing) != state.heads:
                yield Problem("projection", f"{kind} {thing}")
        if store.value(f'SELECT count(*) FROM "{kind}"') != len(logged):
            yield Problem("projection", f"{kind} has rows that no operation made")


def _row(kind: Kind, state: project.State) -> Row:
    cells = joined.from_iterable(each.store(state.fields.get(each.name, each.default)) for each in FIELDS[kind])
    made = (state.created_at, state.created_by, state.changed_at)
    return (*cells, *made, int(state.deleted), len(state.conflicts))


def _heads(store: Store, thing: str) -> tuple[int, ...]:
    return tuple(row[0] for row in store.select("SELECT op FROM head WHERE thing = :t ORDER BY op", t=thing))


def _blobs(store: Store, steps: _Steps) -> Iterator[Problem]:
    for (digest,) in store.select("SELECT sha256 FROM blob WHERE sha256 IS NOT NULL"):
        stream, found = blobs.reader(store, digest), sha256()
        while data := stream.read(blobs.PIECE):
            found.update(data)
            steps.forward(50)
        if found.hexdigest() != digest:
            yield Problem("blob", digest)


def _attachments(store: Store) -> Iterator[Problem]:
    sql = """SELECT name, sha256 FROM attachment WHERE deleted = 0
        AND sha256 NOT IN (SELECT sha256 FROM blob WHERE sha256 IS NOT NULL)"""
    for name, digest in store.select(sql):
        yield Problem("attachment", f"{name} {digest}")
