"""Phrasing: how much of its wording a claim shares with others, whatever the order, the endings and the spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from db import search
from db.indexing import BETWEEN
from db.progress import SILENT, Progress
from db.store import Row, Store
from db.texts import figures

LIKELY = 0.68  # the likeness from which a claim is suggested for its words alone; see tests/db/texts/test_phrasing.py
NOTABLE = 0.5  # the likeness that is worth telling where something else speaks for the same claim

_WORD = re.compile(r"[\w\u0900-\u0963\u0966-\u0dff]+")
_LONGEST = 3_000  # characters of a text that are looked at
_LEAST_WORDS = 3
_SAME_WORD = 0.8
_HELD, _HELD_FROM = 0.9, 6  # what a longer text counts for that holds a whole claim of so many words
_FIGURES = 0.08
_STEM, _LEAST_STEM = 5, 3
_ASKED, _LOOK_AT = 120, 6_000
_ROUGHLY, _MOST, _TOGETHER = 68, 100, 1000


@dataclass(frozen=True, slots=True)
class Phrase:
    """How much of the wording two claims share, from 0 to 1; the numbers in both, and those in one alone."""

    share: float
    numbers: tuple[str, ...] = ()
    here: tuple[str, ...] = ()
    there: tuple[str, ...] = ()

    @property
    def likeness(self) -> float:
        """The share, more where the same numbers stand in both, less where different ones do."""
        if self.numbers:
            return self.share + _FIGURES
        return self.share - (_FIGURES if self.here and self.there else 0)


def compare(one: str, other: str) -> Phrase:
    """Compare two folded texts."""
    first, second = _words(one), _words(other)
    if min(len(first), len(second)) < _LEAST_WORDS:
        return Phrase(0)
    mine, theirs = figures.telling(first), figures.telling(second)
    share = _share(_run_together(first, second), _run_together(second, first))
    return Phrase(share, *(tuple(sorted(each, key=int)) for each in (mine & theirs, mine - theirs, theirs - mine)))


def _words(folded: str) -> list[str]:
    return _WORD.findall(figures.plain(folded))


def _run_together(words: Sequence[str], other: Iterable[str]) -> list[str]:
    """The words, those joined that the other text writes as one, as Urdu and Persian often do."""
    known, kept, left = set(other), list[str](), list(words)
    while left:
        pair = "".join(left[:2])
        joined = len(left) > 1 and pair in known
        kept.append(pair if joined else left[0])
        left = left[2 if joined else 1 :]
    return kept


def _share(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of the letters that stand in words of both; a number is the same or it is not."""
    from rapidfuzz import process  # noqa: PLC0415 (start-up does not wait for it)
    from rapidfuzz.distance import Indel  # noqa: PLC0415

    left, shared = list(other), [0, 0]
    for word in sorted(one, key=len, reverse=True):
        cutoff = 1 if word.isdigit() else _SAME_WORD
        found = process.extractOne(word, left, scorer=Indel.normalized_similarity, score_cutoff=cutoff)
        if found:
            shared[0] += len(word)
            shared[1] += len(left.pop(found[2]))
    parts = [letters / sum(map(len, words)) for letters, words in zip(shared, (one, other), strict=True)]
    held = _HELD * max(parts) if min(len(one), len(other)) >= _HELD_FROM else 0
    return max(sum(parts) / 2, held)


def find(store: Store, case_id: str, progress: Progress = SILENT) -> Mapping[str, Phrase]:
    """For each other case that shares much of the wording how much that is: of claims, translations and titles."""
    progress.step(0, 1)
    mine = [text for row in store.select(f"{_TEXTS} AND s.case_id = :case", case=case_id) for text in _texts(row)]
    mine = [text for text in dict.fromkeys(mine) if len(_words(text)) >= _LEAST_WORDS]
    found: dict[str, Phrase] = {}
    candidates = [(row[0], text) for row in _candidates(store, case_id, mine) for text in _texts(row)]
    for other, one, text in _roughly(mine, candidates, progress):
        phrase = compare(one, text)
        if phrase.likeness >= NOTABLE and (other not in found or phrase.likeness > found[other].likeness):
            found[other] = phrase
    return found


_TEXTS = """SELECT s.case_id, s.kind, s.folded, k.title_key FROM search_text s JOIN case_card k ON k.case_id = s.case_id
    WHERE s.kind IN ('case', 'claim')"""


def _texts(row: Row) -> tuple[str, ...]:
    """What a row of the index says of the claim of its case: the title, or a claim with its translation."""
    _, kind, folded, title = row
    return tuple(text[:_LONGEST] for text in ([title] if kind == "case" else folded.split(BETWEEN)))


def _candidates(store: Store, case_id: str, texts: Iterable[str]) -> list[Row]:
    """The texts of other cases in which any of the rarest words of these stands."""
    either = " OR ".join(map(search.phrase, _rarest(store, texts)))
    sql = f"""{_TEXTS} AND s.case_id <> :case AND s.id IN
        (SELECT rowid FROM search_part WHERE search_part MATCH :either)"""
    return store.select(sql, case=case_id, either=either) if either else []


def _rarest(store: Store, texts: Iterable[str]) -> Iterator[str]:
    """The rarest words and beginnings of words, as many as lead to enough texts to look at, and never one alone."""
    words = {word for text in texts for word in _WORD.findall(text) if not word[0].isdigit()}
    longest = sorted((word for word in words if len(word) >= _LEAST_STEM), key=len)[-_ASKED:]
    parts = {part for word in longest for part in (word, word[:_STEM])}
    sql = f"SELECT count(*) FROM (SELECT 1 FROM search_part WHERE search_part MATCH :part LIMIT {_LOOK_AT})"
    counted = sorted((store.value(sql, part=search.phrase(part)), part) for part in parts)
    reached = 0
    for place, (count, part) in enumerate(counted):
        reached += count
        if place > 1 and reached > _LOOK_AT:
            return
        yield part


def _roughly(
    mine: Sequence[str], candidates: Sequence[tuple[str, str]], progress: Progress
) -> Iterator[tuple[str, str, str]]:
    """Those candidates that are anything like one of these texts: whose they are, that text, and theirs."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 (start-up does not wait for it)

    texts = [" ".join(_WORD.findall(text)) for _, text in candidates]
    total = len(mine) * len(texts)
    for place, one in enumerate(mine):
        near = []
        for start in range(0, len(texts), _TOGETHER):
            progress.step(place * len(texts) + start, total)
            some = texts[start : start + _TOGETHER]
            rough = process.extract(
                " ".join(_WORD.findall(one)), some, scorer=fuzz.token_set_ratio, score_cutoff=_ROUGHLY, limit=None
            )
            near += [(score, start + at) for _, score, at in rough]
        for _, at in islice(sorted(near, reverse=True), _MOST):
            yield candidates[at][0], one, candidates[at][1]
