"""The caption of an attachment."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.forms.autosave import Form
from desktop.widgets.texts import Text


class CaptionForm(Form[str]):
    """What the picture shows, in the analyst's words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.caption = Text("What it shows, where and when", least=3, most=8)
        self.field("Caption", self.caption)

    def read(self) -> str:
        """The caption as typed."""
        return self.caption.text()

    def write(self, draft: str) -> None:
        """Show a caption."""
        self.caption.setText(draft)
