"""Sources: works that cases cite."""

from __future__ import annotations

from dataclasses import dataclass

from db.change import Change
from db.errors import NotFound
from db.kinds import Kind
from db.store import Store
from db.vocabulary import SourceKind


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """What an analyst says of a source; `derived_from` names the source that this one repeats."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(SourceDraft):
    """A source of the casebook."""

    id: str
    conflicts: int


_SELECT = """SELECT s.id, s.title, s.kind, s.url, s.archived_url, s.author, s.publisher, s.published_on,
    s.accessed_on, s.language, s.derived_from, s.note, s.conflicts FROM source s WHERE s.deleted = 0"""


def add(change: Change, draft: SourceDraft) -> str:
    """Add a source; returns its id."""
    return change.add(Kind.SOURCE, draft)


def edit(change: Change, source_id: str, draft: SourceDraft) -> bool:
    """Make the source what the draft says, in every case that cites it; returns whether anything changed."""
    return change.edit(Kind.SOURCE, source_id, draft)


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
