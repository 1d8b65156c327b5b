"""The verdict of a case: what stands, what was before, and the one being written."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from db import drafts, verdicts
from db.kinds import Kind
from db.verdicts import Standing, Verdict, VerdictDraft
from db.vocabulary import Confidence
from desktop import wording
from desktop.context import Context
from desktop.forms.verdict_form import VerdictForm
from desktop.panels.panel import Panel
from desktop.widgets.chip import Chip
from desktop.widgets.empty import EmptyState
from desktop.widgets.texts import Label, Prose, isolated

_MOST_DIFFERENCES = 8


class VerdictPanel(Panel):
    """On the left the verdicts given, newest first; on the right the form for the next."""

    shows = tuple(kind for kind in Kind if kind not in (Kind.NOTE, Kind.TASK, Kind.TAG, Kind.DESK))

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._given: tuple[Verdict, ...] = ()
        self.form = VerdictForm(context.theme)
        self.form.submitted.connect(self._on_draft)
        self.form.set_writable(context.book.writable)
        self._cards = QVBoxLayout()
        self._cards.setContentsMargins(0, 0, 6, 0)
        self._cards.setSpacing(12)
        self._lay_out()

    def _lay_out(self) -> None:
        given, inner = QScrollArea(), QWidget()
        inner.setLayout(self._cards)
        given.setWidgetResizable(True)
        given.setWidget(inner)
        given.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        writing, inner = QScrollArea(), QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(4, 0, 14, 14)
        box.addWidget(self.form)
        box.addStretch(1)
        writing.setWidgetResizable(True)
        writing.setWidget(inner)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(given)
        splitter.addWidget(writing)
        splitter.setSizes([640, 640])
        splitter.setChildrenCollapsible(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 14, 4, 12)
        outer.addWidget(splitter)

    @property
    def standing(self) -> tuple[Verdict, ...]:
        """The verdicts that stand."""
        return tuple(verdict for verdict in self._given if verdict.standing is Standing.STANDS)

    def show_case(self, case_id: str) -> None:
        """Show another case, with what was being written on it."""
        self.form.forget()
        self.case_id = case_id
        self.form.show_draft(self._kept())
        self.refresh()

    def refresh(self) -> None:
        """Show the verdicts anew."""
        book = self.context.book
        self.form.offer(book)
        while self._cards.count():
            item = self._cards.takeAt(0)
            if item and (widget := item.widget()):
                widget.hide()
                widget.deleteLater()
        self._given = found = verdicts.of_case(book, self.case_id)
        self.form.say_superseded(self.standing)
        if len(self.standing) > 1:
            self._cards.addWidget(_several(self.standing))
        for verdict in found:
            self._cards.addWidget(self._card(verdict))
        if not found:
            hint = "Weigh the evidence, then record what it supports. A verdict is sealed with its evidence."
            self._cards.addWidget(EmptyState(self.context.theme, "scale", "No verdict yet", hint), 1)
        else:
            self._cards.addStretch(1)
        self.counted.emit(len(found))

    def settle(self) -> bool:
        """Keep what is being written; it is there again when the case is opened."""
        self.form.flush()
        return not self.form.dirty

    def clear_draft(self) -> None:
        """Begin the next verdict with an empty form."""
        drafts.keep(self.context.book, self._name, "")
        self.form.forget()
        self.form.show_draft(self._kept())

    @property
    def _name(self) -> str:
        return f"verdict {self.case_id}"

    def _kept(self) -> VerdictDraft:
        kept = drafts.read(self.context.book, self._name)
        if not kept:
            return VerdictDraft("", "")
        rating, rationale, confidence = json.loads(kept)
        return VerdictDraft(rating, rationale, Confidence(confidence))

    def _on_draft(self, draft: VerdictDraft) -> None:
        try:
            body = json.dumps([draft.rating, draft.rationale, draft.confidence])
            drafts.keep(self.context.book, self._name, body if draft.rating or draft.rationale else "")
        except Exception as error:  # noqa: BLE001 (told to the person; what is typed stays)
            self.context.report(error)
        else:
            self.form.accept()

    def _card(self, verdict: Verdict) -> QFrame:
        card = QFrame()
        card.setProperty("card", True)
        box = QVBoxLayout(card)
        box.setContentsMargins(16, 14, 16, 14)
        box.setSpacing(8)
        row = QHBoxLayout()
        chip = Chip(self.context.theme)
        chip.say(verdict.rating, verdict.color if verdict.standing is Standing.STANDS else "gray")
        row.addWidget(chip)
        row.addWidget(Label(_STANDING[verdict.standing], "soft"))
        row.addStretch(1)
        box.addLayout(row)
        when = isolated(wording.when(verdict.decided_on))
        confidence = f"{wording.word(verdict.confidence)} confidence".capitalize()
        box.addWidget(Prose(f"{verdict.analyst} · {verdict.desk} · {when} · {confidence}", "soft"))
        box.addWidget(Prose(verdict.rationale))
        if verdict.standing is Standing.WITHDRAWN:
            words = f"Withdrawn by {verdict.withdrawn_by} on {wording.when(verdict.withdrawn_at)}: {verdict.reason}"
            box.addWidget(Prose(words, "danger"))
        elif verdict.standing is Standing.STANDS and verdict.stale:
            box.addWidget(self._stale(verdict))
        seal = Prose(f"Evidence sealed: {verdict.evidence_hash[:16]}…", "faint")
        seal.setToolTip(f"SHA-256 {verdict.evidence_hash}")
        box.addWidget(seal)
        return card

    def _stale(self, verdict: Verdict) -> QFrame:
        """What has changed since, in a banner."""
        banner = QFrame()
        banner.setProperty("banner", "warning")
        box = QVBoxLayout(banner)
        box.setContentsMargins(12, 8, 12, 8)
        box.addWidget(Prose("Stale: the evidence has changed since this verdict was given.", "warning"))
        found = verdicts.changes_since(self.context.book, verdict.id)
        for difference in found[:_MOST_DIFFERENCES]:
            box.addWidget(Prose(f"• {wording.difference(difference)}", "soft"))
        if len(found) > _MOST_DIFFERENCES:
            box.addWidget(Prose(f"and {len(found) - _MOST_DIFFERENCES} more", "soft"))
        return banner


def _several(standing: tuple[Verdict, ...]) -> QFrame:
    """That several verdicts stand, in a banner."""
    differ = " and differ" if len({verdict.rating for verdict in standing}) > 1 else ""
    banner = QFrame()
    banner.setProperty("banner", "warning")
    box = QVBoxLayout(banner)
    box.setContentsMargins(12, 8, 12, 8)
    box.addWidget(Prose(f"{len(standing)} verdicts stand{differ}.", "warning"))
    box.addWidget(Prose("The list and the dossier show each of them until a new verdict supersedes them all.", "soft"))
    return banner


_STANDING = {
    Standing.STANDS: "stands",
    Standing.SUPERSEDED: "superseded by a newer verdict",
    Standing.WITHDRAWN: "withdrawn",
}
