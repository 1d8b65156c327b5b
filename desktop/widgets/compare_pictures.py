"""A window that holds two pictures against each other: side by side, in one place by turns, or their difference."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from enum import Enum, auto
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QActionGroup, QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolBar, QVBoxLayout, QWidget

from db import attachments
from db.attachments import Attachment
from db.change import Notice
from db.errors import CasebookError, NotFound
from db.kinds import Kind
from desktop import wording
from desktop.context import Context
from desktop.jobs import Jobs
from desktop.widgets import veil
from desktop.widgets.looking_pair import Both, look_at_both
from desktop.widgets.texts import Label, Prose, isolated
from desktop.widgets.veil import Veil
from desktop.widgets.veiled import VeiledView
from desktop.widgets.window_verbs import show_icons, verb_of

_WIDTH, _HEIGHT, _ROOM = 1180, 700, 10
FASTEST_MS = 334  # no more than three changes a second: more can set off seizures (WCAG 2.3.1)
_SPEEDS = (0, 1000, 500, FASTEST_MS)


class Mode(Enum):
    """How two pictures are held against each other."""

    SIDES = auto()
    FLICKER = auto()
    DIFFERENCE = auto()


class ComparePictures(QWidget):
    """Shows two pictures with one zoom and one place in both."""

    closed = Signal()

    def __init__(self, context: Context, first: Attachment, second: Attachment, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{first.name} and {second.name} – Compare – Claimdesk")
        self._context, self._pair = context, (first, second)
        self._jobs = Jobs(self._on_failed, self)
        self._closed = self._linking = False
        self.mode, self.front, self._speed = Mode.SIDES, 0, 0
        self._both: Both | None = None
        self.views, self.words = (VeiledView(), VeiledView()), Prose("Reading…")
        self.heads, self.said = (Label("", "heading"), Label("", "heading")), Label("", "soft")
        self._beat = QTimer(self)
        self._beat.timeout.connect(self.swap)
        self._make_verbs()
        self._lay_out()
        self._veils: tuple[Veil | None, ...] = ()
        self._lay_veils()  # before anything is read
        context.bulletin.changed.connect(self._on_changed)
        for view in self.views:
            view.zoomed.connect(partial(self._on_moved, view))
            view.panned.connect(partial(self._on_moved, view))
        room = self.screen().availableSize()
        self.resize(min(_WIDTH, room.width() - 40), min(_HEIGHT, room.height() - 60))
        self._jobs.start("", partial(look_at_both, context.book, self._pair), self._on_seen)

    def _make_verbs(self) -> None:
        self.sides = verb_of(self, "Side by side", partial(self.show_mode, Mode.SIDES), "S")
        self.flicker = verb_of(self, "Flicker", partial(self.show_mode, Mode.FLICKER), "F")
        self.difference = verb_of(self, "Difference", partial(self.show_mode, Mode.DIFFERENCE), "D")
        self.other = verb_of(self, "The other one", self.swap, "X")
        self.auto = verb_of(self, "By itself", self._on_auto, "A")
        self.auto.setToolTip("Change by itself, once, twice or three times a second (A)")
        self.zoom_out = verb_of(self, "Zoom out", self._each(VeiledView.zoom_out), "-", "Ctrl+-")
        self.zoom_in = verb_of(self, "Zoom in", self._each(VeiledView.zoom_in), "+", "=", "Ctrl++", "Ctrl+=")
        self.fit = verb_of(self, "Fit", self._each(VeiledView.fit), "0", "Ctrl+0")
        self.full = verb_of(self, "100 %", self._each(VeiledView.full), "1", "Ctrl+1")
        self.leave = verb_of(self, "Close", self.close, "Esc", "Ctrl+W")
        modes = QActionGroup(self)
        for action in (self.sides, self.flicker, self.difference):
            action.setCheckable(True)
            modes.addAction(action)
        self.sides.setChecked(True)
        self._context.theme.changed.connect(self._draw)
        self._draw()

    def _each(self, do: Callable[[VeiledView], None]) -> Callable[[], None]:
        return lambda: do(self.views[0])

    def _draw(self) -> None:
        for action, icon in (
            (self.sides, "columns-2"),
            (self.flicker, "flip-horizontal-2"),
            (self.difference, "blend"),
            (self.auto, "play"),
            (self.zoom_out, "zoom-out"),
            (self.zoom_in, "zoom-in"),
            (self.fit, "maximize"),
        ):
            action.setIcon(self._context.theme.icon(icon))

    def _lay_out(self) -> None:
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self._columns = tuple(QWidget() for _ in self.views)
        for column, head, view in zip(self._columns, self.heads, self.views, strict=True):
            box = QVBoxLayout(column)
            box.setContentsMargins(0, 8, 0, 0)
            box.setSpacing(6)
            head.setContentsMargins(12, 0, 12, 0)
            head.setMinimumWidth(1)
            head.setFixedHeight(head.fontMetrics().lineSpacing() + _ROOM)  # fonts of other scripts are higher
            box.addWidget(head)
            box.addWidget(view, 1)
            row.addWidget(column, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.words)
        self.stack.addWidget(pair)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._tool_bar())
        box.addWidget(self.stack, 1)

    def _tool_bar(self) -> QToolBar:
        bar = QToolBar("Tools", self)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        bar.addActions([self.sides, self.flicker, self.difference])
        bar.addSeparator()
        bar.addActions([self.other, self.auto])
        bar.addSeparator()
        bar.addActions([self.zoom_out, self.zoom_in, self.fit, self.full])
        self.said.setContentsMargins(12, 0, 0, 0)
        bar.addWidget(self.said)
        show_icons(bar, (self.zoom_out, self.zoom_in))
        return bar

    def _lay_veils(self) -> None:
        self._veils = tuple(veil.of(self._context, each) for each in self._pair)
        self._show_veils()

    def _show_veils(self) -> None:
        """The first view has the veil of what it shows: of either picture where both are in it."""
        first, second = self._veils
        shown = second if self.mode is Mode.FLICKER and self.front else first
        self.views[0].set_veil((first or second) if self.mode is Mode.DIFFERENCE else shown)
        self.views[1].set_veil(second)

    def _on_changed(self, notice: Notice) -> None:
        touched = notice.of(Kind.ATTACHMENT)
        if not self._closed and any(each.id in touched for each in self._pair):
            with contextlib.suppress(NotFound):  # removed meanwhile, and still compared
                first, second = (attachments.one(self._context.book, each.id) for each in self._pair)
                self._pair = (first, second)
            self._lay_veils()

    def _on_seen(self, both: Both) -> None:
        for seen, attachment in zip(both.seen, self._pair, strict=True):
            if not seen.levels:
                self.words.setText(f"{isolated(attachment.name)}\n{seen.words}")
                return
        self._both = both
        self.stack.setCurrentIndex(1)
        self.show_mode(Mode.SIDES)
        self.views[0].setFocus()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, CasebookError):
            self.words.setText(str(wording.explain(error)))
        else:
            self._context.report(error)

    def show_mode(self, mode: Mode) -> None:
        """Hold the pictures against each other in this way, from the beginning."""
        if self._both is None:
            return
        both = self._both
        self.mode, self.front = mode, 0
        self._set_speed(0)
        self._show_veils()
        self._columns[1].setVisible(mode is Mode.SIDES)
        self._linking = True
        self.views[1].show_levels(both.seen[1].levels)
        self._linking = False
        self.views[0].show_levels(both.apart if mode is Mode.DIFFERENCE else both.seen[0].levels)
        for action in (self.other, self.auto):
            action.setEnabled(mode is Mode.FLICKER)
        for action, shown in (
            (self.sides, Mode.SIDES),
            (self.flicker, Mode.FLICKER),
            (self.difference, Mode.DIFFERENCE),
        ):
            action.setChecked(mode is shown)
        self._show_words()

    def swap(self) -> None:
        """Show the other picture in the same place."""
        if self.mode is Mode.FLICKER and self._both:
            self.front = 1 - self.front
            self._show_veils()
            self.views[0].replace_levels(self._both.fitted if self.front else self._both.seen[0].levels)
            self._show_words()

    def _on_auto(self) -> None:
        self._set_speed((self._speed + 1) % len(_SPEEDS))

    def _set_speed(self, number: int) -> None:
        self._speed = number
        self._beat.stop()
        if _SPEEDS[number]:
            self._beat.start(_SPEEDS[number])
        self._show_words()

    def _show_words(self) -> None:
        names = [isolated(each.name) for each in self._pair]
        self.heads[1].setText(names[1])
        if self.mode is Mode.FLICKER:
            key = "X" if self.views[0].graphic else "Space"
            speed = f"{self._speed} a second" if self._speed else f"{key} shows the other one"
            self.heads[0].setText(f"{self.front + 1} of 2   {names[self.front]}")
            self.said.setText(speed)
        elif self.mode is Mode.DIFFERENCE:
            self.heads[0].setText("What is black is the same in both")
            self.said.setText("No pixel differs" if self._both and self._both.same else "")
        else:
            self.heads[0].setText(names[0])
            self.said.setText("")

    def _on_moved(self, view: VeiledView) -> None:
        """Show the same part in the other view."""
        if self._linking or self.mode is not Mode.SIDES:
            return
        self._linking = True
        self.views[1 - self.views.index(view)].follow(view)
        self._linking = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space shows the other picture, where it is not wanted for one that is veiled."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.swap()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop reading and changing."""
        if not self._closed:
            self._closed = True
            self._beat.stop()
            self._jobs.close()
            self.closed.emit()
        super().closeEvent(event)
