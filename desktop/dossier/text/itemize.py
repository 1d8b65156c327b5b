"""From text in inks to cells: the direction, script, font and glyphs of each stretch."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple
from unicodedata import combining

from desktop.dossier.text.bidi import Run, resolve
from desktop.dossier.text.fonts import UNPRINTED, FontSet
from desktop.dossier.text.lines import Cell, Ink
from desktop.dossier.text.scripts import COMMON, EMOJI, script_of, stretches
from desktop.dossier.text.shape import Context, Face

# A line may end after spaces, after a hyphen or dash before a letter, and inside an address after
# what parts it.
_UNIT = re.compile(r"(?:[^ \u200b\-–—/?&=]+|[-–—](?![^\W\d_])|[/?&=](?!\w))*+(?:[-–—/?&=]|)[ \u200b]*+")
_ENDS_UNIT = " \u200b-–—/?&="
_MARK = re.compile("[\u0300-\u036f\u0483-\u0489\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903\u093a-\u094f\u200c\u200d]")
_JOINED = "[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\u200c\u200d]"
_BEFORE = re.compile(_JOINED + "{1,5}\\Z")
_AFTER = re.compile(_JOINED + "{1,5}")
_CONTEXT = 5
_JOINERS = "\u200c\u200d"
# Longer words are shaped in parts: HarfBuzz refuses very long ones, and they are never seen again.
_LONGEST = 256
_MOST_MARKS = 64


@dataclass(frozen=True, slots=True)
class Inked:
    """A stretch of text in one ink. The text holds no line end."""

    text: str
    ink: Ink


class _Item(NamedTuple):
    start: int
    end: int
    level: int
    script: str


def itemize(inked: Sequence[Inked], base: int | None, fonts: FontSet, language: str) -> tuple[list[Cell], int]:
    """The cells of one paragraph in logical order, and its base level."""
    if not base and all(fonts.is_simple(part.text) for part in inked):
        return [cell for part in inked for cell in _simple(part, fonts)], 0
    text = "".join(part.text for part in inked)
    levels = resolve(text, base)
    return _Itemizer(text, inked, levels.base, fonts, language).cells(levels.runs), levels.base


def _simple(part: Inked, fonts: FontSet) -> Iterator[Cell]:
    word, ink = fonts.word, part.ink
    for unit in _UNIT.findall(part.text):
        if len(unit) <= _LONGEST:
            if unit:
                yield Cell(word(unit, ink.bold), ink, 0, unit[-1] in _ENDS_UNIT)
            continue
        for start in range(0, len(unit), _LONGEST):
            piece = unit[start : start + _LONGEST]
            yield Cell(word(piece, ink.bold), ink, 0, piece[-1] in _ENDS_UNIT)


class _Itemizer:
    """The general way, for any script, direction and sign."""

    def __init__(self, text: str, inked: Sequence[Inked], base: int, fonts: FontSet, language: str) -> None:
        self.text = text
        self.base = base
        self.fonts = fonts
        self.language = language
        self.inks = [part.ink for part in inked]
        self.ink_ends = list(accumulate(len(part.text) for part in inked))
        self.unit_ends = {unit.end() for unit in _UNIT.finditer(text)}
        self.cuts = sorted(self.unit_ends.union(self.ink_ends))
        self.has_unprinted = any(ord(char) in UNPRINTED for char in set(text))

    def cells(self, runs: Sequence[Run]) -> list[Cell]:
        """The cells of these level runs."""
        cells: list[Cell] = []
        was_emoji = False
        for item in _items(self.text, runs):
            is_emoji = item.script == EMOJI
            if is_emoji and was_emoji:
                cells[-1].breaks = True
            was_emoji = is_emoji
            start = item.start
            while start < item.end:
                end = item.end if is_emoji else self._cut(start, item.end)
                ink = self.inks[bisect_right(self.ink_ends, start)]
                cells += self._emoji(item, ink) if is_emoji else self._pieces(item, start, end, ink)
                if cells and end in self.unit_ends:
                    cells[-1].breaks = True
                start = end
        return cells

    def _cut(self, start: int, end: int) -> int:
        """Where the piece that begins at `start` ends: with its unit, its ink, or for its length."""
        end = min(end, self.cuts[bisect_right(self.cuts, start)])
        if end - start <= _LONGEST:
            return end
        cut = start + _LONGEST
        while cut < min(end, start + _LONGEST + _MOST_MARKS) and _MARK.match(self.text, cut):
            cut += 1
        return cut

    def _emoji(self, item: _Item, ink: Ink) -> list[Cell]:
        picture = self.fonts.picture(self.text[item.start : item.end])
        if picture:
            return [Cell(picture, ink, item.level, False)]
        return list(self._pieces(item, item.start, item.end, ink))

    def _pieces(self, item: _Item, start: int, end: int, ink: Ink) -> Iterator[Cell]:
        script = COMMON if item.script == EMOJI else item.script
        face = self.fonts.primary(script, ink.bold, self.language)
        if face.characters.issuperset(self.text[start:end]):
            yield from self._shaped(item, start, end, face, ink)
            return
        for first, last, face in self._faces(start, end, script, ink.bold):
            yield from self._shaped(item, first, last, face, ink)

    def _faces(self, start: int, end: int, script: str, bold: bool) -> Iterator[tuple[int, int, Face]]:
        """The piece parted by font; marks and what is not printed stay with what they follow."""
        primary = face = self.fonts.primary(script, bold, self.language)
        for place in range(start, end):
            char = self.text[place]
            follows = ord(char) in UNPRINTED or char in _JOINERS
            if follows or (place > start and combining(char) and face.has(char)):
                continue
            wanted = primary
            if not primary.has(char):
                wanted = self.fonts.pick(char, script, bold, self.language)
            if wanted is not face and place > start:
                yield start, place, face
                start = place
            face = wanted
        yield start, end, face

    def _shaped(self, item: _Item, start: int, end: int, face: Face, ink: Ink) -> Iterator[Cell]:
        text = self.text[start:end]
        if self.has_unprinted:
            text = text.translate(UNPRINTED)
        if face is self.fonts.emoji:
            pictures = map(self.fonts.picture, text)
            yield from (Cell(found, ink, item.level, False) for found in pictures if found)
        elif text:
            before = after = ""
            if item.script == "Arab":
                joined = _BEFORE.search(self.text, max(start - _CONTEXT, 0), start)
                before = joined.group() if joined else ""
                joined = _AFTER.match(self.text, end)
                after = joined.group() if joined and text[-1] != " " else ""
            context = Context(
                item.script,
                bool(item.level & 1),
                self.language,
                before,
                after,
                bool(self.base) and start == item.start,
                end == item.end and (bool(self.base) or bool(combining(text[-1]))),
            )
            shaped = self.fonts.run(face, text, context)
            yield Cell(shaped, ink, item.level, False)


def _items(text: str, runs: Sequence[Run]) -> Iterator[_Item]:
    """The level runs parted by script. Shared signs take the script before them in their run."""
    script = ""
    for run in runs:
        start, level = run.start, run.level
        found = list(stretches(text, run.start, run.end))
        own = next((part.script for part in found if part.script not in (COMMON, EMOJI)), "")
        script = own or script or script_of(text)
        for part in found:
            if part.script == EMOJI:
                if part.start > start:
                    yield _Item(start, part.start, level, script)
                yield _Item(part.start, part.end, level, EMOJI)
                start = part.end
            elif part.script not in (COMMON, script):
                if part.start > start:
                    yield _Item(start, part.start, level, script)
                script = part.script
                start = part.start
        if start < run.end:
            yield _Item(start, run.end, level, script)
