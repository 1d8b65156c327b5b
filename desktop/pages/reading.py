"""The reading room: a long text in large letters, with the verbs that make something of its words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolBar, QVBoxLayout, QWidget

from db import attachments, readable, sources
from db.attachments import Attachment
from db.change import Notice
from db.errors import CasebookError, NotFound
from db.kinds import Kind
from db.passages import Passage
from db.progress import Progress
from db.readable import Reading
from db.reading.found import State
from desktop import wording
from desktop.context import Context
from desktop.panels.reader import Reader
from desktop.widgets.empty import EmptyState
from desktop.widgets.find_line import FindLine
from desktop.widgets.texts import Label, isolated

_WHY = {
    State.NO_TEXT: "It may be a picture of words.",
    State.LOCKED: "It is locked with a password.",
    State.BROKEN: "Its data are broken.",
    State.TOO_LARGE: "It is too large to be read safely.",
    State.TOOK_TOO_LONG: "Reading it took too long.",
    State.NEEDS_EXTRA: "What reads it is not installed here.",
}
_SHOWS = (Kind.PASSAGE, Kind.CLAIM, Kind.CITATION, Kind.SOURCE, Kind.ACTOR, Kind.EVENT, Kind.ATTACHMENT)


class ReadingPage(QWidget):
    """Shows one text. `opened` names the case, kind and thing to go to; `closed` comes when the text is gone."""

    opened = Signal(str, str, str)
    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._context = context
        self._wanted = ("", "")  # the attachment that is being read out, and the passage to begin at
        self._cut = ""  # the attachment of which only the beginning was kept
        self.name, self.origin = Label("", "heading"), Label("", "soft")
        self.reader = Reader(context)
        self.finder = FindLine(self.reader.paper)
        self.bar = QToolBar("Marks")
        self.bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._nothing = EmptyState(context.theme, "file-text", "No words were found in this file", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.reader)
        self._stack.addWidget(self._nothing)
        self.reader.opened.connect(self._on_opened)
        self._lay_out()
        context.bulletin.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.name)
        names.addWidget(self.origin)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 6)
        head.setSpacing(12)
        head.addLayout(names, 1)
        head.addWidget(self.finder)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(self.bar)
        box.addWidget(self._stack, 1)

    def read(self, attachment: Attachment, passage_id: str = "") -> None:
        """Show the words of an attachment, at one of its passages where that is given."""
        self._wanted = (attachment.id, passage_id)
        self._show_name(attachment)
        sheet, book = self.reader.sheet, self._context.book
        if sheet and sheet.attachment_id == attachment.id and sheet.text:
            self._begin()
            return
        self.reader.clear()
        self._stack.setCurrentWidget(self.reader)

        def work(progress: Progress) -> Reading:
            return readable.read(book.path, attachment, progress, keep=book.writable)

        title = f"Reading {isolated(attachment.name)}"
        self._context.jobs.start(title, work, lambda found: self._on_read(attachment, found))

    def _on_read(self, attachment: Attachment, reading: Reading) -> None:
        if attachment.id == self._wanted[0]:
            self._nothing.say("No words were found in this file", _WHY.get(reading.state, ""))
            self._stack.setCurrentWidget(self.reader if reading.text.strip() else self._nothing)
            self.reader.show_reading(attachment, reading)
            self._cut = attachment.id if reading.state is State.CUT else ""
            self._show_name(attachment)
            self._begin()

    def _begin(self) -> None:
        self.reader.paper.setFocus()
        if self._wanted[1]:
            self.reader.reveal(self._wanted[1])

    def _show_name(self, attachment: Attachment) -> None:
        try:
            source = sources.one(self._context.book, attachment.source_id) if attachment.source_id else None
        except NotFound:
            source = None
        self.name.setText(source.title if source else attachment.name)
        told = (source.author, source.publisher, wording.when(source.published_on)) if source else ()
        file = attachment.name if source else "A file of the case itself"
        cut = "only its beginning is shown" if attachment.id == self._cut else ""
        self.origin.setText(" · ".join(part for part in (*told, file, cut) if part))
        for label in (self.name, self.origin):  # one head, whatever scripts stand in it
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)

    def _refresh(self) -> None:
        sheet = self.reader.sheet
        if sheet is None:
            return
        try:
            self._show_name(attachments.one(self._context.book, sheet.attachment_id))
        except NotFound:
            self.reader.clear()
            if self.isVisible():
                self.closed.emit()
            return
        self.reader.refresh()

    def _on_opened(self, passage: Passage) -> None:
        self.opened.emit(passage.case_id, passage.target.kind, passage.target.id)

    def _on_changed(self, notice: Notice) -> None:
        if notice.of(*_SHOWS):
            try:
                self._refresh()
            except CasebookError as error:
                self._context.report(error)
