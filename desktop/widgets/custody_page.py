"""A window that tells what happened to one file: how it is now, and the chain of its custody."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QFontDatabase, QGuiApplication, QImage, QKeySequence, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from db import attachments, custody
from db.change import Notice
from db.custody import Event, Item
from db.errors import NotFound
from db.kinds import Kind
from desktop import custody_words, wording
from desktop.context import Context
from desktop.widgets.entries import Entry, EntryList
from desktop.widgets.texts import Label, Prose, Reading, isolated
from desktop.widgets.veil import blurred

_WIDTH, _HEIGHT, _LIST, _LEAST = 960, 600, 470, 260
_PICTURE = QSize(132, 88)


class CustodyPage(QWidget):
    """Shows the custody of one attachment. `verify_wanted` carries its id in a list, `closed` comes at the end."""

    verify_wanted = Signal(list)
    closed = Signal()

    def __init__(self, context: Context, attachment_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("page")
        self._context = context
        self.attachment_id = attachment_id
        self._item: Item | None = None
        self._closed = False
        self.picture, self.name, self.digest = Label(), Reading("Name"), Reading("SHA-256")
        self.where, self.state = Label("", "soft"), Prose()
        self.list = EntryList(context.theme, "What happened")
        self.title, self.lines, self.remarks = Prose("", "heading"), Reading("Details", most=40), Prose("", "soft")
        self._make_verbs()
        self._lay_out()
        self.list.chosen.connect(self._on_chosen)
        context.bulletin.changed.connect(self._on_notice)
        context.theme.changed.connect(self._draw)
        self._restore()
        self.refresh()
        self.list.setFocus()

    def _make_verbs(self) -> None:
        self.verify, self.copy, self.leave = QAction("Verify", self), QAction("Copy as text", self), QAction(self)
        self.verify.triggered.connect(lambda: self.verify_wanted.emit([self.attachment_id]))
        self.copy.triggered.connect(self._on_copy)
        self.leave.triggered.connect(self.close)
        for action, keys in ((self.verify, ("Shift+F6",)), (self.copy, ("Ctrl+C",)), (self.leave, ("Esc", "Ctrl+W"))):
            action.setShortcuts([QKeySequence(key) for key in keys])
            shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{action.text()} ({shown})")
            self.addAction(action)
        self._draw()

    def _draw(self) -> None:
        self.verify.setIcon(self._context.theme.icon("shield-check"))
        self.copy.setIcon(self._context.theme.icon("copy"))

    def _lay_out(self) -> None:
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPointSizeF(self.font().pointSizeF() * 0.86)
        self.digest.setFont(fixed)
        self.name.setProperty("tone", "heading")
        self.picture.setFixedSize(_PICTURE)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.addWidget(self.list)
        both.addWidget(self._details())
        both.setSizes([_LIST, _WIDTH - _LIST])
        both.setStretchFactor(0, 1)
        both.setStretchFactor(1, 1)
        both.setChildrenCollapsible(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 16, 14)
        box.setSpacing(12)
        box.addWidget(self._head())
        box.addWidget(both, 1)

    def _details(self) -> QScrollArea:
        inner, area = QWidget(), QScrollArea()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(14, 4, 6, 0)
        rows.setSpacing(8)
        rows.addWidget(self.title)
        rows.addWidget(self.lines)
        rows.addStretch(1)
        rows.addWidget(self.remarks)
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setMinimumWidth(_LEAST)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _head(self) -> QFrame:
        words = QVBoxLayout()
        words.setSpacing(4)
        for widget in (self.name, self.where, self.state, self.digest):
            words.addWidget(widget)
        words.addStretch(1)
        verbs = QVBoxLayout()
        verbs.setSpacing(6)
        for action in (self.verify, self.copy):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setProperty("framed", True)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            verbs.addWidget(button)
        verbs.addStretch(1)
        head = QFrame()
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        line.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addLayout(verbs)
        return head

    def _restore(self) -> None:
        state = self._context.settings.state("custody")
        if state is None or not self.restoreGeometry(state):
            room = self.screen().availableSize()
            self.resize(min(_WIDTH, room.width() - 40), min(_HEIGHT, room.height() - 60))

    def refresh(self) -> None:
        """Read the custody anew; where a merge was taken out with the attachment, the window closes."""
        try:
            item = self._item = custody.item(self._context.book, self.attachment_id)
        except NotFound:
            self.close()
            return
        self.setWindowTitle(f"Custody of {item.name} – Claimdesk")
        self.name.setText(item.name)
        size = wording.exact_size(item.size)
        self.where.setText(" · ".join(part for part in (isolated(item.reference), isolated(size)) if part))
        words, tone = custody_words.state(item, isolated)
        self.state.setProperty("tone", tone)
        self.state.setText(words)
        self.state.style().polish(self.state)
        self.digest.setText(item.sha256)
        self.verify.setEnabled(item.erased is None)
        self.remarks.setText("\n".join(custody_words.remarks(item)))
        self._show_picture(item)
        there = {entry.id for entry in self.list.entries}
        new = next((event.id for event in reversed(item.events) if event.id not in there), "")
        self.list.show_entries([_entry(event) for event in item.events], new)
        self._on_chosen(self.list.current)

    def _show_picture(self, item: Item) -> None:
        found = {} if item.erased else attachments.thumbnails(self._context.book, [item.sha256])
        self.picture.setVisible(bool(found))
        if found:
            ratio = self.devicePixelRatioF()
            graphic = attachments.graphic(self._context.book, [item.sha256])
            small = QImage.fromData(found[item.sha256])
            image = (blurred(small) if graphic else small).scaled(
                _PICTURE * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            image.setDevicePixelRatio(ratio)
            self.picture.setPixmap(QPixmap.fromImage(image))

    def _on_chosen(self, chosen: str) -> None:
        event = next((each for each in self._item.events if each.id == chosen), None) if self._item else None
        if event:
            self.title.setText(custody_words.what(event, isolated))
            self.lines.setText("\n".join((custody_words.when_and_who(event, isolated), *custody_words.details(event))))

    def _on_copy(self) -> None:
        """The words that are selected, else the whole page."""
        selected = self.lines.textCursor().selectedText() or self.digest.textCursor().selectedText()
        if selected or self._item:
            QGuiApplication.clipboard().setText(selected or custody_words.page(self._item))  # type: ignore[arg-type]

    def _on_notice(self, notice: Notice) -> None:
        if not self._closed and notice.of(Kind.CUSTODY, Kind.ATTACHMENT, Kind.DESK):
            self.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember where the window stood."""
        if not self._closed:
            self._closed = True
            self._context.settings.keep_state("custody", self.saveGeometry())
            self.closed.emit()
        super().closeEvent(event)


def _entry(event: Event) -> Entry:
    badge, color = custody_words.badge(event)
    return Entry(
        event.id, custody_words.what(event, isolated), custody_words.when_and_who(event, isolated), badge, color
    )
