"""What happened to the bytes of an attachment, told as one chain: how they came, who had them, what became of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from db import desks, log, project
from db.change import Change
from db.errors import NotFound
from db.kinds import Json, Kind
from db.log import Operation
from db.store import Store
from db.vocabulary import Custody, Method, Outcome

if TYPE_CHECKING:
    from db.intake import Incoming
    from db.merge import Merged

W = TypeVar("W", bound=StrEnum)

OURS = """EXISTS (SELECT 1 FROM op o JOIN chain h ON h.id = o.chain WHERE o.thing = c.id
    AND h.desk = (SELECT value FROM meta WHERE name = 'desk'))"""
ERASED = f"""SELECT c.sha256 FROM custody c JOIN attachment e ON e.id = c.attachment_id AND e.sha256 = c.sha256
    WHERE c.event = '{Custody.ERASED}' AND {OURS}"""  # digests, by this desk


@dataclass(frozen=True, slots=True)
class Details:
    """What is told of an event: with whom, in which file with which SHA-256, why, and how a verification came out.

    `sha256` is that of the bytes as they were found, where it is not the one that they are kept under.
    """

    party: str = ""
    file: str = ""
    file_sha256: str = ""
    reason: str = ""
    outcome: Outcome | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to an attachment, as the desk that wrote it down says: when by its clock, and by whom.

    `what` is None where only a newer Claimdesk knows the word. `method` is there for how it came in; `name` is what it
    was called then, or what the file is called that it was made from, or that was made from it. The operation is the
    proof: its hash, its chain, its place there, and the hash of the one before. `proven` says that it was written
    after the event before it, as hashes tell; otherwise their order is only what two clocks say. `borne` says that it
    came with a merge, in the name of this desk: from another computer of it, or from whoever says so.
    """

    id: str
    what: Custody | None
    made_at: str
    analyst: str
    desk: str
    name: str
    method: Method | None
    details: Details
    operation: str
    chain: str
    number: int
    previous: str
    proven: bool = True
    borne: bool = False


@dataclass(frozen=True, slots=True)
class Erased:
    """When, by whom and why this desk erased the bytes of an attachment."""

    made_at: str
    analyst: str
    desk: str
    reason: str


@dataclass(frozen=True, slots=True)
class Item:
    """One attachment with the chain of its custody, oldest first; `present` says that its bytes are in this file."""

    id: str
    reference: str
    name: str
    sha256: str
    size: int
    present: bool
    erased: Erased | None
    events: tuple[Event, ...]


def record(change: Change, attachment_id: str, event: Custody, details: Details = Details()) -> str:
    """Write down that something happened to the bytes of an attachment; returns the id of the record."""
    row = change.writer.one("SELECT case_id, sha256 FROM attachment WHERE id = :id", id=attachment_id)
    if row is None:
        raise NotFound(Kind.ATTACHMENT, attachment_id)
    return change.create(
        Kind.CUSTODY,
        {
            "case_id": row[0],
            "attachment_id": attachment_id,
            "event": event,
            "sha256": details.sha256 or row[1],
            "outcome": details.outcome or "",
            "party": details.party,
            "file": details.file,
            "file_sha256": details.file_sha256,
            "reason": details.reason,
            "done_at": change.moment,
            "analyst": change.analyst,
        },
    )


def belongs(store: Store, attachment_id: str) -> bool:
    """Whether an attachment belongs to a case that is there: a merge may bring others, and of those nothing is told."""
    sql = 'SELECT 1 FROM attachment a JOIN "case" c ON c.id = a.case_id WHERE a.id = :id'
    return store.one(sql, id=attachment_id) is not None


def receive(change: Change, merged: Merged, incoming: Incoming) -> int:
    """Write down of whom and in which file bytes came with a merge, for every attachment; returns for how many.

    For whoever merged, in a save of its own: the merge itself stays a pure union. Where no bytes came, nothing is new.
    """
    desk = desks.names(change.writer).get(incoming.desk, incoming.desk)
    details = Details(party=desk, file=incoming.name, file_sha256=incoming.sha256)
    sql = "SELECT id FROM attachment WHERE sha256 IN (SELECT value FROM json_each(:digests)) ORDER BY id"
    rows = change.writer.select(sql, digests=json.dumps(sorted(merged.digests)))
    found = [attachment_id for (attachment_id,) in rows if belongs(change.writer, attachment_id)]
    for attachment_id in found:
        record(change, attachment_id, Custody.RECEIVED, details)
    return len(found)


def item(store: Store, attachment_id: str) -> Item:
    """What is known of an attachment, also of one that was removed from its case; raises `NotFound`."""
    row = store.one(
        """SELECT coalesce(c.reference, ''), a.name, a.sha256, coalesce(a.size, 0),
        EXISTS (SELECT 1 FROM blob b WHERE b.sha256 = a.sha256)
        FROM attachment a LEFT JOIN "case" c ON c.id = a.case_id WHERE a.id = :id""",
        id=attachment_id,
    )
    if row is None:
        raise NotFound(Kind.ATTACHMENT, attachment_id)
    reference, name, sha256, size, present = row
    gone = erased(store, attachment_id=attachment_id).get(attachment_id)
    return Item(attachment_id, reference, name, sha256, size, bool(present), gone, of_attachment(store, attachment_id))


