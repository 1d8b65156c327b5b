"""What leaves this desk with some cases, listed to the last name, before the file for another desk is written."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from db import attachments, desks
from db.change import Notice
from db.errors import NotFound
from db.exchange import contents, handover, peers, survey
from db.exchange.contents import Contents, Order
from db.exchange.handover import SEALED_SUFFIX, SUFFIX, Closing, HandOver
from db.exchange.survey import Survey
from db.progress import Progress
from db.store import Store
from db.vocabulary import Op, Tlp
from desktop import listing
from desktop.context import Context
from desktop.listing import Names
from desktop.names import safe_name
from desktop.panels.handover_side import HandoverSide
from desktop.widgets.empty import EmptyState
from desktop.widgets.handover_model import HandoverModel, sections
from desktop.widgets.handover_view import Detail, HandoverView
from desktop.widgets.once import open_once
from desktop.widgets.texts import Label
from desktop.widgets.told import Told

_AGAIN_MS = 300
_AT_ONCE = 2000  # things
_SHOWN = (("Everything", True, True), ("What leaves", True, False), ("What stays", False, True))
T = TypeVar("T")


class HandoverPage(QWidget):
    """Lists what leaves and what stays; nothing is written while a rule is broken. `left` comes to close the page."""

    left = Signal()
    told = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._context = context
        self._cases: tuple[str, ...] = ()
        self._survey: Survey | None = None
        self._order = Order()
        self._stale = self._looking = False
        self.contents: Contents | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._look)
        self.model = HandoverModel(context.theme, self)
        self.view, self.detail = HandoverView(self.model), Detail(context.theme)
        self.side = HandoverSide(context.theme)
        self.total, self.shown = Label("", "soft"), QComboBox()
        self.shown.addItems([name for name, _, _ in _SHOWN])
        self.shown.setAccessibleName("Show")
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        words = "All that belongs to the cases, and all that they point at."
        self._waiting = EmptyState(self._context.theme, "clock", "Looking through what would leave", words)
        tree = QSplitter(Qt.Orientation.Vertical)
        tree.addWidget(self.view)
        tree.addWidget(self.detail)
        tree.setSizes([420, 160])
        both = QSplitter(Qt.Orientation.Horizontal)
        both.addWidget(tree)
        both.addWidget(self.side)
        both.setSizes([880, 400])
        for splitter in (tree, both):
            splitter.setStretchFactor(0, 1)
            splitter.setStretchFactor(1, 0)
            splitter.setChildrenCollapsible(False)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._waiting)
        self._stack.addWidget(both)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Label("Hand over", "title"))
        head.addWidget(self.total, 1)
        show = Label("Show", "label")
        show.setBuddy(self.shown)
        head.addWidget(show)
        head.addWidget(self.shown)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 12, 14, 12)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(self._stack, 1)

    def _wire(self) -> None:
        self._context.bulletin.changed.connect(self._on_notice)
        self.model.ticked.connect(self._on_ticked)
        self.view.selectionModel().currentChanged.connect(self._show_detail)
        self.detail.bared.connect(self._on_bared)
        self.shown.currentIndexChanged.connect(self._show)
        self.side.leveled.connect(self._on_leveled)
        self.side.rules.held.connect(lambda things: self._decide(self._order.hold(things)))
        self.side.rules.freed.connect(lambda things: self._decide(self._order.free(things)))
        self.side.rules.spoken.connect(lambda thing: self._decide(self._order.speak(thing)))
        self.side.wanted.connect(self._on_wanted)

    def hand_over(self, case_ids: tuple[str, ...]) -> None:
        """List what would leave with these cases; what was decided stays where they are the same as before."""
        if set(case_ids) != set(self._cases):
            self._cases, self._order, self._survey, self.contents = case_ids, Order(), None, None
            self.side.level.choose(self._order.level)
            self.shown.setCurrentIndex(0)
        self.refresh()

    def refresh(self) -> None:
        """Read the desks that are known, and what would leave, anew."""
        home = desks.home(self._context.book).id
        self.side.closing.offer([card for card in peers.known(self._context.book) if card.desk != home])
        self._look()

    def showEvent(self, event: QShowEvent) -> None:
        """Look again when something was saved meanwhile."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no more."""
        super().hideEvent(event)
        self._stale = self._stale or self._again.isActive()
        self._again.stop()

    def _on_notice(self, _notice: Notice) -> None:
        self._stale = True
        if self.isVisible():
            self.side.wait()
            self._again.start()

    def _look(self) -> None:
        self._again.stop()
        if not self._cases or self._looking:
            return
        self._stale, self._looking, cases = False, True, self._cases
        self.side.wait()
        if self._survey is None:
            self._stack.setCurrentWidget(self._waiting)
        work = self._reading(lambda store, progress: survey.read(store, cases, progress))
        self._context.jobs.start(
            "Looking through what would leave",
            work,
            self._on_looked,
            failed=self._on_failed,
            cancelled=self._on_stopped,
        )

    def _reading(self, work: Callable[[Store, Progress], T]) -> Callable[[Progress], T]:
        """Work on the worker's thread, with a connection of its own."""
        book = self._context.book

        def run(progress: Progress) -> T:
            with book.reader() as store:
                return work(store, progress)

        return run

    def _on_looked(self, found: Survey) -> None:
        self._looking = False
        if found.cases != self._cases or self._stale:
            self._look()
            return
        first, self._survey = self._survey is None, found
        self._stack.setCurrentIndex(1)
        self._decide(self._order)
        if first:
            self.view.setFocus()

    def _on_failed(self, error: Exception) -> None:
        """A case that was deleted meanwhile closes the page."""
        self._looking = False
        self._context.report(error)
        if isinstance(error, NotFound) or self._survey is None:
            self._on_stopped()

    def _on_stopped(self) -> None:
        self._looking = False
        self._cases = ()
        self.left.emit()

    def _decide(self, order: Order) -> None:
        """Find out what the order comes to: at once, or on the worker's thread where there is much to look at."""
        self._order, read = order, self._survey
        if read is None:
            return
        if len(read.things) <= _AT_ONCE:
            self._on_decided(contents.decide(read, order))
            return
        self.side.wait()
        self._context.jobs.start("Sorting what leaves", lambda _: contents.decide(read, order), self._on_decided)

    def _on_decided(self, found: Contents) -> None:
        if found.order is self._order:  # nothing else was decided meanwhile
            self.contents = found
            self._show()

    def _show(self) -> None:
        if not (self._survey and self.contents):
            return
        _, leaving, staying = _SHOWN[self.shown.currentIndex()]
        line = self.view.current
        if self.model.show(sections(self._survey, self.contents, leaving=leaving, staying=staying)):
            self.view.expandAll()
            self.view.setCurrentIndex(self.model.place(line.id if line else ""))
        self.total.setText(listing.total(self.contents))
        self.side.show_contents(self.contents, Names.of(self._survey), desks.home(self._context.book).id)
        self._show_detail()

    def _show_detail(self) -> None:
        line = self.view.current
        digest = line.thing.file.sha256 if line and line.thing.file else ""
        small = attachments.thumbnails(self._context.book, [digest]).get(digest, b"") if digest else b""
        graphic = bool(small and attachments.graphic(self._context.book, [digest]))
        bare = bool(line and line.id in self._order.bare)
        self.detail.show_line(line, bare=bare, small=small, graphic=graphic)

    def _on_ticked(self, things: frozenset[str], leave: bool) -> None:
        self._decide(self._order.free(things) if leave else self._order.hold(things))

    def _on_bared(self, thing: str, bare: bool) -> None:
        self._decide(self._order.strip(thing, bare))

    def _on_leveled(self, level: Tlp) -> None:
        self._decide(self._order.at(level))

    def _on_wanted(self) -> None:
        if self.contents is None:
            return
        found, closing = self.contents, self.side.closing.closing
        suffix = SEALED_SUFFIX if closing.sealed else SUFFIX
        references = [thing.title.split("  ")[0] for thing in found.leaving if thing.id in self._cases]
        name = references[0] if len(references) == 1 else f"{references[0]} and {len(references) - 1} more"
        folder = self._context.book.path.parent
        dialog = QFileDialog(self, "Write the hand-over", str(folder))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # no file is ever replaced
        dialog.setNameFilter(f"Hand-overs (*{suffix})")
        dialog.selectFile(safe_name(f"{name}{suffix}"))
        dialog.fileSelected.connect(lambda chosen: self.write(found, Path(chosen), closing))
        open_once(dialog)

    def write(self, found: Contents, target: Path, closing: Closing) -> None:
        """Write what was listed, off the window's thread."""
        if target.suffix not in (".casebook", ".age"):
            target = target.with_name(target.name + (SEALED_SUFFIX if closing.sealed else SUFFIX))
        work = self._reading(lambda store, progress: handover.write(store, found, target, closing, progress))
        self._context.jobs.start("Writing the hand-over", work, partial(self._on_written, found, closing))

    def _on_written(self, found: Contents, closing: Closing, done: HandOver) -> None:
        party = peers.called(self._context.book, closing.recipients)
        if self._context.book.writable:
            write = partial(handover.record, contents=found, done=done, party=party)
            self._context.save_many(Op.HAND_OVER, len(handover.with_bytes(found)), write)
        self.told.emit(f"Hand-over written: {done.path}")
        open_once(Told(self._context.theme, "The hand-over is written", listing.written(done), True, self))
