"""Merging a working copy back into the file that it was made of.

That file is read like any from elsewhere, what is new in it is merged here, and then a complete new one that holds what
both know takes its place. Nothing is ever written into it. Killed at any point, both files are whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from db import backups, erasing, intake, merge, placing, scratch, snapshot, workcopies
from db.change import Notice
from db.errors import Away, FileError, Locked, OtherCasebook
from db.intake import Incoming
from db.kinds import Kind
from db.progress import SILENT, Progress, Share
from db.store import Store, connect
from db.workcopies import WorkCopy

_TURNS = 5


@dataclass(frozen=True, slots=True)
class Back:
    """What merging back did: how many saves went there and came from there, and how many fields are in conflict now."""

    work: WorkCopy
    given: int
    taken: int
    conflicts: int


def merge_back(work: WorkCopy, tell: Callable[[Notice], None], progress: Progress = SILENT) -> Back:
    """Make a working copy and its origin know the same.

    `tell` is called in this thread with the notice of each merge into the copy, for `Casebook.catch_up`. Raises `Away`
    where the place is not there, `OtherCasebook`, or what reading and writing refuse; then the origin is as it was.
    """
    with _reached(work), _copy(work) as store:
        given, taken = workcopies.unmerged(store, work), 0
        for _ in range(_TURNS):
            with _received(work, store, Share(progress, 0, 40)) as incoming:
                seen = incoming.sha256
                taken += _take(work, store, incoming, tell, Share(progress, 40, 50))
            work, done = _give(work, store, seen, Share(progress, 50, 100))
            if done:
                conflicts = store.value("SELECT count(*) FROM (SELECT DISTINCT thing, field FROM conflict)")
                return Back(work, given, taken, conflicts)
    raise Locked(work.origin, "keeps changing")


@contextmanager
def _copy(work: WorkCopy) -> Iterator[Store]:
    with Store(work.copy, connect(work.copy, write=False)) as store:
        yield store


@contextmanager
def _reached(work: WorkCopy) -> Iterator[None]:
    """Let it be told apart whether the file is not there, or the whole place."""
    try:
        yield
    except FileError as error:
        if error.path == work.origin and not work.origin.parent.is_dir():
            raise Away(work.origin, work.place) from error
        raise


@contextmanager
def _received(work: WorkCopy, known: Store, progress: Progress) -> Iterator[Incoming]:
    with intake.receive(work.origin, known, progress) as incoming:
        if incoming.casebook != work.casebook or incoming.purpose:
            raise OtherCasebook(work.origin)
        yield incoming


def _take(work: WorkCopy, store: Store, incoming: Incoming, tell: Callable[[Notice], None], progress: Progress) -> int:
    """Merge what is new in the origin into the copy, after a backup of it; returns how many saves came."""
    backup = ""
    if _brings_anything(incoming, store):
        backup = str(backups.make(store, backups.Why.MERGE, Share(progress, 0, 40)).path)
    merged = merge.apply(work.copy, incoming, Share(progress, 40, 100), backup)
    notice, gone = merged.notice, erasing.follow(work.copy)
    tell(Notice(notice.verb, {**notice.touched, Kind.ATTACHMENT: notice.of(Kind.ATTACHMENT) | gone}))
    if merged.arrival is None:
        return 0
    sql = "SELECT count(DISTINCT save) FROM op WHERE n BETWEEN :first AND :last"
    return int(store.value(sql, first=merged.arrival.first, last=merged.arrival.last))


def _brings_anything(incoming: Incoming, store: Store) -> bool:
    with incoming.reader() as reader:
        for (op,) in reader.select("SELECT id FROM op"):
            if store.one("SELECT 1 FROM op WHERE id = :id", id=op) is None:
                return True
    return False


def _give(work: WorkCopy, store: Store, seen: str, progress: Progress) -> tuple[WorkCopy, bool]:
    """Put a file that knows what the copy knows in the place of the origin, unless that knows it all already.

    Returns the copy as it is to be remembered, and whether both are the same now.
    """
    if seen == work.sha256 and snapshot.extent(store) == (work.merged, work.blobs):
        return work, True
    with scratch.lent() as folder:
        new = folder / work.origin.name
        merged, blobs = snapshot.write(store, new, Share(progress, 0, 30))
        digest = placing.put(new, work.origin, seen, Share(progress, 30, 100))
    if digest is None:
        return work, False
    work = replace(work, merged=merged, blobs=blobs, sha256=digest)
    workcopies.remember(work)
    return work, True
