"""Opening collection records: of one file, or of several at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from db.attachments import Attachment
from desktop.actions.verb import verb
from desktop.context import Context
from desktop.forms.collection_sheet import CollectionSheet, SharedSheet
from desktop.widgets.once import open_once


class CollectingVerb(QObject):
    """Opens a sheet for the chosen files; those of single files stay open beside the window."""

    def __init__(self, context: Context, window: QWidget, selected: Callable[[], tuple[Attachment, ...]]) -> None:
        super().__init__(window)
        self._context, self._window, self._selected = context, window, selected
        self._sheets: list[CollectionSheet] = []
        self.record = verb(self, "&Collection record…", self._on_record, "F4")
        self.record.setIcon(context.theme.icon("camera"))
        window.addAction(self.record)

    def refresh(self) -> None:
        """Allow it where files are chosen; a casebook that is only read shows the record of one."""
        count = len(self._selected())
        self.record.setEnabled(count == 1 or (count > 1 and self._context.book.writable))

    def open(self, chosen: Sequence[Attachment]) -> None:
        """Show the record of one file, or ask what is the same of several."""
        if len(chosen) > 1:
            open_once(SharedSheet(self._context, chosen, self._window))
            return
        for each in chosen:
            sheet = next((s for s in self._sheets if s.attachment_id == each.id), None)
            if sheet is None:
                sheet = CollectionSheet(self._context, each, self._window)
                sheet.closed.connect(self._on_closed)
                self._sheets.append(sheet)
            sheet.show()
            sheet.raise_()
            sheet.activateWindow()

    def settle(self) -> bool:
        """Save what is typed in sheets; returns whether nothing unsaved is left."""
        unsaved = [sheet for sheet in self._sheets if not sheet.settle()]
        return not unsaved

    def close(self) -> None:
        """Close the sheets, before the casebook is closed."""
        for sheet in tuple(self._sheets):
            sheet.reject()

    def _on_record(self) -> None:
        self.open(self._selected())

    def _on_closed(self) -> None:
        self._sheets = [each for each in self._sheets if each is not self.sender()]
