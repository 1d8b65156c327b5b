"""The Unicode bidirectional algorithm (UAX #9, with isolates and paired brackets).

Rules are applied to runs of one class rather than to characters, so a long word costs as little
as a short one.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from desktop.dossier.text.bidi_rules import CANONICAL, CLOSING, Chain

_MAX_DEPTH = 125
# One letter a class, so that runs can be found by a pattern.
_LETTER = {
    "L": "L", "R": "R", "AL": "A", "EN": "E", "AN": "N", "ES": "+", "ET": "#", "CS": ",",
    "NSM": "m", "BN": "b", "B": "B", "S": "S", "WS": "w", "ON": "o",
    "LRE": "l", "RLE": "r", "LRO": "x", "RLO": "y", "PDF": "p",
    "LRI": "i", "RLI": "j", "FSI": "f", "PDI": "d",
}  # fmt: skip
# What stands between letters of one direction without digits, brackets or controls goes with them.
_UNIT = re.compile(
    r"L+(?:[wmbo+#,]+L+)*+|R+(?:[wmbo+#,]+R+)*+|A+(?:[wmbo+#,]+A+)*+|E+|N+|\++|#+|,+|m+|b+|w+|o+|.",
    re.DOTALL,
)
_RIGHT_TO_LEFT = re.compile(r"[RANlrxypijfd]")
_REMOVED = frozenset("lrxypb")
_INITIATORS = frozenset("ijf")


class Run(NamedTuple):
    """Neighboring characters of one embedding level; an odd level reads right to left."""

    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Levels:
    """What UAX #9 says about one paragraph: its base level and its level runs in logical order."""

    base: int
    runs: tuple[Run, ...]


def first_strong(text: str) -> int | None:
    """The base level that a balanced text asks for (P2 and P3): 0, 1, or none if it is neutral."""
    depth = 0
    for letter in map(_letter, text):
        if letter in "LRA" and not depth:
            return 0 if letter == "L" else 1
        if letter in _INITIATORS:
            depth += 1
        elif letter == "d" and depth:
            depth -= 1
    return None


def resolve(text: str, base: int | None = None) -> Levels:
    """The level runs of one paragraph; without a base level the first strong character gives it."""
    if not text:
        return Levels(base or 0, ())
    classes = "".join(map(_letter, text))
    if not base and not _RIGHT_TO_LEFT.search(classes):
        return Levels(0, (Run(0, len(text), 0),))
    letters, starts = _split(classes)
    match = _matches(letters)
    if base is None:
        base = _first_strong(letters, 0, len(letters), match) or 0
    types, explicit = _explicit(letters, base, match)
    levels = list(explicit)
    kept = [unit for unit, letter in enumerate(letters) if letter not in _REMOVED]
    ends = [*starts[1:], len(text)]
    for units in _sequences(letters, explicit, kept, match):
        level, sos, eos = _limits(units, letters, explicit, kept, base, match)
        chain = Chain(
            [types[unit] for unit in units],
            [text[starts[unit] : ends[unit]] for unit in units],
            [letters[unit] == "m" for unit in units],
            level,
            sos,
            eos,
        )
        for unit, resolved in zip(units, chain.levels(), strict=True):
            levels[unit] = resolved
    for unit, letter in enumerate(letters):
        if letter in _REMOVED:
            levels[unit] = levels[unit - 1] if unit else base
    return Levels(base, _runs(levels, starts, len(text)))


