"""Merging: a file from elsewhere is looked over, its plan is kept or discarded, and a merge is taken out again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from db.change import Notice
from db.errors import BuiltUpon, SealedFile
from db.progress import Progress
from db.vocabulary import Op
from desktop.actions.verb import verb
from desktop.context import Context
from desktop.jobs import Job
from desktop.widgets.once import open_once
from desktop.widgets.texts import isolated

if TYPE_CHECKING:
    from db.casebook import Casebook
    from db.intake import Incoming
    from db.merge import Arrival, Merged
    from db.plan import Plan


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Guest:
    """A file that was looked over; `folder` throws away what was written down of it."""

    incoming: Incoming
    folder: ExitStack


class MergeVerbs(QObject):
    """The verbs between desks. What was looked over is kept in a private folder until it is kept or discarded.

    `planned` hands over a plan to be shown, `dropped` tells that it is gone, `merged` and `reversed` which merge.
    """

    planned = Signal(object)
    dropped = Signal()
    merged = Signal(int)
    reversed = Signal(int)
    wanted_plan = Signal()
    wanted_arrivals = Signal()
    told = Signal(str)

    def __init__(self, context: Context, window: QWidget, settle: Callable[[], bool]) -> None:
        super().__init__(window)
        self._context, self._window, self._settle = context, window, settle
        self._guest: _Guest | None = None
        self._plan: Plan | None = None
        self._arrival: Arrival | None = None
        self._job: Job[Any] | None = None
        self._stale = self._dropping = False
        self.merge = verb(self, "&Merge a casebook…", self._on_merge, "Ctrl+M")
        self.keep = verb(self, "&Keep what it brings", self._on_keep, "Ctrl+Shift+Return")
        self.discard = verb(self, "&Discard the plan", self.drop)
        self.arrivals = verb(self, "What came &in", self.wanted_arrivals.emit, "Ctrl+I")
        self.take_out = verb(self, "&Take this merge out…", self._on_take_out)
        icons = ("git-merge", "check", "x", "inbox", "undo-2")
        self.all = (self.merge, self.keep, self.discard, self.arrivals, self.take_out)
        for action, icon in zip(self.all, icons, strict=True):
            action.setIcon(context.theme.icon(icon))
        context.bulletin.changed.connect(self._on_notice)
        self.refresh()

    def refresh(self, arrival: Arrival | None = None, *, on_plan: bool = False) -> None:
        """Allow what applies to the page in sight: the plan, or the merge that is chosen among those made."""
        self._arrival = arrival
        writable, planned = self._context.book.writable, on_plan and self._plan is not None
        self.merge.setEnabled(writable)
        self.keep.setEnabled(planned and not self._stale and self._job is None)
        self.discard.setEnabled(planned)
        self.take_out.setEnabled(writable and arrival is not None and not arrival.reversed_at)

    # A file comes

    def take(self, path: Path, words: str = "") -> None:
        """Look a file over and show what it would bring; one plan at a time. `words` open what is sealed with them."""
        if self._is_free():
            work = partial(_receive, self._context.book, path, words)
            self._start(f"Looking over {isolated(path.name)}", work, self._on_received)

    def _is_free(self) -> bool:
        if self._job:
            self.told.emit("Another file is being looked over.")
        elif self._plan:
            self.wanted_plan.emit()
            self.told.emit("This one first: keep or discard it.")
        return not (self._job or self._plan)

    def _on_merge(self) -> None:
        if not self._is_free():
            return
        dialog = QFileDialog(self._window, "Merge a casebook", str(self._context.book.path.parent))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(["Casebooks and hand-overs (*.casebook *.age)", "All files (*)"])
        dialog.fileSelected.connect(lambda name: self.take(Path(name)))
        open_once(dialog)

    def _start(self, title: str, work: Callable[[Progress], T], done: Callable[[T], None]) -> None:
        self._job = self._context.jobs.start(title, work, done, failed=self._on_failed, cancelled=self._let_go)

    def _on_received(self, guest: _Guest) -> None:
        self._job, self._guest = None, guest
        if self._dropping:
            self._let_go()
        else:
            self._look()

    def _look(self) -> None:
        assert self._guest is not None
        self._stale = False
        incoming = self._guest.incoming
        work = partial(_plan, self._context.book.path, incoming)
        self._start(f"Working out what {isolated(incoming.name)} would bring", work, self._on_planned)

    def _on_planned(self, plan: Plan) -> None:
        self._job = None
        old, self._plan = self._plan, plan
        if old:
            old.close()
        if self._dropping:
            self._let_go()
        elif plan.brings_nothing:
            self._let_go()
            self._tell_nothing_new(plan)
        else:
            self.planned.emit(plan)

    def _tell_nothing_new(self, plan: Plan) -> None:
        from desktop import merge_words  # noqa: PLC0415 (start-up does not wait for it)
        from desktop.widgets.told import Told  # noqa: PLC0415 (likewise)

        words = " · ".join((isolated(plan.incoming.name), *merge_words.provenance(plan.incoming, plan.desk)))
        open_once(Told(self._context.theme, merge_words.NOTHING_NEW, words, True, self._window))

    def _on_failed(self, error: Exception) -> None:
        self._let_go()
        if isinstance(error, SealedFile):
            self._ask_for_words(error.path)
        else:
            self._context.report(error)

    def _ask_for_words(self, path: Path) -> None:
        from desktop.widgets.ask import Ask  # noqa: PLC0415 (start-up does not wait for it)

        words = f"{isolated(path.name)} is sealed with a passphrase. Type it as the other desk told it to you."
        open_once(Ask(self._window, "Passphrase", words, "Open", partial(self.take, path), required=True))

    def _on_notice(self, _notice: Notice) -> None:
        self._stale = True

    def renew(self) -> None:
        """Work the plan out anew where something was saved since."""
        if self._plan and self._stale and self._job is None:
            self._look()

    def drop(self) -> None:
        """Let go of the plan and of the file that it is of; nothing was written."""
        if self._job:
            self._dropping = True
            self._job.cancel()
        else:
            self._let_go()

    def _let_go(self) -> None:
        self._close()
        self.dropped.emit()

    def _close(self) -> None:
        self._job, self._dropping = None, False
        plan, self._plan = self._plan, None
        guest, self._guest = self._guest, None
        if plan:
            plan.close()
        if guest:
            guest.folder.close()

    # It is kept, or taken out again

    def _on_keep(self) -> None:
        if not (self._guest and self._settle()):
            return
        from db import arrivals  # noqa: PLC0415 (start-up does not wait for it)
        from desktop.widgets.busy import Busy  # noqa: PLC0415 (likewise)

        busy = Busy(
            self._context.jobs,
            self._window,
            "Merging",
            "A backup is made first. Until it is done, nothing else is saved.",
        )
        work = partial(arrivals.take, self._context.book.path, self._guest.incoming)
        busy.run(work, self._on_merged, failed=self._on_not_merged, cancelled=self._on_stopped)

    def _on_merged(self, merged: Merged) -> None:
        guest = self._guest
        self._close()
        self._context.book.catch_up(merged.notice)
        if guest and merged.digests:
            from db import custody  # noqa: PLC0415 (start-up does not wait for it)

            write = partial(custody.receive, merged=merged, incoming=guest.incoming)
            self._context.save_many(Op.RECEIVE, len(merged.digests), write)
        if merged.arrival:
            self.merged.emit(merged.arrival.id)
        else:
            self.told.emit("The missing files came.")
        self.dropped.emit()

    def _on_not_merged(self, error: Exception) -> None:
        self._stale = True
        self._context.report(error)
        self.renew()

    def _on_stopped(self) -> None:
        self.told.emit("Stopped: the casebook is as it was before.")

    def _on_take_out(self) -> None:
        arrival = self._arrival
        if arrival is None or not self._settle():
            return
        from desktop.widgets.ask import Confirm  # noqa: PLC0415 (start-up does not wait for it)

        words = (
            f"Everything that came from {isolated(arrival.desk)} with this merge leaves the casebook; what was saved "
            "here since stays. The file that it came from still has all of it, and can be merged again."
        )
        open_once(
            Confirm(self._window, "Take this merge out", words, "Take it out", partial(self._reverse, arrival.id))
        )

    def _reverse(self, number: int) -> None:
        from db import arrivals  # noqa: PLC0415 (start-up does not wait for it)
        from desktop.widgets.busy import Busy  # noqa: PLC0415 (likewise)

        busy = Busy(
            self._context.jobs, self._window, "Taking the merge out", "Until it is done, nothing else is saved."
        )
        work = partial(arrivals.reverse, self._context.book.path, number)
        done = partial(self._on_reversed, number)
        busy.run(work, done, failed=self._on_not_reversed, cancelled=self._on_stopped)

    def _on_reversed(self, number: int, notice: Notice) -> None:
        self._context.book.catch_up(notice)
        self.reversed.emit(number)
        self.told.emit("The merge was taken out.")

    def _on_not_reversed(self, error: Exception) -> None:
        if not isinstance(error, BuiltUpon):
            self._context.report(error)
            return
        from db import news  # noqa: PLC0415 (start-up does not wait for it)
        from desktop import merge_words  # noqa: PLC0415 (likewise)
        from desktop.widgets.notice import Notice as Said  # noqa: PLC0415 (likewise)

        what, *parts = merge_words.built_upon(error, news.called(self._context.book, error.things))
        Said(self._window, what, parts).show()


def _receive(book: Casebook, path: Path, words: str, progress: Progress) -> _Guest:
    """Look a file over, on the worker's thread."""
    from db import intake  # noqa: PLC0415 (start-up does not wait for it)

    with ExitStack() as stack, book.reader() as known:
        incoming = stack.enter_context(intake.receive(path, known, progress, words))
        return _Guest(incoming, stack.pop_all())


def _plan(casebook: Path, incoming: Incoming, progress: Progress) -> Plan:
    """Work out what would come, on the worker's thread."""
    from db import plan  # noqa: PLC0415 (start-up does not wait for it)

    return plan.of(casebook, incoming, progress)
