"""What is known of an attachment, in words that can be copied."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from db.attachments import Attachment
from desktop import filetypes, wording
from desktop.theme import Theme
from desktop.widgets.texts import Label, Prose, Reading


class AttachmentFacts(QWidget):
    """Type, sizes, SHA-256, when and by whom it came in; `name` is laid out by whoever shows this."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.name, self.digest = Reading("Name"), Reading("SHA-256")
        self.name.setProperty("tone", "heading")
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPointSizeF(self.font().pointSizeF() * 0.86)
        self.digest.setFont(fixed)
        self.digest.setProperty("bare", False)
        self.type, self.pixels, self.length, self.came = Prose(), Prose(), Prose(), Prose()
        self.copy = QToolButton()
        self.copy.setAccessibleName("Copy SHA-256")
        self.copy.setToolTip("Copy SHA-256")
        self.copy.clicked.connect(self._on_copy)
        theme.changed.connect(self._draw)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        self._pixels = Label("Pixels", "label")
        for title, value in (
            (Label("Type", "label"), self.type),
            (self._pixels, self.pixels),
            (Label("Size", "label"), self.length),
            (Label("Came in", "label"), self.came),
        ):
            title.setContentsMargins(0, 8, 0, 0)
            box.addWidget(title)
            box.addWidget(value)
        box.addSpacing(8)
        head = QHBoxLayout()
        head.addWidget(Label("SHA-256", "label"), 1)
        head.addWidget(self.copy)
        box.addLayout(head)
        box.addWidget(self.digest)
        self._draw()

    def show_attachment(self, attachment: Attachment) -> None:
        """Show what is known of this one."""
        self.name.setText(attachment.name)
        self.digest.setText(attachment.sha256)
        self.type.setText(f"{filetypes.type_name(attachment.media_type)} ({attachment.media_type})")
        self.show_pixels(attachment.width, attachment.height)
        self.length.setText(wording.exact_size(attachment.size))
        by = f"\nby {attachment.created_by}" if attachment.created_by else ""
        self.came.setText(f"{wording.when(attachment.created_at)}{by}\n{wording.word(attachment.method)}")

    def show_pixels(self, width: int, height: int) -> None:
        """Show how many pixels there are, once that is known; of what is no picture nothing is said."""
        self.pixels.setText(f"{width} × {height}")
        for each in (self._pixels, self.pixels):
            each.setVisible(bool(width))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.digest.text())

    def _draw(self) -> None:
        self.copy.setIcon(self._theme.icon("copy"))
