"""HarfBuzz: from characters to glyphs of one font. The only room that knows the library."""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

import uharfbuzz as hb

_FEATURES = {"kern": True, "liga": True}
_UNEMBEDDED = ("GSUB", "GPOS", "GDEF", "cmap", "name", "post", "OS/2", "STAT", "gasp", "COLR")


class Context(NamedTuple):
    """What besides the font decides over the glyphs of a text and over the text they stand for.

    It may join with the letters `before` and `after`; `begins` and `ends` say that it stands at
    that end of its level run, where readers need a direction mark.
    """

    script: str
    rtl: bool = False
    language: str = ""
    before: str = ""
    after: str = ""
    begins: bool = False
    ends: bool = False


class Face:
    """One font file. Measures are in thousandths of an em. It is read when it is first asked."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        self.path = path

    @cached_property
    def font(self) -> hb.Font:
        """The HarfBuzz font."""
        return hb.Font(hb.Face(hb.Blob.from_file_path(str(self.path))))

    @cached_property
    def scale(self) -> float:
        """Thousandths of an em in one unit of the font."""
        return 1000 / float(self.font.face.upem)

    @cached_property
    def characters(self) -> frozenset[str]:
        """The characters that the font has a glyph of its own for."""
        return frozenset(map(chr, self.font.face.unicodes))

    @cached_property
    def extents(self) -> tuple[float, float]:
        """How far lines of this font reach above and (as a negative number) below the base line."""
        extents = self.font.get_font_extents("ltr")
        return extents.ascender * self.scale, extents.descender * self.scale

    @cached_property
    def box(self) -> tuple[int, int, int, int]:
        """The bounding box of all glyphs (table `head`)."""
        corners = struct.unpack_from(">4h", self.font.face.reference_table("head").data, 36)
        x0, y0, x1, y1 = (round(corner * self.scale) for corner in corners)
        return x0, y0, x1, y1

    def has(self, char: str) -> bool:
        """Whether the font can print the character, itself or as its canonical parts."""
        known = self.characters
        return char in known or known.issuperset(normalize("NFD", char))

    def advance(self, glyph: int) -> float:
        """The width of a glyph as the font file states it."""
        return float(self.font.get_glyph_h_advance(glyph)) * self.scale

    def outline(self, glyph: int, x: float, y: float, scale: float) -> str:
        """PDF operators for the path of a glyph, moved and scaled; `scale` is per font unit."""
        pen = _Pen(x, y, scale)
        self.font.draw_glyph_with_pen(glyph, pen)
        return " ".join(pen.operators)

    def nominal(self, char: str) -> int:
        """The glyph of a character by itself."""
        return int(self.font.get_nominal_glyph(ord(char)) or 0)

    def subset(self, glyphs: Iterable[int]) -> tuple[bytes, dict[int, int]]:
        """A font file with only these outlines, and the new number of each glyph in it."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(glyphs)
        wanted.drop_table_tag_set.update(int.from_bytes(tag.encode()) for tag in _UNEMBEDDED)
        wanted.flags = hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NO_HINTING
        plan = hb.SubsetPlan(self.font.face, wanted)
        numbers = {int(old): int(new) for old, new in plan.old_to_new_glyph_mapping.items()}
        return bytes(plan.execute().blob.data), numbers

    def shape(self, text: str, context: Context) -> Shaped:
        """The glyphs of a text."""
        buffer = hb.Buffer()
        before, after = context.before, context.after
        buffer.add_str(before + text + after, len(before), len(text))
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_GRAPHEMES
        buffer.direction = "rtl" if context.rtl else "ltr"
        buffer.script = context.script
        if context.language:
            buffer.language = context.language
        hb.shape(self.font, buffer, _FEATURES)
        infos = [(info.codepoint, info.cluster - len(before)) for info in buffer.glyph_infos]
        placed = [position.position for position in buffer.glyph_positions]
        offsets = tuple((x, y) for x, y, _, _ in placed)
        return Shaped(
            self,
            text,
            context,
            tuple(glyph for glyph, _ in infos),
            tuple(place[2] for place in placed),
            tuple(cluster for _, cluster in infos),
            offsets if any(x or y for x, y in offsets) else None,
        )


