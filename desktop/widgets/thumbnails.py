"""Small pictures for the screen: read when they are first painted, the last ones kept."""

from __future__ import annotations

from collections import OrderedDict
from time import monotonic

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPixmap

from db import attachments
from db.change import Notice
from db.errors import CasebookError
from db.kinds import Kind
from desktop.context import Context
from desktop.widgets.veil import blurred

_KEPT = 400
_TURN = 0.008
_PNG = b"\x89PNG"
_Key = tuple[str, float, bool]


class Thumbnails(QObject):
    """The small pictures of stored bytes, by SHA-256; `arrived` comes when some that were asked for are there.

    What is marked as graphic is blurred, unless its veil is lifted.
    """

    arrived = Signal()

    def __init__(self, context: Context, size: QSize, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._size = context, size
        self._kept: OrderedDict[_Key, QPixmap] = OrderedDict()
        self._wanted: OrderedDict[_Key, None] = OrderedDict()
        self._graphic: frozenset[str] = frozenset()
        context.bulletin.changed.connect(self._on_changed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._read)

    def find(self, digest: str, ratio: float, *, lifted: bool = False) -> QPixmap | None:
        """The small picture for a screen of that pixel ratio, null where there is none; None until it is read."""
        key = (digest, ratio, lifted)
        found = self._kept.get(key)
        if found is None:
            self._wanted[key] = None
            self._wanted.move_to_end(key)
            self._timer.start(0)
            return None
        self._kept.move_to_end(key)
        return found

    def forget(self) -> None:
        """Read nothing more that was asked for; what is in sight asks again."""
        self._wanted.clear()

    def _read(self) -> None:
        """Read for a few milliseconds what was asked for last, then let the window live."""
        began = monotonic()
        while self._wanted and monotonic() - began < _TURN:
            key, _ = self._wanted.popitem()
            self._kept[key] = self._drawn(*key)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        if self._wanted:
            self._timer.start(0)
        self.arrived.emit()

    def _on_changed(self, notice: Notice) -> None:
        """Draw those anew that were marked as graphic, or are no longer."""
        if notice.of(Kind.ATTACHMENT) and self._kept:
            now = attachments.graphic(self._context.book, [digest for digest, _, _ in self._kept])
            for key in [key for key in self._kept if (key[0] in now) is not (key[0] in self._graphic)]:
                del self._kept[key]
            self._graphic = now

    def _drawn(self, digest: str, ratio: float, lifted: bool) -> QPixmap:
        try:
            small = attachments.thumbnails(self._context.book, [digest]).get(digest, b"")
            graphic = attachments.graphic(self._context.book, [digest]) if small else frozenset()
        except CasebookError as error:
            self._wanted.clear()
            self._context.report(error)
            return QPixmap()
        pixmap = QPixmap()
        if not small or not pixmap.loadFromData(small, "PNG" if small.startswith(_PNG) else "JPEG"):
            return QPixmap()
        self._graphic |= graphic
        if graphic and not lifted:
            pixmap = QPixmap.fromImage(blurred(pixmap.toImage()))
        room = self._size * ratio
        if pixmap.width() > room.width() or pixmap.height() > room.height():
            smooth = Qt.TransformationMode.SmoothTransformation
            pixmap = pixmap.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        pixmap.setDevicePixelRatio(ratio)
        return pixmap
