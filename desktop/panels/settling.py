"""One conflict: its versions side by side, and another being written in place of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from db import actors, cards, cases, conflicts, drafts
from db.conflicts import DELETED, Conflict, Version
from db.errors import CasebookError, Invalid
from db.vocabulary import Op
from desktop import wording
from desktop.context import Context
from desktop.contrast import Span, contrast
from desktop.forms.version_form import VersionForm, can_write
from desktop.widgets.texts import Label, Prose, isolated
from desktop.widgets.version_card import VersionCard, spoken

_FIELD = (
    "Written without seeing each other, so all of it stands. Take a version or write another: that settles it here and "
    "for everybody who merges this casebook later. What is not taken stays in the history."
)
_DELETION = (
    "Deleted at one desk while another changed it, so it is kept for now. Keep or delete it: that settles it here, and "
    "for everybody who merges this casebook later."
)
_MARKED = (
    "What only one of them has is underlined.",
    "What the version shown now does not have is underlined.",
)
_NARROWEST, _NAME = 258, 400


@dataclass(frozen=True, slots=True)
class SettlingVerbs:
    """What can be done with a conflict: for each version take it or start another from it; then write, or look."""

    takes: Sequence[QAction]
    starts: Sequence[QAction]
    write: QAction
    look: QAction


class SettlingPanel(QScrollArea):
    """Shows a conflict and settles it; `changed` comes when it shows another, or begins to write one more version."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._verbs: SettlingVerbs | None = None
        self.conflict: Conflict | None = None
        self.form: VersionForm | None = None
        self.cards: tuple[VersionCard, ...] = ()
        self._grid = QGridLayout()
        self._across = 0
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_verbs(self, verbs: SettlingVerbs) -> None:
        """The verbs whose buttons stand at the versions."""
        self._verbs = verbs

    def show_conflict(self, conflict: Conflict | None) -> None:
        """Show a conflict, with what was being written about it; one that is shown already is left as it is."""
        if conflict == self.conflict:
            return
        self.settle()
        self.conflict, self.form, self.cards = conflict, None, ()
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(4, 0, 14, 14)
        box.setSpacing(12)
        if conflict:
            self._head(box, conflict)
            self._make_cards(conflict)
            self._grid = QGridLayout()
            self._grid.setSpacing(12)
            self._across = 0
            box.addLayout(self._grid)
            box.addWidget(Prose(_MARKED[len(self.cards) > 2] if conflict.field != DELETED else "", "faint"))
            self._begin(conflict, box)
        box.addStretch(1)
        old = self.takeWidget()
        if old:  # the button that was pressed may stand in it
            old.hide()
            old.deleteLater()
        self.setWidget(inner)
        self._place()
        self.changed.emit()

    @property
    def choices(self) -> tuple[tuple[Version, ...], ...]:
        """The versions to choose from."""
        return self.conflict.choices if self.conflict else ()

    @property
    def writing(self) -> bool:
        """Whether another version is being written."""
        return self.form is not None and self.form.isVisibleTo(self)

    def take(self, place: int) -> None:
        """Settle the conflict by one of its versions."""
        conflict = self.conflict
        if conflict:
            operation = conflict.choices[place][0].operation
            self.context.save(Op.RESOLVE_CONFLICT, lambda change: conflicts.settle(change, conflict, operation))

    def start(self, place: int) -> None:
        """Write another version, beginning with one of those that stand."""
        if self.form and self.conflict:
            self.form.show()
            self.form.start_from(self.conflict.choices[place][0])
            self.ensureWidgetVisible(self.form)
            self.changed.emit()

    def write(self) -> None:
        """Settle the conflict by what is written."""
        conflict, form = self.conflict, self.form
        if conflict is None or form is None:
            return
        try:
            with self.context.book.change(Op.RESOLVE_CONFLICT) as change:
                conflicts.settle_as(change, conflict, form.read())
            drafts.keep(self.context.book, _draft_of(conflict), "")
            form.forget()
        except Invalid as error:
            form.complain(form.editor, wording.explain(error).what)
        except CasebookError as error:
            self.context.report(error)

    def settle(self) -> bool:
        """Keep what is being written; returns whether nothing unsaved is left."""
        if self.form:
            self.form.flush()
        return self.form is None or not self.form.dirty

    def showEvent(self, event: QShowEvent) -> None:
        """What can be done with the conflict can be done now."""
        super().showEvent(event)
        self.changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing can be settled out of sight."""
        super().hideEvent(event)
        self.changed.emit()

    def _head(self, box: QVBoxLayout, conflict: Conflict) -> None:
        line = QHBoxLayout()
        line.addWidget(Label(wording.place(conflict.kind, conflict.field), "title"))
        line.addStretch(1)
        if self._verbs and conflict.cases:
            look = QToolButton()
            look.setDefaultAction(self._verbs.look)
            look.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            line.addWidget(look)
        references = [cases.one(self.context.book, case_id).reference for case_id in conflict.cases]
        group = QVBoxLayout()
        group.setSpacing(4)
        group.addLayout(line)
        group.addWidget(Prose(isolated(", ".join(references)) if references else "In no case", "reference"))
        if conflict.name and conflict.name != conflict.versions[0].value:
            group.addWidget(Prose(cards.shorten(conflict.name, _NAME)))
        box.addLayout(group)
        box.addWidget(Prose(_DELETION if conflict.field == DELETED else _FIELD, "soft"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many versions side by side as there is room for."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        across = max(1, min(len(self.cards), self.viewport().width() // _NARROWEST))
        if not self.cards or across == self._across:
            return
        self._across = across
        for place, card in enumerate(self.cards):
            self._grid.addWidget(card, place // across, place % across)
        for column in range(len(self.cards)):
            self._grid.setColumnStretch(column, 1 if column < across else 0)

    def _make_cards(self, conflict: Conflict) -> None:
        theme, choices = self.context.theme, conflict.choices
        self.cards = tuple(VersionCard(theme, n, conflict, choice) for n, choice in enumerate(choices, 1))
        if conflict.field == DELETED:
            for card, choice in zip(self.cards, choices, strict=True):
                card.show_deletion(choice)
        else:
            self._contrast(conflict)
        if self._verbs:
            starts = self._verbs.starts if can_write(conflict) else ()
            for place, card in enumerate(self.cards):
                card.set_verbs([*self._verbs.takes[place : place + 1], *starts[place : place + 1]])

    def _contrast(self, conflict: Conflict) -> None:
        """Show what each version says, beside the one that is shown now; that one beside the only other."""
        texts = [spoken(conflict, choice[0]) for choice in conflict.choices]
        if len(set(texts)) < len(texts):
            texts = [choice[0].told for choice in conflict.choices]
        first, second = contrast(texts[0], texts[1])
        if len(texts) > 2:
            first = (Span(texts[0], own=False),)
        others = [second, *(contrast(texts[0], text)[1] for text in texts[2:])]
        for card, spans in zip(self.cards, (first, *others), strict=True):
            card.show_text(spans)

    def _begin(self, conflict: Conflict, box: QVBoxLayout) -> None:
        """The form for another version, in sight where one was begun."""
        if not can_write(conflict):
            return
        book = self.context.book
        self.form = VersionForm(conflict, tuple(actor.name for actor in actors.everyone(book)))
        self.form.submitted.connect(self._on_draft)
        self.form.set_writable(book.writable)
        if self._verbs:
            button = QToolButton()
            button.setDefaultAction(self._verbs.write)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setProperty("framed", True)
            self.form.buttons.addWidget(button)
        kept = drafts.read(book, _draft_of(conflict))
        self.form.show_draft(kept)
        self.form.setVisible(bool(kept))
        box.addWidget(self.form)

    def _on_draft(self, text: str) -> None:
        if self.conflict and self.form:
            try:
                drafts.keep(self.context.book, _draft_of(self.conflict), text)
            except CasebookError as error:
                self.context.report(error)
            else:
                self.form.accept()


def _draft_of(conflict: Conflict) -> str:
    return f"conflict {conflict.id}"
