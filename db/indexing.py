"""Keeping the index of search: which texts stand in which case, folded, by part and by word."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from db import joints
from db.fields import FIELDS, NAMING_AN_ACTOR, OF_A_CASE
from db.kinds import Kind
from db.store import Store, Writer
from db.texts.folding import fold

_MOST_OF_A_FILE, _PIECE = 500_000, 10_000  # characters
BETWEEN = " \u241f "  # the fields of one thing in its text


@dataclass(frozen=True, slots=True)
class _Place:
    """A thing as it is found in a case; `row` is where it stands in the index, none where it does not yet."""

    case_id: str
    kind: Kind
    thing: str
    row: int | None


def refresh(writer: Writer, case_ids: Sequence[str], changed: Collection[str]) -> set[tuple[Kind, str]]:
    """Index what is new or changed in these cases, drop what is gone; returns actors and sources that came or went."""
    cases = json.dumps(case_ids)
    there = {(case_id, Kind(kind), thing) for case_id, kind, thing in writer.select(_THINGS, cases=cases)}
    sql = """SELECT case_id, kind, thing, id FROM search_text
        WHERE case_id IN (SELECT value FROM json_each(:cases)) AND case_id <> ''"""
    indexed = {(case_id, Kind(kind), thing): row for case_id, kind, thing, row in writer.select(sql, cases=cases)}
    for gone in sorted(indexed.keys() - there):
        _drop(writer, indexed[gone])
    wanted = (key for key in sorted(there) if key not in indexed or key[2] in changed)
    _index(writer, [_Place(*key, indexed.get(key)) for key in wanted])
    return {(kind, thing) for _, kind, thing in there ^ indexed.keys() if kind in (Kind.ACTOR, Kind.SOURCE)}


def refresh_loose(writer: Writer, kind: Kind, things: Collection[str]) -> None:
    """Index those of these actors or sources that stand in no case."""
    sql = f"""SELECT t.value, s.id, EXISTS (SELECT 1 FROM search_text u WHERE u.thing = t.value AND u.case_id <> '')
        OR NOT EXISTS (SELECT 1 FROM "{kind}" k WHERE k.id = t.value AND k.deleted = 0)
        OR EXISTS (SELECT 1 FROM joint j WHERE j.actor_id = t.value AND j.lead_id <> t.value)
        FROM json_each(:things) t LEFT JOIN search_text s ON s.thing = t.value AND s.case_id = '' ORDER BY 1"""
    rows = writer.select(sql, things=json.dumps(sorted(things)))
    for _, row, found_elsewhere in rows:
        if found_elsewhere and row is not None:
            _drop(writer, row)
    _index(writer, [_Place("", kind, thing, row) for thing, row, found_elsewhere in rows if not found_elsewhere])


_OWN = "UNION ALL SELECT c.id, '{kind}', t.id FROM c JOIN {kind} t ON t.case_id = c.id AND t.deleted = 0 "
_ACTOR = f"""UNION ALL SELECT c.id, '{Kind.ACTOR}', a.id FROM c JOIN {{kind}} t ON t.case_id = c.id AND t.deleted = 0
    LEFT JOIN joint j ON j.actor_id = t.{{field}} JOIN actor a
        ON a.id = coalesce(j.lead_id, t.{{field}}) AND a.deleted = 0"""
_SEARCHED = [kind for kind in OF_A_CASE if any(each.searched for each in FIELDS[kind])]
_OF_A_FILE = "JOIN attachment f ON f.id = t.attachment_id AND f.deleted = 0"

# What is found in a case: its own things, the sources it cites, the actors it names; nothing once it is deleted.
_THINGS = f"""WITH c AS MATERIALIZED (SELECT id FROM "case"
        WHERE id IN (SELECT value FROM json_each(:cases)) AND deleted = 0)
    SELECT id, '{Kind.CASE}', id FROM c
    {" ".join(_OWN.format(kind=kind) + _OF_A_FILE * (kind is Kind.COLLECTION) for kind in _SEARCHED)}
    UNION ALL SELECT c.id, '{Kind.SOURCE}', s.id FROM c JOIN citation t ON t.case_id = c.id AND t.deleted = 0
        JOIN source s ON s.id = t.source_id AND s.deleted = 0
    {" ".join(_ACTOR.format(kind=kind, field=field) for kind, field in NAMING_AN_ACTOR)}"""


# What a document claims, such as who sent a mail, and its words.
_OF_FILES = f"""SELECT a.id, json_extract(e.facts, '$.title'),
        (SELECT group_concat(json_extract(f.value, '$[1]'), char(10)) FROM json_each(e.facts, '$.facts') f),
        substr(e.text, 1, {_MOST_OF_A_FILE})
    FROM attachment a JOIN (SELECT sha256, text, iif(json_valid(facts), facts, '{{}}') AS facts FROM extract) e
    ON e.sha256 = a.sha256 WHERE a.id IN (SELECT value FROM json_each(:ids)) AND a.deleted = 0"""


def texts(store: Store, kind: Kind, things: Collection[str]) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """For each of these things that is there, the texts it is found by: the name of the field, and its words (NFC)."""
    ids = json.dumps(sorted(things))
    searched = [each.name for each in FIELDS[kind] if each.searched]
    sql = f"""SELECT id, {", ".join(searched) or "''"} FROM "{kind}"
        WHERE id IN (SELECT value FROM json_each(:ids)) AND deleted = 0"""
    found = {row[0]: list(_named(searched, row[1:])) for row in store.select(sql, ids=ids)}
    if kind is Kind.ACTOR:
        named = [(lead, "alias", name) for lead, _, name in store.select(joints.NAMES, ids=ids)]
        noted = [(lead, "note", note) for lead, note in store.select(_JOINED_NOTES, ids=ids)]
        for actor, field, words in named + noted:
            if actor in found and words:
                found[actor].append((field, unicodedata.normalize("NFC", words)))
    if kind is Kind.ATTACHMENT:
        for attachment, *told in store.select(_OF_FILES, ids=ids):
            pieces = (piece for text in told for piece in _pieces(unicodedata.normalize("NFC", text or "")))
            found[attachment].extend(("extract", piece) for piece in pieces)
    return {thing: tuple(words) for thing, words in found.items()}


def _pieces(text: str) -> Iterator[str]:
    """A long text by parts that end between words: who looks for a place need not look through all of it."""
    start = 0
    while start < len(text):
        stop = start + _PIECE
        if stop < len(text):
            stop = max(text.rfind(" ", start, stop), text.rfind("\n", start, stop)) + 1 or stop
        yield text[start:stop]
        start = stop


_JOINED_NOTES = """SELECT j.lead_id, a.note FROM joint j JOIN actor a ON a.id = j.actor_id
    WHERE j.lead_id IN (SELECT value FROM json_each(:ids)) AND j.actor_id <> j.lead_id AND a.note <> '' ORDER BY a.id"""


def _named(names: Sequence[str], cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name, cell in zip(names, cells, strict=False):
        if cell:
            yield name, unicodedata.normalize("NFC", cell)


def _index(writer: Writer, places: Sequence[_Place]) -> None:
    """Make the index say what the things say."""
    folded = _folded(writer, places)
    new: list[tuple[str, str, str, str]] = []
    for place in places:
        words = folded.get(place.thing, "")
        if place.row is not None:
            _change(writer, place.row, words)
        elif words:
            new.append((place.case_id, place.kind, place.thing, words))
    if new:
        last = writer.value("SELECT coalesce(max(id), 0) FROM search_text")
        writer.execute_rows("INSERT INTO search_text (case_id, kind, thing, folded) VALUES (?, ?, ?, ?)", new)
        for table, column in (("search_part", "folded"), ("search_word", "words")):
            sql = (
                f"INSERT INTO {table} (rowid, {column}) SELECT id, folded FROM search_text WHERE id > :last ORDER BY id"
            )
            writer.execute(sql, last=last)


def _folded(store: Store, places: Sequence[_Place]) -> Mapping[str, str]:
    """The words of each thing, folded once however many cases it stands in."""
    by_kind: dict[Kind, set[str]] = {}
    for place in places:
        by_kind.setdefault(place.kind, set()).add(place.thing)
    return {
        thing: BETWEEN.join(fold(text) for _, text in words)
        for kind, things in by_kind.items()
        for thing, words in texts(store, kind, things).items()
    }


def _change(writer: Writer, row: int, folded: str) -> None:
    """Put other words in the place of those that a row of the index has, which leaves its place in its case alone."""
    old = str(writer.value("SELECT folded FROM search_text WHERE id = :row", row=row))
    if not folded:
        _drop(writer, row)
    elif folded != old:
        _withdraw(writer, row, old)
        writer.execute("UPDATE search_text SET folded = :folded WHERE id = :row", folded=folded, row=row)
        writer.execute_row("INSERT INTO search_part (rowid, folded) VALUES (?, ?)", (row, folded))
        writer.execute_row("INSERT INTO search_word (rowid, words) VALUES (?, ?)", (row, folded))


def _drop(writer: Writer, row: int) -> None:
    _withdraw(writer, row, writer.value("SELECT folded FROM search_text WHERE id = :row", row=row))
    writer.execute("DELETE FROM search_text WHERE id = :row", row=row)


def _withdraw(writer: Writer, row: int, folded: str) -> None:
    for table, column in (("search_part", "folded"), ("search_word", "words")):
        sql = f"INSERT INTO {table} ({table}, rowid, {column}) VALUES ('delete', ?, ?)"
        writer.execute_row(sql, (row, folded))
