"""The exchange form: the tables that one desk reads of another's file. Frozen once released."""

from __future__ import annotations

import sqlite3
from functools import cache

from db import migrate

TABLES = ("meta", "chain", "op", "blob", "piece")


@cache
def statements() -> tuple[tuple[str, str], ...]:
    """Name and CREATE statement of each exchange table and of each index on one, as Claimdesk writes them."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate.create(connection, migrate.shipped())
        marks = ", ".join("?" * len(TABLES))
        sql = f"SELECT name, sql FROM sqlite_schema WHERE tbl_name IN ({marks}) AND sql NOT NULL ORDER BY rowid"
        return tuple(connection.execute(sql, TABLES))
    finally:
        connection.close()


def create(connection: sqlite3.Connection) -> None:
    """Make an empty file hold the exchange tables and nothing else."""
    connection.execute("PRAGMA page_size=8192")
    for _, sql in statements():
        connection.execute(sql)
    connection.execute(f"PRAGMA application_id={migrate.APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={len(migrate.shipped())}")
