"""Burning steps into a picture: new bytes that hold nothing but what is to be seen, and how they are kept."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from db import attachments, blobs
from db.attachments import Attachment, Ready
from db.change import Change, present
from db.errors import Invalid, NotFound
from db.formats import Drawable
from db.kinds import Kind
from db.pictures import steps
from db.pictures.steps import Area, Arrow, BlackOut, Blur, Box, Crop, Highlight, Rect, Step, Steps, Words
from db.progress import SILENT, Progress, Share
from db.store import Store

if TYPE_CHECKING:
    from PIL import Image

_CELLS, _LEAST_CELL, _SHADES = 8, 12, 5  # of a blur: spots along its longer side, pixels and bits of each
_TILE, _FINE = 512, 4


@dataclass(frozen=True, slots=True)
class Patch:
    """A small picture with transparency: red, green, blue and alpha as bytes, upright."""

    width: int
    height: int
    rgba: bytes


WordsDrawer = Callable[[Words, int, int], Patch]  # no wider and no higher than these


@dataclass(frozen=True, slots=True)
class Drawn:
    """A finished picture as PNG, and the steps that may be told of it: none says what the picture hides."""

    png: bytes
    width: int
    height: int
    steps: Steps


@dataclass(frozen=True, slots=True)
class Base:
    """What the desk works on for an attachment: the original where it is here, with the steps that made this of it."""

    attachment: Attachment
    steps: Steps = ()


def draw(
    stream: BinaryIO, media_type: str, done: Sequence[Step], words: WordsDrawer, progress: Progress = SILENT
) -> Drawn:
    """Draw a picture with all steps burnt in; raises `Invalid` where the picture cannot be drawn.

    What is blacked out is black before anything else is done, and again in the end. Blurs come next, then the rest in
    its order, over them. No metadata, no color profile and no pixel from under a black-out is in the new bytes.
    """
    from PIL import Image  # noqa: PLC0415 (slow to import, and only the desk wants it)

    from db.pictures import decoding  # noqa: PLC0415

    found = decoding.pixels(stream, media_type)
    if found.state is not Drawable.YES:
        raise Invalid("picture", "drawable", found.state)
    progress.step(1, 10)
    page = Image.frombytes("RGB", (found.width, found.height), found.rgb)
    _black_out(page, done)
    by = steps.quarters(done)
    if by:
        page = page.transpose(
            (Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)[by - 1]
        )
    laid = [steps.turned(step, by, found.width, found.height) for step in done]
    for step in laid:
        if isinstance(step, Blur):
            _blur(page, step)
    places = [_lay(page, step, words) for step in laid]
    _black_out(page, laid)
    progress.step(3, 10)
    window = next((_inside(page, step) for step in laid if isinstance(step, Crop)), (0, 0, *page.size))
    told = tuple(step for step, place in zip(done, places, strict=True) if _tellable(place, laid, window))
    page = page.crop(window)
    return Drawn(_encoded(page, Share(progress, 30, 100)), *page.size, told)


def _black_out(page: Image.Image, done: Sequence[Step]) -> None:
    for step in done:
        if isinstance(step, BlackOut):
            page.paste((0, 0, 0), _inside(page, step))


def _blur(page: Image.Image, step: Blur) -> None:
    """Averages of a few large cells, in few shades: what was there cannot be had back, though it may be guessed at."""
    from PIL import Image, ImageOps  # noqa: PLC0415

    box = _inside(page, step)
    width, height = box[2] - box[0], box[3] - box[1]
    if width and height:
        cell = max(_LEAST_CELL, -(-max(width, height) // _CELLS))
        small = page.crop(box).resize((-(-width // cell), -(-height // cell)), Image.Resampling.BOX)
        page.paste(ImageOps.posterize(small, _SHADES).resize((width, height), Image.Resampling.BILINEAR), box)


def _lay(page: Image.Image, step: Step, words: WordsDrawer) -> Rect | None:
    """Draw a step that adds something; returns where words came to stand."""
    from PIL import Image, ImageChops  # noqa: PLC0415

    if isinstance(step, Words):
        width, height = page.width - step.x, page.height - step.y
        if width < 1 or height < 1:
            return step.x, step.y, step.x + 1, step.y + 1
        patch = words(step, width, height)
        drawn = Image.frombytes("RGBA", (patch.width, patch.height), patch.rgba)
        page.paste(drawn, (step.x, step.y), drawn)
        return step.x, step.y, step.x + patch.width, step.y + patch.height
    if isinstance(step, Highlight):
        box = _inside(page, step)
        under = page.crop(box)
        page.paste(ImageChops.multiply(under, Image.new("RGB", under.size, step.color)), box)
    elif isinstance(step, Box):
        for side in steps.frame(step):
            page.paste(step.color, _cut(page, side))
    elif isinstance(step, Arrow):
        _arrow(page, step)
    return None


def _arrow(page: Image.Image, step: Arrow) -> None:
    """Drawn finer than the picture and tile by tile, so that its edge is smooth and no arrow takes much memory."""
    from PIL import Image, ImageDraw  # noqa: PLC0415

    left, top, right, bottom = _cut(page, steps.rect(step))
    for y in range(top, bottom, _TILE):
        for x in range(left, right, _TILE):
            mask = Image.new("L", (min(_TILE, right - x) * _FINE, min(_TILE, bottom - y) * _FINE))
            corners = [((a - x) * _FINE, (b - y) * _FINE) for a, b in steps.outline(step)]
            ImageDraw.Draw(mask).polygon(corners, fill=255)
            mask = mask.reduce(_FINE)
            page.paste(step.color, (x, y, x + mask.width, y + mask.height), mask)


def _inside(page: Image.Image, step: Area) -> Rect:
    return _cut(page, steps.rect(step))


def _cut(page: Image.Image, place: Rect) -> Rect:
    """The part of a rectangle that is in the picture; where none is, one without any width."""
    left, top = min(max(0, place[0]), page.width), min(max(0, place[1]), page.height)
    return left, top, min(max(left, place[2]), page.width), min(max(top, place[3]), page.height)


def _tellable(place: Rect | None, laid: Sequence[Step], window: Rect) -> bool:
    """Whether a step may be told of: words that a black-out touches, or the crop cuts, would betray what is hidden."""
    if place is None:
        return True
    left, top, right, bottom = place
    if left < window[0] or top < window[1] or right > window[2] or bottom > window[3]:
        return False
    black = [steps.rect(step) for step in laid if isinstance(step, BlackOut)]
    return not any(left < b[2] and b[0] < right and top < b[3] and b[1] < bottom for b in black)


class _Watched(io.BytesIO):
    """Bytes being written, so that writing them can be stopped."""

    def __init__(self, progress: Progress, expected: int) -> None:
        super().__init__()
        self._progress, self._expected = progress, expected

    def write(self, data: object, /) -> int:
        self._progress.step(min(self.tell(), self._expected), self._expected)
        return super().write(data)  # type: ignore[arg-type]


def _encoded(page: Image.Image, progress: Progress) -> bytes:
    page.info = {}
    if not (page.width and page.height):
        raise Invalid("picture", "empty")
    out = _Watched(progress, page.width * page.height * 2)
    page.save(out, "PNG", compress_level=6)
    return out.getvalue()


def base_of(store: Store, attachment: Attachment) -> Base:
    """What the desk opens for an attachment: where it was made of an original that is here, that one with its steps."""
    fields = present(store, Kind.ATTACHMENT, attachment.id)
    try:
        original = attachments.one(store, attachment.derived_from) if attachment.derived_from else None
        done = steps.from_json(fields["steps"])
        if original and done:
            blobs.reader(store, original.sha256).close()
            return Base(original, done)
    except (NotFound, Invalid):  # not in this copy, or made by another version: then on from what is to be seen
        pass
    return Base(attachment)


def keep(change: Change, original: Attachment, ready: Ready, done: Steps) -> str:
    """Attach what was made of an original beside it, with its caption and the steps; returns its id.

    The custody of both tells of it by this very operation.
    """
    return attachments.attach(
        change,
        original.case_id,
        ready,
        source_id=original.source_id,
        caption=original.caption,
        derived_from=original.id,
        steps=steps.as_json(done),
        graphic=original.graphic,
    )
