"""Sentences and paragraphs of a plain text, in every script of the desks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from db.texts.span import Span

_ENDS = ".!?…؟۔।॥。！？"
_CLOSES = "\"'”’»)]}›」』*"
_END = re.compile(rf"[{re.escape(_ENDS)}]+[{re.escape(_CLOSES)}]*(?=\s|$)|[۔।॥。！？؟]+[{re.escape(_CLOSES)}]*")
_SHORT = re.compile(
    r"(?:^|[\s(\"“‘«])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Maj|Capt|Lt|Sgt|Gov|Sen|Rep|Rev|Hon|St|No|Nos|Nr|vs|cf|al|ed|eds|vol|"
    r"pp?|Art|Sec|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|approx|ca|e\.g|i\.e|г|гг|ул|им|т\.д|т\.п|тыс|млн|млрд|"
    r"[^\W\d_]|(?:[^\W\d_]\.)+[^\W\d_])\.$",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"^[^\S\n]*\S", re.MULTILINE)
_NEAR = 20  # characters in which the next word begins
_LONGEST = 20_000  # of a paragraph that is taken apart: one without an end is no paragraph


def paragraph(text: str, at: int) -> Span:
    """The line of the text that a place stands in, without the white space around it."""
    start = text.rfind("\n", max(0, at - _LONGEST), at) + 1 or max(0, at - _LONGEST)
    stop = text.find("\n", at, at + _LONGEST)
    return _trimmed(text, Span(start, min(len(text), at + _LONGEST) if stop < 0 else stop))


def beginnings(text: str) -> list[int]:
    """Where each paragraph begins; empty lines are none."""
    return [match.start() for match in _BEGINS.finditer(text)]


def number(paragraphs: Sequence[int], at: int) -> int:
    """Which paragraph a place stands in, counted from 1, given where they begin."""
    return max(1, bisect_right(paragraphs, at))


def each(text: str) -> Iterator[Span]:
    """Every sentence, in the order of the text."""
    start = 0
    for line in text.splitlines(keepends=True):
        yield from _in_paragraph(text, Span(start, start + len(line)))
        start += len(line)


def around(text: str, at: int) -> Span:
    """The sentence that a place stands in; an empty span in an empty line."""
    found = _in_paragraph(text, paragraph(text, at))
    return next((sentence for sentence in found if at < sentence.stop), found[-1] if found else Span(at, at))


def after(text: str, at: int) -> Span | None:
    """The first sentence that begins behind a place."""
    here = paragraph(text, at)
    while True:
        for sentence in _in_paragraph(text, here):
            if sentence.start > at:
                return sentence
        nearest = re.compile(r"\n\s*\S").search(text, here.stop)
        if nearest is None:
            return None
        here, at = paragraph(text, nearest.end() - 1), nearest.end() - 2


def before(text: str, at: int) -> Span | None:
    """The last sentence that ends at a place or before it."""
    here = paragraph(text, at)
    while True:
        found = [sentence for sentence in _in_paragraph(text, here) if sentence.stop <= at]
        if found:
            return found[-1]
        ahead = text[: here.start].rstrip()
        if not ahead:
            return None
        here, at = paragraph(text, len(ahead) - 1), len(ahead)


def _in_paragraph(text: str, line: Span) -> list[Span]:
    found, start, words = [], line.start, line.of(text)
    for end in _END.finditer(words):
        stop = line.start + end.end()
        if _goes_on(words, end):
            continue
        found.append(_trimmed(text, Span(start, stop)))
        start = stop
    found.append(_trimmed(text, Span(start, line.stop)))
    return [sentence for sentence in found if sentence.start < sentence.stop]


def _goes_on(words: str, end: re.Match[str]) -> bool:
    """Whether a full stop ends no sentence: it shortens a word, or a small letter follows."""
    following = words[end.end() : end.end() + _NEAR].lstrip()[:1]
    if following.islower():
        return True
    return end.group() == "." and bool(_SHORT.search(words, max(0, end.start() - 12), end.end())) and bool(following)


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))
