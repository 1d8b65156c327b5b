"""Independence: which of the sources that a case cites come from one origin, so that they do not confirm each other.

Two sources have one origin where one derives from the other or both derive from a third, over however many steps, and
whether the case cites those or not; where both are the same page; and where the same file is kept with both. What is
only alike, in wording or in who made it, is a suspicion: it counts when a person says so. That nothing ties two sources
together does not prove that they are independent.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from db import addresses, citations, sources
from db.citations import Citation
from db.progress import SILENT, Progress
from db.sources import Source
from db.store import Store
from db.texts import phrasing
from db.texts.folding import fold
from db.vocabulary import Stance

_ALIKE, _LEAST_WORDS, _LONGEST = 0.85, 5, 3_000
_COMMON = 0.4  # the share of words written alike from which two texts are compared at all


class Tie(StrEnum):
    """Why two sources have one origin, or may have."""

    DERIVATION = "derivation"
    ADDRESS = "address"
    FILE = "file"
    WORDING = "wording"
    MAKER = "maker"


@dataclass(frozen=True, slots=True)
class Work:
    """A source with its number in the case; 0 where the case does not cite it, no title where it is not here."""

    id: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Bond:
    """What ties two sources: `source` derives from `other`, as `derivation` says, or both share a thing."""

    source: Work
    other: Work
    tie: Tie
    derivation: str = ""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Two sources that may have one origin, and what is alike of them; the later one comes first."""

    source: Work
    other: Work
    tie: Tie
    words: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Sources of a case that come from one origin, by number; `bonds` tell why."""

    works: tuple[Work, ...]
    bonds: tuple[Bond, ...]


@dataclass(frozen=True, slots=True)
class Origins:
    """The independent origins of a case; `counts` has how many of them each stance has."""

    groups: tuple[Origin, ...]
    counts: tuple[tuple[Stance, int], ...]
    bonds: tuple[Bond, ...]

    @property
    def cited(self) -> int:
        """How many sources the case cites."""
        return sum(len(group.works) for group in self.groups)

    def of(self, source_id: str) -> Origin | None:
        """The origin of a source; none where the case does not cite it."""
        return next((group for group in self.groups if any(work.id == source_id for work in group.works)), None)

    def bond_of(self, source_id: str) -> Bond | None:
        """What is told beside a source: what it derives from, or else what ties it to a source before it."""
        group = self.of(source_id)
        direct = (b for b in self.bonds if b.tie is Tie.DERIVATION and b.source.id == source_id)
        found = next(direct, None)
        if found or group is None or group.works[0].id == source_id:
            return found
        return next(iter(self.way(source_id, group.works[0].id)), None)

    def way(self, source_id: str, other_id: str) -> tuple[Bond, ...]:
        """The fewest bonds that lead from one source to another; none where they are independent."""
        return _way(_ends(self.bonds), source_id, other_id)


def origins(store: Store, case_id: str) -> Origins:
    """The sources that a case cites, by their origins."""
    cited = {source.id: number for number, source in enumerate(sources.of_case(store, case_id), 1)}
    bonds = tuple(_bonds(store, cited))
    ends = _ends(bonds)
    titles = dict[str, str](store.select(_TITLES, ids=json.dumps(list(cited))))
    groups: list[Origin] = []
    grouped: dict[str, int] = {}
    for source_id in cited:
        if source_id not in grouped:
            reached = _reached(ends, source_id)
            works = tuple(Work(each, n, titles[each]) for each, n in cited.items() if each in reached)
            grouped |= {work.id: len(groups) for work in works}
            groups.append(Origin(works, tuple(_telling(bonds, ends, works))))
    return Origins(tuple(groups), tuple(_counts(citations.of_case(store, case_id), grouped)), bonds)


def suspicions(store: Store, case_id: str, progress: Progress = SILENT) -> tuple[Suspicion, ...]:
    """Pairs of sources that nothing ties together and that are alike: by their words, or by author and publisher.

    Nothing follows from one by itself. What somebody said of two sources already is not told again.
    """
    found = origins(store, case_id)
    works = [(at, work) for at, group in enumerate(found.groups) for work in group.works]
    works.sort(key=lambda each: each[1].number)
    known = {source.id: source for source in sources.of_case(store, case_id)}
    makers = {each: _maker(source) for each, source in known.items()}
    said = _said(store, case_id, known.values())
    alike: list[Suspicion] = []
    for place, (group, later) in enumerate(works):
        progress.step(place, len(works))
        for other_group, other in works[:place]:
            one, two = known[later.id], known[other.id]
            if group == other_group or later.id in two.independent_of or other.id in one.independent_of:
                continue
            words = _same_words(said[later.id], said[other.id])
            made = makers[later.id]
            maker = f"{one.author}, {one.publisher}" if made and made == makers[other.id] else ""
            alike += [Suspicion(later, other, Tie.WORDING, words)] if words else []
            alike += [Suspicion(later, other, Tie.MAKER, maker)] if maker and not words else []
    return tuple(alike)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of a source, folded, and the words in it."""

    text: str
    plain: str
    words: frozenset[str]


