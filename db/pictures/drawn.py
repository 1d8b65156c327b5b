"""Small pictures of stored bytes, and what they are known again by. All of it is drawn from the bytes at any time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from db import blobs
from db.formats import DRAWN
from db.pictures import anchors
from db.store import Store, Writer

if TYPE_CHECKING:
    from db.pictures.decoding import Thumbnail


def keep(writer: Writer, sha256: str, small: Thumbnail) -> None:
    """Keep what was drawn of these bytes, in place of what was drawn before; nothing where they were erased since."""
    if not blobs.is_here(writer, sha256):
        return
    _forget_anchors(writer, sha256)
    writer.execute_row(
        """INSERT INTO thumbnail (sha256, width, height, state, dhash, anchors, image) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (sha256) DO UPDATE SET width = excluded.width, height = excluded.height, image = excluded.image,
                state = excluded.state, dhash = excluded.dhash, anchors = excluded.anchors""",
        (sha256, small.width, small.height, small.state, small.dhash, anchors.pack(small.anchors), small.image),
    )
    picture = writer.value("SELECT id FROM thumbnail WHERE sha256 = :sha256", sha256=sha256)
    words = {anchors.key(each.word) for each in small.anchors}
    writer.execute_rows("INSERT OR IGNORE INTO anchor VALUES (?, ?)", ((word, picture) for word in sorted(words)))


def forget(writer: Writer, sha256: str) -> None:
    """Drop what was drawn of these bytes."""
    _forget_anchors(writer, sha256)
    writer.execute("DELETE FROM thumbnail WHERE sha256 = :sha256", sha256=sha256)


def _forget_anchors(writer: Writer, sha256: str) -> None:
    for picture, kept in writer.select("SELECT id, anchors FROM thumbnail WHERE sha256 = :sha256", sha256=sha256):
        rows = ((anchors.key(each.word), picture) for each in anchors.unpack(kept))
        writer.execute_rows("DELETE FROM anchor WHERE word = ? AND picture = ?", rows)


def waiting(store: Store) -> tuple[str, ...]:
    """Attachments of pictures that nobody has drawn small yet, so that they are not known again; one for each."""
    sql = """SELECT min(a.id) FROM attachment a WHERE a.deleted = 0
        AND a.media_type IN (SELECT value FROM json_each(:drawable))
        AND EXISTS (SELECT 1 FROM blob b WHERE b.sha256 = a.sha256)
        AND NOT EXISTS (SELECT 1 FROM thumbnail t WHERE t.sha256 = a.sha256) GROUP BY a.sha256"""
    return tuple(row[0] for row in store.select(sql, drawable=json.dumps(list(DRAWN))))
