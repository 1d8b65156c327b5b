"""Collection records: how the bytes of an attachment were got, and what is not known of it and why."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from db import attachments
from db.attachments import Attachment, Ready
from db.change import Change
from db.kinds import Kind
from db.store import Row, Store
from db.vocabulary import Method

ASKED = (
    "requested_url", "reached_url", "page_title", "captured_on", "clock", "captured_by", "tool", "identity", "network",
    "purpose",
)  # fmt: skip
SHARED = ("tool", "identity", "network", "purpose")  # what is often the same of all that was got in one sitting
Absent = tuple[str, str]


@dataclass(frozen=True, slots=True)
class RecordDraft:
    """What is said of how an attachment was got; `missing` pairs the fields that are empty on purpose with a reason."""

    requested_url: str = ""
    reached_url: str = ""
    page_title: str = ""
    captured_on: str = ""
    clock: str = ""
    captured_by: str = ""
    tool: str = ""
    identity: str = ""
    network: str = ""
    purpose: str = ""
    missing: tuple[Absent, ...] = ()

    @property
    def said(self) -> int:
        """How many of the ten fields say something."""
        return sum(bool(getattr(self, name).strip()) for name in ASKED)

    @property
    def explained(self) -> dict[str, str]:
        """The empty fields that have a reason, with it."""
        reasons = {name: reason for name, reason in self.missing if reason.strip()}
        return {name: reasons[name] for name in ASKED if name in reasons and not getattr(self, name).strip()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(RecordDraft):
    """A collection record; `file_url` and `file_time` are what the file itself told when it came in."""

    id: str
    case_id: str
    attachment_id: str
    file_url: str = ""
    file_time: str = ""


@dataclass(frozen=True, slots=True)
class Tool:
    """The program that takes bytes in: its name with its version, and its clock in words."""

    name: str
    clock: str


def gaps(record: RecordDraft) -> tuple[str, ...]:
    """Which of the ten fields are neither said nor explained."""
    return tuple(name for name in ASKED if not getattr(record, name).strip() and name not in record.explained)


def take_in(change: Change, case_id: str, ready: Ready, by: Tool, *, source_id: str = "") -> str:
    """Attach stored bytes, with a record of what the program itself knows of them; returns the id of the attachment.

    The time and the hand are known of what came from the clipboard or the screen, never of a file.
    """
    attachment_id = attachments.attach(change, case_id, ready, source_id=source_id)
    origin = ready.origin
    draft = RecordDraft(reached_url=origin.page, page_title=origin.title)
    if ready.method in (Method.PASTED, Method.SCREEN):
        moment = f"{ready.captured_at[:19]}Z"
        draft = replace(draft, captured_on=moment, clock=by.clock, captured_by=change.analyst)
    if ready.method is Method.SCREEN:
        draft = replace(draft, tool=by.name)
    told = {"file_url": origin.file, "file_time": origin.changed_at}
    change.add(Kind.COLLECTION, draft, attachment_id=attachment_id, case_id=case_id, **told)
    return attachment_id


def put(change: Change, of: Attachment, draft: RecordDraft) -> str:
    """Make the record of an attachment what the draft says, a new one where it has none; returns its id.

    A field that says something is missing no longer.
    """
    tidy = replace(draft, missing=tuple(draft.explained.items()))
    found = of_attachment(change.writer, of.id)
    if found is None:
        return change.add(Kind.COLLECTION, tidy, attachment_id=of.id, case_id=of.case_id)
    change.edit(Kind.COLLECTION, found.id, tidy)
    return found.id


def spread(change: Change, chosen: Iterable[Attachment], said: RecordDraft) -> None:
    """Say of several attachments the same tool, identity, network and purpose.

    Only what is said or explained is taken over; the rest of each record stays as it is.
    """
    for each in chosen:
        found = of_attachment(change.writer, each.id)
        put(change, each, _with(drafted(found) if found else RecordDraft(), said))


def _with(draft: RecordDraft, said: RecordDraft) -> RecordDraft:
    told: dict[str, Any] = {name: getattr(said, name) for name in SHARED if getattr(said, name).strip()}
    reasons = {name: reason for name, reason in said.explained.items() if name in SHARED}
    told |= dict.fromkeys(reasons, "")
    return replace(draft, **told, missing=tuple((dict(draft.missing) | reasons).items()))


def drafted(found: Record) -> RecordDraft:
    """What a record says, to be edited."""
    return RecordDraft(*(getattr(found, name) for name in (*ASKED, "missing")))


_SELECT = f"""SELECT {", ".join(ASKED)}, missing, id, case_id, attachment_id, file_url, file_time
    FROM collection WHERE deleted = 0 AND"""


_OF_ANOTHER = """NOT EXISTS (SELECT 1 FROM op r JOIN chain c ON c.id = r.chain
    JOIN chain d ON d.desk = c.desk
    JOIN op a ON a.chain = d.id AND a.thing = collection.attachment_id AND a.parents = x''
    WHERE r.thing = collection.id AND r.parents = x'')"""


def of_attachment(store: Store, attachment_id: str) -> Record | None:
    """The record of an attachment; none where nobody wrote one.

    Where two desks each wrote one, that of the desk which took the attachment in, then the first.
    """
    sql = f"{_SELECT} attachment_id = :attachment ORDER BY {_OF_ANOTHER}, id LIMIT 1"
    row = store.one(sql, attachment=attachment_id)
    return _record(row) if row else None


def of_case(store: Store, case_id: str) -> dict[str, Record]:
    """The record of each attachment of a case that has one, by the id of the attachment."""
    rows = store.select(f"{_SELECT} case_id = :case ORDER BY {_OF_ANOTHER} DESC, id DESC", case=case_id)
    return {found.attachment_id: found for found in map(_record, rows)}


def _record(row: Row) -> Record:
    told = dict(zip((*ASKED, "missing", "id", "case_id", "attachment_id", "file_url", "file_time"), row, strict=True))
    told["missing"] = tuple((name, reason) for name, reason in json.loads(told["missing"]))
    return Record(**told)
