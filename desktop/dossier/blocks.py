"""Blocks that hold blocks: stacks, boxes, rows and tables that break over pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from typing import Self

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

_TOLERANCE = 0.01
_ENDLESS = 1e9


def stays(block: Flowable) -> bool:
    """Whether a block must not be parted from what follows it."""
    return bool(getattr(block, "keepWithNext", False))


class Stack(Flowable):
    """Blocks one below the other. With `whole` they stay on one page."""

    def __init__(
        self,
        blocks: Iterable[Flowable],
        *,
        space_before: float = 0,
        space_after: float = 0,
        keep_with_next: bool = False,
        whole: bool = False,
    ) -> None:
        super().__init__()
        self.blocks = tuple(blocks)
        self.spaceBefore, self.spaceAfter = space_before, space_after
        self.keepWithNext = keep_with_next
        self.whole = whole
        self._measured: tuple[float, list[tuple[float, float]]] | None = None

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803
        """The width that is offered, and the height that the blocks need in it."""
        self.width, self.height = aW, sum(gap + height for gap, height in self._measures(aW))
        return self.width, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803
        """What fits, and the rest; nothing is left behind that wants to stay with what follows."""
        left = aH + _TOLERANCE
        for place, (gap, height) in enumerate(self._measures(aW)):
            if gap + height <= left:
                left -= gap + height
                continue
            if self.whole:
                return []
            return self._cut(place, self.blocks[place].split(aW, left - gap))
        return [self]

    def draw(self) -> None:
        """Draw the blocks from the top down."""
        foot = self.height
        for block, (gap, height) in zip(self.blocks, self._measures(self.width), strict=True):
            foot -= gap + height
            block.drawOn(self.canv, 0, foot)

    def part(self, blocks: Sequence[Flowable], *, first: bool) -> Self:
        """The same with some of the blocks: the first part, or what is left after it."""
        part = copy(self)
        part.blocks, part._measured = tuple(blocks), None  # noqa: SLF001
        if first:
            part.spaceAfter = 0
        else:
            part.spaceBefore = 0
        return part

    def _cut(self, place: int, parts: Sequence[Flowable]) -> list[Flowable]:
        if len(parts) > 1:
            before, after = [*self.blocks[:place], parts[0]], [*parts[1:], *self.blocks[place + 1 :]]
        else:
            while place and stays(self.blocks[place - 1]):
                place -= 1
            before, after = list(self.blocks[:place]), list(self.blocks[place:])
        if not before:
            return []
        return [self.part(before, first=True), self.part(after, first=False)]

    def _measures(self, width: float) -> list[tuple[float, float]]:
        """The gap above each block, and its height; taken once, as long as the width stays."""
        if self._measured and self._measured[0] == width:
            return self._measured[1]
        measures, after = [], 0.0
        for place, block in enumerate(self.blocks):
            gap = max(after, block.getSpaceBefore()) if place else 0.0
            measures.append((gap, block.wrap(width, _ENDLESS)[1]))
            after = block.getSpaceAfter()
        self._measured = (width, measures)
        return measures


class Box(Flowable):
    """A block with room around it, on a ground, in a frame, or with a bar at one side."""

    def __init__(
        self,
        block: Flowable,
        *,
        padding: tuple[float, float] = (0, 0),
        ground: str = "",
        frame: str = "",
        bar: str = "",
        bar_width: float = 3,
        bar_right: bool = False,
        space_before: float = 0,
        space_after: float = 0,
    ) -> None:
        super().__init__()
        self.block = block
        self.spaceBefore, self.spaceAfter = space_before, space_after
        self._across, self._down = padding
        self._ground, self._frame = ground, frame
        self._bar, self._bar_width, self._bar_right = bar, bar_width if bar else 0, bar_right

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803
        """The width that is offered, and the height with the room around."""
        inner = self.block.wrap(self._inside(aW), _ENDLESS)[1]
        self.width, self.height = aW, inner + 2 * self._down
        return self.width, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803
        """Two boxes."""
        parts = self.block.split(self._inside(aW), aH - 2 * self._down)
        if len(parts) < 2:
            return []
        first, rest = copy(self), copy(self)
        first.block, rest.block = parts[0], parts[1] if len(parts) == 2 else Stack(parts[1:])
        first.spaceAfter = rest.spaceBefore = 0
        return [first, rest]

    def draw(self) -> None:
        """Draw what is behind, then the block."""
        canvas = self.canv
        if self._ground:
            canvas.setFillColor(HexColor(self._ground))
            canvas.rect(0, 0, self.width, self.height, stroke=0, fill=1)
        if self._frame:
            canvas.setStrokeColor(HexColor(self._frame))
            canvas.setLineWidth(0.6)
            canvas.rect(0.3, 0.3, self.width - 0.6, self.height - 0.6, stroke=1, fill=0)
        if self._bar:
            canvas.setFillColor(HexColor(self._bar))
            left = self.width - self._bar_width if self._bar_right else 0
            canvas.rect(left, 0, self._bar_width, self.height, stroke=0, fill=1)
        left = self._across + (0 if self._bar_right else self._bar_width)
        self.block.drawOn(canvas, left, self._down)

    def _inside(self, width: float) -> float:
        return width - 2 * self._across - self._bar_width


class Row(Flowable):
    """Blocks side by side in columns of these widths; a width of 0 takes what is left."""

    def __init__(
        self, cells: Iterable[Flowable], widths: Sequence[float], *, gap: float = 0, space_before: float = 0
    ) -> None:
        super().__init__()
        self.cells = tuple(cells)
        self.widths = tuple(widths)
        self.gap = gap
        self.spaceBefore, self.spaceAfter = space_before, 0

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803
        """The width that is offered, and the height of the highest cell."""
        columns = self.columns(aW)
        heights = [cell.wrap(width, _ENDLESS)[1] for cell, width in zip(self.cells, columns, strict=True)]
        self.width, self.height = aW, max(heights, default=0)
        return self.width, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803
        """What of each cell fits, and what is left of each."""
        firsts: list[Flowable] = []
        rests: list[Flowable] = []
        for cell, width in zip(self.cells, self.columns(aW), strict=True):
            if cell.wrap(width, _ENDLESS)[1] <= aH + _TOLERANCE:
                parts: list[Flowable] = [cell, Stack(())]
            else:
                parts = cell.split(width, aH)
            if len(parts) < 2:
                return []
            firsts.append(parts[0])
            rests.append(parts[1] if len(parts) == 2 else Stack(parts[1:]))
        return [self.part(firsts, first=True), self.part(rests, first=False)]

    def draw(self) -> None:
        """Draw the cells, all from the same top."""
        x = 0.0
        for cell, width in zip(self.cells, self.columns(self.width), strict=True):
            cell.drawOn(self.canv, x, self.height - cell.height)
            x += width + self.gap

    def part(self, cells: Sequence[Flowable], *, first: bool) -> Self:
        """The same with the first parts of the cells, or with what is left of them."""
        part = copy(self)
        part.cells = tuple(cells)
        if not first:
            part.spaceBefore = 0
        return part

    def columns(self, width: float) -> list[float]:
        """The width of each column."""
        left = width - sum(self.widths) - self.gap * (len(self.widths) - 1)
        open_ones = self.widths.count(0)
        return [given or left / open_ones for given in self.widths]


class Table(Stack):
    """Rows under a head that stands again on each page, with fine lines between them."""

    def __init__(self, head: Row, rows: Iterable[Row], line: str) -> None:
        super().__init__([Kept(head), *rows], space_before=4)
        self._line = line

    def part(self, blocks: Sequence[Flowable], *, first: bool) -> Self:
        """The head again over what is left."""
        return super().part(blocks if first else [self.blocks[0], *blocks], first=first)

    def draw(self) -> None:
        """Draw the rows and the lines below them."""
        super().draw()
        foot = self.height
        self.canv.setStrokeColor(HexColor(self._line))
        for place, (gap, height) in enumerate(self._measures(self.width)):
            foot -= gap + height
            self.canv.setLineWidth(0.5 if place else 1)
            self.canv.line(0, foot, self.width, foot)


class Kept(Stack):
    """A block that stays with what follows it."""

    def __init__(self, block: Flowable) -> None:
        super().__init__([block], keep_with_next=True, whole=True)


class Extra(Stack):
    """A block that is left out where the page has no room for it: it says nothing that is not said elsewhere."""


class Mark(Flowable):
    """A place that links and the outline lead to; `title` makes an entry of the outline of it."""

    def __init__(self, key: str, title: str = "", level: int = 0) -> None:
        super().__init__()
        self.key, self.title, self.level = key, title, level
        self.width = self.height = 0
        self.keepWithNext = True

    def draw(self) -> None:
        """Put the mark a little above where it stands."""
        self.canv.bookmarkHorizontal(self.key, 0, 12)
        if self.title:
            self.canv.addOutlineEntry(self.title, self.key, self.level)


class Rule(Flowable):
    """A line across."""

    def __init__(self, color: str, thickness: float = 0.6, *, space_before: float = 0, space_after: float = 0) -> None:
        super().__init__()
        self._color, self._thickness = color, thickness
        self.spaceBefore, self.spaceAfter = space_before, space_after
        self.keepWithNext = True

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803
        """The width that is offered."""
        self.width, self.height = aW, self._thickness
        return self.width, self.height

    def draw(self) -> None:
        """Draw the line."""
        self.canv.setFillColor(HexColor(self._color))
        self.canv.rect(0, 0, self.width, self._thickness, stroke=0, fill=1)
