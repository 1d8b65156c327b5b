"""The door of a casebook: what can be told of a file before it is opened, and whether it may be written."""

from __future__ import annotations

import os
import sqlite3
from enum import StrEnum
from pathlib import Path

from db import identity, log, migrate, places
from db.errors import (
    DiskFailed,
    Exists,
    FileError,
    Locked,
    Missing,
    NotADatabase,
    ReadOnly,
    SharedPlace,
    TooNew,
    Untrusted,
)
from db.lock import WriterLock
from db.places import Place
from db.store import transaction, translated

_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")


class Closed(StrEnum):
    """Why a casebook cannot be written."""

    ASKED = "asked"
    IN_USE = "in use"
    READ_ONLY_PLACE = "read-only place"
    SHARED_PLACE = "shared place"
    TWO_NAMES = "two names"
    TOO_NEW = "too new"


def refusal(closed: Closed, path: Path, place: Place, holder: str) -> FileError:
    """What a save is told that cannot be made."""
    if closed is Closed.SHARED_PLACE:
        return SharedPlace(path, place)
    kinds: dict[Closed, type[FileError]] = {Closed.IN_USE: Locked, Closed.TOO_NEW: TooNew}
    return kinds.get(closed, ReadOnly)(path, holder or closed)


def make_empty(path: Path) -> None:
    """Make the empty file of a new casebook; raises `Exists`, `SharedPlace` or `ReadOnly`."""
    if os.path.lexists(path):
        raise Exists(path)
    if (place := places.of(path)).shared:
        raise SharedPlace(path, place)
    try:
        path.touch(exist_ok=False)
    except OSError as error:
        raise ReadOnly(path, error.strerror or "") from error


def found(path: Path, casebook: str = "", desk: str = "") -> None:
    """Lay the schema into an empty file; both ids are new ones unless given."""
    with translated(path):
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.execute("PRAGMA page_size=8192")
            with transaction(connection, path) as writer:
                migrate.create(connection, migrate.shipped())
                writer.execute("INSERT INTO meta VALUES ('format', :format)", format=str(log.FORMAT))
                for name, given in (("casebook", casebook), ("desk", desk)):
                    writer.execute("INSERT INTO meta VALUES (:name, :id)", name=name, id=given or identity.new_id())
        finally:
            connection.close()


def look_at_file(path: Path) -> None:
    """What can be told without opening the casebook: reading it here would drop SQLite's locks."""
    try:
        if not path.exists():
            raise Missing(path)
        if not path.is_file() or not path.stat().st_size:
            raise NotADatabase(path)
        if os.path.lexists(f"{path}-wal"):
            raise Untrusted(path, "-wal")
        if _is_crafted(Path(f"{path}-journal")):
            raise Untrusted(path, "-journal")
    except OSError as error:
        raise DiskFailed(path, error.strerror or "") from error


def _is_crafted(journal: Path) -> bool:
    """Whether a journal is no plain file, or ends in the name of a super-journal.

    Ours never do, and SQLite before 3.53.1 can be made to delete any file through one.
    """
    if not os.path.lexists(journal):
        return False
    try:
        if journal.is_symlink() or not journal.is_file():
            return True
        with journal.open("rb") as file:
            file.seek(max(0, journal.stat().st_size - len(_JOURNAL_MAGIC)))
            return file.read() == _JOURNAL_MAGIC
    except FileNotFoundError:  # another window ended its save just now
        return False


def take_lock(path: Path) -> tuple[WriterLock | None, Closed | None, Place]:
    """Become the writer, or learn why not, and where the file lies.

    In a shared place no computer writes alone: locks there are hearsay, and what is half written may be carried away.
    A file of two names has two journals, and each name takes the other's for none of its own.
    """
    place = places.of(path)
    if place.shared:
        return None, Closed.SHARED_PLACE, place
    if path.stat().st_nlink > 1:
        return None, Closed.TWO_NAMES, place
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return None, Closed.READ_ONLY_PLACE, place
    lock = WriterLock(path)
    try:
        return lock, None if lock.take() else Closed.IN_USE, place
    except (OSError, NotImplementedError):  # a place without locks is a place to read
        lock.release()
        return None, Closed.READ_ONLY_PLACE, place
