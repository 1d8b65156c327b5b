"""Taking files and pictures in: one job stores their bytes, then one save attaches them."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtGui import QImage, QImageWriter

from db import attachments, cases, sources
from db.attachments import Depot, Ready
from db.change import Change
from db.errors import Invalid, NotFound, Vanished
from db.progress import Progress
from db.vocabulary import Op
from desktop.context import Context
from desktop.widgets.mime import Picture
from desktop.widgets.texts import isolated


@dataclass(frozen=True, slots=True)
class Place:
    """Where files are attached: to a source in a case, or to the case itself where there is no source."""

    case_id: str
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken, and why not."""

    name: str
    why: str


class _Share(Progress):
    """One file's part in the progress of them all."""

    def __init__(self, whole: Progress, before: int, size: int, total: int) -> None:
        self._whole, self._before, self._size, self._total = whole, before, size, total

    def step(self, done: int, total: int) -> None:  # noqa: ARG002 (a file that grew does not count for more)
        """Tell how far the whole is."""
        self._whole.step(self._before + min(done, self._size), max(1, self._total))


class Batch:
    """Files and pictures that are taken together. The worker fills `ready` and `refused`."""

    def __init__(self, casebook: Path, items: Sequence[Path | Picture], place: Place) -> None:
        self.place = place
        self.ready: list[Ready] = []
        self.refused: list[Refused] = []
        self._casebook, self._items = casebook, tuple(items)

    def take(self, progress: Progress) -> None:
        """Store the bytes one after the other; what cannot be read is refused, and the others are taken."""
        sizes = [self._size(item) for item in self._items]
        before, total = 0, sum(size or 0 for size in sizes)
        with attachments.Depot(self._casebook) as depot:
            for item, size in zip(self._items, sizes, strict=True):
                if size is not None:
                    self._take(depot, item, _Share(progress, before, size, total))
                    before += size

    def _size(self, item: Path | Picture) -> int | None:
        """How many bytes it is; None for what is not taken at all."""
        if isinstance(item, Picture):
            return item.data.sizeInBytes() if isinstance(item.data, QImage) else len(item.data)
        try:
            found = item.stat()
        except OSError as error:
            self.refused.append(Refused(item.name, error.strerror or "it cannot be read"))
            return None
        if stat.S_ISREG(found.st_mode):
            return found.st_size
        folder = stat.S_ISDIR(found.st_mode)
        self.refused.append(Refused(item.name, "a folder; choose the files in it" if folder else "a pipe or a device"))
        return None

    def _take(self, depot: Depot, item: Path | Picture, progress: Progress) -> None:
        try:
            if isinstance(item, Picture):
                self.ready.append(depot.picture(_bytes(item.data), item.name, progress))
            else:
                self.ready.append(depot.file(item, progress))
        except (Vanished, Invalid) as error:
            why = error.detail if isinstance(error, Vanished) else "its name cannot be kept"
            self.refused.append(Refused(item.name, why or "it cannot be read"))


class Intake(QObject):
    """Runs batches. `attached` tells how many were attached, with what was refused; `abandoned` that none was."""

    attached = Signal(int, list)
    abandoned = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._under_way = 0
        self._owed: list[Ready] = []

    def start(self, items: Sequence[Path | Picture], place: Place) -> None:
        """Take these in."""
        batch = Batch(self._context.book.path, items, place)
        title = f"Attaching {isolated(items[0].name)}" if len(items) == 1 else f"Attaching {len(items)} files"
        self._under_way += 1
        self._context.jobs.start(
            title,
            batch.take,
            partial(self._on_taken, batch),
            failed=partial(self._on_failed, batch),
            cancelled=partial(self._on_cancelled, batch),
        )

    def _on_taken(self, batch: Batch, _nothing: None) -> None:
        saved = not batch.ready or self._context.save(Op.ADD_ATTACHMENT, partial(_attach, batch))
        if not saved:
            self._owed.extend(batch.ready)
        self._settle()
        if saved:
            self.attached.emit(len(batch.ready), batch.refused)

    def _on_failed(self, batch: Batch, error: Exception) -> None:
        self._owed.extend(batch.ready)
        self._settle()
        self._context.report(error)

    def _on_cancelled(self, batch: Batch) -> None:
        self._owed.extend(batch.ready)
        self._settle()
        self.abandoned.emit()

    def _settle(self) -> None:
        """Drop the bytes that no one attached, once no batch is under way that may have met the same bytes."""
        self._under_way -= 1
        if self._owed and not self._under_way:
            owed, self._owed = self._owed, []
            abandon = partial(_abandon, self._context.book.path, owed)
            self._context.jobs.start("Dropping what was not attached", abandon, _ignore, failed=_ignore)


def _attach(batch: Batch, change: Change) -> None:
    """Attach all that are ready; where the source is gone by now, to its case."""
    place = batch.place
    cases.one(change.writer, place.case_id)
    source_id = place.source_id
    try:
        if source_id:
            sources.one(change.writer, source_id)
    except NotFound:
        source_id = ""
    for ready in batch.ready:
        attachments.attach(change, place.case_id, ready, source_id=source_id)


def _abandon(casebook: Path, owed: Sequence[Ready], _progress: Progress) -> None:
    attachments.abandon(casebook, owed)


def _ignore(_whatever: object) -> None:
    """What could not be dropped now is swept at the next opening."""


def _bytes(data: bytes | QImage) -> bytes:
    """The bytes to be kept of a picture: those that were offered, or a PNG of its pixels."""
    if isinstance(data, bytes):
        return data
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, QByteArray(b"PNG")).write(data):
        raise Invalid("file", "empty")
    return bytes(buffer.data().data())
