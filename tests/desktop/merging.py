"""What the tests of merging in the window share: two desks' files, and jobs that are stopped on their way."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt

from db.casebook import Casebook
from db.incarnation import home
from desktop.jobs import Job, Jobs
from tests import makers
from tests.db.union import unite


@dataclass(frozen=True)
class Files:
    """A casebook of Kabul, one of Peshawar that knows it and went on, and the case that both know."""

    mine: Path
    theirs: Path
    case: str


def two_desks(folder: Path) -> Files:
    """Kabul has one case; Peshawar changed it and opened another with a source, a file and a verdict."""
    with makers.make_book(folder, "kabul") as mine:
        case = makers.make_case(mine, makers.URDU, title="Known to both")
    with makers.make_book(folder, "peshawar", desk="Peshawar desk", code="PSH", analyst="Bilal") as theirs:
        unite(theirs, mine.path)
        makers.edit_case(theirs, case, "Renamed in Peshawar")
        new = makers.make_case(theirs, makers.PASHTO, title="New in Peshawar")
        makers.make_source(theirs, [new], "A register")
        makers.attach(theirs, new, makers.picture(), "their.png")
        makers.give_verdict(theirs, new)
    return Files(mine.path, theirs.path, case)


def settled(path: Path) -> bytes:
    """The bytes of a casebook after it was opened and closed once: opening may put things right."""
    Casebook.open(path).close()
    return path.read_bytes()


def left_behind() -> list[Path]:
    """What lies in the folder of files that are being looked over."""
    folder = home() / "scratch"
    return list(folder.iterdir()) if folder.exists() else []


class Stopper(QObject):
    """Cancels the job with a certain title, before it begins or at its first step."""

    def __init__(self, jobs: Jobs, title: str, *, at_once: bool) -> None:
        super().__init__()
        self._title, self._at_once = title, at_once
        self.stopped: list[str] = []
        jobs.started.connect(self._on_started)

    def _on_started(self, job: Job[object]) -> None:
        if not job.title.startswith(self._title):
            return
        self.stopped.append(job.title)
        if self._at_once:
            job.cancel()
        else:  # on the worker's thread, between two steps of the work
            job.progressed.connect(lambda *_: job.cancel(), Qt.ConnectionType.DirectConnection)
