"""What every panel of the case page is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.change import Notice
from db.conflicts import Conflict
from db.kinds import Kind
from desktop.context import Context


class Panel(QWidget):
    """A part of the case page. Shows one case; `counted` tells how much there is of what it lists."""

    counted = Signal(int)
    shows: tuple[Kind, ...] = ()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.case_id = ""
        context.bulletin.changed.connect(self._on_changed)

    def show_case(self, case_id: str) -> None:
        """Show another case."""
        self.case_id = case_id
        self.refresh()

    def refresh(self) -> None:
        """Read anew what is shown."""
        raise NotImplementedError

    def show_conflicts(self, found: Sequence[Conflict]) -> None:
        """Mark what of the case is in conflict."""

    def settle(self) -> bool:
        """Save what is typed; returns whether nothing unsaved is left."""
        return True

    def _on_changed(self, notice: Notice) -> None:
        if self.case_id and notice.of(*self.shows):
            self.refresh()
