"""Taking files and pictures in: one job stores their bytes, then one save attaches them with their records."""

from __future__ import annotations

import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtGui import QImage, QImageWriter

from db import attachments, cases, collecting, duplicates, folders, sources
from db.attachments import Depot, Ready
from db.casebook import Casebook
from db.change import Change
from db.collecting import Tool
from db.duplicates import Doubled
from db.errors import Invalid, NotFound, Vanished
from db.identity import now
from db.progress import Progress
from db.vocabulary import Method, Op
from desktop import collection_words
from desktop.context import Context
from desktop.widgets.mime import Picture
from desktop.widgets.texts import isolated

T = TypeVar("T")
_AT_ONCE = 40  # files that are attached before anybody sees the window stand still


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
    """Files and pictures that are taken together. The worker fills `ready`, `refused` and `doubled`.

    `folder` is where all of them were listed: they are taken only as long as they lie there.
    """

    def __init__(self, casebook: Path, items: Sequence[Path | Picture], place: Place, folder: Path | None) -> None:
        self.place, self.folder = place, folder
        self.ready: list[Ready] = []
        self.refused: list[Refused] = []
        self.doubled: tuple[Doubled, ...] = ()
        self._casebook, self._items = casebook, tuple(items)

    def take(self, progress: Progress) -> None:
        """Store the bytes one after the other; what cannot be read is refused, and the others are taken."""
        sizes = [self._size(item) for item in self._items]
        before, total = 0, sum(size or 0 for size in sizes)
        with attachments.Depot(self._casebook, together=len(self._items) > 1) as depot:
            for item, size in zip(self._items, sizes, strict=True):
                if size is not None:
                    self._take(depot, item, _Share(progress, before, size, total))
                    before += size
            if self.folder:
                self.doubled = duplicates.among(depot, self.ready, self.place.case_id)

    def skip_doubled(self) -> list[Ready]:
        """Attach each file once; returns what is left out."""
        places = {each.place for each in self.doubled}
        left = [each for place, each in enumerate(self.ready) if place in places]
        self.ready = [each for place, each in enumerate(self.ready) if place not in places]
        return left

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
        self.refused.append(Refused(item.name, "a folder; attach it by itself" if folder else "a pipe or a device"))
        return None

    def _take(self, depot: Depot, item: Path | Picture, progress: Progress) -> None:
        try:
            if isinstance(item, Picture):
                data = _bytes(item.data)
                self.ready.append(depot.picture(data, item.name, progress, item.method, item.origin))
            elif self.folder and not folders.still_inside(self.folder, item):
                self.refused.append(Refused(item.name, "it is not in the folder any more"))
            else:
                self.ready.append(depot.file(item, progress, Method.FOLDER if self.folder else Method.FILE))
        except (Vanished, Invalid) as error:
            why = error.detail if isinstance(error, Vanished) else "its name cannot be kept"
            self.refused.append(Refused(item.name, why or "it cannot be read"))


class Intake(QObject):
    """Runs batches. `attached` tells how many were attached, with what was refused; `abandoned` that none was.

    `asked` comes with a batch in which files are doubled: it waits until `skip`, `keep` or `abandon` is called with it.
    """

    attached = Signal(int, list)
    abandoned = Signal()
    asked = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._under_way = 0
        self._owed: list[Ready] = []

    def start(self, items: Sequence[Path | Picture], place: Place, folder: Path | None = None) -> None:
        """Take these in; where they are all of one folder, doubled ones are asked about."""
        batch = Batch(self._context.book.path, items, place, folder)
        self._under_way += 1
        self._start(_title(items), batch.take, batch, partial(self._on_taken, batch))

    def skip(self, batch: Batch) -> None:
        """Attach those of a batch that are not doubled."""
        self._owed.extend(batch.skip_doubled())
        self.keep(batch)

    def keep(self, batch: Batch) -> None:
        """Attach all of a batch: a large one off the window's thread."""
        if len(batch.ready) <= _AT_ONCE:
            write = partial(_attach, batch, collection_words.this_tool(now()))
            self._on_saved(batch, not batch.ready or self._context.save(Op.ADD_ATTACHMENT, write))
            return
        work = partial(_attach_apart, self._context.book, batch, collection_words.this_tool(now()))
        self._start(_title(batch.ready), work, batch, partial(self._on_written, batch))

    def abandon(self, batch: Batch) -> None:
        """Attach nothing of a batch."""
        self._owed.extend(batch.ready)
        self._settle()
        self.abandoned.emit()

    def _start(self, title: str, work: Callable[[Progress], T], batch: Batch, done: Callable[[T], None]) -> None:
        failed, cancelled = partial(self._on_failed, batch), partial(self.abandon, batch)
        self._context.jobs.start(title, work, done, failed=failed, cancelled=cancelled)

    def _on_taken(self, batch: Batch, _nothing: None) -> None:
        if batch.doubled:
            self.asked.emit(batch)
        else:
            self.keep(batch)

    def _on_written(self, batch: Batch, change: Change) -> None:
        self._context.book.tell(change)
        self._on_saved(batch, True)

    def _on_saved(self, batch: Batch, saved: bool) -> None:
        if not saved:
            self._owed.extend(batch.ready)
        self._settle()
        if saved:
            self.attached.emit(len(batch.ready), batch.refused)

    def _on_failed(self, batch: Batch, error: Exception) -> None:
        self._owed.extend(batch.ready)
        self._settle()
        self._context.report(error)

    def _settle(self) -> None:
        """Drop the bytes that no one attached, once no batch is under way that may have met the same bytes."""
        self._under_way -= 1
        if self._owed and not self._under_way:
            owed, self._owed = self._owed, []
            abandon = partial(_abandon, self._context.book.path, owed)
            self._context.jobs.start("Dropping what was not attached", abandon, _ignore, failed=_ignore)


def _title(items: Sequence[Path | Picture | Ready]) -> str:
    return f"Attaching {isolated(items[0].name)}" if len(items) == 1 else f"Attaching {len(items)} files"


def _attach_apart(book: Casebook, batch: Batch, by: Tool, _progress: Progress) -> Change:
    return book.change_apart(Op.ADD_ATTACHMENT, partial(_attach, batch, by))


def _attach(batch: Batch, by: Tool, change: Change) -> None:
    """Attach all that are ready, each with its record; where the source is gone by now, to its case."""
    place = batch.place
    cases.one(change.writer, place.case_id)
    source_id = place.source_id
    try:
        if source_id:
            sources.one(change.writer, source_id)
    except NotFound:
        source_id = ""
    for ready in batch.ready:
        collecting.take_in(change, place.case_id, ready, by, source_id=source_id)


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
