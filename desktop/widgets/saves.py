"""Saves as a table, and the chosen one in full: who changed what and when, with the old and the new value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QFrame, QHeaderView, QScrollArea, QSplitter, QTableView, QVBoxLayout, QWidget

from db.conflicts import DELETED, Conflict
from db.history import Edit, Entry
from desktop import wording
from desktop.rows import Column, RowsModel
from desktop.widgets.against import against
from desktop.widgets.texts import Label, Prose, isolated

_WIDE, _NARROW = (180, 110, 110, 270), (176, 90, 90, 190)
_MOST = 200  # cards of one save


@dataclass(frozen=True, slots=True)
class Row:
    """One save in the table."""

    id: str
    entry: Entry


class SavesView(QSplitter):
    """All saves in a table, newest first; beside or below it the chosen one in full."""

    def __init__(self, orientation: Qt.Orientation, name: str, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
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
        self._conflicts: Mapping[tuple[str, str], Conflict] = {}
        self.table = QTableView()
        self.table.setAccessibleName(name)
        self._details = QVBoxLayout()
        self._lay_out()
        self.table.selectionModel().currentChanged.connect(self._on_current)

    def _lay_out(self) -> None:
        self.table.setModel(self.model)
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
        widths = _WIDE if self.orientation() is Qt.Orientation.Horizontal else _NARROW
        for column, width in enumerate(widths):
            self.table.setColumnWidth(column, width)
        head.setSectionResizeMode(len(widths), QHeaderView.ResizeMode.Stretch)
        inner, area = QWidget(), QScrollArea()
        self._details.setContentsMargins(8, 0, 14, 0)
        inner.setLayout(self._details)
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.addWidget(self.table)
        self.addWidget(area)
        self.setChildrenCollapsible(False)

    def show_entries(self, entries: Sequence[Entry], conflicts: Sequence[Conflict] = ()) -> None:
        """Show these saves, and beside each field what stands in conflict with it.

        The newest is chosen, or the newest in conflict, unless somebody reads an older one that is still there.
        """
        now = self.table.currentIndex()
        reading = self.model.row(now) if now.row() > 0 else None
        self._conflicts = {(conflict.thing, conflict.field): conflict for conflict in conflicts}
        self.model.show([Row(entry.save, entry) for entry in entries])
        disputed = (place for place, entry in enumerate(entries) if any(map(self._conflict, entry.edits)))
        there = self.model.place(reading.id).row() if reading else -1
        self.table.selectRow(there if there >= 0 else next(disputed, 0))
        if not entries:
            self._clear()

    def _conflict(self, edit: Edit) -> Conflict | None:
        """The conflict that an edit is one side of: what was written over since is none."""
        found = self._conflicts.get((edit.thing, edit.field))
        if found and edit.new in [version.value for version in found.versions]:
            return found
        return self._conflicts.get((edit.thing, DELETED))

    def _clear(self) -> None:
        while self._details.count():
            item = self._details.takeAt(0)
            if item and (widget := item.widget()):
                widget.hide()
                widget.deleteLater()

    def _on_current(self, index: QModelIndex) -> None:
        self._clear()
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
        came = {edit.thing: edit.new for edit in entry.edits if not edit.field and not edit.old}
        told = [edit for edit in entry.edits if _is_told(edit, came)]
        for edit in told[:_MOST]:
            card = _changed(edit, new=edit.thing in came) if edit.field else _came_or_went(edit)
            for line in against(self._conflict(edit), edit):
                card.rows.addWidget(line)
            self._details.addWidget(card)
        if len(told) > _MOST:
            self._details.addWidget(Prose(f"And {len(told) - _MOST} more.", "soft"))
        self._details.addStretch(1)


def _is_told(edit: Edit, came: Mapping[str, str]) -> bool:
    """Whether an edit says anything to a person that the names of the things that came do not."""
    return edit.field not in wording.UNTOLD and not (edit.field and edit.new == came.get(edit.thing))


def _came_or_went(edit: Edit) -> Card:
    what = "kept" if edit.old and edit.new else "deleted" if edit.old else "added"
    return Card(f"{wording.kind(edit.kind)} {what}", Prose(edit.new or edit.old or "(without words)"))


def _changed(edit: Edit, *, new: bool) -> Card:
    label = f"{wording.kind(edit.kind)} · {wording.field(edit.kind, edit.field)}"
    after = Prose(wording.value(edit.kind, edit.field, edit.new) or "(empty)")
    if new or not (edit.old or edit.beside):
        return Card(label, after)
    old = [wording.value(edit.kind, edit.field, each) or "(empty)" for each in (edit.old, *edit.beside)]
    before = Label("before, side by side" if edit.beside else "before", "faint")
    return Card(label, before, *(Prose(each, "soft") for each in old), Label("after", "faint"), after)


class Card(QFrame):
    """One field, or one thing that came or went, in a frame."""

    def __init__(self, label: str, *lines: Label) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(12, 8, 12, 8)
        self.rows.setSpacing(4)
        for line in (Label(label, "label"), *lines):
            self.rows.addWidget(line)
