"""Opening, finding and deleting cases, and their dossiers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from db import actors, cases, conflicts, drafts, notes
from db.cases import CaseDraft
from db.change import Change
from db.claims import ClaimDraft
from db.errors import CasebookError, Invalid
from db.progress import Progress
from db.vocabulary import Op
from desktop import wording
from desktop.actions.verb import verb
from desktop.context import Context
from desktop.dossier.options import Options
from desktop.widgets.ask import Ask
from desktop.widgets.once import open_once

if TYPE_CHECKING:
    from desktop.forms.new_case_form import NewCase, NewCaseForm

_NEW = "new case"


class CaseVerbs(QObject):
    """The verbs of the Case menu; `chosen` names the cases they act on, `show` opens one, `settle` saves first."""

    def __init__(
        self,
        context: Context,
        window: QWidget,
        chosen: Callable[[], tuple[str, ...]],
        show: Callable[[str], None],
        settle: Callable[[], bool],
        tell: Callable[[str], None],
    ) -> None:
        super().__init__(window)
        self._context, self._window, self._chosen = context, window, chosen
        self._show, self._settle, self._tell = show, settle, tell
        icon = context.theme.icon
        self.new = verb(self, "&New case…", self._on_new, "Ctrl+N")
        self.open = verb(self, "&Open case", self._on_open, "Ctrl+Return")
        self.delete = verb(self, "&Delete case…", self._on_delete, "Ctrl+Del")
        self.export = verb(self, "&Export dossier…", self._on_export, "Ctrl+E")
        self.copy = verb(self, "&Copy reference", self._on_copy, "Ctrl+Shift+R")
        for action, name in (
            (self.new, "plus"), (self.open, "folder-open"), (self.delete, "trash-2"), (self.export, "file-output"),
            (self.copy, "copy"),
        ):  # fmt: skip
            action.setIcon(icon(name))
        self.refresh()

    def refresh(self) -> None:
        """Enable what applies to the chosen cases."""
        chosen, writable = self._chosen(), self._context.book.writable
        self.new.setEnabled(writable)
        self.delete.setEnabled(writable and len(chosen) == 1)
        self.open.setEnabled(len(chosen) == 1)
        self.copy.setEnabled(len(chosen) == 1)
        self.export.setEnabled(bool(chosen))

    def _on_new(self) -> None:
        from desktop.forms.new_case_form import NewCase, NewCaseForm  # noqa: PLC0415 (start-up does not wait for it)

        book = self._context.book
        names = tuple(actor.name for actor in actors.everyone(book))
        form = NewCaseForm(NewCase.unpacked(drafts.read(book, _NEW)), names, self._window)
        form.kept.connect(self._on_kept)

        def submitted(new: NewCase) -> None:
            self._open_new(form, new)

        form.submitted.connect(submitted)
        open_once(form)

    def _on_kept(self, draft: NewCase) -> None:
        try:
            drafts.keep(self._context.book, _NEW, draft.packed())
        except CasebookError as error:
            self._context.report(error)

    def _open_new(self, form: NewCaseForm, new: NewCase) -> None:
        made: list[str] = []

        def write(change: Change) -> None:
            claimant = actors.named(change, new.claimant)
            claim = ClaimDraft(new.claim, new.language, claimant_id=claimant, claimed_on=new.claimed_on)
            case_id = cases.add(change, CaseDraft(title=new.title), claim)
            for name in new.tags.split(","):
                if name.strip():
                    notes.tag(change, case_id, name)
            made.append(case_id)

        try:
            with self._context.book.change(Op.ADD_CASE) as change:
                write(change)
            drafts.keep(self._context.book, _NEW, "")
        except Invalid as error:
            form.fields.complain_about(error.field, wording.explain(error).what)
            return
        except CasebookError as error:
            self._context.report(error)
            return
        form.fields.forget()
        form.accept()
        self._show(made[0])

    def _on_open(self) -> None:
        for case_id in self._chosen():
            self._show(case_id)

    def _on_copy(self) -> None:
        for case_id in self._chosen():
            QGuiApplication.clipboard().setText(cases.one(self._context.book, case_id).reference)

    def _on_delete(self) -> None:
        if not self._settle():
            return
        for case_id in self._chosen():
            self._ask_delete(case_id)

    def _ask_delete(self, case_id: str) -> None:
        reference = cases.one(self._context.book, case_id).reference
        words = (
            f"{reference} goes out of sight with all that belongs to it. Its history stays in the file, its reference "
            "is never given again, and undo brings it back. You may give a reason."
        )

        def answered(reason: str) -> None:
            self._context.save(Op.DELETE_CASE, lambda change: cases.delete(change, case_id, reason))

        open_once(Ask(self._window, f"Delete {reference}", words, "Delete", answered, required=False))

    def _on_export(self) -> None:
        chosen = self._chosen()
        if not chosen or not self._settle():
            return
        from desktop.forms.dossier_form import DossierForm  # noqa: PLC0415 (start-up does not wait for it)

        references = tuple(cases.one(self._context.book, case_id).reference for case_id in chosen)
        disputed = sum(conflicts.count(self._context.book, case_id) for case_id in chosen)
        form = DossierForm(references, disputed, self._window)

        def submitted(options: Options) -> None:
            self._choose_file(chosen, references, options)

        form.submitted.connect(submitted)
        open_once(form)

    def _choose_file(self, chosen: tuple[str, ...], references: tuple[str, ...], options: Options) -> None:
        name = references[0] if len(chosen) == 1 else f"{references[0]} and {len(chosen) - 1} more"
        dialog = QFileDialog(self._window, "Export dossier", str(self._context.book.origin.parent / f"{name}.pdf"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"{name}.pdf")

        def selected(target: str) -> None:
            self.write_dossier(chosen, Path(target), options)

        dialog.fileSelected.connect(selected)
        open_once(dialog)

    def write_dossier(self, case_ids: tuple[str, ...], target: Path, options: Options) -> None:
        """Print a dossier of these cases off the window's thread."""
        book = self._context.book

        def work(progress: Progress) -> Path:
            from desktop.dossier import build  # noqa: PLC0415 (reportlab is slow to import, and seldom wanted)

            reader = book.reader()
            try:
                build.write(reader, case_ids, target, options, progress)
            finally:
                reader.close()
            return target

        self._context.jobs.start("Exporting the dossier", work, self._on_written)

    def _on_written(self, target: Path) -> None:
        self._tell(f"Dossier written: {target}")
