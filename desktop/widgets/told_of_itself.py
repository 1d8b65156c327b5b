"""What is recorded of how a file was got, and what the file says of itself: said apart, the second is not checked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from db import collecting
from db.attachments import Attachment
from db.change import Notice
from db.kinds import Kind
from db.pictures.metadata import Metadata
from desktop import collection_words
from desktop.context import Context
from desktop.widgets.texts import Label, Prose, Reading, isolated

_NOTHING = "Nothing beside the picture."


class ToldOfItself(QWidget):
    """A line on the collection record of an attachment, and under it the metadata with what to doubt.

    `wanted` carries the attachment whose record is to be opened.
    """

    wanted = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._attachment: Attachment | None = None
        self._captured_on, self._found = "", Metadata()
        self.record, self.heading = Prose(), Label("What the file says of itself (not checked)", "label")
        self.heading.setWordWrap(True)
        self.open = QToolButton()
        self.open.setText("Open the record")
        self.open.setToolTip("Collection record (F4)")
        self.open.setProperty("framed", True)
        self.open.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.open.clicked.connect(self.ask)
        self.warnings, self.facts = Prose("", "warning"), Reading("What the file says of itself", most=30)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(Label("Collection record", "label"))
        box.addWidget(self.record)
        box.addSpacing(4)
        box.addWidget(self.open)
        box.addSpacing(14)
        box.addWidget(self.heading)
        for each in (self.warnings, self.facts):
            box.addSpacing(4)
            box.addWidget(each)
        context.theme.changed.connect(self._draw)
        context.bulletin.changed.connect(self._on_changed)
        self._draw()
        self.show_metadata(self._found)

    def ask(self) -> None:
        """Ask for the record to be opened."""
        if self._attachment:
            self.wanted.emit(self._attachment)

    def show_attachment(self, attachment: Attachment) -> None:
        """Say how complete the record of an attachment is; what another said of itself is gone."""
        if self._attachment is None or attachment.id != self._attachment.id:
            self.show_metadata(Metadata())
        self._attachment = attachment
        record = collecting.of_attachment(self._context.book, attachment.id)
        self._captured_on = record.captured_on if record else ""
        self.record.setText(collection_words.completeness(record))
        self._show_warnings()

    def show_metadata(self, found: Metadata) -> None:
        """Show what stands in the data of a file; nothing of one that cannot be looked into."""
        self._found = found
        lines = (f"{label}: {isolated(words)}" for label, words in collection_words.facts(found))
        self.facts.setText("\n".join(lines) or _NOTHING)
        for each in (self.heading, self.facts):
            each.setVisible(found.looked)
        self._show_warnings()

    def _show_warnings(self) -> None:
        told = collection_words.warnings(self._found, self._captured_on)
        self.warnings.setText("\n".join(f"• {each}" for each in told))
        self.warnings.setVisible(bool(told))

    def _on_changed(self, notice: Notice) -> None:
        if self._attachment and notice.of(Kind.COLLECTION):
            self.show_attachment(self._attachment)

    def _draw(self) -> None:
        self.open.setIcon(self._context.theme.icon("camera"))
