"""What the forms of the case page edit: drafts with names typed by a person in place of ids."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, TypeVar

from db.vocabulary import ActorKind, Role

D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class ClaimText:
    """A claim as typed."""

    text: str = ""
    language: str = ""
    translation: str = ""
    claimant: str = ""
    claimed_on: str = ""


@dataclass(frozen=True, slots=True)
class AppearanceText:
    """An appearance as typed."""

    actor: str = ""
    role: Role = Role.ORIGIN
    channel: str = ""
    url: str = ""
    seen_on: str = ""
    quotation: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ActorText:
    """An actor as typed, with its other names."""

    name: str = ""
    kind: ActorKind = ActorKind.PERSON
    aliases: tuple[str, ...] = ()
    note: str = ""


def of(draft: type[D], record: Any) -> D:  # noqa: ANN401 (any record that has the draft's fields)
    """The fields of a record that a draft has."""
    return draft(**{each.name: getattr(record, each.name) for each in fields(draft)})  # type: ignore[arg-type]
