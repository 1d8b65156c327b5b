"""What was done to a picture: a list of steps in pixels of the upright original, kept with what was made of it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import ClassVar, TypeVar

from db.errors import Invalid
from db.kinds import Json, check_text

FARTHEST = 100_000  # pixels from the corner of a picture
THICKEST = 2_000
MOST_STEPS, MOST_LETTERS = 300, 2_000
_COLOR = re.compile(r"#[0-9a-f]{6}")
_HEAD_LENGTH, _HEAD_WIDTH = 4.5, 1.9  # of an arrow, in widths of its line
S = TypeVar("S", bound="Step")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done; `name` is its word in a list that is kept."""

    name: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Turn(Step):
    """The whole picture turned clockwise by quarters of a circle."""

    name: ClassVar[str] = "turn"
    quarters: int


@dataclass(frozen=True, slots=True)
class Placed(Step):
    """A step that stands at a place."""

    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Span(Placed):
    """A step from one place to another."""

    x2: int
    y2: int


@dataclass(frozen=True, slots=True)
class Area(Span):
    """A step on a rectangle, from its upper left corner to the lower right one, which is not in it."""


@dataclass(frozen=True, slots=True)
class Crop(Area):
    """Nothing but this is left of the picture."""

    name: ClassVar[str] = "crop"


@dataclass(frozen=True, slots=True)
class BlackOut(Area):
    """Black, whatever was there: the one step that hides for certain."""

    name: ClassVar[str] = "black out"


@dataclass(frozen=True, slots=True)
class Blur(Area):
    """A few coarse spots in place of what was there: spares the eye, and is no proof against guessing."""

    name: ClassVar[str] = "blur"


@dataclass(frozen=True, slots=True)
class Highlight(Area):
    """Colored through, as with a marker."""

    name: ClassVar[str] = "highlight"
    color: str


@dataclass(frozen=True, slots=True)
class Box(Area):
    """A frame; its line runs inside the rectangle."""

    name: ClassVar[str] = "box"
    width: int
    color: str


@dataclass(frozen=True, slots=True)
class Arrow(Span):
    """An arrow that points to its second place."""

    name: ClassVar[str] = "arrow"
    width: int
    color: str


@dataclass(frozen=True, slots=True)
class Words(Placed):
    """Words on a plate of a color, upright in the finished picture; `size` is the height of their letters."""

    name: ClassVar[str] = "words"
    size: int
    color: str
    text: str


Steps = tuple[Step, ...]
Rect = tuple[int, int, int, int]  # left, top, right, bottom; the last two are not in it
_SORTS = (Turn, Crop, BlackOut, Blur, Highlight, Box, Arrow, Words)
_ONCE = (Turn, Crop)


def as_json(steps: Iterable[Step]) -> Json:
    """A list of steps as it is kept."""
    return [{"step": s.name, **{f.name: getattr(s, f.name) for f in fields(s)}} for s in steps]


def from_json(value: Json) -> Steps:
    """A list of steps that was kept, maybe by another desk; raises `Invalid` for what this version never makes."""
    if not isinstance(value, list | tuple) or len(value) > MOST_STEPS:
        raise Invalid("steps", "shape")
    steps = tuple(map(_step, value))
    if any(sum(isinstance(step, sort) for step in steps) > 1 for sort in _ONCE):
        raise Invalid("steps", "shape")
    return steps


def _step(value: Json) -> Step:
    if not isinstance(value, Mapping):
        raise Invalid("steps", "shape")
    sort = next((each for each in _SORTS if each.name == value.get("step")), None)
    if sort is None or value.keys() != {"step", *(f.name for f in fields(sort))}:
        raise Invalid("steps", "shape")
    found = {f.name: _checked(f.name, value[f.name]) for f in fields(sort)}
    step: Step = sort(**found)  # type: ignore[arg-type]
    if isinstance(step, Area) and not (step.x < step.x2 and step.y < step.y2):
        raise Invalid("steps", "shape")
    return step


