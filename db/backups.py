"""Backups of a casebook: copies in this person's folder that were opened and checked before they count."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from db import identity, incarnation, log, shelf
from db.blobs import PIECE
from db.errors import CasebookError, Damaged, DiskFailed, DiskFull, Missing, NoBackup, NotADatabase, ReadOnly
from db.heads import Head, heads
from db.placing import flush_folder
from db.progress import SILENT, Progress, Share
from db.shelf import Backup, Why
from db.store import Store, connect

__all__ = ["Backup", "Why"]

EVERY = timedelta(minutes=30)
_SEEN = 1000  # operations whose hashes are looked at
_SPARE = 50_000_000  # bytes that a backup leaves free on its disk
_SLOWER = 100_000_000  # for each so many bytes of a casebook the schedule waits as long again
_SLOWEST = timedelta(days=1)


def make(store: Store, why: Why, progress: Progress = SILENT) -> Backup:
    """Back a casebook up, while others may save; raises `NoBackup` or `Damaged`, and the older ones stay.

    For a worker this is a store of its own, as from `Casebook.reader`.
    """
    with _told_of(store.path):
        folder = shelf.folder_of(store)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _see_to_room(store, folder)
        moment = identity.iso(identity.now())
        name = f"{moment.replace(':', '').replace('.', '')}-{why}-{identity.new_id()[-6:]}.casebook"
        part = folder / f".{name}.part"
        try:
            store.copy_into(part, Share(progress, 0, 50))
            digest = _flushed(part, Share(progress, 50, 60))
            with opened(part) as copy:
                _compare(store, copy, Share(progress, 60, 100))
                backup = _described(copy, folder / name, store.path, moment, why, digest)
            progress.step(1, 1)
            shelf.note(backup)
            part.rename(backup.path)
            flush_folder(folder)
        except BaseException:
            for left in (part, Path(f"{part}-journal"), shelf.note_of(folder / name)):
                left.unlink(missing_ok=True)
            raise
        shelf.thin(folder, identity.now())
        return backup


def of(casebook: Path) -> tuple[Backup, ...]:
    """The backups of a casebook, newest first, be its file damaged or gone: by its id and by its path."""
    path = Path(os.path.realpath(casebook))
    folders = {each.path.parent for each in shelf.everything() if each.casebook == path}
    with suppress(CasebookError):
        if path.is_file():
            with Store(path, connect(path, write=False)) as store:
                folders.add(shelf.folder_of(store))
    return shelf.newest_first(each for folder in folders for each in shelf.standing_in(folder))


def known() -> tuple[Path, ...]:
    """The casebooks that have backups on this computer, those backed up last first."""
    return tuple(dict.fromkeys(each.casebook for each in shelf.newest_first(shelf.everything())))


def at(path: Path, progress: Progress = SILENT) -> Backup:
    """A backup by its path; one of which nothing is noted here is looked over as any file from elsewhere."""
    if noted := shelf.noted(path):
        return noted
    from db import intake  # noqa: PLC0415 (seldom needed)

    with intake.receive(path, progress=progress) as found, found.reader() as store:
        made_at = identity.iso(datetime.fromtimestamp(path.stat().st_mtime, UTC))
        cases = int(store.value("SELECT count(DISTINCT thing) FROM op WHERE kind = 'case'"))
        figures = found.size, cases, found.seen
    return Backup(path, path, made_at, Why.ELSEWHERE, *figures, (), found.sha256, whole=True)


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    """A backup to read, with nothing beside it taken for a part of it."""
    with Store(path, connect(path, write=False, immutable=True)) as store:
        yield store


def verify(backup: Backup, progress: Progress = SILENT) -> None:
    """Raise `Damaged` where a backup is not what was checked when it was made, byte for byte."""
    found = sha256()
    for data in pieces(backup.path, progress):
        found.update(data)
    judge(backup, backup.path, found.hexdigest(), progress)


def judge(backup: Backup, file: Path, digest: str, progress: Progress = SILENT) -> None:
    """Raise `Damaged` where a file with this SHA-256 is not what the backup should be."""
    if digest != backup.sha256:
        raise Damaged(backup.path, "changed since")
    if backup.why is Why.ELSEWHERE:
        from db import check  # noqa: PLC0415 (it needs much else, and is seldom needed here)

        with opened(file) as store:
            if check.check(store, progress).problems:
                raise Damaged(backup.path, "unsound")


def pieces(path: Path, progress: Progress = SILENT) -> Iterator[bytes]:
    """The bytes of a closed file, piece by piece; raises `Missing` or `DiskFailed`."""
    if not path.is_file():
        raise Missing(path)
    try:
        done, total = 0, path.stat().st_size
        with path.open("rb") as file:
            while data := file.read(PIECE):
                done += len(data)
                progress.step(done, max(done, total))
                yield data
    except OSError as error:
        raise DiskFailed(path, error.strerror or "") from error


def due(store: Store, moment: datetime, every: timedelta = EVERY) -> bool:
    """Whether the schedule wants a backup now: the last one lacks something, and is old enough for so large a file.

    The demonstration is not backed up by itself, nor is a backup that somebody opened.
    """
    home = Path(os.path.realpath(incarnation.home()))
    if any(store.path.is_relative_to(home / ours) for ours in ("backups", "demonstration")):
        return False
    ours = (each for each in shelf.standing_in(shelf.folder_of(store)) if each.whole and each.casebook == store.path)
    last = next(iter(shelf.newest_first(ours)), None)
    if last is None:
        return True
    pause = min(every * (1 + last.size // _SLOWER), _SLOWEST)
    return abs(moment - last.made) >= pause and _tops(last.heads) != _tops(heads(store))


def _tops(of_chains: Iterable[Head]) -> dict[str, str]:
    return {head.chain: head.operation for head in of_chains}


def _described(copy: Store, path: Path, casebook: Path, made_at: str, why: Why, digest: str) -> Backup:
    size, cases = copy.path.stat().st_size, int(copy.value('SELECT count(*) FROM "case" WHERE deleted = 0'))
    operations = int(copy.value("SELECT count(*) FROM op"))
    return Backup(path, casebook, made_at, why, size, cases, operations, heads(copy), digest, whole=True)


def _compare(store: Store, copy: Store, progress: Progress) -> None:
    """Raise `Damaged` unless the copy is sound, and knows what the casebook knew at a moment of its making."""
    with copy.stoppable(progress):
        sound = copy.value("PRAGMA quick_check(1)") == "ok"
        last = copy.value("SELECT coalesce(max(n), 0) FROM op")
        sql = "SELECT count(*) FROM op WHERE n <= :last"
        alike = all(
            store.value(same, **values) == copy.value(same, **values)
            for same, values in (("PRAGMA application_id", {}), (sql, {"last": last}))
        )
    known = all(_knows(store, head) for head in heads(copy))
    if not (sound and alike and known and all(map(log.verify, log.newest(copy, _SEEN)))):
        raise Damaged(store.path, "backup")


def _knows(store: Store, head: Head) -> bool:
    sql = """SELECT 1 FROM op o JOIN chain c ON c.id = o.chain
        WHERE o.id = :id AND o.number = :number AND c.name = :chain"""
    return store.one(sql, id=bytes.fromhex(head.operation), number=head.number, chain=head.chain) is not None


def _see_to_room(store: Store, folder: Path) -> None:
    """Raise where the copy would leave no room for the saves of this or any other program."""
    size = int(store.value("PRAGMA page_count")) * int(store.value("PRAGMA page_size"))
    if shutil.disk_usage(folder).free < size + _SPARE:
        raise NoBackup(store.path, "no room")


def _flushed(file: Path, progress: Progress) -> str:
    """Put a file on the disk, and tell its SHA-256."""
    found = sha256()
    for data in pieces(file, progress):
        found.update(data)
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())
    return found.hexdigest()


@contextmanager
def _told_of(casebook: Path) -> Iterator[None]:
    """Let what the disk of the backups refuses be told as what it means for the casebook."""
    try:
        yield
    except (DiskFull, DiskFailed, ReadOnly, Damaged, NotADatabase) as error:
        if error.path == casebook:
            raise
        if isinstance(error, Damaged | NotADatabase):
            raise Damaged(casebook, "backup") from error
        raise NoBackup(casebook, "no room" if isinstance(error, DiskFull) else error.detail) from error
    except OSError as error:
        raise NoBackup(casebook, "no room" if error.errno == errno.ENOSPC else error.strerror or "") from error
