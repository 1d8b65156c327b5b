"""Pictures for paper: verified against their hash, never decoded by anything but Pillow, never changed in a pixel."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from PIL import Image

from db import blobs, formats
from db.errors import NotFound
from db.formats import Drawable
from db.pictures import decoding
from db.store import Store

MOST_BYTES = 100_000_000
_ORIENTATION = 0x0112
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_FRAMES = frozenset((0xC0, 0xC1, 0xC2))
_KEPT_SEGMENTS = frozenset((0xE0, 0xEE))  # JFIF, and Adobe's word on the color transform
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9

# How the unit square of a picture with this EXIF orientation is turned upright (Exif 2.32, 4.6.4).
TURNS: Mapping[int, tuple[int, int, int, int, int, int]] = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}


class Unshown(StrEnum):
    """Why an attachment is not printed as a picture, where its content is not to blame."""

    ABSENT = "absent"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a PDF holds it: the entries of its image dictionary and its data (ISO 32000-1, 8.9.5).

    `width` and `height` are those of the picture when it stands upright.
    """

    width: int
    height: int
    orientation: int
    entries: str
    data: bytes

    @property
    def turn(self) -> tuple[int, int, int, int, int, int]:
        """The matrix that stands the unit square upright."""
        return TURNS[self.orientation]


def load(store: Store, digest: str) -> Picture | Drawable | Unshown:
    """The picture with this SHA-256, or why it cannot be printed. Never raises for what is in the bytes."""
    try:
        reader = blobs.reader(store, digest)
    except NotFound:
        return Unshown.ABSENT
    media_type = formats.sniff(reader.read(formats.HEAD) or b"")
    if media_type not in formats.DRAWN:
        return Drawable.NOT_A_PICTURE
    if reader.seek(0, io.SEEK_END) > MOST_BYTES:
        return Drawable.TOO_LARGE
    reader.seek(0)
    data = reader.readall()
    if sha256(data).hexdigest() != digest:
        return Unshown.ALTERED
    return prepare(data, media_type)


def prepare(data: bytes, media_type: str) -> Picture | Drawable:
    """The bytes as a picture of a PDF; JPEG and plain PNG data are taken over as they are, without metadata."""
    state = decoding.thumbnail(io.BytesIO(data), media_type).state
    if state is not Drawable.YES:
        return state
    as_it_is = {"image/jpeg": _jpeg, "image/png": _png}.get(media_type)
    found = as_it_is(data) if as_it_is else None
    return found or _png(decoding.whole(data, media_type)) or Drawable.BROKEN


def _jpeg(data: bytes) -> Picture | None:
    """A gray or RGB JPEG without its metadata; none for what PDF does not hold."""
    with Image.open(io.BytesIO(data), formats=["JPEG"]) as picture:
        width, height, mode = *picture.size, picture.mode
        orientation = picture.getexif().get(_ORIENTATION, 1)
    kept = bytearray(b"\xff\xd8")
    frames = set()
    for marker, segment in _segments(data):
        if marker in _FRAMES:
            frames.add(marker)
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker in _KEPT_SEGMENTS:
            kept += segment
    if mode not in ("L", "RGB") or len(frames) != 1 or not kept.endswith(b"\xff\xd9"):
        return None
    upright = orientation if orientation in TURNS else 1
    shown = (height, width) if upright > 4 else (width, height)
    return Picture(*shown, upright, _entries(width, height, mode, "/DCTDecode"), bytes(kept))


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The marker segments of a JPEG file up to its end, scans with their data (ITU-T T.81, B.1)."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == _END_OF_IMAGE:
            break
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == _START_OF_SCAN:
            following = _NEXT_MARKER.search(data, end)
            if following is None:
                return
            end = following.start()
        yield marker, data[at:end]
        at = end
    if data[at : at + 2] == b"\xff\xd9":
        yield _END_OF_IMAGE, b"\xff\xd9"


def _png(data: bytes) -> Picture | None:
    """A PNG of eight-bit gray or RGB: its compressed rows are what PDF's Flate filter reads (PNG, 10 and 9)."""
    chunks = list(_chunks(data))
    names = {name for name, _ in chunks}
    if not chunks or names & {b"tRNS", b"eXIf"}:
        return None
    width, height, depth, color, _, _, interlace = struct.unpack(">IIBBBBB", chunks[0][1][:13])
    if depth != 8 or color not in (0, 2) or interlace:
        return None
    rows = b"".join(content for name, content in chunks if name == b"IDAT")
    colors = 3 if color else 1
    prediction = f"/DecodeParms << /Predictor 15 /Colors {colors} /BitsPerComponent 8 /Columns {width} >>"
    entries = _entries(width, height, "RGB" if color else "L", f"/FlateDecode {prediction}")
    return Picture(width, height, 1, entries, rows)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += 12 + length


def _entries(width: int, height: int, mode: str, coding: str) -> str:
    space = "/DeviceGray" if mode == "L" else "/DeviceRGB"
    size = f"/Width {width} /Height {height} /BitsPerComponent 8"
    return f"/Type /XObject /Subtype /Image {size} /ColorSpace {space} /Filter {coding}"
