"""Drawing the rows of a list: the ground they stand on, and text that is cut where it has no room."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from desktop.theme import Theme
from desktop.widgets.texts import runs_right_to_left

RADIUS = 5


def paint_ground(painter: QPainter, theme: Theme, option: QStyleOptionViewItem) -> None:
    """The ground of a row: selected, under the pointer, or the one that the keys go to."""
    state, rect = option.state, QRectF(option.rect).adjusted(2, 1, -2, -1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if state & QStyle.StateFlag.State_Selected:
        painter.setBrush(theme.color("selection"))
        painter.drawRoundedRect(rect, RADIUS, RADIUS)
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(theme.color("accent-soft"))
        painter.drawRoundedRect(rect, RADIUS, RADIUS)
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("accent"), 1))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    painter.restore()


def paint_line(painter: QPainter, rect: QRect, text: str, color: QColor, font: QFont) -> None:
    """One line of text, on the side where it begins, cut with an ellipsis where it has no room."""
    painter.setFont(font)
    painter.setPen(color)
    right = runs_right_to_left(text)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    direction = Qt.TextFlag.TextForceRightToLeft if right else Qt.TextFlag.TextForceLeftToRight
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(rect, flags | direction | Qt.TextFlag.TextSingleLine, shown)


def paint_found(painter: QPainter, rect: QRect, before: str, found: str, after: str, font: QFont, look: Found) -> None:
    """One line with a passage in it that stands out, laid out as one text in its own direction."""
    text = f"{before}{found}{after}"
    painter.setFont(font)
    painter.setPen(look.color)
    room = rect.width() - painter.fontMetrics().horizontalAdvance(found) // 8  # bold letters are wider
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
    option = QTextOption()
    right = runs_right_to_left(text)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout = QTextLayout(shown, font)
    layout.setTextOption(option)
    layout.setFormats([look.range(_units(before), min(_units(found), _units(shown) - _units(before)))])
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(rect.width())
    layout.endLayout()
    layout.draw(painter, QPointF(rect.left(), rect.center().y() - line.height() / 2))


@dataclass(frozen=True, slots=True)
class Found:
    """The colors of a line with a passage that stands out."""

    color: QColor
    found: QColor
    ground: QColor

    def range(self, start: int, length: int) -> QTextLayout.FormatRange:
        """The passage, in its own format."""
        made = QTextLayout.FormatRange()
        made.start, made.length = start, max(0, length)
        style = QTextCharFormat()
        style.setForeground(self.found)
        style.setBackground(self.ground)
        style.setFontWeight(QFont.Weight.Bold)
        made.format = style
        return made


def _units(text: str) -> int:
    """How long a text is for Qt, which counts in UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
