"""The history of a case: who changed what and when, with the old and the new value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QFrame, QHeaderView, QScrollArea, QSplitter, QTableView, QVBoxLayout, QWidget

from db import history
from db.history import Edit, Entry
from db.kinds import Kind
from desktop import wording
from desktop.context import Context
from desktop.panels.panel import Panel
from desktop.rows import Column, RowsModel
from desktop.widgets.texts import Label, Prose, isolated


@dataclass(frozen=True, slots=True)
class Row:
    """One save in the table."""

    id: str
    entry: Entry


class HistoryPanel(Panel):
    """All saves of the case, newest first; the chosen one in full beside them."""

    shows = tuple(Kind)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._stale = True
        self.model: RowsModel[Row] = RowsModel(
            [
                Column("When", lambda row: wording.when(row.entry.made_at)),
                Column("Who", lambda row: row.entry.analyst),
                Column("Desk", lambda row: row.entry.desk),
                Column("What", lambda row: wording.verb(row.entry.verb)),
                Column("Where", lambda row: wording.changed(row.entry)),
            ],
            self,
        )
        self.table = QTableView(self)
        self._details = QVBoxLayout()
        self._lay_out()
        self.table.selectionModel().currentChanged.connect(self._on_current)

    def _lay_out(self) -> None:
        self.table.setModel(self.model)
        self.table.setAccessibleName("History")
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
        for column, width in enumerate((190, 120, 130, 170)):
            self.table.setColumnWidth(column, width)
        head.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        inner, area = QWidget(), QScrollArea()
        self._details.setContentsMargins(8, 0, 14, 0)
        inner.setLayout(self._details)
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(self.table)
        splitter.addWidget(area)
        splitter.setSizes([840, 440])
        splitter.setChildrenCollapsible(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 4, 12)
        box.addWidget(splitter)

    def refresh(self) -> None:
        """Read the log anew, when somebody looks."""
        self._stale = True
        if self.isVisible():
            self._read()

    def showEvent(self, event: object) -> None:
        """Read what was saved while nobody looked."""
        super().showEvent(event)  # type: ignore[arg-type]
        if self._stale and self.case_id:
            self._read()

    def _read(self) -> None:
        """Show all saves; the newest is chosen, unless somebody reads an older one."""
        self._stale = False
        now = self.table.currentIndex()
        reading = self.model.row(now) if now.row() > 0 else None
        self.model.show([Row(entry.save, entry) for entry in history.of_case(self.context.book, self.case_id)])
        self.table.selectRow(max(0, self.model.place(reading.id).row()) if reading else 0)

    def _on_current(self, index: QModelIndex) -> None:
        while self._details.count():
            item = self._details.takeAt(0)
            if item and (widget := item.widget()):
                widget.hide()
                widget.deleteLater()
        row = self.model.row(index)
        if row is None:
            return
        entry = row.entry
        self._details.addWidget(Label(wording.verb(entry.verb), "heading"))
        self._details.addWidget(
            Prose(f"{entry.analyst}, {entry.desk} · {isolated(wording.when(entry.made_at))}", "soft")
        )
        if entry.reason:
            self._details.addWidget(Prose(f"Reason: {entry.reason}"))
        for card in _cards(entry):
            self._details.addWidget(card)
        self._details.addStretch(1)


def _cards(entry: Entry) -> Iterator[QFrame]:
    """One card for each thing that came or went, and for each field that was changed."""
    came = {edit.thing: edit.new for edit in entry.edits if not edit.field and not edit.old}
    for edit in entry.edits:
        if edit.field in wording.UNTOLD or (edit.field and edit.new == came.get(edit.thing)):
            continue
        yield _came_or_went(edit) if not edit.field else _changed(edit, new=edit.thing in came)


def _came_or_went(edit: Edit) -> QFrame:
    what = "kept" if edit.old and edit.new else "deleted" if edit.old else "added"
    return _card(f"{wording.kind(edit.kind)} {what}", Prose(edit.new or edit.old or "(without words)"))


def _changed(edit: Edit, *, new: bool) -> QFrame:
    label = f"{wording.kind(edit.kind)} · {wording.field(edit.kind, edit.field)}"
    after = Prose(wording.value(edit.kind, edit.field, edit.new) or "(empty)")
    if new or not (edit.old or edit.beside):
        return _card(label, after)
    old = [wording.value(edit.kind, edit.field, each) or "(empty)" for each in (edit.old, *edit.beside)]
    before = Label("before, side by side" if edit.beside else "before", "faint")
    return _card(label, before, *(Prose(each, "soft") for each in old), Label("after", "faint"), after)


def _card(label: str, *lines: Label) -> QFrame:
    card = QFrame()
    card.setProperty("card", True)
    box = QVBoxLayout(card)
    box.setContentsMargins(12, 8, 12, 8)
    box.setSpacing(4)
    for line in (Label(label, "label"), *lines):
        box.addWidget(line)
    return card
