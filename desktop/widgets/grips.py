"""Taking hold of steps on a picture: which one lies under a place, where it is gripped, what dragging makes of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from db.pictures import steps
from db.pictures.steps import Area, Arrow, Crop, Placed, Rect, Span, Step, Words

Point = tuple[float, float]


def grips(step: Step) -> tuple[Point, ...]:
    """Where a step can be gripped to make it another size: the corners of an area, the ends of an arrow."""
    if isinstance(step, Area):
        return (step.x, step.y), (step.x2, step.y), (step.x2, step.y2), (step.x, step.y2)
    if isinstance(step, Span):
        return (step.x, step.y), (step.x2, step.y2)
    return ()


def gripped(step: Step, at: Point, slack: float) -> int | None:
    """Which grip lies under a place."""
    for number, (x, y) in enumerate(grips(step)):
        if abs(at[0] - x) <= slack and abs(at[1] - y) <= slack:
            return number
    return None


def dragged(step: Span, grip: int, to: tuple[int, int]) -> Span:
    """The step with one of its grips somewhere else; an area turns over where it is dragged past itself."""
    if not isinstance(step, Area):
        return replace(step, x=to[0], y=to[1]) if grip == 0 else replace(step, x2=to[0], y2=to[1])
    x, x2 = (to[0], step.x2) if grip in (0, 3) else (step.x, to[0])
    y, y2 = (to[1], step.y2) if grip in (0, 1) else (step.y, to[1])
    return ordered(replace(step, x=x, y=y, x2=x2, y2=y2))


def ordered(step: Span) -> Span:
    """An area from its upper left to its lower right corner, at least a pixel wide and high."""
    if not isinstance(step, Area):
        return step
    x, x2 = sorted((step.x, step.x2))
    y, y2 = sorted((step.y, step.y2))
    return replace(step, x=x, y=y, x2=max(x2, x + 1), y2=max(y2, y + 1))


def under(laid: Sequence[Step], at: Point, slack: float, plates: Sequence[Rect | None]) -> int | None:
    """Which step lies under a place, the uppermost first; a crop is taken hold of at its edge alone."""
    for number in reversed(range(len(laid))):
        step = laid[number]
        place = plates[number]
        if isinstance(step, Words) and place and _within(place, at, 0):
            return number
        if isinstance(step, Arrow) and _distance(step, at) <= step.width / 2 + slack:
            return number
        if isinstance(step, Area) and _within(steps.rect(step), at, slack):
            inner = _within(steps.rect(step), at, -slack)
            if not (inner and isinstance(step, Crop)):
                return number
    return None


def _within(place: Rect, at: Point, slack: float) -> bool:
    return place[0] - slack <= at[0] <= place[2] + slack and place[1] - slack <= at[1] <= place[3] + slack


def _distance(step: Span, at: Point) -> float:
    """How far a place is from the line of a step."""
    across, down = step.x2 - step.x, step.y2 - step.y
    length = across * across + down * down
    along = ((at[0] - step.x) * across + (at[1] - step.y) * down) / length if length else 0.0
    along = min(1.0, max(0.0, along))
    return math.hypot(at[0] - step.x - along * across, at[1] - step.y - along * down)


def grown(step: Step, across: int, down: int) -> Step:
    """The step larger or smaller by pixels at its second corner."""
    if isinstance(step, Span):
        x2, y2 = max(0, step.x2 + across), max(0, step.y2 + down)
        if isinstance(step, Area):
            x2, y2 = max(step.x + 1, x2), max(step.y + 1, y2)
        return replace(step, x2=min(x2, steps.FARTHEST), y2=min(y2, steps.FARTHEST))
    return step


def shifted(step: Step, across: int, down: int, width: int, height: int) -> Step:
    """The step somewhere else in a picture of that size, as far as it can go without leaving it."""
    if not isinstance(step, Placed):
        return step
    right, bottom = (max(step.x, step.x2), max(step.y, step.y2)) if isinstance(step, Span) else (step.x + 1, step.y + 1)
    return steps.moved(step, min(across, max(0, width - right)), min(down, max(0, height - bottom)))


def inside(step: Step, width: int, height: int) -> Step:
    """The step with its places in a picture of that size."""
    if isinstance(step, Area):
        x, y = min(max(0, step.x), width - 1), min(max(0, step.y), height - 1)
        return replace(step, x=x, y=y, x2=max(x + 1, min(step.x2, width)), y2=max(y + 1, min(step.y2, height)))
    if isinstance(step, Span):
        x, x2 = min(max(0, step.x), width), min(max(0, step.x2), width)
        y, y2 = min(max(0, step.y), height), min(max(0, step.y2), height)
        return replace(step, x=x, y=y, x2=x2, y2=y2)
    if isinstance(step, Placed):
        return replace(step, x=min(max(0, step.x), width - 1), y=min(max(0, step.y), height - 1))
    return step
