"""The words for what ties sources together, and for why a 1 is not one. No Qt in here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from db.cards import shorten
from db.vocabulary import Derivation, Stance

if TYPE_CHECKING:
    from db.errors import Unconfirmed
    from db.independence import Bond, Origins, Suspicion, Work

_TITLE, _BESIDE = 60, 32
_OF: Mapping[str, str] = MappingProxyType(
    {
        Derivation.REPOST: "repost of",
        Derivation.QUOTES: "quotes",
        Derivation.WIRE_COPY: "wire copy of",
        Derivation.TRANSLATION: "translation of",
        Derivation.PRESS_RELEASE: "same press release as",
        "": "derived from",
    }
)
_IS: Mapping[str, str] = MappingProxyType(
    {
        Derivation.REPOST: "is a repost of",
        Derivation.QUOTES: "quotes",
        Derivation.WIRE_COPY: "is a wire copy of",
        Derivation.TRANSLATION: "is a translation of",
        Derivation.PRESS_RELEASE: "repeats the same press release as",
        "": "is derived from",
    }
)
_SAYS: Mapping[Stance, str] = MappingProxyType(
    {
        Stance.SUPPORTS: "supports the claim",
        Stance.REFUTES: "refutes the claim",
        Stance.QUALIFIES: "qualifies the claim",
        Stance.CONTEXT: "gives its context",
    }
)
_FOR: Mapping[Stance, str] = MappingProxyType(
    {
        Stance.SUPPORTS: "for",
        Stance.REFUTES: "against",
        Stance.QUALIFIES: "qualifying",
        Stance.CONTEXT: "context",
    }
)


def work(named: Work, longest: int = _TITLE) -> str:
    """A source by its number in the case, or by its title where the case does not cite it."""
    if named.number:
        return str(named.number)
    return f"“{shorten(named.title, longest)}”" if named.title else "a source that is not in this copy"


def named(named: Work) -> str:
    """A source by number and title."""
    if named.number:
        return f"{named.number}. {named.title}"
    return named.title or "A source that is not in this copy"


def origins(count: int) -> str:
    """How many independent origins."""
    return f"{count} independent {'origin' if count == 1 else 'origins'}"


def counted(found: Origins) -> str:
    """How many sources a case cites, and from how many independent origins they come."""
    return f"{found.cited} {'source' if found.cited == 1 else 'sources'}, {origins(len(found.groups))}"


def stances(found: Origins) -> str:
    """How many independent origins each stance has."""
    parts = (f"{_FOR[stance]}: {n} {'origin' if n == 1 else 'origins'}" for stance, n in found.counts)
    return ", ".join(parts)


def derivation(how: str) -> str:
    """How a source derives, to stand before the other one."""
    words = _OF.get(how, _OF[""])
    return words[:1].upper() + words[1:]


def beside(bond: Bond) -> str:
    """What a source is to another, to stand beside it in a list."""
    match bond.tie:
        case "address":
            return f"same page as {work(bond.other)}"
        case "file":
            return f"same file as {work(bond.other)}"
    return f"{_OF.get(bond.derivation, _OF[''])} {work(bond.other, _BESIDE)}"


def sentence(bond: Bond) -> str:
    """What ties two sources, as a clause."""
    one, other = work(bond.source), work(bond.other)
    match bond.tie:
        case "address":
            return f"{one} and {other} are the same page"
        case "file":
            return f"the same file is kept with {one} and with {other}"
    return f"{one} {_IS.get(bond.derivation, _IS[''])} {other}"


def why_same(one: Work, other: Work, way: Sequence[Bond]) -> str:
    """Why two sources of a case have one origin."""
    first, second = sorted((one, other), key=lambda each: each.number)
    return f"{work(first)} and {work(second)} are the same origin: {', and '.join(map(sentence, way))}."


def unconfirmed(error: Unconfirmed) -> str:
    """Why a 1 is none."""
    asks = f"“1” asks for another independent origin that {_SAYS[error.stance]}."
    if not error.kin:
        return f"{asks} No other source here does."
    return " ".join([asks, *(why_same(error.work, other, way) for other, way in error.kin)])


def suspicion(found: Suspicion) -> str:
    """Why two sources may have one origin."""
    if found.tie == "maker":
        return f"Same author and publisher: {found.words}"
    return f"Nearly the same words: “{shorten(found.words, 2 * _TITLE)}”"
