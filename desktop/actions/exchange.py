"""Exchange with other programs: cases leave in five formats; fact checks, tables and sources of others come in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from db import cards
from db.exchange.vocabulary import Medium
from db.progress import Progress
from desktop import wording
from desktop.actions.taking import Taking
from desktop.actions.verb import MenuActions, verb
from desktop.context import Context
from desktop.names import safe_name
from desktop.widgets.once import open_once

if TYPE_CHECKING:
    from db.exchange.exports import Leaving
    from desktop.forms.leaving_form import Leave, LeavingForm

_SUFFIXES = {Medium.CLAIMREVIEW: "json", Medium.CSV: "csv", Medium.JSON: "json", Medium.RIS: "ris", Medium.CSL: "json"}
_COMING = ["Fact checks, tables and sources (*.json *.jsonld *.csv *.tsv *.txt *.ris)", "All files (*)"]


class ExchangeVerbs(QObject):
    """The verbs of exchange; `chosen` names the cases that may leave, none for all; `settle` saves first."""

    def __init__(
        self,
        context: Context,
        window: QWidget,
        chosen: Callable[[], tuple[str, ...]],
        settle: Callable[[], bool],
        tell: Callable[[str], None],
    ) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        self._chosen, self._settle, self._tell = chosen, settle, tell
        self._form: LeavingForm | None = None
        self.review = verb(self, "Export as Claim&Review…", partial(self._on_export, Medium.CLAIMREVIEW), "Ctrl+F6")
        self.table = verb(self, "Export as &CSV…", partial(self._on_export, Medium.CSV), "Ctrl+F7")
        self.whole = verb(self, "Export as &JSON…", partial(self._on_export, Medium.JSON), "Ctrl+F8")
        self.ris = verb(self, "Export as R&IS…", partial(self._on_export, Medium.RIS), "Ctrl+F11")
        self.csl = verb(self, "Export as CS&L-JSON…", partial(self._on_export, Medium.CSL), "Ctrl+F12")
        self.take = verb(self, "&Import…", self._on_take, "Ctrl+F9")
        for action, icon in (
            (self.review, "file-output"), (self.table, "list"), (self.whole, "file-text"), (self.ris, "library"),
            (self.csl, "library"), (self.take, "download"),
        ):  # fmt: skip
            action.setIcon(context.theme.icon(icon))
        context.bulletin.changed.connect(self.refresh)
        self.refresh()

    @property
    def all(self) -> MenuActions:
        """The verbs in the order of their menu."""
        return (self.review, self.table, self.whole, self.ris, self.csl, None, self.take)

    def refresh(self) -> None:
        """Enable what applies to the casebook."""
        any_case = cards.count(self._context.book, most=1) > 0
        for action in (self.review, self.table, self.whole, self.ris, self.csl):
            action.setEnabled(any_case)
        self.take.setEnabled(self._context.book.writable)

    def _on_export(self, medium: Medium) -> None:
        if not self._settle():
            return
        from db.exchange import exports  # noqa: PLC0415 (start-up does not wait for it)

        chosen = self._chosen()
        if chosen:
            listed = exports.leaving(self._context.book, chosen)
            self._ask(medium, listed, more=cards.count(self._context.book) > len(listed))
        else:
            self._list(lambda cases: self._ask(medium, cases, more=False))

    def _list(self, then: Callable[[tuple[Leaving, ...]], None]) -> None:
        """Read of all cases what their list shows; of a hundred thousand that takes a second."""
        book = self._context.book

        def work(_progress: Progress) -> tuple[Leaving, ...]:
            from db.exchange import exports  # noqa: PLC0415 (start-up does not wait for it)

            with book.reader() as reader:
                return exports.leaving(reader)

        self._context.jobs.start("Listing the cases", work, then)

    def _ask(self, medium: Medium, listed: tuple[Leaving, ...], *, more: bool) -> None:
        from desktop.forms.leaving_form import LeavingForm  # noqa: PLC0415 (start-up does not wait for it)

        form = self._form = LeavingForm(medium, listed, more, self._window)
        form.submitted.connect(self._choose_target)
        form.every_wanted.connect(lambda: self._list(self._show_every))
        form.finished.connect(self._on_finished)
        open_once(form)

    def _show_every(self, cases: tuple[Leaving, ...]) -> None:
        if self._form:
            self._form.show_every(cases)

    def _on_finished(self) -> None:
        self._form = None

    def _choose_target(self, leave: Leave) -> None:
        medium, suffix = leave.wanted.medium, _SUFFIXES[leave.wanted.medium]
        name = self._context.book.path.parent / safe_name(f"{_named(leave)}.{suffix}")
        dialog = QFileDialog(self._window, f"Export as {wording.word(medium)}", str(name))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{wording.word(medium)} (*.{suffix})")
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(name.name)
        dialog.fileSelected.connect(lambda target: self.write(leave, Path(target)))
        open_once(dialog)

    def write(self, leave: Leave, target: Path) -> None:
        """Write what a person let go to a file, off the window's thread."""
        book, ids = self._context.book, [case.id for case in leave.cases]

        def work(progress: Progress) -> str:
            from db.exchange import exports  # noqa: PLC0415 (start-up does not wait for it)

            with book.reader() as reader:
                exports.export(reader, ids, target, leave.wanted, progress)
            return f"Exported: {target}"

        title = f"Exporting {len(ids)} {'case' if len(ids) == 1 else 'cases'}"
        self._context.jobs.start(title, work, self._tell)

    def _on_take(self) -> None:
        if not self._settle():
            return
        dialog = QFileDialog(self._window, "Import", str(self._context.book.path.parent))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(_COMING)
        dialog.fileSelected.connect(self._take)
        open_once(dialog)

    def _take(self, name: str) -> None:
        """Sources that come in may be cited in the one case that is chosen."""
        chosen = self._chosen()
        cited = chosen[0] if len(chosen) == 1 else ""
        Taking(self._context, self._window, Path(name), self._tell, cited).begin()


def _named(leave: Leave) -> str:
    """A name for the file, from the references in it."""
    first, more = leave.cases[0].reference, len(leave.cases) - 1
    name = f"{first} and {more} more" if more else first
    if leave.wanted.medium is Medium.CSV:
        return f"{name} {leave.wanted.table}"
    added = {Medium.CLAIMREVIEW: "ClaimReview", Medium.RIS: "sources", Medium.CSL: "sources"}
    return f"{name} {added.get(leave.wanted.medium, '')}".strip()
