"""Pictures from elsewhere: looked at with care, drawn small, or said not to be drawn."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageOps

from db import reader
from db.formats import DRAWN, Drawable
from db.pictures import anchors, fingerprints
from db.pictures.anchors import Anchor
from db.progress import SILENT, Cancelled, Progress

MOST_PIXELS = 50_000_000
THUMBNAIL = 320
_ORIENTATION = 0x0112  # the EXIF tag
_ON_ITS_SIDE = range(5, 9)


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A picture drawn small, as JPEG or PNG, with the size of the whole one; no bytes where it is not drawn.

    By `dhash`, its fingerprint, `fingerprints.find` knows it again; by its `anchors` `seen` does, though it is cut.
    """

    state: Drawable
    width: int = 0
    height: int = 0
    image: bytes = b""
    dhash: bytes = b""
    anchors: tuple[Anchor, ...] = ()


def thumbnail(stream: BinaryIO, media_type: str) -> Thumbnail:
    """Draw a picture small. Never raises for what is in the bytes: bombs and broken files say so in `state`."""
    if media_type not in DRAWN:
        return Thumbnail(Drawable.NOT_A_PICTURE)
    size = (0, 0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of torn metadata; sizes are looked at here
            with Image.open(stream, formats=[DRAWN[media_type]]) as picture:
                size = picture.size
                if size[0] * size[1] > MOST_PIXELS:
                    return Thumbnail(Drawable.TOO_LARGE, *size)
                small = ImageOps.exif_transpose(_shrunk(picture))
                width, height = size[::-1] if picture.getexif().get(_ORIENTATION) in _ON_ITS_SIDE else size
                image, shades = _encoded(small), _flat(small).convert("L")
                return Thumbnail(Drawable.YES, width, height, image, fingerprints.draw(shades), anchors.find(shades))
    except (Image.DecompressionBombError, MemoryError):
        return Thumbnail(Drawable.TOO_LARGE, *size)
    except Exception:  # noqa: BLE001 (Pillow's decoders raise anything at all for crafted bytes)
        return Thumbnail(Drawable.BROKEN, *size)


def gray(thumbnail: bytes) -> Image.Image:
    """A small picture that was kept, in gray on white."""
    with Image.open(io.BytesIO(thumbnail), formats=["JPEG", "PNG"]) as small:
        return _flat(small).convert("L")


def first_page(stream: BinaryIO, progress: Progress = SILENT) -> Thumbnail:
    """Draw the first page of a PDF small, in a helper process; it has no size in pixels.

    Raises only what `progress` raises.
    """
    page = reader.page(stream, 0, THUMBNAIL * 2, progress)
    if not page.rgb:
        return Thumbnail(Drawable.NOT_A_PICTURE)
    small = Image.frombytes("RGB", (page.width, page.height), page.rgb)
    small.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return Thumbnail(Drawable.YES, image=_encoded(small))


@dataclass(frozen=True, slots=True)
class Pixels:
    """A whole picture, upright and on white, as red, green and blue bytes; no bytes where it is not drawn."""

    state: Drawable
    width: int = 0
    height: int = 0
    rgb: bytes = b""


def pixels(stream: BinaryIO, media_type: str) -> Pixels:
    """Draw a picture whole, for the screen. Raises only what `stream` raises to stop: `Cancelled`."""
    if media_type not in DRAWN:
        return Pixels(Drawable.NOT_A_PICTURE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(stream, formats=[DRAWN[media_type]]) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    return Pixels(Drawable.TOO_LARGE, *picture.size)
                upright = _flat(ImageOps.exif_transpose(picture))
                return Pixels(Drawable.YES, *upright.size, upright.tobytes())
    except Cancelled:
        raise
    except (Image.DecompressionBombError, MemoryError):
        return Pixels(Drawable.TOO_LARGE)
    except Exception:  # noqa: BLE001 (Pillow's decoders raise anything at all for crafted bytes)
        return Pixels(Drawable.BROKEN)


def whole(data: bytes, media_type: str) -> bytes:
    """A picture as upright RGB PNG or JPEG bytes without metadata, for print; empty when it cannot be drawn."""
    if thumbnail(io.BytesIO(data), media_type).state is not Drawable.YES:
        return b""
    with Image.open(io.BytesIO(data), formats=[DRAWN[media_type]]) as picture:
        upright = ImageOps.exif_transpose(picture)
        return _png(_flat(upright))


def legible(stream: BinaryIO, media_type: str, enough: int) -> bytes:
    """A picture as PNG bytes for a machine to read: drawn whole, twice as large where its long side is not `enough`."""
    drawn = pixels(stream, media_type)
    if drawn.state is not Drawable.YES:
        return b""
    page = Image.frombytes("RGB", (drawn.width, drawn.height), drawn.rgb).convert("L")
    if max(page.size) < enough:
        page = page.resize((page.width * 2, page.height * 2), Image.Resampling.BICUBIC)
    return _png(page)


def _shrunk(picture: Image.Image) -> Image.Image:
    picture.draft("RGB", (THUMBNAIL * 2, THUMBNAIL * 2))
    picture.load()
    exif = picture.getexif()
    small = _eight_bits(picture).convert("RGBA" if _has_alpha(picture) else "RGB")
    small.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS, reducing_gap=2.0)
    small.info = {"exif": exif.tobytes()} if _ORIENTATION in exif else {}
    return small


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Gray of sixteen bits as eight; Pillow would cut it off at 255, which leaves a white page."""
    return picture.point(lambda value: value * (1 / 256)).convert("L") if picture.mode.startswith("I;16") else picture


def _has_alpha(picture: Image.Image) -> bool:
    return picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info


def _flat(picture: Image.Image) -> Image.Image:
    picture = _eight_bits(picture)
    if not _has_alpha(picture):
        return picture.convert("RGB")
    page = Image.new("RGB", picture.size, "white")
    page.paste(picture, mask=picture.convert("RGBA").getchannel("A"))
    return page


def _encoded(picture: Image.Image) -> bytes:
    """PNG where something shines through, else JPEG, which is made ten times as fast."""
    if picture.mode == "RGBA":
        return _png(picture)
    out = io.BytesIO()
    picture.info = {}
    picture.save(out, "JPEG", quality=82)
    return out.getvalue()


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.info = {}
    picture.save(out, "PNG", compress_level=6)
    return out.getvalue()
