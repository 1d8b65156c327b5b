"""Case cards: one row a case, kept ready for a list of a hundred thousand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from db import conflicts, links, notes, search, verdicts
from db.cases import REFERENCE
from db.fields import OF_A_CASE
from db.kinds import Kind
from db.store import Row, Store, Writer
from db.texts.folding import fold
from db.vocabulary import Priority, Status, Tlp

PAGE = 100
_COUNTED = 20_000
_NEAR = 500
_DEARER, _DEARER_THAN_WORDS = 5, 50  # what a card found by an index costs, in cards that a walk tests
_TITLE = 160
_CLAIM = 400
_STATUSES = tuple(Status)
_PRIORITIES = tuple(Priority)


@dataclass(frozen=True, slots=True)
class Card:
    """A case as the list shows it.

    `verdicts` counts those that stand, `rating` has a line for each that differs; `same` counts the cases found to
    have its claim.
    """

    case_id: str
    reference: str
    title: str
    claim: str
    status: Status
    priority: Priority
    tlp: Tlp
    assignee: str
    due: str
    rating: str
    rating_value: float | None
    verdicts: int
    stale: bool
    tags: str
    sources: int
    conflicts: int
    changed_at: str
    same: int = 0

    @property
    def ratings(self) -> tuple[str, ...]:
        """What the verdicts that stand say; more than one where they differ."""
        return tuple(self.rating.split("\n")) if self.rating else ()


class Sort(StrEnum):
    """What a list of cases is sorted by; the value is the column of its key."""

    REFERENCE = "reference_key"
    TITLE = "title_key"
    STATUS = "status_rank"
    PRIORITY = "priority_rank"
    ASSIGNEE = "assignee"
    RATING = "rating"
    SOURCES = "sources"
    DUE = "due_key"
    CHANGED = "changed_at"


class Unsettled(StrEnum):
    """What waits in a case for a person to settle it; the value is the condition on its card."""

    CONFLICTS = "conflicts > 0"
    VERDICTS = "verdicts > 1"
    STALE = "stale = 1"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which cases a list shows; what is empty does not narrow it. `rating` "-" asks for cases without a verdict."""

    text: str = ""
    status: str = ""
    rating: str = ""
    tag: str = ""
    assignee: str = ""
    unsettled: Unsettled | None = None


@dataclass(frozen=True, slots=True)
class Facets:
    """What there is to choose from in the filters."""

    ratings: tuple[str, ...]
    tags: tuple[str, ...]
    assignees: tuple[str, ...]


_COLUMNS = """case_id, reference, title, claim, status, priority, tlp, assignee, due, rating, rating_value, verdicts,
    stale, tags, sources, conflicts, same, changed_at"""


def page(
    store: Store,
    sort: Sort,
    descending: bool = False,
    only: Filter = Filter(),
    after: Card | None = None,
    most: int = PAGE,
) -> tuple[Card, ...]:
    """The next cards of the list after the given one, `most` of them at most."""
    plan = _plan(store, only, most)
    order = "DESC" if descending else "ASC"
    values, beyond = dict(plan.values), ""
    if after is not None:
        than = "<" if descending else ">"
        beyond = f" AND ({sort}, case_id) {than} ((SELECT {sort} FROM case_card WHERE case_id = :after), :after)"
        values["after"] = after.case_id
    if plan.near:
        ids = f"""SELECT case_id FROM (SELECT * FROM case_card WHERE 1{beyond}
            ORDER BY {sort} {order}, case_id {order} LIMIT {_NEAR}) AS case_card WHERE {plan.near}"""
        near = _cards(store, ids, f"ORDER BY +{sort} {order}, case_id {order} LIMIT {most}", values)
        if len(near) == most:
            return near
    led = "" if plan.walk else "+"  # keeps SQLite off the index of the order
    ids = f"""SELECT case_id FROM case_card WHERE {plan.where}{beyond}
        ORDER BY {led}{sort} {order}, case_id {order} LIMIT {most}"""
    return _cards(store, ids, f"ORDER BY +{sort} {order}, case_id {order}", values)


def _cards(store: Store, ids: str, order: str, values: dict[str, object]) -> tuple[Card, ...]:
    """The cards of these ids; narrow rows were sorted to find them, before the wide ones are read."""
    return store.records(Card, f"SELECT {_COLUMNS} FROM case_card WHERE case_id IN ({ids}) {order}", **values)


