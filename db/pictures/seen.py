"""Seen before: where else in the casebook a picture stands, be it scaled, saved anew, cut or mirrored."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from db.pictures import alignment, anchors, fingerprints
from db.pictures.alignment import View
from db.pictures.anchors import Anchor
from db.store import Row, Store

if TYPE_CHECKING:
    from PIL.Image import Image

_TRIED = 4  # pictures that share most spots with this one, and as many with its mirror image
_ALIKE = 0.65  # of the edges where two pictures show the same: see tests/db/pictures/test_seen.py
_WHOLE = 0.9  # a share of both pictures that counts as all of them
_LEAST = 0.001  # a distance: the same picture in other bytes


class How(StrEnum):
    """How a picture is the same as another one."""

    EXACT = "exact"
    SAME = "same picture"
    CROPPED = "cropped"
    MIRRORED = "mirrored"
    MIRRORED_CROPPED = "mirrored and cropped"


_HOW = {
    (False, False): How.SAME,
    (False, True): How.CROPPED,
    (True, False): How.MIRRORED,
    (True, True): How.MIRRORED_CROPPED,
}  # whether it is turned, and whether it is cut


@dataclass(frozen=True, slots=True)
class Sighting:
    """Another attachment that shows the same picture, and the case it stands in; `distance` is 0 for equal bytes."""

    case_id: str
    reference: str
    title: str
    attachment_id: str
    name: str
    sha256: str
    how: How
    distance: float


@dataclass(frozen=True, slots=True)
class _Match:
    sha256: str
    how: How
    distance: float = 0.0


@dataclass(frozen=True, slots=True)
class _Known:
    """A picture as it is kept: its number, its fingerprint, its anchors."""

    id: int
    sha256: str
    dhash: bytes
    anchors: tuple[Anchor, ...]

    @classmethod
    def of(cls, row: Row) -> _Known:
        return cls(row[0], row[1], row[2], anchors.unpack(row[3]))


def seen_before(store: Store, attachment_id: str) -> tuple[Sighting, ...]:
    """Where else the picture of an attachment stands, the likest first; its own crops and redactions do not count."""
    row = store.one("SELECT sha256, coalesce(derived_from, id) FROM attachment WHERE id = :id", id=attachment_id)
    if row is None:
        return ()
    sha256, origin = row
    matches = [_Match(sha256, How.EXACT), *_matches(store, sha256)]
    places = [place for match in matches for place in _places(store, match, attachment_id, origin)]
    return tuple(sorted(places, key=lambda each: each.distance))


def _places(store: Store, match: _Match, attachment_id: str, origin: str) -> Iterator[Sighting]:
    sql = """SELECT a.case_id, c.reference, c.title, a.id, a.name FROM attachment a JOIN "case" c ON c.id = a.case_id
        WHERE a.sha256 = :sha256 AND a.deleted = 0 AND c.deleted = 0 AND a.id <> :own
        AND coalesce(a.derived_from, a.id) <> :origin ORDER BY a.id"""
    for case_id, reference, title, other, name in store.select(
        sql, sha256=match.sha256, own=attachment_id, origin=origin
    ):
        yield Sighting(case_id, reference, title, other, name, match.sha256, match.how, match.distance)


def _matches(store: Store, sha256: str) -> Iterator[_Match]:
    """Other bytes that show the same."""
    row = store.one("SELECT id, sha256, dhash, anchors FROM thumbnail WHERE sha256 = :sha256", sha256=sha256)
    if row is None or not row[3]:
        return
    mine, found = _Known.of(row), set()
    here = View(_gray(store, mine.id), mine.anchors)
    for view, turned in ((here, False), (here.mirrored(), True)):
        for other in _sharing(store, view.anchors, mine.id):
            match = _compare(store, mine, view, other, turned) if other.sha256 not in found else None
            if match:
                found.add(other.sha256)
                yield match


def _sharing(store: Store, spots: Iterable[Anchor], but: int) -> list[_Known]:
    """The pictures that share most spots with these."""
    words = {anchors.key(word) for spot in spots for word in spot.words()}
    sql = """SELECT id, sha256, dhash, anchors FROM thumbnail JOIN
        (SELECT picture, count(*) AS shared FROM json_each(:words) JOIN anchor ON word = value
            WHERE picture <> :but GROUP BY picture ORDER BY shared DESC LIMIT :most) ON picture = id
        ORDER BY shared DESC"""
    rows = store.select(sql, words=json.dumps(sorted(words)), but=but, most=_TRIED)
    return [_Known.of(row) for row in rows]


def _compare(store: Store, mine: _Known, view: View, other: _Known, turned: bool) -> _Match | None:
    """Whether another picture shows the same as this view of mine: at once where all of it does, else laid upon it."""
    whole = fingerprints.mirrored if turned else fingerprints.same
    if whole(mine.dhash, other.dhash):
        return _Match(other.sha256, _HOW[turned, False], _LEAST)
    guesses = list(alignment.guesses(view, other.anchors))
    if not guesses:
        return None
    fit = alignment.align(view, View(_gray(store, other.id), other.anchors), guesses)
    if fit.likeness < _ALIKE:
        return None
    how = _HOW[turned, min(fit.here, fit.there) < _WHOLE]
    return _Match(other.sha256, how, 1 - fit.likeness)


def _gray(store: Store, picture: int) -> Image:
    from db.pictures import decoding  # noqa: PLC0415 (Pillow is slow to import, and only this needs it)

    return decoding.gray(store.value("SELECT image FROM thumbnail WHERE id = :picture", picture=picture))
