"""Merging in tests: the sieve and the merge themselves, in this process and without the helper, which is slow to start."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from db import form, intake, merge, sieve
from db.casebook import Casebook
from db.fields import OF_A_CASE
from db.merge import Merged
from db.store import Store


class Answers:
    """What the program that starts the helper would answer."""

    def __init__(self, known: Store) -> None:
        self.known = known

    def ask(self, **words: list) -> Sequence[Sequence[object]]:
        if "chains" in words:
            answer = intake._known_chains(self.known, words["chains"])
        else:
            answer = [[digest] for digest in intake._unknown_blobs(self.known, words["blobs"])]
        return json.loads(json.dumps(answer))

    def tell(self, done: int, total: int) -> None:
        pass


def unite(book: Casebook, other: Path) -> Merged:
    """Take in all that another file knows."""
    with TemporaryDirectory(dir=book.path.parent) as folder:
        copy, clean = Path(folder) / "foreign", Path(folder) / "clean"
        shutil.copy(other, copy)
        with (
            contextlib.closing(sieve._open(str(copy))) as source,
            contextlib.closing(sieve._make(str(clean))) as target,
        ):
            told = sieve._Sieve(source, target, Answers(book)).run()  # type: ignore[arg-type]
        data = copy.read_bytes()
        incoming = intake._incoming(other, clean, sha256(data).hexdigest(), len(data), dict(told))
        merged = merge.apply(book.path, incoming)
    book.catch_up(merged.notice)
    return merged


def slice_of(book: Store, case_ids: Iterable[str], target: Path) -> None:
    """A file in the exchange form with all operations of the things of some cases: chains with gaps."""
    things = list(case_ids)
    for case_id in tuple(things):
        for kind in OF_A_CASE:
            things += [t for (t,) in book.select(f'SELECT id FROM "{kind}" WHERE case_id = :c', c=case_id)]
    for sql in (
        "SELECT source_id FROM citation WHERE id IN (SELECT value FROM json_each(:t)) AND source_id <> ''",
        "SELECT claimant_id FROM claim WHERE id IN (SELECT value FROM json_each(:t)) AND claimant_id <> ''",
    ):
        things += [t for (t,) in book.select(sql, t=json.dumps(things))]
    connection = sqlite3.connect(target, isolation_level=None)
    try:
        form.create(connection)
        connection.execute("ATTACH ? AS whole", (str(book.path),))
        connection.execute("INSERT INTO meta SELECT * FROM whole.meta")
        connection.execute("INSERT INTO chain SELECT id, name, desk, 0, zeroblob(32), forked FROM whole.chain")
        sql = "INSERT INTO op SELECT * FROM whole.op WHERE thing IN (SELECT value FROM json_each(?))"
        connection.execute(sql, (json.dumps(things),))
        connection.execute("DELETE FROM chain WHERE id NOT IN (SELECT chain FROM op)")
        connection.execute("""INSERT INTO blob SELECT * FROM whole.blob WHERE sha256 IN
            (SELECT a.sha256 FROM whole.attachment a JOIN op ON op.thing = a.id)""")
        connection.execute("INSERT INTO piece SELECT * FROM whole.piece WHERE blob IN (SELECT id FROM blob)")
        for (chain,) in connection.execute("SELECT id FROM chain").fetchall():
            walk = sieve._Walk(0)
            for row in connection.execute(
                "SELECT id, number, previous FROM op WHERE chain = ? ORDER BY number", (chain,)
            ):
                walk.step(row)
            sql = "UPDATE chain SET top_number = ?, top_op = ? WHERE id = ?"
            connection.execute(sql, (*walk.end(), chain))
    finally:
        connection.close()


def operations(store: Store) -> set[bytes]:
    """The ids of all operations."""
    return {op for (op,) in store.select("SELECT id FROM op")}


def digest(book: Casebook) -> dict[str, object]:
    """All that a person can see, and how it came about, without the row numbers of this one file."""
    from db.kinds import Kind

    found: dict[str, object] = {
        table: sorted(map(repr, book.select(f'SELECT * FROM "{table}"'))) for table in (*Kind, "case_card", "joint")
    }
    found["head"] = sorted(book.select("SELECT h.thing, o.id FROM head h JOIN op o ON o.n = h.op"))
    found["conflict"] = sorted(book.select("SELECT c.thing, c.field, o.id FROM conflict c JOIN op o ON o.n = c.op"))
    found["search"] = sorted(book.select("SELECT case_id, kind, thing, folded FROM search_text"))
    found["chain"] = sorted(
        book.select("SELECT name, desk, top_number, top_op, forked FROM chain WHERE top_number > 0 OR forked")
    )
    found["blob"] = sorted(book.select("SELECT sha256, size FROM blob"))
    return found
