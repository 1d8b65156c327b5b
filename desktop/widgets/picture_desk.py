"""A window in which something is drawn on a picture, or blacked out of it; the original stays as it is."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QToolBar, QVBoxLayout, QWidget

from db import attachments
from db.attachments import Attachment
from db.change import Notice
from db.errors import CasebookError, NotFound
from db.kinds import Kind
from db.pictures.retouch import Base
from db.pictures.steps import BlackOut, Steps
from desktop import wording
from desktop.context import Context
from desktop.jobs import Jobs
from desktop.widgets import desk_draft, veil
from desktop.widgets.choice import Choice
from desktop.widgets.desk_draft import DeskDraft
from desktop.widgets.drawing import Drawing
from desktop.widgets.looking import Seen, look
from desktop.widgets.once import open_once
from desktop.widgets.texts import Label, Line, Prose, isolated
from desktop.widgets.window_verbs import show_icons, verb_of

_WIDTH, _HEIGHT = 1120, 720
_PUT_BY_MS = 400
_LEAVES = "The original stays as it is. The name and the caption leave with the new picture."
_BACK = "What you had drawn and not kept is here again."


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture that is to be made: for which attachment, of which original, with which steps, under which name."""

    of: str
    original: Attachment
    steps: Steps
    name: str


class PictureDesk(QWidget):
    """Draws on one picture. `keep_wanted` carries what is to be made of it; `end` is called when it is kept."""

    keep_wanted = Signal(object)
    closed = Signal()

    def __init__(self, context: Context, of: Attachment, base: Base, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{base.attachment.name} – Picture desk – Claimdesk")
        self._context, self.of, self._base = context, of, base
        self._jobs = Jobs(self._on_failed, self)
        self._asking = self._keeping = self._ending = self._closed = self._named = False
        self.drawing = Drawing(context.theme, self)
        self.canvas, self.words = self.drawing.canvas, Prose("Reading…")
        self.name, self.note, self.percent = Line(), Prose(_LEAVES, "soft"), Label("", "soft")
        self.button = QPushButton("Keep as a new picture")
        self._put_by = QTimer(self)
        self._put_by.setSingleShot(True)
        self._put_by.setInterval(_PUT_BY_MS)
        self._put_by.timeout.connect(self._on_put_by)
        self._make_verbs()
        self._lay_out()
        self._wire()
        self._restore()
        self._read()

    def _make_verbs(self) -> None:
        self.zoom_out = verb_of(self, "Zoom out", self.canvas.zoom_out, "-", "Ctrl+-")
        self.zoom_in = verb_of(self, "Zoom in", self.canvas.zoom_in, "+", "=", "Ctrl++", "Ctrl+=")
        self.fit = verb_of(self, "Fit", self.canvas.fit, "0", "Ctrl+0")
        self.full = verb_of(self, "100 %", self.canvas.full, "1", "Ctrl+1")
        self.keep = verb_of(self, "Keep as a new picture", self._on_keep, "Ctrl+Return", "Ctrl+Enter", "Ctrl+S")
        self.leave = verb_of(self, "Close", self.close, "Ctrl+W")
        self.back = verb_of(self, "Let go", self._on_back, "Esc")
        self.button.setToolTip(self.keep.toolTip())
        self._draw()

    def _draw(self) -> None:
        for action, icon in ((self.zoom_out, "zoom-out"), (self.zoom_in, "zoom-in"), (self.fit, "maximize")):
            action.setIcon(self._context.theme.icon(icon))

    def _lay_out(self) -> None:
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.words)
        self.stack.addWidget(self.canvas)
        row, box = QHBoxLayout(), QVBoxLayout(self)
        row.setSpacing(0)
        row.addWidget(self.drawing.ink)
        row.addWidget(self.stack, 1)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._tool_bar())
        box.addLayout(row, 1)
        box.addLayout(self._foot())

    def _tool_bar(self) -> QToolBar:
        bar, d = QToolBar("Tools", self), self.drawing
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        bar.addActions([d.undo, d.redo, d.remove, d.turn])
        bar.addSeparator()
        bar.addAction(self.zoom_out)
        bar.addWidget(self.percent)
        bar.addActions([self.zoom_in, self.fit, self.full])
        self.percent.setMinimumWidth(self.percent.fontMetrics().horizontalAdvance(" 1600 % "))
        self.percent.setContentsMargins(6, 0, 6, 0)
        show_icons(bar, (d.undo, d.redo, self.zoom_out, self.zoom_in))
        return bar

    def _foot(self) -> QVBoxLayout:
        self.name.setAccessibleName("Name of the new picture")
        self.name.setMaximumWidth(320)
        self.button.setProperty("primary", True)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Label("Name", "label"))
        row.addWidget(self.name, 1)
        row.addStretch(1)
        row.addWidget(self.button)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 8, 12, 10)
        foot.setSpacing(6)
        foot.addWidget(self.note)
        foot.addLayout(row)
        return foot

    def _wire(self) -> None:
        self.drawing.changed.connect(self._on_drawn)
        self.canvas.zoomed.connect(self._show_zoom)
        self.name.textEdited.connect(self._on_named)
        self.button.clicked.connect(self.keep.trigger)
        self._context.theme.changed.connect(self._draw)
        self._context.bulletin.changed.connect(self._on_changed)

    def _restore(self) -> None:
        state = self._context.settings.state("picture-desk")
        if state is None or not self.restoreGeometry(state):
            room = self.screen().availableSize()
            self.resize(min(_WIDTH, room.width() - 40), min(_HEIGHT, room.height() - 60))

    # Reading the original

    def _read(self) -> None:
        self._allow(False)
        self.canvas.set_veil(veil.of(self._context, self._base.attachment))  # before anything is read
        self._jobs.start("", partial(look, self._context.book, self._base.attachment), self._on_seen)

    def _on_changed(self, notice: Notice) -> None:
        """Lay the veil over a picture that is marked as graphic meanwhile, or take it away."""
        if not self._closed and self._base.attachment.id in notice.of(Kind.ATTACHMENT):
            with contextlib.suppress(NotFound):
                self.canvas.set_veil(
                    veil.of(self._context, attachments.one(self._context.book, self._base.attachment.id))
                )

    def _on_seen(self, seen: Seen) -> None:
        if not seen.levels:
            self.words.setText(seen.words or "This is no picture.")
            return
        self.canvas.show_levels(seen.levels)
        self.stack.setCurrentWidget(self.canvas)
        draft = desk_draft.read(self._context.book, self.of.id)
        if draft and draft.original != self._base.attachment.id:
            draft = None
        if draft:
            self.name.setText(draft.name)
            self._named = draft.name != self._given_name(draft.steps)
            self.note.setText(_BACK)
        self.drawing.begin(self._base.steps, draft.steps if draft else self._base.steps, seen.levels[0].size())
        self._allow(True)
        self.canvas.setFocus()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, CasebookError):
            self.words.setText(str(wording.explain(error)))
        else:
            self._context.report(error)

    def _allow(self, allowed: bool) -> None:
        """Let the person draw and keep, or do neither."""
        self.name.setEnabled(allowed)
        for action in (self.zoom_in, self.zoom_out, self.fit, self.full):
            action.setEnabled(self.canvas.drawn)
        self.drawing.allow(allowed)

    # Drawing

    def _on_drawn(self) -> None:
        if not self._named:
            self.name.setText(self._given_name(self.drawing.steps))
            self.name.setCursorPosition(0)
        if self.drawing.dirty and self.note.text() != _BACK:
            self.note.setText(_LEAVES)
        can_keep = self.drawing.allowed and self.drawing.dirty and bool(self.drawing.steps)
        self.keep.setEnabled(can_keep)
        self.button.setEnabled(can_keep)
        if self.drawing.allowed:
            self._put_by.start()

    def _given_name(self, done: Steps) -> str:
        """What the new picture is called while nobody has called it anything."""
        what = "redacted" if any(isinstance(step, BlackOut) for step in done) else "retouched"
        return f"{PurePath(self._base.attachment.name).stem} ({what}).png"

    def _on_named(self) -> None:
        self._named = bool(self.name.text().strip())
        self._put_by.start()

    def _on_put_by(self) -> None:
        """Put by what is drawn, so that a crash does not lose it."""
        book = self._context.book
        try:
            if self.drawing.dirty:
                draft = DeskDraft(self._base.attachment.id, self.name.text(), self.drawing.steps)
                draft.put_by(book, self.of.id)
            else:
                desk_draft.drop(book, self.of.id)
        except CasebookError as error:
            self._context.report(error)

    def _show_zoom(self) -> None:
        self.percent.setText(f"{self.canvas.zoom:.0%}".replace("%", " %") if self.canvas.drawn else "")

    def _on_back(self) -> None:
        if not self.drawing.step_back():
            self.close()

    # Keeping

    def _on_keep(self) -> None:
        self.settle()
        name = self.name.text().strip() or self._given_name(self.drawing.steps)
        self._keeping = True
        self._allow(False)
        self.note.setText("Drawing the new picture…")
        self.keep_wanted.emit(Wanted(self.of.id, self._base.attachment, self.drawing.steps, name))

    def go_on(self) -> None:
        """Nothing was kept: what is drawn is still here."""
        self._keeping = False
        self._allow(True)
        self.note.setText(f"Nothing was kept. {_LEAVES}")

    def end(self) -> None:
        """Close without asking: what is drawn was kept or put by."""
        self._ending = True
        self.close()

    def settle(self) -> None:
        """Put by what is drawn now."""
        if self._put_by.isActive():
            self._put_by.stop()
            self._on_put_by()

    def _on_discard(self) -> None:
        self._put_by.stop()
        desk_draft.drop(self._context.book, self.of.id)
        self.end()

    def _on_kept_on_leaving(self) -> None:
        self._asking = False
        self.keep.trigger()

    def _on_stay(self) -> None:
        self._asking = False

    def _ask(self) -> None:
        self._asking = True
        words = (f"What you drew on {isolated(self._base.attachment.name)} is not kept as a picture yet.",)
        ways = (("Keep as a new picture", self._on_kept_on_leaving), ("Discard", self._on_discard))
        asked = Choice(self, "Keep what you drew?", words, ways if self.keep.isEnabled() else ways[1:], self._on_stay)
        open_once(asked)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask what is to become of what was drawn and not kept."""
        if self.drawing.dirty and not (self._closed or self._keeping or self._ending):
            event.ignore()
            if not self._asking:
                self._ask()
            return
        if not self._closed:
            self._closed = True
            self.settle()
            self._context.settings.keep_state("picture-desk", self.saveGeometry())
            self._jobs.close()
            self.closed.emit()
        super().closeEvent(event)
