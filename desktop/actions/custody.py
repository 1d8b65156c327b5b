"""The verbs of custody: what happened to a file, verify it, erase its bytes for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from db.attachments import Attachment
from db.change import Change, Notice
from db.kinds import Kind
from db.progress import Progress
from db.vocabulary import Op
from desktop import custody_words, wording
from desktop.actions.verb import MenuActions, verb
from desktop.context import Context
from desktop.widgets.once import open_once
from desktop.widgets.texts import isolated

if TYPE_CHECKING:
    from db.erasing import Erasure, Remains
    from db.verifying import Report
    from desktop.widgets.custody_page import CustodyPage

_NAMED = 8


class CustodyVerbs(QObject):
    """What can be asked of the bytes of files, and their end. `told` says in a few words how something came out."""

    told = Signal(str)

    def __init__(self, context: Context, window: QWidget, selected: Callable[[], tuple[Attachment, ...]]) -> None:
        super().__init__(window)
        self._context, self._window, self._selected = context, window, selected
        self._pages: list[CustodyPage] = []
        self.show = verb(self, "&Custody", self._on_show, "F6")
        self.verify = verb(self, "Veri&fy", self._on_verify, "Shift+F6")
        self.verify_all = verb(self, "Verify a&ll files of the casebook", self._on_verify_all, "Ctrl+Shift+F6")
        self.erase = verb(self, "Erase for &good…", self._on_erase, "Ctrl+Shift+Del")
        self._draw()
        context.theme.changed.connect(self._draw)
        context.bulletin.changed.connect(self._on_notice)
        self.refresh()

    def _draw(self) -> None:
        icons = ((self.show, "history"), (self.verify, "shield-check"), (self.erase, "eraser"))
        for action, icon in (*icons, (self.verify_all, "badge-check")):
            action.setIcon(self._context.theme.icon(icon))

    @property
    def chosen(self) -> tuple[QAction, ...]:
        """The verbs that act on the chosen files."""
        return self.show, self.verify, self.erase

    @property
    def all(self) -> MenuActions:
        """The verbs in the order of their menu."""
        return self.show, self.verify, self.verify_all, self.erase

    def refresh(self) -> None:
        """Allow what can be done now; for a change of place or selection."""
        selected = self._selected()
        here = any(each.erased is None for each in selected)
        self.show.setEnabled(bool(selected))
        self.verify.setEnabled(here)
        self.erase.setEnabled(here and self._context.book.writable)

    def _on_notice(self, notice: Notice) -> None:
        if notice.of(Kind.ATTACHMENT):
            self.refresh()

    def close(self) -> None:
        """Close the pages, before the casebook is closed."""
        for page in tuple(self._pages):
            page.close()

    # What happened

    def look_at(self, attachment: Attachment) -> None:
        """Show what happened to one file, in a window of its own."""
        from desktop.widgets.custody_page import CustodyPage  # noqa: PLC0415 (start-up does not wait for it)

        for page in self._pages:
            if page.attachment_id == attachment.id:
                page.activateWindow()
                page.raise_()
                return
        page = CustodyPage(self._context, attachment.id, self._window)
        page.verify_wanted.connect(self._start)
        page.closed.connect(self._on_closed)
        self._pages.append(page)
        page.show()

    def _on_show(self) -> None:
        for chosen in self._selected()[:1]:
            self.look_at(chosen)

    def _on_closed(self) -> None:
        self._pages = [page for page in self._pages if page is not self.sender()]

    # Whether it is what it was

    def _on_verify(self) -> None:
        self._start([each.id for each in self._selected()])

    def _on_verify_all(self) -> None:
        self._start(None)

    def _start(self, attachment_ids: Sequence[str] | None) -> None:
        book = self._context.book

        def work(progress: Progress) -> Report:
            from db import verifying  # noqa: PLC0415 (start-up does not wait for it)

            with book.reader() as reader:
                return verifying.verify(reader, attachment_ids, progress)

        title = "Verifying all files" if attachment_ids is None else f"Verifying {wording.files(len(attachment_ids))}"
        done = partial(self._on_verified, everything=attachment_ids is None)
        self._context.jobs.start(title, work, done, cancelled=lambda: self.told.emit("Stopped: nothing was verified."))

    def _on_verified(self, report: Report, *, everything: bool) -> None:
        """Write down what was found; whoever stops it keeps what was found until then."""
        from db import verifying  # noqa: PLC0415 (start-up does not wait for it)

        writable = self._context.book.writable
        if report.findings and writable:
            write = partial(verifying.record, report=report)
            self._context.save_many(Op.VERIFY_ATTACHMENTS, len(report.findings), write)
        words = custody_words.figures(report)
        if not writable:
            words = f"{words} {custody_words.UNRECORDED}"
        if report.problems or everything:
            self._tell(report, words)
        else:
            self.told.emit(words)

    def _tell(self, report: Report, words: str) -> None:
        from desktop.widgets.told import Told  # noqa: PLC0415 (start-up does not wait for it)

        good = not (report.problems or report.stopped)
        lines = [custody_words.finding(each, isolated) for each in report.problems[:_NAMED]]
        lines += [f"and {len(report.problems) - _NAMED} more"] if len(report.problems) > _NAMED else []
        todo = [custody_words.WHAT_NOW] if report.problems else []
        title = "Every file that is here is as it came in" if good else "Not every file is as it came in"
        if not report.problems and report.stopped:
            title = "Stopped before every file was verified"
        elif good and not report.findings:
            title = "There was nothing to verify"
        open_once(Told(self._context.theme, title, "\n\n".join((words, *lines, *todo)), good, self._window))

    # Its end

    def _on_erase(self) -> None:
        from db import erasing  # noqa: PLC0415 (start-up does not wait for it)
        from desktop.widgets.ask import Ask  # noqa: PLC0415 (likewise)

        planned = erasing.plan(self._context.book, [each.id for each in self._selected()])
        if not planned.digests:
            self.told.emit("There are no bytes to erase: they are not in this casebook.")
            return
        words = "\n\n".join(custody_words.confirmation(planned, isolated))
        answered = partial(self._erase, planned)
        form = Ask(self._window, "Erase for good", words, "Erase for good", answered, required=True)
        form.text.setPlaceholderText("The reason: who asked for it, and why")
        open_once(form)

    def _erase(self, planned: Erasure, reason: str) -> None:
        from db import erasing  # noqa: PLC0415 (start-up does not wait for it)

        remains: list[Remains] = []

        def write(change: Change) -> None:
            remains.append(erasing.erase(change, planned, reason))

        if self._context.save(Op.ERASE_ATTACHMENT, write):
            path = self._context.book.path
            self._context.jobs.start(
                f"Writing over the bytes of {wording.files(len(planned.digests))}",
                lambda progress: erasing.wipe(path, remains[0], progress),
                lambda _: self.told.emit("Erased. What is known of it stays."),
                cancelled=lambda: self.told.emit("Erased. The rest is written over when the casebook is opened next."),
            )
