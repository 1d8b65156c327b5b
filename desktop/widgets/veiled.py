"""A picture that may have a veil: it is seen while Space or the mouse button is held."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.widgets.picture import PictureView
from desktop.widgets.veil import HOLD, Veil


class VeiledView(PictureView):
    """Shows a picture, or its veil for as long as nobody holds a key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._veil: Veil | None = None
        self._lifted = False

    def set_veil(self, veil: Veil | None) -> None:
        """Show this in the place of the picture, or the picture again."""
        self._veil, self._lifted = veil, self._lifted and veil is not None
        self.setAccessibleDescription(HOLD if veil else "")
        self.viewport().update()

    @property
    def graphic(self) -> bool:
        """Whether the picture has a veil, lifted or not."""
        return self._veil is not None

    @property
    def veiled(self) -> bool:
        """Whether the picture is kept from sight now."""
        return self._veil is not None and not self._lifted

    def _lift(self, lifted: bool) -> None:
        if self._veil and lifted is not self._lifted:
            self._lifted = lifted
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the veil in the place of the picture."""
        if self._veil is None or self._lifted:
            super().paintEvent(event)
        elif self.drawn:
            painter = QPainter(self.viewport())
            target = self._target()
            self._veil.paint(painter, target, target.intersected(QRectF(self.viewport().rect())))
            painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Whoever takes hold of the picture sees it."""
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._lift(True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It is hidden again."""
        super().mouseReleaseEvent(event)
        self._lift(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space shows it."""
        if self._veil and event.key() == Qt.Key.Key_Space:
            self._lift(True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """It is hidden again when Space is let go."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._lift(False)
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """It is hidden too when the keys go elsewhere: nobody would hear that Space was let go."""
        self._lift(False)
        super().focusOutEvent(event)
