"""Text in widgets: always plain, and running in the direction of its own first letter."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QTextOption
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QSizePolicy, QTextEdit, QWidget

_ISOLATE, _POP = "\u2066", "\u2069"
_NO_LIMIT = 2**31 - 1  # without one said, Qt cuts after 32,767 characters and says nothing
_PARAGRAPH = "\u2029"


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


class Line(QLineEdit):
    """One line of text, aligned to the side where it begins."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(_NO_LIMIT)
        self.setPlaceholderText(placeholder)
        self.textChanged.connect(self._on_text)

    def _on_text(self, text: str) -> None:
        right = runs_right_to_left(text)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)


class Text(QTextEdit):
    """Several lines of plain text that grow with what is typed; each line runs in its own direction.

    Nothing rich comes in: what is pasted or dropped is taken as the text it is. Tab leaves the field. A text that is
    shown and not edited comes back to the byte; an edited one keeps its hard spaces, and its lines end in LF.
    """

    def __init__(self, placeholder: str = "", least: int = 2, most: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self._given = self._raw = ""
        self.setAcceptRichText(False)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(3)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def text(self) -> str:
        """What is typed."""
        raw = self.document().toRawText()
        return self._given if raw == self._raw else raw.replace(_PARAGRAPH, "\n")

    def setText(self, text: str) -> None:
        """Show a text as it is; the undo of the field begins anew."""
        self._given = text
        self.setPlainText(text)
        self._raw = self.document().toRawText()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Shift+Enter begins a line like any other."""
        if event.matches(QKeySequence.StandardKey.InsertLineSeparator) and not self.isReadOnly():
            self.textCursor().insertBlock()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Fit the height to a new font or style."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def sizeHint(self) -> QSize:
        """As high as what is typed, within the bounds."""
        return QSize(240, self.height())

    def _fit(self) -> None:
        line = QFontMetrics(self.font()).lineSpacing()
        frame = self.height() - self.viewport().height()
        margin = int(self.document().documentMargin() * 2)
        text = int(self.document().size().height())
        wanted = max(line * self._least + margin, min(line * self._most + margin, text)) + max(frame, 8)
        if wanted != self.minimumHeight():
            self.setFixedHeight(wanted)


class Reading(Text):
    """A text that wraps anywhere, to be read and copied. `tone` names its style: heading, soft."""

    def __init__(self, name: str, text: str = "", tone: str = "", most: int = 4) -> None:
        super().__init__(least=1, most=most)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("bare", True)
        self.document().setDocumentMargin(0)
        if tone:
            self.setProperty("tone", tone)
        self.setAccessibleName(name)
        self.setText(text)
