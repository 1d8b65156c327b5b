"""What a newer desk wrote and an older Claimdesk kept in the log is shown once the file is brought up."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from db import check, events, migrate, sources
from db.casebook import Casebook
from db.events import EventDraft
from db.sources import SourceDraft
from db.vocabulary import Derivation, Op
from tests.makers import make_book, make_case


def as_schema_1_would_have_it(path: Path, older: Path) -> None:
    """The same log and blobs in a file of the first schema, whose tables show what they have columns for."""
    connection = sqlite3.connect(older, isolation_level=None)
    migrate.create(connection, migrate.shipped()[:1])
    connection.execute("ATTACH ? AS new", (str(path),))
    for (table,) in connection.execute("""SELECT name FROM main.sqlite_schema WHERE type = 'table'
        AND name NOT GLOB 'search_*' AND name NOT GLOB 'sqlite_*'""").fetchall():
        columns = ", ".join(row[1] for row in connection.execute(f'PRAGMA main.table_info("{table}")'))
        connection.execute(f'INSERT INTO main."{table}" ({columns}) SELECT {columns} FROM new."{table}"')
    connection.close()


def test_it_is_drawn_when_the_file_is_brought_up(tmp_path: Path) -> None:
    with make_book(tmp_path) as book:
        case = make_case(book)
        with book.change(Op.ADD_EVENT) as change:
            events.add(change, case, EventDraft("A man is killed.", "2025-03-05"))
        with book.change(Op.ADD_SOURCE) as change:
            first = sources.add(change, SourceDraft("Agency"))
            copy = sources.add(change, SourceDraft("Paper", derived_from=first, derivation=Derivation.WIRE_COPY))
    older = tmp_path / "older.casebook"
    as_schema_1_would_have_it(book.path, older)
    with Casebook.open(older) as brought_up:
        assert [each.text for each in events.of_case(brought_up, case)] == ["A man is killed."]
        assert sources.one(brought_up, copy).derivation == Derivation.WIRE_COPY
        assert [problem for problem in check.check(brought_up).problems if problem.kind == "projection"] == []
