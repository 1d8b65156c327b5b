"""The words for people: one place for what is said on screen, on paper and in a terminal. No Qt in here."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from db import times
from db.check import Problem, Report
from db.errors import Ambiguous, Away, CasebookError, FileError, Invalid, NameStands, NotFound, SharedPlace, Unconfirmed
from db.evidence import Difference
from db.exchange.keys import Card
from db.exchange.vocabulary import Fate, Medium, Table
from db.fields import field_of
from db.kinds import FieldType, Kind
from db.vocabulary import Op
from desktop import origin_words, place_words, remedies, step_words, words
from desktop.dossier.options import Unprintable

if TYPE_CHECKING:
    from db.exchange.imports import Plan
    from db.exchange.offer import Offer
    from db.history import Entry
    from db.losses import Losses
    from db.shelf import Backup

_OFFERED: Mapping[Table, tuple[str, str]] = MappingProxyType(
    {Table.CASES: ("case", "cases"), Table.SOURCES: ("citation", "citations")}
)
_NOT_ONE = "Give it 2, or cite a source that is independent of these."
_MOMENTS = frozenset({"decided_on", "captured_at", "done_at", "file_time"})
_WORKS, _REVIEWS = ("source", "sources"), ("fact check", "fact checks")
UNTOLD = frozenset({"case_id", "evidence", "evidence_hash", "supersedes", "position", "sha256"})  # fields for programs


@dataclass(frozen=True, slots=True)
class Explanation:
    """What happened, what is safe, and what to do next, each in a sentence or two."""

    what: str
    safe: str
    todo: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.safe, self.todo) if part)


def explain(error: CasebookError) -> Explanation:
    """What a reported error means to the person at the desk."""
    match error:
        case NotFound():
            where = "of" if error.kind == "backup" else "in"
            what = f"There is no {_thing(error.kind)} “{error.wanted}” {where} this casebook."
            gone = "settled" if error.kind == "conflict" else "deleted"
            return Explanation(what, remedies.UNCHANGED, f"Check the spelling; it may also have been {gone}.")
        case Ambiguous():
            named = f"the reference “{error.wanted}”" if error.kind == "case" else f"an id beginning “{error.wanted}”"
            what = f"Several {error.kind}s have {named}."
            return Explanation(what, remedies.UNCHANGED, f"Say which one: {', '.join(error.choices)}.")
        case Invalid():
            return _of_value(error)
        case Unprintable():
            what = f"No font of Claimdesk has these characters: {', '.join(error.characters)}."
            return Explanation(what, "No dossier was written.", "Have them printed as their code points instead.")
        case FileError():
            return _of_file(error)
    return _of_rule(error)


def _of_value(error: Invalid) -> Explanation:
    if isinstance(error, Unconfirmed):
        return Explanation(origin_words.unconfirmed(error), "The grade was not changed.", _NOT_ONE)
    what, todo = remedies.INVALID.get(error.problem, ("“{field}” cannot be kept like this.", "Change it."))
    names = {"field": field_name(error.field), "value": error.value}
    return Explanation(what.format_map(names), "Nothing was saved.", todo.format_map(names))


def _of_rule(error: CasebookError) -> Explanation:
    """An error whose words need no more than its facts."""
    facts = {**vars(error), "count": places(len(error.places)) if isinstance(error, NameStands) else ""}
    return Explanation(*(part.format_map(facts) for part in remedies.RULES.get(type(error), remedies.REFUSED)))


def _of_file(error: FileError) -> Explanation:
    detail = remedies.DETAILS.get(error.detail, error.detail)
    names = {"file": error.path.name or str(error.path), "path": error.path, "detail": detail}
    if isinstance(error, SharedPlace | Away):
        names["place"] = place_words.place(error.place)
    of_class = (remedies.FILES[each] for each in type(error).__mro__ if each in remedies.FILES)
    parts = next(
        of_class, ("Something is wrong with “{file}” ({detail}).", remedies.FILE_UNTOUCHED, "Look at the file.")
    )
    return Explanation(*(part.format_map(names) for part in parts))


def places(count: int) -> str:
    """How many places, in words."""
    return "in one place" if count == 1 else f"in {count} places"


def files(count: int) -> str:
    """How many files, in words."""
    return f"{count} {'file' if count == 1 else 'files'}"


def _thing(of: str) -> str:
    known = {"blob": "stored file", "rating": "rating", "arrival": "merge"}
    return known.get(of) or (kind(Kind(of)).lower() if of in set(Kind) else of)


def verb(op: str) -> str:
    """What a save did, as its history tells it; a verb of a newer Claimdesk is said to be one."""
    try:
        return words.OPS[Op(op)][0]
    except ValueError:
        return f"Did something that only a newer Claimdesk knows (“{op}”)"


def undo_label(op: Op) -> str:
    """What would be taken back or done again, to stand after "Undo" or "Redo"."""
    return words.OPS[op][1]


def changed(entry: Entry) -> str:
    """What a save changed, in a few words: the thing that came or went, or the fields."""
    named = [edit for edit in entry.edits if not edit.field and (edit.new or edit.old)]
    if named:
        return " ".join((named[0].new or named[0].old).split())[:160]
    return ", ".join(dict.fromkeys(field(e.kind, e.field) for e in entry.edits if e.field and e.field not in UNTOLD))


def kind(of: Kind) -> str:
    """What a thing is called."""
    return words.KINDS.get(of) or of.capitalize()


def field(of: Kind, name: str) -> str:
    """What a field of a kind is called."""
    return words.FIELDS_OF.get((of, name)) or field_name(name)


def field_name(name: str) -> str:
    """What a field is called where its kind is not known."""
    return words.FIELDS.get(name) or name.replace("_", " ").capitalize()


def place(of: Kind, name: str) -> str:
    """Which field of which kind of thing is meant."""
    thing, label = kind(of), field(of, name)
    return label if label == thing else f"{thing}, {label}"


def word(member: StrEnum) -> str:
    """A word of a vocabulary as people read it; Admiralty grades carry the words of their scale."""
    return words.WORDS.get(type(member), {}).get(member) or member.capitalize()


def value(of: Kind, name: str, stored: str) -> str:
    """The value of a field as history tells it, in words where it comes from a vocabulary."""
    try:
        each = field_of(of, name)
    except Invalid:
        return stored
    if each.type is FieldType.FLAG:
        return "Yes" if stored == "true" else "No"
    if each.type is FieldType.JSON:
        return _list(of, name, stored)
    if each.words and stored in set(each.words):
        return word(each.words(stored))
    if name == "language":
        return language(stored)
    return when(stored) if each.type is FieldType.WHEN or name in _MOMENTS else stored


def _list(of: Kind, name: str, stored: str) -> str:
    """A list in words: what was done, or which fields are empty and why; of others, how many there are."""
    if name != "missing":
        return step_words.told(stored) if name == "steps" else _items(stored)
    try:
        return "\n".join(f"{field(of, name)}: {reason}" for name, reason in json.loads(stored or "[]"))
    except (ValueError, TypeError, RecursionError):  # from another desk's file
        return stored


def _items(stored: str) -> str:
    """How many there are in a list; what is none stays as it is."""
    try:
        count = len(json.loads(stored)) if stored else 0
    except (ValueError, TypeError, RecursionError):  # from another desk's file
        return stored
    return f"{count} {'item' if count == 1 else 'items'}"


def problem(found: Problem) -> str:
    """What a check found, and where."""
    return f"{words.PROBLEMS.get(found.what, found.what)}: {found.where}"


def when(text: str) -> str:
    """A stored moment, date, month or a range of them in words, the same in every locale; other words stay."""
    for mark in ("..", "/"):
        first, found, last = text.partition(mark)
        if found and times.parse(text).known:
            return f"{_one_time(first.strip())} – {_one_time(last.strip())}"
    return _one_time(text)


def _one_time(text: str) -> str:
    """Moments as `identity.iso` writes them, or what `times.parse` knows."""
    iso = text.strip().removesuffix("Z")[:19]
    if not times.parse(iso).known:
        return text
    year, month, day, clock = iso[:4], iso[5:7], iso[8:10], iso[11:16]
    date = " ".join(part for part in (day.lstrip("0"), month and words.MONTHS[int(month) - 1], year) if part)
    return f"{date}, {clock} UTC" if clock else date


def size(count: int) -> str:
    """A number of bytes for people, in units of a thousand."""
    if count < 1000:
        return f"{count} {'byte' if count == 1 else 'bytes'}"
    scaled = float(count)
    for unit in ("kB", "MB", "GB"):
        scaled /= 1000
        if round(scaled, 1) < 1000:
            return f"{scaled:.1f} {unit}"
    return f"{scaled / 1000:.1f} TB"


def exact_size(count: int) -> str:
    """A number of bytes for people, and to the byte."""
    return f"{size(count)} ({count:,} bytes)" if count >= 1000 else size(count)


def saves(found: Losses) -> str:
    """How many saves one copy of a casebook has that another has not, and in how many cases."""
    cases = sum(bool(each.case_id) for each in found.cases)
    where = f" in {cases} {'case' if cases == 1 else 'cases'}" if cases else ""
    return f"{found.saves} {'save' if found.saves == 1 else 'saves'}{where}"


def backup(found: Backup) -> str:
    """What a backup holds, in figures."""
    cases = f"{found.cases} {'case' if found.cases == 1 else 'cases'}"
    return f"{cases}, {found.operations} operations, {size(found.size)}"


def difference(found: Difference) -> str:
    """What of the evidence is not what it was when a verdict was sealed."""
    thing = kind(found.kind)
    if found.field:
        old, new = (value(found.kind, found.field, text) or "(empty)" for text in (found.old, found.new))
        return f"{place(found.kind, found.field)}: “{old}” is now “{new}”"
    named = "" if (found.new or found.old) == found.id else f": “{found.new or found.old}”"
    return f"{thing} {'added' if found.new else 'removed'}{named}"


def report(found: Report) -> str:
    """What a check of the whole casebook looked at and found, in figures."""
    bad = {each.what for each in found.problems}
    verified = "verified" if not bad & {"operation", "chain"} else "NOT as written"
    equal = "equal" if "projection" not in bad else "NOT equal"
    whole = "verified" if not bad & {"blob", "attachment"} else "NOT as written"
    lines = [
        f"Operations: {found.operations} in {found.chains} {'chain' if found.chains == 1 else 'chains'}, {verified}",
        f"Projection: {found.things} things rebuilt from the log, {equal}",
        f"Blobs: {found.blobs} ({size(found.blob_bytes)}) for {found.attachments} attachments, {whole}",
        *(
            [f"Erased for good: {found.erased} {'attachment' if found.erased == 1 else 'attachments'}"]
            if found.erased
            else []
        ),
        *([f"Not in this copy: {found.absent} that another desk keeps and refers to"] if found.absent else []),
        *(f"Problem: {problem(each)}" for each in found.problems),
        f"{len(found.problems)} problems found." if found.problems else "No problem found.",
    ]
    return "\n".join(lines)


def why(offered: Offer) -> str:
    """Why a thing from elsewhere is not new; nothing for one that is."""
    if offered.refused:
        return explain(Invalid(offered.refused.field, offered.refused.problem, offered.refused.value)).what
    return f"It is {offered.here} in this casebook." if offered.here else ""


def parts_of(found: Plan) -> str:
    """What the parts of a thing in a file are called."""
    return "Fields" if found.medium in (Medium.RIS, Medium.CSL) else "Columns"


def _of_json(medium: Medium) -> tuple[str, str]:
    return _WORKS if medium in (Medium.RIS, Medium.CSL) else _REVIEWS


def plan(found: Plan) -> str:
    """How many things a file has, and what would become of them."""
    one, many = _OFFERED[found.table] if found.medium is Medium.CSV else _of_json(found.medium)
    new, here, refused = (len(found.of(fate)) for fate in Fate)
    parts = [f"{new} new {one if new == 1 else many}"]
    parts += [f"{here} here already"] if here else []
    parts += [f"{refused} refused"] if refused else []
    return ", ".join(parts) + "."


def changed_keys(card: Card) -> tuple[str, str, str]:
    """What is said, and loudly, when a desk comes with other keys than those it is known by."""
    return (
        f"THE KEYS OF “{card.name}” HAVE CHANGED",
        "This may be another computer of that desk, or somebody who only says that they are that desk.",
        "Call them on a number that you knew before, and have them read their fingerprint aloud.",
    )


def in_two(fingerprint: str) -> str:
    """A fingerprint on two lines."""
    groups = fingerprint.split()
    return "\n".join(" ".join(half) for half in (groups[:4], groups[4:]))


def fingerprints(card: Card, known: Sequence[Card]) -> tuple[str, ...]:
    """The fingerprints that a desk is known by, and the new one, to be compared."""
    return (*(f"Known  {each.fingerprint}" for each in known), f"New    {card.fingerprint}")


def language(code: str) -> str:
    """The name of a language that is kept as its code (BCP 47); other words stay as they were typed."""
    return words.LANGUAGES.get(code.lower(), code)


def language_code(name: str) -> str:
    """The code of a language named by a person; other words stay as they were typed."""
    typed = name.strip().casefold()
    return next((code for code, known in words.LANGUAGES.items() if known.casefold() == typed), name.strip())
