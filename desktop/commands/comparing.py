"""Commands that compare cases and their pictures: alike, seen, link, unlink."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import cases, links
from db.casebook import Casebook
from db.cases import Case
from db.links import Link
from db.vocabulary import Op, Relation
from desktop import reasons
from desktop.commands import sheet
from desktop.commands.terminal import Exit, answer, bar, complain, reading, saving

if TYPE_CHECKING:
    from db.likeness import Suggestion
    from db.pictures.seen import Sighting


@dataclass(frozen=True, slots=True)
class Alike:
    """What is known and what may be of the cases that have the claim of one."""

    reference: str
    links: tuple[Link, ...]
    same: tuple[str, ...]
    suggestions: tuple[Suggestion, ...]
    pictures_not_compared: int


def alike(args: Namespace) -> Exit:
    """Print the cases that have the same claim as a case, and those that may have, with the reasons."""
    from db import likeness  # noqa: PLC0415 (no other command looks for likeness)
    from db.pictures import fingerprints  # noqa: PLC0415 (no other command looks for likeness)

    with reading(args.file) as book:
        case = cases.find(book, args.reference)
        found = Alike(
            case.reference,
            links.of_case(book, case.id),
            tuple(cases.one(book, other).reference for other in links.same_as(book, case.id)),
            likeness.suggest(book, case.id, bar()),
            fingerprints.not_drawn(book),
        )
    answer(args, found, "\n\n".join(_told(found)))
    return Exit.DONE


@dataclass(frozen=True, slots=True)
class Seen:
    """Where else one picture of a case stands."""

    attachment_id: str
    name: str
    sightings: tuple[Sighting, ...]


def seen(args: Namespace) -> Exit:
    """Print where else in the casebook the pictures of a case stand, be they scaled, cut, mirrored or saved anew."""
    from db import attachments  # noqa: PLC0415 (no other command looks at pictures)
    from db.pictures import drawn  # noqa: PLC0415 (no other command looks at pictures)
    from db.pictures.seen import seen_before  # noqa: PLC0415

    with Casebook.open(args.file) as book:
        case = cases.find(book, args.reference)
        if book.writable:
            attachments.draw_small(book.path, [attachments.one(book, each) for each in drawn.waiting(book)], bar())
        looked = [Seen(a.id, a.name, seen_before(book, a.id)) for a in attachments.of_case(book, case.id)]
        waiting = len(drawn.waiting(book))
    found = tuple(each for each in looked if each.sightings)
    blocks = [sheet.block(each.name, [_sighted(one, case.id) for one in each.sightings]) for each in found]
    blocks = blocks or [f"No picture of {case.reference} was seen before."]
    answer(args, found, "\n\n".join([*blocks, *([reasons.not_compared(waiting)] if waiting else [])]))
    return Exit.DONE


def _sighted(found: Sighting, case_id: str) -> str:
    from desktop import seen_words  # noqa: PLC0415

    place = "this case" if found.case_id == case_id else " ".join(filter(None, (found.reference, found.title)))
    return f"{seen_words.HOW[found.how]}: {found.name} in {place}"


def link(args: Namespace) -> Exit:
    """Say of two cases that their claim is the same, or that it is not; both keep their references."""
    with Casebook.open(args.file) as book:
        case, other = cases.find(book, args.reference), cases.find(book, args.other)
        with saving(book, Op.LINK_CASES, args.analyst) as change:
            links.link(change, case.id, other.id, args.relation, args.reason)
    _confirm(args, case, other, args.relation)
    return Exit.DONE


def unlink(args: Namespace) -> Exit:
    """Take back what was said of two cases."""
    with Casebook.open(args.file) as book:
        case, other = cases.find(book, args.reference), cases.find(book, args.other)
        with saving(book, Op.UNLINK_CASES, args.analyst) as change:
            found = links.unlink(change, case.id, other.id)
    if not found:
        complain(f"Nobody has compared {case.reference} with {other.reference}.")
        return Exit.NOT_FOUND
    _confirm(args, case, other, None)
    return Exit.DONE


def _confirm(args: Namespace, case: Case, other: Case, relation: Relation | None) -> None:
    said = {
        Relation.SAME: "the same claim as",
        Relation.DIFFERENT: "another claim than",
        None: "no longer compared with",
    }
    value = {"reference": case.reference, "other": other.reference, "relation": relation}
    answer(args, value, f"{case.reference}: {said[relation]} {other.reference}")


def _told(found: Alike) -> Iterable[str]:
    over = [reference for reference in found.same if reference not in {each.reference for each in found.links}]
    parts = (
        ("Compared", [line for each in found.links for line in sheet.link(each)]),
        ("The same claim over another case", over),
        ("May have the same claim", [line for each in found.suggestions for line in _suggested(each)]),
    )
    told = [sheet.block(title, lines) for title, lines in parts if lines]
    yield from told or [f"No case like {found.reference} was found."]
    if found.pictures_not_compared:
        yield reasons.not_compared(found.pictures_not_compared)


def _suggested(found: Suggestion) -> Iterable[str]:
    yield f"{found.reference}  {found.title}"
    yield from (f"  {reason}" for reason in reasons.full(found))
