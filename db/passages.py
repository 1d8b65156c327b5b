"""Passages: where in the text of an attachment the words stand that a claim, citation, actor or event was made from.

A passage keeps the selectors of the W3C Web Annotation model: the words themselves with the words around them
(TextQuoteSelector), and their place (TextPositionSelector) with the SHA-256 of the text that the place is in. Places
count code points of the text as it was read out, never normalized: so the words that are kept are those that stand
there, and a newer Unicode moves nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice, takewhile

from db import joints
from db.change import Change
from db.errors import Invalid
from db.kinds import Kind
from db.store import Store
from db.texts.span import Span

AROUND = 32
_BY_CHANCE = 3  # letters by which surroundings that are not the same may be more alike than others
_MOST = 2000  # places of one quotation that are looked at: a text that has more says nothing by it


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words of a text, the words around them, their place, and the SHA-256 of the text."""

    exact: str
    prefix: str
    suffix: str
    start: int
    stop: int
    text_sha256: str


@dataclass(frozen=True, slots=True)
class Target:
    """The claim, citation, actor or event that was made from a passage."""

    kind: Kind
    id: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of an attachment, with what was made from it and what that is called.

    `stance` is that of a citation, and empty for everything else.
    """

    id: str
    case_id: str
    attachment_id: str
    anchor: Anchor
    target: Target
    name: str
    stance: str


_FIELDS = {Kind.CLAIM: "claim_id", Kind.CITATION: "citation_id", Kind.ACTOR: "actor_id", Kind.EVENT: "event_id"}


def digest(text: str) -> str:
    """The SHA-256 that tells whether a text is still the one that places were counted in."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def anchor(text: str, span: Span) -> Anchor:
    """The selectors of a part of a text; raises `Invalid` for one without words."""
    start, stop = max(0, span.start), min(len(text), span.stop)
    exact = text[start:stop]
    if not exact.strip():
        raise Invalid("exact", "empty")
    prefix, suffix = text[max(0, start - AROUND) : start], text[stop : stop + AROUND]
    return Anchor(exact, prefix, suffix, start, stop, digest(text))


def mark(change: Change, case_id: str, attachment_id: str, found: Anchor, target: Target) -> str:
    """Keep where in an attachment a thing was made from; returns the id of the passage."""
    return change.add(
        Kind.PASSAGE, found, case_id=case_id, attachment_id=attachment_id, **{_FIELDS[target.kind]: target.id}
    )


def unmark(change: Change, passage_id: str) -> None:
    """Take the mark off the text; what was made from it stays."""
    change.delete(Kind.PASSAGE, passage_id)


_SELECT = """SELECT p.id, p.case_id, p.attachment_id, p.exact, p.prefix, p.suffix, coalesce(p.start, -1),
    coalesce(p.stop, -1), p.text_sha256, c.id, q.id, coalesce(j.lead_id, a.id), e.id,
    coalesce(c.text, s.title, a.name, e.text, ''), coalesce(q.stance, '') FROM passage p
    JOIN attachment f ON f.id = p.attachment_id AND f.deleted = 0
    LEFT JOIN claim c ON c.id = p.claim_id AND c.deleted = 0
    LEFT JOIN citation q ON q.id = p.citation_id AND q.deleted = 0
    LEFT JOIN source s ON s.id = q.source_id AND s.deleted = 0
    LEFT JOIN actor a ON a.id = p.actor_id AND a.deleted = 0
    LEFT JOIN joint j ON j.actor_id = a.id
    LEFT JOIN event e ON e.id = p.event_id AND e.deleted = 0
    WHERE p.deleted = 0 AND coalesce(c.id, s.id, a.id, e.id) IS NOT NULL"""


def of_attachment(store: Store, attachment_id: str) -> tuple[Passage, ...]:
    """The passages of an attachment whose things are still there, in the order in which they were marked."""
    return _read(store, f"{_SELECT} AND p.attachment_id = :wanted ORDER BY p.id", attachment_id)


def of_target(store: Store, thing: str) -> tuple[Passage, ...]:
    """The passages that a claim, citation, event or actor was made from, or one joined with it, the first one first."""
    who = json.dumps(sorted(joints.together(store, [thing])))
    sql = f"""{_SELECT} AND (p.claim_id = :wanted OR p.citation_id = :wanted OR p.event_id = :wanted
        OR p.actor_id IN (SELECT value FROM json_each(:who))) ORDER BY p.id"""
    return _read(store, sql, thing, who)


def of_case(store: Store, case_id: str) -> tuple[Passage, ...]:
    """All passages of a case, in the order in which they were marked."""
    return _read(store, f"{_SELECT} AND p.case_id = :wanted ORDER BY p.id", case_id)


def _read(store: Store, sql: str, wanted: str, who: str = "[]") -> tuple[Passage, ...]:
    found = []
    for row in store.select(sql, wanted=wanted, who=who):
        kind, thing = next((kind, each) for kind, each in zip(_FIELDS, row[9:13], strict=True) if each)
        passage_id, case_id, attachment_id = row[:3]
        target = Target(kind, thing)
        found.append(Passage(passage_id, case_id, attachment_id, Anchor(*row[3:9]), target, *row[13:]))
    return tuple(found)


def locate(found: Anchor, text: str, text_sha256: str = "") -> Span | None:
    """Where the words of a passage stand in a text; None where they do not, or in several places alike."""
    alike = places(found, text, text_sha256)
    return alike[0] if len(alike) == 1 else None


def places(found: Anchor, text: str, text_sha256: str = "") -> tuple[Span, ...]:
    """Every place in a text that a passage may be.

    In the same text that is the one that was marked, in another those of its words whose surroundings are most alike.
    `text_sha256` is that of the text, where it is known already.
    """
    span = Span(found.start, found.stop)
    inside = 0 <= span.start < span.stop <= len(text) and span.of(text) == found.exact
    if inside and (text_sha256 or digest(text)) == found.text_sha256:
        return (span,)
    if not found.exact.strip():
        return ()
    same = list(islice(_standing(found.exact, text), _MOST))
    if len(same) < 2:
        return tuple(same)
    alike = [_likeness(found, text, each) for each in same]
    best, whole = max(alike), len(_bare(found.prefix) + _bare(found.suffix))
    least = best if best == whole else best - _BY_CHANCE
    return tuple(each for each, how in zip(same, alike, strict=True) if how >= least)


def _standing(exact: str, text: str) -> Iterable[Span]:
    """Where words stand: to the letter, or else with other white space between them, as another reader breaks lines."""
    at = text.find(exact)
    if at < 0:
        pattern = r"\s+".join(map(re.escape, exact.split()))
        yield from (Span(*match.span()) for match in re.finditer(pattern, text))
    while at >= 0:
        yield Span(at, at + len(exact))
        at = text.find(exact, at + 1)


def _likeness(found: Anchor, text: str, span: Span) -> int:
    """How many letters before and after a place are those that stood around the passage."""
    before = text[max(0, span.start - 2 * AROUND) : span.start]
    after = text[span.stop : span.stop + 2 * AROUND]
    pairs = zip(_bare(found.prefix)[::-1], _bare(before)[::-1], strict=False)
    following = zip(_bare(found.suffix), _bare(after), strict=False)
    return sum(len(list(takewhile(lambda pair: pair[0] == pair[1], each))) for each in (pairs, following))


def _bare(text: str) -> str:
    return "".join(text.split())
