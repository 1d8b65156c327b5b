"""What the head of a video or a sound says: how long, how large, in which form. Nothing of it is played."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from db.reading.found import About, Limits, Read, State, facts

TOOL = "Claimdesk media 1"
_MOST_BOXES, _DEPTH, _LARGEST_HEAD = 5_000, 8, 1 << 16
_WITHIN = frozenset((b"moov", b"trak", b"mdia", b"minf", b"stbl", b"udta"))
_SINCE = datetime(1904, 1, 1, tzinfo=UTC)
_EBML_WITHIN = frozenset((0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0xE0, 0xE1))
_SCALE, _DURATION, _CODEC, _WIDE, _HIGH, _MUXER, _WRITER, _TITLE, _DATE = (
    0x2AD7B1, 0x4489, 0x86, 0xB0, 0xBA, 0x4D80, 0x5741, 0x7BA9, 0x4461,
)  # fmt: skip
Told = tuple[About, str]


def read(file: Path, media_type: str, _limits: Limits) -> Read:
    """What the container says of itself."""
    with file.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        if media_type in ("video/mp4", "video/quicktime"):
            told = list(_mp4(stream, size))
        elif media_type == "video/webm":
            told = list(_webm(stream, size))
        elif media_type == "audio/wav":
            told = list(_wav(stream))
        else:
            told = []
    return Read(State.NO_TEXT, TOOL, "", "", facts(*dict.fromkeys(told)))


def _mp4(stream: BinaryIO, size: int) -> Iterator[Told]:
    for kind, body in _boxes(stream, 0, size, _DEPTH, [_MOST_BOXES]):
        if kind == b"mvhd" and len(body) >= 32:
            yield from _movie(body)
        elif kind == b"tkhd" and len(body) >= 84:
            wide, high = (each >> 16 for each in struct.unpack(">II", body[-8:]))
            yield About.PIXELS, f"{wide} × {high}" if wide and high else ""
        elif kind == b"stsd" and len(body) >= 16:
            yield About.CODEC, body[12:16].decode("latin-1")


def _movie(body: bytes) -> Iterator[Told]:
    if body[0] == 1:
        made, _, scale, length = struct.unpack(">QQIQ", body[4:32])
    else:
        made, _, scale, length = struct.unpack(">IIII", body[4:20])
    yield About.DURATION, _length(length / scale) if scale else ""
    if 0 < made < 1 << 33:
        yield About.CREATED, (_SINCE + timedelta(seconds=made)).isoformat()


def _boxes(stream: BinaryIO, start: int, stop: int, depth: int, left: list[int]) -> Iterator[tuple[bytes, bytes]]:
    """The boxes between two places, with their beginnings; those within boxes too."""
    while start + 8 <= stop and left[0] > 0:
        left[0] -= 1
        stream.seek(start)
        size, kind = struct.unpack(">I4s", stream.read(8).ljust(8, b"\0"))
        head = 8
        if size == 1:
            size, head = int.from_bytes(stream.read(8), "big"), 16
        end = start + size if size else stop
        if end < start + head or end > stop:
            return
        if kind in _WITHIN and depth:
            yield from _boxes(stream, start + head, end, depth - 1, left)
        elif kind in (b"mvhd", b"tkhd", b"stsd"):
            yield kind, stream.read(min(end - start - head, _LARGEST_HEAD))
        start = end


def _webm(stream: BinaryIO, size: int) -> Iterator[Told]:
    told: dict[int, bytes] = {}
    codecs: list[str] = []
    for kind, body in _elements(stream, 0, size, _DEPTH, [_MOST_BOXES]):
        if kind == _CODEC:
            codecs.append(body.decode("latin-1"))
        told.setdefault(kind, body)
    scale = int.from_bytes(told.get(_SCALE, b"\x0f\x42\x40"), "big")
    yield About.DURATION, _webm_length(told, scale)
    wide, high = (int.from_bytes(told.get(each, b""), "big") for each in (_WIDE, _HIGH))
    yield About.PIXELS, f"{wide} × {high}" if wide and high else ""
    for codec in codecs:
        yield About.CODEC, codec
    yield About.SOFTWARE, ", ".join(told[each].decode("utf-8", "replace") for each in (_MUXER, _WRITER) if each in told)
    yield About.NOTE, told.get(_TITLE, b"").decode("utf-8", "replace")


def _webm_length(told: Mapping[int, bytes], scale: int) -> str:
    body = told.get(_DURATION, b"")
    if len(body) not in (4, 8):
        return ""
    (length,) = struct.unpack(">f" if len(body) == 4 else ">d", body)
    return _length(length * scale / 1e9)


def _elements(stream: BinaryIO, start: int, stop: int, depth: int, left: list[int]) -> Iterator[tuple[int, bytes]]:
    """The elements between two places, with their bodies; those within elements too."""
    while start < stop and left[0] > 0:
        left[0] -= 1
        stream.seek(start)
        kind, first = _number(stream, marked=True)
        size, second = _number(stream, marked=False)
        body = start + first + second
        if not first or not second:
            return
        end = min(stop, body + size) if size is not None else stop
        if kind in _EBML_WITHIN and depth:
            yield from _elements(stream, body, end, depth - 1, left)
        elif kind is not None and end - body <= _LARGEST_HEAD:
            stream.seek(body)
            yield kind, stream.read(end - body)
        start = end


def _number(stream: BinaryIO, *, marked: bool) -> tuple[int | None, int]:
    """A number of EBML, and how many bytes it has; None for a size that is not known."""
    first = stream.read(1)
    if not first or not first[0]:
        return 0, 0
    length = 9 - first[0].bit_length()
    data = first + stream.read(length - 1)
    value = int.from_bytes(data, "big")
    if marked:
        return value, len(data)
    value &= (1 << 7 * length) - 1
    return (None if value == (1 << 7 * length) - 1 else value), len(data)


def _wav(stream: BinaryIO) -> Iterator[Told]:
    stream.seek(0)
    head = stream.read(_LARGEST_HEAD)
    at = head.find(b"fmt ")
    data = head.find(b"data")
    if at > 0 and len(head) >= at + 24:
        form, channels, rate, speed = struct.unpack("<HHII", head[at + 8 : at + 20])
        yield About.CODEC, f"{'PCM' if form == 1 else form}, {channels} × {rate} Hz"
        if data > 0 and speed and len(head) >= data + 8:
            yield About.DURATION, _length(int.from_bytes(head[data + 4 : data + 8], "little") / speed)


def _length(seconds: float) -> str:
    """A length as people write it; empty for one that cannot be."""
    if not 0 <= seconds < 1e9:
        return ""
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}.{int(seconds * 10) % 10}"
