"""The collection record of one file, saved as one types; or what is the same of several, said at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from db import attachments, collecting
from db.attachments import Attachment
from db.change import Notice
from db.collecting import SHARED, RecordDraft
from db.errors import NotFound
from db.kinds import Kind
from db.vocabulary import Op
from desktop import collection_words
from desktop.context import Context
from desktop.forms.collection_form import CollectionForm
from desktop.widgets.fitted import Answers, Fitted
from desktop.widgets.texts import Label, Prose, Reading, isolated

_WIDTH = 860


class CollectionSheet(Fitted):
    """Shows and edits the record of one file; it stays beside the window, and closes with nothing unsaved."""

    closed = Signal()

    def __init__(self, context: Context, attachment: Attachment, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Collection record")
        self.resize(min(_WIDTH, self.screen().availableSize().width() - 40), 0)
        self._context, self._attachment = context, attachment
        self.form, self.state = CollectionForm(), Label("", "soft")
        self.hint = Reading("What the file told", tone="soft")
        self.take = QPushButton("Take that time")
        self.take.setAutoDefault(False)
        self.take.clicked.connect(self._on_take)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        heading = Label(f"How “{isolated(attachment.name)}” was collected", "heading")
        heading.setWordWrap(True)
        hints = QHBoxLayout()
        hints.addWidget(self.hint, 1)
        hints.addWidget(self.take, 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(10)
        box.addWidget(heading)
        box.addWidget(self.state)
        box.addLayout(hints)
        box.addWidget(self.form)
        box.addStretch(1)
        box.addWidget(buttons)
        self.form.set_writable(context.book.writable)
        self.form.submitted.connect(self._on_submitted)
        context.bulletin.changed.connect(self._on_changed)
        self.show_record()
        self.form.start()

    @property
    def attachment_id(self) -> str:
        """Whose record it is."""
        return self._attachment.id

    def show_record(self) -> None:
        """Read the record anew."""
        found = collecting.of_attachment(self._context.book, self.attachment_id)
        self.form.show_draft(collecting.drafted(found) if found else RecordDraft())
        self.state.setText(f"Said: {collection_words.completeness(found)}. What is empty and explained is no gap.")
        self.hint.setText(collection_words.hint(found))
        self.hint.setVisible(bool(self.hint.text()))
        offered = bool(found and found.file_time and not found.captured_on) and self._context.book.writable
        self.take.setVisible(offered)
        self._time = found.file_time if found else ""

    def settle(self) -> bool:
        """Save what is typed; returns whether nothing unsaved is left."""
        self.form.flush()
        return not self.form.dirty

    def reject(self) -> None:
        """Close it, however that was asked for; what cannot be saved keeps it open."""
        if self.settle():
            self.closed.emit()
            super().reject()

    def _on_take(self) -> None:
        self.form.take_time(self._time)

    def _on_submitted(self, draft: RecordDraft) -> None:
        of = self._attachment
        if self._context.save(Op.RECORD_COLLECTION, partial(collecting.put, of=of, draft=draft)):
            self.form.accept()
            self.show_record()

    def _on_changed(self, notice: Notice) -> None:
        if notice.of(Kind.COLLECTION, Kind.ATTACHMENT):
            try:
                attachments.one(self._context.book, self.attachment_id)
            except NotFound:
                self.form.forget()
                self.reject()
            else:
                self.show_record()


class SharedSheet(Fitted):
    """Says of several files which tool, identity, network and purpose they have in common, in one save."""

    def __init__(self, context: Context, chosen: Sequence[Attachment], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Collection records")
        self.resize(_WIDTH, 0)
        self._context, self._chosen = context, tuple(chosen)
        self.form = CollectionForm(SHARED, "Missing because …")
        self.form.show_draft(RecordDraft())
        buttons = Answers(self, f"Say it of all {len(chosen)} files", self._on_accepted)
        self.button = buttons.answer
        words = "What is left empty stays as it is in each record. Addresses and times are each file’s own."
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(10)
        box.addWidget(Label(f"The same of {len(chosen)} files", "heading"))
        box.addWidget(Prose(words, "soft"))
        box.addWidget(self.form)
        box.addStretch(1)
        box.addWidget(buttons)

    def _on_accepted(self) -> None:
        write = partial(collecting.spread, chosen=self._chosen, said=self.form.read())
        if self._context.save(Op.RECORD_COLLECTION, write):
            self.accept()
