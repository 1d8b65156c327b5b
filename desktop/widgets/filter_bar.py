"""The bar above a list of cases that narrows it, by words and by what the cases have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from db.cards import Facets, Filter, Unsettled
from db.vocabulary import Status
from desktop import wording
from desktop.theme import Theme
from desktop.widgets.texts import Label, Line

TYPING_MS = 80
NO_VERDICT = "-"
_UNSETTLED: Mapping[Unsettled, str] = {
    Unsettled.CONFLICTS: "In conflict",
    Unsettled.VERDICTS: "Several verdicts",
    Unsettled.STALE: "Stale verdict",
}
_LETTERS = 9
_NARROWEST = 88


class Picker(QComboBox):
    """One of several values, or none: the first entry, which says what the others are."""

    def __init__(self, none: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addItem(none, "")
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LETTERS)
        self.setMinimumWidth(_NARROWEST)
        self.setMaxVisibleItems(24)

    @property
    def value(self) -> str:
        """What is picked; empty for none."""
        return str(self.currentData())

    def offer(self, values: Iterable[tuple[str, str]]) -> None:
        """Offer values with their words; the one that is picked stays, even when it is gone."""
        picked, words = self.value, self.currentText()
        entries = dict(values)
        with QSignalBlocker(self):
            while self.count() > 1:
                self.removeItem(1)
            for value, text in (entries if picked in entries or not picked else {picked: words} | entries).items():
                self.addItem(text, value)
            self.setCurrentIndex(max(0, self.findData(picked)))


class FilterBar(QWidget):
    """Tells with `changed` which cases are asked for, a moment after the last key."""

    changed = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = Filter()
        self._theme = theme
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._say)
        self.text = Line("Filter cases")
        self.text.setClearButtonEnabled(True)
        self.text.setAccessibleName("Filter cases by words")
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.text.setMinimumWidth(150)
        self.text.setMaximumWidth(380)
        self.text.textChanged.connect(self._typing.start)
        self.text.returnPressed.connect(self._on_return)
        self.status = Picker("Any status", "Status")
        self.rating = Picker("Any rating", "Rating")
        self.tag = Picker("Any tag", "Tag")
        self.assignee = Picker("Anybody", "Assignee")
        self.unsettled = Picker("Settled or not", "Unsettled")
        self.unsettled.offer((what.name, words) for what, words in _UNSETTLED.items())
        self.status.offer((status, wording.word(status)) for status in Status)
        self.count = Label("", "soft")
        self.clear_button = QPushButton("Clear")
        self.clear_button.clicked.connect(self.clear)
        self.clear_button.hide()
        self.pickers = (self.status, self.rating, self.tag, self.assignee, self.unsettled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.text, 3)
        for picker in self.pickers:
            picker.currentIndexChanged.connect(self._say)
            row.addWidget(picker)
        row.addWidget(self.clear_button)
        row.addStretch(1)
        row.addWidget(self.count, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    @property
    def filter(self) -> Filter:
        """What is asked for now."""
        words = self.text.text().strip()
        unsettled = Unsettled[self.unsettled.value] if self.unsettled.value else None
        return Filter(words, self.status.value, self.rating.value, self.tag.value, self.assignee.value, unsettled)

    def offer(self, facets: Facets) -> None:
        """Offer what the cases have."""
        self.rating.offer([(NO_VERDICT, "No verdict"), *((label, label) for label in facets.ratings)])
        self.tag.offer((tag, tag) for tag in facets.tags)
        self.assignee.offer((name, name) for name in facets.assignees)

    def clear(self) -> None:
        """Ask for every case."""
        self.text.clear()
        for picker in self.pickers:
            with QSignalBlocker(picker):
                picker.setCurrentIndex(0)
        self._say()
        self.text.setFocus()

    def _on_return(self) -> None:
        self._say()
        self.left.emit()

    def _say(self) -> None:
        self._typing.stop()
        only = self.filter
        self.clear_button.setVisible(only != Filter())
        if only != self._said:
            self._said = only
            self.changed.emit(only)
