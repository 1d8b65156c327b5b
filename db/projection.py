"""The tables that the log adds up to: written row by row while one saves, in batches where much has come in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from db import log, project
from db.errors import Untrusted
from db.fields import FIELDS, WRITTEN_ONCE, columns
from db.kinds import Column, Field, Json, Kind
from db.log import Operation
from db.progress import SILENT, Progress
from db.store import Store, Writer

_BATCH = 400
_MOST_APART = 30_000  # operations of one thing that are not one line; many more would fill the memory
_KINDS = frozenset(Kind)
_OF_ONE_DESK = frozenset((Kind.DESK, Kind.SCALE, Kind.RATING))


def write_row(writer: Writer, kind: Kind, thing: str, fields: Mapping[str, Json], made_at: str, analyst: str) -> None:
    """Put a new, undeleted thing into the projection."""
    values = (thing, made_at, analyst, made_at, 0, 0, *_cells(kind, fields))
    writer.execute_row(_insert(kind), values)


def write_states(writer: Writer, kind: Kind, states: Sequence[tuple[str, project.State]]) -> None:
    """Replace what the projection says of things of a kind by their states, their heads and conflicts included."""
    things = [(thing,) for thing, _ in states]
    for table in ("head", "conflict"):
        writer.execute_rows(f"DELETE FROM {table} WHERE thing = ?", things)
    writer.execute_rows(f'DELETE FROM "{kind}" WHERE id = ?', things)
    heads = [(thing, n) for thing, state in states for n in state.heads]
    writer.execute_rows("INSERT INTO head VALUES (?, ?)", heads)
    conflicts = [(t, name, n) for t, state in states for name, ns in state.conflicts.items() for n in ns]
    writer.execute_rows("INSERT INTO conflict VALUES (?, ?, ?)", conflicts)
    writer.execute_rows(_insert(kind), [row(kind, thing, state) for thing, state in states])


def row(kind: Kind, thing: str, state: project.State) -> tuple[Column, ...]:
    """The row of a thing in the table of its kind."""
    made = (state.created_at, state.created_by, state.changed_at)
    return (thing, *made, int(state.deleted), len(state.conflicts), *_cells(kind, state.fields))


def columns_of(kind: Kind) -> str:
    """The columns of `row`, for SQL."""
    return ", ".join(("id", "created_at", "created_by", "changed_at", "deleted", "conflicts", *columns(kind)))


def by_kind(things: Iterable[tuple[str, str]]) -> dict[Kind, set[str]]:
    """Things, given with the names of their kinds, by kind; those of kinds that this version does not know left out."""
    found: dict[Kind, set[str]] = {}
    for thing, kind in things:
        if kind in _KINDS:
            found.setdefault(Kind(kind), set()).add(thing)
    return found


def reproject(writer: Writer, things: Sequence[str], progress: Progress = SILENT) -> dict[Kind, set[str]]:
    """Write anew what the operations of these things add up to; returns those written, by kind.

    Things of kinds that only a newer Claimdesk knows stay in the log alone. Raises `Untrusted` where operations of
    one thing cannot belong together.
    """
    written: dict[Kind, set[str]] = {}
    for start in range(0, len(things), _BATCH):
        progress.step(start, len(things))
        states: dict[Kind, list[tuple[str, project.State]]] = {}
        for thing, ops in of_things(writer, things[start : start + _BATCH]):
            _check(writer, ops)
            if ops[0].kind in _KINDS:
                states.setdefault(Kind(ops[0].kind), []).append((thing, project.project(ops)))
        for kind, found in states.items():
            write_states(writer, kind, found)
            written.setdefault(kind, set()).update(thing for thing, _ in found)
    return written


def of_things(store: Store, things: Iterable[str]) -> Iterator[tuple[str, list[Operation]]]:
    """The operations of each of these things, ancestors first."""
    found: dict[str, list[Operation]] = {}
    for op in log.of_things(store, things):
        found.setdefault(op.thing, []).append(op)
    yield from found.items()


def _check(store: Store, ops: Sequence[Operation]) -> None:
    """A thing is of one kind; all that an operation saw of it is here, and one generation before it. Ours always are.

    What a desk alone may say, no other says; and a verdict is written once.
    """
    generation, kind = {op.id: op.generation for op in ops}, ops[0].kind
    for op in ops:
        if op.kind != kind:
            raise Untrusted(store.path, "kind")
        if op.generation != 1 + max((generation.get(p, log.NEVER) for p in op.parents), default=0):
            raise Untrusted(store.path, "generation")
    if kind in _OF_ONE_DESK and len({op.desk for op in ops}) > 1:
        raise Untrusted(store.path, "desk")
    if kind in WRITTEN_ONCE and sum(not op.parents for op in ops) > 1:
        raise Untrusted(store.path, "verdict")
    if len(ops) - project.straight(ops) > _MOST_APART or len(project.heads(ops)) > log.MOST_PARENTS:
        raise Untrusted(store.path, "too many")


def _cells(kind: Kind, fields: Mapping[str, Json]) -> Iterator[Column]:
    for each, blank in _blanks(kind):
        yield from each.store(fields[each.name]) if each.name in fields else blank


@cache
def _blanks(kind: Kind) -> tuple[tuple[Field, tuple[Column, ...]], ...]:
    """Each field of a kind with what its columns hold where nobody has set it."""
    return tuple((each, each.store(each.blank)) for each in FIELDS[kind])


def cells(each: Field, value: Json) -> Iterable[tuple[str, Column]]:
    """The columns of a field with what stands in them."""
    return zip(each.columns, each.store(value), strict=True)


@cache
def _insert(kind: Kind) -> str:
    names = columns_of(kind)
    return f'INSERT INTO "{kind}" ({names}) VALUES ({", ".join("?" * (names.count(",") + 1))})'
