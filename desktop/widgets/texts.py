"""Text in widgets: always plain, and running in the direction of its own first letter."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QResizeEvent, QTextOption
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

_ISOLATE, _POP = "\u2066", "\u2069"


def runs_right_to_left(text: str) -> bool:
    """Whether the first strong letter of a text runs right to left (UAX #9, P2)."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def isolated(text: str) -> str:
    """A date, number, reference or address that keeps its order inside right-to-left text."""
    return f"{_ISOLATE}{text}{_POP}" if text else ""


def tooltip(text: str) -> str:
    """A text as a tool tip that is never taken for markup."""
    return "<span>" + text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>") + "</span>" if text else ""


class Label(QLabel):
    """A label that shows text as it is. `tone` names its style: title, heading, label, soft, faint, danger."""

    def __init__(self, text: str = "", tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if tone:
            self.setProperty("tone", tone)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show a text, aligned to the side where it begins."""
        super().setText(text)
        side = Qt.AlignmentFlag.AlignRight if runs_right_to_left(text) else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)


class Prose(Label):
    """A label of several lines that wraps and can be selected."""

    def __init__(self, text: str = "", tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, tone, parent)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)


class Line(QLineEdit):
    """One line of text, aligned to the side where it begins."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.textChanged.connect(self._on_text)

    def _on_text(self, text: str) -> None:
        right = runs_right_to_left(text)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)


class Text(QPlainTextEdit):
    """Several lines of plain text that grow with what is typed; Tab leaves the field, links never open."""

    left = Signal()

    def __init__(self, placeholder: str = "", least: int = 2, most: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        option = self.document().defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._fit)
        self._fit()

    def text(self) -> str:
        """What is typed."""
        return self.toPlainText()

    def setText(self, text: str) -> None:
        """Show a text; the undo of the field begins anew."""
        self.setPlainText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the new width."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fit the height to a new font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left."""
        super().focusOutEvent(event)
        self.left.emit()

    def sizeHint(self) -> QSize:
        """The height of the least number of lines."""
        return QSize(240, self.height())

    def _fit(self) -> None:
        line = QFontMetrics(self.font()).lineSpacing()
        lines = max(self._least, min(self._most, int(self.document().size().height())))
        margins = self.contentsMargins()
        room = int(self.document().documentMargin() * 2) + margins.top() + margins.bottom() + 2
        wanted = line * lines + room
        if wanted != self.height() or self.minimumHeight() != wanted:
            self.setFixedHeight(wanted)
