"""Search across claims, sources, quotations, notes, actors and aliases, as one types."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from db import indexing
from db.citations import Grade
from db.kinds import Kind
from db.store import Store
from db.texts.folding import fold, fold_with_places

MOST = 50
_LOOK_AT = 150
_TRIGRAM = 3
_AROUND = 60
_LONGEST_QUERY = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where all words of a query stand: in which case, in which field, and the words around.

    A citation, and a source as its case cites it first, has its grade.
    """

    case_id: str
    reference: str
    title: str
    kind: Kind
    thing: str
    field: str
    before: str
    match: str
    after: str
    grade: Grade | None = None


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
        values["long"] = " AND ".join(map(phrase, long))
    if short:
        parts.append("SELECT rowid AS id FROM search_word WHERE search_word MATCH :short")
        values["short"] = " AND ".join(f"{phrase(word)} *" for word in short)
    return " INTERSECT ".join(parts) or "SELECT 0 AS id WHERE 0", values


def holds(query: str) -> tuple[str, dict[str, object]]:
    """SQL that tells of one row `s` of `search_text` whether it holds every word of the query."""
    parts, values = [], dict[str, object]()
    for number, word in enumerate(_words(query)):
        test = "instr" if len(word) >= _TRIGRAM else "word_begins"
        parts.append(f"{test}(s.folded, :word{number})")
        values[f"word{number}"] = word
    return " AND ".join(parts) or "0", values


def phrase(word: str) -> str:
    """Letters as they stand, for a MATCH; nothing in them is syntax."""
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
    grade = _grade(store, case_id, thing) if kind in (Kind.CITATION, Kind.SOURCE) else None
    for field, text in indexing.texts(store, kind, (thing,)).get(thing, ()):
        found = _place(text, words)
        if found:
            return Hit(case_id, reference, title, kind, thing, field, *found, grade)
    return Hit(case_id, reference, title, kind, thing, "", "", "", "", grade)


def _grade(store: Store, case_id: str, thing: str) -> Grade | None:
    """The grade of a citation, or of the first one of a source in a case."""
    sql = """SELECT reliability, credibility FROM citation
        WHERE case_id = :case AND (id = :thing OR source_id = :thing) AND deleted = 0 ORDER BY id LIMIT 1"""
    return next(iter(store.records(Grade, sql, case=case_id, thing=thing)), None)


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
