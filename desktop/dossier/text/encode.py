"""From glyphs to the operators of a PDF page, so that readers find the text in its logical order.

The rules come from measuring poppler and pdfium. A cluster's text goes onto its widest glyph.
Right-to-left text stands in visual order with the letters of a cluster reversed, for readers turn
it round; signs in it that they would take for left-to-right are fenced with direction marks; loose
dots and marks are outlines without a text. `ActualText` is for left-to-right clusters of several
glyphs only: both readers reverse it in right-to-left text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple
from unicodedata import bidirectional

from desktop.dossier.text.shape import Shaped

LRM, RLM = "\u200e", "\u200f"
_NO_TEXT = "\u200b"
_NUMERIC = ("CS", "ES", "ET")
_SMALLEST_MOVE = 0.05


class Mark(NamedTuple):
    """A glyph that is drawn as an outline; its place is in thousandths of an em from the word."""

    glyph: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Fragment:
    """A word as a page shows it: the inside of a TJ array, and the marks to draw around it."""

    content: str
    marks: tuple[Mark, ...]


class _Glyph(NamedTuple):
    glyph: int
    x: float
    y: float
    text: str


def encode(shaped: Shaped, code: Callable[[int, str], str], size: float) -> Fragment:
    """The word as a fragment; `code` gives the hexadecimal code of a glyph with its text."""
    if not shaped.context.rtl and shaped.offsets is None and shaped.clusters == tuple(range(len(shaped.text))):
        glyphs = [
            _Glyph(glyph, x, 0, char)
            for glyph, x, char in zip(shaped.glyphs, _places(shaped), shaped.text, strict=True)
        ]
        return Fragment(_array(shaped, glyphs, code, size), ())
    leads, others = _sorted(shaped)
    if shaped.context.rtl:
        marks = tuple(Mark(glyph, x, y) for glyph, x, y, _ in others)
        return Fragment(_array(shaped, leads, code, size), marks)
    wide = [other for other in others if shaped.face.advance(other.glyph) > 1]
    narrow = [other for other in others if shaped.face.advance(other.glyph) <= 1]
    glyphs = sorted(leads + wide, key=lambda glyph: glyph.x) + narrow
    content = _array(shaped, glyphs, code, size)
    if not others:
        return Fragment(content, ())
    actual = ("\ufeff" + shaped.text).encode("utf-16-be").hex().upper()
    return Fragment(f"] TJ /Span <</ActualText <{actual}>>> BDC [{content}] TJ EMC [", ())


def _places(shaped: Shaped) -> list[float]:
    scale = shaped.face.scale
    return [x * scale for x in accumulate(shaped.advances, initial=0)][:-1]


def _sorted(shaped: Shaped) -> tuple[list[_Glyph], list[_Glyph]]:
    """The glyphs that carry the text of their cluster, and the others; from left to right."""
    scale = shaped.face.scale
    offsets = shaped.offsets or ((0, 0),) * len(shaped.glyphs)
    placed = [
        _Glyph(glyph, x + dx * scale, dy * scale, _NO_TEXT)
        for glyph, x, (dx, dy) in zip(shaped.glyphs, _places(shaped), offsets, strict=True)
    ]
    leads, others = [], []
    for text, members in _clusters(shaped):
        lead = max(members, key=lambda member: shaped.advances[member])
        leads.append(placed[lead]._replace(text=text))
        others += [placed[member] for member in members if member != lead]
    return leads, others


def _clusters(shaped: Shaped) -> Iterator[tuple[str, list[int]]]:
    starts = sorted({*shaped.clusters, len(shaped.text)})
    following = dict(pairwise(starts))
    for cluster, members in groupby(range(len(shaped.glyphs)), shaped.clusters.__getitem__):
        text = shaped.text[cluster : following[cluster]]
        if shaped.context.rtl:
            text = _visual(text, shaped, cluster == 0, following[cluster] == len(shaped.text))
        yield text, list(members)


def _visual(text: str, shaped: Shaped, first: bool, last: bool) -> str:
    """The text of a right-to-left cluster in visual order.

    It is fenced where a reader would take it for a part of the left-to-right text beside it.
    """
    before = first and shaped.context.begins and not _is_strong(text[0])
    after = last and shaped.context.ends and not _is_strong(text[-1])
    if after or bidirectional(text[0]) in _NUMERIC:
        text += RLM
    return (RLM + text if before else text)[::-1]


def _is_strong(char: str) -> bool:
    return bidirectional(char) in ("R", "AL")


def _array(shaped: Shaped, glyphs: list[_Glyph], code: Callable[[int, str], str], size: float) -> str:
    """The inside of a TJ array that ends where the word ends, with a rise between two arrays."""
    parts: list[str] = []
    at = rise = 0.0
    for glyph, x, y, text in glyphs:
        if abs(y - rise) > _SMALLEST_MOVE:
            parts.append(f"] TJ {y * size / 1000:.3f} Ts [")
            rise = y
        if abs(at - x) > _SMALLEST_MOVE:
            parts.append(f"{at - x:.2f} ")
            at = x
        parts.append(f"<{code(glyph, text)}>")
        at += shaped.face.advance(glyph)
    if rise:
        parts.append("] TJ 0 Ts [")
    if abs(at - shaped.width) > _SMALLEST_MOVE:
        parts.append(f"{at - shaped.width:.2f} ")
    return "".join(parts).replace("><", "")
