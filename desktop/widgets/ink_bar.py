"""Beside the picture: what to draw with, in which color and how large, and the words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from db.pictures.steps import MOST_LETTERS
from desktop.theme import Theme
from desktop.widgets.canvas import Ink, Tool
from desktop.widgets.texts import Label, Line, Prose

COLORS = (
    ("Red", "#d92d20"), ("Yellow", "#ffd60a"), ("Green", "#1f9d55"),
    ("Blue", "#1f6fd0"), ("Black", "#000000"), ("White", "#ffffff"),
)  # fmt: skip
_SIZES = (("S", "Small", 0.003, 0.018), ("M", "Middle", 0.006, 0.03), ("L", "Large", 0.012, 0.05))
_THINNEST, _SMALLEST = 2, 11
_ICON = 18
_WIDTH = 176
_HINTS = {
    Tool.CHOOSE: "Choose what is drawn to move it, pull its corners, or remove it.",
    Tool.CROP: "Drag over what is to be left.",
    Tool.BLACK_OUT: "What is black is gone from the new picture for good.",
    Tool.BLUR: "Spares the eye, but may be guessed at. What must not be known is blacked out.",
    Tool.ARROW: "Drag to where it points.",
    Tool.BOX: "Drag a frame around it.",
    Tool.HIGHLIGHT: "Drag over it, as with a marker.",
    Tool.WORDS: "Click where the words begin, then type them.",
}


class InkBar(QWidget):
    """Holds the tools. `inked` comes for another color or size, `typed` carries the words while they are typed."""

    inked = Signal()
    typed = Signal(str)
    entered = Signal()

    def __init__(self, theme: Theme, tools: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._longest = 1000
        self.setObjectName("ink-bar")
        self.setFixedWidth(_WIDTH)
        self.hint = Prose("", "faint")
        self.hint.setMinimumHeight(self.hint.fontMetrics().lineSpacing() * 4)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words = Line("Words")
        self.words.setMaxLength(MOST_LETTERS)
        self.words.setAccessibleName("Words")
        self.words.textEdited.connect(self.typed)
        self.words.returnPressed.connect(self.entered)
        self._colors, self._sizes = QButtonGroup(self), QButtonGroup(self)
        self._tools = QActionGroup(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 10, 10, 10)
        box.setSpacing(2)
        for action in tools:
            self._tools.addAction(action)
            box.addWidget(self._tool(action))
        box.addSpacing(4)
        box.addWidget(self.hint)
        box.addSpacing(6)
        box.addWidget(Label("Color", "label"))
        box.addLayout(self._color_buttons())
        box.addSpacing(6)
        box.addWidget(Label("Size", "label"))
        box.addLayout(self._size_buttons())
        box.addSpacing(6)
        box.addWidget(Label("Words", "label"))
        box.addWidget(self.words)
        box.addStretch(1)

    def _tool(self, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _color_buttons(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(2)
        for number, (name, color) in enumerate(COLORS):
            button = QToolButton()
            button.setIcon(_swatch(color, self._theme.color("line-strong")))
            button.setIconSize(QSize(_ICON, _ICON))
            button.setToolTip(name)
            self._add(self._colors, button, number, name)
            grid.addWidget(button, number // 3, number % 3)
        grid.setColumnStretch(3, 1)
        return grid

    def _size_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        for number, (sign, name, _, _) in enumerate(_SIZES):
            button = QToolButton()
            button.setText(sign)
            button.setToolTip(name)
            self._add(self._sizes, button, number, name)
            row.addWidget(button)
        row.addStretch(1)
        self._sizes.button(1).setChecked(True)
        return row

    def _add(self, group: QButtonGroup, button: QToolButton, number: int, name: str) -> None:
        button.setCheckable(True)
        button.setChecked(not number)
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(partial(self._on_ink))
        group.addButton(button, number)

    def _on_ink(self, _checked: bool = False) -> None:
        self.inked.emit()

    def measure(self, width: int, height: int) -> None:
        """Suit the sizes to a picture."""
        self._longest = max(width, height)

    @property
    def ink(self) -> Ink:
        """The color and the sizes that are chosen."""
        _, _, line, letters = _SIZES[self._sizes.checkedId()]
        _, color = COLORS[self._colors.checkedId()]
        width, size = round(self._longest * line), round(self._longest * letters)
        return Ink(color, max(_THINNEST, width), max(_SMALLEST, size))

    def show_tool(self, tool: Tool) -> None:
        """Say how the tool is used."""
        self.hint.setText(_HINTS[tool])
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)

    def show_color(self, color: str) -> None:
        """Choose the color of what is chosen in the picture."""
        for number, (_, known) in enumerate(COLORS):
            if known == color:
                self._colors.button(number).setChecked(True)


def _swatch(color: str, line: QColor) -> QIcon:
    pixmap = QPixmap(_ICON * 2, _ICON * 2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(line, 2))
    painter.setBrush(QColor(color))
    painter.drawRoundedRect(2, 2, _ICON * 2 - 4, _ICON * 2 - 4, 6, 6)
    painter.end()
    pixmap.setDevicePixelRatio(2)
    return QIcon(pixmap)
