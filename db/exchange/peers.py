"""The desks that are known by their keys: the first sight of one is trusted, a change is never taken in silence."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from db.errors import Invalid
from db.exchange.keys import RECIPIENT, Card
from db.exchange.seal import Signature
from db.identity import iso, now
from db.store import Store, Writer


class Sight(StrEnum):
    """How the keys of a desk look beside those that it is known by."""

    NEW = "new"
    KNOWN = "known"
    CHANGED = "changed"


def known(store: Store) -> tuple[Card, ...]:
    """The cards of all known desks by name; a desk that works on several computers has one for each."""
    sql = "SELECT desk, name, signing_key, recipient FROM peer ORDER BY name COLLATE NOCASE, known_since, signing_key"
    return store.records(Card, sql)


def of_desk(store: Store, desk: str) -> tuple[Card, ...]:
    """The cards by which one desk is known."""
    return tuple(card for card in known(store) if card.desk == desk)


def sight(store: Store, card: Card) -> Sight:
    """How these keys look beside those that the desk is known by; nothing is written."""
    there = [(each.signing_key, each.recipient) for each in of_desk(store, card.desk)]
    if not there:
        return Sight.NEW
    return Sight.KNOWN if (card.signing_key, card.recipient) in there else Sight.CHANGED


def meet(writer: Writer, signature: Signature) -> Sight:
    """Look at who signed a file and trust whoever is seen for the first time; changed keys are left to a person."""
    return meet_card(writer, signature.card)


def meet_card(writer: Writer, card: Card) -> Sight:
    """The same for a card that somebody sent."""
    found = sight(writer, card)
    if found is Sight.NEW:
        _add(writer, card)
    return found


def accept(writer: Writer, card: Card, *, instead: bool) -> None:
    """Trust changed keys, as a person decided: instead of those that were known, or beside them as another computer."""
    if instead:
        forget(writer, card.desk)
    _add(writer, card)


def forget(writer: Writer, desk: str) -> None:
    """Know a desk no longer."""
    writer.execute("DELETE FROM peer WHERE desk = :desk", desk=desk)


def named(store: Store, wanted: str) -> tuple[Card, ...]:
    """The cards of the known desk with this name, id or key; raises `Invalid` when there is none or several desks."""
    plain = wanted.strip().casefold()
    found = [
        card
        for card in known(store)
        if plain in (card.name.casefold(), card.desk.casefold(), card.signing_key, card.recipient)
    ]
    if len({card.desk for card in found}) != 1:
        raise Invalid("desk", "peer", wanted)
    return tuple(found)


def recipients(store: Store, wanted: str) -> tuple[str, ...]:
    """The keys to seal with for a desk that is known by this name, or for a key that is given itself."""
    if RECIPIENT.fullmatch(wanted.strip()):
        return (wanted.strip(),)
    return tuple(card.recipient for card in named(store, wanted))


def called(store: Store, keys: Sequence[str]) -> str:
    """The names of the known desks that these keys to seal with are of; empty where none is known."""
    return ", ".join(dict.fromkeys(card.name for card in known(store) if card.recipient in keys))


def _add(writer: Writer, card: Card) -> None:
    writer.execute(
        """INSERT OR REPLACE INTO peer (desk, name, signing_key, recipient, known_since)
        VALUES (:desk, :name, :key, :recipient, :since)""",
        desk=card.desk,
        name=card.name,
        key=card.signing_key,
        recipient=card.recipient,
        since=iso(now()),
    )
