"""Namesakes: actors that may be the same, because a name of one sounds like a name of the other, in whatever script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db import actors, joints
from db.actors import Actor
from db.progress import SILENT, Progress
from db.store import Store
from db.texts.skeletons import script, skeleton, spelling

MOST = 12
_ALIKE, _SPELLED_ALIKE = 85, 75  # of 100
_LEAST = 3  # consonants; fewer tell nothing


@dataclass(frozen=True, slots=True)
class Namesake:
    """An actor that may be the same, and the two names that sound alike; `likeness` is from 0 to 1."""

    actor: Actor
    mine: str
    theirs: str
    likeness: float


def find(store: Store, actor_id: str, progress: Progress = SILENT) -> tuple[Namesake, ...]:
    """Actors that may be this one, the likeliest first. Nothing follows from it: a person joins them, or does not."""
    known = [_Name(of, name, _bones(name)) for of, name in store.select(_NAMES)]
    company = joints.together(store, (actor_id,))
    others = [each for each in known if each.of not in company]
    best: dict[str, tuple[float, str, str]] = {}
    mine = [each for each in known if each.of in company]
    for place, own in enumerate(mine):
        progress.step(place, len(mine))
        for other, likeness in _alike(own, others):
            lead = joints.lead(store, other.of)
            best[lead] = max(best.get(lead, (0, "", "")), (likeness, own.name, other.name))
    likely = sorted(best.items(), key=lambda each: (-each[1][0], each[0]))[:MOST]
    return tuple(Namesake(actors.one(store, lead), mine, theirs, sure) for lead, (sure, mine, theirs) in likely)


_NAMES = """SELECT id, name FROM actor WHERE deleted = 0 UNION ALL SELECT l.actor_id, l.name FROM alias l
    JOIN actor a ON a.id = l.actor_id WHERE l.deleted = 0 AND a.deleted = 0"""


@dataclass(frozen=True, slots=True)
class _Name:
    """A name that an actor has; `bones` are its consonants in two orders of its words."""

    of: str
    name: str
    bones: tuple[str, str]


def _bones(name: str) -> tuple[str, str]:
    words = skeleton(name)
    return "".join(words), "".join(sorted(words))


def _alike(own: _Name, others: Sequence[_Name]) -> Iterator[tuple[_Name, float]]:
    """The names that sound like one; short ones in all their consonants, those in one script in their vowels too."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 (start-up does not wait for it)

    spelled, written = spelling(own.name), script(own.name)
    for order in (0, 1):
        bones = own.bones[order]
        if len(bones) < _LEAST:
            return
        choices = [each.bones[order] for each in others]
        cutoff = 100 if len(bones) == _LEAST else _ALIKE
        for _, score, at in process.extract(bones, choices, scorer=fuzz.ratio, score_cutoff=cutoff, limit=None):
            other = others[at]
            if script(other.name) != written or fuzz.ratio(spelled, spelling(other.name)) >= _SPELLED_ALIKE:
                yield other, score / 100
