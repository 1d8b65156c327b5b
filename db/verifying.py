"""Hashing the bytes of attachments again, and writing down what was found."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from db import blobs, custody
from db.change import Change
from db.custody import ERASED, Details
from db.errors import Damaged, NotFound
from db.progress import SILENT, Cancelled, Progress
from db.store import Store
from db.vocabulary import Custody, Outcome

_SCALE = 1000  # bytes of a step of progress
# Bytes should be here where this desk took them in or received them; those of others may have been held back.
_OWED = f"""EXISTS (SELECT 1 FROM op o JOIN chain h ON h.id = o.chain WHERE o.thing = a.id AND o.parents = x''
    AND h.desk = (SELECT value FROM meta WHERE name = 'desk')
    AND NOT EXISTS (SELECT 1 FROM arrival r WHERE o.n BETWEEN r.first_op AND r.last_op))
    OR EXISTS (SELECT 1 FROM custody c WHERE c.attachment_id = a.id AND c.event = '{Custody.RECEIVED}'
    AND {custody.OURS})"""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one attachment: `found` is the SHA-256 of its bytes as they are, empty where there are none."""

    attachment_id: str
    reference: str
    name: str
    sha256: str
    found: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at: `bytes` were read in `seconds`; what was erased here, or never came, is only counted.

    `stopped` says that the person had enough before all was looked at.
    """

    findings: tuple[Finding, ...]
    bytes: int
    erased: int
    elsewhere: int
    seconds: float
    stopped: bool

    def of(self, outcome: Outcome) -> tuple[Finding, ...]:
        """Those that came out like this."""
        return tuple(each for each in self.findings if each.outcome is outcome)

    @property
    def problems(self) -> tuple[Finding, ...]:
        """Those whose bytes are not what they were."""
        return tuple(each for each in self.findings if each.outcome is not Outcome.INTACT)


@dataclass(frozen=True, slots=True)
class _Wanted:
    id: str
    reference: str
    name: str
    sha256: str
    size: int
    owed: bool
    erased: bool


def verify(store: Store, attachment_ids: Sequence[str] | None = None, progress: Progress = SILENT) -> Report:
    """Hash the bytes of these attachments again, or of all that were not removed; for a worker.

    What is told to stop tells what it found until then.
    """
    began = time.monotonic()
    wanted = _wanted(store, attachment_ids)
    here = [each for each in wanted if not each.erased and (each.owed or blobs.is_here(store, each.sha256))]
    erased = sum(each.erased for each in wanted)
    sizes = {each.sha256: each.size for each in here}
    run = _Run(store, progress, sum(sizes.values()))
    findings, stopped = [], False
    try:
        for each in here:
            outcome, found = run.look(each)
            findings.append(Finding(each.id, each.reference, each.name, each.sha256, found, outcome))
    except Cancelled:
        stopped = True
    elsewhere = len(wanted) - len(here) - erased
    return Report(tuple(findings), run.done, erased, elsewhere, time.monotonic() - began, stopped)


def record(change: Change, report: Report) -> None:
    """Write down what was found, for each attachment."""
    for each in report.findings:
        details = Details(outcome=each.outcome, sha256=each.found)
        if custody.belongs(change.writer, each.attachment_id):  # or its case was taken out again with a merge
            custody.record(change, each.attachment_id, Custody.VERIFIED, details)


def _wanted(store: Store, attachment_ids: Sequence[str] | None) -> tuple[_Wanted, ...]:
    chosen = "a.id IN (SELECT value FROM json_each(:ids))" if attachment_ids is not None else "a.deleted = 0"
    sql = f"""SELECT a.id, coalesce(k.reference, '') AS reference, a.name, a.sha256,
        coalesce(b.size, a.size, 0) AS size, {_OWED} AS owed, b.id IS NULL AND a.sha256 IN ({ERASED}) AS erased
        FROM attachment a LEFT JOIN "case" k ON k.id = a.case_id LEFT JOIN blob b ON b.sha256 = a.sha256
        WHERE {chosen} ORDER BY k.reference, a.id"""
    return store.records(_Wanted, sql, ids=json.dumps(list(attachment_ids or ())))


class _Run:
    """Reads each of the bytes once, however many attachments have them."""

    def __init__(self, store: Store, progress: Progress, total: int) -> None:
        self.done = 0
        self._store, self._progress, self._total = store, progress, total
        self._known: dict[str, tuple[Outcome, str]] = {}

    def look(self, wanted: _Wanted) -> tuple[Outcome, str]:
        """How the bytes of one came out, and their SHA-256 now."""
        if wanted.sha256 not in self._known:
            self._known[wanted.sha256] = self._look(wanted.sha256)
        return self._known[wanted.sha256]

    def _look(self, digest: str) -> tuple[Outcome, str]:
        found, read = sha256(), 0
        self._step()
        try:
            stream = blobs.reader(self._store, digest)
            while data := stream.read(blobs.PIECE):
                found.update(data)
                read += len(data)
                self.done += len(data)
                self._step()
        except NotFound:
            return Outcome.MISSING, ""
        except Damaged:  # what can be read of them is other bytes
            return Outcome.ALTERED, found.hexdigest()
        if found.hexdigest() == digest:
            return Outcome.INTACT, digest
        return (Outcome.ALTERED, found.hexdigest()) if read else (Outcome.MISSING, "")

    def _step(self) -> None:
        self._progress.step(self.done // _SCALE, max(1, self._total // _SCALE))
