"""Words on a picture: set by Qt in the bundled fonts, so that every script is shaped as it is in the window."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter

from db.pictures.retouch import Patch
from db.pictures.steps import Words
from desktop.theme import FAMILIES
from desktop.widgets.texts import runs_right_to_left

_PAD, _ROUND = 0.35, 0.18  # of the height of the letters
_LIGHT = 140


def patch(words: Words, width: int, height: int) -> Patch:
    """Words as `retouch.draw` wants them."""
    image = lettered(words, width, height).convertToFormat(QImage.Format.Format_RGBA8888)
    return Patch(image.width(), image.height(), bytes(image.constBits()[: image.sizeInBytes()]))


def lettered(words: Words, width: int, height: int) -> QImage:
    """Words on a plate of their color, broken where they would be wider than there is room, cut where higher."""
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(words.size)
    pad, right = max(2, round(words.size * _PAD)), runs_right_to_left(words.text)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    direction = Qt.TextFlag.TextForceRightToLeft if right else Qt.TextFlag.TextForceLeftToRight
    flags = side | Qt.AlignmentFlag.AlignAbsolute | direction | Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
    room = QRect(0, 0, max(1, width - 2 * pad), max(1, height - 2 * pad))
    ink = QFontMetrics(font).boundingRect(room, int(flags), words.text)
    plate = QRect(0, 0, min(width, ink.width() + 2 * pad), min(height, ink.height() + 2 * pad))
    image = QImage(plate.size(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(words.color))
    painter.drawRoundedRect(QRectF(plate), words.size * _ROUND, words.size * _ROUND)
    painter.setFont(font)
    painter.setPen(QColor("black" if _light(words.color) else "white"))
    painter.drawText(plate.adjusted(pad, pad, -pad, -pad), int(flags | Qt.TextFlag.TextDontClip), words.text)
    painter.end()
    return image


def _light(color: str) -> bool:
    """Whether black letters are read better on this color than white ones."""
    c = QColor(color)
    return 0.299 * c.red() + 0.587 * c.green() + 0.114 * c.blue() > _LIGHT
