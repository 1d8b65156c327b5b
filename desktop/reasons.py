"""The words for why two cases may have the same claim, and for what was found of it. No Qt in here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop import wording

if TYPE_CHECKING:
    from db.likeness import Suggestion
    from db.links import Finding, Link
    from db.pictures.fingerprints import SamePicture
    from db.texts.phrasing import Phrase

_LONGEST = 80


def brief(found: Suggestion) -> tuple[str, ...]:
    """The reasons of a suggestion in a few words each, what tells most first."""
    pictures = sorted({_sort_of(picture) for picture in found.pictures})
    addresses = ["same web address"] if found.addresses else []
    return (*pictures, *addresses, *_wording(found.phrase))


def full(found: Suggestion) -> tuple[str, ...]:
    """The reasons of a suggestion, with which picture and which web address is meant."""
    pictures = (f"{_sort_of(each)}: {_names(each)}" for each in found.pictures)
    addresses = (f"same web address: {_short(address)}" for address in found.addresses)
    return tuple(f"{each[0].upper()}{each[1:]}" for each in (*pictures, *addresses, *_wording(found.phrase)))


def relation(link: Link) -> str:
    """What was found of two cases."""
    return wording.word(link.relation) if link.relation else "Desks differ"


def finding(found: Finding) -> str:
    """What one desk found: the relation, by whom and when, and why."""
    by = f"{wording.word(found.relation)}: {found.analyst}, {found.desk}, {wording.when(found.made_at)}"
    return f"{by}. {found.reason}" if found.reason else by


def not_compared(count: int) -> str:
    """That some pictures of the casebook were not compared; empty where all were."""
    if not count:
        return ""
    if count == 1:
        return "1 picture in this casebook was not compared yet: it is drawn when its case is opened."
    return f"{count:,} pictures in this casebook were not compared yet: they are drawn when their cases are opened."


def _short(address: str) -> str:
    return address if len(address) <= _LONGEST else f"{address[: _LONGEST - 1]}…"


def _sort_of(picture: SamePicture) -> str:
    if picture.equal:
        return "same file"
    return "same picture, mirrored" if picture.mirrored else "same picture"


def _names(picture: SamePicture) -> str:
    if picture.name == picture.other_name:
        return picture.name
    return f"{picture.name} here, {picture.other_name} there"


def _wording(phrase: Phrase) -> Iterator[str]:
    if phrase.share:
        yield f"{phrase.share:.0%} of the wording".replace("%", " %")
    if phrase.numbers:
        yield f"same number{'s' * (len(phrase.numbers) > 1)} {_numbers(phrase.numbers)}"
    elif phrase.here and phrase.there:
        yield f"other numbers: {_numbers(phrase.here)} here, {_numbers(phrase.there)} there"


def _numbers(numbers: tuple[str, ...]) -> str:
    return " and ".join(f"{int(number):,}" for number in numbers)
