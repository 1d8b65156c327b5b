"""The tree of what could leave, and in full the line that is chosen in it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from db.kinds import Kind
from desktop import listing, wording
from desktop.rows import ROW
from desktop.theme import Theme
from desktop.widgets.handover_model import KIND, NOTE, WHAT, HandoverModel, Line
from desktop.widgets.texts import Label, Prose, runs_right_to_left
from desktop.widgets.veil import blurred

_MOST_EARLIER = 40
_PICTURE = 150
_EMBED = "\u202b"
_ROOMY, _KIND, _NOTE = 600, 110, 150


class _Delegate(QStyledItemDelegate):
    """Lets each text run in its own direction; cases stand out."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Set direction and weight."""
        super().initStyleOption(option, index)
        if runs_right_to_left(option.text):
            if index.column() == WHAT:  # the tick stays where it is; what is cut off is cut off at its end
                option.text = _EMBED + option.text
            else:
                option.direction = Qt.LayoutDirection.RightToLeft
        option.font.setBold(not index.parent().isValid() and index.column() == WHAT)
        line: Line | None = index.data(ROW)
        if line and not line.free:
            option.state &= ~QStyle.StateFlag.State_Enabled  # there is nothing to tick


class HandoverView(QTreeView):
    """Shows the lines; space ticks all that are chosen."""

    def __init__(self, model: HandoverModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = model
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName("What leaves")
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIndentation(18)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionsMovable(False)
        head.setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(40)

    @property
    def current(self) -> Line | None:
        """The line that the keys are on."""
        return self._lines.line(self.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out; where there is little, the signs say what a thing is."""
        super().resizeEvent(event)
        room = self.viewport().width()
        self.setColumnHidden(KIND, room < _ROOMY)
        self.setColumnWidth(KIND, _KIND)
        self.setColumnWidth(NOTE, max(_NOTE, room * 2 // 5))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick what is chosen, or take the ticks away where all of it has one; the rest is the tree's."""
        found = (index.data(ROW) for index in self.selectionModel().selectedRows(WHAT))
        lines = [line for line in found if line and line.free]
        if event.key() == Qt.Key.Key_Space and lines:
            leave = not all(line.leaves for line in lines)
            self._lines.ticked.emit(frozenset(line.id for line in lines), leave)
            return
        super().keyPressEvent(event)


class Detail(QFrame):
    """One line in full: its words, why it stays, what else its file says, and what it said before."""

    bared = Signal(str, bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._line: Line | None = None
        self.setProperty("card", True)
        self.kind, self.title = Label("", "label"), Prose()
        self.note, self.data = Prose("", "soft"), Prose("", "warning")
        self.earlier = Prose("", "soft")
        self.bare = QCheckBox("Leave its file out: its name, size and SHA-256 leave alone")
        self.bare.clicked.connect(self._on_bare)
        self.picture = QLabel()
        self._lay_out()
        self.show_line(None, bare=False, small=b"")

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        for widget in (self.kind, self.title, self.note, self.data, self.bare, self.earlier):
            words.addWidget(widget)
        words.addStretch(1)
        inner, area = QWidget(), QScrollArea()
        row = QHBoxLayout(inner)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(14)
        row.addLayout(words, 1)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.addWidget(area)

    def show_line(self, line: Line | None, *, bare: bool, small: bytes, graphic: bool = False) -> None:
        """Show a line; `small` is the small picture of its file, where there is one. A graphic one is blurred."""
        self._line = line
        thing = line.thing if line else None
        self.kind.setText(wording.kind(thing.kind) if thing else "")
        self.title.setText(line.title if line else "Choose a line to see all that leaves with it, its history too.")
        self._say(self.note, line.note if line and not line.leaves else "")
        self._say(self.data, listing.in_file(thing.file) if thing and thing.file else "")
        self.bare.setVisible(bool(thing and thing.kind is Kind.ATTACHMENT and line and line.leaves))
        self.bare.setChecked(bare)
        said = listing.earlier(thing) if thing else ()
        more = f"\n… and {len(said) - _MOST_EARLIER} more" if len(said) > _MOST_EARLIER else ""
        self._say(self.earlier, "Earlier wordings:\n" + "\n".join(said[:_MOST_EARLIER]) + more if said else "")
        pixmap = QPixmap()
        if small:
            pixmap.loadFromData(small)
            if graphic:
                pixmap = QPixmap.fromImage(blurred(pixmap.toImage()))
            size = pixmap.size().boundedTo(pixmap.size().scaled(_PICTURE, _PICTURE, Qt.AspectRatioMode.KeepAspectRatio))
            pixmap = pixmap.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        self.picture.setPixmap(pixmap)
        self.picture.setVisible(not pixmap.isNull())

    def _on_bare(self, checked: bool) -> None:
        if self._line:
            self.bared.emit(self._line.id, checked)

    @staticmethod
    def _say(label: Label, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))
