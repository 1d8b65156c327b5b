"""What a dossier says, read from the casebook in one go. Pictures are named by hash and read when printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace

from db import (
    actors,
    attachments,
    attributes,
    blobs,
    cases,
    citations,
    claims,
    confirmation,
    conflicts,
    desks,
    evidence,
    heads,
    independence,
    links,
    log,
    notes,
    scales,
    sources,
    timeline,
    verdicts,
)
from db.actors import Actor
from db.attachments import Attachment
from db.cases import Case
from db.citations import Citation
from db.claims import Claim
from db.desks import Desk
from db.errors import NotFound
from db.evidence import Difference
from db.heads import Head
from db.independence import Tie
from db.kinds import Kind
from db.scales import Rating
from db.sources import Source
from db.store import Store
from db.timeline import Moment
from db.verdicts import Verdict
from db.vocabulary import Attribute, Stance, Tlp


@dataclass(frozen=True, slots=True)
class Handling:
    """One save that concerned an attachment, with the hash of the operation that proves it."""

    made_at: str
    analyst: str
    desk: str
    verb: str
    operation: str


@dataclass(frozen=True, slots=True)
class Exhibit:
    """An attachment with its number in the case and its history; `present` says that its bytes are here."""

    number: int
    attachment: Attachment
    handlings: tuple[Handling, ...]
    present: bool


@dataclass(frozen=True, slots=True)
class Given:
    """A verdict with what has changed since in the evidence it rests on."""

    verdict: Verdict
    changes: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class SameClaim:
    """Another case on the same claim; `agreed` says that no desk found otherwise.

    Nothing of it is told but its reference, and its verdicts where its marking allows.
    """

    reference: str
    agreed: bool
    ratings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disputed:
    """A field that is printed in one version, while others stand in conflict with it."""

    kind: Kind
    field: str


@dataclass(frozen=True, slots=True)
class Derived:
    """What a source derives from, and how; `title` is that of one that the case does not cite."""

    source_id: str
    derivation: str
    other_id: str
    title: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a source says of an actor; `title` is that of a source that the case does not cite."""

    actor_id: str
    name: Attribute
    value: str
    dated: str
    source_id: str
    title: str


@dataclass(frozen=True, slots=True)
class Weight:
    """How much stands behind the evidence: independent origins, all of them and by stance, and 1s that do not hold."""

    origins: int
    stances: tuple[tuple[Stance, int], ...]
    derived: tuple[Derived, ...]
    unconfirmed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All that is printed of one case. The place of a source in `sources` is its number."""

    case: Case
    tags: tuple[str, ...]
    claims: tuple[Claim, ...]
    actors: tuple[Actor, ...]
    moments: tuple[Moment, ...]
    citations: tuple[Citation, ...]
    sources: tuple[Source, ...]
    exhibits: tuple[Exhibit, ...]
    verdicts: tuple[Given, ...]
    same_claims: tuple[SameClaim, ...]
    disputed: tuple[Disputed, ...]
    evidence_hash: str
    weight: Weight
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """One or more cases as a casebook knows them at the time of its last operation, `state`."""

    desk: Desk
    state: str
    heads: tuple[Head, ...]
    ratings: tuple[Rating, ...]
    cases: tuple[CaseFile, ...]


_OWN = ((Kind.CASE, "assignee"), (Kind.CASE, "due"), (Kind.CASE, "priority"))  # the desk's own affair: not printed


def gather(store: Store, case_ids: Sequence[str]) -> Dossier:
    """Read these cases in one state of the casebook; raises `NotFound` for a case that is not there."""
    with store.snapshot():
        ends = heads.heads(store)
        files = tuple(_case(store, case_id) for case_id in dict.fromkeys(case_ids))
        given = {each.verdict.rating for file in files for each in file.verdicts}
        return Dossier(
            desks.home(store),
            max((head.made_at for head in ends), default=""),
            ends,
            tuple(rating for rating in scales.ratings(store) if rating.label in given),
            files,
        )


def strings(part: object) -> Iterator[str]:
    """Every text in a part of a dossier."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from strings(each)
    elif is_dataclass(part):
        for field in fields(part):
            yield from strings(getattr(part, field.name))


