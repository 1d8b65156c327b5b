"""Search across claims, sources, quotations, notes, actors and aliases, as one types."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from db.change import present
from db.folding import fold, fold_with_places
from db.kinds import FIELDS, OF_A_CASE, Kind
from db.store import Store, Writer

MOST = 50
_LOOK_AT = 150
_TRIGRAM = 3
_AROUND = 60
_LONGEST_QUERY = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where all words of a query stand: in which case, in which field, and the words around."""

    case_id: str
    reference: str
    title: str
    kind: Kind
    thing: str
    field: str
    before: str
    match: str
    after: str


def search(store: Store, query: str) -> tuple[Hit, ...]:
    """The best places for a query, at most `MOST`; any text is safe, none is syntax."""
    wanted = _words(query)
    if not wanted:
        return ()
    where, values = condition(query)
    sql = f"""SELECT s.case_id, s.kind, s.thing, k.reference, k.title FROM search_text s
        LEFT JOIN case_card k ON k.case_id = s.case_id WHERE {where} ORDER BY s.id DESC LIMIT {_LOOK_AT}"""
    hits = (
        _hit(store, wanted, case_id, Kind(kind), thing, reference or "", title or "")
        for case_id, kind, thing, reference, title in store.select(sql, **values)
    )
    ranked = sorted(hits, key=lambda hit: _rank(hit, query))
    return tuple(ranked[:MOST])


def condition(query: str) -> tuple[str, dict[str, object]]:
    """SQL that narrows `search_text s` to the texts that hold every word of the query."""
    words = _words(query)
    long = [word for word in words if len(word) >= _TRIGRAM]
    short = [word for word in words if len(word) < _TRIGRAM]
    parts, values = [], dict[str, object]()
    if long:
        parts.append("s.id IN (SELECT rowid FROM search_part WHERE search_part MATCH :long)")
        values["long"] = " AND ".join(map(_phrase, long))
    if short:
        parts.append("s.id IN (SELECT rowid FROM search_word WHERE search_word MATCH :short)")
        values["short"] = " AND ".join(f"{_phrase(word)} *" for word in short)
    return " AND ".join(parts) or "0", values


