"""The verbs that lead into the reading room: read a text, take a new one in, show where something came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QToolButton, QWidget

from db import attachments, cards, citations, collecting, marks, passages, readable, sources
from db.attachments import Attachment, Depot, Ready
from db.change import Change, Notice
from db.citations import CitationDraft
from db.identity import now
from db.kinds import Kind
from db.origins import Origin
from db.passages import Passage
from db.progress import Progress
from db.sources import SourceDraft
from db.vocabulary import Op
from desktop import collection_words
from desktop.actions.verb import verb
from desktop.context import Context
from desktop.forms.new_text_form import NewText, NewTextForm
from desktop.panels.evidence import EvidencePanel
from desktop.panels.master import AnyMaster
from desktop.widgets.once import open_once

_TEXT = "text/plain"
_NOWHERE = Origin()
_NAME, _SHOWN = 60, 48


class ReadingVerbs(QObject):
    """`wanted` names the attachment that is to be read and, where there is one, the passage to begin at."""

    wanted = Signal(str, str)
    told = Signal(str)

    def __init__(self, context: Context, evidence: EvidencePanel, others: Sequence[AnyMaster], window: QWidget) -> None:
        super().__init__(window)
        self._context, self._evidence, self._window = context, evidence, window
        self.read = verb(self, "&Read", self._on_read, "F3")
        self.new = verb(self, "New &text to read…", self._on_new)
        self.read.setIcon(context.theme.icon("book-open"))
        self.new.setIcon(context.theme.icon("file-text"))
        self._leads = tuple(Lead(context, panel, self.wanted.emit) for panel in (*others, evidence))

    @property
    def all(self) -> tuple[QAction, ...]:
        """Both verbs, for menus."""
        return (self.read, self.new)

    def refresh(self, shown: bool) -> None:
        """Allow what can be done now."""
        self.read.setEnabled(shown)
        self.new.setEnabled(shown and self._context.book.writable)

    def take(self, text: str, source_id: str = "", origin: Origin = _NOWHERE) -> None:
        """Ask whose text this is, keep it with what is told of where it came from, and read it."""
        found = sources.of_case(self._context.book, self._evidence.case_id)
        open_once(NewTextForm(self._window, found, text, source_id, partial(self._on_answered, origin)))

    def _on_new(self) -> None:
        offered = QGuiApplication.clipboard().mimeData()
        text = offered.text() if offered and offered.hasText() else ""
        self.take(text, self._evidence.source_id if self._evidence.isVisible() else "")

    def _on_read(self) -> None:
        for attachment in self._readable():
            self.wanted.emit(attachment.id, "")
            return
        for lead in self._leads:
            if lead.panel.isVisible() and lead.passage:
                lead.follow()
                return
        self.told.emit("There is no text to read here. Paste one with “New text to read”.")

    def _readable(self) -> Iterator[Attachment]:
        """The texts that may be meant: those selected, then those of the chosen source."""
        book, evidence = self._context.book, self._evidence
        if evidence.isVisible():
            found = attachments.of_case(book, evidence.case_id)
            mine = (each for each in found if each.source_id and each.source_id == evidence.source_id)
            meant = (*evidence.focused_gallery.selected, *mine)
            yield from (each for each in meant if readable.may_be(book, each))

    def _on_answered(self, origin: Origin, new: NewText) -> None:
        book, case_id = self._context.book, self._evidence.case_id
        name = cards.shorten(marks.title(new.text).replace("/", " ").replace("\\", " "), _NAME).strip(" .…") or "Text"

        def work(progress: Progress) -> Ready:
            with Depot(book.path) as depot:
                ready = depot.picture(new.text.encode("utf-8", "replace"), f"{name}.txt", progress)
            return replace(ready, media_type=_TEXT, origin=origin)

        self._context.jobs.start("Keeping the text", work, lambda ready: self._on_kept(case_id, new, ready))

    def _on_kept(self, case_id: str, new: NewText, ready: Ready) -> None:
        attached: list[str] = []

        def write(change: Change) -> None:
            source_id = new.source_id
            if new.title:
                source_id = sources.add(change, SourceDraft(new.title))
                citations.cite(change, case_id, source_id, CitationDraft())
            tool = collection_words.this_tool(now())
            attached.append(collecting.take_in(change, case_id, ready, tool, source_id=source_id))

        if self._context.save(Op.ADD_ATTACHMENT, write):
            self.wanted.emit(attached[0], "")
        else:
            attachments.abandon(self._context.book.path, [ready])


class Lead(QObject):
    """The way from a thing on the case page to the words it was made from: a button over its form."""

    def __init__(self, context: Context, panel: AnyMaster, wanted: Callable[[str, str], object]) -> None:
        super().__init__(panel)
        self.panel, self._context, self._wanted = panel, context, wanted
        self.passage: Passage | None = None
        self.show = verb(self, "Show in the text", self.follow, "", "Show the words that this was made from (F3)")
        self.button = QToolButton()
        self.button.setDefaultAction(self.show)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.show.setIcon(context.theme.icon("highlighter"))
        panel.right.insertWidget(0, self.button, 0, Qt.AlignmentFlag.AlignLeft)
        panel.chosen.connect(self.refresh)
        panel.counted.connect(self.refresh)
        context.bulletin.changed.connect(self._on_changed)
        self.refresh()

    def refresh(self) -> None:
        """Show the button where the chosen thing was made from a passage of this case."""
        found = passages.of_target(self._context.book, self.panel.list.current) if self.panel.list.current else ()
        mine = [each for each in found if each.case_id == self.panel.case_id]
        self.passage = mine[0] if mine else None
        self.button.setVisible(self.passage is not None)

    def follow(self) -> None:
        """Go to the words."""
        if self.passage and self.panel.settle():
            self._wanted(self.passage.attachment_id, self.passage.id)

    def _on_changed(self, notice: Notice) -> None:
        if notice.of(Kind.PASSAGE, Kind.ATTACHMENT):
            self.refresh()
