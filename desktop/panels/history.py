"""The history of a case: who changed what and when, with the old and the new value."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from db import history
from db.kinds import Kind
from desktop.context import Context
from desktop.panels.panel import Panel
from desktop.widgets.saves import SavesView


class HistoryPanel(Panel):
    """All saves of the case, newest first; the chosen one in full beside them."""

    shows = tuple(Kind)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._stale = True
        self.saves = SavesView(Qt.Orientation.Horizontal, "History")
        self.saves.setSizes([840, 440])
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 4, 12)
        box.addWidget(self.saves)

    def refresh(self) -> None:
        """Read the log anew, when somebody looks."""
        self._stale = True
        if self.isVisible():
            self._read()

    def showEvent(self, event: object) -> None:
        """Read what was saved while nobody looked."""
        super().showEvent(event)  # type: ignore[arg-type]
        if self._stale and self.case_id:
            self._read()

    def _read(self) -> None:
        self._stale = False
        self.saves.show_entries(history.of_case(self.context.book, self.case_id))