@dataclass(slots=True, eq=False)
class Shaped:
    """Glyphs from left to right.

    `clusters` says at which character of the text a glyph begins; advances and offsets are in font
    units, widths in thousandths of an em, `core` without the spaces at the end.
    """

    face: Face
    text: str
    context: Context
    glyphs: tuple[int, ...]
    advances: tuple[int, ...]
    clusters: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...] | None
    width: float = 0
    core: float = 0

    def __post_init__(self) -> None:
        self.width = self.core = sum(self.advances) * self.face.scale
        visible = len(self.text.rstrip(" "))
        if visible < len(self.text):
            blank = (a for a, c in zip(self.advances, self.clusters, strict=True) if c >= visible)
            self.core -= sum(blank) * self.face.scale

    def part(self, start: int, end: int) -> Shaped:
        """The glyphs of text[start:end]; both must be bounds of clusters."""
        if self.context.rtl:
            descending = [-cluster for cluster in self.clusters]
            first, last = bisect_left(descending, -end + 1), bisect_left(descending, -start + 1)
        else:
            first, last = bisect_left(self.clusters, start), bisect_left(self.clusters, end)
        return Shaped(
            self.face,
            self.text[start:end],
            self.context,
            self.glyphs[first:last],
            self.advances[first:last],
            tuple(cluster - start for cluster in self.clusters[first:last]),
            self.offsets[first:last] if self.offsets else None,
        )

    def trimmed(self) -> Shaped:
        """The same without the spaces at its end."""
        return self if self.core == self.width else self.part(0, len(self.text.rstrip(" ")))

    def bounds(self) -> list[tuple[int, float]]:
        """After each cluster in reading order: the character reached, and the width until there."""
        if not self.glyphs:
            return []
        step = -1 if self.context.rtl else 1
        clusters, advances = self.clusters[::step], self.advances[::step]
        widths = [width * self.face.scale for width in accumulate(advances)]
        following = [*clusters[1:], len(self.text)]
        return [(end, width) for cluster, end, width in zip(clusters, following, widths, strict=True) if end != cluster]


class _Pen:
    """Takes an outline from HarfBuzz and writes it as PDF path operators."""

    def __init__(self, x: float, y: float, scale: float) -> None:
        self.x, self.y, self.scale = x, y, scale
        self.operators: list[str] = []
        self.at = (0.0, 0.0)

    def moveTo(self, point: tuple[float, float]) -> None:
        self._write("m", point)

    def lineTo(self, point: tuple[float, float]) -> None:
        self._write("l", point)

    def curveTo(self, *points: tuple[float, float]) -> None:
        self._write("c", *points)

    def qCurveTo(self, control: tuple[float, float], end: tuple[float, float]) -> None:
        """A quadratic curve, as the cubic curve that PDF has."""
        (x0, y0), (x1, y1), (x2, y2) = self.at, control, end
        first = (x0 + (x1 - x0) * 2 / 3, y0 + (y1 - y0) * 2 / 3)
        second = (x2 + (x1 - x2) * 2 / 3, y2 + (y1 - y2) * 2 / 3)
        self._write("c", first, second, end)

    def closePath(self) -> None:
        self.operators.append("h")

    def endPath(self) -> None:
        """Nothing to do: a filled path closes itself."""

    def _write(self, operator: str, *points: tuple[float, float]) -> None:
        self.at = points[-1]
        numbers = (f"{self.x + x * self.scale:.2f} {self.y + y * self.scale:.2f}" for x, y in points)
        self.operators.append(f"{' '.join(numbers)} {operator}")