def visual_order(levels: Sequence[int]) -> list[int]:
    """The logical index for each place of a line from left to right (rule L2)."""
    order = list(range(len(levels)))
    odd = [level for level in levels if level & 1]
    if not odd:
        return order
    for level in range(max(levels), min(odd) - 1, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end + 1
    return order


@cache
def _letter(char: str) -> str:
    if char in CLOSING:
        return "("
    if char in CANONICAL:
        return ")"
    return _LETTER[unicodedata.bidirectional(char) or _unassigned(ord(char))]


def _unassigned(code: int) -> str:
    """The class of a code point that this Python's tables do not know (DerivedBidiClass.txt)."""
    hebrew = 0x0590 <= code < 0x0600 or 0x07C0 <= code < 0x0860 or 0xFB1D <= code < 0xFB50
    if hebrew or 0x10800 <= code < 0x11000 or 0x1E800 <= code < 0x1F000:
        return "R"
    if 0x0600 <= code < 0x0900 or 0xFB50 <= code < 0xFE00 or 0xFE70 <= code < 0xFF00:
        return "AL"
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code < 0xFDF0 or 0xE0000 <= code < 0xE1000:
        return "BN"
    return "L"


def _split(classes: str) -> tuple[list[str], list[int]]:
    found = [(unit.group()[0], unit.start()) for unit in _UNIT.finditer(classes)]
    return [letter for letter, _ in found], [start for _, start in found]


def _matches(letters: list[str]) -> dict[int, int]:
    """Isolate initiator -> its PDI (BD9)."""
    match: dict[int, int] = {}
    stack: list[int] = []
    for unit, letter in enumerate(letters):
        if letter in _INITIATORS:
            stack.append(unit)
        elif letter == "d" and stack:
            match[stack.pop()] = unit
    return match


def _first_strong(letters: list[str], start: int, end: int, match: dict[int, int]) -> int | None:
    unit = start
    while unit < end:
        if letters[unit] in "LRA":
            return 0 if letters[unit] == "L" else 1
        if letters[unit] in _INITIATORS:
            unit = match.get(unit, end)
        unit += 1
    return None


class _Status(NamedTuple):
    level: int
    override: str
    isolate: bool


class _Stack:
    """The directional status stack (X1), with the signs that found no room on it."""

    def __init__(self, base: int) -> None:
        self.entries = [_Status(base, "", False)]
        self.lost_isolates = 0
        self.lost_embeddings = 0

    @property
    def top(self) -> _Status:
        return self.entries[-1]

    def open(self, rtl: bool, override: str, isolate: bool) -> None:
        level = (self.top.level + 1) | 1 if rtl else (self.top.level + 2) & ~1
        if level <= _MAX_DEPTH and not self.lost_isolates and not self.lost_embeddings:
            self.entries.append(_Status(level, override, isolate))
        elif isolate:
            self.lost_isolates += 1
        elif not self.lost_isolates:
            self.lost_embeddings += 1

    def close_isolate(self) -> None:
        if self.lost_isolates:
            self.lost_isolates -= 1
        elif any(entry.isolate for entry in self.entries):
            self.lost_embeddings = 0
            while not self.entries.pop().isolate:
                pass

    def close_embedding(self) -> None:
        if self.lost_isolates:
            return
        if self.lost_embeddings:
            self.lost_embeddings -= 1
        elif not self.top.isolate and len(self.entries) > 1:
            self.entries.pop()


def _explicit(letters: list[str], base: int, match: dict[int, int]) -> tuple[list[str], list[int]]:
    """Rules X1 to X8: the explicit level of each unit, and its class after overrides."""
    types, levels = list(letters), [base] * len(letters)
    stack = _Stack(base)
    for unit, letter in enumerate(letters):
        if letter == "d":
            stack.close_isolate()
        _place(unit, stack.top if letter != "B" else stack.entries[0], types, levels)
        if letter in "ij":
            stack.open(letter == "j", "", True)
        elif letter == "f":
            inner = _first_strong(letters, unit + 1, match.get(unit, len(letters)), match)
            stack.open(inner == 1, "", True)
        elif letter in "lrxy":
            stack.open(letter in "ry", {"x": "L", "y": "R"}.get(letter, ""), False)
        elif letter == "p":
            stack.close_embedding()
    return types, levels


def _place(unit: int, status: _Status, types: list[str], levels: list[int]) -> None:
    levels[unit] = status.level
    if status.override and types[unit] not in _REMOVED:
        types[unit] = status.override


def _sequences(letters: list[str], explicit: list[int], kept: list[int], match: dict[int, int]) -> list[list[int]]:
    """The isolating run sequences (BD13)."""
    runs: list[list[int]] = []
    for unit in kept:
        if runs and explicit[runs[-1][-1]] == explicit[unit]:
            runs[-1].append(unit)
        else:
            runs.append([unit])
    by_start = {run[0]: run for run in runs}
    closing = set(match.values())
    sequences = []
    for run in runs:
        if run[0] in closing and letters[run[0]] == "d":
            continue
        sequence = list(run)
        while sequence[-1] in match and match[sequence[-1]] in by_start:
            sequence += by_start[match[sequence[-1]]]
        sequences.append(sequence)
    return sequences


def _limits(
    units: list[int],
    letters: list[str],
    explicit: list[int],
    kept: list[int],
    base: int,
    match: dict[int, int],
) -> tuple[int, str, str]:
    """Level, start-of-sequence and end-of-sequence direction of one isolating run sequence (X10)."""
    level = explicit[units[0]]
    before = bisect_left(kept, units[0]) - 1
    after = bisect_left(kept, units[-1]) + 1
    open_ended = letters[units[-1]] in _INITIATORS and units[-1] not in match
    preceding = explicit[kept[before]] if before >= 0 else base
    following = base if open_ended or after >= len(kept) else explicit[kept[after]]
    return level, "LR"[max(level, preceding) & 1], "LR"[max(level, following) & 1]


def _runs(levels: list[int], starts: list[int], length: int) -> tuple[Run, ...]:
    cuts = [unit for unit in range(len(levels)) if not unit or levels[unit] != levels[unit - 1]]
    ends = [starts[unit] for unit in cuts[1:]] + [length]
    return tuple(Run(starts[u], end, levels[u]) for u, end in zip(cuts, ends, strict=True))
