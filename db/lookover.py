"""A file that this computer does not know: looked over, then made our own in its place, or shown from a private copy.

Of the file itself only verified operations and blobs are used; every table is drawn anew by our own code.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from db import entrance, familiar, intake, merge, migrate, places, placing, scratch
from db.casebook import Casebook
from db.entrance import Closed
from db.errors import Locked, Untrusted
from db.intake import Incoming
from db.places import Place
from db.progress import SILENT, Progress, Share
from db.scratch import Folder
from db.store import connect, transaction

_VERSION = slice(60, 64)  # where the header has the number of the schema


@dataclass(frozen=True, slots=True)
class Looked:
    """What became of a file: `file` is what can be opened now. `closed` says why that is a copy, in `folder`, to read.

    Of some cases that were handed over nothing was made: there is no file.
    """

    origin: Path
    place: Place
    casebook: str
    desk: str
    cases_only: bool = False
    file: Path | None = None
    closed: Closed | None = None
    folder: Folder | None = None

    def throw_away(self) -> None:
        """Throw away the private copy, where there is one, which is not wanted, or what is left where it lay."""
        if self.folder:
            self.folder.throw_away()


def look_over(path: Path, progress: Progress = SILENT, *, write: bool = True) -> Looked:
    """Look a file over and make what can be opened of it; raises what `intake.receive` and `placing.put` do.

    Where nobody wants to write, the file stays as it is, and a private copy is made.
    """
    path = path.absolute()
    place, closed = places.of(path), None
    with intake.receive(path, None, Share(progress, 0, 50)) as incoming:
        facts = (path, place, incoming.casebook, incoming.desk)
        if incoming.purpose:
            return Looked(*facts, cases_only=True)
        closed = _closed(path, place) or (None if write else Closed.ASKED)
        with_rest = Share(progress, 50, 100)
        if closed is None:
            _make_own(incoming, path, with_rest)
            return Looked(*facts, file=path)
        folder = _copied(incoming, path.name, with_rest)
    return Looked(*facts, file=folder.path / path.name, closed=closed, folder=folder)


def _copied(incoming: Incoming, name: str, progress: Progress) -> Folder:
    """A private folder with a casebook of what was verified."""
    folder = scratch.take()
    try:
        build(incoming, folder.path / name, progress)
    except BaseException:
        folder.throw_away()
        raise
    return folder


def build(incoming: Incoming, target: Path, progress: Progress = SILENT) -> None:
    """Make a new casebook file of what was verified: the same casebook of the same desk."""
    try:
        entrance.found(target, incoming.casebook, incoming.desk)
        merge.apply(target, incoming, progress)
        connection = connect(target, write=True)
        try:
            with transaction(connection, target) as writer:
                if not writer.one("SELECT 1 FROM desk WHERE id = :desk", desk=incoming.desk):
                    raise Untrusted(incoming.path, "meta")  # a casebook of nobody: its desk has never said its name
                writer.execute("DELETE FROM arrival")  # it did not come to this casebook: it is this casebook
        finally:
            connection.close()
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _closed(path: Path, place: Place) -> Closed | None:
    """Why a file cannot be made our own where it is."""
    if place.shared:
        return Closed.SHARED_PLACE
    if path.stat().st_nlink > 1:
        return Closed.TWO_NAMES
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return Closed.READ_ONLY_PLACE
    with path.open("rb") as file:
        newer = int.from_bytes(file.read(_VERSION.stop)[_VERSION], "big") > len(migrate.shipped())
    return Closed.TOO_NEW if newer else None


def _make_own(incoming: Incoming, path: Path, progress: Progress) -> None:
    """Put a casebook of our own in the place of the file."""
    with scratch.lent() as folder:
        new = folder / path.name
        build(incoming, new, Share(progress, 0, 60))
        if placing.put(new, path, incoming.sha256, Share(progress, 60, 100)) is None:
            raise Locked(path, "keeps changing")
    familiar.note(path)


class View(Casebook):
    """A casebook shown from a private copy, which goes when it is closed."""

    folder: Folder

    @classmethod
    def of(cls, looked: Looked) -> Self:
        """Open what was looked over for reading only."""
        assert looked.file
        assert looked.folder
        view = cls.open(looked.file, write=False)
        view.folder = looked.folder
        view.closed, view.place, view.origin = looked.closed, looked.place, looked.origin
        return view

    def close(self) -> None:
        """Close the private copy and throw it away."""
        super().close()
        self.folder.throw_away()
