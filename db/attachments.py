"""Attachments: bytes kept with a case or one of its sources."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from db import blobs, formats, pictures
from db.change import Change
from db.errors import Invalid, NotFound
from db.identity import iso, now
from db.kinds import Kind
from db.pictures import Drawable
from db.progress import SILENT, Progress
from db.store import Store, connect, transaction
from db.vocabulary import Method


@dataclass(frozen=True, slots=True)
class Ready:
    """Bytes that are stored and looked at, ready to be attached by a change."""

    sha256: str
    size: int
    media_type: str
    name: str
    method: Method
    captured_at: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment of a case, with what is known of its picture."""

    id: str
    case_id: str
    source_id: str
    sha256: str
    size: int
    media_type: str
    name: str
    caption: str
    method: Method
    captured_at: str
    created_at: str
    created_by: str
    drawable: Drawable
    width: int
    height: int


def take_file(casebook: Path, file: Path, progress: Progress = SILENT) -> Ready:
    """Store a file's bytes and look at them; for a worker, over connections of its own."""
    name = _plain_name(file.name)
    return _look(casebook, blobs.store_file(casebook, file, progress), name, Method.FILE)


def take_bytes(casebook: Path, data: bytes, name: str, progress: Progress = SILENT) -> Ready:
    """Store bytes from the clipboard and look at them; for a worker, over connections of its own."""
    name = _plain_name(name)
    return _look(casebook, blobs.store(casebook, io.BytesIO(data), len(data), progress), name, Method.PASTED)


def attach(change: Change, case_id: str, ready: Ready, *, source_id: str = "", caption: str = "") -> str:
    """Attach stored bytes to a case, or to a source in it; returns the id of the attachment.

    Raises `NotFound` when the bytes were abandoned meanwhile.
    """
    blobs.reader(change.writer, ready.sha256)
    return change.create(
        Kind.ATTACHMENT,
        {
            "case_id": case_id,
            "source_id": source_id or None,
            "sha256": ready.sha256,
            "size": ready.size,
            "media_type": ready.media_type,
            "name": ready.name,
            "caption": caption,
            "method": ready.method,
            "captured_at": ready.captured_at,
        },
    )


def edit(change: Change, attachment_id: str, *, name: str, caption: str) -> None:
    """Change the name or the caption; the bytes never change."""
    change.put(Kind.ATTACHMENT, attachment_id, {"name": _plain_name(name), "caption": caption})


def file_under(change: Change, attachment_id: str, source_id: str) -> None:
    """Say which source the attachment shows; empty for the case itself."""
    change.put(Kind.ATTACHMENT, attachment_id, {"source_id": source_id or None})


def delete(change: Change, attachment_id: str, reason: str = "") -> None:
    """Take an attachment out of the case; its bytes stay in the file with its history."""
    change.delete(Kind.ATTACHMENT, attachment_id, reason)


_SELECT = """SELECT a.id, a.case_id, coalesce(a.source_id, ''), a.sha256, coalesce(a.size, 0), a.media_type, a.name,
    a.caption, a.method, a.captured_at, a.created_at, a.created_by, coalesce(t.state, 'not a picture'),
    coalesce(t.width, 0), coalesce(t.height, 0)
    FROM attachment a LEFT JOIN thumbnail t ON t.sha256 = a.sha256"""


def of_case(store: Store, case_id: str) -> tuple[Attachment, ...]:
    """The attachments of a case, oldest first."""
    rows = store.select(f"{_SELECT} WHERE a.case_id = :case AND a.deleted = 0 ORDER BY a.id", case=case_id)
    return tuple(map(_attachment, rows))


def one(store: Store, attachment_id: str) -> Attachment:
    """The attachment with this id."""
    row = store.one(f"{_SELECT} WHERE a.id = :id AND a.deleted = 0", id=attachment_id)
    if row is None:
        raise NotFound(Kind.ATTACHMENT, attachment_id)
    return _attachment(row)


def _attachment(row: Sequence[object]) -> Attachment:
    values = list(row)
    values[8], values[12] = Method(str(row[8])), Drawable(str(row[12]))
    return Attachment(*values)  # type: ignore[arg-type]


def thumbnails(store: Store, digests: Sequence[str]) -> dict[str, bytes]:
    """The small pictures (PNG) of those of these blobs that can be drawn."""
    found = {}
    for digest in digests:
        png = store.value("SELECT png FROM thumbnail WHERE sha256 = :digest", digest=digest)
        if png:
            found[digest] = bytes(png)
    return found


def _look(casebook: Path, stored: blobs.Stored, name: str, method: Method) -> Ready:
    """Sniff and draw small what was stored, and keep the small picture for the screen."""
    connection = connect(casebook, write=True)
    try:
        store = Store(casebook, connection)
        stream = blobs.reader(store, stored.sha256)
        media_type = formats.sniff(stream.read(formats.HEAD) or b"")
        stream.seek(0)
        small = pictures.thumbnail(io.BufferedReader(stream), media_type)
        with transaction(connection, casebook) as writer:
            writer.execute_row(
                "INSERT OR REPLACE INTO thumbnail (sha256, width, height, state, png) VALUES (?, ?, ?, ?, ?)",
                (stored.sha256, small.width, small.height, small.state, small.png),
            )
    finally:
        connection.close()
    return Ready(stored.sha256, stored.size, media_type, name, method, iso(now()))


def abandon(casebook: Path, taken: Sequence[Ready]) -> None:
    """Drop stored bytes that are not going to be attached."""
    for ready in taken:
        with contextlib.suppress(NotFound):
            blobs.forget_unused(casebook, ready.sha256)


def _plain_name(name: str) -> str:
    """A file name with nothing in it that could be a path or a control."""
    plain = name.encode("utf-8", "replace").decode("utf-8").replace("\\", "/").rpartition("/")[2]
    plain = "".join(c for c in plain if c.isprintable() or c in "\u200c\u200d").strip().strip(".")
    if not plain:
        raise Invalid("name", "empty")
    return plain
