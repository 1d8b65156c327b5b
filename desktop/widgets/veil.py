"""Graphic material on screen: a blur in its place, made of its small picture alone, until somebody holds a key."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter

from db import attachments
from db.attachments import Attachment
from desktop.context import Context

HOLD = "Graphic: hold Space to see"
_SPOTS = 9  # along the longer side of a blur
_DEEP = QColor(60, 60, 66)  # where there is nothing to blur
PLATE, _INK = QColor(0, 0, 0, 190), QColor("white")
_ICON, _PAD, _GAP = 18, 10, 8


@dataclass(frozen=True, slots=True)
class Veil:
    """What stands in the place of a picture; null where no small picture of it is known."""

    image: QImage
    icon: QIcon

    def paint(self, painter: QPainter, place: QRectF, seen: QRectF) -> None:
        """Draw the blur in the place of the picture, and in the middle of what is in sight what to do."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setClipRect(seen)
        if self.image.isNull():
            painter.fillRect(place, _DEEP)
        else:
            painter.drawImage(place, self.image)
        self._paint_words(painter, seen)
        painter.restore()

    def _paint_words(self, painter: QPainter, seen: QRectF) -> None:
        metrics = painter.fontMetrics()
        words = metrics.horizontalAdvance(HOLD)
        plate = QRectF(0, 0, _ICON + _GAP + words + 2 * _PAD, max(_ICON, metrics.height()) + 2 * _PAD)
        plate.moveCenter(seen.center())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(PLATE)
        painter.drawRoundedRect(plate, 6, 6)
        at = QPointF(plate.left() + _PAD, plate.center().y() - _ICON / 2)
        self.icon.paint(painter, QRectF(at, QSize(_ICON, _ICON)).toRect())
        painter.setPen(_INK)
        line = plate.adjusted(_PAD + _ICON + _GAP, 0, 0, 0)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, HOLD)


def of(context: Context, attachment: Attachment) -> Veil | None:
    """The veil of a graphic picture, from what is kept of it for the screen: the picture itself is not read."""
    if not attachment.graphic:
        return None
    small = QImage()
    small.loadFromData(attachments.thumbnails(context.book, [attachment.sha256]).get(attachment.sha256, b""))
    return Veil(blurred(small), context.theme.icon("eye-off", "on-veil"))


def blurred(small: QImage) -> QImage:
    """A picture as a few soft spots of color, of its own size."""
    if small.isNull():
        return small
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    spots = small.convertToFormat(QImage.Format.Format_RGB32).scaled(QSize(_SPOTS, _SPOTS), keep, smooth)
    ignore = Qt.AspectRatioMode.IgnoreAspectRatio
    return spots.scaled(small.size(), ignore, smooth)
