"""Actors that may be the same as one, because their names sound alike."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from db.change import Notice
from db.kinds import Kind
from db.namesakes import Namesake
from db.progress import Progress
from desktop import actor_words, wording
from desktop.context import Context
from desktop.jobs import Job
from desktop.widgets.empty import EmptyState
from desktop.widgets.entries import Entry, EntryList
from desktop.widgets.texts import Prose

_TOLD = "Nothing follows from a sound. Joined actors can be parted again, and each keeps what it says."
_NONE = "No other actor has a name that sounds like one of its names, in any script."


class NamesakesPanel(QWidget):
    """Looks when it comes into sight. `joining` names an actor that is to be joined, `opened` one to be shown."""

    joining = Signal(str)
    opened = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._actor_id = ""
        self._stale = True
        self._job: Job[tuple[Namesake, ...]] | None = None
        self.list = EntryList(context.theme, "May be the same")
        self.join, self.look = QPushButton("Join with this actor"), QPushButton("Look at this actor")
        self.empty = EmptyState(context.theme, "users", "Nobody of that name", _NONE)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._found())
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 16, 12)
        box.addWidget(self._stack)
        self.list.opened.connect(self.opened)
        self.list.chosen.connect(self._allow)
        self.join.clicked.connect(lambda: self.joining.emit(self.list.current))
        self.look.clicked.connect(lambda: self.opened.emit(self.list.current))
        context.bulletin.changed.connect(self._on_changed)
        self._allow()

    def _found(self) -> QWidget:
        widget = QWidget()
        box = QVBoxLayout(widget)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(Prose(_TOLD, "soft"))
        box.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.addWidget(self.join)
        row.addWidget(self.look)
        row.addStretch(1)
        box.addLayout(row)
        return widget

    def show_actor(self, actor_id: str) -> None:
        """Look for others like this actor."""
        self._actor_id = actor_id
        self._show(())
        self._look_again()

    def showEvent(self, event: QShowEvent) -> None:
        """Look when the panel comes into sight."""
        super().showEvent(event)
        if self._stale:
            self._look_again()

    def _look_again(self) -> None:
        """Look off the window's thread; an older look is given up."""
        self._stale = not self.isVisible()
        if self._job:
            self._job.cancel()
        if self._stale or not self._actor_id:
            return
        book, actor_id = self._context.book, self._actor_id

        def work(progress: Progress) -> tuple[Namesake, ...]:
            from db import namesakes  # noqa: PLC0415 (loaded when somebody looks)

            with book.reader() as reader:
                return namesakes.find(reader, actor_id, progress)

        self._job = self._context.jobs.start("Looking for names that sound alike", work, self._show, quiet=True)
        self._job.ended.connect(self._on_ended)

    def _show(self, found: tuple[Namesake, ...]) -> None:
        entries = [
            Entry(each.actor.id, each.actor.name, actor_words.alike(each), wording.word(each.actor.kind), "orange")
            for each in found
        ]
        self.list.show_entries(entries)
        self._stack.setCurrentIndex(1 if entries else 0)
        self._allow()

    def _allow(self) -> None:
        self.join.setEnabled(self._context.book.writable and bool(self.list.current))
        self.look.setEnabled(bool(self.list.current))

    def _on_ended(self) -> None:
        if self.sender() is self._job:
            self._job = None

    def _on_changed(self, notice: Notice) -> None:
        if notice.of(Kind.ACTOR, Kind.ALIAS):
            self._look_again()
