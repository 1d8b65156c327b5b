"""ClaimReview, the words of schema.org for a fact check: what a case says of its claim, for other programs.

One object for each verdict that stands, in the name of the desk that gave it; analysts are not named. A review is a
draft, and says so, where it has no public address or no verdict. Rules of our own where schema.org leaves a choice:

- `claimReviewed` is the claim as said; titles, notes, sources and grades of the case stay here.
- A rating without a place between worst and best, such as Unproven, has an `alternateName` and no number.
- Only origins and amplifications are appearances of the claim; the first origin is its `firstAppearance`.
- `inLanguage` is said of the claim, whose language is known, and not of the review, whose language is not.
- Times that are no single date are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from db import actors, cases, claims, desks, timeline, times, verdicts
from db.actors import Actor
from db.claims import Claim
from db.errors import Invalid
from db.exchange.jsontext import written
from db.kinds import Json
from db.progress import SILENT, Progress
from db.store import Store
from db.timeline import Appearance
from db.verdicts import Verdict
from db.vocabulary import ActorKind, Role

CONTEXT = "https://schema.org"
_DRAFT = "Draft"
_APPEARANCES = (Role.ORIGIN, Role.AMPLIFICATION)
_LANGUAGE = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # what is typed in words is none
_PERSONS = (ActorKind.PERSON, ActorKind.ACCOUNT)


def review(store: Store, case_id: str, url: str = "") -> str:
    """The reviews of one case as JSON-LD; `url` is where the fact check is published."""
    return "".join(reviews(store, (case_id,), url))


def reviews(store: Store, case_ids: Sequence[str], url: str = "", progress: Progress = SILENT) -> Iterator[str]:
    """The reviews of these cases as one JSON-LD text, piece by piece; raises `Invalid` for what is no address."""
    check_url(url)
    first = _of_case(store, case_ids[0], url) if len(case_ids) == 1 else []
    if len(first) == 1:
        yield f"{written({'@context': CONTEXT, **first[0]})}\n"
        return
    yield f'{{\n"@context": "{CONTEXT}",\n"@graph": [\n'
    mark = ""
    for place, case_id in enumerate(case_ids):
        progress.step(place, len(case_ids))
        for each in first or _of_case(store, case_id, url):
            yield f"{mark}{written(each)}"
            mark = ",\n"
    yield "\n]\n}\n"


def lacking(store: Store, case_id: str, url: str = "") -> tuple[str, ...]:
    """The properties that a published ClaimReview must have and the review of this case has not."""
    missing = [] if verdicts.standing(store, case_id) else ["reviewRating"]
    return tuple(missing if url else ["url", *missing])


def check_url(url: str) -> None:
    """Raise `Invalid` for what cannot be the public address of a page; an empty one is that of a draft."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise Invalid("url", "address", url) from error
    public = parts.scheme in ("http", "https") and bool(parts.netloc) and url.isprintable() and " " not in url
    if url and not public:
        raise Invalid("url", "address", url)


def _of_case(store: Store, case_id: str, url: str) -> list[dict[str, Json]]:
    with store.snapshot():
        claim = claims.whole(store, cases.one(store, case_id).id)
        if not claim.text:  # a review of nothing is none
            return []
        item = _claim(store, claim)
        given: tuple[Verdict | None, ...] = verdicts.standing(store, case_id) or (None,)
        return [_review(claim.text, item, url, _desk(store, verdict), verdict) for verdict in given]


def _review(text: str, item: Json, url: str, desk: str, verdict: Verdict | None) -> dict[str, Json]:
    found: dict[str, Json] = {"@type": "ClaimReview"}
    if url:
        found["url"] = url
    if not url or verdict is None:
        found["creativeWorkStatus"] = _DRAFT
    found |= {"claimReviewed": text, "itemReviewed": item, "author": {"@type": "Organization", "name": desk}}
    if verdict:
        found["datePublished" if url else "dateCreated"] = verdict.decided_on
        found["reviewRating"] = _rating(verdict)
        found["reviewBody"] = verdict.rationale
    return found


def _rating(verdict: Verdict) -> Json:
    found: dict[str, Json] = {"@type": "Rating", "alternateName": verdict.rating}
    numbers = {"ratingValue": verdict.value, "bestRating": verdict.best, "worstRating": verdict.worst}
    if None not in numbers.values():
        found |= {name: int(n) if n is not None and n.is_integer() else n for name, n in numbers.items()}
    return found


def _claim(store: Store, claim: Claim) -> Json:
    named = actors.of_case(store, claim.case_id)
    known = {each: actor for actor in named for each in (actor.id, *actor.joined)}
    said = [each for each in timeline.of_case(store, claim.case_id) if each.role in _APPEARANCES and each.url]
    first = next((each for each in said if each.role is Role.ORIGIN), None)
    places: list[Json] = [_appearance(each, known) for each in said if each is not first]
    found = {
        "author": _actor(known.get(claim.claimant_id)),
        "datePublished": _date(claim.claimed_on),
        "inLanguage": claim.language if _LANGUAGE.fullmatch(claim.language) else "",
        "firstAppearance": _appearance(first, known) if first else None,
        "appearance": places,
    }
    return {"@type": "Claim", **{name: value for name, value in found.items() if value}}


def _appearance(each: Appearance, known: dict[str, Actor]) -> Json:
    found = {
        "url": each.url,
        "author": _actor(known.get(each.actor_id)),
        "datePublished": _date(each.seen_on),
        "isPartOf": {"@type": "CreativeWork", "name": each.channel} if each.channel else None,
        "text": each.quotation,
    }
    return {"@type": "CreativeWork", **{name: value for name, value in found.items() if value}}


def _actor(actor: Actor | None) -> Json:
    if actor is None:
        return None
    return {"@type": "Person" if actor.kind in _PERSONS else "Organization", "name": actor.name}


def _date(words: str) -> str:
    """A single date or moment as schema.org has it; empty for any other words."""
    text = words.strip()
    if ".." in text or "/" in text or not times.parse(text).known:
        return ""
    day, _, clock = text.replace(" ", "T").partition("T")
    return f"{day}T{clock.removesuffix('Z')}Z" if clock else day


def _desk(store: Store, verdict: Verdict | None) -> str:
    """The name of the desk that gave a verdict, which may have come in with a merge."""
    sql = """SELECT d.name FROM op o JOIN chain c ON c.id = o.chain JOIN desk d ON d.id = c.desk
        WHERE o.thing = :verdict ORDER BY o.generation, o.id LIMIT 1"""
    return str(store.value(sql, verdict=verdict.id if verdict else "") or desks.home(store).name)
