"""Drawing on a picture: the tools, the canvas, and the steps with their way back, wired to each other."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import partial

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from db.pictures import steps
from db.pictures.steps import MOST_STEPS, Step, Steps, Words
from desktop.theme import Theme
from desktop.widgets.canvas import Canvas, Ink, Tool
from desktop.widgets.ink_bar import InkBar
from desktop.widgets.sketch import Sketch
from desktop.widgets.window_verbs import verb_of

TOOLS = (
    (Tool.CHOOSE, "Choose and move", "V", "hand"),
    (Tool.CROP, "Crop", "C", "crop"),
    (Tool.BLACK_OUT, "Black out", "K", "rectangle-ellipsis"),
    (Tool.BLUR, "Blur", "U", "droplet"),
    (Tool.ARROW, "Arrow", "A", "move-up-right"),
    (Tool.BOX, "Box", "B", "square"),
    (Tool.HIGHLIGHT, "Highlight", "H", "highlighter"),
    (Tool.WORDS, "Words", "T", "type"),
)
_TYPING = "typing"


class Drawing(QObject):
    """The steps on one picture. `changed` comes with every change of them."""

    changed = Signal()

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._sketch = Sketch()
        self._words_at: tuple[int, int] | None = None
        self.canvas = Canvas()
        self.tools = {tool: verb_of(window, text, partial(self.take, tool), key) for tool, text, key, _ in TOOLS}
        self.allowed = False
        for action in self.tools.values():
            action.setCheckable(True)
        self.undo = verb_of(window, "Undo", self._on_undo, "Ctrl+Z")
        self.redo = verb_of(window, "Redo", self._on_redo, "Ctrl+Shift+Z", "Ctrl+Y")
        self.remove = verb_of(window, "Remove", self._on_remove, "Del")
        self.turn = verb_of(window, "Turn left", self._on_turn, "R")
        self.ink = InkBar(theme, list(self.tools.values()))
        self._wire()
        self.take(Tool.CHOOSE)
        self._draw()
        self.allow(False)

    def _wire(self) -> None:
        self.canvas.changed.connect(self._on_drawn)
        self.canvas.chose.connect(self._on_chose)
        self.canvas.placed.connect(self._on_placed)
        self.ink.inked.connect(self._on_inked)
        self.ink.typed.connect(self._on_typed)
        self.ink.entered.connect(self._end_words)
        self._theme.changed.connect(self._draw)

    def _draw(self) -> None:
        icons = {self.tools[tool]: icon for tool, _, _, icon in TOOLS}
        icons |= {self.undo: "undo-2", self.redo: "redo-2", self.remove: "trash-2", self.turn: "rotate-ccw"}
        for action, icon in icons.items():
            action.setIcon(self._theme.icon(icon))

    def begin(self, first: Steps, now: Steps, size: QSize) -> None:
        """Begin with steps that were kept once; `now` are those that stand since, which can be taken back."""
        self._sketch = Sketch(first)
        self._sketch.put(now)
        self.ink.measure(size.width(), size.height())
        self.canvas.ink = self.ink.ink
        self.refresh()

    @property
    def steps(self) -> Steps:
        """The steps as they stand."""
        return self._sketch.steps

    @property
    def dirty(self) -> bool:
        """Whether they are others than those it began with."""
        return self._sketch.changed

    def refresh(self) -> None:
        """Show the steps as they stand, and what can be done with them."""
        self.canvas.show_steps(self.steps)
        for action in (*self.tools.values(), self.turn):
            action.setEnabled(self.allowed)
        self.undo.setEnabled(self.allowed and self._sketch.can_undo)
        self.redo.setEnabled(self.allowed and self._sketch.can_redo)
        self.remove.setEnabled(self.allowed and self._chosen is not None)
        self.changed.emit()

    def allow(self, allowed: bool) -> None:
        """Let the person draw, or look on."""
        self.allowed = allowed
        self.ink.setEnabled(allowed)
        self.canvas.setEnabled(allowed)
        self.refresh()

    def take(self, tool: Tool) -> None:
        """Draw with this from now on."""
        self._end_words()
        self.tools[tool].setChecked(True)
        self.canvas.take_tool(tool)
        self.ink.show_tool(tool)

    def step_back(self) -> bool:
        """Let go of words, of what is chosen, of the tool; returns whether there was anything to let go of."""
        if self._words_at is not None or self.ink.words.hasFocus():
            self._end_words()
        elif self.canvas.chosen >= 0:
            self.canvas.choose(-1)
        elif self.canvas.tool is not Tool.CHOOSE:
            self.take(Tool.CHOOSE)
        else:
            return False
        return True

    @property
    def _chosen(self) -> Step | None:
        number = self.canvas.chosen
        return self.steps[number] if 0 <= number < len(self.steps) else None

    def _put(self, done: Steps, run: str = "") -> None:
        if len(done) <= MOST_STEPS:
            self._sketch.put(done, run)
        self.refresh()

    def _replace(self, step: Step, run: str = "") -> None:
        number = self.canvas.chosen
        self._put((*self.steps[:number], step, *self.steps[number + 1 :]), run)

    def _on_drawn(self, done: Steps) -> None:
        self._sketch.end_run()
        self._put(done)

    def _on_chose(self, _number: int) -> None:
        chosen = self._chosen
        self._sketch.end_run()
        self.remove.setEnabled(chosen is not None)
        self.ink.words.setText(chosen.text if isinstance(chosen, Words) else "")
        if chosen and hasattr(chosen, "color"):
            self.ink.show_color(chosen.color)
            self.canvas.ink = self.ink.ink

    def _on_inked(self) -> None:
        """Draw with another ink, and what is chosen too."""
        self.canvas.ink = self.ink.ink
        chosen = self._chosen
        if chosen:
            self._replace(_inked(chosen, self.ink.ink))
        self.canvas.viewport().update()

    def _on_placed(self, x: int, y: int) -> None:
        self._words_at = (x, y)
        self.ink.words.clear()
        self.ink.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_typed(self, text: str) -> None:
        """Show the words while they are typed; without any letter there is no step."""
        text, chosen = text.replace("\0", ""), self._chosen
        if isinstance(chosen, Words) and text.strip():
            self._replace(replace(chosen, text=text), _TYPING)
        elif isinstance(chosen, Words):
            self._words_at = self.canvas.caret = (chosen.x, chosen.y)
            self._put(tuple(each for each in self.steps if each is not chosen), _TYPING)
            self._unchoose()
        elif self._words_at and text.strip():
            ink, (x, y) = self.ink.ink, self._words_at
            self._words_at = self.canvas.caret = None
            self._put((*self.steps, Words(x, y, ink.size, ink.color, text)), _TYPING)
            self._choose_quietly(len(self.steps) - 1)

    def _choose_quietly(self, number: int) -> None:
        """Choose without touching what is being typed."""
        self.canvas.blockSignals(True)
        self.canvas.choose(number)
        self.canvas.blockSignals(False)
        self.remove.setEnabled(self._chosen is not None)

    def _unchoose(self) -> None:
        self._choose_quietly(-1)

    def _end_words(self) -> None:
        """The words are as they are to be."""
        self._words_at = self.canvas.caret = None
        self._sketch.end_run()
        if self.ink.words.hasFocus():
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self.canvas.viewport().update()

    def _on_undo(self) -> None:
        self._sketch.undo()
        self.canvas.choose(-1)
        self.refresh()

    def _on_redo(self) -> None:
        self._sketch.redo()
        self.canvas.choose(-1)
        self.refresh()

    def _on_remove(self) -> None:
        chosen = self.canvas.chosen
        if self._chosen:
            self._put(tuple(each for number, each in enumerate(self.steps) if number != chosen))
            self.canvas.choose(-1)

    def _on_turn(self) -> None:
        self.canvas.choose(-1)
        self._put(steps.turn(self.steps, -1))


def _inked(step: Step, ink: Ink) -> Step:
    """A step in another color and size, as far as it has any."""
    named = {"color": ink.color, "width": ink.width, "size": ink.size}
    return replace(step, **{f.name: named[f.name] for f in fields(step) if f.name in named})
