"""Reading two attachments to be held against each other, away from the window's thread."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from db.attachments import Attachment
from db.casebook import Casebook
from db.progress import Progress, Share
from desktop.widgets.looking import Seen, look
from desktop.widgets.picture import halved

Levels = tuple[QImage, ...]


@dataclass(frozen=True, slots=True)
class Both:
    """Two pictures; `fitted` is the second in the size of the first, `apart` how far their colors are from each other.

    They are the `same` where no pixel differs. Where one cannot be drawn there is nothing but its words.
    """

    seen: tuple[Seen, Seen]
    fitted: Levels = ()
    apart: Levels = ()
    same: bool = False


def look_at_both(book: Casebook, pair: tuple[Attachment, Attachment], progress: Progress) -> Both:
    """Read both; for a worker, over connections of its own."""
    first = look(book, pair[0], Share(progress, 0, 40))
    second = look(book, pair[1], Share(progress, 40, 80))
    if not (first.levels and second.levels):
        return Both((first, second))
    one, other = first.levels[0], second.levels[0]
    alike = one.size() == other.size()
    smooth = Qt.TransformationMode.SmoothTransformation
    fitted = second.levels if alike else halved(other.scaled(one.size(), Qt.AspectRatioMode.IgnoreAspectRatio, smooth))
    return Both((first, second), fitted, halved(_apart(one, fitted[0])), alike and one == other)


def _apart(one: QImage, other: QImage) -> QImage:
    made = QImage(one)
    painter = QPainter(made)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.drawImage(0, 0, other)
    painter.end()
    return made
