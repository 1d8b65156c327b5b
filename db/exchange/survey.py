"""What could leave with some cases: read once, decided on as often as a person changes their mind."""

from __future__ import annotations

import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from db import blobs, extracts, joints, log, project, traces
from db.citations import Grade
from db.errors import NotFound
from db.fields import FIELDS, OF_A_CASE
from db.kinds import FieldType, Json, Kind
from db.log import Operation
from db.progress import SILENT, Progress
from db.store import Store
from db.texts.folding import fold
from db.traces import Traces
from db.vocabulary import Credibility, Method, Reliability, Tlp

_LONGEST_TEXT = 16 << 20
_ROW = 400  # bytes of an operation beside its body
_TITLES = (
    "name", "title", "text", "label", "rating", "event", "reason", "quotation", "exact", "channel", "url", "note",
)  # fmt: skip
_NAMES: Mapping[Kind, tuple[str, ...]] = {
    Kind.ACTOR: ("name",),
    Kind.ALIAS: ("name",),
    Kind.SOURCE: ("title", "author", "url"),
    Kind.COLLECTION: ("identity", "network"),
}
_HASHES = ("sha256", "evidence_hash", "media_type")
_STEPS = "steps"  # of an attachment


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that leave with a thing; `now` is false for those of its history, `field` empty for those of its file."""

    field: str
    text: str
    now: bool
    folded: str


@dataclass(frozen=True, slots=True)
class Reference:
    """What a thing points at; `needed` where it cannot stand without."""

    kind: Kind
    id: str
    needed: bool


@dataclass(frozen=True, slots=True)
class File:
    """The bytes of an attachment: whether they are here, and what else stands in them.

    `within` is the attachment that they were taken out of, as a file of a mail is.
    """

    sha256: str
    size: int
    media_type: str
    here: bool
    traces: Traces
    within: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing with its whole history: `ops` are its operations by row, `cases` those it belongs to or is used in.

    `takes` are things that go where it goes, such as the source of a citation; `ends` are the verdicts that it
    superseded or withdrew. `names` are what it is known by, wherever that may stand. `tlp` is the highest marking of a
    case that stands.
    """

    kind: Kind
    id: str
    title: str
    deleted: bool
    cases: frozenset[str]
    ops: tuple[int, ...]
    size: int
    analysts: frozenset[str]
    desks: frozenset[str]
    refers: tuple[Reference, ...]
    takes: frozenset[str]
    ends: tuple[str, ...]
    wordings: tuple[Wording, ...]
    names: tuple[str, ...]
    tlp: Tlp | None = None
    file: File | None = None
    grade: Grade | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """All that belongs to some cases or that they point at, as it was at one moment."""

    cases: tuple[str, ...]
    things: tuple[Thing, ...]


def read(store: Store, case_ids: Sequence[str], progress: Progress = SILENT) -> Survey:
    """Read what could leave with these cases; raises `NotFound` for a case that is not there or deleted."""
    with store.snapshot():
        found = _Reading(store, progress)
        found.take_cases(case_ids)
        found.follow()
        things = found.things()
    there = {thing.id for thing in things if not thing.deleted}
    for case_id in case_ids:
        if case_id not in there:
            raise NotFound(Kind.CASE, case_id)
    return Survey(tuple(dict.fromkeys(case_ids)), tuple(_with_files(store, things, progress)))


