"""Commands about people: all that is known of an actor."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass

from db import actors, cards, namesakes, portraits
from db.attributes import Contradiction, Told
from db.cards import Card
from db.errors import NotFound
from db.kinds import Kind
from db.namesakes import Namesake
from db.portraits import Mention, Portrait
from desktop import actor_words, wording
from desktop.commands import sheet
from desktop.commands.terminal import Exit, answer, bar, reading


@dataclass(frozen=True, slots=True)
class Known:
    """What is printed of an actor."""

    portrait: Portrait
    may_be: tuple[Namesake, ...]


def show_actor(args: Namespace) -> Exit:
    """Print all that is known of an actor, in every case, and where sources contradict each other."""
    with reading(args.file) as book:
        found = actors.find(book, args.name)
        if found is None:
            raise NotFound(Kind.ACTOR, args.name)
        known = Known(portraits.read(book, found.id), namesakes.find(book, found.id, bar()))
    answer(args, known, _text(known))
    return Exit.DONE


def _text(known: Known) -> str:
    found = known.portrait
    parts = (
        ("", list(_head(found))),
        ("Sources differ", [line for each in found.contradictions for line in _contradiction(each)]),
        ("What sources say", list(map(_told, found.told))),
        ("Appearances", [line for each in found.appearances for line in _mention(each)]),
        ("Claims", [line for each in found.claims for line in _mention(each)]),
        ("Cases", list(map(_case, found.cases))),
        ("May be the same", [f"{each.actor.name}: {actor_words.alike(each)}" for each in known.may_be]),
    )
    return "\n\n".join(sheet.block(title, lines) for title, lines in parts if lines)


def _head(found: Portrait) -> Iterator[str]:
    yield f"{found.actor.name} ({wording.word(found.actor.kind)})"
    yield from (f"{script}: {same}" for script, same in actor_words.names(found.actor))
    if found.parts[1:]:
        yield f"Joined with: {', '.join(part.name for part in found.parts[1:])}"
    yield from (part.note for part in found.parts if part.note)


def _contradiction(found: Contradiction) -> Iterator[str]:
    yield f"{wording.word(found.name)}:"
    for version in found.versions:
        yield f"  {version.value}"
        yield from (f"    {actor_words.basis(told)}" for told in version.told)


def _told(told: Told) -> str:
    return f"{wording.word(told.name)}: {actor_words.said(told)} ({actor_words.basis(told)})"


def _mention(found: Mention) -> Iterator[str]:
    yield actor_words.mention(found)
    yield from ([f"  “{found.words}”"] if found.words else [])


def _case(card: Card) -> str:
    return f"{card.reference}  {cards.shorten(card.title, sheet.WIDTH)} ({' / '.join(card.ratings) or 'No verdict'})"
