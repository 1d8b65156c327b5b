"""Saying of two cases that their claim is the same, or is not; giving the reason; taking it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from db import cards, links
from db.cards import Filter, Sort
from db.change import Change
from db.vocabulary import Op, Relation
from desktop.actions.verb import MenuActions, verb
from desktop.context import Context
from desktop.panels.same_claim import SameClaimPanel
from desktop.widgets.ask import Ask
from desktop.widgets.chooser import Chooser
from desktop.widgets.entries import Entry
from desktop.widgets.once import open_once
from desktop.widgets.texts import isolated

_MOST = 100


class LinkVerbs(QObject):
    """The verbs of the panel of cases with the same claim; `turn` brings it to the front, `show` opens a case."""

    def __init__(self, panel: SameClaimPanel, turn: Callable[[], None], show: Callable[[str], None]) -> None:
        super().__init__(panel)
        self._panel, self._turn, self._show = panel, turn, show
        self._shown = False
        self.same = verb(self, "&Same claim", lambda: self._say(Relation.SAME), "Ctrl+Shift+E")
        self.different = verb(self, "&Different claim", lambda: self._say(Relation.DIFFERENT), "Ctrl+Shift+J")
        self.reason = verb(self, "Give the &reason…", self._on_reason, "Ctrl+Shift+Y")
        self.take_back = verb(self, "&Take back", self._on_take_back, "Ctrl+Shift+B")
        self.open = verb(self, "&Open the other case", self._on_open, "Ctrl+J")
        self.another = verb(self, "&Compare with another case…", self._on_another, "Ctrl+K")
        for action, icon in (
            (self.same, "check"), (self.different, "x"), (self.reason, "message-square-text"),
            (self.take_back, "rotate-ccw"), (self.open, "folder-open"), (self.another, "link"),
        ):  # fmt: skip
            action.setIcon(panel.context.theme.icon(icon))
        for action, short in (
            (self.same, "Same"), (self.different, "Different"), (self.open, "Open"), (self.another, "Compare…"),
        ):  # fmt: skip
            action.setIconText(short)  # on its button, which stands beside the words
        panel.set_verbs(
            [self.same, self.different, self.reason, self.take_back, self.open],
            self.another,
            [self.open, self.take_back, self.different, self.same],
        )
        panel.chosen.connect(self._on_chosen)

    @property
    def all(self) -> MenuActions:
        """The verbs, for menus."""
        return (self.another, None, self.same, self.different, self.reason, self.take_back, None, self.open)

    def refresh(self, shown: bool) -> None:
        """Allow what applies to the chosen case while the case page is in sight."""
        self._shown = shown
        writable = self._panel.context.book.writable
        other = self._panel.current if shown and self._panel.isVisible() else None
        relation = other.link.relation if other and other.link else None
        self.another.setEnabled(shown)
        self.open.setEnabled(other is not None)
        self.same.setEnabled(writable and other is not None and relation is not Relation.SAME)
        self.different.setEnabled(writable and other is not None and relation is not Relation.DIFFERENT)
        for action in (self.reason, self.take_back):
            action.setEnabled(writable and other is not None and other.link is not None)

    def _on_chosen(self) -> None:
        self.refresh(self._shown)

    def _say(self, relation: Relation, reason: str = "") -> None:
        panel, other = self._panel, self._panel.current
        if other:
            panel.context.save(Op.LINK_CASES, lambda c: links.link(c, panel.case_id, other.case_id, relation, reason))

    def _on_reason(self) -> None:
        other = self._panel.current
        if other is None or other.link is None:
            return
        finding = other.link.findings[0]

        def answered(reason: str) -> None:
            self._say(finding.relation, reason)

        words = (
            f"Why {other.reference} has {'the same claim' if finding.relation is Relation.SAME else 'another claim'}."
        )
        ask = Ask(self._panel.window(), "Reason", words, "Keep the reason", answered, required=False)
        ask.text.setText(finding.reason)
        open_once(ask)

    def _on_take_back(self) -> None:
        panel, other = self._panel, self._panel.current
        if other:

            def write(change: Change) -> None:
                links.unlink(change, panel.case_id, other.case_id)

            panel.context.save(Op.UNLINK_CASES, write)

    def _on_open(self) -> None:
        other = self._panel.current
        if other:
            self._show(other.case_id)

    def _on_another(self) -> None:
        self._turn()
        chooser = CaseChooser(self._panel.context, self._panel.case_id, self._panel.window())
        chooser.accepted.connect(lambda: self._panel.pick(chooser.chosen))
        open_once(chooser)


class CaseChooser(Chooser):
    """Offers the other cases of the casebook by any of their words."""

    def __init__(self, context: Context, case_id: str, parent: QWidget) -> None:
        self._book, self._case_id = context.book, case_id
        hint = "Any words of the other case, or its reference"
        super().__init__(context.theme, parent, "Compare with another case", "Compare", hint, "Cases")

    def offer(self, typed: str) -> Sequence[Entry]:
        """The cases that have these words, the last changed first."""
        found = cards.page(self._book, Sort.CHANGED, True, Filter(text=typed), most=_MOST)
        return [
            Entry(card.case_id, f"{isolated(card.reference)}  {card.title}", card.claim)
            for card in found
            if card.case_id != self._case_id
        ]
