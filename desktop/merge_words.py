"""The words for what a merge would bring, or has brought: on screen and in a terminal. No Qt in here."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from db.errors import BuiltUpon
from db.exchange.peers import Sight
from db.intake import HAND_OVER, Incoming
from db.kinds import Kind
from db.merge import Arrival
from db.news import Called, CaseNews, Judged, News
from desktop import wording

_UNSIGNED = "Not signed: nothing in the file proves who made it."
_UNREAD = "Signed, and nothing here can read signatures: install Claimdesk with them, “claimdesk[share]”."
NOTHING_NEW = "Nothing new: everything in it is here already."
_DIGITS = 16
_NAMED = 12


class Trait(StrEnum):
    """What can be said of the news of a case; a list is narrowed by it."""

    NEW = "New"
    CHANGED = "Changed"
    CUSTODY = "Custody"
    DELETED = "Deleted"
    CONFLICT = "In conflict"
    VERDICTS = "Verdicts differ"


def traits(case: CaseNews) -> tuple[Trait, ...]:
    """What is to be said of the news of a case."""
    changed = Trait.CUSTODY if case.is_unchanged else Trait.CHANGED
    first = Trait.DELETED if case.is_deleted else Trait.NEW if case.is_new else changed
    more = ((Trait.CONFLICT, case.conflicts), (Trait.VERDICTS, case.verdicts_differ))
    return (first, *(trait for trait, holds in more if holds))


def many(count: int, one: str, more: str) -> str:
    """A number of things."""
    return f"{count:,} {one if count == 1 else more}"


def figures(news: News, files: int = 0) -> tuple[str, ...]:
    """How much of what came, where there is any."""
    having = [trait for case in news.cases for trait in traits(case)]
    counted = (
        (having.count(Trait.NEW), "new case", "new cases"),
        (having.count(Trait.CHANGED), "changed case", "changed cases"),
        (
            having.count(Trait.CUSTODY),
            "case as it was, with what happened to its files",
            "cases as they were, with what happened to their files",
        ),
        (having.count(Trait.DELETED), "deleted case", "deleted cases"),
        (news.conflicts, "conflict", "conflicts"),
        (having.count(Trait.VERDICTS), "case whose verdicts differ", "cases whose verdicts differ"),
        (len(news.loose), "thing in no case", "things in no case"),
        (files, "attached file", "attached files"),
    )
    return tuple(many(count, one, more) for count, one, more in counted if count)


def signed(incoming: Incoming, sight: Sight | None) -> str:
    """Whose signature the file has, and how that desk is known."""
    if incoming.signature is None:
        return _UNREAD if incoming.unread else _UNSIGNED
    card = incoming.signature.card
    if sight is Sight.CHANGED:
        return " ".join(wording.changed_keys(card))
    if sight is Sight.KNOWN:
        return f"Signed by {card.name}, with the keys that it is known by."
    if sight is Sight.NEW:
        return f"Signed by {card.name}, whose keys are new here. Have them read aloud: {card.fingerprint}"
    return f"Signed by {card.name}. Fingerprint: {card.fingerprint}"


def warnings(news: News) -> tuple[str, ...]:
    """What a person should know before keeping it, a sentence or two each."""
    found = []
    if news.home:
        which = many(news.home, "operation changes", "operations change")
        found.append(f"{which} what your own desk says of itself: its name, its analyst, or its rating scale.")
    if news.unknown:
        which = many(news.unknown, "operation was", "operations were")
        found.append(
            f"{which} written by a newer Claimdesk: kept and passed on, and shown once that is installed here."
        )
    if news.own:
        which = many(news.own, "operation is", "operations are")
        found.append(
            f"{which} said to be of your own desk: written on another computer, in a copy of this casebook, or before "
            "an older copy was restored. If nobody did that, ask the other desk."
        )
    if news.future:
        which = many(news.future, "operation is", "operations are")
        found.append(f"{which} dated more than a day from now: a clock is wrong. No date decides what is kept.")
    if news.forked:
        found.append(f"Two copies of one casebook were both gone on with ({', '.join(news.forked)}): both are kept.")
    return tuple(found)


def provenance(incoming: Incoming, desk: str) -> tuple[str, ...]:
    """Whose file it is, how large, and its hash in short."""
    whose = f"Hand-over of {desk}" if incoming.purpose == HAND_OVER else f"Casebook of {desk}"
    return whose, wording.size(incoming.size), f"SHA-256 {incoming.sha256[:_DIGITS]}…"


def who(case: CaseNews) -> tuple[str, ...]:
    """When the newest of the news of a case was written, by the clock there; by whom; and at which desks."""
    parts = (wording.when(case.latest), ", ".join(filter(None, case.analysts)), ", ".join(case.desks))
    return tuple(filter(None, parts))


def judged(verdicts: Sequence[Judged]) -> tuple[str, ...]:
    """The verdicts that stand beside each other, each with whose it is."""
    return tuple(f"{v.rating}: {v.analyst}, {v.desk}, {wording.when(v.decided_on)}" for v in verdicts)


def arrival(of: Arrival) -> str:
    """One merge as it was made, on a line."""
    gone = f" · taken out {wording.when(of.reversed_at)}" if of.reversed_at else ""
    count = many(of.operations, "operation", "operations")
    return f"{wording.when(of.arrived_at)} · {of.desk} · {of.file} · {count}{gone}"


def built_upon(error: BuiltUpon, things: Sequence[Called]) -> tuple[str, ...]:
    """Why a merge cannot be taken out, with the names of what stands in the way."""
    told = wording.explain(error)
    names = [_called(thing) for thing in things[:_NAMED]]
    more = [f"and {len(things) - _NAMED} more"] if len(things) > _NAMED else []
    return told.what, "\n".join(f"• {name}" for name in (*names, *more)), told.safe, told.todo


def _called(thing: Called) -> str:
    kind = wording.kind(Kind(thing.kind)) if thing.kind in set(Kind) else thing.kind
    name = " ".join(thing.name.split())
    named = f"{kind} “{name}”" if name and name != thing.reference else kind
    return f"{named} ({thing.reference})" if thing.reference else named
