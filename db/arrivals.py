"""What came from other desks: every merge as it was made, and the way back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from db import backups, blobs, derived, identity, log, merge, projection
from db.change import Notice
from db.errors import BuiltUpon, NotFound
from db.intake import Incoming
from db.kinds import Kind
from db.merge import Arrival, Merged
from db.progress import SILENT, Progress, Share
from db.shelf import Why
from db.store import Store, Writer, connect, transaction

_SELECT = """SELECT id, arrived_at, file, sha256, desk, first_op AS first, last_op AS last, backup, reversed_at
    FROM arrival"""
_BATCH = 500


def everything(store: Store) -> tuple[Arrival, ...]:
    """All merges that were made here, newest first."""
    return store.records(Arrival, f"{_SELECT} ORDER BY id DESC")


def one(store: Store, number: int) -> Arrival:
    """The merge with this number; raises `NotFound`."""
    found = store.records(Arrival, f"{_SELECT} WHERE id = :id", id=number)
    if not found:
        raise NotFound("arrival", str(number))
    return found[0]


def take(casebook: Path, incoming: Incoming, progress: Progress = SILENT) -> Merged:
    """Merge what is incoming, after a backup that was opened and checked; see `merge.apply`."""
    with Store(casebook, connect(casebook, write=False)) as store:
        backup = backups.make(store, Why.MERGE, Share(progress, 0, 30))
    return merge.apply(casebook, incoming, Share(progress, 30, 100), str(backup.path))


def reverse(casebook: Path, number: int, progress: Progress = SILENT) -> Notice:
    """Take a whole merge out again, in one transaction over a connection of its own; what was saved since stays.

    The other desk's file still has all of it, and can be merged again. Raises `BuiltUpon`, with the things, where
    something was saved since on top of what came.
    """
    connection = connect(casebook, write=True)
    try:
        with transaction(connection, casebook) as writer:
            arrival = one(writer, number)
            if arrival.reversed_at:
                raise NotFound("arrival", str(number))
            gone = writer.select(
                "SELECT DISTINCT thing, kind FROM op WHERE n BETWEEN :first AND :last",
                first=arrival.first,
                last=arrival.last,
            )
            things = [thing for thing, _ in gone]
            _refuse_if_built_upon(writer, arrival, things)
            touched = projection.by_kind(gone)
            before = derived.shown(writer, touched)
            _take_out(writer, arrival, things, Share(progress, 0, 50))
            derived.refresh(writer, touched, Share(progress, 50, 100), before)
            blobs.sweep(writer)
            writer.execute(
                "UPDATE arrival SET reversed_at = :now WHERE id = :id", now=identity.iso(identity.now()), id=number
            )
    finally:
        connection.close()
    return Notice("reverse merge", {kind: frozenset(ids) for kind, ids in touched.items()})


def _refuse_if_built_upon(store: Store, arrival: Arrival, things: Sequence[str]) -> None:
    """Nothing that was saved later may stand on what came: neither on a thing of it, nor by pointing at one.

    What was written down of the custody of its files stays true without them.
    """
    came, found = set(things), []
    made = {
        thing for (thing,) in store.select(
            "SELECT thing FROM op WHERE n BETWEEN :first AND :last AND parents = x''",
            first=arrival.first,
            last=arrival.last,
        )
    }  # fmt: skip
    sql = "SELECT thing, kind, body FROM op WHERE n > :last AND kind <> :custody"
    for thing, kind, body in store.stream(sql, last=arrival.last, custody=Kind.CUSTODY):
        if thing in came or (body and made.intersection(_strings(json.loads(body)["set"].values()))):
            found.append((kind, thing))
    if found:
        raise BuiltUpon(store.path, tuple(dict.fromkeys(found)))


def _strings(values: object) -> set[str]:
    """Every text in a value, lists of ids included."""
    if isinstance(values, str):
        return {values}
    if isinstance(values, dict):
        return _strings(list(values.values()))
    if isinstance(values, list) or hasattr(values, "__iter__"):
        return set().union(*map(_strings, values))
    return set()


def _take_out(writer: Writer, arrival: Arrival, things: Sequence[str], progress: Progress) -> None:
    """Delete the operations that came, and write anew what the others add up to."""
    chains = writer.select(
        "SELECT DISTINCT chain FROM op WHERE n BETWEEN :first AND :last", first=arrival.first, last=arrival.last
    )
    _forget(writer, things)
    sql = "DELETE FROM op WHERE n BETWEEN :first AND :last"
    writer.execute(sql, first=arrival.first, last=arrival.last)
    for (chain,) in chains:
        merge.walk_chain(writer, chain, 0, log.NO_OP)
        writer.execute(
            "DELETE FROM chain WHERE id = :chain AND NOT EXISTS (SELECT 1 FROM op WHERE chain = :chain)", chain=chain
        )
    projection.reproject(writer, things, progress)


def _forget(writer: Writer, things: Sequence[str]) -> None:
    """Take all rows of these things out of the projection."""
    keys = [(thing,) for thing in things]
    for table, key in (*((str(kind), "id") for kind in Kind), ("head", "thing"), ("conflict", "thing")):
        writer.execute_rows(f'DELETE FROM "{table}" WHERE {key} = ?', keys)
