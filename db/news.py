"""What a stretch of operations brought, case by case: of a merge that was made, or of one that is only a preview."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from db import conflicts, history, identity, log, project, verdicts
from db.conflicts import Conflict
from db.fields import FIELDS, NAMING_AN_ACTOR, OF_A_CASE
from db.kinds import Kind
from db.store import Store

_DAY = timedelta(days=1)
_KINDS = frozenset(Kind)


@dataclass(frozen=True, slots=True)
class CaseNews:
    """What came for one case; `analysts` and `desks` say from whom, `latest` the newest claimed time.

    `custody` counts the operations that only tell what happened to files: where all do, the case is as it was.
    """

    case_id: str
    reference: str
    title: str
    is_new: bool
    is_deleted: bool
    operations: int
    conflicts: int
    verdicts_differ: bool
    analysts: tuple[str, ...]
    desks: tuple[str, ...]
    latest: str
    custody: int = 0

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing came but what happened to its files."""
        return self.custody == self.operations


@dataclass(frozen=True, slots=True)
class News:
    """What came altogether.

    `loose` are things that stand in no case, `unknown` operations that only a newer Claimdesk can show, `own` those
    said to be of this very desk, `home` those that change what this desk says of itself or its rating scale, `future`
    those dated more than a day ahead, `forked` the desks of whose chains there are two continuations.
    """

    cases: tuple[CaseNews, ...]
    operations: int
    things: int
    loose: tuple[str, ...]
    unknown: int
    own: int
    home: int
    future: int
    forked: tuple[str, ...]

    @property
    def conflicts(self) -> int:
        """How many fields stand in conflict."""
        return sum(case.conflicts for case in self.cases)


@dataclass(frozen=True, slots=True)
class Called:
    """What a thing is called; the reference is of the case that it stands in, if it does."""

    kind: str
    name: str
    reference: str


@dataclass(slots=True)
class _Gathered:
    """What came for one case, while it is counted."""

    operations: int = 0
    custody: int = 0
    conflicts: int = 0
    kinds: set[str] = field(default_factory=set)
    analysts: dict[str, None] = field(default_factory=dict)
    desks: dict[str, None] = field(default_factory=dict)
    latest: str = ""


