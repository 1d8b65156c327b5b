"""Undo and redo: new operations with the old values, found by reading the log backwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from db import log, project
from db.change import Change
from db.fields import field_of
from db.kinds import Json, Kind, canonical
from db.log import Operation
from db.store import Store
from db.vocabulary import Op


@dataclass(frozen=True, slots=True)
class Step:
    """A save that can be taken back or done again; `verb` is what that save did."""

    save: str
    verb: Op


@dataclass(frozen=True, slots=True)
class Steps:
    """What undo and redo would do now."""

    undo: Step | None = None
    redo: Step | None = None


def steps(store: Store, chain: str) -> Steps:
    """Read the chain backwards to what stands: saves not undone, and undos not redone."""
    sql = """SELECT o.save, o.verb, o.undoes FROM op o JOIN chain c ON c.id = o.chain
        WHERE c.name = :chain ORDER BY o.number DESC"""
    taken_back: dict[str, Op] = {}
    redo: str | None = None
    open_to_redo = True
    for (save, verb, undoes), _ in groupby(store.stream(sql, chain=chain)):
        if save in taken_back:
            taken_back[save] = Op(verb)
            open_to_redo = open_to_redo and verb == Op.UNDO
        elif undoes:
            taken_back[undoes] = Op(verb)
            if verb == Op.UNDO and open_to_redo and redo is None:
                redo = save
        else:
            open_to_redo = False
            if Op(verb).undoable:
                return Steps(Step(save, Op(verb)), _redo_step(store, chain, redo))
    return Steps(None, _redo_step(store, chain, redo))


def _redo_step(store: Store, chain: str, undo_save: str | None) -> Step | None:
    """The redo of an undo, named by the save that was first undone."""
    if undo_save is None:
        return None
    verb, wanted = Op.UNDO, undo_save
    while verb in (Op.UNDO, Op.REDO):
        first = log.of_save(store, chain, wanted)[0]
        verb, wanted = Op(first.verb), first.undoes
    return Step(undo_save, verb)


def take_back(change: Change, chain: str, save: str) -> None:
    """Write the operations that set everything the save did back to what was before it."""
    done: dict[tuple[str, str], list[bytes]] = {}
    for op in log.of_save(change.writer, chain, save):
        done.setdefault((op.kind, op.thing), []).append(op.id)
    for (kind, thing), mine in reversed(done.items()):
        _take_back_thing(change, Kind(kind), log.of_thing(change.writer, thing), set(mine))
    if not change.touched:  # a later save undid it already; told in the log, or undo would stay at this step
        kind, thing = next(iter(done))
        change.leave(Kind(kind), thing)


def _take_back_thing(change: Change, kind: Kind, ops: Sequence[Operation], mine: set[bytes]) -> None:
    before = _before(ops, mine)
    now = project.project(ops)
    if before is None or before.deleted:
        if not now.deleted:
            change.delete(kind, ops[0].thing)
        return
    fields = _old_values(kind, before, now, [op for op in ops if op.id in mine])
    back = now.deleted and any(op.deletes for op in ops if op.id in mine)
    if back or (not now.deleted and fields):
        change.restore(kind, ops[0].thing, fields)


def _before(ops: Sequence[Operation], mine: set[bytes]) -> project.State | None:
    """The state that the first of my operations saw; None when it saw nothing."""
    first = next(op for op in ops if op.id in mine)
    seen = project.seen_by(ops, first.parents)
    return project.project(seen) if seen else None


def _old_values(kind: Kind, before: project.State, now: project.State, mine: Sequence[Operation]) -> Mapping[str, Json]:
    """Old values of the fields that still say what my operations set; a later edit is left alone."""
    wrote: dict[str, Json] = {}
    for op in mine:
        wrote.update(op.fields)
    old = {name: before.fields.get(name, field_of(kind, name).blank) for name in wrote}
    stands = (name for name, value in wrote.items() if canonical(now.fields[name]) == canonical(value))
    return {name: old[name] for name in stands if canonical(old[name]) != canonical(wrote[name])}
