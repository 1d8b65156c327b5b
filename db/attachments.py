"""Attachments: bytes kept with a case or one of its sources."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from db import blobs, custody, formats, origins
from db.change import Change
from db.custody import Erased
from db.errors import Invalid, NotFound
from db.formats import Drawable
from db.identity import iso, now
from db.kinds import Json, Kind
from db.origins import Origin
from db.pictures import drawn
from db.progress import SILENT, Progress, Share
from db.store import Store, connect, transaction
from db.vocabulary import Method

if TYPE_CHECKING:
    from db.pictures.decoding import Thumbnail

_TOGETHER = 16
_NONE = Origin()


@dataclass(frozen=True, slots=True)
class Ready:
    """Bytes that are stored, ready to be attached by a change, with what is told of where they came from."""

    sha256: str
    size: int
    media_type: str
    name: str
    method: Method
    captured_at: str
    origin: Origin = _NONE


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment of a case, with what is known of its picture; `erased` where this desk erased its bytes.

    It is `graphic` where anybody marked these bytes so, under whatever attachment.
    """

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
    derived_from: str
    graphic: bool
    erased: Erased | None = None


class Depot(blobs.Depot):
    """Stores bytes that are going to be attached; for a worker thread, one depot for all that comes in together."""

    def file(self, file: Path, progress: Progress = SILENT, method: Method = Method.FILE) -> Ready:
        """Store a file's bytes; raises `Vanished` when it cannot be read."""
        name = _plain_name(file.name)
        stored = self.take_file(file, progress)
        return _ready(stored, name, method, origins.of_file(file, stored.head))

    def picture(
        self,
        data: bytes,
        name: str,
        progress: Progress = SILENT,
        method: Method = Method.PASTED,
        origin: Origin = _NONE,
    ) -> Ready:
        """Store bytes from the clipboard or the screen, or that were made in another way."""
        name = _plain_name(name)
        return _ready(self.take(io.BytesIO(data), len(data), progress), name, method, origin)


def attach(
    change: Change,
    case_id: str,
    ready: Ready,
    *,
    source_id: str = "",
    caption: str = "",
    derived_from: str = "",
    steps: Json = (),
    graphic: bool = False,
) -> str:
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
            "derived_from": derived_from or None,
            "steps": list(steps) if isinstance(steps, Sequence) else [],
            "graphic": graphic,
        },
    )


def edit(change: Change, attachment_id: str, *, name: str, caption: str) -> None:
    """Change the name or the caption; the bytes never change."""
    change.put(Kind.ATTACHMENT, attachment_id, {"name": _plain_name(name), "caption": caption})


def file_under(change: Change, attachment_id: str, source_id: str) -> None:
    """Say which source the attachment shows; empty for the case itself."""
    change.put(Kind.ATTACHMENT, attachment_id, {"source_id": source_id or None})


def mark_graphic(change: Change, digests: Sequence[str], *, graphic: bool) -> None:
    """Say of bytes, wherever they are attached, that they are hard to bear, or that they are not."""
    for digest in digests:
        for (thing,) in change.writer.select(
            "SELECT id FROM attachment WHERE sha256 = :digest AND deleted = 0 ORDER BY id", digest=digest
        ):
            change.put(Kind.ATTACHMENT, thing, {"graphic": graphic})


def graphic(store: Store, digests: Sequence[str]) -> frozenset[str]:
    """Those of these bytes that are marked as hard to bear."""
    sql = """SELECT DISTINCT sha256 FROM attachment WHERE deleted = 0 AND graphic = 1
        AND sha256 IN (SELECT value FROM json_each(:digests))"""
    return frozenset(row[0] for row in store.select(sql, digests=json.dumps(list(digests))))


def delete(change: Change, attachment_id: str, reason: str = "") -> None:
    """Take an attachment out of the case; its bytes stay in the file with its history."""
    change.delete(Kind.ATTACHMENT, attachment_id, reason)


_SELECT = """SELECT a.id, a.case_id, coalesce(a.source_id, ''), a.sha256, coalesce(a.size, 0), a.media_type, a.name,
    a.caption, a.method, a.captured_at, a.created_at, a.created_by, coalesce(t.state, 'unseen'),
    coalesce(t.width, 0), coalesce(t.height, 0), coalesce(a.derived_from, ''),
    EXISTS (SELECT 1 FROM attachment g WHERE g.sha256 = a.sha256 AND g.graphic = 1 AND g.deleted = 0)
    FROM attachment a LEFT JOIN thumbnail t ON t.sha256 = a.sha256"""


def of_case(store: Store, case_id: str) -> tuple[Attachment, ...]:
    """The attachments of a case, oldest first."""
    rows = store.select(f"{_SELECT} WHERE a.case_id = :case AND a.deleted = 0 ORDER BY a.id", case=case_id)
    gone = custody.erased(store, case_id=case_id)
    return tuple(_attachment(row, gone.get(row[0])) for row in rows)


def one(store: Store, attachment_id: str) -> Attachment:
    """The attachment with this id."""
    row = store.one(f"{_SELECT} WHERE a.id = :id AND a.deleted = 0", id=attachment_id)
    if row is None:
        raise NotFound(Kind.ATTACHMENT, attachment_id)
    return _attachment(row, custody.erased(store, attachment_id=attachment_id).get(attachment_id))


def _attachment(row: Sequence[object], erased: Erased | None) -> Attachment:
    values = list(row)
    values[8], values[12], values[16] = Method(str(row[8])), Drawable(str(row[12])), bool(row[16])
    if row[5] not in formats.DRAWN and (row[5] != formats.PDF or values[12] not in (Drawable.YES, Drawable.UNSEEN)):
        values[12] = Drawable.NOT_A_PICTURE
    return Attachment(*values, erased)  # type: ignore[arg-type,call-arg]


def thumbnails(store: Store, digests: Sequence[str]) -> dict[str, bytes]:
    """The small pictures (JPEG or PNG) of those of these blobs that can be drawn."""
    found = {}
    for digest in digests:
        image = store.value("SELECT image FROM thumbnail WHERE sha256 = :digest", digest=digest)
        if image:
            found[digest] = bytes(image)
    return found


def draw_small(casebook: Path, wanted: Sequence[Attachment], progress: Progress = SILENT) -> None:
    """Draw small pictures of attachments and keep them for the screen; for a worker, over a connection of its own."""
    connection = connect(casebook, write=True)
    try:
        store, drawing = Store(casebook, connection), []
        for place, attachment in enumerate(wanted):
            progress.step(place, len(wanted))
            share = Share(progress, 100 * place // len(wanted), 100 * (place + 1) // len(wanted))
            with contextlib.suppress(NotFound):
                stream = io.BufferedReader(blobs.reader(store, attachment.sha256))
                drawing.append((attachment.sha256, _small(stream, attachment.media_type, share)))
            if len(drawing) == _TOGETHER or place == len(wanted) - 1:
                with transaction(connection, casebook) as writer:
                    for digest, small in drawing:
                        drawn.keep(writer, digest, small)
                drawing = []
    finally:
        connection.close()


def _small(stream: BinaryIO, media_type: str, progress: Progress) -> Thumbnail:
    from db.pictures import decoding  # noqa: PLC0415 (Pillow is slow to import, and nothing else here needs it)

    if media_type == formats.PDF:
        return decoding.first_page(stream, progress)
    return decoding.thumbnail(stream, media_type)


def _ready(stored: blobs.Stored, name: str, method: Method, origin: Origin) -> Ready:
    return Ready(stored.sha256, stored.size, formats.sniff(stored.head), name, method, iso(now()), origin)


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
