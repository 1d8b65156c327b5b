"""Commands for other desks: handover, keys."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from db import cases, familiar
from db.casebook import Casebook
from db.errors import CasebookError, Missing, NameStands
from db.exchange import contents, keys, peers, survey
from db.exchange.contents import Contents, Held, Order, Why
from db.exchange.keys import Card
from db.exchange.peers import Sight
from db.exchange.survey import Survey
from db.vocabulary import Op
from desktop import custody_words, listing, wording
from desktop.commands.sheet import indented
from desktop.commands.terminal import Exit, answer, bar, complain, opened, passphrase, reading

if TYPE_CHECKING:
    from db.exchange.handover import Closing, HandOver


@dataclass(frozen=True, slots=True)
class Listed:
    """A thing as the command lists it; `why` says why it stays, and is empty where it leaves."""

    kind: str
    id: str
    title: str
    why: str = ""


def hand_over(args: Namespace) -> Exit:
    """Write chosen cases, with all they need, as one small file for another desk; or list what would leave (--plan)."""
    from db.exchange import handover  # noqa: PLC0415 (no other command waits for it)

    with reading(args.file) as book:
        read = survey.read(book, [cases.find(book, reference).id for reference in args.references], bar())
        found = contents.decide(read, _order(args, read))
        names = listing.Names.of(read)
        if args.plan:
            answer(args, [*_leaves(found, names), *_stays(found, names)], "\n".join(map(indented, _plan(found, names))))
        for error in found.broken:
            complain(str(wording.explain(error)))
            if isinstance(error, NameStands):
                complain(names.places(error))
        if found.broken or args.plan:
            return Exit.PROBLEM if found.broken else Exit.DONE
        done = handover.write(book, found, args.output, _closing(args, book), bar())
        party = peers.called(book, _closing(args, book).recipients)
        lines = [str(done.path), listing.total(found), f"SHA-256 {done.sha256}"]
        lines += [f"Fingerprint {done.fingerprint}"] if done.fingerprint else []
        result = {
            "path": done.path, "sha256": done.sha256, "size": done.size, "operations": done.operations,
            "fingerprint": done.fingerprint, "leaves": _leaves(found, names), "stays": _stays(found, names),
        }  # fmt: skip
    if handover.with_bytes(found):
        _write_down(args.file, found, done, party)
    answer(args, result, "\n".join(lines))
    return Exit.DONE


def _write_down(path: Path, found: Contents, done: HandOver, party: str) -> None:
    """Tell the custody of the files that left; the hand-over counts also where that cannot be written."""
    from db.exchange import handover  # noqa: PLC0415

    if not familiar.knows(path):  # what was only read is not made this computer's own for that
        complain(custody_words.UNRECORDED)
        return
    try:
        with opened(path) as book, book.change(Op.HAND_OVER) as change:
            handover.record(change, found, done, party)
    except CasebookError as error:
        complain(f"{wording.explain(error).what} {custody_words.UNRECORDED}")


def _order(args: Namespace, read: Survey) -> Order:
    """What was typed, as an order."""
    freed = {
        held.thing.id
        for held in contents.decide(read, Order()).held
        if (held.why is Why.INTERNAL and args.notes) or (held.why is Why.DELETED and args.deleted)
    }
    held = frozenset(args.hold)
    return Order(args.tlp, held, frozenset(args.hold_bytes), frozenset(freed), held if args.anyway else frozenset())


def _closing(args: Namespace, book: Casebook) -> Closing:
    from db.exchange.handover import Closing  # noqa: PLC0415

    recipients = tuple(key for wanted in args.to for key in peers.recipients(book, wanted))
    words = passphrase(args.passphrase_file)
    return Closing(args.sign, recipients, keys.strong(words) if args.passphrase_file else "")


def _leaves(found: Contents, names: listing.Names) -> list[Listed]:
    return [Listed(thing.kind, thing.id, names.title(thing)) for thing in found.leaving]


def _stays(found: Contents, names: listing.Names) -> list[Listed]:
    return [_held(held, names) for held in found.held]


def _held(held: Held, names: listing.Names) -> Listed:
    return Listed(held.thing.kind, held.thing.id, names.title(held.thing), names.why(held))


def _plan(found: Contents, names: listing.Names) -> Iterator[str]:
    """Everything that would leave and everything that would stay, a line each."""
    yield f"Leaves: {listing.total(found)}"
    for thing in found.leaving:
        old = len(listing.earlier(thing))
        more = f" (and {old} earlier {'wording' if old == 1 else 'wordings'})" if old else ""
        yield f"    {wording.kind(thing.kind)}: {names.title(thing)}{more}  {thing.id}"
    yield "Names that leave: " + "; ".join(listing.people(found))
    for thing, said in listing.telling(found.leaving, found.digests):
        yield f"In the data of {names.title(thing)}: {said}"
    yield "Stays:" if found.held else "Nothing stays."
    for held in found.held:
        yield f"    {wording.kind(held.thing.kind)}: {names.title(held.thing)}  {held.thing.id}"
        yield f"        {names.why(held)}"


def show_keys(args: Namespace) -> Exit:
    """Print the card of this desk and the desks it knows; or take in the card of another desk (--add)."""
    if args.add:
        return _add_card(args, _card(args.add))
    with reading(args.file) as book:
        own, known = keys.own_card(book), peers.known(book)
    lines = [own.text.rstrip(), "", "Known desks:" if known else "No other desk is known yet."]
    lines += [f"    {card.name}  {card.fingerprint}" for card in known]
    answer(args, {"card": own, "fingerprint": own.fingerprint, "known": known}, "\n".join(lines))
    return Exit.DONE


def _card(file: Path) -> Card:
    try:
        return keys.read_card(file.read_text("utf-8", "replace"))
    except OSError as error:
        raise Missing(file) from error


def _add_card(args: Namespace, card: Card) -> Exit:
    with Casebook.open(args.file) as book, book.repair() as writer:
        before = peers.of_desk(writer, card.desk)
        found = peers.meet_card(writer, card)
        if found is Sight.CHANGED and (args.instead or args.beside):
            peers.accept(writer, card, instead=args.instead)
            found = Sight.NEW
    if found is Sight.CHANGED:
        complain("\n".join((*wording.changed_keys(card), *wording.fingerprints(card, before))))
        return Exit.PROBLEM
    words = "is known by these keys already" if found is Sight.KNOWN else "is known now"
    answer(args, {"desk": card.name, "sight": found}, f"{card.name} {words}.\nFingerprint {card.fingerprint}")
    return Exit.DONE
