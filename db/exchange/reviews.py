"""Fact checks of others, as ClaimReview: read with care, and taken in as sources of cases of this desk.

What another desk found is that desk's: it is quoted, and never becomes a verdict here.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from db import cases, citations, sources, timeline
from db.cards import shorten
from db.cases import CaseDraft
from db.change import Change
from db.citations import CitationDraft
from db.claims import ClaimDraft
from db.errors import Unreadable
from db.exchange import jsontext
from db.exchange.elsewhere import MOST_ITEMS
from db.exchange.names import Names
from db.kinds import Json
from db.sources import SourceDraft
from db.store import Store
from db.texts.folding import fold
from db.timeline import AppearanceDraft
from db.vocabulary import ActorKind, Role

_DEEPEST = 24
_TITLE = 160


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim appeared, as the review tells it."""

    url: str
    role: Role
    actor: str = ""
    actor_kind: ActorKind = ActorKind.PERSON
    channel: str = ""
    seen_on: str = ""
    quotation: str = ""


@dataclass(frozen=True, slots=True)
class ReviewDraft:
    """One fact check of somebody: what it reviews, who found what, and where that is published."""

    claim: str
    language: str = ""
    claimant: str = ""
    claimant_kind: ActorKind = ActorKind.PERSON
    claimed_on: str = ""
    places: tuple[Place, ...] = ()
    publisher: str = ""
    url: str = ""
    title: str = ""
    rating: str = ""
    body: str = ""
    published_on: str = ""

    @property
    def work(self) -> SourceDraft:
        """The review as a source."""
        title = self.title or self.url or self.publisher or shorten(self.claim, _TITLE)
        return SourceDraft(title, url=self.url, publisher=self.publisher, published_on=self.published_on)

    @property
    def key(self) -> tuple[str, str]:
        """What makes two reviews the same: the address, or else publisher and title, and the claim."""
        return self.url or f"{self.publisher}\n{self.work.title}", fold(self.claim)

    @property
    def texts(self) -> Iterable[tuple[str, str]]:
        """Every text in it by the name of its field."""
        yield from (("claim", self.claim), ("url", self.url), ("publisher", self.publisher), ("title", self.title))
        yield from (("language", self.language), ("claimant_id", self.claimant), ("claimed_on", self.claimed_on))
        yield from (("rating", self.rating), ("rationale", self.body), ("published_on", self.published_on))
        for place in self.places:
            yield from (("url", place.url), ("actor_id", place.actor), ("channel", place.channel))
            yield from (("seen_on", place.seen_on), ("quotation", place.quotation))


def read(data: bytes, origin: Path) -> tuple[ReviewDraft, ...]:
    """Every ClaimReview in a JSON-LD text, however deep it stands; raises `Unreadable`."""
    found = list(_found(jsontext.parse(data, origin), origin, 0))
    if not found:
        raise Unreadable(origin, "no ClaimReview")
    if len(found) > MOST_ITEMS:
        raise Unreadable(origin, "too many")
    return tuple(map(_draft, found))


def known(store: Store, drafts: Iterable[ReviewDraft]) -> Mapping[tuple[str, str], str]:
    """The references of the cases that cite such a review on such a claim already, by the key of the review."""
    wanted = json.dumps(sorted({draft.key[0] for draft in drafts}))
    name = "CASE WHEN s.url = '' THEN s.publisher || char(10) || s.title ELSE s.url END"
    sql = f"""SELECT {name}, k.text, c.reference FROM source s
        JOIN citation t ON t.source_id = s.id AND t.deleted = 0
        JOIN "case" c ON c.id = t.case_id AND c.deleted = 0
        JOIN claim k ON k.case_id = c.id AND k.deleted = 0
        WHERE s.deleted = 0 AND {name} IN (SELECT value FROM json_each(:wanted))"""
    return {(found, fold(text)): reference for found, text, reference in store.select(sql, wanted=wanted)}


def take_in(change: Change, draft: ReviewDraft, names: Names, case_id: str = "") -> str:
    """Take a review in as a source of a case, of a new one on its claim unless one is given; returns its id."""
    if not case_id:
        claimant = names.actor(draft.claimant, draft.claimant_kind)
        claim = ClaimDraft(draft.claim, draft.language, claimant_id=claimant, claimed_on=draft.claimed_on)
        case_id = cases.add(change, CaseDraft(), claim)
    there = {appearance.url for appearance in timeline.of_case(change.writer, case_id)}
    for place in draft.places:
        if place.url not in there:
            actor = names.actor(place.actor, place.actor_kind)
            seen = AppearanceDraft(actor, place.role, place.channel, place.url, place.seen_on, place.quotation)
            timeline.add(change, case_id, seen)
    quotation = "\n\n".join(filter(str.strip, (draft.rating, draft.body)))
    citations.cite(change, case_id, sources.add(change, draft.work), CitationDraft(quotation=quotation))
    return case_id


