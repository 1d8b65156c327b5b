"""Operations of one thing -> its present state and its conflicts (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.kinds import FIELDS, Field, Json, canonical
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
    ancestors = ancestry(ops)
    writers: dict[str, list[int]] = {}
    known = [_known(op) for op in ops]
    for i, values in enumerate(known):
        for name in values:
            writers.setdefault(name, []).append(i)
    fields: dict[str, Json] = {}
    conflicts: dict[str, tuple[int, ...]] = {}
    for name, wrote in writers.items():
        standing = sorted(maximal(wrote, ancestors), key=lambda i: (ops[i].made_at, ops[i].id))
        fields[name] = known[standing[-1]][name]
        if len(standing) > 1 and len({canonical(known[i][name]) for i in standing}) > 1:
            conflicts[name] = tuple(ops[i].n for i in standing)
    heads = [ops[i] for i in maximal(range(len(ops)), ancestors)]
    deletions = [op for op in heads if op.deletes]
    if deletions and len(deletions) < len(heads):
        conflicts["deleted"] = tuple(sorted(op.n for op in heads))
    first = min((op for op in ops if not op.parents), key=lambda op: (op.made_at, op.id), default=ops[0])
    return State(
        fields,
        conflicts,
        tuple(sorted(op.n for op in heads)),
        len(deletions) == len(heads),
        first.made_at,
        first.analyst,
        max(op.made_at for op in ops),
    )


def ancestry(ops: Sequence[Operation]) -> list[int]:
    """For each operation a bit set of the positions of its ancestors."""
    position = {op.id: i for i, op in enumerate(ops)}
    result: list[int] = []
    for op in ops:
        mask = 0
        for parent in op.parents:
            at = position.get(parent)
            if at is not None:
                mask |= result[at] | 1 << at
        result.append(mask)
    return result


def _known(op: Operation) -> Mapping[str, Json]:
    """The fields of an operation that this version can show; the others stay in the log alone."""
    known = _FIELDS.get(op.kind, {})
    return {name: value for name, value in op.fields.items() if name in known and known[name].admits(value)}


def maximal(chosen: Sequence[int], ancestors: Sequence[int]) -> list[int]:
    """Those of the chosen positions that no other chosen one has seen."""
    seen = 0
    for i in chosen:
        seen |= ancestors[i]
    return [i for i in chosen if not seen >> i & 1]
