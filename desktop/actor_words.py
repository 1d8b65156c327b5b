"""The words for what is known of an actor: on screen and in a terminal. No Qt in here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from db import portraits
from db.citations import Grade
from db.vocabulary import Credibility, Reliability, Role
from desktop import grades, wording

if TYPE_CHECKING:
    from db.actors import Actor
    from db.attributes import Told
    from db.namesakes import Namesake
    from db.portraits import Mention

NO_SOURCE = "No source given"


def names(actor: Actor) -> Iterator[tuple[str, str]]:
    """The other names of an actor by script, each script with its name."""
    for script, same in portraits.names_by_script(actor.aliases).items():
        yield script.capitalize() or "Other", ", ".join(same)


def said(told: Told) -> str:
    """What a source says of an actor, with the date where there is one."""
    when = wording.when(told.dated)
    return f"{told.value} ({when})" if when else told.value


def basis(told: Told) -> str:
    """Who says it: the source with its date, its grade in the case, and the case."""
    parts = (told.source or NO_SOURCE, wording.when(told.published_on), grade(told), told.reference)
    return " · ".join(filter(None, parts))


def grade(told: Told) -> str:
    """The grade that the source has in the case; empty where the case does not cite it."""
    if not (told.reliability and told.credibility):
        return ""
    return grades.told(Grade(Reliability(told.reliability), Credibility(told.credibility)))


def mention(found: Mention, *, role: bool = True) -> str:
    """Where an actor is named: when, in which role, where, in which case."""
    said = wording.word(Role(found.role)) if found.role and role else ""
    return " · ".join(filter(None, (wording.when(found.when) or "time unknown", said, found.place, found.reference)))


def alike(found: Namesake) -> str:
    """Why two actors may be the same."""
    if found.mine == found.theirs:
        return f"Both go by “{found.mine}”"
    return f"“{found.theirs}” sounds like “{found.mine}”"
