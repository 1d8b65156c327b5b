"""What came or would come: its cases, narrowed as one types, and beside them each save of the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from db.news import Brought, Judged, News
from db.texts.folding import fold
from desktop import merge_words
from desktop.merge_words import Trait
from desktop.theme import Theme
from desktop.widgets.empty import EmptyState
from desktop.widgets.news_list import LOOSE, NewsList, NewsRow, rows_of
from desktop.widgets.saves import SavesView
from desktop.widgets.texts import Line, Prose

_ALL = "All"


class NewsView(QWidget):
    """Shows news; the saves of a case are read when it is chosen. `opened` names the case to go to."""

    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[NewsRow, ...] = ()
        self._read: Callable[[str], Brought] | None = None
        self._only: Trait | None = None
        self.text = Line("Filter by words")
        self.text.setAccessibleName("Filter what came by words")
        self.text.setClearButtonEnabled(True)
        self.text.setMinimumWidth(120)
        self.text.setMaximumWidth(280)
        self.text.textChanged.connect(self._narrow)
        self.text.installEventFilter(self)
        self._group = QButtonGroup(self)
        self.chips = {trait: self._chip(trait) for trait in (None, *Trait)}
        self.list = NewsList(theme)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self.opened)
        self.unmatched = EmptyState(theme, "search", "No case matches", "Take away a word or a filter.")
        self.saves = SavesView(Qt.Orientation.Vertical, "Saves that came")
        self.saves.setSizes([140, 320])
        self.saves.setStretchFactor(1, 1)
        self.verdicts, self._banner = Prose(""), QFrame()
        self._lay_out()

    def _chip(self, trait: Trait | None) -> QToolButton:
        chip = QToolButton()
        chip.setCheckable(True)
        chip.setChecked(trait is None)
        chip.setProperty("framed", True)
        chip.clicked.connect(lambda: self._on_chip(trait))
        self._group.addButton(chip)
        return chip

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(6)
        bar.addWidget(self.text, 1)
        for chip in self.chips.values():
            bar.addWidget(chip)
        bar.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.unmatched)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self._stack)
        splitter.addWidget(self._right())
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 2)
        splitter.setChildrenCollapsible(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(bar)
        box.addWidget(splitter, 1)

    def _right(self) -> QWidget:
        """The saves of the chosen case, below the verdicts on it that differ."""
        self._banner.setProperty("banner", "info")
        row = QVBoxLayout(self._banner)
        row.setContentsMargins(12, 6, 12, 6)
        row.addWidget(self.verdicts)
        right = QWidget()
        rows = QVBoxLayout(right)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(self._banner)
        rows.addWidget(self.saves, 1)
        return right

    def _tell_verdicts(self, found: Sequence[Judged]) -> None:
        told = "\n".join(merge_words.judged(found))
        self.verdicts.setText(f"Verdicts that stand beside each other:\n{told}")
        self._banner.setVisible(bool(found))

    def show_news(self, news: News, read: Callable[[str], Brought]) -> None:
        """Show what came; `read` gives what came for a case, or with an empty id for what stands in none."""
        self._rows, self._read = tuple(rows_of(news)), read
        for trait, chip in self.chips.items():
            count = sum(1 for row in self._rows if trait is None or trait in row.traits)
            chip.setText(f"{trait or _ALL} {count:,}")
            chip.setVisible(bool(count) or trait is None)
        if self._only and self.chips[self._only].isHidden():
            self._only = None
            self.chips[None].setChecked(True)
        with QSignalBlocker(self.list):
            self._narrow()
        self._on_chosen(self.list.current)

    def forget(self) -> None:
        """Show nothing, read nothing any more, and filter nothing."""
        self._rows, self._read, self._only = (), None, None
        self.chips[None].setChecked(True)
        with QSignalBlocker(self.text):
            self.text.clear()
        self._narrow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the words into the list, Escape takes the words away."""
        if watched is self.text and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.list.setFocus()
                return True
            if event.key() == Qt.Key.Key_Escape and self.text.text():
                self.text.clear()
                return True
        return super().eventFilter(watched, event)

    def _on_chip(self, trait: Trait | None) -> None:
        self._only = trait
        self._narrow()

    def _narrow(self) -> None:
        words = fold(self.text.text()).split()
        left = [
            row
            for row in self._rows
            if (self._only is None or self._only in row.traits) and all(word in row.folded for word in words)
        ]
        self._stack.setCurrentWidget(self.list if left or not self._rows else self.unmatched)
        self.list.show_rows(left)

    def _on_chosen(self, case_id: str) -> None:
        brought = self._read("" if case_id == LOOSE else case_id) if case_id and self._read else Brought(())
        self._tell_verdicts(brought.verdicts)
        self.saves.show_entries(brought.entries, brought.conflicts)
