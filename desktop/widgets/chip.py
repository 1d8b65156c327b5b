"""Chips: a word on a rounded ground, with a dot in the color that goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme import Theme
from desktop.widgets.texts import tooltip

GAP = 6
_SMALLER = 0.92
_TINT, _EDGE = 0.13, 0.55


@dataclass(frozen=True, slots=True)
class Mark:
    """What one chip says, and the name of its color; the words alone are enough to understand it."""

    text: str
    color: str


def chip_font(font: QFont) -> QFont:
    """The font of a chip beside text in this font."""
    smaller = QFont(font)
    smaller.setPointSizeF(font.pointSizeF() * _SMALLER)
    return smaller


def chip_size(font: QFont, text: str) -> QSize:
    """How much room a chip wants beside text in this font."""
    metrics = QFontMetrics(chip_font(font))
    return QSize(metrics.horizontalAdvance(text) + metrics.height() + 2 * GAP, metrics.height() + 4)


def paint_chips(painter: QPainter, theme: Theme, rect: QRect, marks: Sequence[Mark]) -> int:
    """Draw chips side by side, the last one that has room cut with an ellipsis; returns where the next would begin."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    left = rect.left()
    for mark in marks:
        size = chip_size(painter.font(), mark.text)
        room = rect.right() + 1 - left
        if room < min(size.width(), 2 * size.height()):
            break
        top = rect.top() + (rect.height() - size.height()) // 2
        _paint(painter, theme, QRect(left, top, min(size.width(), room), size.height()), mark)
        left += min(size.width(), room) + GAP
    painter.restore()
    return left


def _paint(painter: QPainter, theme: Theme, rect: QRect, mark: Mark) -> None:
    color, surface = theme.color(mark.color), theme.color("surface")
    radius = rect.height() / 2
    painter.setPen(QPen(_mixed(color, surface, _EDGE), 1))
    painter.setBrush(_mixed(color, surface, _TINT))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    dot = rect.height() / 5
    painter.drawEllipse(QPointF(rect.left() + radius, rect.center().y() + 0.5), dot, dot)
    font = painter.font()
    painter.setFont(chip_font(font))
    words = rect.adjusted(rect.height() - 2, 0, -GAP, 0)
    shown = painter.fontMetrics().elidedText(mark.text, Qt.TextElideMode.ElideRight, words.width())
    painter.setPen(theme.color("text"))
    painter.drawText(words, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, shown)
    painter.setFont(font)


def _mixed(color: QColor, ground: QColor, share: float) -> QColor:
    """The color thinned with the ground it lies on; solid, so that a selection does not shine through."""
    pairs = ((color.red(), ground.red()), (color.green(), ground.green()), (color.blue(), ground.blue()))
    return QColor(*(round(a * share + b * (1 - share)) for a, b in pairs))


class Chip(QWidget):
    """One chip among other widgets; it takes no room while it says nothing."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mark = Mark("", "gray")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def say(self, text: str, color_name: str) -> None:
        """Show words with a color."""
        self._mark = Mark(text, color_name)
        self.setAccessibleName(text)
        self.setToolTip(tooltip(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The room for all of the words."""
        return chip_size(self.font(), self._mark.text) if self._mark.text else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        """The room for a few letters and an ellipsis."""
        return QSize(min(self.sizeHint().width(), 3 * self.sizeHint().height()), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        if self._mark.text:
            painter = QPainter(self)
            paint_chips(painter, self._theme, self.rect(), (self._mark,))
            painter.end()
