"""Rows of cases that come in: whether they can, whether they are here already, and how they become cases.

A row whose reference is here already is left out: what the casebook says was written by somebody, and a table does
not say by whom it was changed. A row without a reference gets the next of the desk, unless a case says the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from db import cases, notes
from db.cases import REFERENCE, CaseDraft
from db.change import Change
from db.claims import ClaimDraft
from db.errors import Invalid
from db.exchange import offer
from db.exchange.names import Names
from db.exchange.offer import Offer, word
from db.exchange.rows import CaseRow, Read
from db.exchange.vocabulary import Fate
from db.store import Store
from db.texts.folding import fold
from db.vocabulary import Priority, Status, Tlp

_REFERENCE = re.compile(r"[A-Z0-9]{1,16}-\d{4}-\d{4,9}(-[0-9A-F]{4})?", re.ASCII)
_MARK = 5  # what tells two cases with one reference apart, such as -9F3C
_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Here:
    """What the casebook has of these rows: references given and those of deleted cases; cases that say the same."""

    given: frozenset[str]
    deleted: frozenset[str]
    same: dict[_Key, str]


def judge(store: Store, reads: Sequence[Read]) -> Iterator[Offer]:
    """What would become of each row."""
    here = _look(store, [read.row for read in reads if isinstance(read.row, CaseRow)])
    lines: dict[_Key, int] = {}
    for read in reads:
        row = read.row if isinstance(read.row, CaseRow) else CaseRow()
        name, text = row.reference.strip(), row.title or row.claim
        if read.refused:
            yield Offer(read.line, name, text, Fate.REFUSED, refused=read.refused)
            continue
        try:
            row = _checked(row, here.deleted)
            key = (row.reference,) if row.reference else _key(row)
            if key in lines:
                raise Invalid("line", "repeated", str(lines[key]))
        except Invalid as error:
            yield offer.refused(read.line, name, text, error)
            continue
        lines[key] = read.line
        known = row.reference if row.reference in here.given else here.same.get(key, "")
        if known:
            yield Offer(read.line, name, text, Fate.HERE, here=known)
        else:
            yield Offer(read.line, row.reference, text, Fate.NEW, row)


def take_in(change: Change, row: CaseRow, names: Names) -> str:
    """Open a case as a row says; returns the id of the case."""
    claimant = names.actor(row.claimant)
    claim = ClaimDraft(row.claim, row.language, row.translation, claimant, row.claimed_on)
    case_id = cases.add(change, _draft(row), claim, row.reference)
    for tag in row.tags:
        notes.tag(change, case_id, tag)
    return case_id


def reference(said: str) -> str:
    """A reference as the casebook has it; raises `Invalid` for what is none."""
    plain = said.strip().upper()
    if plain and not _REFERENCE.fullmatch(plain):
        raise Invalid("reference", "reference", said)
    return plain


def _checked(row: CaseRow, deleted: frozenset[str]) -> CaseRow:
    """The row with its reference in one form; raises `Invalid` when no case can be made of it."""
    row = replace(row, reference=reference(row.reference))
    if row.reference in deleted:
        raise Invalid("reference", "deleted", row.reference)
    if not row.claim.strip():
        raise Invalid("claim", "empty")
    _draft(row)
    return row


def _draft(row: CaseRow) -> CaseDraft:
    usual = CaseDraft()
    return CaseDraft(
        row.title,
        word(Status, "status", row.status, usual.status),
        word(Priority, "priority", row.priority, usual.priority),
        word(Tlp, "tlp", row.tlp, usual.tlp),
        row.assignee,
        row.due,
    )


def _look(store: Store, rows: Sequence[CaseRow]) -> _Here:
    said = {row.reference.strip().upper() for row in rows}
    wanted = json.dumps(sorted(said | {each[:-_MARK] for each in said}))
    sql = f"""SELECT c.reference, {REFERENCE}, c.deleted FROM "case" AS c
        WHERE c.reference <> '' AND c.reference IN (SELECT value FROM json_each(:wanted))"""
    found = store.select(sql, wanted=wanted)
    given = frozenset(name for plain, shown, deleted in found if not deleted for name in (plain, shown))
    return _Here(given, frozenset(plain for plain, _, _ in found) - given, _same(store, rows))


def _same(store: Store, rows: Sequence[CaseRow]) -> dict[_Key, str]:
    claims = json.dumps(sorted({row.claim for row in rows if not row.reference.strip()}))
    sql = f"""SELECT k.text, c.title, coalesce(a.name, ''), k.claimed_on, {REFERENCE} FROM claim k
        JOIN "case" AS c ON c.id = k.case_id AND c.deleted = 0 LEFT JOIN joint j ON j.actor_id = k.claimant_id
        LEFT JOIN actor a ON a.id = coalesce(j.lead_id, k.claimant_id)
        WHERE k.deleted = 0 AND k.parent_id IS NULL AND k.text IN (SELECT value FROM json_each(:claims))"""
    return {
        (text, title, fold(actor), day): shown for text, title, actor, day, shown in store.select(sql, claims=claims)
    }


def _key(row: CaseRow) -> _Key:
    return row.claim, row.title, fold(row.claimant), row.claimed_on
