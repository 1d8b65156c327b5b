"""What a picture says beside what it shows: where, when and with what it was taken, and what is written in it."""

from __future__ import annotations

import contextlib
import math
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, BinaryIO

from db.formats import DRAWN

if TYPE_CHECKING:
    from PIL import Image

_READ: Mapping[str, str] = MappingProxyType({**DRAWN, "image/tiff": "TIFF"})
_LONGEST, _MOST_WORDS = 300, 20
_EXIF, _GPS = 0x8769, 0x8825
_MAKE, _MODEL, _TAKEN, _CHANGED = 0x010F, 0x0110, 0x9003, 0x0132
_WRITTEN = (0x010E, 0x013B, 0x013C, 0x8298, 0x9C9B, 0x9C9C, 0x9C9D)  # description, artist, computer, copyright, XP…
_WRITTEN_BY_CAMERA = (0x9286, 0xA430, 0xA431, 0xA435)  # comment, owner, serial numbers of camera and lens
_DATE = re.compile(r"^(\d{4}):(\d\d):(\d\d)\b")
_XMP_PLACE = re.compile(r"""GPS(Latitude|Longitude)(?:=["']|>)([^"'<>]{1,40})""")


@dataclass(frozen=True, slots=True)
class Traces:
    """What stands in the data of a file; `looked` is False where this sort of file cannot be looked into.

    `taken_at` is by the clock of the camera, wherever that was set.
    """

    looked: bool = False
    place: str = ""
    taken_at: str = ""
    camera: str = ""
    words: tuple[str, ...] = ()


def read(stream: BinaryIO, media_type: str) -> Traces:
    """Look into the data of a picture. Never raises for what is in the bytes."""
    if media_type not in _READ:
        return Traces()
    from PIL import Image  # noqa: PLC0415 (slow to import, and only a hand-over wants it)

    from db.pictures import MOST_PIXELS  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(stream, formats=[_READ[media_type]]) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    return Traces()
                return _of(picture)
    except Exception:  # noqa: BLE001 (Pillow raises anything at all for crafted bytes)
        return Traces()


def _of(picture: Image.Image) -> Traces:
    exif = picture.getexif()  # a PNG is read to its end for it
    camera, gps = exif.get_ifd(_EXIF), exif.get_ifd(_GPS)
    words = dict.fromkeys(filter(None, map(_text, _written(picture, exif, camera))))
    made = " ".join(dict.fromkeys(filter(None, (_text(exif.get(_MAKE)), _text(exif.get(_MODEL))))))
    taken = _DATE.sub(r"\1-\2-\3", _text(camera.get(_TAKEN)) or _text(exif.get(_CHANGED)))
    return Traces(True, _place(gps) or _xmp_place(picture), taken, made, tuple(words)[:_MOST_WORDS])


def _written(picture: Image.Image, exif: Mapping[int, Any], camera: Mapping[int, Any]) -> Iterator[object]:
    yield from (exif.get(tag) for tag in _WRITTEN)
    yield from (camera.get(tag) for tag in _WRITTEN_BY_CAMERA)
    yield picture.info.get("comment")
    for name, value in getattr(picture, "text", {}).items():  # what a PNG or a GIF says in words
        if "xmp" not in str(name).lower() and not str(name).startswith("Raw profile"):
            yield value


def _text(value: object) -> str:
    """A value of a tag as plain text; Windows writes some of them as UTF-16."""
    if isinstance(value, tuple) and value and all(isinstance(each, int) and 0 <= each < 256 for each in value):
        value = bytes(value)
    if isinstance(value, bytes):
        value = value.removeprefix(b"ASCII\0\0\0").removeprefix(b"UNICODE\0")
        wide = value[1:2] == b"\0" or (len(value) % 2 == 0 and value.endswith(b"\0\0"))
        value = value.decode("utf-16-le" if wide else "utf-8", "replace")
    if not isinstance(value, str):
        return ""
    return " ".join("".join(c if c.isprintable() or c in "\u200c\u200d" else " " for c in value).split())[:_LONGEST]


def _place(gps: Mapping[int, Any]) -> str:
    """Coordinates in degrees; empty where there are none, or none that can be."""
    with contextlib.suppress(Exception):  # anything can stand in these tags
        latitude, longitude = _degrees(gps[2]), _degrees(gps[4])
        if math.isfinite(latitude) and math.isfinite(longitude):
            south, west = _text(gps.get(1)).upper() == "S", _text(gps.get(3)).upper() == "W"
            return f"{-latitude if south else latitude:.5f}, {-longitude if west else longitude:.5f}"
    return ""


def _degrees(value: Any) -> float:  # noqa: ANN401 (whatever stands in the tag)
    degrees, minutes, seconds = (float(each) for each in value)
    return degrees + minutes / 60 + seconds / 3600


def _xmp_place(picture: Image.Image) -> str:
    """The place as programs that edit pictures write it, in words of their own."""
    xmp = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    text = xmp.decode("utf-8", "replace") if isinstance(xmp, bytes) else str(xmp)
    found = dict(_XMP_PLACE.findall(text))
    return ", ".join(filter(None, (_text(found.get("Latitude")), _text(found.get("Longitude")))))
