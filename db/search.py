"""Search across claims, sources, quotations, notes, actors and aliases, as one types."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from db.change import present
from db.errors import NotFound
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
    ids, values = places(query)
    sql = f"""SELECT s.case_id, s.kind, s.thing, k.reference, k.title
        FROM ({ids} ORDER BY id DESC LIMIT {_LOOK_AT}) found JOIN search_text s ON s.id = found.id
        LEFT JOIN case_card k ON k.case_id = s.case_id ORDER BY s.id DESC"""
    found = sorted(store.select(sql, **values), key=lambda row: _telling(Kind(row[1])))[:MOST]
    hits = (
        _hit(store, wanted, case_id, Kind(kind), thing, reference or "", title or "")
        for case_id, kind, thing, reference, title in found
    )
    whole = fold(query)
    return tuple(sorted(hits, key=lambda hit: fold(hit.match) != whole))


def places(query: str) -> tuple[str, dict[str, object]]:
    """A SELECT of the `id` of each row of `search_text` that holds every word of the query."""
    words = _words(query)
    long = [word for word in words if len(word) >= _TRIGRAM]
    short = [word for word in words if len(word) < _TRIGRAM]
    parts, values = [], dict[str, object]()
    if long:
        parts.append("SELECT rowid AS id FROM search_part WHERE search_part MATCH :long")
        values["long"] = " AND ".join(map(_phrase, long))
    if short:
        parts.append("SELECT rowid AS id FROM search_word WHERE search_word MATCH :short")
        values["short"] = " AND ".join(f"{_phrase(word)} *" for word in short)
    return " INTERSECT ".join(parts) or "SELECT 0 AS id WHERE 0", values


def holds(query: str) -> tuple[str, dict[str, object]]:
    """SQL that tells of one row `s` of `search_text` whether it holds every word of the query."""
    parts, values = [], dict[str, object]()
    for number, word in enumerate(_words(query)):
        test = "instr" if len(word) >= _TRIGRAM else "word_begins"
        parts.append(f"{test}(s.folded, :word{number})")
        values[f"word{number}"] = word
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


def _telling(kind: Kind) -> int:
    """How much a hit in a thing of this kind says about a case: the least is the most."""
    order = (Kind.CASE, Kind.CLAIM, Kind.ACTOR, Kind.SOURCE, Kind.CITATION)
    return order.index(kind) if kind in order else len(order)


def _hit(store: Store, words: tuple[str, ...], case_id: str, kind: Kind, thing: str, reference: str, title: str) -> Hit:
    for field, text in _texts(store, kind, thing):
        found = _place(text, words)
        if found:
            return Hit(case_id, reference, title, kind, thing, field, *found)
    return Hit(case_id, reference, title, kind, thing, "", "", "", "")


def _texts(store: Store, kind: Kind, thing: str) -> Iterator[tuple[str, str]]:
    try:
        fields = present(store, kind, thing)
    except NotFound:  # deleted by a save since the index was read
        return
    for each in FIELDS[kind]:
        if each.searched and fields[each.name]:
            yield each.name, unicodedata.normalize("NFC", str(fields[each.name]))
    if kind is Kind.ACTOR:
        for (name,) in store.select("SELECT name FROM alias WHERE actor_id = :a AND deleted = 0 ORDER BY id", a=thing):
            yield "alias", unicodedata.normalize("NFC", name)


def _place(text: str, words: tuple[str, ...]) -> tuple[str, str, str] | None:
    """The words before, in and after the first match in a text."""
    plain = fold(text)
    together = plain.find(" ".join(words))
    starts = [(plain.find(word), word) for word in words] if together < 0 else [(together, " ".join(words))]
    start, word = min(((s, w) for s, w in starts if s >= 0), default=(-1, ""))
    if start < 0:
        return None
    _, places = fold_with_places(text, start + len(word))
    first, last = places[start], places[start + len(word) - 1] + 1
    while last < len(text) and unicodedata.category(text[last]) in ("Mn", "Cf", "Me"):
        last += 1
    before = text[max(0, first - _AROUND) : first]
    after = text[last : last + _AROUND]
    cut_before, cut_after = first > _AROUND, last + _AROUND < len(text)
    return ("…" if cut_before else "") + before, text[first:last], after + ("…" if cut_after else "")


def refresh(writer: Writer, case_id: str, changed: Collection[str]) -> set[tuple[Kind, str]]:
    """Index what is new or changed in a case, drop what is gone; returns the actors and sources that came or went."""
    there = {(Kind(kind), thing) for kind, thing in writer.select(_THINGS, case=case_id)}
    sql = "SELECT kind, thing, id FROM search_text WHERE case_id = :case"
    indexed = {(Kind(kind), thing): row for kind, thing, row in writer.select(sql, case=case_id)}
    for gone in sorted(indexed.keys() - there):
        _drop(writer, indexed[gone])
    for kind, thing in sorted(there):
        row = indexed.get((kind, thing))
        if row is None or thing in changed:
            _index(writer, case_id, kind, thing, row)
    return {(kind, thing) for kind, thing in there ^ indexed.keys() if kind in (Kind.ACTOR, Kind.SOURCE)}


def refresh_loose(writer: Writer, kind: Kind, thing: str) -> None:
    """Index an actor or a source that stands in no case."""
    row = writer.value("SELECT id FROM search_text WHERE thing = :thing AND case_id = ''", thing=thing)
    used = writer.one("SELECT 1 FROM search_text WHERE thing = :thing AND case_id <> ''", thing=thing)
    gone = writer.one(f'SELECT 1 FROM "{kind}" WHERE id = :thing AND deleted = 1', thing=thing)
    if not used and not gone:
        _index(writer, "", kind, thing, row)
    elif row is not None:
        _drop(writer, row)


# What is found in a case: its own things, the sources it cites, the actors it names; nothing once it is deleted.
_THINGS = f"""WITH c AS MATERIALIZED (SELECT id FROM "case" WHERE id = :case AND deleted = 0)
    SELECT '{Kind.CASE}', id FROM c
    {"".join(f"UNION SELECT '{k}', t.id FROM c JOIN {k} t ON t.case_id = c.id AND t.deleted = 0 " for k in OF_A_CASE)}
    UNION SELECT '{Kind.SOURCE}', s.id FROM c JOIN citation t ON t.case_id = c.id AND t.deleted = 0
        JOIN source s ON s.id = t.source_id AND s.deleted = 0
    UNION SELECT '{Kind.ACTOR}', a.id FROM c JOIN claim t ON t.case_id = c.id AND t.deleted = 0
        JOIN actor a ON a.id = t.claimant_id AND a.deleted = 0
    UNION SELECT '{Kind.ACTOR}', a.id FROM c JOIN appearance t ON t.case_id = c.id AND t.deleted = 0
        JOIN actor a ON a.id = t.actor_id AND a.deleted = 0"""


def _index(writer: Writer, case_id: str, kind: Kind, thing: str, row: int | None) -> None:
    """Make the index say what the thing says; `row` is where it stands there now."""
    folded = " \u241f ".join(fold(text) for _, text in _texts(writer, kind, thing))
    old = "" if row is None else str(writer.value("SELECT folded FROM search_text WHERE id = :row", row=row))
    if folded == old:
        return
    if not folded and row is not None:
        _drop(writer, row)
    elif row is None:
        sql = "INSERT INTO search_text (case_id, kind, thing, folded) VALUES (?, ?, ?, ?)"
        _enter(writer, writer.execute_row(sql, (case_id, kind, thing, folded)), folded)
    else:  # in its place, which leaves the indexes of its place alone
        _withdraw(writer, row, old)
        writer.execute("UPDATE search_text SET folded = :folded WHERE id = :row", folded=folded, row=row)
        _enter(writer, row, folded)


def _drop(writer: Writer, row: int) -> None:
    _withdraw(writer, row, writer.value("SELECT folded FROM search_text WHERE id = :row", row=row))
    writer.execute("DELETE FROM search_text WHERE id = :row", row=row)


def _enter(writer: Writer, row: int, folded: str) -> None:
    writer.execute_row("INSERT INTO search_part (rowid, folded) VALUES (?, ?)", (row, folded))
    writer.execute_row("INSERT INTO search_word (rowid, words) VALUES (?, ?)", (row, folded))


def _withdraw(writer: Writer, row: int, folded: str) -> None:
    for table, column in (("search_part", "folded"), ("search_word", "words")):
        sql = f"INSERT INTO {table} ({table}, rowid, {column}) VALUES ('delete', ?, ?)"
        writer.execute_row(sql, (row, folded))
