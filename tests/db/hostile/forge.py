"""Writing into a casebook what Claimdesk never would: with true hashes, or with lying ones."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self

from db import log
from db.identity import new_chain, new_id

MADE_AT = "2026-05-01T10:00:00.000Z"


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain of a file: its row, its name, whose it says it is, and how far it goes."""

    row: int
    name: str
    desk: str
    number: int
    top: bytes


class Forger:
    """A hand in somebody else's file. What it writes is committed at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sql = sqlite3.connect(path, isolation_level=None)
        self.sql.execute("PRAGMA synchronous=OFF")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.sql.close()

    def value(self, sql: str, *values: object) -> object:
        """The first column of the first row."""
        row = self.sql.execute(sql, values).fetchone()
        return row[0] if row else None

    def text(self, sql: str, *values: object) -> str:
        """The same, where it is a text."""
        return str(self.value(sql, *values))

    @property
    def desk(self) -> str:
        """The desk whose file this says it is."""
        return self.text("SELECT value FROM meta WHERE name = 'desk'")

    def chain(self, row: int = 1) -> Chain:
        """One of the chains."""
        return Chain(
            *self.sql.execute("SELECT id, name, desk, top_number, top_op FROM chain WHERE id = ?", [row]).fetchone()
        )

    def new_chain(self, desk: str = "", name: str = "") -> Chain:
        """Begin a chain, of this desk or in the name of another."""
        sql = "INSERT INTO chain (name, desk, top_number, top_op) VALUES (?, ?, 0, ?)"
        return self.chain(self.sql.execute(sql, (name or new_chain(), desk or self.desk, log.NO_OP)).lastrowid or 0)

    def heads(self, thing: str) -> tuple[tuple[bytes, ...], int]:
        """What the last operation of a thing would be seen by: its id and its generation."""
        sql = "SELECT id, generation FROM op WHERE thing = ? ORDER BY generation DESC, n DESC LIMIT 1"
        row = self.sql.execute(sql, [thing]).fetchone()
        return ((row[0],), row[1]) if row else ((), 0)

    @contextlib.contextmanager
    def quickly(self) -> Iterator[None]:
        """Many operations in one transaction."""
        self.sql.execute("BEGIN")
        yield
        self.sql.execute("COMMIT")

    def op(
        self,
        of: str,
        thing: str = "",
        fields: Mapping[str, object] | None = None,
        *,
        body: str | None = None,
        parents: tuple[bytes, ...] | None = None,
        chain: Chain | None = None,
        lift: bool = True,
        **cells: object,
    ) -> tuple[str, bytes]:
        """One more operation of a chain, true to its hash; `cells` are other values for its columns, hashed too.

        Returns the thing and the id of the operation.
        """
        chain = self.chain(chain.row if chain else 1)
        thing = thing or new_id()
        generation = int(str(cells.get("generation", 1))) - 1
        if parents is None:
            parents, generation = self.heads(thing)
        body = log.body_of(fields or {}) if body is None else body  # type: ignore[arg-type]
        row: dict[str, object] = {
            "number": chain.number + 1, "previous": chain.top, "made_at": MADE_AT, "analyst": "Mallory",
            "verb": "edit case", "save": new_id(), "undoes": "", "kind": of, "thing": thing,
            "generation": generation + 1, "parents": b"".join(parents),
            "body_hash": sha256(body.encode("utf-8", "surrogatepass")).digest(), "body": body, **cells,
        }  # fmt: skip
        head = [chain.name, chain.desk, *(row[name] for name in _HEAD)]
        blob = bytes(row["parents"])  # type: ignore[call-overload]
        cut = [blob[at : at + log.HASH] for at in range(0, len(blob), log.HASH)]
        found = log.operation_id(tuple(head), row["previous"], cut, row["body_hash"])  # type: ignore[arg-type]
        names = ", ".join(row)
        self.sql.execute(
            f"INSERT INTO op (id, chain, {names}) VALUES (?, ?{', ?' * len(row)})", (found, chain.row, *row.values())
        )
        if lift and row["number"] == chain.number + 1:
            self.sql.execute(
                "UPDATE chain SET top_number = ?, top_op = ? WHERE id = ?", (row["number"], found, chain.row)
            )
        return str(row["thing"]), found

    def new(self, of: str, fields: Mapping[str, object] | None = None, thing: str = "", **more: object) -> str:
        """A new thing; returns its id."""
        return self.op(of, thing, fields, parents=(), **more)[0]  # type: ignore[arg-type]

    def rewrite(self, name: str, sql: str) -> None:
        """Let the schema say something else of a table or an index than what stands in the file."""
        with self.writable():
            self.sql.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (sql, name))

    def add_to_schema(self, kind: str, name: str, table: str, root: int, sql: str | None) -> None:
        """One more row of the schema, whatever it says."""
        with self.writable():
            self.sql.execute("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", (kind, name, table, root, sql))

    @contextlib.contextmanager
    def writable(self) -> Iterator[None]:
        """The schema as a table to be written; looked at anew afterwards by whoever opens the file next."""
        self.sql.execute("PRAGMA writable_schema=ON")
        yield
        self.sql.execute("PRAGMA writable_schema=OFF")
        version = int(str(self.value("PRAGMA schema_version")))
        self.sql.execute(f"PRAGMA schema_version={version + 1}")

    @contextlib.contextmanager
    def relaxed(self, table: str, *words: str) -> Iterator[None]:
        """Write a table as if these words did not stand in its schema, and let the schema say again what it said."""
        rows = "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema WHERE tbl_name = ? ORDER BY rowid"
        before = self.sql.execute(rows, [table]).fetchall()
        sql = self.text("SELECT sql FROM sqlite_schema WHERE name = ?", table)
        for word in words:
            assert word in sql
            sql = sql.replace(word, "")
        with self.writable():
            self.sql.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (sql, table))
            if " UNIQUE" in words:
                self.sql.execute("DELETE FROM sqlite_schema WHERE tbl_name = ? AND sql IS NULL", [table])
        self.reopen()
        yield
        with self.writable():
            self.sql.execute("DELETE FROM sqlite_schema WHERE tbl_name = ?", [table])
            self.sql.executemany("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", before)

    def reopen(self) -> None:
        """Read the schema anew."""
        self.sql.close()
        self.sql = sqlite3.connect(self.path, isolation_level=None)
        self.sql.execute("PRAGMA synchronous=OFF")


_HEAD = ("number", "made_at", "analyst", "verb", "save", "undoes", "kind", "thing", "generation")


def patch(path: Path, at: int, data: bytes) -> None:
    """Write bytes over those of a file."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def page_size(path: Path) -> int:
    """The size of the pages of a file, as its header has it."""
    found = int.from_bytes(path.read_bytes()[16:18], "big")
    return 65536 if found == 1 else found


def fit_header(path: Path) -> None:
    """Let the header say the length that the file has."""
    patch(path, 28, (path.stat().st_size // page_size(path)).to_bytes(4, "big"))
