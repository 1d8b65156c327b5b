"""Writes db/schema.sql, the schema of a new casebook for reading: python -m tests.db.schema"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from db import migrate

SCHEMA = Path(__file__).parents[2] / "db" / "schema.sql"


def text() -> str:
    """The schema that all migrations together make, without SQLite's own tables."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate.create(connection, migrate.shipped())
        number = connection.execute("PRAGMA user_version").fetchone()[0]
        rows = connection.execute("""SELECT sql FROM sqlite_schema WHERE sql NOT NULL
            AND name NOT GLOB 'search_part_*' AND name NOT GLOB 'search_word_*' ORDER BY rowid""").fetchall()
    finally:
        connection.close()
    head = f"""-- The schema of a casebook, for reading. Made from db/migrations by: python -m tests.db.schema
PRAGMA application_id = 0x{migrate.APPLICATION_ID:08X};
PRAGMA user_version = {number};
"""
    return "\n".join([head, *(f"{sql};\n" for (sql,) in rows)])


if __name__ == "__main__":
    SCHEMA.write_text(text(), encoding="utf-8", newline="\n")
