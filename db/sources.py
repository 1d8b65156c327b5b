"""Sources: works that cases cite."""

from __future__ import annotations

from dataclasses import dataclass, replace

from db.change import Change
from db.errors import Invalid, NotFound
from db.kinds import Kind
from db.store import Store
from db.vocabulary import SourceKind


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """What an analyst says of a source; `derived_from` names the source that it comes from, `derivation` how."""

    title: str
    kind: SourceKind = SourceKind.ARTICLE
    url: str = ""
    archived_url: str = ""
    author: str = ""
    publisher: str = ""
    published_on: str = ""
    accessed_on: str = ""
    language: str = ""
    derived_from: str = ""
    note: str = ""
    derivation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(SourceDraft):
    """A source of the casebook."""

    id: str
    independent_of: tuple[str, ...]
    conflicts: int


_SELECT = """SELECT s.id, s.title, s.kind, s.url, s.archived_url, s.author, s.publisher, s.published_on, s.accessed_on,
    s.language, s.derived_from, s.note, s.derivation, s.independent_of, s.conflicts FROM source s WHERE s.deleted = 0"""


def add(change: Change, draft: SourceDraft) -> str:
    """Add a source; returns its id."""
    return change.add(Kind.SOURCE, draft)


def edit(change: Change, source_id: str, draft: SourceDraft) -> bool:
    """Make the source what the draft says, in every case that cites it; returns whether anything changed."""
    circle = _circle(change.writer, source_id, draft.derived_from)
    if circle:
        raise Invalid("derived_from", "circle", circle)
    return change.edit(Kind.SOURCE, source_id, draft)


def derive(change: Change, source_id: str, other_id: str, derivation: str = "") -> None:
    """Say that two sources have one origin: the first comes from the second.

    What is said already stays: where the first comes from another source, that one is said to come from the second.
    """
    at, seen = one(change.writer, source_id), {source_id}
    while at.derived_from and at.derived_from not in seen:
        seen.add(at.derived_from)
        at = one(change.writer, at.derived_from)
    edit(change, at.id, replace(at, derived_from=other_id, derivation=derivation))


def tell_apart(change: Change, source_id: str, other_id: str) -> None:
    """Say of two sources that, alike as they are, each stands for itself."""
    now = one(change.writer, source_id).independent_of
    one(change.writer, other_id)
    change.put(Kind.SOURCE, source_id, {"independent_of": sorted({*now, other_id})})


def _circle(store: Store, source_id: str, derived_from: str) -> str:
    """The title of the source that one would come from, where that comes from this one; what stands already stays."""
    sql = "SELECT derived_from FROM source WHERE id = :id"
    if not derived_from or store.value(sql, id=source_id) == derived_from:
        return ""
    at, seen = derived_from, set[str]()
    while at and at not in seen and at != source_id:
        seen.add(at)
        at = store.value(sql, id=at)
    return str(store.value("SELECT title FROM source WHERE id = :id", id=derived_from)) if at == source_id else ""


def delete(change: Change, source_id: str, reason: str = "") -> None:
    """Take a source out of the casebook, with the citations of it."""
    change.delete(Kind.SOURCE, source_id, reason)


def one(store: Store, source_id: str) -> Source:
    """The source with this id; raises `NotFound`."""
    found = store.records(Source, f"{_SELECT} AND s.id = :id", id=source_id)
    if not found:
        raise NotFound(Kind.SOURCE, source_id)
    return found[0]


def all_of_them(store: Store) -> tuple[Source, ...]:
    """Every source of the casebook by title."""
    return store.records(Source, f"{_SELECT} ORDER BY s.title COLLATE NOCASE, s.id")


def of_case(store: Store, case_id: str) -> tuple[Source, ...]:
    """The sources that a case cites, in the order in which it first cited them: the order of their numbers."""
    sql = f"""{_SELECT} AND s.id IN (SELECT source_id FROM citation WHERE case_id = :case AND deleted = 0)
        ORDER BY (SELECT min(id) FROM citation WHERE case_id = :case AND source_id = s.id AND deleted = 0)"""
    return store.records(Source, sql, case=case_id)