def _case(store: Store, case_id: str) -> CaseFile:
    return CaseFile(
        replace(cases.one(store, case_id), assignee="", due=""),
        notes.tags_of_case(store, case_id),
        claims.of_case(store, case_id),
        actors.of_case(store, case_id),
        timeline.moments(store, case_id),
        citations.of_case(store, case_id),
        sources.of_case(store, case_id),
        _exhibits(store, case_id),
        tuple(_given(store, verdict) for verdict in verdicts.of_case(store, case_id)),
        tuple(_same_claims(store, case_id)),
        tuple(_disputed(store, case_id)),
        evidence.root(evidence.seal(store, case_id)),
        _weight(store, case_id),
        tuple(_said(store, case_id)),
    )


def _weight(store: Store, case_id: str) -> Weight:
    found = independence.origins(store, case_id)
    known = {source.id for source in sources.of_case(store, case_id)}
    derived = tuple(
        Derived(bond.source.id, bond.derivation, bond.other.id, "" if bond.other.number else bond.other.title)
        for bond in found.bonds
        if bond.tie is Tie.DERIVATION and bond.source.id in known
    )
    lost = confirmation.lost(store, case_id, found)
    return Weight(len(found.groups), found.counts, derived, tuple(lost))


def _said(store: Store, case_id: str) -> Iterator[Said]:
    known = {source.id for source in sources.of_case(store, case_id)}
    for actor in actors.of_case(store, case_id):
        for each in attributes.of_actor(store, actor.id):
            if each.case_id == case_id:
                title = "" if each.source_id in known else each.source
                yield Said(actor.id, each.name, each.value, each.dated, each.source_id, title)


def _disputed(store: Store, case_id: str) -> Iterator[Disputed]:
    for each in conflicts.of_case(store, case_id):
        if (each.kind, each.field) not in _OWN and each.kind not in (Kind.NOTE, Kind.TASK, Kind.LINK):
            yield Disputed(each.kind, each.field)


def _given(store: Store, verdict: Verdict) -> Given:
    moved = verdict.stale and verdict.standing is verdicts.Standing.STANDS
    return Given(verdict, verdicts.changes_since(store, verdict.id) if moved else ())


def _same_claims(store: Store, case_id: str) -> Iterator[SameClaim]:
    """The verdict of another case is told where that case is marked no stricter than this one."""
    marking = list(Tlp).index(cases.one(store, case_id).tlp)
    agreed = set(links.same_as(store, case_id))
    differing = {link.other_id for link in links.of_case(store, case_id) if link.relation is None}
    for other in sorted((cases.one(store, each) for each in agreed | differing), key=lambda case: case.reference):
        told = verdicts.standing(store, other.id) if list(Tlp).index(other.tlp) <= marking else ()
        yield SameClaim(other.reference, other.id in agreed, tuple(dict.fromkeys(each.rating for each in told)))


def _exhibits(store: Store, case_id: str) -> tuple[Exhibit, ...]:
    names: dict[str, str] = dict(store.select("SELECT id, name FROM desk"))
    return tuple(
        Exhibit(number, each, _handlings(store, each.id, names), _present(store, each.sha256))
        for number, each in enumerate(attachments.of_case(store, case_id), 1)
    )


def _handlings(store: Store, attachment_id: str, desk_names: Mapping[str, str]) -> tuple[Handling, ...]:
    ops = sorted(log.of_thing(store, attachment_id), key=lambda op: (op.made_at, op.generation, op.id))
    return tuple(Handling(op.made_at, op.analyst, desk_names.get(op.desk, op.desk), op.verb, op.id.hex()) for op in ops)


def _present(store: Store, digest: str) -> bool:
    try:
        blobs.reader(store, digest)
    except NotFound:
        return False
    return True
