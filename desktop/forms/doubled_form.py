"""What to do with files whose very bytes are attached already."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QVBoxLayout, QWidget

from db.duplicates import Doubled
from desktop.rows import Column, RowsModel
from desktop.widgets.fitted import Answers, Fitted
from desktop.widgets.rows_view import RowsView
from desktop.widgets.texts import Label, Prose, isolated

_WIDTHS = (260, 300)


class DoubledForm(Fitted):
    """Names the doubled files of a folder. `skipped` says to leave them out, `kept` to attach them too."""

    skipped = Signal()
    kept = Signal()

    def __init__(self, doubled: Sequence[Doubled], case_id: str, total: int, parent: QWidget) -> None:
        super().__init__(parent)
        count = len(doubled)
        self.setWindowTitle("The same bytes twice")
        self.resize(620, 380)
        columns = (Column("File", _name), Column("Where its bytes are", partial(where, case_id)))
        self.model: RowsModel[Doubled] = RowsModel(columns, self)
        self.model.show(doubled)
        self.view = RowsView(self.model, "Files that are doubled", _WIDTHS, 1, self)
        are = "file has" if count == 1 else "files have"
        words = f"{count} of {total} {are} the very bytes of another. Nothing is lost by leaving them out."
        buttons = Answers(self, f"Leave {'it' if count == 1 else 'them'} out", self._on_skipped)
        self.skip = buttons.answer
        self.keep = buttons.addButton("Attach all", QDialogButtonBox.ButtonRole.ActionRole)
        self.keep.clicked.connect(self._on_kept)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(10)
        box.addWidget(Label("The same bytes twice", "heading"))
        box.addWidget(Prose(words, "soft"))
        box.addWidget(self.view, 1)
        box.addWidget(buttons)

    def _on_skipped(self) -> None:
        self.accept()
        self.skipped.emit()

    def _on_kept(self) -> None:
        self.accept()
        self.kept.emit()


def _name(doubled: Doubled) -> str:
    return doubled.ready.name


def where(case_id: str, doubled: Doubled) -> str:
    """Where the bytes of a doubled file are already."""
    copy = doubled.copy
    if copy is None:
        return f"twice in the folder, first as {isolated(doubled.first)}"
    if copy.case_id == case_id:
        return f"in this case as {isolated(copy.name)}"
    return f"in {isolated(copy.reference)} as {isolated(copy.name)}"