class _Reading:
    """Goes from the cases to all that they point at."""

    def __init__(self, store: Store, progress: Progress) -> None:
        self._store, self._progress = store, progress
        self._found: dict[str, Thing] = {}
        self._cases: defaultdict[str, set[str]] = defaultdict(set)
        self._takes: defaultdict[str, set[str]] = defaultdict(set)

    def take_cases(self, case_ids: Sequence[str]) -> None:
        chosen = json.dumps(list(case_ids))
        self._load(Kind.CASE, {case_id: {case_id} for case_id in case_ids})
        for kind in OF_A_CASE:
            self._progress.step(OF_A_CASE.index(kind), 2 * len(OF_A_CASE))
            sql = f'SELECT id, case_id FROM "{kind}" WHERE case_id IN (SELECT value FROM json_each(:chosen))'
            self._load(kind, {thing: {case} for thing, case in self._store.select(sql, chosen=chosen)})

    def follow(self) -> None:
        """Take in the sources, actors, ratings and desks that are pointed at, and what those point at."""
        new = list(self._found.values())
        while new:
            wanted: defaultdict[Kind, dict[str, set[str]]] = defaultdict(dict)
            for thing in new:
                for kind, other in self._taken(thing):
                    self._takes[thing.id].add(other)
                    if not self._cases[thing.id] <= self._cases[other]:
                        wanted[kind].setdefault(other, set()).update(self._cases[thing.id])
            new = [thing for kind, others in wanted.items() for thing in self._load(kind, others)]

    def things(self) -> list[Thing]:
        order = {kind: place for place, kind in enumerate(Kind)}
        found = [
            replace(thing, cases=frozenset(self._cases[thing.id]), takes=frozenset(self._takes[thing.id]))
            for thing in self._found.values()
        ]
        return sorted(found, key=lambda thing: (order[thing.kind], thing.id))

    def _load(self, kind: Kind, cases: Mapping[str, set[str]]) -> list[Thing]:
        """Read things of one kind and note in which cases they are used; returns those that are there."""
        for thing, used in cases.items():
            self._cases[thing] |= used
        missing = [thing for thing in cases if thing not in self._found]
        ops = sorted(log.of_things(self._store, missing), key=lambda op: (op.thing, op.generation, op.id))
        for thing, same in groupby(ops, key=lambda op: op.thing):
            self._found[thing] = _thing(kind, thing, list(same))
        return [self._found[thing] for thing in cases if thing in self._found]

    def _taken(self, thing: Thing) -> Iterator[tuple[Kind, str]]:
        """What goes where a thing goes and belongs to no case of its own."""
        yield from ((each.kind, each.id) for each in thing.refers if each.kind not in (Kind.CASE, *OF_A_CASE))
        yield from ((Kind.DESK, desk) for desk in thing.desks)
        if thing.kind is Kind.ACTOR:
            rows = self._store.select("SELECT id FROM alias WHERE actor_id = :actor", actor=thing.id)
            yield from ((Kind.ALIAS, row[0]) for row in rows)
            yield from ((Kind.ACTOR, other) for other in joints.together(self._store, (thing.id,)) - {thing.id})
        if thing.kind is Kind.VERDICT:
            sql = "SELECT id FROM rating WHERE label = :label ORDER BY deleted, id LIMIT 1"
            yield from ((Kind.RATING, row[0]) for row in self._store.select(sql, label=thing.title))


def _thing(kind: Kind, thing: str, ops: list[Operation]) -> Thing:
    state = project.project(ops)
    rows = {op.n: op for op in ops}
    standing = {
        each.name: [
            state.fields.get(each.name),
            *(rows[n].fields[each.name] for n in state.conflicts.get(each.name, ())),
        ]
        for each in FIELDS[kind]
    }
    wordings = tuple(_wordings(kind, ops, standing))
    return Thing(
        kind=kind,
        id=thing,
        title=_title(state.fields),
        deleted=state.deleted,
        cases=frozenset(),
        ops=tuple(rows),
        size=sum(len(op.body or "") + _ROW for op in ops),
        analysts=frozenset(op.analyst for op in ops if op.analyst),
        desks=frozenset(op.desk for op in ops),
        refers=tuple(_references(kind, standing)),
        takes=frozenset(),
        ends=_ends(kind, state.fields),
        wordings=wordings,
        names=tuple(dict.fromkeys(w.text for name in _NAMES.get(kind, ()) for w in wordings if w.field == name)),
        tlp=_marking(standing["tlp"]) if kind is Kind.CASE else None,
        file=_file(state.fields) if kind is Kind.ATTACHMENT else None,
        grade=_grade(state.fields) if kind is Kind.CITATION else None,
    )


def _title(fields: Mapping[str, Json]) -> str:
    if fields.get("reference"):
        return f"{fields['reference']}  {fields.get('title', '')}".rstrip()
    if fields.get("actor_id") and fields.get("value"):  # what a source says of an actor
        return str(fields["value"])
    return next((str(fields[name]) for name in _TITLES if fields.get(name)), "")


def _ends(kind: Kind, fields: Mapping[str, Json]) -> tuple[str, ...]:
    """The verdicts that stand no longer because of this one, or because of this withdrawal."""
    if kind is Kind.WITHDRAWAL:
        return (str(fields.get("verdict_id", "")),)
    superseded = fields.get("supersedes")
    return tuple(map(str, superseded)) if isinstance(superseded, list) else ()


def _references(kind: Kind, standing: Mapping[str, Sequence[Json]]) -> Iterator[Reference]:
    """What the fields of a thing point at now, each of two values that are in conflict included."""
    for each in FIELDS[kind]:
        if each.refers:
            for other in dict.fromkeys(str(value) for value in standing[each.name] if value):
                yield Reference(each.refers, other, each.required)


