"""What a backup would lose, save by save: in which case, when, who and what, as its history tells it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from db.history import Entry
from db.losses import Loss, Losses
from desktop import wording
from desktop.rows import Column, RowsModel
from desktop.widgets.texts import Prose, isolated, tooltip


@dataclass(frozen=True, slots=True)
class Row:
    """One save of one case, or how many more there are of it that are not told one by one."""

    case: str
    title: str
    entry: Entry | None
    more: int = 0

    @property
    def id(self) -> str:
        """The save in its case."""
        return f"{self.case} {self.entry.save if self.entry else ''}"


class LossesView(QWidget):
    """Says how much would be lost and lists it; says it too where nothing would be, or where a backup will not do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words, self.back = Prose(), Prose("", "soft")
        self.trouble, self._banner = Prose(), QFrame()
        self.model: RowsModel[Row] = RowsModel(
            [
                Column("Case", lambda row: row.case or "In no case", _role),
                Column("When", lambda row: wording.when(row.entry.made_at) if row.entry else "", _role),
                Column("Who", lambda row: row.entry.analyst if row.entry else "", _role),
                Column("What", _what, _role),
                Column("Where", lambda row: wording.changed(row.entry) if row.entry else "", _role),
            ],
            self,
        )
        self.table = QTableView()
        self._lay_out()
        self.show_nothing()

    def _lay_out(self) -> None:
        self.table.setModel(self.model)
        self.table.setAccessibleName("What would be lost")
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(34)
        head = self.table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(100)
        for column, width in enumerate((135, 170, 100, 155)):
            self.table.setColumnWidth(column, width)
        head.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        self._banner.setProperty("banner", "danger")
        inside = QHBoxLayout(self._banner)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.addWidget(self.trouble)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        for widget in (self._banner, self.words, self.back):
            box.addWidget(widget)
        box.addWidget(self.table, 100)
        box.addStretch(1)

    def show_nothing(self) -> None:
        """Say nothing, while nothing is known."""
        self._show("", "", ())

    def show_trouble(self, words: str) -> None:
        """Say why a backup will not do."""
        self._show("", "", (), words)

    def show_losses(self, lost: Losses | None, back: Losses | None) -> None:
        """List what would be lost, and count what would come back; neither where the casebook cannot be read."""
        if lost is None:
            words = "The casebook itself cannot be read, so nobody can tell what was saved in it after this backup."
            self._show(words, "", ())
            return
        words = f"{wording.saves(lost)} would be lost:" if lost.saves else "Nothing would be lost."
        comes = f"{wording.saves(back)} would come back." if back and back.saves else ""
        self._show(words, comes, tuple(row for loss in lost.cases for row in _rows(loss)))

    def _show(self, words: str, back: str, rows: tuple[Row, ...], trouble: str = "") -> None:
        for label, text in ((self.words, words), (self.back, back), (self.trouble, trouble)):
            label.setText(text)
            label.setVisible(bool(text))
        self._banner.setVisible(bool(trouble))
        self.model.show(rows)
        self.table.setVisible(bool(rows))


def _rows(loss: Loss) -> Iterator[Row]:
    for entry in loss.entries:
        yield Row(loss.reference, loss.title, entry)
    if loss.saves > len(loss.entries):
        yield Row(loss.reference, loss.title, None, loss.saves - len(loss.entries))


def _what(row: Row) -> str:
    if row.entry:
        return wording.verb(row.entry.verb)
    return f"{row.more} older {'save' if row.more == 1 else 'saves'}"


def _role(row: Row, role: int) -> object:
    if role == Qt.ItemDataRole.ToolTipRole:
        told = wording.changed(row.entry) if row.entry else ""
        return tooltip("\n".join(filter(None, (f"{isolated(row.case)}  {row.title}".strip(), _what(row), told)))[:2000])
    return None
