"""The schema says what the code says, and an older file is brought up whole, after a backup, or left alone."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import backups, check, migrate
from db.backups import Why
from db.casebook import Casebook
from db.entrance import Closed
from db.errors import CasebookError, Damaged, NoBackup, ReadOnly, Untrusted
from db.fields import FIELDS, columns
from db.kinds import Kind
from db.migrate import Migration
from tests.db import schema
from tests.makers import make_book, make_case

ADD = "ALTER TABLE \"case\" ADD COLUMN later TEXT NOT NULL DEFAULT 'x'"


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    with make_book(tmp_path) as book:
        make_case(book)
    return book.path


def newer(monkeypatch: pytest.MonkeyPatch, *sql: str) -> None:
    """A Claimdesk that ships further migrations."""
    shipped = migrate.shipped()
    more = tuple(Migration(len(shipped) + n, each) for n, each in enumerate(sql, 1))
    monkeypatch.setattr(migrate, "shipped", lambda: (*shipped, *more))


def test_migrations_are_numbered_without_a_gap() -> None:
    assert [step.number for step in migrate.shipped()] == list(range(1, len(migrate.shipped()) + 1))


def test_the_schema_for_reading_is_the_schema() -> None:
    assert schema.SCHEMA.read_text(encoding="utf-8") == schema.text(), "run: python -m tests.db.schema"


def test_the_columns_are_those_of_the_kinds(book: Casebook) -> None:
    ours = ["id", "created_at", "created_by", "changed_at", "deleted", "conflicts"]
    for kind in Kind:
        found = {row[1]: row for row in book.select(f'PRAGMA table_info("{kind}")')}
        assert list(found) == ["id", *columns(kind), *ours[1:]], kind
        references = {row[3]: row[2] for row in book.select(f'PRAGMA foreign_key_list("{kind}")')}
        assert references == {each.name: str(each.refers) for each in FIELDS[kind] if each.refers}
        indexed = {
            row[2]
            for i in book.select(f'PRAGMA index_list("{kind}")')
            for row in book.select(f'PRAGMA index_info("{i[1]}")')
        }
        assert set(references) <= indexed, "a reference without an index"


def vocabularies() -> Iterator[tuple[Kind, str, tuple[str, ...]]]:
    for kind, fields in FIELDS.items():
        for each in fields:
            if each.words:
                yield kind, each.name, (*(() if each.required else ("",)), *each.words)


def test_the_vocabularies_are_those_of_the_checks(book: Casebook) -> None:
    told = 0
    for kind, name, words in vocabularies():
        sql = book.value("SELECT sql FROM sqlite_schema WHERE name = :kind", kind=kind)
        match = re.search(rf"\b{name} TEXT NOT NULL CHECK \({name} IN \(([^)]*)\)\)", sql)
        assert match, (kind, name)
        assert match[1] == ", ".join(f"'{word}'" for word in words)
        told += 1
    assert told >= 10


def test_every_table_is_strict_and_any_tool_can_read_it(closed: Path) -> None:
    connection = sqlite3.connect(closed)
    try:
        tables = connection.execute("""SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0
            AND type = 'table' AND name NOT LIKE 'sqlite_%'""").fetchall()
        assert tables == []
        assert connection.execute("PRAGMA page_size").fetchone() == (8192,)
        rows = connection.execute(
            'SELECT c.reference, k.text FROM "case" c JOIN claim k ON k.case_id = c.id'
        ).fetchall()
        assert len(rows) == 1
    finally:
        connection.close()


def test_an_older_file_is_brought_up_after_a_backup_that_opens(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newer(
        monkeypatch, ADD + ";", "CREATE TABLE added (x TEXT) STRICT; -- a last word\nCREATE INDEX added_x ON added(x)"
    )
    with Casebook.open(closed) as book:
        assert book.writable
        assert book.value('SELECT later FROM "case"') == "x"
        assert book.value("PRAGMA user_version") == len(migrate.shipped())
        assert book.one("SELECT 1 FROM sqlite_schema WHERE name = 'added_x'")
    (backup,) = backups.of(closed)
    assert backup.why is Why.MIGRATION
    monkeypatch.undo()
    with Casebook.open(backup.path, write=False) as old:
        assert check.check(old).problems == ()
        assert old.value('SELECT count(*) FROM "case"') == 1


@pytest.mark.parametrize(
    "broken",
    [
        "CREATE TABLE nonsense",
        "INSERT INTO claim (id) VALUES ('x');",
        f'{ADD}; DELETE FROM "case";',
        "SELECT no_such_function();",
    ],
)
def test_a_migration_that_fails_leaves_the_file_as_it_was(
    closed: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    before = closed.read_bytes()
    newer(monkeypatch, ADD + ";", broken)
    with pytest.raises((sqlite3.Error, CasebookError)):
        Casebook.open(closed)
    monkeypatch.undo()
    assert closed.read_bytes() == before
    with Casebook.open(closed) as book:
        assert book.writable


def test_nothing_is_migrated_without_a_backup(closed: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = closed.read_bytes()
    newer(monkeypatch, ADD)
    (home / "backups").write_text("in the way")
    with pytest.raises(NoBackup):
        Casebook.open(closed)
    assert closed.read_bytes() == before


def test_a_damaged_file_is_not_migrated(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = bytearray(closed.read_bytes())
    content[-8192 * 3 : -8192 * 2] = b"\xff" * 8192
    closed.write_bytes(content)
    newer(monkeypatch, ADD)
    with pytest.raises(Damaged):
        Casebook.open(closed)
    assert closed.read_bytes() == content


def test_a_trigger_does_not_run_in_a_migration(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = sqlite3.connect(closed)
    connection.execute('CREATE TRIGGER t AFTER UPDATE ON "case" BEGIN DELETE FROM op; END')
    connection.commit()
    connection.close()
    newer(monkeypatch, "UPDATE \"case\" SET title = 'x';")
    with pytest.raises(Untrusted):
        Casebook.open(closed)
    connection = sqlite3.connect(closed)
    assert connection.execute("SELECT count(*) FROM op").fetchone()[0] > 0
    connection.close()


def test_an_older_file_that_cannot_be_written_says_so(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newer(monkeypatch, ADD)
    with pytest.raises(ReadOnly):
        Casebook.open(closed, write=False)
    monkeypatch.undo()
    with Casebook.open(closed, write=False) as book:
        assert book.closed is Closed.ASKED