def _phrase(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _words(query: str) -> tuple[str, ...]:
    """The folded words of a query that can be looked for; quotation marks and the like alone cannot."""
    found = fold(query.encode("utf-8", "replace").decode()[:_LONGEST_QUERY]).replace("\0", "").split()
    kept = (word for word in found if len(word) >= _TRIGRAM or any(_tokenized(c) for c in word))
    return tuple(dict.fromkeys(kept))


def _tokenized(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN" or unicodedata.category(character) in ("So", "Co")


def _rank(hit: Hit, query: str) -> tuple[bool, int]:
    """Whole words first, then what says most about a case."""
    order = (Kind.CASE, Kind.CLAIM, Kind.ACTOR, Kind.SOURCE, Kind.CITATION)
    return fold(hit.match) != fold(query), order.index(hit.kind) if hit.kind in order else len(order)


def _hit(store: Store, words: tuple[str, ...], case_id: str, kind: Kind, thing: str, reference: str, title: str) -> Hit:
    for field, text in _texts(store, kind, thing):
        found = _place(text, words)
        if found:
            return Hit(case_id, reference, title, kind, thing, field, *found)
    return Hit(case_id, reference, title, kind, thing, "", "", "", "")


def _texts(store: Store, kind: Kind, thing: str) -> Iterator[tuple[str, str]]:
    fields = present(store, kind, thing)
    for each in FIELDS[kind]:
        if each.searched and fields[each.name]:
            yield each.name, unicodedata.normalize("NFC", str(fields[each.name]))
    if kind is Kind.ACTOR:
        for (name,) in store.select("SELECT name FROM alias WHERE actor_id = :a AND deleted = 0 ORDER BY id", a=thing):
            yield "alias", unicodedata.normalize("NFC", name)


def _place(text: str, words: tuple[str, ...]) -> tuple[str, str, str] | None:
    """The words before, in and after the first match in a text."""
    folded, places = fold_with_places(text)
    together = folded.find(" ".join(words))
    starts = [(folded.find(word), word) for word in words] if together < 0 else [(together, " ".join(words))]
    start, word = min(((s, w) for s, w in starts if s >= 0), default=(-1, ""))
    if start < 0:
        return None
    first, last = places[start], places[start + len(word) - 1] + 1
    while last < len(text) and unicodedata.category(text[last]) in ("Mn", "Cf", "Me"):
        last += 1
    before = text[max(0, first - _AROUND) : first]
    after = text[last : last + _AROUND]
    cut_before, cut_after = first > _AROUND, last + _AROUND < len(text)
    return ("…" if cut_before else "") + before, text[first:last], after + ("…" if cut_after else "")


def refresh(writer: Writer, case_id: str) -> set[tuple[Kind, str]]:
    """Index what is new in a case, and drop what is no more; returns the actors and sources that came or went."""
    moved = _write(writer, case_id, dict(_documents(writer, case_id)))
    return {(kind, thing) for kind, thing in moved if kind in (Kind.ACTOR, Kind.SOURCE)}


def refresh_loose(writer: Writer, kind: Kind, thing: str) -> None:
    """Index an actor or a source that stands in no case."""
    used = writer.one("SELECT 1 FROM search_text WHERE thing = :thing AND case_id <> ''", thing=thing)
    gone = writer.one(f'SELECT 1 FROM "{kind}" WHERE id = :thing AND deleted = 1', thing=thing)
    new = {} if used or gone else {(kind, thing): _document(writer, kind, thing)}
    _write(writer, "", new, thing)


def _write(writer: Writer, case_id: str, new: dict[tuple[Kind, str], str], only: str = "") -> set[tuple[Kind, str]]:
    """Make the index of a case say what is new; returns what was written or dropped."""
    moved: set[tuple[Kind, str]] = set()
    sql = "SELECT id, kind, thing, folded FROM search_text WHERE case_id = :case AND (:only = '' OR thing = :only)"
    for row, kind, thing, folded in writer.select(sql, case=case_id, only=only):
        if new.get((Kind(kind), thing)) == folded:
            del new[Kind(kind), thing]
            continue
        for table, column in (("search_part", "folded"), ("search_word", "words")):
            writer.execute_row(
                f"INSERT INTO {table} ({table}, rowid, {column}) VALUES ('delete', ?, ?)",
                (row, folded),
            )
        writer.execute("DELETE FROM search_text WHERE id = :row", row=row)
        moved.add((Kind(kind), thing))
    for (kind, thing), folded in new.items():
        row = writer.execute_row(
            "INSERT INTO search_text (case_id, kind, thing, folded) VALUES (?, ?, ?, ?)", (case_id, kind, thing, folded)
        )
        writer.execute_row("INSERT INTO search_part (rowid, folded) VALUES (?, ?)", (row, folded))
        writer.execute_row("INSERT INTO search_word (rowid, words) VALUES (?, ?)", (row, folded))
    return moved | set(new)


def _documents(store: Store, case_id: str) -> Iterator[tuple[tuple[Kind, str], str]]:
    """The texts of a case: its own things, the sources it cites, the actors it names."""
    if not store.one('SELECT 1 FROM "case" WHERE id = :case AND deleted = 0', case=case_id):
        return
    yield (Kind.CASE, case_id), _document(store, Kind.CASE, case_id)
    for kind, thing in _things(store, case_id):
        folded = _document(store, kind, thing)
        if folded:
            yield (kind, thing), folded


def _things(store: Store, case_id: str) -> Iterable[tuple[Kind, str]]:
    for kind in OF_A_CASE:
        for (thing,) in store.select(f'SELECT id FROM "{kind}" WHERE case_id = :case AND deleted = 0', case=case_id):
            yield kind, thing
    cited = """SELECT DISTINCT s.id FROM citation c JOIN source s ON s.id = c.source_id
        WHERE c.case_id = :case AND c.deleted = 0 AND s.deleted = 0"""
    named = """SELECT a.id FROM actor a WHERE a.deleted = 0 AND a.id IN (
        SELECT claimant_id FROM claim WHERE case_id = :case AND deleted = 0
        UNION SELECT actor_id FROM appearance WHERE case_id = :case AND deleted = 0)"""
    for kind, sql in ((Kind.SOURCE, cited), (Kind.ACTOR, named)):
        for (thing,) in store.select(sql, case=case_id):
            yield kind, thing


def _document(store: Store, kind: Kind, thing: str) -> str:
    return " \u241f ".join(fold(text) for _, text in _texts(store, kind, thing))
