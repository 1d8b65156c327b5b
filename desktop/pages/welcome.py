"""The first screen: what this is, and where to begin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from db import identity
from desktop import wording
from desktop.rows import ROW, Column, RowsModel
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.widgets.cells import paint_ground, paint_line
from desktop.widgets.texts import Label, isolated

_WIDTH = 760
_ICON = 28
_PAD = 12
_WHAT = "The casebook of a fact-checking desk: contested claims, their evidence, and the verdicts on them. It stays on "
_WHERE = "this computer and never goes online."


@dataclass(frozen=True, slots=True)
class Recent:
    """A casebook that was opened lately."""

    path: Path
    changed: str

    @property
    def id(self) -> str:
        """The file."""
        return str(self.path)


class Start(QPushButton):
    """A large button: a picture, what it does, and a sentence on it."""

    def __init__(self, theme: Theme, icon: str, title: str, words: str) -> None:
        super().__init__()
        self.setProperty("choice", True)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self._theme, self._icon = theme, icon
        self._picture = QLabel()
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 18, 18, 18)
        box.setSpacing(6)
        text = Label(words, "soft")
        text.setWordWrap(True)
        for label in (self._picture, Label(title, "heading"), text):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            box.addWidget(label)
        box.addStretch(1)
        theme.changed.connect(self._draw)
        self._draw()

    def sizeHint(self) -> QSize:
        """The room for its picture and words."""
        layout = self.layout()
        return layout.totalSizeHint() if layout else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """The room for its picture and words."""
        layout = self.layout()
        return layout.totalMinimumSize() if layout else super().minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        """Words that wrap take more lines where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of its words at a width."""
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout else super().heightForWidth(width)

    def _draw(self) -> None:
        size = QSize(_ICON, _ICON)
        self._picture.setPixmap(self._theme.icon(self._icon, "accent").pixmap(size, self.devicePixelRatioF()))


class RecentDelegate(QStyledItemDelegate):
    """Draws a casebook on two lines: its name and when it was changed, and its folder."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines."""
        return QSize(0, 2 * QFontMetrics(option.font).height() + 16)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one casebook."""
        recent: Recent | None = index.data(ROW)
        if recent is None:
            return
        paint_ground(painter, self._theme, option)
        painter.save()
        color, font, strong = self._theme.color, option.font, QFont(option.font)
        strong.setWeight(QFont.Weight.Bold)
        height = QFontMetrics(font).height()
        area: QRect = option.rect.adjusted(_PAD, 7, -_PAD, 0)
        room = QFontMetrics(font).horizontalAdvance(recent.changed) + 2
        top = QRect(area.left(), area.top(), area.width() - room - _PAD, height)
        paint_line(painter, top, recent.path.stem, color("text"), strong)
        when = QRect(area.right() + 1 - room, area.top(), room, height)
        paint_line(painter, when, recent.changed, color("text-soft"), font)
        folder = QRect(area.left(), area.top() + height + 2, area.width(), height)
        paint_line(painter, folder, isolated(str(recent.path.parent)), color("text-soft"), font)
        painter.restore()


class WelcomePage(QWidget):
    """Shown while no casebook is open; `chosen` names one of those opened lately."""

    wanted_new = Signal()
    wanted_open = Signal()
    wanted_demonstration = Signal()
    chosen = Signal(Path)

    def __init__(self, settings: Settings, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._settings = settings
        self.new = Start(theme, "file-plus", "New casebook", "Begin the file in which your desk keeps its cases.")
        self.open = Start(theme, "folder-open", "Open casebook", "Go on with a file on this computer or on a stick.")
        self.demonstration = Start(theme, "play", "Demonstration", "Look around in a casebook that is filled already.")
        self.new.clicked.connect(self.wanted_new)
        self.open.clicked.connect(self.wanted_open)
        self.demonstration.clicked.connect(self.wanted_demonstration)
        self.model: RowsModel[Recent] = RowsModel((Column("Casebook", _spoken),), self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(RecentDelegate(theme, self.view))
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName("Recent casebooks")
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.view.doubleClicked.connect(self._choose)
        self.view.installEventFilter(self)
        self.none = Label("Nothing opened yet: casebooks that you open are listed here.", "soft")
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        what = Label(_WHAT + _WHERE, "soft")
        what.setWordWrap(True)
        choices = QHBoxLayout()
        choices.setSpacing(12)
        for button in (self.new, self.open, self.demonstration):
            choices.addWidget(button, 1)
        column = QWidget()
        column.setMaximumWidth(_WIDTH)
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addStretch(1)
        rows.addWidget(Label("Claimdesk", "title"))
        rows.addWidget(what)
        rows.addSpacing(10)
        rows.addLayout(choices)
        rows.addSpacing(14)
        rows.addWidget(Label("Recent casebooks", "heading"))
        rows.addWidget(self.view, 100)
        rows.addWidget(self.none)
        rows.addStretch(2)
        sides = QHBoxLayout(self)
        sides.setContentsMargins(28, 24, 28, 24)
        sides.addStretch(1)
        sides.addWidget(column, 1000)
        sides.addStretch(1)

    def refresh(self) -> None:
        """Read anew which casebooks there are to go on with."""
        found = (_recent(path) for path in self._settings.recent)
        self.model.show([recent for recent in found if recent])
        there = bool(self.model.rows)
        self.view.setVisible(there)
        self.none.setVisible(not there)
        rows = self.view.sizeHintForRow(0) * len(self.model.rows) + 2 * self.view.frameWidth() + 2
        self.view.setMaximumHeight(rows)
        if there and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.model.index(0, 0))

    def marked(self) -> Path | None:
        """The casebook that is marked in the list."""
        recent = self.model.row(self.view.currentIndex())
        return recent.path if recent else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open with Enter."""
        pressed = event.key() if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress else None
        if watched is self.view and pressed in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.view.currentIndex())
            return True
        return super().eventFilter(watched, event)

    def _choose(self, index: QModelIndex) -> None:
        recent = self.model.row(index) if index.isValid() else None
        if recent:
            self.chosen.emit(recent.path)


def _recent(path: Path) -> Recent | None:
    """A casebook with the time of its last save, if it is still there; its file is not opened."""
    try:
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None
    return Recent(path, wording.when(identity.iso(changed)))


def _spoken(recent: Recent) -> str:
    return f"{recent.path.stem}, in {recent.path.parent}, changed {recent.changed}"
