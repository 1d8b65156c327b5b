"""What leaves and what stays of some cases, as a person orders it, and which rules are broken by that (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain as joined

from db.errors import CasebookError, HeldBack, NameStands, NothingLeaves
from db.exchange.survey import Survey, Thing, Wording
from db.fields import OF_A_CASE
from db.kinds import Kind
from db.texts.folding import fold
from db.vocabulary import Tlp

_INTERNAL = (Kind.NOTE, Kind.TASK)
_OF_A_SOURCE = (Kind.ATTACHMENT, Kind.ATTRIBUTE)
_SHORT = 4  # letters; shorter names in Latin letters are looked for as whole words


class Why(StrEnum):
    """Why a thing stays at this desk."""

    BY_HAND = "by hand"
    MARKING = "marking"
    CASE = "case"
    DELETED = "deleted"
    INTERNAL = "internal"
    OTHER_CASE = "other case"
    NEEDS = "needs"
    UNUSED = "unused"


SECRET = (Why.BY_HAND, Why.NEEDS)


@dataclass(frozen=True, slots=True)
class Order:
    """What a person wants: `level` is the highest marking that the receiver may see.

    `held` stays (things, or whole cases), `bare` leaves without its bytes; `freed` leaves though it would stay by
    itself (notes, tasks, what is deleted); of `spoken` it is known that its words stand elsewhere in what leaves.
    """

    level: Tlp = Tlp.GREEN
    held: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()
    freed: frozenset[str] = frozenset()
    spoken: frozenset[str] = frozenset()

    def hold(self, things: Iterable[str]) -> Order:
        """The same with these held back."""
        return replace(self, held=self.held.union(things), freed=self.freed.difference(things))

    def free(self, things: Iterable[str]) -> Order:
        """The same with these let leave, those too that would stay by themselves."""
        return replace(self, held=self.held.difference(things), freed=self.freed.union(things))

    def speak(self, thing: str) -> Order:
        """The same, where words of this thing may stand in what leaves."""
        return replace(self, spoken=self.spoken | {thing})

    def strip(self, attachment: str, bare: bool) -> Order:
        """The same with an attachment leaving without its bytes, or with them."""
        return replace(self, bare=self.bare | {attachment} if bare else self.bare - {attachment})

    def at(self, level: Tlp) -> Order:
        """The same for a receiver who may see up to this marking."""
        return replace(self, level=level)


@dataclass(frozen=True, slots=True)
class Held:
    """A thing that stays; `because` is the id of what it cannot do without, where that is the reason."""

    thing: Thing
    why: Why
    because: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that leaves and everything that stays; `digests` names the bytes that leave."""

    order: Order
    leaving: tuple[Thing, ...]
    held: tuple[Held, ...]
    digests: frozenset[str]
    broken: tuple[CasebookError, ...] = field(repr=False)

    @property
    def size(self) -> int:
        """About how many bytes leave."""
        files = {thing.file.sha256: thing.file.size for thing in self.leaving if thing.file}
        return sum(thing.size for thing in self.leaving) + sum(files[digest] for digest in self.digests)

    @property
    def analysts(self) -> tuple[str, ...]:
        """The names of those who made what leaves."""
        return tuple(sorted(frozenset().union(*(thing.analysts for thing in self.leaving))))


def decide(survey: Survey, order: Order) -> Contents:
    """What leaves and what stays, with the rules that the order breaks. Nothing may leave while one is broken.

    Only whole things leave, each with its whole history. What is deleted stays, its words with it, also where the seal
    of a verdict names it: a seal holds hashes and ids, no words. So do the notes and tasks of the desk. What cannot
    stand without something that stays, stays too; other references to it dangle, and the receiver is told that it is
    not in this copy. A verdict never leaves without what superseded or withdrew it. Desks are named by what they made.
    """
    things = {thing.id: thing for thing in survey.things}
    held = {t.id: Held(t, why) for t in survey.things if (why := _own_reason(t, survey, order))}
    _hold_dependents(things, held)
    for thing in tuple(_unused(things, held)):
        held[thing.id] = Held(thing, Why.UNUSED)
    leaving = tuple(thing for thing in survey.things if thing.id not in held)
    digests = _digests(leaving, held, order)
    _hold_passages(leaving, held, digests)
    leaving = tuple(thing for thing in leaving if thing.id not in held)
    nothing = () if any(thing.kind is Kind.CASE for thing in leaving) else (NothingLeaves(),)
    broken = (*nothing, *_above(things, order), *_names(leaving, held, digests, order))
    kept = tuple(held[thing.id] for thing in survey.things if thing.id in held)
    return Contents(order, leaving, kept, digests, broken)


def _own_reason(thing: Thing, survey: Survey, order: Order) -> Why | None:
    """Why a thing stays by itself, whatever becomes of others."""
    why = None
    if thing.kind is Kind.DESK:  # every operation names its desk
        pass
    elif thing.id in order.held:
        above = thing.tlp is not None and _rank(thing.tlp) > _rank(order.level)
        why = Why.MARKING if above else Why.BY_HAND
    elif thing.cases and thing.cases <= order.held:
        why = Why.CASE
    elif thing.id not in order.freed and (thing.deleted or thing.kind in _INTERNAL):
        why = Why.DELETED if thing.deleted else Why.INTERNAL
    elif thing.kind is Kind.LINK and any(r.id not in survey.cases for r in thing.refers if r.kind is Kind.CASE):
        why = Why.OTHER_CASE
    return why


