"""Operations: append, read, verify. The one way anything is written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import dropwhile, takewhile

from db.kinds import Json, canonical
from db.store import Row, Store, Writer

FORMAT = 1
NO_OP = bytes(32)
HASH = 32
NEVER = 1 << 60  # no generation gets there
MOST_PARENTS = 4096
LONGEST_BODY = 8 << 20  # characters; read as JSON it may become fifty times as much
LONGEST_NAME = 100_000


@dataclass(frozen=True, slots=True)
class Operation:
    """One save of one thing: who, when, what it saw (`parents`) and the fields it sets.

    `id` is the SHA-256 of the rest; `n` is where it stands in this file and means nothing elsewhere.
    """

    n: int
    id: bytes
    chain: str
    desk: str
    number: int
    previous: bytes
    made_at: str
    analyst: str
    verb: str
    save: str
    undoes: str
    kind: str
    thing: str
    generation: int
    parents: tuple[bytes, ...]
    body_hash: bytes
    body: str | None

    @property
    def fields(self) -> Mapping[str, Json]:
        """The fields it sets; none where the body was erased here."""
        found: Mapping[str, Json] = json.loads(self.body)["set"] if self.body else {}
        return found

    @property
    def deletes(self) -> bool:
        """Whether it deletes its thing."""
        return self.body is not None and self.body.startswith('{"deleted":')  # canonical: its keys are sorted

    @property
    def reason(self) -> str:
        """Why it deletes its thing."""
        return str(json.loads(self.body).get("deleted", "")) if self.body else ""


def operation_id(head: tuple[str | int, ...], previous: bytes, parents: Iterable[bytes], body_hash: bytes) -> bytes:
    """SHA-256 over the canonical content of an operation."""
    content: list[Json] = [FORMAT, *head, previous.hex(), [p.hex() for p in parents], body_hash.hex()]
    return sha256(canonical(content).encode()).digest()


def body_of(fields: Mapping[str, Json], deleted: str | None = None) -> str:
    """The canonical body of an operation; `deleted` is the reason of a deletion."""
    return canonical({"set": fields} if deleted is None else {"set": fields, "deleted": deleted})


_COLUMNS = """o.n, o.id, c.name, c.desk, o.number, o.previous, o.made_at, o.analyst, o.verb, o.save, o.undoes,
    o.kind, o.thing, o.generation, o.parents, o.body_hash, o.body"""


def _operation(row: Row) -> Operation:
    parents = row[14]
    seen = tuple(parents[i : i + HASH] for i in range(0, len(parents), HASH))
    return Operation(*(*row[:14], seen, *row[15:]))


def of_thing(store: Store, thing: str) -> list[Operation]:
    """The operations of one thing, ancestors first."""
    sql = (
        f"SELECT {_COLUMNS} FROM op o JOIN chain c ON c.id = o.chain WHERE o.thing = :thing ORDER BY o.generation, o.id"
    )
    return [_operation(row) for row in store.select(sql, thing=thing)]


def of_things(store: Store, things: Iterable[str]) -> list[Operation]:
    """The operations of several things, ancestors first."""
    sql = f"""SELECT {_COLUMNS} FROM op o JOIN chain c ON c.id = o.chain
        WHERE o.thing IN (SELECT value FROM json_each(:things)) ORDER BY o.generation, o.id"""
    return [_operation(row) for row in store.select(sql, things=json.dumps(list(things)))]


def of_save(store: Store, chain: str, save: str) -> list[Operation]:
    """The operations of one save of a chain, first to last; looked for from the end, where undo needs it."""
    sql = f"""SELECT {_COLUMNS} FROM op o JOIN chain c ON c.id = o.chain
        WHERE c.name = :chain ORDER BY o.number DESC"""
    later = dropwhile(lambda op: op.save != save, map(_operation, store.stream(sql, chain=chain)))
    return list(takewhile(lambda op: op.save == save, later))[::-1]


def newest(store: Store, most: int) -> list[Operation]:
    """The operations that came into this file last, the last one first."""
    sql = f"SELECT {_COLUMNS} FROM op o JOIN chain c ON c.id = o.chain ORDER BY o.n DESC LIMIT :most"
    return [_operation(row) for row in store.select(sql, most=most)]


def by_chain(store: Store) -> Iterable[Operation]:
    """All operations, chain by chain in the order they were made, one by one."""
    sql = f"SELECT {_COLUMNS} FROM op o JOIN chain c ON c.id = o.chain ORDER BY o.chain, o.number"
    return (_operation(row) for row in store.stream(sql))


def verify(op: Operation) -> bool:
    """Whether the operation is what its id says."""
    if op.body is not None and sha256(op.body.encode()).digest() != op.body_hash:
        return False
    return operation_id(_head(op), op.previous, op.parents, op.body_hash) == op.id


def _head(op: Operation) -> tuple[str | int, ...]:
    who = (op.chain, op.desk, op.number, op.made_at, op.analyst)
    return (*who, op.verb, op.save, op.undoes, op.kind, op.thing, op.generation)


@dataclass(slots=True)
class Pen:
    """Where a chain is written on: its row, its top, and who holds it during one save."""

    row: int
    chain: str
    desk: str
    number: int
    top: bytes
    made_at: str
    analyst: str
    verb: str
    save: str
    undoes: str

    def append(
        self, writer: Writer, kind: str, thing: str, parents: tuple[bytes, ...], generation: int, body: str
    ) -> tuple[int, bytes]:
        """Write one operation; returns its row number and its id."""
        number = self.number + 1
        who = (self.chain, self.desk, number, self.made_at, self.analyst)
        what = (self.verb, self.save, self.undoes, kind, thing, generation)
        body_hash = sha256(body.encode()).digest()
        found = operation_id((*who, *what), self.top, parents, body_hash)
        n = writer.execute_row(
            """INSERT INTO op (id, chain, number, previous, made_at, analyst, verb, save, undoes, kind, thing,
                generation, parents, body_hash, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (found, self.row, number, self.top, *who[3:], *what, b"".join(parents), body_hash, body),
        )
        self.number, self.top = number, found
        return n, found

    def lift(self, writer: Writer) -> None:
        """Note the new top of the chain, once at the end of the save."""
        writer.execute(
            "UPDATE chain SET top_number = :number, top_op = :top WHERE id = :row",
            number=self.number,
            top=self.top,
            row=self.row,
        )
