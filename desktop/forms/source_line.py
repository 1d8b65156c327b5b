"""A field that holds a source of the casebook, and the window in which one is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from db.sources import Source
from db.texts.folding import fold
from desktop import wording
from desktop.theme import Theme
from desktop.widgets.chooser import Chooser
from desktop.widgets.entries import Entry
from desktop.widgets.texts import Line

_MOST = 500
_CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F4)
_CLEARING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class SourceLine(Line):
    """Shows a source by its name. Enter asks for another (`wanted`), Delete empties it; nothing can be typed."""

    wanted = Signal()

    def __init__(self, placeholder: str, theme: Theme | None = None, parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent)
        self._names: Mapping[str, str] = {}
        self._id = ""
        self._writable = True
        super().setReadOnly(True)
        place = QLineEdit.ActionPosition.TrailingPosition
        self._clear, self._choose = self.addAction(QIcon(), place), self.addAction(QIcon(), place)
        for action, words, do in (
            (self._choose, "Choose a source (Enter)", self.wanted.emit), (self._clear, "None (Delete)", self._empty),
        ):  # fmt: skip
            action.setToolTip(words)
            action.triggered.connect(do)
        if theme:
            self.dress(theme)
        self._show()

    def dress(self, theme: Theme) -> None:
        """Give the buttons in the field their icons."""

        def draw() -> None:
            for action, icon in ((self._choose, "search"), (self._clear, "x")):
                action.setIcon(theme.icon(icon, "text-soft"))

        theme.changed.connect(draw)
        draw()

    def offer(self, names: Mapping[str, str]) -> None:
        """Know what these sources are called."""
        self._names = names
        self._show()

    @property
    def source_id(self) -> str:
        """The source in the field; empty where there is none."""
        return self._id

    def choose(self, source_id: str) -> None:
        """Show a source."""
        self._id = source_id
        self._show()

    def setReadOnly(self, read_only: bool) -> None:
        """Nothing can be typed in any case; read only, nothing can be chosen either."""
        self._writable = not read_only
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose or clear by the keyboard; the rest is the field's, such as copying its words."""
        if self._writable and event.key() in _CHOOSING:
            self.wanted.emit()
        elif self._writable and event.key() in _CLEARING:
            self._empty()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, _event: QEvent) -> None:
        """Ask for another source."""
        if self._writable:
            self.wanted.emit()

    def _empty(self) -> None:
        self.choose("")

    def _show(self) -> None:
        named = self._names.get(self._id, "A source that is not in this copy") if self._id else ""
        self.setText(named)
        self.setCursorPosition(0)
        _allow(self._choose, self._writable)
        _allow(self._clear, self._writable and bool(self._id))


def _allow(action: QAction, allowed: bool) -> None:
    action.setVisible(allowed)
    action.setEnabled(allowed)


class SourceChooser(Chooser):
    """Offers sources of the casebook by title, author and publisher."""

    def __init__(
        self,
        theme: Theme,
        found: Sequence[Source],
        parent: QWidget,
        title: str = "Cite an existing source",
        answer: str = "Cite",
    ) -> None:
        self._found = found
        super().__init__(theme, parent, title, answer, "Title, author or publisher", "Sources")

    def offer(self, typed: str) -> Sequence[Entry]:
        """The sources that have these words."""
        wanted = fold(typed)
        kept = [s for s in self._found if wanted in fold(f"{s.title} {s.author} {s.publisher}")][:_MOST]
        return [Entry(s.id, s.title, _line(s), wording.word(s.kind)) for s in kept]


def _line(source: Source) -> str:
    return " · ".join(p for p in (source.author, source.publisher, wording.when(source.published_on)) if p)
