"""What a picture says of itself beside what it shows: camera, programs, time, place. It is read, never trusted."""

from __future__ import annotations

import contextlib
import io
import math
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, BinaryIO

from db import times
from db.formats import DRAWN
from db.pictures import fingerprints

if TYPE_CHECKING:
    from PIL import Image

_READ: Mapping[str, str] = MappingProxyType({**DRAWN, "image/tiff": "TIFF"})
_LONGEST, _MOST_WORDS = 300, 20
_LARGEST_PREVIEW, _MOST_POINTS = 1 << 17, 1_000_000  # bytes, pixels
_EXIF, _GPS, _IFD1 = 0x8769, 0x8825, -1  # as Pillow numbers them
_ORIENTATION, _SOFTWARE, _PROCESSED_WITH = 0x0112, 0x0131, 0x000B
_MAKE, _MODEL, _TAKEN, _CHANGED = 0x010F, 0x0110, 0x9003, 0x0132
_TAKEN_OFFSET, _CHANGED_OFFSET = 0x9011, 0x9010
_PREVIEW_AT, _PREVIEW_LENGTH = 0x0201, 0x0202
_WRITTEN: Mapping[int, str] = MappingProxyType(
    {
        0x010E: "Description", 0x013B: "Artist", 0x013C: "Computer", 0x8298: "Copyright",
        0x9C9B: "Title", 0x9C9C: "Comment", 0x9C9D: "Author",
    }
)  # fmt: skip
_WRITTEN_BY_CAMERA: Mapping[int, str] = MappingProxyType(
    {0x9286: "Comment", 0xA430: "Owner", 0xA431: "Serial number of the camera", 0xA435: "Serial number of the lens"}
)
_DATE = re.compile(r"^(\d{4}):(\d\d):(\d\d)\b")
_OFFSET = re.compile(r"^[+-]\d\d:\d\d$")
_XMP_PLACE = re.compile(r"""GPS(Latitude|Longitude)(?:=["']|>)([^"'<>]{1,40})""")
_XMP_TOOL = re.compile(r"""xmp:CreatorTool(?:=["']|>)([^"'<>]{1,200})""")
_EDITS = re.compile(
    r"photoshop|lightroom|gimp|snapseed|picsart|canva|pixelmator|affinity|paint\.net|paintshop|picasa|facetune|meitu|vsco"
    r"|pixlr|photoscape|acdsee|capture one|darktable|krita|corel|inkscape|figma|remini|faceapp|beautycam|inshot"
    r"|midjourney|dall|stable diffusion|firefly|generat",
    re.IGNORECASE,
)
_MADE = frozenset({"parameters", "prompt", "workflow"})  # what programs that make pictures up write into a PNG
_SLACK = timedelta(minutes=10)
_OFFSETS = (timedelta(hours=-12), timedelta(hours=14))  # from UTC, of all the clocks there are


class Doubt(StrEnum):
    """What is to be thought about before a picture is believed, or handed on."""

    PLACE = "place"
    TIME = "time"
    EDITED = "edited"
    PREVIEW = "preview"


