"""Anchors: spots of a picture that are found again when it was cut, and what stands around each of them."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

# Measured on 74 photographs and on drawn scenes and pages, each cut by up to 20 % of every side.
_LEVELS = (20, 24, 29, 35, 42, 50, 60)  # points along the long side, each level a fifth finer than the one before
_WINDOW = 11  # points of its level that the surroundings of a spot are wide
_MOST = 8  # spots of a level
_FAINT = 1.5  # a difference of gray that a spot stands out by at least
_EVEN = 60  # surroundings that differ less than this say nothing
_WEAK = 6  # bits that may be other ones in another copy
_PACKED = struct.Struct(">IIHHH")
_UNIT = 0x8000
_REVERSED = [int(f"{nibble:04b}"[::-1], 2) for nibble in range(16)]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A spot: its place and the half of its width as shares of the picture's long side.

    A bit of `word` says whether a part of the surroundings is lighter than the next; `weak` marks those of its bits
    that say so by the least difference.
    """

    word: int
    weak: int
    x: float
    y: float
    half: float

    def mirrored(self, width: float) -> Anchor:
        """This spot in the mirror image of a picture of that width."""
        return Anchor(_turned(self.word) ^ 0xFFFF, _turned(self.weak), width - self.x, self.y, self.half)

    def words(self) -> Iterator[int]:
        """What this spot may be called in another copy: each reading of its weak bits."""
        rest = chosen = self.weak
        while True:
            yield self.word ^ chosen
            if not chosen:
                return
            chosen = (chosen - 1) & rest


def _turned(word: int) -> int:
    """The parts of each row in the opposite order."""
    return sum(_REVERSED[word >> place & 15] << place for place in range(0, 32, 4))


def pack(anchors: Iterable[Anchor]) -> bytes:
    """Anchors as they are kept."""
    return b"".join(
        _PACKED.pack(a.word, a.weak, *(round(share * _UNIT) for share in (a.x, a.y, a.half))) for a in anchors
    )


def unpack(kept: bytes) -> tuple[Anchor, ...]:
    """Anchors that were kept."""
    return tuple(
        Anchor(word, weak, x / _UNIT, y / _UNIT, half / _UNIT) for word, weak, x, y, half in _PACKED.iter_unpack(kept)
    )


def key(word: int) -> int:
    """A word as the number it is looked up by, which SQLite keeps in four bytes."""
    return word - (1 << 31)


def find(gray: Image) -> tuple[Anchor, ...]:
    """The anchors of a small picture: blobs of light and dark on several levels, and the picture and its halves."""
    long = max(gray.size)
    boxes = [box for level in _LEVELS for box in _spots(gray, level)] + list(_halves(gray))
    found = []
    for x, y, across, down in boxes:
        steps = _steps(gray, (x - across, y - down, x + across, y + down))
        if sum(map(abs, steps)) >= _EVEN:
            weak = sorted(range(32), key=lambda bit: abs(steps[bit]))[:_WEAK]
            word = sum((step > 0) << bit for bit, step in enumerate(steps))
            found.append(Anchor(word, sum(1 << bit for bit in weak), x / long, y / long, across / long))
    return tuple(found)


def _halves(gray: Image) -> Iterator[tuple[float, float, float, float]]:
    width, height = gray.width / 4, gray.height / 4
    yield width * 2, height * 2, width * 2, height * 2
    yield from ((width, height * 2, width, height * 2), (width * 3, height * 2, width, height * 2))
    yield from ((width * 2, height, width * 2, height), (width * 2, height * 3, width * 2, height))


def _spots(gray: Image, level: int) -> Iterator[tuple[float, float, float, float]]:
    """The middles and half sizes of the spots of one level that have all their surroundings in the picture."""
    from PIL import Image, ImageFilter  # noqa: PLC0415 (slow to import; whoever has a picture has it already)

    long = max(gray.size)
    width, height = (max(1, round(side * level / long)) for side in gray.size)
    if min(width, height) < _WINDOW:
        return
    contrast = _contrast(gray, width, height)
    drawn = Image.frombytes("F", (width, height), contrast.tobytes())
    peaks = [array("f", drawn.filter(each(3)).tobytes()) for each in (ImageFilter.MaxFilter, ImageFilter.MinFilter)]
    across, down, half = gray.width / width, gray.height / height, _WINDOW / 2 * long / level
    strong = sorted(
        ((abs(value), place) for place, value in enumerate(contrast)
         if abs(value) > _FAINT and value in (peaks[0][place], peaks[1][place])), reverse=True,
    )  # fmt: skip
    left = _MOST
    for _, place in strong:
        row, column = divmod(place, width)
        if not (0 < row < height - 1 and 0 < column < width - 1):
            continue
        x = (column + 0.5 + _beside(contrast[place - 1], contrast[place], contrast[place + 1])) * across
        y = (row + 0.5 + _beside(contrast[place - width], contrast[place], contrast[place + width])) * down
        if left and half <= x <= gray.width - half and half <= y <= gray.height - half:
            left -= 1
            yield x, y, half, half


def _contrast(gray: Image, width: int, height: int) -> array[float]:
    """By how much each point is lighter than what is around it."""
    from PIL.Image import Resampling  # noqa: PLC0415

    fine = gray.convert("F").resize((width, height), Resampling.BOX)
    coarse = fine.resize((max(1, width // 3), max(1, height // 3)), Resampling.BOX)
    around = coarse.resize((width, height), Resampling.BICUBIC)
    return array("f", [a - b for a, b in zip(array("f", fine.tobytes()), array("f", around.tobytes()), strict=True)])


def _beside(before: float, here: float, after: float) -> float:
    """Where between the points a peak stands: the top of the parabola through three of them."""
    bend = before - 2 * here + after
    return max(-0.5, min(0.5, (before - after) / (2 * bend))) if abs(bend) > 1e-6 else 0.0


def _steps(gray: Image, box: tuple[float, float, float, float]) -> list[int]:
    """By how much each part is lighter than the next: 4 rows of 4 steps across, then 4 rows of 4 steps down."""
    from PIL.Image import Resampling  # noqa: PLC0415

    wide = gray.resize((5, 4), Resampling.BOX, box=box).tobytes()
    high = gray.resize((4, 5), Resampling.BOX, box=box).tobytes()
    across = [wide[at] - wide[at + 1] for start in range(0, 20, 5) for at in range(start, start + 4)]
    return across + [high[at] - high[at + 4] for at in range(16)]
