"""Two cases side by side: their claims in their own scripts, their verdicts, and the pictures they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.context import Context
from desktop.widgets.chip import Chip, Mark
from desktop.widgets.texts import Label, Prose, Reading
from desktop.widgets.thumbnails import Thumbnails

_PICTURE = QSize(240, 170)
_MOST = 400  # lines of a text that grow; what is beyond scrolls


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


class Comparison(QWidget):
    """Shows two cases; `buttons` is the place for the verbs, which stay in sight."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self._thumbnails = Thumbnails(context, _PICTURE, self)
        self._thumbnails.arrived.connect(self._on_arrived)
        self._pictures: list[tuple[QLabel, str]] = []
        self._shown: tuple[Why, tuple[Side, ...]] | None = None
        self.buttons = QHBoxLayout()
        self.buttons.setContentsMargins(4, 0, 14, 0)
        self.buttons.addStretch(1)
        self._why, self._sides = QVBoxLayout(), QHBoxLayout()
        self._sides.setSpacing(12)
        inner, area = QWidget(), QScrollArea()
        box = QVBoxLayout(inner)
        box.setContentsMargins(4, 0, 14, 14)
        box.setSpacing(12)
        box.addLayout(self._why)
        box.addLayout(self._sides)
        box.addStretch(1)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addLayout(self.buttons)
        outer.addWidget(area, 1)

    def compare(self, why: Why, sides: Sequence[Side]) -> None:
        """Show these two; what is shown already stays as it is, where one reads."""
        if (why, tuple(sides)) == self._shown:
            return
        self._shown, self._pictures = (why, tuple(sides)), []
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
        box.setSpacing(2)
        box.addWidget(Prose(why.head, "warning" if why.warning else "heading"))
        for line in why.lines:
            box.addWidget(Reading("Reason", line, "" if why.warning else "soft", _MOST))
        return card

    def _picture(self, sha256: str) -> QLabel:
        label = QLabel()
        label.setFixedHeight(_PICTURE.height())
        label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        label.setAccessibleName("Picture")
        label.hide()  # until it is known that there is one
        self._pictures.append((label, sha256))
        return label

    def _on_arrived(self) -> None:
        for label, sha256 in self._pictures:
            found = self._thumbnails.find(sha256, self.devicePixelRatioF())
            if found and not found.isNull():
                label.setPixmap(found)
                label.show()

    def _card(self, side: Side) -> QFrame:
        card = QFrame()
        card.setProperty("card", True)
        box = QVBoxLayout(card)
        box.setContentsMargins(16, 14, 16, 14)
        box.setSpacing(4)
        box.addWidget(Label(side.head, "reference"))
        if side.title:
            box.addWidget(Reading("Title", side.title, "heading", _MOST))
        for words in side.claims:
            box.addSpacing(4)
            box.addWidget(Reading("Claim", words.text, most=_MOST))
            if words.translation:
                box.addWidget(Reading("Translation", words.translation, "soft", _MOST))
            if words.facts:
                box.addWidget(Prose(words.facts, "faint"))
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
