"""Working copies: a casebook that lies in a shared place is worked on in a copy here, and merged back.

Which copy belongs to which file is remembered outside of both.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from itertools import count
from pathlib import Path

from db import familiar, incarnation, snapshot
from db.blobs import whole_file
from db.errors import DiskFailed, DiskFull
from db.places import Place, Sort
from db.store import Store, connect


@dataclass(frozen=True, slots=True)
class WorkCopy:
    """A copy here of the file `origin`.

    Up to operation `merged` and blob `blobs` of the copy both are the same; `sha256` is what the origin was then.
    """

    casebook: str
    copy: Path
    origin: Path
    place: Place
    inode: int
    merged: int = 0
    blobs: int = 0
    sha256: str = ""


def begin(built: Path, folder: Path, casebook: str, origin: Path, place: Place) -> WorkCopy:
    """Make a complete casebook file, which nobody else has, the working copy of `origin`, in a folder here."""
    target = _free(folder, origin)
    _move(built, target)
    with Store(target, connect(target, write=False)) as store:
        extent = snapshot.extent(store)
    familiar.note(target)
    work = WorkCopy(casebook, target, origin, place, target.stat().st_ino, *extent)
    remember(work)
    return work


def of(book: Store) -> WorkCopy | None:
    """What an open casebook is the working copy of; None where it is none. It may have been moved."""
    work = _read(_record(str(book.value("SELECT value FROM meta WHERE name = 'casebook'"))))
    inode = book.path.stat().st_ino
    if work is None or (book.path != work.copy and inode != work.inode):
        return None
    if (book.path, inode) != (work.copy, work.inode):
        work = replace(work, copy=book.path, inode=inode)
        with suppress(DiskFull, DiskFailed):  # it is found again in the same way
            remember(work)
    return work


def of_casebook(casebook: str) -> WorkCopy | None:
    """The working copy of a casebook, if it is there."""
    work = _read(_record(casebook))
    return work if work and work.copy.is_file() else None


def at(origin: Path) -> WorkCopy | None:
    """The working copy of the file at a path, if it is there. The file itself is not looked at."""
    found = (work for work in _everything() if work.origin == origin and work.copy.is_file())
    return next(found, None)


def lead_to(work: WorkCopy, origin: Path, place: Place) -> None:
    """Let a copy be merged back into another file of the same casebook from now on."""
    if work.origin != origin:  # what that one lacks is not known before both are merged
        work = replace(work, merged=0, blobs=0, sha256="")
    remember(replace(work, origin=origin, place=place))


def unmerged(book: Store, work: WorkCopy) -> int:
    """How many saves of the copy are not in its origin yet."""
    return int(book.value("SELECT count(DISTINCT save) FROM op WHERE n > :merged", merged=work.merged))


def remember(work: WorkCopy) -> None:
    """Write down which copy belongs to which file."""
    told = asdict(work) | {
        "copy": str(work.copy),
        "origin": str(work.origin),
        "place": [work.place.sort, work.place.name],
    }
    record = _record(work.casebook)
    with suppress(OSError):
        record.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(record) as file:
        file.write(json.dumps(told).encode())


def _move(built: Path, target: Path) -> None:
    try:
        built.rename(target)
    except OSError:  # on another disk
        with whole_file(target) as file, built.open("rb") as source:
            shutil.copyfileobj(source, file)
        built.unlink()


def _free(folder: Path, origin: Path) -> Path:
    """A name that no file has in the folder yet."""
    names = (f"{origin.stem}{f' ({n})' if n > 1 else ''}{origin.suffix}" for n in count(1))
    return next(path for path in map(folder.joinpath, names) if not os.path.lexists(path))


def _record(casebook: str) -> Path:
    name = casebook if casebook.replace("-", "").isalnum() else "none"  # an id, never a path
    return incarnation.home() / "copies" / f"{name}.json"


def _everything() -> Iterator[WorkCopy]:
    records = map(_read, (incarnation.home() / "copies").glob("*.json"))
    return (work for work in records if work)


def _read(record: Path) -> WorkCopy | None:
    try:
        told = json.loads(record.read_text("utf-8"))
        sort, name = told["place"]
        told |= {"copy": Path(told["copy"]), "origin": Path(told["origin"]), "place": Place(Sort(sort), name)}
        return WorkCopy(**told)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
