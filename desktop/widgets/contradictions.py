"""What sources say of an actor and cannot all be so: side by side, each with who says it and how it is graded."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from db.attributes import Contradiction, Told, Version
from db.kinds import Kind
from desktop import actor_words, wording
from desktop.widgets.texts import Label, Prose, isolated

_LEAST, _MOST = 100, 250


class Contradictions(QScrollArea):
    """A card for each contradiction; it takes no room where there is none. `opened` names what is to be shown."""

    opened = Signal(str, str, str)  # a case, and the kind and id of what is to be shown there

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Contradictions")
        self.setMinimumHeight(_LEAST)
        self.show_contradictions(())

    def show_contradictions(self, found: Sequence[Contradiction]) -> int:
        """Show these; returns how high they would like to be."""
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(16, 10, 10, 6)
        rows.setSpacing(8)
        for each in found:
            rows.addWidget(self._card(each))
        rows.addStretch(1)
        self.setWidget(inner)
        self.setVisible(bool(found))
        return min(_MOST, inner.sizeHint().height() + 4) if found else 0

    def _card(self, found: Contradiction) -> QFrame:
        card = QFrame()
        card.setProperty("card", True)
        box = QVBoxLayout(card)
        box.setContentsMargins(14, 10, 14, 10)
        box.setSpacing(6)
        box.addWidget(Label(f"{wording.word(found.name)}: sources differ", "warning"))
        side_by_side = QHBoxLayout()
        side_by_side.setSpacing(18)
        for version in found.versions:
            side_by_side.addLayout(self._version(version), 1)
        box.addLayout(side_by_side)
        return card

    def _version(self, version: Version) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(Prose(version.value, "heading"))
        for told in version.told:
            column.addLayout(self._teller(told))
        column.addStretch(1)
        return column

    def _teller(self, told: Told) -> QVBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(Prose(told.source or actor_words.NO_SOURCE))
        below = QHBoxLayout()
        dated = f"of {wording.when(told.dated)}" if told.dated else ""
        facts = (isolated(wording.when(told.published_on)), actor_words.grade(told), dated)
        below.addWidget(Prose(" · ".join(filter(None, facts)), "soft"), 1)
        button = QToolButton()
        button.setText(told.reference)
        button.setToolTip("Show it in its case")
        kind, thing = (Kind.SOURCE, told.source_id) if told.source_id else (Kind.ACTOR, told.actor_id)
        button.clicked.connect(lambda: self.opened.emit(told.case_id, str(kind), thing))
        below.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        lines.addLayout(below)
        return lines
