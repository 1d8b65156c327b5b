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
from db.progress import SILENT, Progress
from db.store import Store, Writer, connect, transaction
from db.vocabulary import Custody

_DRAWN_FROM_BYTES = ("thumbnail", "extract", "unclaimed")  # tables of what was read out of them, by digest


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


def erase(change: Change, planned: Erasure, reason: str) -> tuple[int, ...]:
    """Let nobody find the bytes any more, and write down who wanted that and why; returns the blobs to `wipe`.

    Raises `MovedOn` where other attachments have these bytes than those that were planned.
    """
    if not reason.strip():
        raise Invalid("reason", "empty")
    if plan(change.writer, [use.id for use in planned.uses]) != planned:
        raise MovedOn
    for use in planned.uses:
        custody.record(change, use.id, Custody.ERASED, Details(reason=reason.strip()))
        change.touched.setdefault(Kind.ATTACHMENT, set()).add(use.id)  # views draw it anew, search forgets its words
    return tuple(row for digest in planned.digests for row in _unname(change.writer, digest))


def _unname(writer: Writer, digest: str) -> Sequence[int]:
    """From here on the next opening drops the bytes, whatever becomes of this run."""
    had_words = writer.one("SELECT 1 FROM extract WHERE sha256 = :digest AND text <> ''", digest=digest)
    for table in _DRAWN_FROM_BYTES:
        writer.execute(f"DELETE FROM {table} WHERE sha256 = :digest", digest=digest)
    if had_words:
        _forget_words(writer, digest)
    rows = [row for (row,) in writer.select("SELECT id FROM blob WHERE sha256 = :digest", digest=digest)]
    writer.execute("UPDATE blob SET sha256 = NULL WHERE sha256 = :digest", digest=digest)
    return rows


def _forget_words(writer: Writer, digest: str) -> None:
    """Index the attachments anew, and write the index anew: what is deleted from it stays in it until then."""
    found = writer.select("SELECT id, case_id FROM attachment WHERE sha256 = :digest", digest=digest)
    indexing.refresh(writer, sorted({case for _, case in found}), {thing for thing, _ in found})
    for table in ("search_part", "search_word"):
        writer.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")


def wipe(casebook: Path, rows: Sequence[int], progress: Progress = SILENT) -> None:
    """Write over the bytes of these blobs in the file, some at a time; for a worker."""
    for place, row in enumerate(rows):
        progress.step(place, len(rows))
        blobs.drop(casebook, row)


def follow(copy: Path, progress: Progress = SILENT) -> None:
    """Erase in a copy of a casebook what this desk erased meanwhile in the casebook that it was made of.

    Bytes that somebody attached anew stay.
    """
    connection = connect(copy, write=True)
    try:
        with transaction(connection, copy) as writer:
            rows = _followed(writer)
    finally:
        connection.close()
    wipe(copy, rows, progress)


def _followed(writer: Writer) -> tuple[int, ...]:
    sql = f"""SELECT b.sha256 FROM blob b WHERE b.sha256 IN ({custody.ERASED}) AND NOT EXISTS (
        SELECT 1 FROM attachment a WHERE a.sha256 = b.sha256 AND a.deleted = 0 AND NOT EXISTS (
        SELECT 1 FROM custody c WHERE c.attachment_id = a.id AND c.event = '{Custody.ERASED}' AND {custody.OURS}))"""
    return tuple(row for (digest,) in writer.select(sql) for row in _unname(writer, digest))