def _said(store: Store, case_id: str, known: Iterable[Source]) -> Mapping[str, list[_Text]]:
    """The texts of each source: what is quoted of it, and its title."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for cited in citations.of_case(store, case_id):
        found[cited.source_id] += [cited.quotation, cited.translation]
    for source in known:
        found[source.id].append(source.title)
    return {each: list(map(_text, filter(None, texts))) for each, texts in found.items()}


def _text(text: str) -> _Text:
    plain = fold(text[:_LONGEST])
    return _Text(text, plain, frozenset(plain.split()))


def _same_words(one: Iterable[_Text], other: Sequence[_Text]) -> str:
    """A text of one source that the other has in nearly the same words; empty where there is none."""
    for mine in one:
        for theirs in other:
            fewest = min(len(mine.words), len(theirs.words))
            near = fewest >= _LEAST_WORDS and len(mine.words & theirs.words) >= _COMMON * fewest
            if near and phrasing.compare(mine.plain, theirs.plain).likeness >= _ALIKE:
                return mine.text
    return ""


def _maker(source: Source) -> str:
    """Who made a source, where author and publisher are both known."""
    both = source.author.strip() and source.publisher.strip()
    return f"{fold(source.author)}, {fold(source.publisher)}" if both else ""


def _counts(cited: Iterable[Citation], grouped: Mapping[str, int]) -> Iterator[tuple[Stance, int]]:
    found: defaultdict[Stance, set[int]] = defaultdict(set)
    for each in cited:
        found[each.stance].add(grouped[each.source_id])
    yield from ((stance, len(found[stance])) for stance in Stance if stance in found)


def _telling(bonds: Iterable[Bond], ends: Mapping[str, list[Bond]], works: tuple[Work, ...]) -> Iterator[Bond]:
    """What the sources of an origin derive from, and what else is needed to come from the first to each other one."""
    mine = {work.id for work in works}
    told = dict.fromkeys(b for b in bonds if b.tie is Tie.DERIVATION and b.source.id in mine)
    for work in works[1:]:
        told |= dict.fromkeys(_way(ends, work.id, works[0].id))
    yield from told


_TITLES = "SELECT id, title FROM source WHERE id IN (SELECT value FROM json_each(:ids))"
_DERIVED = """SELECT id, derived_from, derivation FROM source WHERE derived_from > '' AND derived_from <> id
    AND (id IN (SELECT value FROM json_each(:ids)) OR derived_from IN (SELECT value FROM json_each(:ids)))"""
_SHARED = """SELECT DISTINCT a.source_id, b.source_id FROM attachment a JOIN attachment b ON b.sha256 = a.sha256
    WHERE a.source_id IN (SELECT value FROM json_each(:ids)) AND b.source_id > '' AND b.source_id <> a.source_id
    AND a.deleted = 0 AND b.deleted = 0 AND a.size > 0"""


def _bonds(store: Store, cited: Mapping[str, int]) -> list[Bond]:
    """All that ties these sources together, also over sources that nobody cites, or that were deleted since."""
    found: set[tuple[Tie, str, str, str]] = set()
    known, new = set(cited), set(cited)
    while new:
        ids = json.dumps(sorted(new))
        read = {(Tie.DERIVATION, *row) for row in store.select(_DERIVED, ids=ids)}
        read |= {(Tie.FILE, *sorted(row), "") for row in store.select(_SHARED, ids=ids)}
        found |= read
        new = {each for _, one, other, _ in read for each in (one, other)} - known
        known |= new
    found |= set(_same_pages(store, known))
    titles = dict[str, str](store.select(_TITLES, ids=json.dumps(sorted(known))))

    def work(source_id: str) -> Work:
        return Work(source_id, cited.get(source_id, 0), titles.get(source_id, ""))

    made = (Bond(work(one), work(other), tie, derivation) for tie, one, other, derivation in found)
    return sorted((bond if bond.tie is Tie.DERIVATION else _later_first(bond) for bond in made), key=_place)


def _same_pages(store: Store, known: Iterable[str]) -> Iterator[tuple[Tie, str, str, str]]:
    sql = """SELECT id, url, archived_url FROM source
        WHERE id IN (SELECT value FROM json_each(:ids)) AND url || archived_url <> '' ORDER BY id"""
    first: dict[str, str] = {}
    for source_id, *urls in store.select(sql, ids=json.dumps(sorted(known))):
        for address in filter(None, map(addresses.plain, urls)):
            if first.setdefault(address, source_id) != source_id:
                yield Tie.ADDRESS, first[address], source_id, ""


def _later_first(bond: Bond) -> Bond:
    """The bond told of the later source: it is the one that adds nothing."""
    later = _rank(bond.source) > _rank(bond.other)
    return bond if later else Bond(bond.other, bond.source, bond.tie, bond.derivation)


def _rank(work: Work) -> tuple[bool, int, str]:
    return not work.number, work.number, work.id


def _place(bond: Bond) -> tuple[object, ...]:
    return _rank(bond.source), list(Tie).index(bond.tie), _rank(bond.other)


def _ends(bonds: Iterable[Bond]) -> Mapping[str, list[Bond]]:
    """The bonds of each source."""
    found: defaultdict[str, list[Bond]] = defaultdict(list)
    for bond in bonds:
        found[bond.source.id].append(bond)
        found[bond.other.id].append(bond)
    return found


def _across(bond: Bond, source_id: str) -> str:
    return bond.other.id if bond.source.id == source_id else bond.source.id


def _reached(ends: Mapping[str, list[Bond]], start: str) -> set[str]:
    reached, todo = {start}, [start]
    while todo:
        at = todo.pop()
        new = {_across(bond, at) for bond in ends.get(at, ())} - reached
        reached |= new
        todo += new
    return reached


def _way(ends: Mapping[str, list[Bond]], start: str, end: str) -> tuple[Bond, ...]:
    """The bonds from one source to another, the fewest that lead there; none where nothing does."""
    came: dict[str, Bond | None] = {start: None}
    todo = deque([start])
    while todo and end not in came:
        at = todo.popleft()
        for bond in ends.get(at, ()):
            if (other := _across(bond, at)) not in came:
                came[other] = bond
                todo.append(other)
    way, here = [], came.get(end)
    while here is not None:
        way.append(here)
        end = _across(here, end)
        here = came[end]
    return tuple(reversed(way))