def of(store: Store, first: int, last: int) -> News:
    """The news of the operations from `first` to `last`, newest case first."""
    own, future, unknown, operations = 0, 0, 0, 0
    home = store.value("SELECT value FROM meta WHERE name = 'desk'")
    ahead = identity.iso(identity.now() + _DAY)
    of_thing: dict[str, _Gathered] = {}
    by_kind: dict[str, set[str]] = {}
    sql = """SELECT o.thing, o.kind, o.analyst, o.made_at, o.body, c.desk, coalesce(d.name, c.desk) FROM op o
        JOIN chain c ON c.id = o.chain LEFT JOIN desk d ON d.id = c.desk WHERE o.n BETWEEN :first AND :last"""
    for thing, kind, analyst, made_at, body, desk, desk_name in store.stream(sql, first=first, last=last):
        operations += 1
        own += desk == home
        future += made_at > ahead
        unknown += not _is_known(kind, body)
        by_kind.setdefault(kind, set()).add(thing)
        gathered = of_thing.setdefault(thing, _Gathered())
        gathered.operations += 1
        gathered.analysts[analyst] = gathered.desks[desk_name] = None
        gathered.latest = max(gathered.latest, made_at)
    for thing, count in _conflicts(store, of_thing):
        of_thing[thing].conflicts = count
    by_case, loose = _by_case(store, by_kind, of_thing)
    cases = [_case(store, case_id, found, first, last) for case_id, found in by_case.items()]
    cases.sort(key=lambda case: (case.latest, case.case_id), reverse=True)
    changed = sum(of_thing[thing].operations for thing in _of_home(store, home) if thing in of_thing)
    forked = _forked(store, first, last)
    return News(tuple(cases), operations, len(of_thing), loose, unknown, own, changed, future, forked)


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict that stands: by whom, at which desk, when."""

    rating: str
    analyst: str
    desk: str
    decided_on: str


@dataclass(frozen=True, slots=True)
class Brought:
    """What came for a case: its saves with old and new values, newest first, and what stands in conflict there.

    `verdicts` are those that stand, newest first, where they differ.
    """

    entries: tuple[history.Entry, ...]
    conflicts: tuple[Conflict, ...] = ()
    verdicts: tuple[Judged, ...] = ()


def brought(store: Store, news: News, case_id: str, first: int, last: int) -> Brought:
    """What came for a case; with an empty id, what came for things that stand in none."""
    if not case_id:
        return Brought(loose_entries(store, news, first, last))
    return Brought(entries(store, case_id, first, last), conflicts.of_case(store, case_id), _judged(store, case_id))


def _judged(store: Store, case_id: str) -> tuple[Judged, ...]:
    stand = verdicts.opinions(store, case_id)
    if len({opinion.rating for opinion in stand}) < 2:
        return ()
    desks: dict[str, str] = dict(store.select("SELECT id, name FROM desk"))
    made = {each.id: log.of_thing(store, each.id) for each in stand}
    at = {verdict: desks.get(ops[0].desk, ops[0].desk) for verdict, ops in made.items() if ops}
    return tuple(Judged(each.rating, each.analyst, at.get(each.id, ""), each.decided_on) for each in stand)


def entries(store: Store, case_id: str, first: int, last: int) -> tuple[history.Entry, ...]:
    """What came for a case, with old and new values, newest first."""
    return history.of_case(store, case_id, range(first, last + 1))


def loose_entries(store: Store, news: News, first: int, last: int) -> tuple[history.Entry, ...]:
    """What came for things that stand in no case: actors, sources, what desks say of themselves."""
    return history.of_things(store, news.loose, range(first, last + 1))


def _of_home(store: Store, home: str) -> set[str]:
    """What this desk says of itself: its record, its scale, the labels of it."""
    sql = """SELECT id FROM desk WHERE id = :home UNION SELECT id FROM scale WHERE desk_id = :home
        UNION SELECT r.id FROM rating r JOIN scale s ON s.id = r.scale_id WHERE s.desk_id = :home"""
    return {thing for (thing,) in store.select(sql, home=home)}


def standing_conflicts(store: Store) -> int:
    """How many fields of the whole casebook stand in conflict."""
    return int(store.value("SELECT count(*) FROM (SELECT DISTINCT thing, field FROM conflict)"))


def called(store: Store, things: Iterable[tuple[str, str]]) -> tuple[Called, ...]:
    """What things, given as kind and id, are called, and in which case they stand."""
    return tuple(_called(store, kind, thing) for kind, thing in things)


def _called(store: Store, kind: str, thing: str) -> Called:
    ops = log.of_thing(store, thing) if kind in _KINDS else []
    if not ops:
        return Called(kind, "", "")
    fields = project.project(ops).fields
    case_id = thing if kind == Kind.CASE else fields.get("case_id")
    reference = store.value('SELECT reference FROM "case" WHERE id = :id', id=case_id) or ""
    return Called(kind, history.called(store, Kind(kind), fields), reference)


def _is_known(kind: str, body: str) -> bool:
    if kind not in _KINDS:
        return False
    known = {each.name: each for each in FIELDS[Kind(kind)]}
    fields = json.loads(body)["set"] if body else {}
    return all(name in known and known[name].admits(value) for name, value in fields.items())


def _conflicts(store: Store, things: Iterable[str]) -> list[tuple[str, int]]:
    sql = """SELECT thing, count(DISTINCT field) FROM conflict
        WHERE thing IN (SELECT value FROM json_each(:things)) GROUP BY thing"""
    return [(thing, count) for thing, count in store.select(sql, things=json.dumps(list(things)))]


_CASES: Mapping[Kind, str] = {
    **{kind: f'SELECT id, case_id FROM "{kind}" WHERE id IN (SELECT value FROM json_each(:ids))' for kind in OF_A_CASE},
    Kind.CASE: 'SELECT id, id FROM "case" WHERE id IN (SELECT value FROM json_each(:ids))',
    Kind.SOURCE: """SELECT DISTINCT source_id, case_id FROM citation
        WHERE source_id IN (SELECT value FROM json_each(:ids))""",
    Kind.ACTOR: " UNION ".join(
        f"SELECT {field}, case_id FROM {kind} WHERE {field} IN (SELECT value FROM json_each(:ids))"
        for kind, field in NAMING_AN_ACTOR
    ),
    Kind.ALIAS: " UNION ".join(
        f"""SELECT a.id, t.case_id FROM alias a JOIN {kind} t ON t.{field} = a.actor_id
        WHERE a.id IN (SELECT value FROM json_each(:ids))"""
        for kind, field in NAMING_AN_ACTOR
    ),
}


def _by_case(
    store: Store, by_kind: Mapping[str, set[str]], of_thing: Mapping[str, _Gathered]
) -> tuple[dict[str, _Gathered], tuple[str, ...]]:
    """What came, by the cases that show it; and the things that no case shows."""
    by_case: dict[str, _Gathered] = {}
    shown: set[str] = set()
    for kind, things in by_kind.items():
        sql = _CASES.get(Kind(kind)) if kind in _KINDS else None
        for thing, case_id in store.select(sql, ids=json.dumps(sorted(things))) if sql else ():
            shown.add(thing)
            into, found = by_case.setdefault(case_id, _Gathered()), of_thing[thing]
            into.operations += found.operations
            into.custody += found.operations if kind == Kind.CUSTODY else 0
            into.conflicts += found.conflicts
            into.kinds.add(kind)
            into.analysts |= found.analysts
            into.desks |= found.desks
            into.latest = max(into.latest, found.latest)
    return by_case, tuple(sorted(of_thing.keys() - shown))


def _case(store: Store, case_id: str, found: _Gathered, first: int, last: int) -> CaseNews:
    sql = """SELECT c.reference, coalesce(nullif(c.title, ''), (SELECT text FROM claim WHERE case_id = :case
        AND deleted = 0 AND parent_id IS NULL ORDER BY id LIMIT 1), ''), c.deleted,
        EXISTS (SELECT 1 FROM op WHERE thing = :case AND parents = x'' AND n BETWEEN :first AND :last)
        FROM "case" c WHERE c.id = :case"""
    reference, title, deleted, is_new = store.one(sql, case=case_id, first=first, last=last) or ("", "", 0, 0)
    judged = found.kinds & {Kind.VERDICT, Kind.WITHDRAWAL}
    differ = bool(judged) and len({opinion.rating for opinion in verdicts.opinions(store, case_id)}) > 1
    counts = found.operations, found.conflicts, differ
    return CaseNews(
        case_id, reference, title, bool(is_new), bool(deleted), *counts, tuple(found.analysts), tuple(found.desks),
        found.latest, found.custody,
    )  # fmt: skip


def _forked(store: Store, first: int, last: int) -> tuple[str, ...]:
    """The desks of chains in which an operation that came stands beside another with the same number."""
    sql = """SELECT DISTINCT coalesce(d.name, c.desk) FROM op a JOIN op b ON b.chain = a.chain AND b.number = a.number
        AND b.id <> a.id JOIN chain c ON c.id = a.chain LEFT JOIN desk d ON d.id = c.desk
        WHERE a.n BETWEEN :first AND :last"""
    return tuple(name for (name,) in store.select(sql, first=first, last=last))
