"""Alignment: where one picture lies in another, and how much of what both show is alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from db.pictures.anchors import Anchor

if TYPE_CHECKING:
    from PIL.Image import Image

    Box = tuple[float, float, float, float]

_ALIKE = 5  # bits of 32 that two spots may differ in
_LARGEST = 2.2  # times that one copy shows things larger than the other
_ROOM = 0.06  # of the long side: how far from each other two spots may put the middle of the picture
_OCTAVE = 0.15  # the same for the logarithm of the scale
_AGREE = 3  # spots
_TRIED, _CLIMBED = 4, 1  # placements that are looked at, and those that are made better
_COARSE, _FINE = 16, 32  # points along the side of what both show
_EDGE = 4  # a step of gray that counts
_BEGINNING, _HOPELESS, _CERTAIN = 0.25, 0.5, 0.7  # of the edges: before moving about, after that, and at last
_LEAST_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class View:
    """A picture to be compared: small, in gray, with its anchors."""

    gray: Image
    anchors: tuple[Anchor, ...]

    @property
    def width(self) -> float:
        """Its width as a share of its long side."""
        return self.gray.width / max(self.gray.size)

    @property
    def height(self) -> float:
        """Its height as a share of its long side."""
        return self.gray.height / max(self.gray.size)

    def mirrored(self) -> View:
        """Its mirror image."""
        from PIL import ImageOps  # noqa: PLC0415 (slow to import; whoever has a picture has it already)

        return View(ImageOps.mirror(self.gray), tuple(each.mirrored(self.width) for each in self.anchors))


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a picture lies in another: a point (x, y) of it is at (scale * x + left, scale * y + top) there."""

    scale: float
    left: float
    top: float

    def moved(self, larger: float, right: float, down: float, middle: tuple[float, float]) -> Placement:
        """A little larger around its middle, and a little aside."""
        grown = self.scale * larger
        return Placement(self.scale + grown, self.left + right - grown * middle[0], self.top + down - grown * middle[1])


@dataclass(frozen=True, slots=True)
class Fit:
    """How alike two pictures are where they show the same, from 0 to 1, and what share of each that is."""

    likeness: float = 0.0
    here: float = 0.0
    there: float = 0.0


def align(here: View, there: View, guesses: Iterable[Placement]) -> Fit:
    """Lay one picture upon another as well as it can be done, beginning with these guesses."""
    begun = [(_fit(here, there, placement, _COARSE).likeness, placement) for placement in guesses]
    best = Fit()
    for likeness, placement in sorted(begun, key=lambda each: -each[0])[:_CLIMBED]:
        if likeness < _BEGINNING or best.likeness > _CERTAIN:
            break
        likely = _climb(here, there, placement, _COARSE, (0.02, 0.01))
        if _fit(here, there, likely, _COARSE).likeness >= _HOPELESS:
            found = _fit(here, there, _climb(here, there, likely, _FINE, (0.01, 0.004)), _FINE)
            best = max(best, found, key=lambda fit: fit.likeness)
    return best


def guesses(here: View, anchors: Sequence[Anchor]) -> Iterator[Placement]:
    """Placements that several spots of a picture and of another one agree on, the likeliest first."""
    pairs = [
        (mine, other)
        for mine in here.anchors
        for other in anchors
        if (mine.word ^ other.word).bit_count() <= _ALIKE and 1 / _LARGEST < other.half / mine.half < _LARGEST
    ]
    middle = (here.width / 2, here.height / 2)
    votes = Counter(_ballot(mine, other, middle) for mine, other in pairs)
    for (turn, x, y), _ in votes.most_common(_TRIED):
        near = [pair for pair in pairs if _near(_ballot(*pair, middle), (turn, x, y))]
        if min(len({mine for mine, _ in near}), len({other for _, other in near})) >= _AGREE:
            yield _through(near)


