"""A picture of a whole screen, laid over it, in which one draws a frame around the part that is wanted."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from desktop.theme import Theme

_HINT = "Draw a frame around what is to be kept. Enter keeps the whole screen, Esc leaves."
_SHADE, _GROUND, _INK = QColor(0, 0, 0, 110), QColor(20, 24, 28, 225), QColor("white")
_LEAST = 4  # points; a click that slipped is no frame
_PAD, _TOP = 12, 28


class Region(QWidget):
    """Covers one screen. `chosen` carries the pixels inside the frame, as fine as the screen; `left` that none is."""

    chosen = Signal(QImage)
    left = Signal()

    def __init__(self, theme: Theme, shot: QPixmap, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
        self.setWindowTitle("Capture part of the screen")
        self.setAccessibleDescription(_HINT)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMouseTracking(True)
        self._theme, self._shot = theme, shot
        self._from: QPoint | None = None
        self.frame = QRect()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The screen as it was, dark but for the frame."""
        painter = QPainter(self)
        whole = QRectF(self._shot.rect())
        painter.drawPixmap(QRectF(self.rect()), self._shot, whole)
        painter.fillRect(self.rect(), _SHADE)
        if self.frame.isEmpty():
            self._say(painter, _HINT, QPoint(self.width() // 2, _TOP))
            return
        painter.drawPixmap(QRectF(self.frame), self._shot, QRectF(self._pixels(self.frame)))
        painter.setPen(QPen(self._theme.color("accent"), 2))
        painter.drawRect(self.frame)
        size = self._pixels(self.frame).size()
        below = self.frame.bottom() + _TOP
        place = below if below + _PAD < self.height() else self.frame.top() + _TOP
        self._say(painter, f"{size.width()} × {size.height()}", QPoint(self.frame.center().x(), place))

    def _say(self, painter: QPainter, words: str, at: QPoint) -> None:
        room = painter.fontMetrics().boundingRect(words).adjusted(-_PAD, -_PAD // 2, _PAD, _PAD // 2)
        room.moveCenter(at)
        room.moveLeft(max(_PAD, min(room.left(), self.width() - room.width() - _PAD)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_GROUND)
        painter.drawRoundedRect(room, 6, 6)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_INK)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)

    def _pixels(self, frame: QRect) -> QRect:
        """A frame in the pixels of the screen, which may be finer than the points of the window."""
        across = self._shot.width() / max(1, self.width())
        down = self._shot.height() / max(1, self.height())
        left, top = round(frame.x() * across), round(frame.y() * down)
        right, bottom = round((frame.x() + frame.width()) * across), round((frame.y() + frame.height()) * down)
        return QRect(left, top, right - left, bottom - top).intersected(self._shot.rect())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A frame begins; the right button leaves."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._from, self.frame = event.position().toPoint(), QRect()
        elif event.button() is Qt.MouseButton.RightButton:
            self.left.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The frame follows the pointer."""
        if self._from is not None:
            self.frame = _between(self._from, event.position().toPoint()).intersected(self.rect())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """What is in the frame is chosen, unless it is too small to be meant."""
        if event.button() is not Qt.MouseButton.LeftButton or self._from is None:
            return
        self.frame, self._from = _between(self._from, event.position().toPoint()).intersected(self.rect()), None
        if min(self.frame.width(), self.frame.height()) >= _LEAST:
            self._choose(self._pixels(self.frame))
        else:
            self.frame = QRect()
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, Enter keeps the whole screen."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._shot.rect())

    def _choose(self, pixels: QRect) -> None:
        image = self._shot.toImage().copy(pixels)
        image.setDevicePixelRatio(1)
        self.chosen.emit(image)


def _between(one: QPoint, other: QPoint) -> QRect:
    left, top = min(one.x(), other.x()), min(one.y(), other.y())
    return QRect(left, top, abs(one.x() - other.x()), abs(one.y() - other.y()))