def some(store: Store, case_ids: Iterable[str]) -> tuple[Card, ...]:
    """The cards of these cases, in no order."""
    return tuple(
        card
        for case_id in case_ids
        for card in store.records(Card, f"SELECT {_COLUMNS} FROM case_card WHERE case_id = :id", id=case_id)
    )


def count(store: Store, only: Filter = Filter(), most: int = 1 << 40) -> int:
    """How many cases the filter leaves; no more than `most` are counted."""
    plan = _plan(store, only, most)
    sql = f"SELECT count(*) FROM (SELECT 1 FROM case_card WHERE {plan.where} LIMIT {most})"
    return int(store.value(sql, **plan.values))


def facets(store: Store) -> Facets:
    """What the cases have that a list can be narrowed by."""

    def distinct(column: str) -> tuple[str, ...]:
        # a walk along the index from value to value: a plain DISTINCT reads every case
        sql = f"""WITH RECURSIVE each(x) AS (SELECT min({column}) FROM case_card WHERE {column} > ''
            UNION ALL SELECT (SELECT min({column}) FROM case_card WHERE {column} > x) FROM each WHERE x IS NOT NULL)
            SELECT x FROM each WHERE x IS NOT NULL"""
        return tuple(row[0] for row in store.select(sql))

    ratings = sorted({label for rating in distinct("rating") for label in rating.split("\n")})
    return Facets(tuple(ratings), notes.all_tags(store), distinct("assignee"))


@dataclass(frozen=True, slots=True)
class _Condition:
    """One way to narrow the list: SQL, and a SELECT with about as many rows as there are such cards."""

    sql: str
    rows: str


@dataclass(frozen=True, slots=True)
class _Plan:
    """How a filter is best answered.

    `walk` goes through the list in its order and tests each card, else the rarest condition leads to the cards, which
    are sorted then. Where words are so common that the first cards of the list most likely have enough of them,
    `near` tests the texts of those few, instead of gathering every case that has the words.
    """

    where: str
    walk: bool
    near: str
    values: dict[str, object]


def _plan(store: Store, only: Filter, wanted: int) -> _Plan:
    """SQLite cannot know which way is quicker: it keeps no statistics, and none would tell how common a word is."""
    conditions, values = _conditions(only)
    if not conditions:
        return _Plan("1", True, "", values)
    total = store.value("SELECT count(*) FROM case_card")
    rows = [store.value(f"SELECT count(*) FROM ({c.rows} LIMIT {_COUNTED})", **values) for c in conditions]
    walked = float(wanted)
    for number in rows:
        walked *= total / max(number, 1)
    best, words = rows.index(min(rows)), bool(only.text.strip())
    dearer = _DEARER_THAN_WORDS if words and len(rows) == 1 else _DEARER
    walk = min(walked, total) < rows[best] * dearer
    parts = [c.sql if n == best and not walk else f"+{c.sql}" for n, c in enumerate(conditions)]
    near = ""
    if words and rows[-1] == _COUNTED:
        holds, more = search.holds(only.text)
        values |= more
        found = f"EXISTS (SELECT 1 FROM search_text s WHERE s.case_id = case_card.case_id AND {holds})"
        near = " AND ".join([*(f"+{c.sql}" for c in conditions[:-1]), found])
    return _Plan(" AND ".join(parts), walk, near, values)


_LINE = "instr(char(10) || rating || char(10), char(10) || :rating || char(10))"
_RATED = f"(rating = :rating OR ({Unsettled.VERDICTS} AND :rating <> '' AND {_LINE}))"


