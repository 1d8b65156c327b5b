"""Sound files made unsound at random: bits, pages, headers and cells, as broken sticks and busy hands make them."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from db import form
from tests.db.hostile.forge import Forger, page_size

_LARGEST = (0, 1, -1, 2, 255, 1 << 31, (1 << 53) + 1, (1 << 63) - 1, -(1 << 63))


def mutated(path: Path, dice: random.Random) -> str:
    """Change a file in one way; returns which."""
    before = path.read_bytes()
    while True:
        change = dice.choices([each for each, _ in _WAYS], [weight for _, weight in _WAYS])[0]
        change(path, dice)
        if path.read_bytes() != before:
            return change.__name__


def by_sql(name: str) -> bool:
    """Whether such a change leaves a file that SQLite finds sound, and says something else."""
    return name in ("a_cell", "a_row_gone", "a_row_more", "a_cell_of_the_schema")


def _bytes(change: Callable[[bytearray, random.Random, int], None]) -> Callable[[Path, random.Random], None]:
    def changed(path: Path, dice: random.Random) -> None:
        data = bytearray(path.read_bytes())
        change(data, dice, page_size(path))
        path.write_bytes(data)

    changed.__name__ = change.__name__
    return changed


@_bytes
def some_bits(data: bytearray, dice: random.Random, page: int) -> None:
    for _ in range(dice.choice((1, 1, 1, 2, 8, 64))):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


@_bytes
def some_bytes(data: bytearray, dice: random.Random, page: int) -> None:
    at = dice.randrange(len(data))
    length = dice.choice((1, 2, 4, 16, 200))
    data[at : at + length] = dice.randbytes(len(data[at : at + length]))


@_bytes
def the_head_of_a_page(data: bytearray, dice: random.Random, page: int) -> None:
    """The b-tree header: sort of page, first free block, number of cells, where they begin, the right-most child."""
    start = page * dice.randrange(len(data) // page)
    start += 100 if start == 0 else 0
    data[start + dice.randrange(12)] = dice.choice((0, 1, 2, 5, 10, 13, 255, dice.randrange(256)))


@_bytes
def where_a_cell_is(data: bytearray, dice: random.Random, page: int) -> None:
    start = page * dice.randrange(len(data) // page) + 8 + 2 * dice.randrange(12)
    data[start : start + 2] = dice.randrange(page).to_bytes(2, "big")


@_bytes
def the_header(data: bytearray, dice: random.Random, page: int) -> None:
    data[dice.randrange(100)] = dice.randrange(256)


@_bytes
def the_schema(data: bytearray, dice: random.Random, page: int) -> None:
    data[100 + dice.randrange(page - 100)] = dice.randrange(256)


@_bytes
def a_page_in_place_of_another(data: bytearray, dice: random.Random, page: int) -> None:
    one, other = (page * dice.randrange(len(data) // page) for _ in range(2))
    data[one : one + page] = data[other : other + page]


@_bytes
def two_pages_changed_over(data: bytearray, dice: random.Random, page: int) -> None:
    one, other = (page * dice.randrange(len(data) // page) for _ in range(2))
    data[one : one + page], data[other : other + page] = data[other : other + page], data[one : one + page]


@_bytes
def a_stretch_of_zeros(data: bytearray, dice: random.Random, page: int) -> None:
    at, length = dice.randrange(len(data)), dice.choice((1, 8, 64, 512, page, 4 * page))
    data[at : at + length] = bytes(len(data[at : at + length]))


@_bytes
def an_end_cut_off(data: bytearray, dice: random.Random, page: int) -> None:
    del data[dice.choice((dice.randrange(len(data)), page * dice.randrange(len(data) // page))) :]
    if dice.random() < 0.5 and len(data) >= 100:
        data[28:32] = (len(data) // page).to_bytes(4, "big")


@_bytes
def an_end_grown(data: bytearray, dice: random.Random, page: int) -> None:
    data += dice.choice((dice.randbytes(page), bytes(page), data[-page:], dice.randbytes(7)))
    if dice.random() < 0.5:
        data[28:32] = (len(data) // page).to_bytes(4, "big")


@_bytes
def a_stretch_taken_out(data: bytearray, dice: random.Random, page: int) -> None:
    at, length = dice.randrange(len(data)), dice.choice((1, 16, page))
    del data[at : at + length]
    data += bytes(length)


def a_cell(path: Path, dice: random.Random) -> None:
    with _connected(path) as sql:
        table = dice.choice(form.TABLES)
        column = dice.choice([row[1] for row in sql.execute(f"PRAGMA table_info('{table}')")])
        key = "name" if table == "meta" else "rowid"
        rows = sql.execute(f"SELECT {key}, {column} FROM {table}").fetchall()
        place, old = dice.choice(rows)
        value = dice.choice((_like(old, dice), dice.choice(rows)[1], None, dice.choice(_LARGEST)))
        sql.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (value, place))


def _like(old: object, dice: random.Random) -> object:
    """Nearly the same."""
    if isinstance(old, bytes) and old:
        changed = bytearray(old)
        changed[dice.randrange(len(old))] ^= 1 << dice.randrange(8)
        return bytes(changed)
    if isinstance(old, str) and old:
        at = dice.randrange(len(old))
        return old[:at] + dice.choice('aZ09 -é\u202e\0"}') + old[at + 1 :]
    return old + dice.choice((-1, 1)) if isinstance(old, int) else old


def a_row_gone(path: Path, dice: random.Random) -> None:
    with _connected(path) as sql:
        table = dice.choice(form.TABLES)
        sql.execute(f"DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table} ORDER BY random() LIMIT 1)"
                    if table != "meta" else "DELETE FROM meta WHERE name = 'desk'")  # fmt: skip


def a_row_more(path: Path, dice: random.Random) -> None:
    with _connected(path) as sql:
        table = dice.choice(("op", "blob", "piece", "chain"))
        columns = [row[1] for row in sql.execute(f"PRAGMA table_info('{table}')")]
        new = dice.choice(columns)
        picked = ", ".join(f"{c} + 1000" if c in ("n", "id") and table in ("op", "blob", "chain") and c == columns[0]
                           else "randomblob(32)" if c == new and table == "op" else c for c in columns)  # fmt: skip
        sql.execute(f"INSERT INTO {table} SELECT {picked} FROM {table} LIMIT 1 OFFSET ?", [dice.randrange(3)])


def a_cell_of_the_schema(path: Path, dice: random.Random) -> None:
    with _connected(path) as sql:
        sql.execute("PRAGMA writable_schema=ON")
        rows = sql.execute("SELECT rowid, type, name, tbl_name, rootpage, sql FROM sqlite_schema").fetchall()
        column = dice.choice(("type", "name", "tbl_name", "rootpage", "sql"))
        row, other = dice.choice(rows), dice.choice(rows)
        at = ("type", "name", "tbl_name", "rootpage", "sql").index(column) + 1
        value = dice.choice((_like(row[at], dice), other[at]))
        sql.execute(f"UPDATE sqlite_schema SET {column} = ? WHERE rowid = ?", (value, row[0]))


def a_row_that_its_index_forgets(path: Path, dice: random.Random) -> None:
    with Forger(path) as forger:
        name, sql = dice.choice([(name, sql) for name, sql in form.statements() if sql.startswith("CREATE INDEX op")])
        row = dice.choice(forger.sql.execute("SELECT n FROM op").fetchall())[0]
        forger.rewrite(name, f"{sql} WHERE n <> {row}")
        forger.reopen()
        forger.sql.execute(f"REINDEX {name}")
        forger.rewrite(name, sql)


def a_cell_that_its_index_has_otherwise(path: Path, dice: random.Random) -> None:
    table, column = dice.choice((("op", "id"), ("blob", "sha256"), ("blob", "sha256"), ("chain", "name")))
    with Forger(path) as forger, forger.relaxed(table, " UNIQUE"), contextlib.suppress(sqlite3.Error):
        row, old = dice.choice(forger.sql.execute(f"SELECT rowid, {column} FROM {table}").fetchall())
        value = dice.choice((_like(old, dice), None))
        forger.sql.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (value, row))


@contextlib.contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that writes what the schema lets it write; where it lets nothing, nothing is changed."""
    sql = sqlite3.connect(path, isolation_level=None)
    try:
        sql.execute("PRAGMA synchronous=OFF")
        sql.execute("PRAGMA journal_mode=MEMORY")
        with contextlib.suppress(sqlite3.Error, OverflowError, UnicodeError):
            yield sql
    finally:
        sql.close()


_WAYS: tuple[tuple[Callable[[Path, random.Random], None], int], ...] = (
    (some_bits, 30), (some_bytes, 8), (the_head_of_a_page, 14), (where_a_cell_is, 8), (the_header, 4), (the_schema, 4),
    (a_page_in_place_of_another, 5), (two_pages_changed_over, 4), (a_stretch_of_zeros, 5), (an_end_cut_off, 3),
    (an_end_grown, 2), (a_stretch_taken_out, 3), (a_cell, 12), (a_row_gone, 3), (a_row_more, 3),
    (a_cell_of_the_schema, 3), (a_row_that_its_index_forgets, 2), (a_cell_that_its_index_has_otherwise, 2),
)  # fmt: skip
