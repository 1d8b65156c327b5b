"""The window of independent origins: which sources of a case come from one, why, and which may."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSplitter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from db import independence, sources
from db.change import Change, Notice
from db.independence import Suspicion
from db.kinds import Kind
from db.progress import Progress
from db.vocabulary import Derivation, Op
from desktop import origin_words, wording
from desktop.context import Context
from desktop.forms.autosave import MaybeChoice
from desktop.jobs import Job
from desktop.rows import Index
from desktop.widgets.entries import Entry, EntryList
from desktop.widgets.origins_model import OriginsModel
from desktop.widgets.texts import Label, Prose, runs_right_to_left

_LIMIT = (
    "Sources of one origin do not confirm each other, however many they are. "
    "That nothing ties two sources together does not prove that they are independent."
)
_ALIKE, _NOTHING_ALIKE = [240, 200], [400, 60]
_EMBED = "\u202b"
_SHOWS = (Kind.SOURCE, Kind.CITATION, Kind.ATTACHMENT)


class _Delegate(QStyledItemDelegate):
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Let each text run in its own direction."""
        super().initStyleOption(option, index)
        if runs_right_to_left(option.text):
            option.text = _EMBED + option.text


class OriginsWindow(QDialog):
    """Shows the origins of a case; `chosen` names a source that is to be shown."""

    chosen = Signal(str)

    def __init__(self, context: Context, case_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Independent origins")
        self.resize(820, 600)
        self.context, self._case_id = context, case_id
        self._alike: dict[str, Suspicion] = {}
        self._job: Job[tuple[Suspicion, ...]] | None = None
        self._gone = False
        self.counts, self.stances = Label("", "heading"), Label("", "soft")
        self.model = OriginsModel(context.theme, self)
        self.tree = _tree(self.model)
        self.suspicions = EntryList(context.theme, "May be of one origin")
        self.nothing = Prose("Looking for what is alike…", "soft")
        self.how = MaybeChoice(Derivation, wording.word, "How is not said")
        self.how.setAccessibleName("How it derives")
        self.same, self.apart = QPushButton("Same origin"), QPushButton("Independent")
        self._parts = QSplitter(Qt.Orientation.Vertical)
        self._lay_out()
        self.same.clicked.connect(self._on_same)
        self.apart.clicked.connect(self._on_apart)
        self.suspicions.chosen.connect(self._allow)
        self.tree.activated.connect(self._on_activated)
        context.bulletin.changed.connect(self._on_changed)
        self._read()

    def _lay_out(self) -> None:
        below = QWidget()
        rows = QVBoxLayout(below)
        rows.setContentsMargins(0, 6, 0, 0)
        rows.addWidget(Label("May be of one origin", "heading"))
        rows.addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignTop)
        rows.addWidget(self.suspicions, 1)
        answers = QHBoxLayout()
        for widget in (self.how, self.same, self.apart):
            answers.addWidget(widget)
        answers.addStretch(1)
        rows.addLayout(answers)
        self._parts.addWidget(self.tree)
        self._parts.addWidget(below)
        self._parts.setSizes(_NOTHING_ALIKE)
        self._parts.setChildrenCollapsible(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(8)
        for label in (self.counts, self.stances, Prose(_LIMIT, "soft")):
            box.addWidget(label)
        box.addWidget(self._parts, 1)
        box.addWidget(buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """Look for what is alike when the window comes into sight."""
        super().showEvent(event)
        self._look()

    def _read(self) -> None:
        found = independence.origins(self.context.book, self._case_id)
        self.counts.setText(origin_words.counted(found))
        self.stances.setText(origin_words.stances(found))
        self.model.show(found)
        self.tree.expandAll()

    def _look(self) -> None:
        """Look for what is alike, off the window's thread; an older look is given up."""
        book, case_id = self.context.book, self._case_id
        if self._job:
            self._job.cancel()

        def work(progress: Progress) -> tuple[Suspicion, ...]:
            with book.reader() as reader:
                return independence.suspicions(reader, case_id, progress)

        self._job = self.context.jobs.start("Looking for what is alike", work, self._on_looked)
        self._job.ended.connect(self._on_ended)

    def _on_looked(self, found: tuple[Suspicion, ...]) -> None:
        if self._gone:
            return
        self._alike = {f"{each.source.id} {each.other.id}": each for each in found}
        entries = [
            Entry(key, f"{origin_words.named(each.source)} – {origin_words.named(each.other)}",
                  origin_words.suspicion(each), "Suspicion", "orange")
            for key, each in self._alike.items()
        ]  # fmt: skip
        self.suspicions.show_entries(entries)
        self.nothing.setText("Nothing else here is alike in words or makers.")
        self.nothing.setVisible(not entries)
        for widget in (self.suspicions, self.how, self.same, self.apart):
            widget.setVisible(bool(entries))
        self._parts.setSizes(_ALIKE if entries else _NOTHING_ALIKE)
        self._allow()

    def _on_ended(self) -> None:
        if self.sender() is self._job:
            self._job = None

    def _allow(self) -> None:
        able = self.context.book.writable and self.suspicions.current in self._alike
        for widget in (self.how, self.same, self.apart):
            widget.setEnabled(able)

    def _on_same(self) -> None:
        found = self._alike.get(self.suspicions.current)
        if found:
            how = str(self.how.word or "")

            def write(change: Change) -> None:
                sources.derive(change, found.source.id, found.other.id, how)

            self.context.save(Op.EDIT_SOURCE, write)
            self.how.choose("")

    def _on_apart(self) -> None:
        found = self._alike.get(self.suspicions.current)
        if found:

            def write(change: Change) -> None:
                sources.tell_apart(change, found.source.id, found.other.id)

            self.context.save(Op.EDIT_SOURCE, write)

    def _on_activated(self, index: Index) -> None:
        source_id = self.model.source(index)
        if source_id:
            self.chosen.emit(source_id)
            self.accept()

    def _on_changed(self, notice: Notice) -> None:
        if self.isVisible() and notice.of(*_SHOWS):
            self._read()
            self._look()

    def done(self, result: int) -> None:
        """Look no more: the window is gone."""
        self._gone = True
        if self._job:
            self._job.cancel()
        super().done(result)


def _tree(model: OriginsModel) -> QTreeView:
    tree = QTreeView()
    tree.setModel(model)
    tree.setItemDelegate(_Delegate(tree))
    tree.setAccessibleName("Origins")
    tree.setUniformRowHeights(True)
    tree.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
    tree.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
    tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    head = tree.header()
    head.setSectionsMovable(False)
    head.setStretchLastSection(False)
    for column in range(model.columnCount()):
        head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    return tree