def _ballot(mine: Anchor, other: Anchor, middle: tuple[float, float]) -> tuple[int, int, int]:
    """For which scale, and which place of the middle, a pair of spots speaks."""
    scale = other.half / mine.half
    x, y = other.x + scale * (middle[0] - mine.x), other.y + scale * (middle[1] - mine.y)
    return round(log(scale) / _OCTAVE), round(x / _ROOM), round(y / _ROOM)


def _near(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return all(abs(a - b) <= 1 for a, b in zip(one, other, strict=True))


def _through(pairs: list[tuple[Anchor, Anchor]]) -> Placement:
    """The placement that brings these spots nearest to each other (least squares)."""
    count = len(pairs)
    mine_x, mine_y = sum(m.x for m, _ in pairs) / count, sum(m.y for m, _ in pairs) / count
    other_x, other_y = sum(o.x for _, o in pairs) / count, sum(o.y for _, o in pairs) / count
    spread = sum((m.x - mine_x) ** 2 + (m.y - mine_y) ** 2 for m, _ in pairs)
    along = sum((m.x - mine_x) * (o.x - other_x) + (m.y - mine_y) * (o.y - other_y) for m, o in pairs)
    middling = sorted(o.half / m.half for m, o in pairs)[count // 2]
    scale = along / spread if spread > 0.01 else middling
    if not 0.8 < scale / middling < 1.25:
        scale = middling
    return Placement(scale, other_x - scale * mine_x, other_y - scale * mine_y)


def _climb(here: View, there: View, placement: Placement, points: int, steps: tuple[float, float]) -> Placement:
    """Move a picture about on the other, in ever smaller steps, while that makes them more alike."""
    middle, (step, least) = (here.width / 2, here.height / 2), steps
    best = _fit(here, there, placement, points).likeness
    while step >= least:
        before = best
        for larger, right, down in ((0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1), (1, 0, 0), (-1, 0, 0)):
            moved = placement.moved(larger * step, right * step, down * step, middle)
            likeness = _fit(here, there, moved, points).likeness
            if likeness > best:
                best, placement = likeness, moved
        if best == before:
            step /= 2
    return placement


def _fit(here: View, there: View, placement: Placement, points: int) -> Fit:
    scale, left, top = placement.scale, placement.left, placement.top
    first = (max(0.0, left), max(0.0, top))
    last = (min(there.width, left + scale * here.width), min(there.height, top + scale * here.height))
    if last[0] - first[0] < _LEAST_SHARE or last[1] - first[1] < _LEAST_SHARE:
        return Fit()
    back = ((first[0] - left) / scale, (first[1] - top) / scale, (last[0] - left) / scale, (last[1] - top) / scale)
    mine, share = _cut(here, back)
    other, there_share = _cut(there, (*first, *last))
    one, two = _edges(here.gray, mine, points), _edges(there.gray, other, points)
    either = (one | two).bit_count()
    return Fit((one & two).bit_count() / either if either > 20 else 0.0, share, there_share)


def _cut(view: View, box: Box) -> tuple[Box, float]:
    """A part of a picture in its pixels, and the share of it that this is."""
    long, (width, height) = max(view.gray.size), view.gray.size
    left, top = max(0.0, box[0] * long), max(0.0, box[1] * long)
    right, bottom = min(float(width), box[2] * long), min(float(height), box[3] * long)
    return (left, top, right, bottom), (right - left) * (bottom - top) / (width * height)


def _edges(gray: Image, box: Box, points: int) -> int:
    """Where a part of a picture becomes darker or lighter to the right and below, a bit each."""
    from PIL import Image, ImageChops  # noqa: PLC0415

    drawn = gray.resize((points + 1, points + 1), Image.Resampling.BILINEAR, box=box)
    here, found = drawn.crop((0, 0, points, points)), 0
    for right, down in ((1, 0), (0, 1)):
        beside = drawn.crop((right, down, points + right, points + down))
        for one, other in ((here, beside), (beside, here)):
            steps = ImageChops.subtract(one, other).point(_COUNTS, "1")
            found = found << points * points | int.from_bytes(steps.tobytes(), "big")
    return found


_COUNTS = [255 * (step >= _EDGE) for step in range(256)]
