"""Erasing the bytes of attachments for good. What is known of them stays: the record, the hash, the history."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from db import blobs, custody, indexing
from db.change import Change
from db.custody import Details
from db.errors import Invalid, MovedOn
from db.kinds import Kind
from db.pictures import drawn
from db.progress import SILENT, Progress
from db.store import Store, Writer, connect, transaction
from db.vocabulary import Custody

_PAGES = 500  # of the index in one transaction
_READ_OUT = ("extract", "unclaimed")  # tables of what was read out of them, by digest


@dataclass(frozen=True, slots=True)
class Use:
    """An attachment that has bytes, and the case that it stands in; `deleted` where it was removed from that."""

    id: str
    name: str
    reference: str
    deleted: bool


@dataclass(frozen=True, slots=True)
class Erasure:
    """What would be erased: the bytes, named by hash, with every attachment that has them.

    `derived` are the attachments that were made from those, and keep their own bytes.
    """

    digests: tuple[str, ...]
    size: int
    uses: tuple[Use, ...]
    derived: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Remains:
    """What nobody finds any more and what is still in the file: blobs, and words in the index of search."""

    blobs: tuple[int, ...]
    words: bool


def plan(store: Store, attachment_ids: Sequence[str]) -> Erasure:
    """What goes when the bytes of these attachments are erased: nobody else may have the same bytes afterwards."""
    ids = json.dumps(list(attachment_ids))
    sql = """SELECT DISTINCT b.sha256, b.size FROM attachment a JOIN blob b ON b.sha256 = a.sha256
        WHERE a.id IN (SELECT value FROM json_each(:ids)) ORDER BY b.sha256"""
    found = store.select(sql, ids=ids)
    digests = [digest for digest, _ in found]
    uses = _uses(store, "a.sha256 IN (SELECT value FROM json_each(:given))", digests)
    derived = _uses(
        store, "a.derived_from IN (SELECT value FROM json_each(:given)) AND a.deleted = 0", [use.id for use in uses]
    )
    apart = tuple(each for each in derived if each not in uses)
    return Erasure(tuple(digests), sum(size for _, size in found), uses, apart)


def _uses(store: Store, where: str, given: Sequence[str]) -> tuple[Use, ...]:
    sql = f"""SELECT a.id, a.name, coalesce(c.reference, '') AS reference, a.deleted
        FROM attachment a LEFT JOIN "case" c ON c.id = a.case_id WHERE {where} ORDER BY a.deleted, c.reference, a.id"""
    return store.records(Use, sql, given=json.dumps(list(given)))


def erase(change: Change, planned: Erasure, reason: str) -> Remains:
    """Let nobody find the bytes any more, and write down who wanted that and why; returns what is to `wipe`.

    Raises `MovedOn` where other attachments have these bytes than those that were planned.
    """
    if not reason.strip():
        raise Invalid("reason", "empty")
    if plan(change.writer, [use.id for use in planned.uses]) != planned:
        raise MovedOn
    for use in planned.uses:
        if custody.belongs(change.writer, use.id):
            custody.record(change, use.id, Custody.ERASED, Details(reason=reason.strip()))
        change.touched.setdefault(Kind.ATTACHMENT, set()).add(use.id)  # views draw it anew, search forgets its words
    return _let_go(change.writer, planned.digests)


def _let_go(writer: Writer, digests: Sequence[str]) -> Remains:
    """From here on nobody finds the bytes, and the next opening drops them, whatever becomes of this run."""
    named = json.dumps(list(digests))
    of_these = "WHERE sha256 IN (SELECT value FROM json_each(:named))"
    words = writer.one(f"SELECT 1 FROM extract {of_these} AND text <> ''", named=named) is not None
    blob_rows = writer.select(f"SELECT id FROM blob {of_these}", named=named)
    for digest in digests:
        drawn.forget(writer, digest)
    for table in _READ_OUT:
        writer.execute(f"DELETE FROM {table} {of_these}", named=named)
    writer.execute(f"UPDATE blob SET sha256 = NULL {of_these}", named=named)
    if words:
        found = writer.select(f"SELECT id, case_id FROM attachment {of_these}", named=named)
        indexing.refresh(writer, sorted({case for _, case in found}), {thing for thing, _ in found})
    return Remains(tuple(row for (row,) in blob_rows), words)


def wipe(casebook: Path, remains: Remains, progress: Progress = SILENT) -> None:
    """Write over what is left in the file, some at a time; for a worker."""
    if remains.words:
        _write_index_anew(casebook, progress)
    for place, row in enumerate(remains.blobs):
        progress.step(place, len(remains.blobs))
        blobs.drop(casebook, row)


def _write_index_anew(casebook: Path, progress: Progress) -> None:
    """What is deleted from the index stays in it until it is merged into one piece (SQLite, FTS5, 4.8 and 6.8)."""
    connection = connect(casebook, write=True)
    try:
        for table in ("search_part", "search_word"):
            pages, written = -_PAGES, 2  # below zero it begins with all pieces there are
            while written > 1:  # nothing was left to merge
                progress.step(0, 1)
                with transaction(connection, casebook) as writer:
                    before = connection.total_changes
                    sql = f"INSERT INTO {table} ({table}, rank) VALUES ('merge', :pages)"
                    writer.execute(sql, pages=pages)
                    pages, written = _PAGES, connection.total_changes - before
    finally:
        connection.close()


def follow(copy: Path, progress: Progress = SILENT) -> frozenset[str]:
    """Erase in a copy of a casebook what this desk erased meanwhile in the casebook that it was made of.

    Bytes that somebody attached anew stay. Returns the attachments that lost theirs.
    """
    connection = connect(copy, write=True)
    try:
        with transaction(connection, copy) as writer:
            digests = [digest for (digest,) in writer.select(_FOLLOWED)]
            uses = _uses(writer, "a.sha256 IN (SELECT value FROM json_each(:given))", digests)
            remains = _let_go(writer, digests)
    finally:
        connection.close()
    wipe(copy, remains, progress)
    return frozenset(use.id for use in uses)


_FOLLOWED = f"""SELECT b.sha256 FROM blob b WHERE b.sha256 IN ({custody.ERASED}) AND NOT EXISTS (
    SELECT 1 FROM attachment a WHERE a.sha256 = b.sha256 AND a.deleted = 0 AND NOT EXISTS (
    SELECT 1 FROM custody c WHERE c.attachment_id = a.id AND c.event = '{Custody.ERASED}' AND {custody.OURS}))"""
