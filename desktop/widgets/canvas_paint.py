"""How steps are shown on a picture before they are kept: as they will be burnt in, with grips on the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF, QTransform

from db.pictures import steps
from db.pictures.steps import Area, Arrow, BlackOut, Blur, Box, Crop, Highlight, Rect, Step, Words
from desktop.widgets.grips import grips

_CELLS, _LEAST_CELL = 8, 12  # as `db.pictures.retouch` blurs
_SHADE = QColor(0, 0, 0, 150)
_GRIP = 9.0
_MARK, _UNDER = QColor("#2f80ed"), QColor("white")


@dataclass(frozen=True, slots=True)
class Scene:
    """What is painted: the steps as they lie on the turned picture, the ways from both pictures to the view."""

    laid: Sequence[Step]
    plates: Sequence[Rect | None]
    turned: QTransform
    place: QRectF
    lettered: Callable[[Words], QImage]
    blurred: Callable[[int], QImage]

    def paint(self, painter: QPainter) -> None:
        """Draw blurs first, then the rest in its order, then what is black, then what the crop leaves out."""
        painter.save()
        painter.setClipRect(self.place)
        painter.setTransform(self.turned, combine=True)
        for number, step in enumerate(self.laid):
            if isinstance(step, Blur):
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(_rect(steps.rect(step)), self.blurred(number))
        for step in self.laid:
            self._paint_step(painter, step)
        for sort in (BlackOut, Crop):
            for step in self.laid:
                if isinstance(step, sort):
                    self._paint_hidden(painter, step)
        painter.restore()

    def _paint_step(self, painter: QPainter, step: Step) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if isinstance(step, Box):
            for side in steps.frame(step):
                painter.fillRect(_rect(side), QColor(step.color))
        elif isinstance(step, Highlight):
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.fillRect(_rect(steps.rect(step)), QColor(step.color))
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        elif isinstance(step, Arrow):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(step.color))
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in steps.outline(step)]))
        elif isinstance(step, Words):
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QPointF(step.x, step.y), self.lettered(step))

    def _paint_hidden(self, painter: QPainter, step: Area) -> None:
        if isinstance(step, BlackOut):
            painter.fillRect(_rect(steps.rect(step)), Qt.GlobalColor.black)
            return
        whole = self.turned.inverted()[0].mapRect(self.place)
        kept = _rect(steps.rect(step))
        for part in (
            QRectF(whole.topLeft(), QPointF(whole.right(), kept.top())),
            QRectF(QPointF(whole.left(), kept.bottom()), whole.bottomRight()),
            QRectF(QPointF(whole.left(), kept.top()), kept.bottomLeft()),
            QRectF(kept.topRight(), QPointF(whole.right(), kept.bottom())),
        ):
            painter.fillRect(part, _SHADE)

    def paint_chosen(self, painter: QPainter, number: int) -> None:
        """Draw a line around a step, and its grips."""
        step, plate = self.laid[number], self.plates[number]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        around = plate or (steps.rect(step) if isinstance(step, Area) else None)
        for color, style in ((_UNDER, Qt.PenStyle.SolidLine), (_MARK, Qt.PenStyle.DashLine)):
            painter.setPen(QPen(color, 1.5, style))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if around:
                painter.drawRect(self.turned.mapRect(_rect(around)))
        painter.setPen(QPen(_MARK, 1.5))
        painter.setBrush(_UNDER)
        for x, y in grips(step):
            at = self.turned.map(QPointF(x, y))
            painter.drawRect(QRectF(at.x() - _GRIP / 2, at.y() - _GRIP / 2, _GRIP, _GRIP))


def blurred(level: QImage, scale: float, step: Blur) -> QImage:
    """About what a blur leaves, from a picture that is smaller by that scale; a few pixels, to be drawn large."""
    width, height = step.x2 - step.x, step.y2 - step.y
    cell = max(_LEAST_CELL, -(-max(width, height) // _CELLS))
    part = QRectF(step.x * scale, step.y * scale, width * scale, height * scale).toAlignedRect()
    spots = QSize(max(1, -(-width // cell)), max(1, -(-height // cell)))
    ignore, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    small = level.copy(part.intersected(level.rect())).scaled(spots, ignore, smooth)
    return small.scaled(spots * _CELLS, ignore, smooth)


def _rect(place: Rect) -> QRectF:
    return QRectF(place[0], place[1], place[2] - place[0], place[3] - place[1])
