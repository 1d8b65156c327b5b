"""What the tables of a casebook are, and whether they are those that Claimdesk makes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from sqlite_utils import Database
from sqlite_utils.db import Table

from db import migrate
from db.store import Store


def strange(store: Store) -> tuple[str, ...]:
    """What is in the schema of a file and should not be, and what should be and is not."""
    found, made = frozenset(_facts(store.database())), frozenset(_made())
    unknown = (f"unknown: {fact}" for fact in sorted(found - made))
    missing = (f"missing: {fact}" for fact in sorted(made - found))
    return (*unknown, *missing)


def _made() -> tuple[str, ...]:
    """The facts of a casebook made now."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate.create(connection, migrate.shipped())
        return tuple(_facts(Database(connection, execute_plugins=False)))
    finally:
        connection.close()


def _facts(database: Database) -> Iterator[str]:
    """One line for each table, column, key and index."""
    for table in database.tables:
        yield f"table {table.name}{' strict' if table.strict else ''}"
        yield from (f"{table.name}: {fact}" for fact in _of_table(table))
    yield from (f"trigger {trigger.name}" for trigger in database.triggers)
    yield from (f"view {view.name}" for view in database.views)


def _of_table(table: Table) -> Iterator[str]:
    for column in table.columns:
        bounds = (" not null" if column.notnull else "") + (" key" if column.is_pk else "")
        yield f"column {column.name} {column.type}{bounds}"
    for key in table.foreign_keys:
        yield f"{key.column} refers to {key.other_table}.{key.other_column}"
    for index in table.indexes:
        yield f"index {index.name} on {', '.join(map(str, index.columns))}{' unique' if index.unique else ''}"
