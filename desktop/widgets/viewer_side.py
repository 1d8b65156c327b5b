"""What is known of the attachment that a viewer shows, beside it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from db import attachments, extracts
from db.attachments import Attachment
from db.vocabulary import Op
from desktop.context import Context
from desktop.forms.caption import CaptionForm
from desktop.widgets.attachment_facts import AttachmentFacts
from desktop.widgets.machine_text import MachineText
from desktop.widgets.told_of_itself import ToldOfItself

_WIDTH = 300


class ViewerSide(QScrollArea):
    """Its caption, which can be edited; text read by a machine; facts; what it says of itself."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown: Attachment | None = None
        self.form, self.machine = CaptionForm(), MachineText()
        self.facts, self.told = AttachmentFacts(context.theme), ToldOfItself(context)
        inside = QWidget()
        box = QVBoxLayout(inside)
        box.setContentsMargins(16, 14, 16, 14)
        box.setSpacing(14)
        for widget in (self.facts.name, self.form, self.machine, self.facts, self.told):
            box.addWidget(widget)
        box.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFixedWidth(_WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.form.set_writable(context.book.writable)
        self.form.submitted.connect(self._on_submitted)

    def show_attachment(self, attachment: Attachment) -> None:
        """Show what is known of this one."""
        self._shown = attachment
        self.form.show_draft(attachment.caption)
        self.facts.show_attachment(attachment)
        self.told.show_attachment(attachment)
        self.machine.show_extract(extracts.of(self._context.book, attachment.sha256))

    def settle(self) -> bool:
        """Save the caption as typed; returns whether nothing unsaved is left."""
        self.form.flush()
        return not self.form.dirty

    def _on_submitted(self, caption: str) -> None:
        shown = self._shown
        if shown is None:
            return
        write = partial(attachments.edit, attachment_id=shown.id, name=shown.name, caption=caption)
        if self._context.save(Op.EDIT_ATTACHMENT, write):
            self.form.accept()