def _conditions(only: Filter) -> tuple[list[_Condition], dict[str, object]]:
    """What narrows the list; the words come last."""
    status = _STATUSES.index(Status(only.status)) if only.status else 0
    rating = "" if only.rating == "-" else only.rating
    values: dict[str, object] = {"status": status, "rating": rating, "assignee": only.assignee}
    same = (
        (only.status, "status_rank = :status"), (only.rating, _RATED), (only.assignee, "assignee = :assignee"),
        (only.unsettled, only.unsettled),
    )  # fmt: skip
    conditions = [_Condition(sql, f"SELECT 1 FROM case_card WHERE {sql}") for chosen, sql in same if chosen and sql]
    if only.tag:
        tagged = "SELECT case_id FROM tag WHERE name = :tag AND deleted = 0"
        conditions.append(_Condition(f"case_id IN ({tagged})", tagged))
        values["tag"] = only.tag
    if only.text.strip():
        ids, found = search.places(only.text)
        of_cases = f"""SELECT s.case_id FROM ({ids}) f
            CROSS JOIN search_text s INDEXED BY search_text_place ON s.id = f.id"""
        conditions.append(_Condition(f"case_id IN ({of_cases})", ids))
        values |= found
    return conditions, values


_DRAWN = (
    "case_id, reference, reference_key, title, title_key, claim, status, status_rank, priority, priority_rank, tlp, "
    "assignee, due, due_key, rating, rating_value, verdicts, stale, tags, sources, conflicts, same, changed_at"
)


def refresh(writer: Writer, case_id: str) -> None:
    """Draw the card of a case anew; a deleted case has none."""
    new = _draw(writer, case_id)
    old = writer.one(f"SELECT {_DRAWN} FROM case_card WHERE case_id = :id", id=case_id)
    if new is None:
        writer.execute("DELETE FROM case_card WHERE case_id = :id", id=case_id)
    elif old is None:
        writer.execute_row(f"INSERT INTO case_card ({_DRAWN}) VALUES ({', '.join('?' * len(new))})", new)
    else:  # only what is new, so that only its indexes are written
        changed = {name: n for name, n, o in zip(_DRAWN.split(", "), new, old, strict=True) if n != o}
        if changed:
            sets = ", ".join(f"{name} = :{name}" for name in changed)
            writer.execute(f"UPDATE case_card SET {sets} WHERE case_id = :id", id=case_id, **changed)


def _draw(store: Store, case_id: str) -> Row | None:
    case = store.one(
        f"""SELECT {REFERENCE}, c.title, c.status, c.priority, c.tlp, c.assignee, c.due, c.due_earliest,
        c.changed_at, (SELECT text FROM claim WHERE case_id = c.id AND deleted = 0 AND parent_id IS NULL
            ORDER BY id LIMIT 1), (SELECT count(DISTINCT t.source_id) FROM citation t JOIN source s
            ON s.id = t.source_id WHERE t.case_id = c.id AND t.deleted = 0 AND s.deleted = 0)
        FROM "case" AS c WHERE c.id = :id AND c.deleted = 0""",
        id=case_id,
    )
    if case is None:
        return None
    reference, title, status, priority, tlp, assignee, due, due_earliest, changed, claim, sources = case
    standing = verdicts.standing(store, case_id)
    shown = shorten(title or claim or "", _TITLE)
    return (
        case_id, reference, _reference_key(reference), shown, fold(shown), shorten(claim or "", _CLAIM),
        status, _STATUSES.index(Status(status)), priority, _PRIORITIES.index(Priority(priority)), tlp, assignee,
        due, due_earliest or ("9" if not due else "8"),
        "\n".join(dict.fromkeys(" ".join(verdict.rating.split()) for verdict in standing)),
        standing[0].value if standing else None, len(standing), int(any(v.stale for v in standing)),
        "\n".join(notes.tags_of_case(store, case_id)), sources,
        conflicts.count(store, case_id), len(links.directly_same(store, case_id)), _changed(store, case_id, changed),
    )  # fmt: skip


def shorten(text: str, length: int) -> str:
    """The beginning of a text on one line, cut at a word, with an ellipsis where it was cut."""
    line = " ".join(text[: length * 4].split())
    if len(line) <= length:
        return line
    return (line[:length].rpartition(" ")[0] or line[:length]) + "…"


def _reference_key(reference: str) -> str:
    return "-".join(part.zfill(9) if part.isdigit() else part for part in reference.split("-"))


def _changed(store: Store, case_id: str, changed: str) -> str:
    """When anything that belongs to the case was changed last; to verify a file is no change."""
    told = [kind for kind in OF_A_CASE if kind is not Kind.CUSTODY]
    parts = " UNION ALL ".join(f'SELECT max(changed_at) FROM "{kind}" WHERE case_id = :case' for kind in told)
    return max(changed, *(row[0] or "" for row in store.select(parts, case=case_id)))
