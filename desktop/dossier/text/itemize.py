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
            if item.script == EMOJI:
                if was_emoji:
                    cells[-1].breaks = True
                cells += self._emoji(item)
            else:
                self._add_words(item, cells)
            was_emoji = item.script == EMOJI
            if cells and item.end in self.unit_ends:
                cells[-1].breaks = True
        return cells

    def _add_words(self, item: _Item, cells: list[Cell]) -> None:
        """The units and other pieces of an item."""
        start, ink, covered = item.start, None, False
        inner = Context(item.script, bool(item.level & 1), self.language)
        while start < item.end:
            end = self._cut(start, item.end)
            if ink is not (ink := self._ink(start)):
                face = self.fonts.primary(item.script, ink.bold, self.language)
                covered = face.characters.issuperset(self.text[item.start : item.end])
            ends_unit = end in self.unit_ends
            if not covered:
                for first, last, other in self._faces(start, end, item.script, ink.bold):
                    cells += self._shaped(item, first, last, other, ink)
            elif self.has_unprinted or not (ends_unit and self._is_inner(item, start, end)):
                cells += self._shaped(item, start, end, face, ink)
            else:
                shaped = self.fonts.run(face, self.text[start:end], inner)
                cells.append(Cell(shaped, ink, item.level, True))
            if cells and ends_unit:
                cells[-1].breaks = True
            start = end

    def _is_inner(self, item: _Item, start: int, end: int) -> bool:
        """Whether a piece that ends a unit is a whole unit inside its item."""
        return item.start < start and end < item.end and start in self.unit_ends

    def _ink(self, place: int) -> Ink:
        return self.inks[bisect_right(self.ink_ends, place) if len(self.inks) > 1 else 0]

    def _cut(self, start: int, end: int) -> int:
        """Where the piece that begins at `start` ends: with its unit, its ink, or for its length."""
        end = min(end, self.cuts[bisect_right(self.cuts, start)])
        if end - start <= _LONGEST:
            return end
        cut = start + _LONGEST
        while cut < min(end, start + _LONGEST + _MOST_MARKS) and _MARK.match(self.text, cut):
            cut += 1
        return cut

    def _emoji(self, item: _Item) -> list[Cell]:
        picture = self.fonts.picture(self.text[item.start : item.end])
        if picture:
            return [Cell(picture, self._ink(item.start), item.level, False)]
        cells: list[Cell] = []
        self._add_words(item._replace(script=COMMON), cells)
        return cells

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

    def _shaped(self, item: _Item, start: int, end: int, face: Face, ink: Ink) -> list[Cell]:
        text = self.text[start:end]
        if self.has_unprinted:
            text = text.translate(UNPRINTED)
        if not text:
            return []
        if face is self.fonts.emoji:
            pictures = map(self.fonts.picture, text)
            return [Cell(found, ink, item.level, False) for found in pictures if found]
        shaped = self.fonts.run(face, text, self._context(item, start, end, text))
        return [Cell(shaped, ink, item.level, False)]

    def _context(self, item: _Item, start: int, end: int, text: str) -> Context:
        before = after = None
        if item.script == "Arab":
            if start not in self.unit_ends:
                before = _BEFORE.search(self.text, max(start - _CONTEXT, 0), start)
            if end not in self.unit_ends:
                after = _AFTER.match(self.text, end)
        fenced = self.base & 1
        return Context(
            item.script,
            bool(item.level & 1),
            self.language,
            before.group() if before else "",
            after.group() if after else "",
            bool(fenced and start == item.start),
            bool(end == item.end and (fenced or combining(text[-1]))),
        )


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
