"""Commands about what desks wrote without seeing each other: conflicts, resolve."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from db import cases, conflicts
from db.casebook import Casebook
from db.change import present
from db.conflicts import DELETED, Conflict, Version
from db.evidence import legible
from db.kinds import Kind
from db.store import Store
from db.vocabulary import Op
from desktop import wording
from desktop.commands.sheet import indented
from desktop.commands.terminal import Exit, answer, reading, saving, say

_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Told:
    """A conflict with the references of the cases that show it."""

    references: tuple[str, ...]
    conflict: Conflict


def list_conflicts(args: Namespace) -> Exit:
    """Print what desks wrote without seeing each other, every version of it; exit code 1 where there is any."""
    with reading(args.file) as book:
        references: dict[str, str] = {}
        found = (_told(book, each, references) for each in conflicts.of_casebook(book))
        number = _as_json(args, found) if args.json else _as_text(found)
    return Exit.PROBLEM if number else Exit.DONE


def _as_json(args: Namespace, found: Iterable[Told]) -> int:
    told = tuple(found)
    answer(args, told, "")
    return len(told)


def _as_text(found: Iterable[Told]) -> int:
    """Print them one by one: after a first merge there may be thousands."""
    number = 0
    for each in found:
        say("\n".join(_lines(each)) + "\n")
        number += 1
    say(f"{number} {'conflict' if number == 1 else 'conflicts'}." if number else "No conflict.")
    return number


def _told(store: Store, conflict: Conflict, references: dict[str, str]) -> Told:
    for case_id in conflict.cases:
        references.setdefault(case_id, cases.one(store, case_id).reference)
    return Told(tuple(references[case_id] for case_id in conflict.cases), conflict)


def _lines(told: Told) -> Iterator[str]:
    conflict = told.conflict
    where = ", ".join(told.references) or "In no case"
    yield f"{conflict.id}  {where}  {wording.place(conflict.kind, conflict.field)}"
    if conflict.kind is not Kind.CASE and conflict.name:
        yield f"    of: {indented(conflict.name)}"
    for version in conflict.versions:
        yield from version_lines(conflict, version)


def version_lines(conflict: Conflict, version: Version) -> Iterator[str]:
    """One version of what is in conflict, line by line."""
    by = f"{version.analyst or 'unnamed'} ({version.desk}), {wording.when(version.made_at)}"
    yield f"    {version.operation[:_DIGITS]}  {by}{', shown now' if version.shown else ''}"
    if conflict.field != DELETED:
        yield f"        {indented(wording.value(conflict.kind, conflict.field, version.told) or '–')}"
    elif version.deletes:
        yield f"        deletes it{f': {indented(version.value)}' if version.value else ''}"
    else:
        yield "        keeps it"
    for said in version.said:
        words = wording.value(conflict.kind, said.field, said.value) or "–"
        yield f"        {wording.field(conflict.kind, said.field)}: {indented(words)}"


def resolve(args: Namespace) -> Exit:
    """Settle a conflict for everybody who merges this later: take one version, or write another."""
    with Casebook.open(args.file) as book:
        conflict = conflicts.find(book, args.conflict)
        with saving(book, Op.RESOLVE_CONFLICT, args.analyst) as change:
            if args.take is None:
                conflicts.settle_as(change, conflict, _typed(conflict, args.text))
            else:
                conflicts.settle(change, conflict, args.take)
        settled = _settled(book, conflict)
    shown = settled.value if conflict.field == DELETED else wording.value(settled.kind, settled.field, settled.value)
    answer(args, settled, f"{wording.place(settled.kind, settled.field)}: {indented(shown or '–')}")
    return Exit.DONE


@dataclass(frozen=True, slots=True)
class Settled:
    """What a field says after a conflict; "kept" or "deleted" where that was the question."""

    conflict: str
    kind: Kind
    thing: str
    field: str
    value: str


def _settled(store: Store, conflict: Conflict) -> Settled:
    kind, thing, name = conflict.kind, conflict.thing, conflict.field
    if name == DELETED:
        value = "deleted" if store.value(f'SELECT deleted FROM "{kind}" WHERE id = :id', id=thing) else "kept"
    else:
        value = legible(store, kind, name, present(store, kind, thing)[name])
    return Settled(conflict.id, kind, thing, name, value)


def _typed(conflict: Conflict, text: str) -> str:
    return wording.language_code(text) if conflict.field == "language" else text
