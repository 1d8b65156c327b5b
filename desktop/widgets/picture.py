"""One picture with zoom and pan."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

_STEP = 1.25
_LEAST, _MOST = 0.02, 16.0
_PIXELS_SHOW = 2.0
_MARGIN = 12
_NOTCH = 120
_LEAST_LEVEL = 256


def halved(image: QImage) -> tuple[QImage, ...]:
    """The picture, and halves of halves of it, so that one drawn small is smooth and quick; for a worker."""
    levels = [image]
    while max(levels[-1].width(), levels[-1].height()) > _LEAST_LEVEL * 2:
        size = levels[-1].size() / 2
        smooth = Qt.TransformationMode.SmoothTransformation
        levels.append(levels[-1].scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth))
    return tuple(levels)


class PictureView(QAbstractScrollArea):
    """Shows a picture. A zoom of 1 puts one pixel of the picture on one pixel of the screen."""

    zoomed = Signal()
    panned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._levels: tuple[QImage, ...] = ()
        self._zoom, self._fits, self._turn = 1.0, True, 0
        self._held: QPoint | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Picture")

    def show_levels(self, levels: Sequence[QImage]) -> None:
        """Show a picture that fits the room; see `halved`."""
        self._levels = tuple(levels)
        self.fit()

    def replace_levels(self, levels: Sequence[QImage]) -> None:
        """Show another picture of the same size in the same place."""
        self._levels = tuple(levels)
        self.viewport().update()

    def follow(self, other: PictureView) -> None:
        """Show the same part of this picture as another view shows of its own."""
        if not (self._levels and other._levels):
            return
        if other.fits:
            self.fit()
            return
        self.zoom_to(other.zoom * other._whole().width() / max(1, self._whole().width()))
        for mine, theirs in (
            (self.horizontalScrollBar(), other.horizontalScrollBar()),
            (self.verticalScrollBar(), other.verticalScrollBar()),
        ):
            mine.setValue(round(mine.maximum() * theirs.value() / max(1, theirs.maximum())))

    def turn_to(self, quarters: int) -> None:
        """Show the picture turned clockwise by quarters of a circle."""
        if quarters % 4 != self._turn:
            self._turn = quarters % 4
            self.fit()

    def _whole(self) -> QSize:
        """The size of the picture as it is turned."""
        size = self._levels[0].size()
        return size.transposed() if self._turn % 2 else size

    @property
    def zoom(self) -> float:
        """Pixels of the screen for one pixel of the picture."""
        return self._zoom

    @property
    def drawn(self) -> bool:
        """Whether there is a picture."""
        return bool(self._levels)

    @property
    def fits(self) -> bool:
        """Whether the whole picture is kept in sight."""
        return self._fits

    def fit(self) -> None:
        """Show the whole picture, no larger than it is."""
        self._fits = True
        if self._levels:
            room, ratio = self.viewport().size(), self.devicePixelRatioF()
            whole = self._whole()
            across = (room.width() - 2 * _MARGIN) * ratio / max(1, whole.width())
            down = (room.height() - 2 * _MARGIN) * ratio / max(1, whole.height())
            self._set_zoom(max(_LEAST, min(1.0, across, down)))

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Show the picture at a zoom; what is at that place of the view stays there."""
        if not self._levels:
            return
        self._fits = False
        anchor = at or QPointF(self.viewport().rect().center())
        before = self._picture_point(anchor)
        self._set_zoom(max(_LEAST, min(_MOST, zoom)))
        moved = self._view_point(before) - anchor
        self.horizontalScrollBar().setValue(round(self.horizontalScrollBar().value() + moved.x()))
        self.verticalScrollBar().setValue(round(self.verticalScrollBar().value() + moved.y()))

    def zoom_in(self) -> None:
        """One step nearer."""
        self.zoom_to(self._zoom * _STEP)

    def zoom_out(self) -> None:
        """One step farther."""
        self.zoom_to(self._zoom / _STEP)

    def full(self) -> None:
        """One pixel for one pixel."""
        self.zoom_to(1.0)

    def _set_zoom(self, zoom: float) -> None:
        self._zoom = zoom
        self._fit_bars()
        self.viewport().update()
        self.zoomed.emit()

    def _scale(self) -> float:
        """Units of the view for one pixel of the picture."""
        return self._zoom / self.devicePixelRatioF()

    def _target(self) -> QRectF:
        """Where the whole picture lies in the view: scrolled, or in the middle where there is room."""
        width, height = self._whole().width() * self._scale(), self._whole().height() * self._scale()
        room = self.viewport().size()
        left = (room.width() - width) / 2 if width <= room.width() else -self.horizontalScrollBar().value()
        top = (room.height() - height) / 2 if height <= room.height() else -self.verticalScrollBar().value()
        return QRectF(left, top, width, height)

    def _picture_point(self, place: QPointF) -> QPointF:
        return (place - self._target().topLeft()) / self._scale()

    def _view_point(self, point: QPointF) -> QPointF:
        return self._target().topLeft() + point * self._scale()

    def _fit_bars(self) -> None:
        room, whole = self.viewport().size(), self._whole()
        for bar, length, page in (
            (self.horizontalScrollBar(), whole.width() * self._scale(), room.width()),
            (self.verticalScrollBar(), whole.height() * self._scale(), room.height()),
        ):
            bar.setRange(0, 0 if self._fits else max(0, ceil(length) - page))
            bar.setPageStep(page)
            bar.setSingleStep(max(1, page // 10))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep a picture that fits fitting."""
        super().resizeEvent(event)
        if not self._levels:
            return
        if self._fits:
            self.fit()
        else:
            self._fit_bars()

    def scrollContentsBy(self, _across: int, _down: int) -> None:
        """Draw anew where it was scrolled to."""
        self.viewport().update()
        self.panned.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in sight, from the smallest level that has pixels enough."""
        if not self._levels:
            return
        painter = QPainter(self.viewport())
        target = self._target()
        self._paint_picture(painter, target, target.intersected(QRectF(event.rect())))
        painter.end()

    def _paint_picture(self, painter: QPainter, target: QRectF, seen: QRectF) -> None:
        level = self._level()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._zoom < _PIXELS_SHOW)
        if self._turn:
            painter.save()
            painter.setClipRect(seen)
            painter.setTransform(self._original(), combine=True)
            painter.drawImage(QRectF(self._levels[0].rect()), level)
            painter.restore()
            return
        across, down = level.width() / target.width(), level.height() / target.height()
        source = QRectF(
            (seen.left() - target.left()) * across,
            (seen.top() - target.top()) * down,
            seen.width() * across,
            seen.height() * down,
        )
        painter.drawImage(seen, level, source)

    def _original(self) -> QTransform:
        """From the pixels of the picture, before it is turned, to the view."""
        target, size = self._target(), self._levels[0].size()
        back = QTransform.fromTranslate(-size.width() / 2, -size.height() / 2)
        turn = QTransform().rotate(90 * self._turn)
        scale = QTransform.fromScale(self._scale(), self._scale())
        return back * turn * scale * QTransform.fromTranslate(target.center().x(), target.center().y())

    def _level(self) -> QImage:
        wanted = self._levels[0].width() * self._zoom
        return next((each for each in reversed(self._levels) if each.width() >= wanted), self._levels[0])

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the wheel zooms at the pointer; alone it scrolls."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_to(self._zoom * _STEP ** (event.angleDelta().y() / _NOTCH), event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the picture."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._held = event.position().toPoint()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it along."""
        if self._held is not None:
            now = event.position().toPoint()
            by, self._held = now - self._held, now
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - by.x())
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - by.y())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go of it."""
        self._held = None
        self.viewport().unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Between the whole picture and its own pixels."""
        if self._fits:
            self.zoom_to(1.0, event.position())
        else:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows scroll a picture that is larger than the view; else the window may have them."""
        sideways = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        bar = self.horizontalScrollBar() if sideways else self.verticalScrollBar()
        if bar.maximum():
            super().keyPressEvent(event)
        else:
            event.ignore()
