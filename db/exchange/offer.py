"""One thing of a file from elsewhere, and what would become of it here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from db.errors import Invalid
from db.exchange.reviews import ReviewDraft
from db.exchange.rows import Refusal, Row
from db.exchange.sheets import plain
from db.exchange.vocabulary import Fate
from db.sources import SourceDraft
from db.vocabulary import Tlp

W = TypeVar("W", bound=StrEnum)
_ALSO: Mapping[str, str] = MappingProxyType({"white": Tlp.CLEAR})  # its name until TLP 2.0


@dataclass(frozen=True, slots=True)
class Offer:
    """`line` is where it begins in a table, or its number in a file; `here` the case or source that has it already."""

    line: int
    name: str
    text: str
    fate: Fate
    draft: Row | ReviewDraft | SourceDraft | None = None
    here: str = ""
    refused: Refusal | None = None


def refused(line: int, name: str, text: str, error: Invalid) -> Offer:
    """Something that cannot be taken, and why."""
    return Offer(line, name, text, Fate.REFUSED, refused=Refusal(error.field, error.problem, error.value))


def word(words: type[W], field: str, said: str, otherwise: W) -> W:
    """The word of a vocabulary that a cell says in any case and with any signs; raises `Invalid` for any other."""
    wanted = plain(said).removeprefix("tlp ")
    if not said.strip():
        return otherwise
    for member in words:
        if plain(_ALSO.get(wanted, wanted)) == plain(member):
            return member
    raise Invalid(field, "vocabulary", said)
