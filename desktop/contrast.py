"""Two texts side by side, word by word: which parts they share, and which only one of them has. No Qt in here."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, pairwise

_MOST_WORDS = (
    1_500  # on the longer side; beyond it lines are compared, and beyond as many lines beginning and end alone
)
_JOINER = "\u200d"
_EXTENDING = frozenset("\u200c\u200d" + "".join(map(chr, (*range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080)))))


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text; `own` says that the other text does not have it here."""

    text: str
    own: bool


Spans = tuple[Span, ...]


def contrast(one: str, other: str) -> tuple[Spans, Spans]:
    """Each text in parts: what it shares with the other, and what is its own. No letter is parted from its marks."""
    for split in (words, _lines):
        a, b = split(one), split(other)
        start, end = _shared_ends(a, b)
        a_rest, b_rest = a[start : len(a) - end], b[start : len(b) - end]
        if max(len(a_rest), len(b_rest)) <= _MOST_WORDS:
            own_a, own_b = _compare(a_rest, b_rest)
            break
    else:
        own_a, own_b = [True] * len(a_rest), [True] * len(b_rest)
    return (_spans(a, [False] * start + own_a + [False] * end), _spans(b, [False] * start + own_b + [False] * end))


def words(text: str) -> list[str]:
    """A text in words, spaces and signs; what cannot stand alone stays with what it belongs to."""
    starts: list[int] = []
    before = last = ""
    for place, character in enumerate(text):
        if starts and _clings(character):
            last = character
            continue
        kind = _kind(character)
        if not starts or not (last == _JOINER or (kind and kind == before)):
            starts.append(place)
        before, last = kind, character
    return [text[start:end] for start, end in pairwise([*starts, len(text)])]


def _kind(character: str) -> str:
    """Letters and digits make a word, spaces a gap, regional letters flags; each other sign stands for itself."""
    if "\U0001f1e6" <= character <= "\U0001f1ff":
        return "flag"
    if character.isspace():
        return "gap"
    return "word" if unicodedata.category(character)[0] in "LN" or unicodedata.category(character) == "Cf" else ""


def _clings(character: str) -> bool:
    return unicodedata.category(character)[0] == "M" or character in _EXTENDING


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _shared_ends(a: Sequence[str], b: Sequence[str]) -> tuple[int, int]:
    """How many parts are the same at the beginning and at the end."""
    most = min(len(a), len(b))
    start = next((i for i in range(most) if a[i] != b[i]), most)
    most -= start
    end = next((i for i in range(most) if a[-1 - i] != b[-1 - i]), most)
    return start, end


def _compare(a: Sequence[str], b: Sequence[str]) -> tuple[list[bool], list[bool]]:
    """For each part of both whether the other lacks it; gaps never decide what is the same."""
    is_gap: Callable[[str], bool] = str.isspace
    own_a, own_b = [True] * len(a), [True] * len(b)
    for block in SequenceMatcher(is_gap, a, b).get_matching_blocks():
        own_a[block.a : block.a + block.size] = own_b[block.b : block.b + block.size] = [False] * block.size
    return own_a, own_b


def _spans(parts: Sequence[str], own: Sequence[bool]) -> Spans:
    """Neighbors of one sort put together."""

    def joined() -> Iterator[Span]:
        for mine, group in groupby(zip(parts, own, strict=True), key=lambda pair: pair[1]):
            yield Span("".join(part for part, _ in group), mine)

    return tuple(joined())
