"""Thumbnails of attachments, as many as there are; files dropped on them are told of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)  # fmt: skip
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QMenu, QVBoxLayout, QWidget

from db.attachments import Attachment
from desktop import custody_words, filetypes, wording
from desktop.context import Context
from desktop.rows import Column, RowsModel
from desktop.theme import Theme
from desktop.widgets import mime
from desktop.widgets.gallery_cell import PICTURE, GalleryCell
from desktop.widgets.holding import Holding
from desktop.widgets.texts import isolated, tooltip
from desktop.widgets.thumbnails import Thumbnails

_HINT = "Drop files here, or paste a picture or a text with Ctrl+V"
_RADIUS = 6


class Gallery(QWidget):
    """Shows attachments. `opened` carries the id of one, `dropped` what was let go on it, as a `mime.Offer`."""

    opened = Signal(str)
    dropped = Signal(object)
    selected_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._menu: QMenu | None = None
        self._showing = False
        self._model: RowsModel[Attachment] = RowsModel([Column("Name", _name, _roles)], self)
        self._thumbnails = Thumbnails(context, PICTURE, self)
        self.view = _View(context.theme, context.book.writable, self)
        self.view.setModel(self._model)
        self._cell = GalleryCell(context.theme, self._thumbnails, self.view)
        self.view.setItemDelegate(self._cell)
        Holding(self.view).held.connect(self._on_held)
        self.view.selectionModel().selectionChanged.connect(self._on_selection)
        self.view.activated.connect(self._on_activated)
        self.view.verticalScrollBar().valueChanged.connect(self._thumbnails.forget)
        self.view.dropped.connect(self.dropped)
        self.view.menu_wanted.connect(self._on_menu_wanted)
        self._thumbnails.arrived.connect(self.view.viewport().update)
        context.theme.changed.connect(self.view.viewport().update)
        self.setFocusProxy(self.view)
        self.setAcceptDrops(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)

    def setAccessibleName(self, name: str) -> None:
        """Name what the gallery shows, for those who hear it."""
        super().setAccessibleName(name)
        self.view.setAccessibleName(name)

    def set_menu(self, menu: QMenu) -> None:
        """Show these verbs on a right click and on the menu key."""
        self._menu = menu

    def mark(self, ids: frozenset[str]) -> None:
        """Mark those of these attachments that stand here as seen before."""
        self._cell.seen = ids
        self.view.viewport().update()

    def show_attachments(self, attachments: Sequence[Attachment]) -> None:
        """Show these; what was selected, and where one was, stays."""
        before, current = self.selected, self.view.currentIndex().row()
        scrolled = self.view.verticalScrollBar().value()
        self._showing = True
        try:
            self._model.show(attachments)
            if before and not self.view.selectionModel().hasSelection():
                self._select({each.id for each in before}, current)
        finally:
            self._showing = False
        self.view.verticalScrollBar().setValue(scrolled)
        self.view.viewport().update()
        if self.selected != before:
            self.selected_changed.emit()

    @property
    def selected(self) -> tuple[Attachment, ...]:
        """What is selected, in the order in which it stands."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        return tuple(self._model.rows[row] for row in rows if row < len(self._model.rows))

    def select(self, attachment_id: str) -> None:
        """Select one, and bring it into sight."""
        index = self._model.place(attachment_id)
        if index.isValid():
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)

    def _select(self, ids: set[str], current: int) -> None:
        """Select anew by id; where all that was selected is gone, the keys stay at the place where it stood."""
        chosen = QItemSelection()
        last = QModelIndex()
        for row, each in enumerate(self._model.rows):
            if each.id in ids:
                last = self._model.index(row, 0)
                chosen.select(last, last)
        flag = QItemSelectionModel.SelectionFlag
        if not last.isValid() and self._model.rows:
            last = self._model.index(max(0, min(current, len(self._model.rows) - 1)), 0)
        self.view.selectionModel().setCurrentIndex(last, flag.NoUpdate)
        self.view.selectionModel().select(chosen, flag.ClearAndSelect)

    def _on_held(self, held: bool) -> None:
        """Show what is chosen, be it graphic, as long as a key or the button is held."""
        current = self._model.row(self.view.currentIndex())
        seen = frozenset(each.id for each in (*self.selected, current) if held and each and each.graphic)
        if seen != self._cell.lifted:
            self._cell.lifted = seen
            self.view.viewport().update()

    def _on_selection(self) -> None:
        if not self._showing:
            self.selected_changed.emit()

    def _on_activated(self, index: QModelIndex) -> None:
        attachment = self._model.row(index)
        if attachment:
            self.opened.emit(attachment.id)

    def _on_menu_wanted(self, where: QPoint) -> None:
        if self._menu:
            self._menu.popup(where)


