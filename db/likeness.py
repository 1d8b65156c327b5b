"""Likeness: cases that may have the same claim, with the reasons for it. Nothing is written; a person decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod

from db import addresses, cards, links
from db.pictures import fingerprints
from db.pictures.fingerprints import SamePicture
from db.progress import SILENT, Progress, Share
from db.store import Store
from db.texts import phrasing
from db.texts.phrasing import Phrase

MOST = 20
_ADDRESS, _EQUAL, _ALIKE = 0.8, 0.9, 0.75  # how much one such sign says beside the share of the wording


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A case that may have the same claim, and why: the wording, web addresses and pictures of both."""

    case_id: str
    reference: str
    title: str
    claim: str
    phrase: Phrase
    addresses: tuple[str, ...]
    pictures: tuple[SamePicture, ...]

    @property
    def strength(self) -> float:
        """How much speaks for the same claim, from 0 to 1."""
        pictures = (_EQUAL if picture.equal else _ALIKE for picture in self.pictures)
        signs = [min(self.phrase.likeness, 0.99), *(_ADDRESS for _ in self.addresses), *pictures]
        return 1 - prod(1 - max(sign, 0) for sign in signs)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cases that may have the same claim."""

    case_id: str
    suggestion: Suggestion


def suggest(store: Store, case_id: str, progress: Progress = SILENT) -> tuple[Suggestion, ...]:
    """Cases that may have the claim of this one, the likeliest first; what was compared already is not told again."""
    phrases = phrasing.find(store, case_id, Share(progress, 0, 60))
    shared = addresses.find(store, case_id, Share(progress, 60, 70))
    pictures = fingerprints.find(store, case_id, Share(progress, 70, 100))
    likely = {other for other, phrase in phrases.items() if phrase.likeness >= phrasing.LIKELY}
    others = (likely | shared.keys() | pictures.keys()) - links.compared(store, case_id)
    found = [
        Suggestion(
            card.case_id,
            card.reference,
            card.title,
            card.claim,
            phrases.get(card.case_id, Phrase(0)),
            shared.get(card.case_id, ()),
            pictures.get(card.case_id, ()),
        )
        for card in cards.some(store, others)
    ]
    return tuple(sorted(found, key=lambda each: (-each.strength, each.reference))[:MOST])


def suggest_between(store: Store, case_ids: Iterable[str], progress: Progress = SILENT) -> tuple[Pair, ...]:
    """Pairs of any of these cases, such as those that a merge brought, with any other; each pair once."""
    wanted = tuple(dict.fromkeys(case_ids))
    pairs: dict[frozenset[str], Pair] = {}
    for place, case_id in enumerate(wanted):
        progress.step(place, len(wanted))
        for found in suggest(store, case_id):
            pairs.setdefault(frozenset((case_id, found.case_id)), Pair(case_id, found))
    return tuple(sorted(pairs.values(), key=lambda pair: -pair.suggestion.strength))
