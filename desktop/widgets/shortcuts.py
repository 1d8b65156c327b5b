"""Every verb with the keys that do it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFontMetrics, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QDialog, QDialogButtonBox, QTableView, QVBoxLayout, QWidget

from desktop.rows import Column, RowsModel
from desktop.widgets.texts import Label

_KEYS_WIDTH = 220


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A verb and its keys."""

    verb: str
    keys: str

    @property
    def id(self) -> str:
        """The verb."""
        return self.verb


def _verb(row: Shortcut) -> str:
    return row.verb


def _keys(row: Shortcut) -> str:
    return row.keys


def shortcut_rows(actions: Iterable[QAction]) -> tuple[Shortcut, ...]:
    """The verbs that have keys, by name, each once."""
    native = QKeySequence.SequenceFormat.NativeText
    rows = (
        Shortcut(action.iconText().rstrip("…"), " or ".join(keys.toString(native) for keys in action.shortcuts()))
        for action in actions
    )
    return tuple(sorted({row for row in rows if row.keys}, key=lambda row: (row.verb.casefold(), row.keys)))


class Shortcuts(QDialog):
    """Lists the verbs that can be done from the keyboard."""

    def __init__(self, actions: Iterable[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.resize(560, 560)
        columns = (Column("What", _verb), Column("Keys", _keys))
        self.model: RowsModel[Shortcut] = RowsModel(columns, self)
        self.model.show(shortcut_rows(actions))
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.setShowGrid(False)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setTabKeyNavigation(False)
        self.view.setAccessibleName("Keyboard shortcuts")
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(QFontMetrics(self.font()).height() + 12)
        header = self.view.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, header.ResizeMode.Stretch)
        header.resizeSection(1, _KEYS_WIDTH)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(Label("Keyboard shortcuts", "title"))
        box.addWidget(self.view, 1)
        box.addWidget(buttons)
