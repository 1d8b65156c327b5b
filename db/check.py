"""Integrity of a whole casebook, in figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby

from db import blobs, custody, log, project, projection
from db.fields import FIELDS
from db.kinds import Kind
from db.log import Operation
from db.progress import SILENT, Progress
from db.store import Store


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it was written; `what` is a code, `where` names the place."""

    what: str
    where: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a check looked at and found; `absent` counts what is referred to and was never handed to this desk.

    `erased` counts the attachments whose bytes this desk erased for good.
    """

    operations: int
    chains: int
    things: int
    blobs: int
    blob_bytes: int
    attachments: int
    absent: int
    problems: tuple[Problem, ...]
    erased: int = 0


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
    counts = count("op"), count("chain"), things, count("blob"), size, count("attachment"), _absent(store)
    return Report(*counts, tuple(problems), _erased(store))


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


def _log(store: Store, steps: _Steps, broken: set[str]) -> Iterator[Problem]:
    """Every operation is what its id says, and every chain links up.

    A chain has gaps where another desk handed over some cases only, and a fork where a copied file was worked on in
    two places: neither is a problem where the chain says so. The things whose operations are not what they say go to
    `broken`.
    """
    noted = {row[0]: row[1:] for row in store.select("SELECT name, top_number, top_op, forked FROM chain")}
    for name, ops in groupby(log.by_chain(store), key=lambda op: op.chain):
        number, top, forked = noted.pop(name)
        last, end, in_line = (0, log.NO_OP), (0, log.NO_OP), True
        for op in ops:
            steps.forward()
            if not log.verify(op):
                broken.add(op.thing)
                yield Problem("operation", op.id.hex())
            linked = (op.number, op.previous) == (last[0] + 1, last[1])
            if not forked and not linked and op.number <= last[0] + 1:
                yield Problem("chain", f"{op.chain} {op.number}")
            last, in_line = (op.number, op.id), in_line and linked
            end = last if in_line else end
        if end != (number, top) and not forked:
            yield Problem("chain", f"{name} top")
    for name, (number, *_) in noted.items():
        if number:
            yield Problem("chain", f"{name} top")


def _projection(store: Store, steps: _Steps, broken: set[str]) -> Iterator[Problem]:
    """Every row of the projection is what its operations add up to, and there is no other row."""
    for kind in Kind:
        logged = store.select("SELECT DISTINCT thing FROM op WHERE kind = :kind", kind=kind)
        for (thing,) in logged:
            if thing in broken:
                continue
            ops = log.of_thing(store, thing)
            steps.forward(len(ops))
            if not is_projected(store, kind, ops):
                yield Problem("projection", f"{kind} {thing}")
        if store.value(f'SELECT count(*) FROM "{kind}"') != len(logged):
            yield Problem("projection", f"{kind} has rows that no operation made")


def is_projected(store: Store, kind: Kind, ops: Sequence[Operation]) -> bool:
    """Whether the projection says of a thing what all its operations add up to."""
    thing, state = ops[0].thing, project.project(ops)
    found = store.one(f'SELECT {projection.columns_of(kind)} FROM "{kind}" WHERE id = :id', id=thing)
    return found == projection.row(kind, thing, state) and _heads(store, thing) == state.heads


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
    """Bytes that this desk took in itself are here; those of another desk may have been held back."""
    sql = f"SELECT name, sha256 FROM attachment a WHERE {_BYTES_ABSENT} AND {_OWN} AND NOT {_ERASED}"
    for name, digest in store.select(sql):
        yield Problem("attachment", f"{name} {digest}")


_BYTES_ABSENT = "a.deleted = 0 AND a.sha256 NOT IN (SELECT sha256 FROM blob WHERE sha256 IS NOT NULL)"
_ERASED = f"a.sha256 IN ({custody.ERASED})"
_OWN = """EXISTS (SELECT 1 FROM op o JOIN chain c ON c.id = o.chain WHERE o.thing = a.id AND o.parents = x''
    AND c.desk = (SELECT value FROM meta WHERE name = 'desk')
    AND NOT EXISTS (SELECT 1 FROM arrival r WHERE o.n BETWEEN r.first_op AND r.last_op))"""


def _erased(store: Store) -> int:
    return int(store.value(f"SELECT count(*) FROM attachment a WHERE {_BYTES_ABSENT} AND {_ERASED}"))


def _absent(store: Store) -> int:
    """How many things or bytes are referred to that are not in this copy."""
    sql = f"SELECT count(*) FROM attachment a WHERE {_BYTES_ABSENT} AND NOT {_OWN} AND NOT {_ERASED}"
    found = int(store.value(sql))
    references = [(kind, each) for kind in Kind for each in FIELDS[kind] if each.refers]
    for kind, each in references:
        sql = f"""SELECT count(*) FROM "{kind}" WHERE deleted = 0 AND {each.name} <> ''
            AND {each.name} NOT IN (SELECT id FROM "{each.refers}")"""
        found += int(store.value(sql))
    return found
