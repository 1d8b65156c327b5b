"""Operations of one thing -> its present state and its conflicts (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from db.fields import FIELDS
from db.kinds import Field, Json, canonical
from db.log import Operation

_FIELDS: Mapping[str, Mapping[str, Field]] = {str(kind): {f.name: f for f in fields} for kind, fields in FIELDS.items()}


@dataclass(frozen=True, slots=True)
class State:
    """What the operations of one thing add up to; `heads` and `conflicts` name operations by row number."""

    fields: Mapping[str, Json]
    conflicts: Mapping[str, tuple[int, ...]]
    heads: tuple[int, ...]
    deleted: bool
    created_at: str
    created_by: str
    changed_at: str


def project(ops: Sequence[Operation]) -> State:
    """The state of a thing from all its operations, ancestors first.

    A field is decided by cause: of two writers neither of which saw the other both stay, in conflict, and
    the later claimed time is only what is shown first. A thing is deleted when every head deletes it.
    """
    if len(ops) == 1:
        (op,) = ops
        return State(_known(op), {}, (op.n,), op.deletes, op.made_at, op.analyst, op.made_at)
    pasts = _Pasts(ops)
    writers: dict[str, list[int]] = {}
    known = [_known(op) for op in ops]
    for i, values in enumerate(known):
        for name in values:
            writers.setdefault(name, []).append(i)
    fields: dict[str, Json] = {}
    conflicts: dict[str, tuple[int, ...]] = {}
    for name, wrote in writers.items():
        standing = sorted(pasts.maximal(wrote), key=lambda i: (ops[i].made_at, ops[i].id))
        fields[name] = known[standing[-1]][name]
        if len(standing) > 1 and len({canonical(known[i][name]) for i in standing}) > 1:
            conflicts[name] = tuple(ops[i].n for i in standing)
    last = heads(ops)
    deletions = [op for op in last if op.deletes]
    if deletions and len(deletions) < len(last):
        conflicts["deleted"] = tuple(sorted(op.n for op in last))
    first = min((op for op in ops if not op.parents), key=lambda op: (op.made_at, op.id), default=ops[0])
    return State(
        fields,
        conflicts,
        tuple(sorted(op.n for op in last)),
        len(deletions) == len(last),
        first.made_at,
        first.analyst,
        max(op.made_at for op in ops),
    )


def heads(ops: Sequence[Operation]) -> list[Operation]:
    """Those of the operations that no other has seen."""
    seen = {parent for op in ops for parent in op.parents}
    return [op for op in ops if op.id not in seen]


def straight(ops: Sequence[Operation]) -> int:
    """How many operations from the beginning are one line, in which each saw all before it."""
    for i, op in enumerate(ops):
        if op.parents != ((ops[i - 1].id,) if i else ()):
            return i
    return len(ops)


def seen_by(ops: Sequence[Operation], chosen: Iterable[bytes]) -> list[Operation]:
    """Those of the operations that these are, or have seen."""
    wanted = set(chosen)
    for op in reversed(ops):
        if op.id in wanted:
            wanted.update(op.parents)
    return [op for op in ops if op.id in wanted]


def ancestry(ops: Sequence[Operation]) -> list[int]:
    """For each operation a bit set of the positions of its ancestors."""
    pasts = _Pasts(ops)
    return [(1 << below) - 1 | beyond << pasts.line for below, beyond in pasts.of]


class _Pasts:
    """What each operation has seen: how many of the line at the beginning, and a bit set of those beyond the line.

    A thing that one desk works on for years is one line, and costs no more than its length.
    """

    def __init__(self, ops: Sequence[Operation]) -> None:
        self.line = straight(ops)
        self.of = [(i, 0) for i in range(self.line)]
        position = {op.id: i for i, op in enumerate(ops)}
        for op in ops[self.line :]:
            below, beyond = 0, 0
            for at in (position[parent] for parent in op.parents if parent in position):
                in_line = at < self.line
                below = max(below, at + 1 if in_line else self.of[at][0])
                beyond |= 0 if in_line else self.of[at][1] | 1 << at - self.line
            self.of.append((below, beyond))

    def maximal(self, chosen: Sequence[int]) -> list[int]:
        """Those of the chosen positions that no other chosen one has seen."""
        below, beyond = 0, 0
        for i in chosen:
            below, beyond = max(below, self.of[i][0]), beyond | self.of[i][1]
        return [i for i in chosen if (i >= below if i < self.line else not beyond >> i - self.line & 1)]


def _known(op: Operation) -> Mapping[str, Json]:
    """The fields of an operation that this version can show; the others stay in the log alone."""
    known = _FIELDS.get(op.kind, {})
    return {name: value for name, value in op.fields.items() if name in known and known[name].admits(value)}
