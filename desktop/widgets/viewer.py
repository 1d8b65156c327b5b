"""A window that shows one attachment at a time, with what is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from db import attachments
from db.attachments import Attachment
from db.change import Notice
from db.errors import CasebookError, NotFound
from db.kinds import Kind
from desktop import wording
from desktop.context import Context
from desktop.jobs import Job, Jobs
from desktop.widgets import veil
from desktop.widgets.looking import Seen, look
from desktop.widgets.page_bar import PageBar
from desktop.widgets.text_view import TextView
from desktop.widgets.texts import Label, Prose
from desktop.widgets.veiled import VeiledView
from desktop.widgets.viewer_side import ViewerSide
from desktop.widgets.window_verbs import show_icons, verb_of

_WIDTH, _HEIGHT = 1060, 660
_PATIENCE_MS = 250


class Viewer(QWidget):
    """Shows attachments one by one. `save_wanted` carries the attachment of which a copy is wanted.

    `custody_wanted` carries the one of which somebody wants to know what happened to it, `record_wanted` the one whose
    collection record is wanted.
    """

    save_wanted = Signal(object)
    custody_wanted = Signal(object)
    record_wanted = Signal(object)
    closed = Signal()

    def __init__(
        self, context: Context, shown: Sequence[Attachment], current_id: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._shown = {each.id: each for each in shown}
        self._current = current_id
        self._jobs = Jobs(self._on_failed, self)
        self._job: Job[Seen] | None = None
        self._closed = False
        self.picture, self.text, self.words = VeiledView(), TextView(), Prose()
        self.side = ViewerSide(context)
        self.count, self.percent = Label("", "soft"), Label("", "soft")
        self.pages = PageBar(context.theme)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._on_patience)
        self._make_verbs()
        self._lay_out()
        self._wire()
        self._restore()
        self._turn()

    def _make_verbs(self) -> None:
        self.previous = verb_of(self, "Previous", partial(self._step, -1), "Alt+Left")
        self.next = verb_of(self, "Next", partial(self._step, 1), "Alt+Right")
        self.zoom_out = verb_of(self, "Zoom out", self.picture.zoom_out, "-", "Ctrl+-")
        self.zoom_in = verb_of(self, "Zoom in", self.picture.zoom_in, "+", "=", "Ctrl++", "Ctrl+=")
        self.fit = verb_of(self, "Fit", self.picture.fit, "0", "Ctrl+0")
        self.full = verb_of(self, "100 %", self.picture.full, "1", "Ctrl+1")
        self.save = verb_of(self, "Save a copy…", self._on_save, "Ctrl+S", "Ctrl+Shift+C")
        self.custody = verb_of(self, "Custody", self._on_custody, "F6")
        self.record = verb_of(self, "Collection record…", self.side.told.ask, "F4")
        self.leave = verb_of(self, "Close", self.close, "Esc", "Ctrl+W")
        self._draw()

    def _draw(self) -> None:
        for action, icon in (
            (self.previous, "arrow-left"),
            (self.next, "arrow-right"),
            (self.zoom_out, "zoom-out"),
            (self.zoom_in, "zoom-in"),
            (self.fit, "maximize"),
            (self.save, "download"),
            (self.custody, "shield-check"),
            (self.record, "camera"),
        ):
            action.setIcon(self._context.theme.icon(icon))

    def _lay_out(self) -> None:
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setMargin(24)
        self.stack = QStackedWidget()
        for widget in (self.picture, self.text, self.words):
            self.stack.addWidget(widget)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        shown = QVBoxLayout()
        shown.setSpacing(0)
        shown.addWidget(self.stack, 1)
        shown.addWidget(self.pages)
        row.addLayout(shown, 1)
        row.addWidget(self.side)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._tool_bar())
        box.addLayout(row, 1)

    def _tool_bar(self) -> QToolBar:
        bar = QToolBar("Tools", self)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        bar.addActions([self.previous, self.next])
        bar.addWidget(self.count)
        bar.addSeparator()
        bar.addAction(self.zoom_out)
        bar.addWidget(self.percent)
        bar.addActions([self.zoom_in, self.fit, self.full])
        bar.addSeparator()
        bar.addActions([self.save, self.record, self.custody])
        self.bar = bar
        for label in (self.count, self.percent):
            label.setMinimumWidth(label.fontMetrics().horizontalAdvance(" 1600 % "))
            label.setContentsMargins(6, 0, 6, 0)
        show_icons(bar, (self.previous, self.next, self.zoom_out, self.zoom_in))
        return bar

    def _wire(self) -> None:
        self.side.told.wanted.connect(self.record_wanted)
        self.picture.zoomed.connect(self._show_zoom)
        self.pages.wanted.connect(self._read)
        self.pages.words_wanted.connect(self._on_words_wanted)
        self._context.bulletin.changed.connect(self._on_changed)
        self._context.theme.changed.connect(self._draw)

    def _restore(self) -> None:
        state = self._context.settings.state("viewer")
        if state is None or not self.restoreGeometry(state):
            room = self.screen().availableSize()
            self.resize(min(_WIDTH, room.width() - 40), min(_HEIGHT, room.height() - 60))

    @property
    def attachment(self) -> Attachment:
        """The one that is shown."""
        return self._shown[self._current]

    def show_attachment(self, attachment_id: str) -> None:
        """Show another one of those that this window has."""
        if attachment_id in self._shown and attachment_id != self._current and self.settle():
            self._current = attachment_id
            self._turn()

    def add_verbs(self, verbs: Sequence[QAction]) -> None:
        """Show more verbs as small buttons at the end of the bar."""
        self.bar.addSeparator()
        self.bar.addActions(list(verbs))
        show_icons(self.bar, verbs)
        self.addActions(list(verbs))

    def settle(self) -> bool:
        """Save the caption as typed; returns whether nothing unsaved is left."""
        return self.side.settle()

    def _turn(self) -> None:
        """Show what is current from the beginning."""
        self.side.form.forget()
        self.picture.show_levels(())
        self.text.show_text("")
        self.pages.forget()
        self.stack.setCurrentWidget(self.picture)
        self._show_facts()
        self._show_zoom()
        self._read(0)
        self.picture.setFocus()

    def _read(self, page: int) -> None:
        """Read what is current, or another page of it."""
        if self._job:
            self._job.cancel()
        self._patience.start()
        work = partial(look, self._context.book, self.attachment, page=page)
        self._job = self._jobs.start("", work, partial(self._on_seen, self._current))

    def _on_words_wanted(self, wanted: bool) -> None:
        shown: QWidget = self.text if wanted else self.picture
        self.stack.setCurrentWidget(shown)
        shown.setFocus()
        self._show_zoom()

    def _show_facts(self) -> None:
        attachment, ids = self.attachment, list(self._shown)
        place = ids.index(self._current)
        self.setWindowTitle(f"{attachment.name} – Claimdesk")
        self.count.setText(f"{place + 1} of {len(ids)}")
        self.previous.setEnabled(place > 0)
        self.next.setEnabled(place + 1 < len(ids))
        self.save.setEnabled(attachment.erased is None)
        self.picture.set_veil(veil.of(self._context, attachment))  # before anything is read
        self.side.show_attachment(attachment)

    def _on_seen(self, attachment_id: str, seen: Seen) -> None:
        if self._closed or attachment_id != self._current:
            return
        self._patience.stop()
        self.side.told.show_metadata(seen.metadata)
        self.words.setText(seen.words)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if seen.levels:
            self.picture.show_levels(seen.levels)
            if not seen.pages:
                self.side.facts.show_pixels(seen.levels[0].width(), seen.levels[0].height())
        if seen.text:
            self.text.show_text(f"{seen.text}\n\n[{seen.words}]" if seen.words else seen.text)
        self.pages.show_page(seen.page, seen.pages)
        self.stack.setCurrentWidget(self.picture if seen.levels else self.text if seen.text else self.words)
        self._show_zoom()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, CasebookError):
            self._context.report(error)
        elif not self._closed:
            self._on_seen(self._current, Seen(words=str(wording.explain(error))))

    def _on_patience(self) -> None:
        self.words.setText("Reading…")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack.setCurrentWidget(self.words)

    def _show_zoom(self) -> None:
        drawn = self.stack.currentWidget() is self.picture and self.picture.drawn
        for action in (self.zoom_in, self.zoom_out, self.fit, self.full):
            action.setEnabled(drawn)
        self.percent.setText(f"{self.picture.zoom:.0%}".replace("%", " %") if drawn else "")

    def _step(self, by: int) -> None:
        ids = list(self._shown)
        place = ids.index(self._current) + by
        if 0 <= place < len(ids):
            self.show_attachment(ids[place])

    def _on_save(self) -> None:
        self.save_wanted.emit(self.attachment)

    def _on_custody(self) -> None:
        self.custody_wanted.emit(self.attachment)

    def _on_changed(self, notice: Notice) -> None:
        """Show what became of the attachments; one that was removed is shown no longer."""
        touched = notice.of(Kind.ATTACHMENT) & self._shown.keys()
        if self._closed or not touched:
            return
        ids, erased = list(self._shown), self.attachment.erased
        for each in touched:
            try:
                self._shown[each] = attachments.one(self._context.book, each)
            except NotFound:
                del self._shown[each]
        if not self._shown:
            self.close()
        elif self._current in self._shown and self.attachment.erased == erased:
            self._show_facts()
        elif self._current in self._shown:
            self._turn()
        else:
            place = min(ids.index(self._current), len(self._shown) - 1)
            self._current = list(self._shown)[place]
            self._turn()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow and page keys that nothing else wants turn to the next or the previous one, or page."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageDown: 1}
        step = steps.get(Qt.Key(event.key()))
        paging = event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        if step and not (paging and self.pages.step(step)):
            self._step(step)
        elif step:
            event.accept()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save the caption, stop reading; a caption that cannot be saved keeps the window open."""
        if not self._closed:
            if self._shown and not self.settle():
                event.ignore()
                return
            self._closed = True
            self._patience.stop()
            self._context.settings.keep_state("viewer", self.saveGeometry())
            self._jobs.close()
            self.closed.emit()
        super().closeEvent(event)