def _wordings(kind: Kind, ops: Sequence[Operation], standing: Mapping[str, Sequence[Json]]) -> Iterator[Wording]:
    """Every text that a thing says or ever said."""
    plain = {
        each.name: each.type in (FieldType.TEXT, FieldType.WHEN) and not (each.refers or each.words)
        for each in FIELDS[kind]
    }
    plain[_STEPS] = True  # the words in them
    standing = {**standing, _STEPS: [text for value in standing.get(_STEPS, ()) for text in _drawn(value)]}
    seen = set()
    for op in reversed(ops):
        drawn = ((_STEPS, text) for text in _drawn(op.fields.get(_STEPS)))
        for name, value in (*op.fields.items(), ("reason", op.reason), *drawn):
            known = plain.get(name, True) and name not in _HASHES
            if known and isinstance(value, str) and value.strip() and (name, value) not in seen:
                seen.add((name, value))
                yield Wording(name, value, value in standing.get(name, (value,)), fold(value))
    if kind is Kind.COLLECTION:
        yield from _reasons(ops, standing["missing"])


def _reasons(ops: Sequence[Operation], standing: Sequence[Json]) -> Iterator[Wording]:
    """Why something is missing, in the words of whoever said so."""
    now = {reason for pairs in standing for reason in _second(pairs)}
    for reason in dict.fromkeys(reason for op in reversed(ops) for reason in _second(op.fields.get("missing"))):
        yield Wording("missing", reason, reason in now, fold(reason))


def _second(pairs: Json) -> Iterator[str]:
    """The second of each pair of words; anything else may stand there too."""
    for pair in pairs if isinstance(pairs, list | tuple) else ():
        if isinstance(pair, list | tuple) and len(pair) == 2 and isinstance(pair[1], str) and pair[1].strip():
            yield pair[1]


def _drawn(steps: Json) -> Iterator[Json]:
    """The words that somebody put on a picture, as its steps tell them."""
    for step in steps if isinstance(steps, list | tuple) else ():
        if isinstance(step, Mapping):
            yield step.get("text")


def _marking(given: Iterable[Json]) -> Tlp:
    """The highest of the markings that stand; one that is not known here counts as the highest of all."""
    order = list(Tlp)
    return max((Tlp(str(tlp)) if tlp in set(Tlp) else Tlp.RED for tlp in given), key=order.index)


def _grade(fields: Mapping[str, Json]) -> Grade:
    """The grade of a citation; one that is not known here cannot be judged."""
    reliability, credibility = str(fields.get("reliability")), str(fields.get("credibility"))
    return Grade(
        Reliability(reliability) if reliability in set(Reliability) else Reliability.F,
        Credibility(credibility) if credibility in set(Credibility) else Credibility.CANNOT_BE_JUDGED,
    )


def _file(fields: Mapping[str, Json]) -> File:
    within = str(fields.get("derived_from") or "") if fields.get("method") == Method.UNPACKED else ""
    return File(str(fields.get("sha256", "")), 0, str(fields.get("media_type", "")), False, Traces(), within)


def _with_files(store: Store, things: Sequence[Thing], progress: Progress) -> Iterator[Thing]:
    """Look into the attached files; outside the moment of reading, for bytes never change."""
    looked: dict[str, tuple[File, tuple[Wording, ...]]] = {}
    for place, thing in enumerate(things):
        progress.step(len(things) + place, 2 * len(things))
        if thing.file:
            if thing.file.sha256 not in looked:
                looked[thing.file.sha256] = _look(store, thing.file)
            file, inside = looked[thing.file.sha256]
            yield replace(thing, file=replace(file, within=thing.file.within), wordings=thing.wordings + inside)
        else:
            yield thing


def _look(store: Store, file: File) -> tuple[File, tuple[Wording, ...]]:
    try:
        stream = io.BufferedReader(blobs.reader(store, file.sha256))
    except NotFound:
        return file, ()
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    text = stream.read(_LONGEST_TEXT).decode("utf-8", "replace") if file.media_type.startswith("text/") else ""
    stream.seek(0)
    told = extracts.of(store, file.sha256)
    read_out = (told.title, told.text, *(fact.value for fact in told.facts)) if told else ()
    found = traces.read(stream, file.media_type)
    inside = tuple(Wording("", each, True, fold(each)) for each in (text, *read_out, *found.words) if each.strip())
    return replace(file, size=size, here=True, traces=found), inside