class Preview(StrEnum):
    """Whether there is a small picture in the data, and whether it shows what the picture shows."""

    NONE = ""
    SAME = "same"
    DIFFERS = "differs"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What stands in the data of a file; `looked` is False where this sort of file cannot be looked into.

    `taken_at` is by the clock of the camera, wherever that was set; `offset` is what it says of its distance from UTC.
    `texts` are labels with what is written in the file.
    """

    looked: bool = False
    camera: str = ""
    software: str = ""
    taken_at: str = ""
    offset: str = ""
    place: str = ""
    altitude: str = ""
    orientation: int = 0
    width: int = 0
    height: int = 0
    profile: str = ""
    preview: Preview = Preview.NONE
    texts: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """What is written in the file, each once."""
        return tuple(dict.fromkeys(text for _, text in self.texts))[:_MOST_WORDS]


def read(stream: BinaryIO, media_type: str, *, whole: bool = False) -> Metadata:
    """Look into the data of a picture; `whole` compares the small picture in it too, for which it is drawn.

    Never raises for what is in the bytes, only what `stream` raises to stop: `Cancelled`.
    """
    if media_type not in _READ:
        return Metadata()
    from PIL import Image  # noqa: PLC0415 (slow to import)

    from db.pictures.decoding import MOST_PIXELS  # noqa: PLC0415
    from db.progress import Cancelled  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(stream, formats=[_READ[media_type]]) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    return Metadata()
                return _of(picture, whole)
    except Cancelled:
        raise
    except Exception:  # noqa: BLE001 (Pillow raises anything at all for crafted bytes)
        return Metadata()


def doubts(found: Metadata, captured_on: str = "") -> tuple[Doubt, ...]:
    """What to think about before a picture is believed, given when it was captured."""
    made_up = any(label.lower() in _MADE for label, _ in found.texts)
    holds = {
        Doubt.PLACE: bool(found.place),
        Doubt.TIME: bool(found.taken_at) and _differs(found, captured_on),
        Doubt.EDITED: made_up or bool(_EDITS.search(found.software)),
        Doubt.PREVIEW: found.preview is Preview.DIFFERS,
    }
    return tuple(doubt for doubt, held in holds.items() if held)


def _differs(found: Metadata, captured_on: str) -> bool:
    """Whether the time of the camera cannot be that of the capture; without an offset its clock may be any."""
    when = times.parse(captured_on)
    try:
        taken = datetime.fromisoformat(f"{found.taken_at[:19]}{found.offset}")
        first, last = (datetime.fromisoformat(each.removesuffix("Z")) for each in (when.earliest, when.latest))
    except ValueError:
        return False
    if taken.utcoffset() is not None:
        away = taken.utcoffset() or timedelta()
        return not first - _SLACK <= taken.replace(tzinfo=None) - away <= last + _SLACK
    west, east = _OFFSETS
    return not first + west - _SLACK <= taken <= last + east + _SLACK


def _of(picture: Image.Image, whole: bool) -> Metadata:
    exif = picture.getexif()  # a PNG is read to its end for it
    camera, gps, xmp = exif.get_ifd(_EXIF), exif.get_ifd(_GPS), _xmp(picture)
    made = " ".join(dict.fromkeys(filter(None, (_text(exif.get(_MAKE)), _text(exif.get(_MODEL))))))
    taken, offset = _text(camera.get(_TAKEN)), _text(camera.get(_TAKEN_OFFSET))
    if not taken:
        taken, offset = _text(exif.get(_CHANGED)), _text(camera.get(_CHANGED_OFFSET))
    tools = (exif.get(_SOFTWARE), exif.get(_PROCESSED_WITH), _first(_XMP_TOOL, xmp))
    texts = ((label, text) for label, value in _written(picture, exif, camera) if (text := _text(value)))
    orientation = exif.get(_ORIENTATION)
    return Metadata(
        looked=True,
        camera=made,
        software=", ".join(dict.fromkeys(filter(None, map(_text, (*tools, _software(picture)))))),
        taken_at=_DATE.sub(r"\1-\2-\3", taken),
        offset=offset if _OFFSET.match(offset) else "",
        place=_place(gps) or _xmp_place(xmp),
        altitude=_altitude(gps),
        orientation=orientation if isinstance(orientation, int) and 1 <= orientation <= 8 else 0,
        width=picture.width,
        height=picture.height,
        profile=_profile(picture.info.get("icc_profile")),
        texts=tuple(dict.fromkeys(texts))[:_MOST_WORDS],
        preview=_preview(picture, exif, whole),
    )


def _written(picture: Image.Image, exif: Mapping[int, Any], camera: Mapping[int, Any]) -> Iterator[tuple[str, object]]:
    yield from ((label, exif.get(tag)) for tag, label in _WRITTEN.items())
    yield from ((label, camera.get(tag)) for tag, label in _WRITTEN_BY_CAMERA.items())
    yield "Comment", picture.info.get("comment")
    for name, value in getattr(picture, "text", {}).items():  # what a PNG or a GIF says in words
        if "xmp" not in str(name).lower() and not str(name).startswith("Raw profile"):
            yield _text(str(name)) or "Text", value


def _software(picture: Image.Image) -> object:
    return getattr(picture, "text", {}).get("Software")


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


def _altitude(gps: Mapping[int, Any]) -> str:
    with contextlib.suppress(Exception):
        height = float(gps[6])
        if math.isfinite(height) and abs(height) < 100_000:
            below = gps.get(5) in (1, b"\1")
            return f"{-height if below else height:.0f} m"
    return ""


def _xmp(picture: Image.Image) -> str:
    xmp = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    return xmp.decode("utf-8", "replace") if isinstance(xmp, bytes) else str(xmp)


def _xmp_place(xmp: str) -> str:
    """The place as programs that edit pictures write it, in words of their own."""
    found = dict(_XMP_PLACE.findall(xmp))
    return ", ".join(filter(None, (_text(found.get("Latitude")), _text(found.get("Longitude")))))


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1] if match else ""


def _profile(data: object) -> str:
    """The name of a color profile, from its description tag (ICC.1, 10.15 and 10.20)."""
    if not isinstance(data, bytes):
        return ""
    count = min(int.from_bytes(data[128:132], "big"), 100)
    for at in range(132, 132 + count * 12, 12):
        if data[at : at + 4] == b"desc":
            start, length = (int.from_bytes(data[place : place + 4], "big") for place in (at + 4, at + 8))
            return _description(data[start : start + min(length, 4096)])
    return ""


def _description(tag: bytes) -> str:
    if tag.startswith(b"mluc"):
        length, start = (int.from_bytes(tag[at : at + 4], "big") for at in (20, 24))
        return _text(tag[start : start + length].decode("utf-16-be", "replace"))
    length = int.from_bytes(tag[8:12], "big")
    return _text(tag[12 : 12 + length].decode("latin-1")) if tag.startswith(b"desc") else ""


def _preview(picture: Image.Image, exif: Image.Exif, whole: bool) -> Preview:
    """Whether the small picture in the data of a JPEG shows the same as the whole one."""
    small = _small(picture, exif)
    if not small:
        return Preview.NONE
    if not whole:
        return Preview.UNCLEAR
    picture.draft("RGB", (640, 640))
    drawn, large = _drawn(small, picture.width / picture.height), fingerprints.draw(picture.convert("RGB"))
    if not drawn or not large:
        return Preview.UNCLEAR
    return Preview.SAME if fingerprints.same(large, drawn) else Preview.DIFFERS


def _drawn(data: bytes, ratio: float) -> bytes:
    """The fingerprint of the small picture, without the bars that fill it up to another shape."""
    from PIL import Image, ImageOps  # noqa: PLC0415 (slow to import)

    try:
        with Image.open(io.BytesIO(data), formats=["JPEG"]) as small:
            if small.width * small.height > _MOST_POINTS:
                return b""
            box = (small.width, round(small.width / ratio)) if small.width / small.height < ratio else None
            box = box or (round(small.height * ratio), small.height)
            return fingerprints.draw(ImageOps.fit(small.convert("RGB"), (max(1, box[0]), max(1, box[1]))))
    except Exception:  # noqa: BLE001 (Pillow raises anything at all for crafted bytes)
        return b""


def _small(picture: Image.Image, exif: Image.Exif) -> bytes:
    first = exif.get_ifd(_IFD1)
    at, length = first.get(_PREVIEW_AT), first.get(_PREVIEW_LENGTH)
    data = picture.info.get("exif")
    if not isinstance(at, int) or not isinstance(length, int) or not isinstance(data, bytes):
        return b""
    data = data.removeprefix(b"Exif\0\0")
    return data[at : at + length] if at > 0 and 0 < length <= _LARGEST_PREVIEW else b""
