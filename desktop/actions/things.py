"""Adding and deleting the things of a case: one pair of verbs for each panel that lists them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction

from desktop.actions.verb import verb
from desktop.panels.master import AnyMaster
from desktop.panels.timeline import TimelinePanel


class ThingVerbs(QObject):
    """New and Delete for one panel; `turn` brings the panel to the front."""

    def __init__(self, panel: AnyMaster, name: str, keys: str, turn: Callable[[], None], *, new: bool = True) -> None:
        super().__init__(panel)
        self.panel, self._turn = panel, turn
        theme, writable = panel.context.theme, panel.context.book.writable
        self.new = verb(self, f"New {name}", self._on_new, keys)
        self.new.setIcon(theme.icon("plus"))
        self.new.setEnabled(writable)
        self.new.setVisible(new)
        self.delete = verb(self, f"Delete {name}", panel.delete_current, "Del")
        self.delete.setIcon(theme.icon("trash-2"))
        self.delete.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        panel.list.addAction(self.delete)
        panel.chosen.connect(self._on_chosen)
        panel.counted.connect(self._on_chosen)
        self._on_chosen()

    @property
    def all(self) -> tuple[QAction, ...]:
        """Both verbs, for menus."""
        return (self.new, self.delete)

    def _on_new(self) -> None:
        self._turn()
        self.panel.start_new()

    def _on_chosen(self) -> None:
        self.delete.setEnabled(self.panel.context.book.writable and self.panel.can_delete)


class EventVerbs(ThingVerbs):
    """New and Delete for the events of the timeline, which stand in one list with the appearances."""

    def __init__(self, panel: TimelinePanel, turn: Callable[[], None]) -> None:
        self._timeline = panel
        super().__init__(panel, "event", "Ctrl+D", turn)

    def _on_new(self) -> None:
        self._turn()
        self._timeline.start_new_event()

    def _on_chosen(self) -> None:
        self.delete.setEnabled(self.panel.context.book.writable and self._timeline.can_delete_event)
