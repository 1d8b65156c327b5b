"""How one attachment is drawn in a gallery: its picture or why there is none, its name, its size."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from db.attachments import Attachment
from db.formats import Drawable
from db.vocabulary import Method
from desktop import filetypes, wording
from desktop.rows import ROW
from desktop.theme import Theme
from desktop.widgets.cells import RADIUS, paint_ground
from desktop.widgets.texts import isolated, runs_right_to_left
from desktop.widgets.thumbnails import Thumbnails
from desktop.widgets.veil import PLATE

PICTURE = QSize(132, 88)
_PAD = 9
_GAP = 5
_ICON = 26
_SIGN = 14
_MARK = 22
_SMALL = 0.86


class GalleryCell(QStyledItemDelegate):
    """Draws one attachment; all cells have one size, so that ten thousand scroll."""

    def __init__(self, theme: Theme, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._thumbnails = theme, thumbnails
        self.lifted: frozenset[str] = frozenset()  # attachments that are seen though they are graphic
        self.seen: frozenset[str] = frozenset()

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One size for all, from the font."""
        font: QFont = option.font
        lines = QFontMetrics(font).height() + QFontMetrics(_small(font)).height()
        return QSize(PICTURE.width() + 2 * _PAD, PICTURE.height() + 2 * _PAD + _GAP + lines)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the ground, the picture and two lines under it."""
        attachment: Attachment | None = index.data(ROW)
        if attachment is None:
            return
        rect: QRect = option.rect
        font: QFont = option.font
        paint_ground(painter, self._theme, option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = rect.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        self._paint_picture(painter, QRect(area.topLeft(), QSize(area.width(), PICTURE.height())), attachment, font)
        if attachment.id in self.seen:
            self._paint_mark(painter, area)
        name = QRect(area.left(), area.top() + PICTURE.height() + _GAP, area.width(), QFontMetrics(font).height())
        below = QRect(name.left(), name.bottom() + 1, name.width(), QFontMetrics(_small(font)).height())
        right = runs_right_to_left(attachment.name)
        self._paint_line(painter, name, attachment.name, "text", font, right)
        self._paint_line(painter, below, isolated(wording.size(attachment.size)), "text-soft", _small(font), right)
        painter.restore()

    def _paint_picture(self, painter: QPainter, box: QRect, attachment: Attachment, font: QFont) -> None:
        ratio = painter.device().devicePixelRatioF()
        drawable = attachment.drawable is Drawable.YES and attachment.erased is None
        lifted = attachment.id in self.lifted
        found = self._thumbnails.find(attachment.sha256, ratio, lifted=lifted) if drawable else None
        if found and not found.isNull():
            size = found.deviceIndependentSize().toSize()
            place = QRect(box.center() - QRect(0, 0, size.width(), size.height()).center(), size)
            painter.fillRect(place, Qt.GlobalColor.white)  # the paper of pictures that are partly transparent
            painter.drawPixmap(place, found)
            painter.setPen(QPen(self._theme.color("line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place)
            if attachment.graphic and not lifted:
                self._paint_sign(painter, place, font)
            self._paint_marks(painter, place, attachment)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("sunken"))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        if not drawable or found is not None:
            self._paint_why(painter, box, attachment, font)
            self._paint_marks(painter, box, attachment)

    def _paint_sign(self, painter: QPainter, place: QRect, font: QFont) -> None:
        """Over a blur: what it is, and how it is seen."""
        painter.setFont(_small(font))
        line = painter.fontMetrics().height()
        plate = QRect(0, 0, place.width(), _SIGN + 2 * line + 8).intersected(QRect(0, 0, place.width(), place.height()))
        plate.moveCenter(place.center())
        painter.fillRect(plate, PLATE)
        icon = QRect(plate.center().x() - _SIGN // 2, plate.top() + 4, _SIGN, _SIGN)
        self._theme.icon("eye-off", "on-veil").paint(painter, icon)
        painter.setPen(self._theme.color("on-veil"))
        for words, top in (("Graphic", icon.bottom() + 1), ("Hold Space to see", icon.bottom() + 1 + line)):
            room = QRect(plate.left(), top, plate.width(), line)
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown)

    def _paint_marks(self, painter: QPainter, place: QRect, attachment: Attachment) -> None:
        """In the lower corner: whether it was made of another picture, and whether it is graphic."""
        marks = ((attachment.method is Method.DERIVED, "pen-line"), (attachment.graphic, "eye-off"))
        corner = QRect(place.right() - _SIGN - 7, place.bottom() - _SIGN - 7, _SIGN + 6, _SIGN + 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(PLATE)
        for icon in (icon for shown, icon in marks if shown):
            painter.drawRoundedRect(corner, RADIUS, RADIUS)
            self._theme.icon(icon, "on-veil").paint(painter, corner.adjusted(3, 3, -3, -3))
            corner.translate(-_SIGN - 8, 0)

    def _paint_mark(self, painter: QPainter, area: QRect) -> None:
        """A mark in the corner: this picture was seen before."""
        spot = QRect(area.right() - _MARK + 1, area.top(), _MARK, _MARK)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent"))
        painter.drawRoundedRect(spot, RADIUS, RADIUS)
        self._theme.icon("fingerprint", "on-accent").paint(painter, spot.adjusted(3, 3, -3, -3))

    def _paint_why(self, painter: QPainter, box: QRect, attachment: Attachment, font: QFont) -> None:
        alarming = attachment.drawable in (Drawable.BROKEN, Drawable.TOO_LARGE)
        color = "warning" if alarming else "text-soft"
        name = "eraser" if attachment.erased else filetypes.type_icon(attachment.media_type)
        icon = self._theme.icon("triangle-alert" if alarming else name, color)
        line = QFontMetrics(_small(font)).height()
        top = box.top() + (box.height() - _ICON - _GAP - line) // 2
        icon.paint(painter, QRect(box.center().x() - _ICON // 2, top, _ICON, _ICON))
        words = filetypes.not_drawn(attachment) or wording.word(Drawable.BROKEN)
        painter.setFont(_small(font))
        painter.setPen(self._theme.color(color))
        room = QRect(box.left() + 4, top + _ICON + _GAP, box.width() - 8, line)
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown)

    def _paint_line(self, painter: QPainter, room: QRect, text: str, color: str, font: QFont, right: bool) -> None:
        """A line on the side where the name begins; names are cut in the middle, their endings matter."""
        painter.setFont(font)
        painter.setPen(self._theme.color(color))
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(room, flags, shown)


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * _SMALL)
    return small
