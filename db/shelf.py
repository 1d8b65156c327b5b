"""Where backups stand: a folder for each casebook, and beside each backup a note of what it is."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from uuid import UUID

from db import incarnation
from db.blobs import whole_file
from db.errors import Damaged
from db.heads import Head
from db.store import Store
from db.thinning import kept

_STALE = timedelta(days=1).total_seconds()


class Why(StrEnum):
    """What a backup was made for."""

    ASKED = "asked"
    SCHEDULE = "schedule"
    CLOSING = "closing"
    MERGE = "merge"
    MIGRATION = "migration"
    RESTORE = "restore"
    ELSEWHERE = "elsewhere"  # it was not made here, and nothing is noted of it


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup and what was noted of it; `casebook` is the file it was made of, by its path then.

    `whole` says that it is there in its full size.
    """

    path: Path
    casebook: Path
    made_at: str
    why: Why
    size: int
    cases: int
    operations: int
    heads: tuple[Head, ...]
    sha256: str
    whole: bool

    @property
    def made(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.made_at)

    @property
    def lasting(self) -> bool:
        """Whether it was made for a reason, and not by the clock."""
        return self.why not in (Why.SCHEDULE, Why.CLOSING)


def folder_of(store: Store) -> Path:
    """Where the backups of a casebook and of its copies stand; raises `Damaged` where its id is none of ours."""
    found = str(store.value("SELECT value FROM meta WHERE name = 'casebook'"))
    try:
        return incarnation.home() / "backups" / str(UUID(found))
    except ValueError as error:
        raise Damaged(store.path, "schema") from error


def everything() -> Iterator[Backup]:
    """The backups of all casebooks on this computer."""
    return (each for folder in sorted((incarnation.home() / "backups").glob("*/")) for each in standing_in(folder))


def standing_in(folder: Path) -> Iterator[Backup]:
    """The backups in a folder."""
    found = (noted(note.with_suffix(".casebook")) for note in folder.glob("*.json"))
    return (each for each in found if each)


def newest_first(backups: Iterable[Backup]) -> tuple[Backup, ...]:
    """Backups in the order in which they are shown."""
    return tuple(sorted(backups, key=lambda each: (each.made, each.path.name), reverse=True))


def noted(path: Path) -> Backup | None:
    """A backup as its note has it; None where there is no such backup, or no such note."""
    try:
        told = json.loads(note_of(path).read_bytes())
        heads = tuple(Head(**head) for head in told.pop("heads"))
        datetime.fromisoformat(told["made_at"])
        told |= {"casebook": Path(told["casebook"]), "why": Why(told["why"])}
        return Backup(**told, path=path, heads=heads, whole=path.stat().st_size == told["size"])
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def note(backup: Backup) -> None:
    """Write down what a backup is."""
    told = {name: value for name, value in asdict(backup).items() if name not in ("path", "whole")}
    with whole_file(note_of(backup.path)) as file:
        file.write(json.dumps(told, default=os.fspath, indent=1).encode())


def note_of(path: Path) -> Path:
    """The file of the note beside a backup."""
    return path.with_suffix(".json")


def thin(folder: Path, moment: datetime) -> None:
    """Delete what has grown too old, of each file by itself. What is not whole is left to be looked at."""
    whole = sorted((each for each in standing_in(folder) if each.whole), key=lambda each: each.casebook)
    for _, group in groupby(whole, key=lambda each: each.casebook):
        ours = set(group)
        for backup in ours.difference(kept(ours, moment)):
            with suppress(OSError):
                backup.path.unlink()
                note_of(backup.path).unlink()
    lone = (each for each in folder.glob("*.json") if not each.with_suffix(".casebook").exists())
    for left in (*folder.glob(".*.part*"), *lone):
        with suppress(OSError):
            if moment.timestamp() - left.stat().st_mtime > _STALE:  # a crash left it
                left.unlink()