def _name(attachment: Attachment) -> str:
    return attachment.name


def _roles(attachment: Attachment, role: int) -> Any:  # noqa: ANN401 (what a role holds)
    if role == Qt.ItemDataRole.ToolTipRole:
        return tooltip("\n".join(part for part in (attachment.name, facts(attachment), attachment.caption) if part))
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return ", ".join(part for part in (attachment.name, facts(attachment), attachment.caption) if part)
    return None


def facts(attachment: Attachment) -> str:
    """Type, size in pixels and in bytes in one line, and what its marks say."""
    pixels = f"{attachment.width} × {attachment.height}" if attachment.width else ""
    kind = filetypes.not_drawn(attachment) or filetypes.type_name(attachment.media_type)
    if attachment.erased:
        kind = custody_words.erased(attachment.erased, isolated)
    made = wording.word(attachment.method) if attachment.derived_from else ""
    graphic = "Graphic" if attachment.graphic else ""
    parts = (kind, isolated(pixels), wording.size(attachment.size), made, graphic)
    return " · ".join(part for part in parts if part)


class _View(QListView):
    """The list itself: lays out cells of one size, takes drops, and says what to do where it is empty."""

    dropped = Signal(object)
    menu_wanted = Signal(QPoint)

    def __init__(self, theme: Theme, writable: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._writable, self._dropping = theme, writable, False
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAcceptDrops(writable)
        self.viewport().setAcceptDrops(writable)
        self.setAccessibleDescription(_HINT if writable else "")

    def minimumSizeHint(self) -> QSize:
        """Small enough for any panel."""
        return QSize(PICTURE.width() + 40, PICTURE.height() // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells; what to do where there are none; the frame while something hangs over it."""
        super().paintEvent(event)
        empty = self.model().rowCount() == 0
        if not (empty or self._dropping):
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.viewport().rect().adjusted(4, 4, -4, -4)
        self._paint_frame(painter, area)
        if empty:
            painter.setPen(self._theme.color("accent" if self._dropping else "text-soft"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(area.adjusted(8, 4, -8, -4), flags, self._hint())
        painter.end()

    def _hint(self) -> str:
        if self._dropping:
            return "Let go to attach"
        return _HINT if self._writable else "No files here"

    def _paint_frame(self, painter: QPainter, area: Any) -> None:  # noqa: ANN401 (a QRect)
        if not self._writable:
            return
        color = self._theme.color("accent" if self._dropping else "line-strong")
        painter.setPen(QPen(color, 2 if self._dropping else 1, Qt.PenStyle.DashLine))
        if self._dropping:
            color.setAlpha(24)
            painter.setBrush(color)
        painter.drawRoundedRect(area, _RADIUS, _RADIUS)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu at the pointer, or at the cell that the keys are at."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard and self.currentIndex().isValid():
            cell = self.visualRect(self.currentIndex()).center()
            self.menu_wanted.emit(self.viewport().mapToGlobal(cell))
        else:
            self.menu_wanted.emit(event.globalPos())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take local files, pictures, web addresses and texts."""
        if self._writable and mime.holds_anything(event.mimeData()):
            self._set_dropping(True)
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take them anywhere, always as copies: what is dropped stays where it was."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(self._dropping)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        self._set_dropping(False)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell of what can be taken."""
        self._set_dropping(False)
        offer = mime.offered(event.mimeData(), "dropped")
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(bool(offer))
        if offer:
            self.dropped.emit(offer)

    def _set_dropping(self, dropping: bool) -> None:
        self._dropping = dropping
        self.viewport().update()
