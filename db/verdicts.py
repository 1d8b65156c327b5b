"""Verdicts: written once by a named analyst, then superseded or withdrawn, never edited."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum

from db import evidence, scales
from db.change import Change
from db.errors import Invalid, NotFound
from db.evidence import Difference, Sealed
from db.kinds import Kind
from db.store import Store
from db.vocabulary import Confidence


class Standing(StrEnum):
    """What has become of a verdict."""

    STANDS = "stands"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class VerdictDraft:
    """A verdict as an analyst gives it; `rating` is a label of the desk's scale."""

    rating: str
    rationale: str
    confidence: Confidence = Confidence.MODERATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A verdict that was given at a desk. `stale` says that the evidence is not what it rests on any more."""

    id: str
    case_id: str
    rating: str
    value: float | None
    best: float | None
    worst: float | None
    color: str
    rationale: str
    confidence: Confidence
    decided_on: str
    analyst: str
    desk: str
    created_at: str
    evidence_hash: str
    standing: Standing
    stale: bool
    withdrawn_by: str
    withdrawn_at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """A verdict that stands, in short."""

    id: str
    rating: str
    analyst: str
    decided_on: str


_KINDS = frozenset(Kind)
_SELECT = """SELECT v.id, v.case_id, v.rating, v.value, v.best, v.worst, v.rationale, v.confidence, v.decided_on,
    v.analyst, v.created_at, v.evidence_hash, coalesce((SELECT r.color FROM rating r
        LEFT JOIN scale s ON s.id = r.scale_id WHERE r.label = v.rating
        ORDER BY s.desk_id IS NOT (SELECT value FROM meta WHERE name = 'desk'), r.deleted, r.id LIMIT 1), 'gray')
        AS color,
    CASE WHEN w.id IS NOT NULL THEN 'withdrawn'
        WHEN EXISTS (SELECT 1 FROM verdict n, json_each(n.supersedes) e WHERE n.case_id = v.case_id AND e.value = v.id
            AND n.id <> v.id AND NOT EXISTS (SELECT 1 FROM withdrawal x WHERE x.verdict_id = n.id)) THEN 'superseded'
        ELSE 'stands' END AS standing,
    coalesce((SELECT coalesce(d.name, c.desk) FROM op o JOIN chain c ON c.id = o.chain LEFT JOIN desk d ON d.id = c.desk
        WHERE o.thing = v.id ORDER BY o.generation, o.id LIMIT 1), '') AS desk,
    :root <> '' AND v.evidence_hash <> :root AS stale,
    w.analyst AS withdrawn_by, w.created_at AS withdrawn_at, w.reason AS reason
    FROM verdict v LEFT JOIN withdrawal w ON w.id = (SELECT min(id) FROM withdrawal WHERE verdict_id = v.id)"""


def give(change: Change, case_id: str, draft: VerdictDraft) -> str:
    """Record a verdict on the evidence as it stands, in place of all that were given before; returns its id."""
    rating = scales.by_label(change.writer, draft.rating)
    if not draft.rationale.strip():
        raise Invalid("rationale", "empty")
    sealed = evidence.seal(change.writer, case_id)
    placed = rating.value is not None
    return change.create(
        Kind.VERDICT,
        {
            "case_id": case_id,
            "rating": rating.label,
            "value": rating.value,
            "best": scales.BEST if placed else None,
            "worst": scales.WORST if placed else None,
            "rationale": draft.rationale,
            "confidence": draft.confidence,
            "decided_on": change.moment[:10],
            "analyst": change.analyst,
            "evidence": evidence.as_json(sealed),
            "evidence_hash": evidence.root(sealed),
            "supersedes": [v.id for v in of_case(change.writer, case_id) if v.standing is not Standing.WITHDRAWN],
        },
    )


def withdraw(change: Change, verdict_id: str, reason: str) -> None:
    """Take a verdict back with a reason; the verdict it superseded stands again."""
    verdict = one(change.writer, verdict_id)
    if verdict.standing is Standing.WITHDRAWN:
        raise Invalid("verdict", "withdrawn")
    fields = {"case_id": verdict.case_id, "verdict_id": verdict_id, "reason": reason, "analyst": change.analyst}
    change.create(Kind.WITHDRAWAL, fields)


def of_case(store: Store, case_id: str) -> tuple[Verdict, ...]:
    """All verdicts ever given in a case, newest first."""
    if not store.one("SELECT 1 FROM verdict WHERE case_id = :case", case=case_id):
        return ()
    root = evidence.root(evidence.seal(store, case_id))
    return store.records(Verdict, f"{_SELECT} WHERE v.case_id = :case ORDER BY v.id DESC", case=case_id, root=root)


def standing(store: Store, case_id: str) -> tuple[Verdict, ...]:
    """The verdicts of a case that stand; more than one where two desks differ."""
    return tuple(verdict for verdict in of_case(store, case_id) if verdict.standing is Standing.STANDS)


def opinions(store: Store, case_id: str) -> tuple[Opinion, ...]:
    """The verdicts that stand in short, newest first; their evidence is not looked at, which takes long."""
    sql = "SELECT id, rating, analyst, decided_on, supersedes FROM verdict WHERE case_id = :case ORDER BY id DESC"
    given = store.select(sql, case=case_id)
    sql = "SELECT verdict_id FROM withdrawal WHERE verdict_id IN (SELECT value FROM json_each(:ids))"
    gone = {verdict for (verdict,) in store.select(sql, ids=json.dumps([row[0] for row in given]))}
    old: set[str] = set()
    for verdict, *_, superseded in given:
        if verdict not in gone:
            old.update(each for each in json.loads(superseded) if each != verdict)
    return tuple(Opinion(*told) for *told, _ in given if told[0] not in gone | old)


def one(store: Store, verdict_id: str) -> Verdict:
    """The verdict with this id; `stale` is not looked at. Raises `NotFound`."""
    found = store.records(Verdict, f"{_SELECT} WHERE v.id = :id", id=verdict_id, root="")
    if not found:
        raise NotFound(Kind.VERDICT, verdict_id)
    return found[0]


def changes_since(store: Store, verdict_id: str) -> tuple[Difference, ...]:
    """What has changed in the evidence since the verdict was given."""
    row = store.one("SELECT case_id, evidence FROM verdict WHERE id = :id", id=verdict_id)
    if row is None:
        raise NotFound(Kind.VERDICT, verdict_id)
    known = (s for s in json.loads(row[1]) if s["kind"] in _KINDS)  # a newer Claimdesk may seal more
    then = [Sealed(Kind(s["kind"]), s["id"], s["hash"], tuple(s["heads"])) for s in known]
    return evidence.differences(store, row[0], then)
