"""Working copies: a casebook that is only read where it lies is worked on in a copy here, and merged back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from db import workcopies
from db.change import Notice
from db.entrance import Closed
from db.errors import CasebookError
from db.places import Sort
from db.progress import Progress
from db.workcopies import WorkCopy
from desktop import folders, place_words
from desktop.actions.verb import verb
from desktop.context import Context
from desktop.widgets.banner import Banner
from desktop.widgets.choice import Choice
from desktop.widgets.once import open_once
from desktop.widgets.texts import isolated, tooltip

if TYPE_CHECKING:
    from db.mergeback import Back

_COPIED = (Closed.SHARED_PLACE, Closed.READ_ONLY_PLACE, Closed.TWO_NAMES)


class CopyVerbs(QObject):
    """The verbs of working copies, and the banner that offers them. `made` names a copy that is to be opened.

    `all` are those that apply to this casebook.
    """

    made = Signal(Path)
    told = Signal(str)
    _came = Signal(object)

    def __init__(self, context: Context, window: QWidget, settle: Callable[[], bool]) -> None:
        super().__init__(window)
        self._context, self._window, self._settle = context, window, settle
        self._work = workcopies.of(context.book) if context.book.writable else None
        self._asked = False
        self._leaving: Callable[[], object] | None = None
        self.work_here = verb(self, "Work on a cop&y here", self._on_work_here, "F7")
        self.merge_back = verb(self, "Merge &back", self._on_merge_back, "F8")
        self.work_here.setEnabled(context.book.closed in _COPIED)
        self.merge_back.setEnabled(self._work is not None)
        self.banner = Banner()
        self.work_here.setIcon(context.theme.icon("copy"))
        self.merge_back.setIcon(context.theme.icon("file-output"))
        self.all = tuple(action for action in (self.work_here, self.merge_back) if action.isEnabled())
        for action in self.all:
            self.banner.offer(action)
        self._came.connect(self._on_came, Qt.ConnectionType.QueuedConnection)
        context.bulletin.changed.connect(self._refresh)
        self._refresh()

    def hold(self, go_on: Callable[[], object]) -> bool:
        """Ask once whether to merge back before the copy is closed; returns whether to wait for what `go_on` does."""
        if self._leaving:
            return True
        if self._work is None or self._asked or not self._settle() or not self._is_there(self._work):
            return False
        left = workcopies.unmerged(self._context.book, self._work)
        if left:
            self._ask(self._work, left, go_on)
        return left > 0

    def shut(self) -> None:
        """Let nothing be closed any more when merging back has ended: it is closed already."""
        self._leaving = None

    def _ask(self, work: WorkCopy, left: int, go_on: Callable[[], object]) -> None:
        def later() -> None:
            self._asked = True
            go_on()

        where = f"“{isolated(work.origin.name)}”, which lies {place_words.place(work.place)}."
        words = (
            f"{place_words.saves_are(left, 'in your working copy')} and not in {where}",
            "You can also do it another day: nothing is lost.",
        )
        ways = (("Merge back and close", lambda: self._start(go_on)), ("Close, merge back later", later))
        open_once(Choice(self._window, "Merge back now?", words, ways))

    def _is_there(self, work: WorkCopy) -> bool:
        """Whether the place can be seen. A network folder is not asked: a dead one would not answer."""
        return work.place.sort is Sort.NETWORK or work.origin.parent.is_dir()

    def _on_work_here(self) -> None:
        book = self._context.book
        casebook = str(book.value("SELECT value FROM meta WHERE name = 'casebook'"))
        there = workcopies.of_casebook(casebook)
        if there is None:
            self._copy(casebook)
            return
        try:
            workcopies.lead_to(there, book.origin, book.place)  # one copy is enough
        except CasebookError as error:
            self._context.report(error)
            return
        self.made.emit(there.copy)

    def _copy(self, casebook: str) -> None:
        made: list[WorkCopy] = []
        book = self._context.book

        def work(progress: Progress) -> WorkCopy:
            from db import scratch, snapshot  # noqa: PLC0415 (start-up does not wait for it)

            reader = book.reader()
            try:
                with scratch.lent() as folder:
                    new = folder / book.origin.name
                    snapshot.write(reader, new, progress)
                    return workcopies.begin(new, folders.documents(), casebook, book.origin, book.place)
            finally:
                reader.close()

        job = self._context.jobs.start(f"Copying {isolated(book.origin.name)}", work, made.append)
        job.ended.connect(lambda: self.made.emit(made[0].copy) if made else None)

    def _on_merge_back(self) -> None:
        if self._settle():
            self._start(None)

    def _start(self, leave: Callable[[], object] | None) -> None:
        """Merge back off the window's thread, and leave where that worked."""
        done: list[Back] = []
        work = self._work
        assert work
        self._leaving = leave
        self.merge_back.setEnabled(False)

        def merge(progress: Progress) -> Back:
            from db import mergeback  # noqa: PLC0415 (start-up does not wait for it)

            return mergeback.merge_back(work, self._came.emit, progress)

        job = self._context.jobs.start(f"Merging back into {isolated(work.origin.name)}", merge, done.append)
        job.ended.connect(lambda: self._on_ended(done))

    def _on_came(self, notice: Notice) -> None:
        self._context.book.catch_up(notice)

    def _on_ended(self, done: Sequence[Back]) -> None:
        leave, self._leaving = self._leaving, None
        self.merge_back.setEnabled(True)
        for back in done:
            self._work, self._asked = back.work, False
            self._refresh()
            self.told.emit(place_words.merged_back(back.given, back.taken, back.conflicts))
            if leave:
                leave()

    def _refresh(self) -> None:
        book, work = self._context.book, self._work
        if work:
            self.banner.say(place_words.work_copy(work.origin.name, work.place, workcopies.unmerged(book, work)))
            self.banner.words.setToolTip(tooltip(str(work.origin)))
        else:
            self.banner.say(place_words.closed(book.closed, book.holder, book.place) if book.closed else "")
