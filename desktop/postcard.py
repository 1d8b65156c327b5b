"""Draws the pictures of the demonstration: a post as a plain card that says what it is. No Qt in here."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PIL import Image, ImageDraw
from PIL.ImageFont import FreeTypeFont, Layout, truetype

from desktop import assets

_WIDTH, _MARGIN, _BAND = 960, 48, 56
_SMALL, _BODY = 24, 32
_PAPER, _INK, _GRAY, _BAND_INK = "#ffffff", "#14202b", "#5b6b7a", "#f4c542"
_EMOJI = re.compile("[\u25aa\u2705\U0001f300-\U0001faff]\ufe0f?")
_NOTICE = "DEMONSTRATION PICTURE: drawn by Claimdesk, not a screenshot"


@dataclass(frozen=True, slots=True)
class Post:
    """What stands on a card: whose post, of which day, and its lines."""

    account: str
    handle: str
    date: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Pen:
    """Text and emoji of one size: neither font has what the other has."""

    text: FreeTypeFont
    emoji: FreeTypeFont

    def width(self, line: str) -> float:
        return sum(font.getlength(part) for part, font in self.parts(line))

    def parts(self, line: str) -> Iterator[tuple[str, FreeTypeFont]]:
        at = 0
        for found in _EMOJI.finditer(line):
            if found.start() > at:
                yield line[at : found.start()], self.text
            yield found[0], self.emoji
            at = found.end()
        if at < len(line):
            yield line[at:], self.text


def draw(post: Post) -> bytes:
    """The card of a post as PNG; the same post gives the same bytes."""
    small, body, bold = _pen(_SMALL), _pen(_BODY), _pen(_BODY, bold=True)
    rows = [(post.account, bold, _INK), (post.handle, small, _GRAY), ("", small, _GRAY)]
    rows += [(row, body, _INK) for line in post.lines for row in _wrapped(line, body)]
    rows += [("", small, _GRAY), (post.date, small, _GRAY)]
    height = _BAND + 2 * _MARGIN + sum(map(_height, (pen for _, pen, _ in rows)))
    picture = Image.new("RGB", (_WIDTH, height), _PAPER)
    canvas = ImageDraw.Draw(picture)
    canvas.rectangle((0, 0, _WIDTH, _BAND), fill=_INK)
    _write(canvas, (_MARGIN, (_BAND - _height(small)) // 2), _NOTICE, small, _BAND_INK)
    top = _BAND + _MARGIN
    for row, pen, ink in rows:
        _write(canvas, (_MARGIN, top), row, pen, ink)
        top += _height(pen)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _pen(size: int, *, bold: bool = False) -> _Pen:
    names = ("NotoSans_700Bold.ttf" if bold else "NotoSans_400Regular.ttf", "NotoEmoji_400Regular.ttf")
    fonts = (truetype(assets.fonts_folder() / name, size, layout_engine=Layout.BASIC) for name in names)
    return _Pen(*fonts)


def _height(pen: _Pen) -> int:
    return round(pen.text.size * 1.5)


def _wrapped(line: str, pen: _Pen) -> Iterable[str]:
    row = ""
    for word in line.split():
        longer = f"{row} {word}".strip()
        if row and pen.width(longer) > _WIDTH - 2 * _MARGIN:
            yield row
            longer = word
        row = longer
    yield row


def _write(canvas: ImageDraw.ImageDraw, at: tuple[float, float], row: str, pen: _Pen, ink: str) -> None:
    left, top = at
    baseline = top + pen.text.size * 1.1
    for part, font in pen.parts(row):
        canvas.text((left, baseline), part, ink, font, anchor="ls")
        left += font.getlength(part)
