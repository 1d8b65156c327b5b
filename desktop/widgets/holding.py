"""Holding Space or the mouse button over a list, to see what is hidden there as long as it is held."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView

_HOLD_MS = 400  # a click chooses, and shows nothing


class Holding(QObject):
    """Watches a list without taking anything from it; `held` tells when the holding begins, and when it ends."""

    held = Signal(bool)

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._button = QTimer(self)
        self._button.setSingleShot(True)
        self._button.setInterval(_HOLD_MS)
        self._button.timeout.connect(self._on_held)
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at keys and buttons, and let them pass; only a key that repeats itself goes no further."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space and watched is self._view:
            if event.type() == QEvent.Type.KeyPress:
                self.held.emit(True)
                return event.isAutoRepeat()
            if event.type() == QEvent.Type.KeyRelease and not event.isAutoRepeat():
                self._let_go()
        elif isinstance(event, QMouseEvent) and event.button() is Qt.MouseButton.LeftButton:
            if event.type() == QEvent.Type.MouseButtonPress:
                self._button.start()
            elif event.type() == QEvent.Type.MouseButtonRelease:
                self._let_go()
        elif event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):  # nobody would hear that it was let go
            self._let_go()
        return False

    def _on_held(self) -> None:
        self.held.emit(True)

    def _let_go(self) -> None:
        self._button.stop()
        self.held.emit(False)
