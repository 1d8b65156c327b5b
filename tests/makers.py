"""Plain functions that make what tests need, with good defaults."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw

from db import attachments, cases, citations, identity, sources, verdicts
from db.attachments import Ready
from db.casebook import Casebook
from db.cases import CaseDraft
from db.citations import CitationDraft
from db.claims import ClaimDraft
from db.sources import SourceDraft
from db.verdicts import VerdictDraft
from db.vocabulary import Op, Stance

URDU = "وزیرِ خارجہ نے کہا کہ لقاح محفوظ ہے"
RUSSIAN = "Вакцина ещё не одобрена"
PASHTO = "ولسمشر وویل چې پوله تړل شوې ده"
EMOJI = "Breaking 🚨👩‍⚕️ 100 % true 🇦🇫"


def make_book(
    folder: Path,
    name: str = "desk",
    *,
    desk: str = "Kabul desk",
    code: str = "KBL",
    analyst: str = "Amina",
    clock: Callable[[], datetime] = identity.now,
) -> Casebook:
    """A new, open casebook in a folder."""
    return Casebook.create(folder / f"{name}.casebook", desk, code, analyst, clock=clock)


def make_case(book: Casebook, claim: str = URDU, **fields: str) -> str:
    """A case on a claim; returns its id."""
    with book.change(Op.ADD_CASE) as change:
        return cases.add(change, CaseDraft(**fields), ClaimDraft(claim))  # type: ignore[arg-type]


def edit_case(book: Casebook, case_id: str, title: str) -> None:
    """One small save."""
    with book.change(Op.EDIT_CASE) as change:
        cases.edit(change, case_id, CaseDraft(title=title))


def make_source(
    book: Casebook, case_ids: Iterable[str], title: str = "A report", stance: Stance = Stance.REFUTES, **fields: str
) -> str:
    """A source that the cases cite; returns its id."""
    with book.change(Op.ADD_SOURCE) as change:
        source_id = sources.add(change, SourceDraft(title, **fields))  # type: ignore[arg-type]
        for case_id in case_ids:
            citations.cite(change, case_id, source_id, CitationDraft(stance))
    return source_id


def give_verdict(book: Casebook, case_id: str, rating: str = "Unproven", rationale: str = "Nobody could tell.") -> str:
    """A verdict on a case; returns its id."""
    with book.change(Op.GIVE_VERDICT) as change:
        return verdicts.give(change, case_id, VerdictDraft(rating, rationale))


def withdraw_verdict(book: Casebook, verdict_id: str, reason: str = "A new source.") -> None:
    """Take a verdict back."""
    with book.change(Op.WITHDRAW_VERDICT) as change:
        verdicts.withdraw(change, verdict_id, reason)


def attach(book: Casebook, case_id: str, data: bytes, name: str = "screen.png") -> str:
    """Bytes attached to a case as if pasted; returns the id of the attachment."""
    ready = take(book.path, data, name)
    with book.change(Op.ADD_ATTACHMENT) as change:
        return attachments.attach(change, case_id, ready)


def take(casebook: Path, data: bytes, name: str = "screen.png") -> Ready:
    """Bytes stored as if pasted, ready to be attached."""
    with attachments.Depot(casebook) as depot:
        return depot.picture(data, name)


def picture(width: int = 8, height: int = 6, color: str = "red", kind: str = "PNG", orientation: int = 1) -> bytes:
    """The bytes of a picture; `orientation` is its EXIF tag."""
    out = io.BytesIO()
    exif = Image.Exif()
    if orientation != 1:
        exif[0x0112] = orientation
    Image.new("RGB", (width, height), color).save(out, kind, exif=exif)
    return out.getvalue()


def scene(seed: int, width: int = 900, height: int = 600) -> Image.Image:
    """A picture as lively as a photograph, the same for the same seed."""
    dice = Random(seed)
    made = Image.new("L", (width, height), 128)
    for coarse, share in ((3, 0.6), (7, 0.45), (16, 0.3), (60, 0.12)):
        small = Image.new("L", (coarse, coarse * height // width))
        small.putdata([dice.randrange(256) for _ in range(small.width * small.height)])
        made = Image.blend(made, small.resize((width, height), Image.Resampling.BICUBIC), share)
    for _ in range(6):
        left, top = dice.randrange(width), dice.randrange(height)
        box = (left, top, left + dice.randrange(40, 300), top + dice.randrange(40, 300))
        ImageDraw.Draw(made).ellipse(box, fill=dice.randrange(256))
    return made.convert("RGB")


def page(seed: int, width: int = 1080, height: int = 1350) -> Image.Image:
    """A screen with a post on it: an avatar, a name, and lines of writing on white."""
    dice = Random(seed)
    made = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(made)
    draw.ellipse((40, 40, 140, 140), fill=tuple(dice.randrange(256) for _ in range(3)))
    draw.rectangle((160, 50, 160 + dice.randrange(200, 500), 80), fill=(30, 30, 30))
    for line in range(dice.randrange(3, 18)):
        left, end = 40, dice.randrange(600, 1040)
        while left < end:
            word = dice.randrange(30, 120)
            draw.rectangle((left, 200 + line * 44, left + word, 222 + line * 44), fill=(40, 40, 40))
            left += word + 14
    return made


def encoded(picture: Image.Image, kind: str = "JPEG", quality: int = 85) -> bytes:
    """The bytes of a picture."""
    out = io.BytesIO()
    picture.save(out, kind, quality=quality)
    return out.getvalue()


def photo(kind: str = "JPEG", *, camera: str = "FairPhone 5", author: str = "Gul Agha", south: bool = False) -> bytes:
    """The bytes of a picture that says in its EXIF data that it was taken in Kabul, when, with what and by whom."""
    exif = Image.Exif()
    exif[0x0110], exif[0x013B] = camera, author
    exif.get_ifd(0x8769)[0x9003] = "2026:03:01 10:20:30"
    exif.get_ifd(0x8825).update({1: "S" if south else "N", 2: (34.0, 31.0, 30.0), 3: "E", 4: (69.0, 10.0, 12.0)})
    shot, out = io.BytesIO(), io.BytesIO()
    Image.effect_noise((32, 24), 90).convert("RGB").save(shot, "JPEG", exif=exif)
    if kind == "JPEG":
        return shot.getvalue()
    with Image.open(shot) as picture:  # TIFF takes the data of a camera only from a picture that has them
        picture.save(out, kind, exif=picture.getexif())
    return out.getvalue()


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A PNG of a few bytes that says it has nearly a billion pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


class Clock:
    """A clock that goes on by a second with each look; `turn` sets it."""

    def __init__(self, start: str = "2026-03-01T10:00:00") -> None:
        self._now = datetime.fromisoformat(start).replace(tzinfo=UTC)

    def __call__(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now

    def turn(self, moment: str) -> None:
        """Make it this time."""
        self._now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
