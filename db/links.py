"""Links: what desks found of the claims of two cases, the same or different. Both references stay valid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db import log, project
from db.change import Change, present
from db.errors import Invalid
from db.kinds import Kind
from db.log import Operation
from db.store import Store
from db.vocabulary import Relation


@dataclass(frozen=True, slots=True)
class Finding:
    """What one desk found of two cases: by whom and when."""

    link_id: str
    relation: Relation
    reason: str
    analyst: str
    desk: str
    made_at: str


@dataclass(frozen=True, slots=True)
class Link:
    """Another case that a case was compared with, and all that stands of it; the newest finding comes first."""

    other_id: str
    reference: str
    title: str
    findings: tuple[Finding, ...]

    @property
    def relation(self) -> Relation | None:
        """What was found; None where the findings differ."""
        found = {finding.relation for finding in self.findings}
        return found.pop() if len(found) == 1 else None


# The links that stand of one case, from its side.
_STANDING = """SELECT id, other_id AS other, relation FROM link
        WHERE case_id = :case AND other_id <> :case AND deleted = 0
    UNION ALL SELECT id, case_id, relation FROM link WHERE other_id = :case AND case_id <> :case AND deleted = 0"""


def link(change: Change, case_id: str, other_id: str, relation: Relation, reason: str = "") -> bool:
    """Say of two cases that their claim is the same, or is not; returns whether that is new.

    What was said of the two before, from either side and by whichever desk, says this from now on.
    """
    if case_id == other_id:
        raise Invalid("other_id", "itself")
    for each in (case_id, other_id):
        present(change.writer, Kind.CASE, each)
    found = {"relation": relation, "reason": reason}
    standing = _between(change.writer, case_id, other_id)
    if not standing:
        change.create(Kind.LINK, {"case_id": case_id, "other_id": other_id, **found})
    wrote = [_say(change, each, found) for each in standing]
    return not standing or any(wrote)


def _say(change: Change, link_id: str, found: Mapping[str, str]) -> bool:
    """Make a link say this; where two desks said different things of it, that is settled by it."""
    if change.writer.one("SELECT 1 FROM conflict WHERE thing = :link", link=link_id) is None:
        return change.put(Kind.LINK, link_id, found)
    change.settle(Kind.LINK, link_id, found)
    return True


def unlink(change: Change, case_id: str, other_id: str) -> bool:
    """Take back what was said of two cases; returns whether anything was."""
    standing = _between(change.writer, case_id, other_id)
    for each in standing:
        change.delete(Kind.LINK, each)
    return bool(standing)


def of_case(store: Store, case_id: str) -> tuple[Link, ...]:
    """The cases that this one was compared with, by reference."""
    sql = f"""SELECT l.other, k.reference, k.title, l.id, l.relation FROM ({_STANDING}) l
        JOIN case_card k ON k.case_id = l.other ORDER BY k.reference_key, l.other, l.id"""
    desks: dict[str, str] = dict(store.select("SELECT id, name FROM desk"))
    found: dict[str, Link] = {}
    for other, reference, title, link_id, relation in store.select(sql, case=case_id):
        said = _findings(store, link_id, Relation(relation), desks)
        said += found[other].findings if other in found else ()
        newest_first = sorted(said, key=lambda each: (each.made_at, each.link_id), reverse=True)
        found[other] = Link(other, reference, title, tuple(newest_first))
    return tuple(found.values())


def same_as(store: Store, case_id: str) -> tuple[str, ...]:
    """All cases that have the claim of this one, also over others; where findings differ nothing follows from them."""
    group, todo = {case_id: None}, [case_id]
    while todo:
        for other in directly_same(store, todo.pop()):
            if other not in group:
                group[other] = None
                todo.append(other)
    return tuple(group)[1:]


def directly_same(store: Store, case_id: str) -> tuple[str, ...]:
    """The cases that were found to have the claim of this one, and of which nobody found otherwise."""
    sql = f"""SELECT l.other FROM ({_STANDING}) l JOIN "case" c ON c.id = l.other WHERE c.deleted = 0
        GROUP BY l.other HAVING sum(l.relation <> 'same' OR EXISTS
            (SELECT 1 FROM conflict x WHERE x.thing = l.id AND x.field = 'relation')) = 0 ORDER BY l.other"""
    return tuple(row[0] for row in store.select(sql, case=case_id))


def compared(store: Store, case_id: str) -> frozenset[str]:
    """The cases that somebody said something of beside this one, and those that follow from it."""
    sql = f"SELECT other FROM ({_STANDING})"
    return frozenset(row[0] for row in store.select(sql, case=case_id)) | set(same_as(store, case_id))


def _between(store: Store, case_id: str, other_id: str) -> list[str]:
    sql = f"SELECT id FROM ({_STANDING}) WHERE other = :other ORDER BY id"
    return [row[0] for row in store.select(sql, case=case_id, other=other_id)]


def _findings(store: Store, link_id: str, shown: Relation, desks: Mapping[str, str]) -> tuple[Finding, ...]:
    """Who said what a link says: whoever said so last, or, in conflict, each of them."""
    ops = log.of_thing(store, link_id)
    sql = "SELECT op FROM conflict WHERE thing = :link AND field = 'relation'"
    apart = {row[0] for row in store.select(sql, link=link_id)}
    if apart:
        return tuple(_finding(op, _seen_by(op, ops), shown, desks) for op in ops if op.n in apart)
    said = [op for op in ops if op.fields] or ops
    last = max(said, key=lambda op: (op.made_at, op.id))
    return (_finding(last, ops, shown, desks),)


def _finding(op: Operation, seen: Sequence[Operation], shown: Relation, desks: Mapping[str, str]) -> Finding:
    """What somebody said with an operation; a word of a newer version is told as the projection tells it."""
    fields = project.project(seen).fields
    relation = fields.get("relation")
    told = Relation(relation) if isinstance(relation, str) and relation in set(Relation) else shown
    reason, desk = str(fields.get("reason", "")), desks.get(op.desk, op.desk)
    return Finding(op.thing, told, reason, op.analyst, desk, op.made_at)


def _seen_by(op: Operation, ops: Sequence[Operation]) -> list[Operation]:
    """An operation and all that it knew of its thing."""
    ancestors = project.ancestry(ops)[ops.index(op)]
    return [each for i, each in enumerate(ops) if each is op or ancestors >> i & 1]
