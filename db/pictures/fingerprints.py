"""Fingerprints of pictures, by which one is found again when it was saved anew, made smaller, cut or mirrored."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from db.pictures import drawn
from db.progress import SILENT, Progress
from db.store import Row, Store

if TYPE_CHECKING:
    from PIL.Image import Image

_SIDE = 16
_BITS = _SIDE * _SIDE * 2
_BYTES = _BITS // 8
_BLANK = 4.0  # a standard deviation of gray below which there is nothing to compare
_PAGE = 0.6  # of the points in one tone: a screen with writing on it, whose layout is that of many others
_TONE = 6
# Of 512 bits; measured on photographs and on screens of posts: see tests/db/pictures/test_fingerprints.py
_NEAR, _NEAR_MIRRORED, _NEAR_PAGE = 110, 90, 20
_TOGETHER = 2048
COMMON = 10  # what stands in more cases than this, such as a logo, says nothing of their claims


@dataclass(frozen=True, slots=True)
class SamePicture:
    """A file of a case that another case has too: its name in both, and what was done to it in between."""

    name: str
    other_name: str
    sha256: str
    other_sha256: str
    mirrored: bool = False

    @property
    def equal(self) -> bool:
        """Whether the two are the same to the byte."""
        return self.sha256 == self.other_sha256


def draw(picture: Image) -> bytes:
    """The fingerprint of a picture: whether each point is lighter than the next one across and down (dHash).

    Empty for one that is blank. That of a page of writing is half as long, without the one of its mirror image: pages
    look much alike, so they are compared strictly and as they are.
    """
    from PIL import ImageOps, ImageStat  # noqa: PLC0415 (slow to import; whoever has a picture has it already)

    gray = picture.convert("L")
    if ImageStat.Stat(gray.resize((_SIDE, _SIDE))).stddev[0] < _BLANK:
        return b""
    upright = _gradients(gray)
    return upright if _is_page(gray) else upright + _gradients(ImageOps.mirror(gray))


def _gradients(gray: Image) -> bytes:
    from PIL.Image import Resampling  # noqa: PLC0415

    across = gray.resize((_SIDE + 1, _SIDE), Resampling.LANCZOS).tobytes()
    down = gray.resize((_SIDE, _SIDE + 1), Resampling.LANCZOS).tobytes()
    bits = [a > b for start in range(0, len(across), _SIDE + 1) for a, b in pairwise(across[start : start + _SIDE + 1])]
    bits += [a > b for a, b in zip(down, down[_SIDE:], strict=False)]
    return sum(bit << place for place, bit in enumerate(bits)).to_bytes(_BYTES, "big")


def _is_page(gray: Image) -> bool:
    tones = gray.histogram()
    most = max(sum(tones[max(0, tone - _TONE) : tone + _TONE + 1]) for tone in range(256))
    return most >= sum(tones) * _PAGE


@dataclass(frozen=True, slots=True)
class _Print:
    """A fingerprint to compare with; `mirrored` is that of the mirror image, where it is compared at all."""

    sha256: str
    upright: int
    mirrored: int | None

    @classmethod
    def of(cls, sha256: str, drawn: bytes) -> _Print:
        upright, rest = drawn[:_BYTES], drawn[_BYTES:]
        return cls(sha256, int.from_bytes(upright, "big"), int.from_bytes(rest, "big") if rest else None)

    def finds(self, other: _Print) -> bool:
        """Whether the other is this picture."""
        pages = self.mirrored is None or other.mirrored is None
        return (self.upright ^ other.upright).bit_count() <= (_NEAR_PAGE if pages else _NEAR)

    def finds_mirrored(self, other: _Print) -> bool:
        """Whether the other is the mirror image of this picture."""
        if self.mirrored is None or other.mirrored is None:
            return False
        return (self.mirrored ^ other.upright).bit_count() <= _NEAR_MIRRORED


def same(one: bytes, other: bytes) -> bool:
    """Whether two fingerprints are of one picture."""
    return bool(one and other) and _Print.of("", one).finds(_Print.of("", other))


def mirrored(one: bytes, other: bytes) -> bool:
    """Whether two fingerprints are of a picture and of its mirror image."""
    return bool(one and other) and _Print.of("", one).finds_mirrored(_Print.of("", other))


def find(store: Store, case_id: str, progress: Progress = SILENT) -> Mapping[str, tuple[SamePicture, ...]]:
    """For each other case the files of this one that it has too, looked up by their bytes and their fingerprints."""
    progress.step(0, 1)
    sql = "SELECT sha256, name FROM attachment WHERE case_id = :case AND deleted = 0 ORDER BY id"
    names: dict[str, str] = dict(store.select(sql, case=case_id))
    copies = {sha256: (sha256, False) for sha256 in names}
    for mine, other, mirrored in _near(store, tuple(names), progress):
        copies.setdefault(other, (mine, mirrored))
    found: dict[str, dict[str, SamePicture]] = {mine: {} for mine in names}
    for sha256, (mine, mirrored) in copies.items():
        for other_id, other_name in _elsewhere(store, case_id, sha256):
            found[mine].setdefault(other_id, SamePicture(names[mine], other_name, mine, sha256, mirrored))
    telling = [places for places in found.values() if len(places) <= COMMON]
    return {other: tuple(places[other] for places in telling if other in places) for other in chain(*telling)}


def _elsewhere(store: Store, case_id: str, sha256: str) -> list[Row]:
    sql = """SELECT a.case_id, a.name FROM attachment a JOIN "case" c ON c.id = a.case_id WHERE a.sha256 = :sha256
        AND a.case_id <> :case AND a.deleted = 0 AND c.deleted = 0 ORDER BY a.id"""
    return store.select(sql, sha256=sha256, case=case_id)


def _near(store: Store, wanted: Sequence[str], progress: Progress) -> Iterator[tuple[str, str, bool]]:
    """Each picture that looks like one of these, and whether it does in the mirror."""
    sql = "SELECT sha256, dhash FROM thumbnail WHERE sha256 IN (SELECT value FROM json_each(:wanted)) AND dhash > x''"
    mine = [_Print.of(*row) for row in store.select(sql, wanted=json.dumps(wanted))]
    if not mine:
        return
    total = int(store.value("SELECT count(*) FROM thumbnail"))
    for place, row in enumerate(store.select("SELECT sha256, dhash FROM thumbnail WHERE dhash > x''")):
        if place % _TOGETHER == 0:
            progress.step(place, total)
        other = _Print.of(*row)
        for each in mine:
            if each.finds(other):
                yield each.sha256, other.sha256, False
            elif each.finds_mirrored(other):
                yield each.sha256, other.sha256, True


def not_drawn(store: Store) -> int:
    """How many pictures there are without a fingerprint, because nobody has looked at them yet."""
    return len(drawn.waiting(store))
