"""Two cases side by side: their claims in their own scripts, their verdicts, and the pictures they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.context import Context
from desktop.widgets.chip import Chip, Mark
from desktop.widgets.texts import Label, Prose
from desktop.widgets.thumbnails import Thumbnails

_PICTURE = QSize(240, 170)


@dataclass(frozen=True, slots=True)
class Words:
    """A claim as it was said, its translation, and by whom and when."""

    text: str
    translation: str = ""
    facts: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two cases; `pictures` are those that it has in common with the other, by SHA-256."""

    head: str
    title: str
    verdicts: tuple[Mark, ...]
    claims: tuple[Words, ...]
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """What speaks for it that they are the same, or what was found; a `warning` stands in a banner."""

    head: str
    lines: tuple[str, ...]
    warning: bool = False


class Comparison(QScrollArea):
    """Shows two cases; `buttons` is the place for the verbs."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self._thumbnails = Thumbnails(context, _PICTURE, self)
        self._thumbnails.arrived.connect(self._on_arrived)
        self._pictures: list[tuple[QLabel, str]] = []
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        self._why, self._sides = QVBoxLayout(), QHBoxLayout()
        self._sides.setSpacing(12)
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(4, 0, 14, 14)
        box.setSpacing(12)
        for part in (self.buttons, self._why, self._sides):
            box.addLayout(part)
        box.addStretch(1)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inner)

    def compare(self, why: Why, sides: Sequence[Side]) -> None:
        """Show these two."""
        self._pictures = []
        _empty(self._why)
        _empty(self._sides)
        self._why.addWidget(self._reasons(why))
        for side in sides:
            self._sides.addWidget(self._card(side), 1)
        self._on_arrived()

    def _reasons(self, why: Why) -> QFrame:
        card = QFrame()
        card.setProperty("banner" if why.warning else "card", "warning" if why.warning else True)
        box = QVBoxLayout(card)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(6)
        box.addWidget(Prose(why.head, "warning" if why.warning else "heading"))
        for line in why.lines:
            box.addWidget(Prose(line, "" if why.warning else "soft"))
        return card

    def _picture(self, sha256: str) -> QLabel:
        label = QLabel()
        label.setFixedHeight(_PICTURE.height())
        label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        label.setAccessibleName("Picture")
        self._pictures.append((label, sha256))
        return label

    def _on_arrived(self) -> None:
        for label, sha256 in self._pictures:
            found = self._thumbnails.find(sha256, self.devicePixelRatioF())
            if found:
                label.setPixmap(found)

    def _card(self, side: Side) -> QFrame:
        card = QFrame()
        card.setProperty("card", True)
        box = QVBoxLayout(card)
        box.setContentsMargins(16, 14, 16, 14)
        box.setSpacing(8)
        box.addWidget(Label(side.head, "reference"))
        if side.title:
            box.addWidget(Prose(side.title, "heading"))
        for words in side.claims:
            box.addSpacing(4)
            box.addWidget(Prose(words.text))
            box.addWidget(Prose(words.translation, "soft")) if words.translation else None
            box.addWidget(Prose(words.facts, "faint")) if words.facts else None
        box.addSpacing(4)
        box.addLayout(self._verdicts(side.verdicts))
        for sha256 in side.pictures:
            box.addWidget(self._picture(sha256))
        box.addStretch(1)
        return card

    def _verdicts(self, marks: Sequence[Mark]) -> QHBoxLayout:
        row = QHBoxLayout()
        for mark in marks:
            chip = Chip(self._theme)
            chip.say(mark.text, mark.color)
            row.addWidget(chip)
        if not marks:
            row.addWidget(Label("No verdict", "soft"))
        row.addStretch(1)
        return row


def _empty(layout: QLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        if item and (widget := item.widget()):
            widget.hide()
            widget.deleteLater()