def of_case(store: Store, case_id: str) -> tuple[Item, ...]:
    """The same for every attachment of a case that was not removed, oldest first."""
    sql = "SELECT id FROM attachment WHERE case_id = :case AND deleted = 0 ORDER BY id"
    return tuple(item(store, attachment_id) for (attachment_id,) in store.select(sql, case=case_id))


def of_attachment(store: Store, attachment_id: str) -> tuple[Event, ...]:
    """Everything that happened to an attachment, oldest first.

    The events of one chain stand in their order there, which is proven; chains are laid side by side by what their
    clocks say, which is not. It came in before anything else could happen to it.
    """
    names = _Names(store)
    came = [_came(store, op, names) for op in log.of_thing(store, attachment_id) if not op.parents][:1]
    sql = "SELECT id FROM custody WHERE attachment_id = :id"
    written = [_written(op, names) for op in _beginnings(store, sql, attachment_id)]
    sql = "SELECT id FROM attachment WHERE derived_from = :id"
    made = [_made(op, names) for op in _beginnings(store, sql, attachment_id)]
    return tuple(_proven([*came, *_in_order([*written, *made])], attachment_id))


def erased(store: Store, *, case_id: str = "", attachment_id: str = "") -> Mapping[str, Erased]:
    """Those attachments of a case, or that one, whose bytes are not here because this desk erased them, by id."""
    where = "a.case_id = :case" if case_id else "a.id = :id"
    sql = f"""SELECT a.id, c.done_at, c.analyst, c.reason
        FROM attachment a JOIN attachment same ON same.sha256 = a.sha256 JOIN custody c ON c.attachment_id = same.id
        WHERE {where} AND c.event = '{Custody.ERASED}' AND {OURS}
        AND NOT EXISTS (SELECT 1 FROM blob b WHERE b.sha256 = a.sha256) ORDER BY c.id"""
    rows = store.select(sql, case=case_id, id=attachment_id)
    desk = desks.home(store).name if rows else ""
    return {row[0]: Erased(row[1], _line(row[2]), desk, _line(row[3])) for row in rows}


def _beginnings(store: Store, sql: str, attachment_id: str) -> list[Operation]:
    """The operations that made these things."""
    things = [thing for (thing,) in store.select(sql, id=attachment_id)]
    return [op for op in log.of_things(store, things) if not op.parents]


def _came(store: Store, op: Operation, names: _Names) -> Event:
    """How it came in: captured here, taken from files, or made from another attachment."""
    method = _word(Method, op.fields.get("method", Method.FILE))
    origin = op.fields.get("derived_from")
    captured = method in (Method.PASTED, Method.SCREEN)
    what = Custody.CAPTURED if captured else Custody.IMPORTED
    name = str(op.fields.get("name", ""))
    if origin and method is not Method.UNPACKED:
        what, name = Custody.REDACTED, _name(store, str(origin))
    return replace(_event(op, what, name, names), method=method)


def _made(op: Operation, names: _Names) -> Event:
    return _event(op, Custody.REDACTED, str(op.fields.get("name", "")), names)


def _written(op: Operation, names: _Names) -> Event:
    given = {name: _line(str(op.fields.get(name, ""))) for name in ("party", "file", "file_sha256", "reason", "sha256")}
    details = Details(**given, outcome=_word(Outcome, op.fields.get("outcome")))
    return replace(_event(op, _word(Custody, op.fields.get("event")), "", names), details=details)


def _event(op: Operation, what: Custody | None, name: str, names: _Names) -> Event:
    return Event(
        id=op.thing, what=what, made_at=op.made_at, analyst=_line(op.analyst), desk=names.of(op.desk), name=_line(name),
        method=None, details=Details(), operation=op.id.hex(), chain=op.chain, number=op.number,
        previous=op.previous.hex(), borne=names.bears(op),
    )  # fmt: skip


def _line(words: str) -> str:
    """Words of another desk on one line: so nobody writes events into the page of another."""
    return " ".join(words.split())


class _Names:
    """What desks are called, and which of the operations in the name of this one came with a merge."""

    def __init__(self, store: Store) -> None:
        self._names = desks.names(store)
        self._home = str(store.value("SELECT value FROM meta WHERE name = 'desk'"))
        rows = store.select("SELECT first_op, last_op FROM arrival")
        self._came = [range(first, last + 1) for first, last in rows]

    def of(self, desk: str) -> str:
        """The name of a desk."""
        return _line(self._names.get(desk, desk))

    def bears(self, op: Operation) -> bool:
        """Whether an operation in the name of this desk came from elsewhere."""
        return op.desk == self._home and any(op.n in came for came in self._came)


def _word(words: type[W], value: Json) -> W | None:
    try:
        return words(str(value))
    except ValueError:
        return None


def _name(store: Store, attachment_id: str) -> str:
    ops = log.of_thing(store, attachment_id)
    return str(project.project(ops).fields.get("name", "")) if ops else ""


def _in_order(events: Sequence[Event]) -> Iterator[Event]:
    """Chains laid side by side: the next is always the one of which its clock says the earliest time."""
    by_chain = sorted(events, key=lambda event: (event.chain, event.number))
    lines = [list(line) for _, line in groupby(by_chain, key=lambda event: event.chain)]
    while lines:
        first = min(lines, key=lambda line: (line[0].made_at, line[0].chain))
        yield first.pop(0)
        lines = [line for line in lines if line]


def _proven(events: Sequence[Event], attachment_id: str) -> Iterator[Event]:
    for before, event in zip([None, *events], events, strict=False):
        yield replace(event, proven=before is None or before.id == attachment_id or before.chain == event.chain)
