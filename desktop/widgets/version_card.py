"""One of the versions that stand of a field: what it says, beside another, and who wrote it where and when."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout

from db.conflicts import DELETED, Conflict, Version
from desktop import wording
from desktop.contrast import Span, Spans
from desktop.theme import Theme
from desktop.widgets.chip import Chip
from desktop.widgets.contrasted import Contrasted
from desktop.widgets.texts import Label, Prose, isolated, tooltip

_HEAD = 24
_CLOCK = "By the clock of that desk, which may be wrong. It decides only what is shown first."


class VersionCard(QFrame):
    """Shows a version that one or several desks wrote; the buttons are those of verbs."""

    def __init__(self, theme: Theme, number: int, conflict: Conflict, choice: Sequence[Version]) -> None:
        super().__init__()
        self._theme, self._conflict = theme, conflict
        self.setProperty("card", True)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(14, 12, 14, 12)
        self.rows.setSpacing(6)
        head = QHBoxLayout()
        head.addStrut(_HEAD)
        head.addWidget(Label(f"Version {number}", "heading"))
        head.addStretch(1)
        if choice[0].shown:
            chip = Chip(theme)
            chip.say("Shown now", "blue")
            head.addWidget(chip)
        self.rows.addLayout(head)
        for version in choice:
            by = Prose(f"{version.analyst}, {version.desk} · {isolated(wording.when(version.made_at))}", "soft")
            by.setToolTip(tooltip(_CLOCK))
            self.rows.addWidget(by)

    def show_text(self, spans: Spans) -> None:
        """Show what the version says, with what only it has."""
        self._add_text(self._conflict.field, spans)
        self.rows.addStretch(1)

    def _add_text(self, field: str, spans: Spans) -> None:
        text = Contrasted(self._theme)
        text.setAccessibleName(wording.place(self._conflict.kind, field))
        text.show_spans(spans)
        self.rows.addWidget(text)

    def show_deletion(self, choice: Sequence[Version]) -> None:
        """Show that the version keeps the thing, with what was written in it, or deletes it, and why."""
        thing = wording.kind(self._conflict.kind).lower()
        if choice[0].deletes:
            self.rows.addWidget(Prose(f"Deletes this {thing}."))
            for version in choice:
                self.rows.addWidget(Prose(f"Reason: {version.value}" if version.value else "No reason given.", "soft"))
        else:
            self.rows.addWidget(Prose(f"Keeps this {thing}."))
            said = dict.fromkeys(said for version in choice for said in version.said)
            for each in said:
                self.rows.addWidget(Label(wording.field(self._conflict.kind, each.field), "label"))
                words = wording.value(self._conflict.kind, each.field, each.value)
                self._add_text(each.field, (Span(words, own=False),))
        self.rows.addStretch(1)

    def set_verbs(self, verbs: Sequence[QAction]) -> None:
        """Put the buttons of these verbs below."""
        row = QHBoxLayout()
        for verb in verbs:
            button = QToolButton()
            button.setDefaultAction(verb)
            button.setProperty("framed", True)
            row.addWidget(button)
        row.addStretch(1)
        self.rows.addLayout(row)


def spoken(conflict: Conflict, version: Version) -> str:
    """What a version says, in words for people; empty where one side deleted the thing."""
    return "" if conflict.field == DELETED else wording.value(conflict.kind, conflict.field, version.told)
