"""The reader: a long text, what was made from it beside it, and what in it might be worth a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from db import passages
from db.attachments import Attachment
from db.kinds import Kind
from db.marks import Sheet
from db.passages import Passage
from db.readable import Reading
from db.texts import sentences
from db.texts.span import Span
from db.vocabulary import Stance
from desktop import wording
from desktop.context import Context
from desktop.widgets.empty import EmptyState
from desktop.widgets.entries import Entry, EntryList
from desktop.widgets.paper import Paper, Shine
from desktop.widgets.texts import Label

if TYPE_CHECKING:
    from db.texts.candidates import Candidate

_TEXT, _SIDE = 900, 380
_COLORS = {
    Kind.CLAIM: "accent", Kind.ACTOR: "orange", Kind.EVENT: "violet",
    Stance.SUPPORTS: "green", Stance.REFUTES: "red", Stance.QUALIFIES: "amber", Stance.CONTEXT: "gray",
}  # fmt: skip
_NOTHING = Span(0, 0)


@dataclass(frozen=True, slots=True)
class _Marked:
    """A passage of the text, and where in it the words may stand now."""

    passage: Passage
    places: tuple[Span, ...]

    @property
    def span(self) -> Span | None:
        """Where they stand, if that is sure."""
        return self.places[0] if len(self.places) == 1 else None


class Reader(QWidget):
    """Shows one text and its passages. `opened` carries one whose thing is to be shown.

    `aimed` comes when a key would take something else than before.
    """

    opened = Signal(object)
    aimed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.sheet: Sheet | None = None
        self._reading = Reading()
        self._paragraphs: Sequence[int] = ()
        self._marked: dict[str, _Marked] = {}
        self.paper = Paper(context.theme)
        self.list = EntryList(context.theme, "Marked")
        self.candidates = EntryList(context.theme, "Candidates")
        self._titles = Label("Marked", "heading"), Label("Candidates", "heading")
        self._stack = QStackedWidget()
        self._lay_out()
        self.paper.moved.connect(self._on_moved)
        self.paper.touched.connect(self.choose)
        self.paper.opened.connect(self._open)
        self.list.chosen.connect(self._on_chosen)
        self.list.clicked.connect(lambda _: self.reveal(self.list.current))
        self.list.opened.connect(self._open)
        self.candidates.clicked.connect(self._on_candidate)
        self.candidates.opened.connect(self._on_candidate)

    def _lay_out(self) -> None:
        hint = "Select words, or stay in a sentence, and press C, S, R, A or D."
        self._stack.addWidget(EmptyState(self.context.theme, "highlighter", "Nothing marked yet", hint))
        self._stack.addWidget(self.list)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 4, 16, 12)
        marks, candidates = self._titles
        for widget, share in ((marks, 0), (self._stack, 3), (candidates, 0), (self.candidates, 2)):
            column.addWidget(widget, share)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.paper)
        splitter.addWidget(side)
        splitter.setSizes([_TEXT, _SIDE])
        splitter.setStretchFactor(0, 1)
        splitter.setChildrenCollapsible(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(splitter)

    def show_reading(self, attachment: Attachment, reading: Reading) -> None:
        """Show the words of an attachment from their beginning."""
        self._reading, self._paragraphs = reading, sentences.beginnings(reading.text)
        self.sheet = Sheet(attachment.case_id, attachment.id, reading.text, reading.language)
        self.paper.show_text(reading.text)
        self._show_candidates()
        self.refresh()

    def clear(self) -> None:
        """Show nothing any more."""
        self.sheet, self._reading, self._marked = None, Reading(), {}
        self.paper.show_text("")
        self.list.show_entries([], None)
        self.candidates.show_entries([], None)
        self.aimed.emit()

    def refresh(self) -> None:
        """Read anew what was made from the text."""
        if self.sheet is None:
            return
        text, digest = self._reading.text, self._reading.sha256
        found = passages.of_attachment(self.context.book, self.sheet.attachment_id)
        marked = [_Marked(each, passages.places(each.anchor, text, digest)) for each in found]
        marked.sort(key=lambda each: (each.span is None, each.span or _NOTHING))
        self._marked = {each.passage.id: each for each in marked}
        self.list.show_entries([self._entry(each) for each in marked], self.list.current or None)
        self._titles[0].setText(f"Marked  {len(marked)}" if marked else "Marked")
        self._stack.setCurrentIndex(1 if marked else 0)
        shines = [Shine(each.passage.id, each.span, _color(each.passage)) for each in marked if each.span]
        self.paper.show_marks(shines, [_span(each) for each in self._reading.candidates])
        self._on_moved()

    def _entry(self, marked: _Marked) -> Entry:
        passage, span = marked.passage, marked.span
        where = self._paragraph(span) if span else ""
        if not span:
            where = f"stands in {len(marked.places)} places" if marked.places else "no more in this text"
        name = passage.name if passage.name != passage.anchor.exact.strip() else ""
        line = " · ".join(part for part in (where, " ".join(name.split())) if part)
        return Entry(passage.id, passage.anchor.exact, line, _badge(passage), _color(passage))

    def _paragraph(self, span: Span) -> str:
        return f"para. {sentences.number(self._paragraphs, span.start)}"

    def choose(self, passage_id: str) -> None:
        """Choose a passage: in the list, and brighter in the text."""
        self.list.choose(passage_id)
        self.paper.choose(passage_id)

    def reveal(self, passage_id: str) -> None:
        """Choose a passage and bring its words into sight."""
        self.choose(passage_id)
        marked = self._marked.get(passage_id)
        if marked and marked.span:
            self.paper.go_to(marked.span)

    @property
    def mark(self) -> str:
        """The passage that is meant: the one chosen in the list while that has the keys, else the one at the cursor."""
        if self.list.hasFocus():
            return self.list.current
        return next(iter(self.paper.passages_at(self.paper.at)), "")

    @property
    def target(self) -> Span:
        """What a key would take: what is selected, or else the sentence that the cursor stands in."""
        here = self.paper.here
        return here if here.start < here.stop else sentences.around(self._reading.text, here.start)

    def walk(self, step: int) -> None:
        """Go to the next sentence, or to the one before."""
        text, here = self._reading.text, self.target
        found = sentences.after(text, here.start) if step > 0 else sentences.before(text, here.start)
        if found:
            self.paper.go_to(found)

    def walk_candidates(self, step: int) -> None:
        """Select the next candidate, or the one before."""
        here = self.paper.here
        ahead = [each for each in self._reading.candidates if _span(each) > here]
        behind = [each for each in self._reading.candidates if _span(each) < here]
        for each in ahead[:1] if step > 0 else behind[-1:]:
            self.paper.go_to(_span(each), select=True)
            self.candidates.choose(_id(each))

    def _show_candidates(self) -> None:
        text = self._reading.text
        entries = [
            Entry(_id(each), text[each.start : each.stop], self._paragraph(_span(each)), wording.word(each.kind))
            for each in self._reading.candidates
        ]
        self.candidates.show_entries(entries, None)
        self._titles[1].setText(f"Candidates  {len(entries)}")
        for each in (self._titles[1], self.candidates):
            each.setVisible(bool(entries))

    def _on_moved(self) -> None:
        here = self.paper.here
        self.paper.aim(_NOTHING if here.start < here.stop or self.sheet is None else self.target)
        self.aimed.emit()

    def _on_chosen(self, passage_id: str) -> None:
        self.paper.choose(passage_id)
        if self.list.hasFocus():
            self.reveal(passage_id)

    def _on_candidate(self) -> None:
        for each in self._reading.candidates:
            if _id(each) == self.candidates.current:
                self.paper.go_to(_span(each), select=True)
                self.paper.setFocus()
                return

    def _open(self, passage_id: str) -> None:
        if passage_id in self._marked:
            self.opened.emit(self._marked[passage_id].passage)


def _color(passage: Passage) -> str:
    return _COLORS[Stance(passage.stance)] if passage.stance else _COLORS[passage.target.kind]


def _badge(passage: Passage) -> str:
    return wording.word(Stance(passage.stance)) if passage.stance else wording.kind(passage.target.kind)


def _span(candidate: Candidate) -> Span:
    return Span(candidate.start, candidate.stop)


def _id(candidate: Candidate) -> str:
    return f"{candidate.start}-{candidate.stop}-{candidate.kind}"
