"""What came in: every merge that was made, and the cases that each brought."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from db import arrivals, news
from db.change import Notice
from db.merge import Arrival
from db.news import Brought, News
from db.progress import Progress
from desktop import merge_words, wording
from desktop.context import Context
from desktop.widgets.empty import EmptyState
from desktop.widgets.entries import Entry, EntryList
from desktop.widgets.news_view import NewsView
from desktop.widgets.texts import Label, Prose, isolated

_LIST, _REST = 250, 1050
_NOTHING = "When you merge another desk's casebook, or a hand-over that comes back, what came is listed here."


class ArrivalsPage(QWidget):
    """Lists merges. `opened` names the case to go to, `chosen` tells that another merge was chosen."""

    opened = Signal(str)
    chosen = Signal()

    def __init__(self, context: Context, merge: QAction, take_out: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._context = context
        self._made: dict[str, Arrival] = {}
        self._stale = True
        self.list = EntryList(context.theme, "Merges")
        self.title, self.whose, self.backup = Label("", "heading"), Prose("", "soft"), Prose("", "soft")
        self.view = NewsView(context.theme)
        self.reading = EmptyState(context.theme, "clock", "Reading what came", "This takes a moment where much came.")
        self.gone = EmptyState(context.theme, "undo-2", "Taken out again", "")
        self.nothing = EmptyState(context.theme, "git-merge", "Nothing came in yet", _NOTHING)
        self.begin = self.nothing.offer("Merge a casebook…")
        self.begin.setEnabled(context.book.writable)
        self.begin.clicked.connect(merge.trigger)
        self.take_out = QToolButton()
        self.take_out.setDefaultAction(take_out)
        self.take_out.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.take_out.setProperty("framed", True)
        self._lay_out()
        self.list.chosen.connect(self._on_chosen)
        self.view.opened.connect(self.opened)
        context.bulletin.changed.connect(self._on_notice)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.take_out)
        self._inner = QStackedWidget()
        for widget in (self.view, self.reading, self.gone):
            self._inner.addWidget(widget)
        right = QWidget()
        rows = QVBoxLayout(right)
        rows.setContentsMargins(4, 0, 0, 0)
        rows.setSpacing(6)
        rows.addLayout(head)
        rows.addWidget(self.whose)
        rows.addWidget(self.backup)
        rows.addWidget(self._inner, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.list)
        splitter.addWidget(right)
        splitter.setSizes([_LIST, _REST])
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        self._stack = QStackedWidget()
        self._stack.addWidget(splitter)
        self._stack.addWidget(self.nothing)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 12, 14, 12)
        box.addWidget(self._stack)

    @property
    def current(self) -> Arrival | None:
        """The merge that is chosen."""
        return self._made.get(self.list.current)

    def show_arrival(self, number: int) -> None:
        """Choose a merge."""
        self.refresh(str(number))

    def focus_list(self) -> None:
        """Go to the list, or to what can be done where there is none."""
        (self.list if self._made else self.begin).setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, choose: str = "") -> None:
        """Read anew which merges there are; the chosen one stays, unless another is named."""
        self._stale = False
        self._made = {str(each.id): each for each in arrivals.everything(self._context.book)}
        self._stack.setCurrentIndex(0 if self._made else 1)
        with QSignalBlocker(self.list):
            self.list.show_entries([_entry(each) for each in self._made.values()], choose)
        self._on_chosen(self.list.current)

    def showEvent(self, event: QShowEvent) -> None:
        """Take in what was saved while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _on_notice(self, _notice: Notice) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _on_chosen(self, _number: str) -> None:
        made = self.current
        if made:
            self._tell(made)
            if made.reversed_at:
                self._inner.setCurrentWidget(self.gone)
            else:
                self._read(made)
        self.chosen.emit()

    def _tell(self, made: Arrival) -> None:
        self.title.setText(f"From {made.desk}, {isolated(wording.when(made.arrived_at))}")
        count = merge_words.many(made.operations, "operation", "operations")
        self.whose.setText(f"{isolated(made.file)} · {count} · SHA-256 {made.sha256[:16]}…")
        self.backup.setText(f"The casebook as it was before: {isolated(made.backup)}" if made.backup else "")
        self.backup.setVisible(bool(made.backup))
        gone = f"On {wording.when(made.reversed_at)}. Merge the file again to have it back."
        self.gone.say("Taken out again", gone)

    def _read(self, made: Arrival) -> None:
        """Read what a merge brought, beside the window."""
        book = self._context.book

        def work(_progress: Progress) -> News:
            with book.reader() as reader:
                return news.of(reader, made.first, made.last)

        self._inner.setCurrentWidget(self.reading)
        self._context.jobs.start("Reading what came in", work, partial(self._show, made))

    def _show(self, made: Arrival, found: News) -> None:
        if self.current != made:  # another was chosen meanwhile
            return

        def read(case_id: str) -> Brought:
            return news.brought(self._context.book, found, case_id, made.first, made.last)

        self.view.show_news(found, read)
        self._inner.setCurrentWidget(self.view)


def _entry(made: Arrival) -> Entry:
    """A merge as an entry of the list."""
    badge = "Taken out" if made.reversed_at else ""
    return Entry(str(made.id), made.desk, f"{wording.when(made.arrived_at)} · {isolated(made.file)}", badge)
