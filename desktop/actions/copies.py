"""Saving copies of attachments as files."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from db import blobs, custody
from db.attachments import Attachment
from db.casebook import Casebook
from db.change import Change
from db.custody import Details
from db.errors import DiskFailed, Exists, NotFound
from db.progress import Progress
from db.vocabulary import Custody, Op
from desktop.context import Context
from desktop.custody_words import UNRECORDED
from desktop.names import safe_name
from desktop.widgets.texts import isolated

Made = list[tuple[Attachment, str]]  # the copies there are so far, with the names of their files


class Copies(QObject):
    """Asks where, and writes. No file is replaced unless the chooser asked for it."""

    told = Signal(str)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._folder = ""

    def choose(self, chosen: Sequence[Attachment], window: QWidget) -> None:
        """Ask for a file name for one, for a folder for several."""
        if not chosen:
            return
        chooser = QFileDialog(window, "Save a copy" if len(chosen) == 1 else "Save copies in", self._folder)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(chosen) == 1:
            chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            chooser.selectFile(safe_name(chosen[0].name))
            chooser.fileSelected.connect(partial(self._on_file, chosen[0]))
        else:
            chooser.setFileMode(QFileDialog.FileMode.Directory)
            chooser.setOption(QFileDialog.Option.ShowDirsOnly)
            chooser.fileSelected.connect(partial(self._on_folder, tuple(chosen)))
        chooser.open()

    def _on_file(self, attachment: Attachment, name: str) -> None:
        self._folder = str(Path(name).parent)
        made: Made = []
        work = partial(_save_one, self._context.book, attachment, Path(name), made)
        self._start(f"Saving a copy of {isolated(attachment.name)}", work, made)

    def _on_folder(self, chosen: Sequence[Attachment], folder: str) -> None:
        self._folder = folder
        made: Made = []
        work = partial(_save_all, self._context.book, chosen, Path(folder), made)
        self._start(f"Saving {len(chosen)} copies", work, made)

    def _start(self, title: str, work: partial[str], made: Made) -> None:
        """Whatever becomes of the others, the copies that were made are written down."""

        def failed(error: Exception) -> None:
            self._write_down(made)
            self._context.report(error)

        def done(words: str) -> None:
            self._write_down(made)
            self.told.emit(words if self._context.book.writable else f"{words} {UNRECORDED}")

        self._context.jobs.start(title, work, done, failed=failed, cancelled=lambda: self._write_down(made))

    def _write_down(self, made: Made) -> None:
        def write(change: Change) -> None:
            for attachment, file in made:
                with suppress(NotFound):  # its case was taken out again with a merge
                    custody.record(change, attachment.id, Custody.EXPORTED, Details(file=file))

        if made and self._context.book.writable:
            self._context.save_many(Op.EXPORT_ATTACHMENTS, len(made), write)


def _save_one(book: Casebook, attachment: Attachment, target: Path, made: Made, progress: Progress) -> str:
    if target.exists() and target.samefile(book.path):
        raise Exists(target)
    _write(book, attachment, target, progress)
    made.append((attachment, target.name))
    return f"Saved a copy as {isolated(target.name)}."


def _save_all(book: Casebook, chosen: Sequence[Attachment], folder: Path, made: Made, progress: Progress) -> str:
    """Save each under a name that no file has yet."""
    for number, attachment in enumerate(chosen):
        progress.step(number, len(chosen))
        target = _new_file(folder, safe_name(attachment.name))
        try:
            _write(book, attachment, target, _Checked(progress, number, len(chosen)))
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        made.append((attachment, target.name))
    return f"Saved {len(chosen)} copies in {folder.name}."


def _new_file(folder: Path, name: str) -> Path:
    """Make an empty file under this name or, where there is one, under the name with a number."""
    wanted = Path(name)
    number = 1
    while True:
        target = folder / (name if number == 1 else f"{wanted.stem} ({number}){wanted.suffix}")
        try:
            target.touch(exist_ok=False)
        except FileExistsError:
            number += 1
        except OSError as error:
            raise DiskFailed(target, error.strerror or "") from error
        else:
            return target


def _write(book: Casebook, attachment: Attachment, target: Path, progress: Progress) -> None:
    store = book.reader()
    try:
        blobs.save_copy(store, attachment.sha256, target, progress)
    finally:
        store.close()


class _Checked(Progress):
    """One copy's part in the progress of them all."""

    def __init__(self, whole: Progress, number: int, count: int) -> None:
        self._whole, self._number, self._count = whole, number, count

    def step(self, done: int, total: int) -> None:
        """Tell how far the whole is."""
        self._whole.step(self._number * 1000 + done * 1000 // max(1, total), self._count * 1000)
