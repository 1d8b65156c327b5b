"""The verbs of the reader: one key makes something of the words at the cursor, each in one save."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolBar

from db import claims, marks, passages
from db.change import Change
from db.marks import Sheet
from db.passages import Target
from db.texts.span import Span
from db.vocabulary import Op, Stance
from desktop.actions.verb import Keys, MenuActions, menu_of, verb
from desktop.forms.claim_chooser import ClaimChooser
from desktop.panels.reader import Reader
from desktop.widgets.find_line import FindLine
from desktop.widgets.key_button import KeyButton
from desktop.widgets.once import open_once

Make = Callable[[Change, Sheet, Span], Target]
_LONGEST = 60


class MarkVerbs(QObject):
    """What can be done in the reader. `told` says in a few words for the status bar how it came out."""

    told = Signal(str)

    def __init__(self, reader: Reader, finder: FindLine, bar: QToolBar) -> None:
        super().__init__(reader)
        self._reader, self._last_claim = reader, ""
        self.claim = self._verb("&Claim", "quote", lambda: self._mark(marks.claim, reader.target, "Claim"), "C")
        self.supports = self._verb("&Supports", "check", partial(self._cite, Stance.SUPPORTS), "S")
        self.refutes = self._verb("&Refutes", "x", partial(self._cite, Stance.REFUTES), "R")
        self.actor = self._verb("&Actor", "user", self._on_actor, "A")
        self.date = self._verb("&Date", "calendar", self._on_date, "D")
        self.unmark = self._verb("&Unmark", "eraser", self._on_unmark, "Del")
        self.next_sentence = self._verb("&Next sentence", "", lambda: reader.walk(1), "Space")
        self.last_sentence = self._verb("&Previous sentence", "", lambda: reader.walk(-1), "Shift+Space")
        self.next = self._verb("Next candi&date", "", lambda: reader.walk_candidates(1), ("N", "Alt+Down"))
        self.last = self._verb("Previous candidat&e", "", lambda: reader.walk_candidates(-1), ("Shift+N", "Alt+Up"))
        self.find = self._verb("&Find in the text", "search", finder.start, "F")
        reader.list.addAction(self.unmark)
        reader.paper.set_menu(menu_of(reader, self.menu))
        reader.list.set_menu(menu_of(reader, (self.unmark,)))
        self._fill(bar)
        reader.aimed.connect(self.refresh)
        self.refresh()

    def _fill(self, bar: QToolBar) -> None:
        for action in self.making:
            bar.addWidget(KeyButton(action))
        bar.addSeparator()
        for action in (self.next_sentence, self.next, self.find):
            bar.addWidget(KeyButton(action))

    def _verb(self, text: str, icon: str, do: Callable[[], object], keys: Keys | tuple[Keys, ...]) -> QAction:
        action = verb(self, text, do, keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        if icon:
            action.setIcon(self._reader.context.theme.icon(icon))
        self._reader.paper.addAction(action)
        return action

    @property
    def making(self) -> tuple[QAction, ...]:
        """The verbs that make something, and the one that takes a mark off."""
        return (self.claim, self.supports, self.refutes, self.actor, self.date, self.unmark)

    @property
    def menu(self) -> MenuActions:
        """All verbs in the order of a menu."""
        walking = (self.next_sentence, self.last_sentence, self.next, self.last)
        return (*self.making, None, *walking, None, self.find)

    def refresh(self) -> None:
        """Allow what can be done now."""
        reader = self._reader
        ready = reader.sheet is not None and reader.isVisible()
        writes = ready and reader.context.book.writable
        for action in (self.next_sentence, self.last_sentence, self.next, self.last, self.find):
            action.setEnabled(ready)
        for action in self.making:
            action.setEnabled(writes)

    def _mark(self, make: Make, span: Span, what: str) -> None:
        sheet = self._reader.sheet
        if sheet is None or span.start >= span.stop:
            self.told.emit("There are no words here.")
        elif self._reader.context.save(Op.MARK_PASSAGE, lambda change: make(change, sheet, span)):
            self._reader.paper.take_off()
            words = " ".join(span.of(sheet.text).split())
            shown = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
            self.told.emit(f"{what}: {shown}")

    def _cite(self, stance: Stance) -> None:
        reader, span = self._reader, self._reader.target
        if reader.sheet is None or span.start >= span.stop:
            self._mark(marks.claim, span, "")
            return
        found = claims.of_case(reader.context.book, reader.sheet.case_id)
        if len(found) < 2:
            self._cite_for(stance, span, "")
            return
        title = "What does it support?" if stance is Stance.SUPPORTS else "What does it refute?"
        answered = partial(self._cite_for, stance, span)
        open_once(ClaimChooser(reader.window(), reader.context.theme, title, found, self._last_claim, answered))

    def _cite_for(self, stance: Stance, span: Span, claim_id: str) -> None:
        self._last_claim = claim_id

        def make(change: Change, sheet: Sheet, span: Span) -> Target:
            return marks.cite(change, sheet, span, stance, claim_id)

        self._mark(make, span, stance.capitalize())

    def _on_actor(self) -> None:
        selected = self._reader.paper.selection
        if selected.start < selected.stop:
            self._mark(marks.actor, selected, "Actor")
        else:
            self.told.emit("Select the name first.")

    def _on_date(self) -> None:
        self._mark(marks.event, self._reader.target, "Event")

    def _on_unmark(self) -> None:
        passage_id = self._reader.mark
        if passage_id and self._reader.context.save(
            Op.UNMARK_PASSAGE, lambda change: passages.unmark(change, passage_id)
        ):
            self.told.emit("Took the mark off. What was made from it stays; undo brings the mark back.")