def _hold_dependents(things: Mapping[str, Thing], held: dict[str, Held]) -> None:
    """Hold back what cannot stand without something that is held back, until nothing more is found."""
    while new := {
        thing.id: Held(thing, Why.NEEDS, because)
        for thing in things.values()
        if thing.id not in held and (because := _missing(thing, things, held))
    }:
        held.update(new)


def _missing(thing: Thing, things: Mapping[str, Thing], held: Mapping[str, Held]) -> str:
    """What is held back that a thing cannot leave without."""
    for other in thing.refers:
        of_source = thing.kind in _OF_A_SOURCE and other.kind is Kind.SOURCE  # it shows what the source says
        of_passage = thing.kind is Kind.PASSAGE  # its words are those of what was made from it
        inside = thing.file is not None and other.id == thing.file.within  # it was taken out of that
        if other.id in held and (other.needed or of_source or of_passage or inside):
            return other.id
    if thing.kind is Kind.VERDICT:
        return next((stays for stays in held if thing.id in things[stays].ends), "")
    return ""


def _hold_passages(leaving: Iterable[Thing], held: dict[str, Held], digests: frozenset[str]) -> None:
    """Hold back passages of bytes that are here and do not leave: they are words of those, with the words around."""
    stay = {t.id for t in leaving if t.file and t.file.here and t.file.sha256 not in digests}
    for thing in leaving:
        of = [each.id for each in thing.refers if each.kind is Kind.ATTACHMENT and each.id in stay]
        if thing.kind is Kind.PASSAGE and of:
            held[thing.id] = Held(thing, Why.NEEDS, of[0])


def _unused(things: Mapping[str, Thing], held: Mapping[str, Held]) -> Iterator[Thing]:
    """Things that belong to no case, and that nothing that leaves takes with it."""
    left = {thing.id: thing for thing in things.values() if not _of_a_case(thing) and thing.id not in held}
    new = [thing for thing in things.values() if _of_a_case(thing) and thing.id not in held]
    while new:
        new = [left.pop(each) for each in frozenset().union(*(thing.takes for thing in new)) if each in left]
    yield from left.values()


def _of_a_case(thing: Thing) -> bool:
    return thing.kind is Kind.CASE or thing.kind in OF_A_CASE


def _digests(leaving: Iterable[Thing], held: Mapping[str, Held], order: Order) -> frozenset[str]:
    """The bytes that leave: bytes that are held back once are held back wherever they are attached."""
    stay = {each.thing.file.sha256 for each in held.values() if each.thing.file and each.why in SECRET}
    stay |= {thing.file.sha256 for thing in leaving if thing.file and thing.id in order.bare}
    while within := _around(leaving, held, stay) - stay:
        stay |= within
    return frozenset(thing.file.sha256 for thing in leaving if thing.file and thing.file.here) - stay


def _around(leaving: Iterable[Thing], held: Mapping[str, Held], stay: set[str]) -> set[str]:
    """The bytes of those containers from which something was taken out that stays."""
    things = {thing.id: thing for thing in leaving}
    inner = [*things.values(), *(each.thing for each in held.values() if each.why in SECRET)]
    outer = (things.get(each.file.within) for each in inner if each.file and each.file.sha256 in stay)
    return {each.file.sha256 for each in outer if each and each.file}


def _above(things: Mapping[str, Thing], order: Order) -> Iterator[HeldBack]:
    for thing in things.values():
        if thing.tlp and thing.id not in order.held and _rank(thing.tlp) > _rank(order.level):
            yield HeldBack(thing.id, thing.title.split("  ")[0], thing.tlp, order.level)


def _rank(tlp: Tlp) -> int:
    return list(Tlp).index(tlp)


def _names(
    leaving: Iterable[Thing], held: Mapping[str, Held], digests: frozenset[str], order: Order
) -> Iterator[NameStands]:
    """Where names of what is held back by hand stand in the words of what leaves."""
    said = [(thing, wording) for thing in leaving for wording in _said(thing, digests)]
    for each in held.values():
        if each.why is not Why.BY_HAND or each.thing.id in order.spoken:
            continue
        others = (other.thing.names for other in held.values() if other.because == each.thing.id)
        for name in dict.fromkeys((*each.thing.names, *joined.from_iterable(others))):
            stands = _finder(name)
            places = [(t.kind, t.id, w.field) for t, w in said if stands(w.folded)] if stands else []
            if places:
                yield NameStands(each.thing.id, name, tuple(dict.fromkeys(places)))


def _said(thing: Thing, digests: frozenset[str]) -> Iterator[Wording]:
    """The words of a thing that leave; those in its file only where that leaves."""
    for wording in thing.wordings:
        if wording.field or (thing.file and thing.file.sha256 in digests):
            yield wording


def _finder(name: str) -> Callable[[str], object] | None:
    """How a name is looked for in folded text: anywhere, but a short one in Latin letters as a word of its own."""
    folded = fold(name).lstrip("@#")
    if len(folded) < 2:
        return None
    if len(folded) < _SHORT and folded.isascii():
        return re.compile(rf"(?<![^\W_]){re.escape(folded)}(?![^\W_])").search
    return lambda text: folded in text
