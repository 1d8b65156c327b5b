"""A picture that is drawn on: each gesture gives a new list of steps, and what will be burnt in is seen at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QWidget

from db.pictures import steps
from db.pictures.steps import Arrow, BlackOut, Blur, Box, Crop, Highlight, Rect, Span, Step, Steps, Words
from desktop.widgets import canvas_paint, grips
from desktop.widgets.canvas_paint import Scene
from desktop.widgets.lettering import lettered
from desktop.widgets.veiled import VeiledView

_SLACK = 6.0  # units of the view around a place
_LEAST = 4  # units of the view; a shorter drag draws nothing
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class Tool(Enum):
    """What the pointer does to the picture."""

    CHOOSE = auto()
    CROP = auto()
    BLACK_OUT = auto()
    BLUR = auto()
    ARROW = auto()
    BOX = auto()
    HIGHLIGHT = auto()
    WORDS = auto()


@dataclass(frozen=True, slots=True)
class Ink:
    """How new things are drawn: color, width of lines and height of letters in pixels of the picture."""

    color: str
    width: int
    size: int


@dataclass(slots=True)
class _Drag:
    """What is under way between pressing and letting go."""

    number: int  # of the step; the number of all of them for a new one
    grip: int | None
    start: tuple[int, int]
    step: Span | Step
    now: Step


_NO_INK = Ink("#d92d20", 4, 24)


class Canvas(VeiledView):
    """Shows a picture with steps on it. `changed` carries the new list, `chose` the number of a step or -1.

    `placed` tells where words are wanted, in pixels of the upright original.
    """

    changed = Signal(object)
    chose = Signal(int)
    placed = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tool, self.ink = Tool.CHOOSE, _NO_INK
        self.chosen = -1
        self.caret: tuple[int, int] | None = None  # where words are going to stand
        self._steps: Steps = ()
        self._drag: _Drag | None = None
        self._lettered: Callable[[Words, int, int], QImage] = lru_cache(maxsize=64)(lettered)
        self.viewport().setMouseTracking(True)

    def show_steps(self, done: Steps) -> None:
        """Show these steps on the picture."""
        self._steps = done
        self.turn_to(steps.quarters(done))
        if self.chosen >= len(done):
            self.choose(-1)
        self.viewport().update()

    def choose(self, number: int) -> None:
        """Choose a step, or none with -1."""
        if number != self.chosen:
            self.chosen = number
            self.chose.emit(number)
        self.viewport().update()

    def take_tool(self, tool: Tool) -> None:
        """Let the pointer do this from now on."""
        self.tool, self._drag = tool, None
        free = Qt.CursorShape.ArrowCursor if tool is Tool.CHOOSE else Qt.CursorShape.CrossCursor
        self.viewport().setCursor(free)

    # From the original to what is seen, and back

    def _laid(self, done: Steps | None = None) -> list[Step]:
        size = self._levels[0].size()
        given = self._steps if done is None else done
        return [steps.turned(step, self._turn, size.width(), size.height()) for step in given]

    def _upright(self, step: Step) -> Step:
        whole = self._whole()
        return steps.turned(step, 4 - self._turn, whole.width(), whole.height())

    def _now(self) -> list[Step]:
        """The steps as they lie, with the one that is being dragged."""
        laid = self._laid()
        if self._drag:
            laid[self._drag.number : self._drag.number + 1] = [self._drag.now]
        return laid

    def _plate(self, step: Step) -> Rect | None:
        if not isinstance(step, Words):
            return None
        image = self._letter(step)
        return step.x, step.y, step.x + image.width(), step.y + image.height()

    def _letter(self, step: Words) -> QImage:
        whole = self._whole()
        return self._lettered(step, max(1, whole.width() - step.x), max(1, whole.height() - step.y))

    def _blurred(self, laid: list[Step], number: int) -> QImage:
        step, level = self._upright(laid[number]), self._level()
        assert isinstance(step, Blur)
        small = canvas_paint.blurred(level, level.width() / self._levels[0].width(), step)
        return small.transformed(QTransform().rotate(90 * self._turn)) if self._turn else small

    def _place(self, event: QMouseEvent) -> tuple[int, int]:
        at, whole = self._picture_point(event.position()), self._whole()
        return min(max(0, round(at.x())), whole.width()), min(max(0, round(at.y())), whole.height())

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture and what is done to it; of one that is veiled, nothing."""
        super().paintEvent(event)
        if not self._levels or self.veiled:
            return
        painter = QPainter(self.viewport())
        laid, target = self._now(), self._target()
        turned = QTransform.fromTranslate(target.left(), target.top()).scale(self._scale(), self._scale())
        plates = [self._plate(step) for step in laid]
        scene = Scene(laid, plates, turned, target, self._letter, lambda number: self._blurred(laid, number))
        scene.paint(painter)
        if 0 <= self.chosen < len(laid):
            scene.paint_chosen(painter, self.chosen)
        if self.caret:
            self._paint_caret(painter, turned, self.caret)
        painter.end()

    def _paint_caret(self, painter: QPainter, turned: QTransform, at: tuple[int, int]) -> None:
        (place,) = self._laid((Words(*at, self.ink.size, self.ink.color, "|"),))
        assert isinstance(place, Words)
        top = turned.map(QPointF(place.x, place.y))
        painter.setPen(QPen(QColor(self.ink.color), 3))
        painter.drawLine(top, top + QPointF(0, self.ink.size * self._scale() * 1.7))

    # Gestures

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Grip, choose, or begin to draw; where nothing is, take hold of the picture."""
        if event.button() is not Qt.MouseButton.LeftButton or not self._levels or self.veiled:
            super().mousePressEvent(event)
            return
        laid, at, slack = self._laid(), self._picture_point(event.position()), _SLACK / self._scale()
        point, place = (at.x(), at.y()), self._place(event)
        grip = grips.gripped(laid[self.chosen], point, slack) if self.chosen >= 0 else None
        under = grips.under(laid, point, slack, [self._plate(step) for step in laid])
        if grip is not None:
            self._drag = _Drag(self.chosen, grip, place, laid[self.chosen], laid[self.chosen])
        elif under is not None and self._takes(laid[under]):
            self.choose(under)
            self._drag = _Drag(under, None, place, laid[under], laid[under])
        elif self.tool is Tool.CHOOSE:
            self.choose(-1)
            super().mousePressEvent(event)
        elif self.tool is Tool.WORDS:
            self._place_words(place)
        else:
            new = self._new(place)
            self.choose(-1)
            self._drag = _Drag(len(laid), 2 if not isinstance(new, Arrow) else 1, place, new, new)

    def _takes(self, step: Step) -> bool:
        """Whether the pointer takes hold of a step that is there, where it might draw another."""
        return self.tool is Tool.CHOOSE or (self.tool is Tool.WORDS and isinstance(step, Words))

    def _place_words(self, place: tuple[int, int]) -> None:
        self.choose(-1)
        words = self._upright(Words(*place, self.ink.size, self.ink.color, "|"))
        assert isinstance(words, Words)
        self.caret = (words.x, words.y)
        self.placed.emit(words.x, words.y)

    def _new(self, at: tuple[int, int]) -> Span:
        """What the tool draws, as small as it can be."""
        corner, ink = (*at, *at), self.ink
        if self.tool is Tool.CROP:
            return Crop(*corner)
        if self.tool is Tool.BLACK_OUT:
            return BlackOut(*corner)
        if self.tool is Tool.BLUR:
            return Blur(*corner)
        if self.tool is Tool.HIGHLIGHT:
            return Highlight(*corner, ink.color)
        if self.tool is Tool.BOX:
            return Box(*corner, ink.width, ink.color)
        return Arrow(*corner, ink.width, ink.color)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw on, move or pull what is held."""
        drag = self._drag
        if drag is None:
            super().mouseMoveEvent(event)
            return
        place = self._place(event)
        if drag.grip is not None and isinstance(drag.step, Span):
            drag.now = grips.dragged(drag.step, drag.grip, place)
        else:
            drag.now = self._shifted(drag.step, place[0] - drag.start[0], place[1] - drag.start[1])
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """What was drawn or moved is a step from now on."""
        super().mouseReleaseEvent(event)
        self.viewport().setCursor(
            Qt.CursorShape.ArrowCursor if self.tool is Tool.CHOOSE else Qt.CursorShape.CrossCursor
        )
        drag, self._drag = self._drag, None
        self.viewport().update()
        if drag is None or drag.now == drag.step:
            return
        new = drag.number == len(self._steps)
        if new and isinstance(drag.now, Span) and self._is_dot(drag.now):
            return
        self._put(drag.number, drag.now)

    def _shifted(self, step: Step, across: int, down: int) -> Step:
        return grips.shifted(step, across, down, self._whole().width(), self._whole().height())

    def _is_dot(self, step: Span) -> bool:
        width, height = abs(step.x2 - step.x) * self._scale(), abs(step.y2 - step.y) * self._scale()
        return max(width, height) < _LEAST

    def _put(self, number: int, laid: Step) -> None:
        """Make a step of what lies on the picture; there is one crop at most."""
        whole = self._whole()
        step = self._upright(grips.inside(laid, whole.width(), whole.height()))
        before = [each for n, each in enumerate(self._steps) if n != number]
        if isinstance(step, Crop):
            before = [each for each in before if not isinstance(each, Crop)]
        place = min(number, len(before))
        done = (*before[:place], step, *before[place:])
        self.changed.emit(done)
        self.choose(place)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move what is chosen, with Shift they make it larger or smaller, with Ctrl by ten pixels.

        Enter draws with the tool in the middle of what is in sight.
        """
        by = _ARROWS.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.tool is not Tool.CHOOSE and self._levels:
            self._draw_in_the_middle()
        elif by and 0 <= self.chosen < len(self._steps):
            far = 10 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 1
            larger = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            step = self._laid()[self.chosen]
            change = grips.grown if larger else self._shifted
            self._put(self.chosen, change(step, by[0] * far, by[1] * far))
        else:
            super().keyPressEvent(event)

    def _draw_in_the_middle(self) -> None:
        seen = self._target().intersected(self.viewport().rect().toRectF())
        middle = self._picture_point(seen.center())
        across, down = seen.width() / self._scale() / 6, seen.height() / self._scale() / 6
        corner = (round(middle.x() - across), round(middle.y() - down))
        if self.tool is Tool.WORDS:
            self._place_words(corner)
        else:
            new = self._new(corner)
            step = grips.dragged(
                new, 1 if isinstance(new, Arrow) else 2, (round(middle.x() + across), round(middle.y() + down))
            )
            self._put(len(self._steps), step)