def _found(value: Json, origin: Path, depth: int) -> Iterator[Mapping[str, Json]]:
    if depth > _DEEPEST:
        raise Unreadable(origin, "nested")
    if isinstance(value, Mapping):
        if "ClaimReview" in _types(value):
            yield value
            return
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            if isinstance(inner, list | Mapping):
                yield from _found(inner, origin, depth + 1)


def _draft(review: Mapping[str, Json]) -> ReviewDraft:
    item = _object(review.get("itemReviewed"))
    claimant, kind = _actor(item.get("author"))
    publisher = _actor(review.get("author"))[0] or _actor(review.get("publisher"))[0]
    rating = _object(review.get("reviewRating"))
    body = _text(review.get("reviewBody")) or _text(rating.get("ratingExplanation"))
    return ReviewDraft(
        claim=_text(review.get("claimReviewed")) or _text(item.get("text")) or _text(item.get("name")),
        language=_text(item.get("inLanguage"), "alternateName", "name"),
        claimant=claimant,
        claimant_kind=kind,
        claimed_on=_text(item.get("datePublished")),
        places=tuple(_places(review.get("itemReviewed"), item)),
        publisher=publisher,
        url=_text(review.get("url"), "@id") or _text(review.get("mainEntityOfPage"), "@id", "url"),
        title=_text(review.get("headline")) or _text(review.get("name")),
        rating=_rating(review.get("reviewRating"), rating),
        body=body,
        published_on=_text(review.get("datePublished")),
    )


def _rating(given: Json, rating: Mapping[str, Json]) -> str:
    """The words of a rating; where it has none, its number and the scale of the number."""
    words = _text(rating.get("alternateName")) or _text(rating.get("name"))
    number = _text(rating.get("ratingValue"))
    if words or not number:
        return words or _text(given)
    worst, best = _text(rating.get("worstRating")), _text(rating.get("bestRating"))
    return f"{number} ({worst}–{best})" if worst and best else number


def _places(given: Json, item: Mapping[str, Json]) -> Iterator[Place]:
    """Where the claim appeared, each address once; older reviews give the work itself in place of a claim."""
    addresses = set()
    bare = [] if "Claim" in _types(item) else [given if isinstance(given, str) else item, *_each(item.get("sameAs"))]
    for role, named in (
        (Role.ORIGIN, _each(item.get("firstAppearance"))),
        (Role.AMPLIFICATION, [*_each(item.get("appearance")), *bare]),
    ):
        for value in named:
            place = _place(value, role)
            if place.url and place.url not in addresses:
                addresses.add(place.url)
                yield place


def _place(value: Json, role: Role) -> Place:
    if not isinstance(value, Mapping):
        return Place(_text(value), role)
    actor, kind = _actor(value.get("author"))
    channel = _text(value.get("isPartOf"), "name") or _text(value.get("publisher"), "name")
    url = _text(value.get("url"), "@id") or _text(value.get("@id"))
    return Place(url, role, actor, kind, channel, _text(value.get("datePublished")), _text(value.get("text")))


def _actor(value: Json) -> tuple[str, ActorKind]:
    """The first that is named, and whether it is a person."""
    for each in _each(value):
        name = _text(each, "name")
        if name:
            organized = any("Organization" in kind for kind in _types(_object(each)))
            return name, ActorKind.ORGANIZATION if organized else ActorKind.PERSON
    return "", ActorKind.PERSON


def _object(value: Json) -> Mapping[str, Json]:
    """The first object of what may be one, a list of them, or none."""
    return next((each for each in _each(value) if isinstance(each, Mapping)), {})


def _each(value: Json) -> list[Json]:
    return list(value) if isinstance(value, list) else [] if value is None else [value]


def _text(value: Json, *names: str) -> str:
    """The first text of what may be a text, an object that says it under one of these names, or a list of them."""
    for each in _each(value):
        if isinstance(each, str) and each.strip():
            return each
        if isinstance(each, Mapping):
            inner = (each.get(name) for name in ("@value", *names))
            found = next((text for text in inner if isinstance(text, str) and text.strip()), "")
            if found:
                return found
    return ""


def _types(value: Mapping[str, Json]) -> Collection[str]:
    """The names of its types, without the vocabulary they are from."""
    types = (each for each in _each(value.get("@type")) if isinstance(each, str))
    return [each.rpartition("/")[2].rpartition(":")[2] for each in types]
