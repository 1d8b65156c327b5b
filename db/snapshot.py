"""What a casebook knows at one moment in a new file of its own, made through SQLite while others go on saving."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from db.errors import Damaged
from db.progress import SILENT, Progress
from db.store import Store, transaction, translated

_OURS_ALONE = ("draft", "peer", "arrival")


def write(store: Store, new: Path, progress: Progress = SILENT) -> tuple[int, int]:
    """Write a new file, without what is never handed on; returns its extent. A worker has a store of its own."""
    raw = new.with_name("raw")
    store.copy_into(raw, progress)
    with translated(new), closing(sqlite3.connect(raw, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        with transaction(connection, new) as writer:
            for table in _OURS_ALONE:
                writer.execute(f"DELETE FROM {table}")
        if connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise Damaged(store.path, "backup")
        connection.execute("VACUUM INTO :new", {"new": str(new)})  # what was deleted is not in its bytes either
        return extent(Store(raw, connection))


def extent(store: Store) -> tuple[int, int]:
    """How far the operations and the blobs of a casebook go."""
    sql = "SELECT (SELECT coalesce(max(n), 0) FROM op), (SELECT coalesce(max(id), 0) FROM blob)"
    operations, blobs = store.one(sql) or (0, 0)
    return operations, blobs
