"""Numbered SQL files, applied whole or not at all, after a backup that was opened and checked."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from db.errors import Damaged, ForeignDatabase, TooNew
from db.store import translated

APPLICATION_ID = 0x434C4D44  # "CLMD"


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema: its number and its SQL."""

    number: int
    sql: str


def shipped() -> tuple[Migration, ...]:
    """The migrations of this Claimdesk, first to last, without a gap."""
    found = sorted(Path(__file__).with_name("migrations").glob("*.sql"))
    steps = tuple(Migration(int(file.name[:4]), file.read_text("utf-8")) for file in found)
    assert [s.number for s in steps] == list(range(1, len(steps) + 1))
    return steps


def create(connection: sqlite3.Connection, steps: Sequence[Migration]) -> None:
    """Make an empty file a casebook of the newest schema. Runs inside the caller's transaction."""
    for step in steps:
        _run(connection, step)
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")


def schema_of(connection: sqlite3.Connection, path: Path) -> int:
    """The schema number of a file; raises `ForeignDatabase` when it is no casebook."""
    with translated(path):
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        number: int = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application != APPLICATION_ID:
        raise ForeignDatabase(path)
    if number < 1:
        raise Damaged(path, "schema")
    return number


def bring_up(
    connection: sqlite3.Connection,
    path: Path,
    steps: Sequence[Migration],
    back_up: Callable[[], object],
    catch_up: Callable[[frozenset[str]], object] = lambda _: None,
) -> None:
    """Bring an older file to the newest schema, after `back_up` has made a backup or has raised.

    `catch_up` is given what each table had before, as "table.column", and draws in the same transaction what the log
    knew and those tables could not show.
    """
    number = schema_of(connection, path)
    if number > len(steps):
        raise TooNew(path, str(number))
    if number == len(steps):
        return
    back_up()
    with translated(path):
        connection.execute("BEGIN EXCLUSIVE")
        try:
            before = _columns(connection)
            for step in steps[number:]:
                _run(connection, step)
            catch_up(before)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _columns(connection: sqlite3.Connection) -> frozenset[str]:
    sql = """SELECT t.name || '.' || c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
        WHERE t.type = 'table'"""
    return frozenset(row[0] for row in connection.execute(sql))


def _run(connection: sqlite3.Connection, step: Migration) -> None:
    statement = ""
    for line in step.sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):  # executescript would commit the transaction
            connection.execute(statement)
            statement = ""
    connection.execute(statement)  # what follows the last semicolon
    connection.execute(f"PRAGMA user_version={step.number}")
