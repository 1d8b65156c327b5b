"""Putting a backup back in the place of its casebook, or into a new file. Nothing that is there is lost by it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import BinaryIO

from db import backups, familiar, identity, shelf
from db.backups import Backup, Why
from db.blobs import whole_file
from db.casebook import Casebook
from db.errors import CasebookError, Exists, Locked, NoBackup, ReadOnly
from db.lock import WriterLock
from db.progress import SILENT, Progress, Share

_BESIDE = ("-journal", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """The file that was restored, and where that is kept which was there before: a backup, or a file put aside."""

    path: Path
    backup: Backup | None = None
    aside: Path | None = None


def restore(backup: Backup, casebook: Path, progress: Progress = SILENT) -> Restored:
    """Put a backup in the place of a closed casebook, once what is there is kept as a backup or put aside.

    Raises `Damaged` for a backup that is not what it was, `Locked` while anybody works in the casebook, and `Exists`
    where another casebook is in that place. The restored file starts a chain of its own with its first save.
    """
    path = Path(os.path.realpath(casebook))
    with _locked(path):
        restored = Restored(path)
        with whole_file(path) as file:
            _copy(backup, file, Share(progress, 0, 50))
            if os.path.lexists(path):
                shutil.copymode(path, file.name)
                restored = _keep(backup, path, Share(progress, 50, 100))
            else:
                progress.step(1, 1)
        _know(backup, path)
        return restored


def copy_out(backup: Backup, target: Path, progress: Progress = SILENT) -> Path:
    """Write a backup into a new file that can be opened like any casebook; raises `Exists` where there is a file."""
    if os.path.lexists(target):
        raise Exists(target)
    with whole_file(target) as file:
        _copy(backup, file, progress)
    _know(backup, target)
    return target


def _know(backup: Backup, restored: Path) -> None:
    """What was made here, and is what it was, need not be looked over when it is opened."""
    if backup.sha256:
        familiar.note(restored)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    lock = WriterLock(path)
    try:
        if not lock.take():
            raise Locked(path, str(lock.holder() or ""))
    except (OSError, NotImplementedError) as error:
        lock.release()
        raise ReadOnly(path, getattr(error, "strerror", None) or "") from error
    try:
        yield
    finally:
        lock.release()


def _copy(backup: Backup, file: BinaryIO, progress: Progress) -> None:
    """Write the bytes of a backup; raises `Damaged` where they are not those that were checked."""
    found = sha256()
    for data in backups.pieces(backup.path, progress):
        found.update(data)
        file.write(data)
    file.flush()
    backups.judge(backup, Path(file.name), found.hexdigest(), progress)


def _keep(backup: Backup, path: Path, progress: Progress) -> Restored:
    """Keep what is in the place that is wanted."""
    try:
        with Casebook.open(path, write=False) as book, backups.opened(backup.path) as wanted:
            if shelf.folder_of(book) != shelf.folder_of(wanted):
                raise Exists(path)
            return Restored(path, backup=backups.make(book, Why.RESTORE, progress))
    except (NoBackup, Exists):
        raise
    except CasebookError:  # damaged, or half saved when its writer died: it is kept as it is
        progress.step(1, 1)
        return Restored(path, aside=_put_aside(path))


def _put_aside(path: Path) -> Path:
    """Give a file that cannot be read another name, with its journal: that would be taken for the restored one's."""
    stamp = identity.iso(identity.now())[:19].replace("T", " ").replace(":", "")
    names = (f"{path.stem} (put aside {stamp}{f' {n}' if n > 1 else ''}){path.suffix}" for n in count(1))
    aside = next(each for each in map(path.with_name, names) if not os.path.lexists(each))
    try:
        os.link(path, aside)
    except OSError:  # a stick knows no second names
        shutil.copyfile(path, aside)
    for end in _BESIDE:
        beside = Path(f"{path}{end}")
        if os.path.lexists(beside):
            beside.rename(f"{aside}{end}")
    return aside
