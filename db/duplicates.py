"""The very same bytes twice: attached already, to this case or to another one, or coming in together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from db.attachments import Ready
from db.store import Store


@dataclass(frozen=True, slots=True)
class Copy:
    """Where bytes are attached already, under which name and in which case."""

    sha256: str
    name: str
    case_id: str
    reference: str


def find(store: Store, digests: Iterable[str], case_id: str) -> dict[str, Copy]:
    """Where each of these bytes is attached already: in this case if it is there, else where it came in first."""
    sql = """SELECT a.sha256, a.name, a.case_id, c.reference FROM json_each(:digests) d
        JOIN attachment a ON a.sha256 = d.value JOIN "case" c ON c.id = a.case_id
        WHERE a.deleted = 0 AND c.deleted = 0 ORDER BY a.case_id = :case, a.id DESC"""
    found = store.records(Copy, sql, digests=json.dumps(list(dict.fromkeys(digests))), case=case_id)
    return {each.sha256: each for each in found}


@dataclass(frozen=True, slots=True)
class Doubled:
    """Bytes that come in and are attached already, as `copy`; or came in together as `first`, where that is none."""

    ready: Ready
    first: str
    copy: Copy | None
    place: int

    @property
    def id(self) -> str:
        """What tells it from every other that came in."""
        return str(self.place)


def among(store: Store, coming: Sequence[Ready], case_id: str) -> tuple[Doubled, ...]:
    """Those of the bytes that come in that are doubled: attached already, or equal to some before them."""
    copies = find(store, (each.sha256 for each in coming), case_id)
    first: dict[str, int] = {}
    found = []
    for place, each in enumerate(coming):
        before = first.setdefault(each.sha256, place)
        if each.sha256 in copies or before != place:
            found.append(Doubled(each, coming[before].name, copies.get(each.sha256), place))
    return tuple(found)
