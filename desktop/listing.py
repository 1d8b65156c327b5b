"""The words for what leaves this desk and what stays: on screen and in a terminal. No Qt in here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import cards
from db.errors import NameStands
from db.exchange.contents import Contents, Held, Why
from db.exchange.survey import File, Survey, Thing
from db.kinds import Kind
from desktop import wording

if TYPE_CHECKING:
    from db.exchange.handover import HandOver

_TITLE = 160
_POINTING = (Kind.CITATION, Kind.APPEARANCE, Kind.LINK, Kind.COLLECTION, Kind.CUSTODY, Kind.ATTRIBUTE)
_WHY: Mapping[Why, str] = {
    Why.BY_HAND: "Held back by hand",
    Why.MARKING: "Marked above what the receiver may see",
    Why.CASE: "Its case stays",
    Why.DELETED: "Deleted: its words stay with it",
    Why.INTERNAL: "Notes and tasks stay at the desk",
    Why.OTHER_CASE: "The other case does not leave",
    Why.UNUSED: "Nothing that leaves points at it",
}


@dataclass(frozen=True, slots=True)
class Names:
    """What things are called beside each other."""

    things: Mapping[str, Thing]

    @classmethod
    def of(cls, survey: Survey) -> Names:
        """The names of all that was looked at."""
        return cls({thing.id: thing for thing in survey.things})

    def title(self, thing: Thing) -> str:
        """What a thing is called; for one that says little itself, with what it points at."""
        parts = [thing.title]
        if thing.kind in _POINTING:
            others = (self.things.get(each.id) for each in thing.refers if each.id not in thing.cases)
            parts = [*(other.title for other in others if other), thing.title]
        found = " – ".join(part for part in parts if part)
        return cards.shorten(" ".join(found.split()), _TITLE) or wording.kind(thing.kind)

    def why(self, held: Held) -> str:
        """Why a thing stays."""
        if held.why is Why.NEEDS and held.because in self.things:
            other = self.things[held.because]
            return f"Stays with the {wording.kind(other.kind).lower()} “{self.title(other)}”"
        return _WHY.get(held.why, "Cannot leave alone")

    def places(self, error: NameStands, most: int = 5) -> str:
        """Where a name still stands, one place a line."""
        lines = [self._place(Kind(kind), thing, field) for kind, thing, field in error.places]
        more = [f"… and {len(lines) - most} more"] if len(lines) > most else []
        return "\n".join(lines[:most] + more)

    def _place(self, kind: Kind, thing: str, field: str) -> str:
        name = self.title(self.things[thing]) if thing in self.things else ""
        where = wording.field(kind, field) if field else "in its file"
        return f"{wording.kind(kind)}, {where}: {name}" if where != wording.kind(kind) else f"{where}: {name}"


def earlier(thing: Thing) -> tuple[str, ...]:
    """What a thing said before and says no more, field by field; all of it leaves with its history."""
    said = (w for w in thing.wordings if w.field and not w.now)
    return tuple(f"{wording.field(thing.kind, w.field)}: {w.text}" for w in said)


def betrays(thing: Thing) -> str:
    """What a collection record tells of whoever went there; empty where it names neither identity nor network."""
    told = {each.field for each in thing.wordings if each.field in ("identity", "network")}
    named = [wording.field(thing.kind, name) for name in ("identity", "network") if name in told]
    return f"Tells: {', '.join(named)}" if thing.kind is Kind.COLLECTION and named else ""


def in_file(file: File) -> str:
    """What else stands in the data of a file; empty where that was looked for and there is nothing."""
    found = file.traces
    if not file.here:
        return "Its bytes are not in this casebook"
    if not found.looked:
        searched = file.media_type.startswith("text/")
        return "" if searched else "Cannot be looked into: it may say where, when and by whom it was made"
    parts = (
        f"taken at {found.place}" if found.place else "",
        f"on {found.taken_at}" if found.taken_at else "",
        f"with {found.camera}" if found.camera else "",
    )
    taken = " ".join(part for part in parts if part)
    words = f"written in it: {'; '.join(found.words)}" if found.words else ""
    return ". ".join(part[0].upper() + part[1:] for part in (taken, words) if part)


def people(contents: Contents) -> tuple[str, ...]:
    """The names that leave: actors with their aliases, and the analysts who made what leaves."""
    named = (thing.title for thing in contents.leaving if thing.kind in (Kind.ACTOR, Kind.ALIAS))
    return tuple(dict.fromkeys((*named, *contents.analysts)))


def telling(things: Sequence[Thing], digests: frozenset[str]) -> Iterator[tuple[Thing, str]]:
    """The files that leave and say more than they show, or cannot be looked into."""
    for thing in things:
        if thing.file and thing.file.sha256 in digests and (said := in_file(thing.file)):
            yield thing, said


def written(done: HandOver) -> str:
    """Where a hand-over is, and what is read aloud so that the other desk knows that it has this one."""
    parts = [str(done.path), f"{wording.size(done.size)}, {done.operations} operations, {done.blobs} files"]
    parts += [f"SHA-256\n{done.sha256}"]
    parts += [f"Fingerprint of this desk, to be read aloud\n{done.fingerprint}"] if done.fingerprint else []
    return "\n\n".join(parts)


def total(contents: Contents) -> str:
    """How much leaves, in one line."""
    cases = sum(thing.kind is Kind.CASE for thing in contents.leaving)
    files = len(contents.digests)
    parts = (
        f"{cases} {'case' if cases == 1 else 'cases'}",
        f"{len(contents.leaving)} things",
        f"{files} {'file' if files == 1 else 'files'}",
        f"about {wording.size(contents.size)}",
    )
    return " · ".join(parts)