def _checked(name: str, value: Json) -> int | str:
    if name in ("color", "text"):
        if not isinstance(value, str):
            raise Invalid("steps", "shape")
        check_text("steps", value)
        good = (
            bool(_COLOR.fullmatch(value)) if name == "color" else 0 < len(value.strip()) <= len(value) <= MOST_LETTERS
        )
    else:
        least, most = {"quarters": (1, 3), "width": (1, THICKEST), "size": (1, THICKEST)}.get(name, (0, FARTHEST))
        good = type(value) is int and least <= value <= most
    if not good:
        raise Invalid("steps", "shape")
    assert isinstance(value, int | str)
    return value


def quarters(steps: Iterable[Step]) -> int:
    """How far the picture is turned, clockwise in quarters of a circle."""
    return sum(step.quarters for step in steps if isinstance(step, Turn)) % 4


def turn(steps: Sequence[Step], by: int) -> Steps:
    """The same steps on the picture turned by more quarters."""
    whole = (quarters(steps) + by) % 4
    rest = tuple(step for step in steps if not isinstance(step, Turn))
    return (*rest, Turn(whole)) if whole else rest


def turned(step: S, by: int, width: int, height: int) -> S:
    """A step as it stands when the picture, of that size before, is turned clockwise by quarters of a circle."""
    for _ in range(by % 4):
        if isinstance(step, Span):
            a, b = (height - step.y, step.x), (height - step.y2, step.x2)
            if isinstance(step, Area):
                a, b = (b[0], a[1]), (a[0], b[1])
            step = replace(step, x=a[0], y=a[1], x2=b[0], y2=b[1])
        elif isinstance(step, Placed):
            step = replace(step, x=height - step.y, y=step.x)
        width, height = height, width
    return step


def moved(step: S, across: int, down: int) -> S:
    """The step somewhere else, as far as it can go."""
    if isinstance(step, Span):
        across = min(max(across, -min(step.x, step.x2)), FARTHEST - max(step.x, step.x2))
        down = min(max(down, -min(step.y, step.y2)), FARTHEST - max(step.y, step.y2))
        return replace(step, x=step.x + across, y=step.y + down, x2=step.x2 + across, y2=step.y2 + down)
    if isinstance(step, Placed):
        x, y = min(max(0, step.x + across), FARTHEST), min(max(0, step.y + down), FARTHEST)
        return replace(step, x=x, y=y)
    return step


def rect(step: Span) -> Rect:
    """All that a step may change, its thick line included."""
    if isinstance(step, Arrow):
        corners = outline(step)
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return math.floor(min(xs)), math.floor(min(ys)), math.ceil(max(xs)), math.ceil(max(ys))
    return step.x, step.y, step.x2, step.y2


def frame(step: Box) -> tuple[Rect, ...]:
    """The four sides of a box."""
    left, top, right, bottom = rect(step)
    thick = min(step.width, (right - left + 1) // 2, (bottom - top + 1) // 2)
    return (
        (left, top, right, top + thick),
        (left, bottom - thick, right, bottom),
        (left, top + thick, left + thick, bottom - thick),
        (right - thick, top + thick, right, bottom - thick),
    )


def outline(step: Arrow) -> tuple[tuple[float, float], ...]:
    """The corners of an arrow, from the tip around."""
    length = math.hypot(step.x2 - step.x, step.y2 - step.y)
    across, down = ((step.x2 - step.x) / length, (step.y2 - step.y) / length) if length else (1.0, 0.0)
    head = min(step.width * _HEAD_LENGTH, length)
    half, wing = step.width / 2, min(step.width * _HEAD_WIDTH, head * 0.6)

    def at(along: float, aside: float) -> tuple[float, float]:
        return step.x + across * along - down * aside, step.y + down * along + across * aside

    neck = length - head
    return (
        at(length, 0), at(neck, wing), at(neck, half), at(0, half), at(0, -half), at(neck, -half), at(neck, -wing),
    )  # fmt: skip
