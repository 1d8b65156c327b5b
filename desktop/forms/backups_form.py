"""The window in which a person looks at the backups of a casebook, sees what one would lose, and restores it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.backups import Backup
from db.losses import Losses
from desktop import wording
from desktop.jobs import Job
from desktop.theme import Theme
from desktop.widgets.empty import EmptyState
from desktop.widgets.entries import Entry, EntryList
from desktop.widgets.losses_view import LossesView
from desktop.widgets.texts import Label, Prose, isolated

_WHAT = (
    "Made by themselves while you work, on closing, and before each merge, update or restore; kept in your own folder "
    "on this computer."
)
_NONE = "The first one is made while you work. Or make one now."
_NONE_ELSEWHERE = "Nothing of this casebook was ever backed up on this computer."
_KEPT = (
    "What stands in the casebook now is kept as a backup before another takes its place. A backup can also be merged: "
    "that brings back what is missing and takes nothing away."
)
_READ_ONLY = "The casebook is open for reading only, so none can take its place now. A copy can be saved."
_WIDTH, _HEIGHT = 1200, 620
_AFTER_MS = 200


@dataclass(frozen=True, slots=True)
class Compared:
    """What a backup lacks of the casebook, and the casebook of it; neither where the casebook cannot be read."""

    lost: Losses | None = None
    back: Losses | None = None


class BackupsForm(QDialog):
    """Shows; whoever opened it does what is wanted. `chosen` names a backup to be compared with the casebook."""

    turned = Signal(Path)
    chosen = Signal(object)
    wanted_now = Signal()
    wanted_restore = Signal(object)
    wanted_copy = Signal(object)

    def __init__(self, theme: Theme, paths: Sequence[Path], *, opened: bool, writable: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Backups")
        self.resize(min(_WIDTH, parent.width()), min(_HEIGHT, parent.height()))
        self._backups: tuple[Backup, ...] = ()
        self._bad: set[Path] = set()
        self._job: Job[Any] | None = None
        self._sound, self._writable = False, writable
        self.casebook = QComboBox()
        self.casebook.setAccessibleName("Casebook")
        self.casebook.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for path in paths:
            gone = "" if path.exists() else "  (not there any more)"
            self.casebook.addItem(f"{path.stem}  –  {isolated(str(path.parent))}{gone}", path)
        self.casebook.setVisible(bool(paths) and not opened)
        self.list = EntryList(theme, "Backups")
        self.list.setMinimumWidth(290)
        self.head, self.figures = Label("", "heading"), Prose("", "soft")
        self.losses = LossesView()
        self.bar = QProgressBar()
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_AFTER_MS)
        self._waiting.timeout.connect(self.bar.show)
        self.said = Label("", "soft")
        self.now, self.copy = QPushButton("Back up now"), QPushButton("Save as a copy…")
        self.restore, self.leave = QPushButton("Restore this one"), QPushButton("Close")
        self.now.setVisible(opened)
        self.empty = EmptyState(theme, "rotate-ccw", "No backup yet", _NONE if opened else _NONE_ELSEWHERE)
        self._lay_out()
        self._wire()
        self.show_backups(())

    def _lay_out(self) -> None:
        right = QWidget()
        rows = QVBoxLayout(right)
        rows.setContentsMargins(8, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self.head)
        rows.addWidget(self.figures)
        rows.addWidget(self.losses, 1)
        rows.addWidget(Prose(_KEPT if self._writable else _READ_ONLY, "faint"))
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.addWidget(self.list)
        sides.addWidget(right)
        sides.setSizes([340, 800])
        sides.setChildrenCollapsible(False)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(sides)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(150)
        self.bar.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.now)
        buttons.addWidget(self.bar)
        buttons.addWidget(self.said, 1)
        for button in (self.copy, self.restore, self.leave):
            buttons.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(Label("Backups", "title"))
        box.addWidget(Prose(_WHAT, "soft"))
        box.addWidget(self.casebook)
        box.addWidget(self._stack, 1)
        box.addLayout(buttons)

    def _wire(self) -> None:
        for button in (self.now, self.copy, self.restore, self.leave):
            button.setAutoDefault(False)  # Enter in the list restores nothing
        self.restore.setProperty("primary", True)
        self.casebook.currentIndexChanged.connect(self._on_turned)
        self.list.chosen.connect(self._on_chosen)
        self.now.clicked.connect(self.wanted_now)
        self.copy.clicked.connect(lambda: self.wanted_copy.emit(self.backup))
        self.restore.clicked.connect(lambda: self.wanted_restore.emit(self.backup))
        self.leave.clicked.connect(self.reject)

    @property
    def path(self) -> Path | None:
        """The casebook whose backups are shown."""
        found = self.casebook.currentData()
        return found if isinstance(found, Path) else None

    @property
    def backup(self) -> Backup | None:
        """The chosen backup."""
        return next((each for each in self._backups if each.path.name == self.list.current), None)

    def show_backups(self, backups: Sequence[Backup], choose: str = "") -> None:
        """Make these the backups; one is chosen by name, or stays chosen, or the newest is at first."""
        self._backups = tuple(backups)
        self._stack.setCurrentIndex(1 if backups else 0)
        with QSignalBlocker(self.list):
            self._show_entries(choose)
        self.list.setFocus()
        self._on_chosen()

    def show_compared(self, backup: Backup, compared: Compared) -> None:
        """Say what a backup would lose and bring back, if it is still the chosen one; it is sound."""
        if backup != self.backup:
            return
        self._sound = True
        self.losses.show_losses(compared.lost, compared.back)
        self._allow()

    def show_trouble(self, backup: Backup, words: str) -> None:
        """Say why a backup will not do."""
        self._bad.add(backup.path)
        self._show_entries()
        if backup == self.backup:
            self.losses.show_trouble(f"{words} It cannot be restored: choose another one.")

    def say(self, words: str) -> None:
        """Say in a few words how something came out."""
        self.said.setText(words)

    def follow(self, job: Job[Any], *, alone: bool) -> None:
        """Show how far work is; while it goes on `alone` nothing else can be begun, and closing stops it."""
        self._job = job
        self.bar.setRange(0, 0)
        self._waiting.start()
        self.say(f"{job.title}…" if alone else "")
        job.progressed.connect(self._on_progressed)
        job.ended.connect(self._on_ended)
        if alone:
            for widget in (self._stack, self.casebook, self.now, self.copy, self.restore):
                widget.setEnabled(False)
            self.leave.setText("Cancel")

    def done(self, result: int) -> None:
        """Close, whatever is under way."""
        self._waiting.stop()
        super().done(result)

    def _show_entries(self, choose: str = "") -> None:
        self.list.show_entries(
            [_entry(each, not each.whole or each.path in self._bad) for each in self._backups], choose
        )

    def _on_progressed(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _on_ended(self) -> None:
        if self.sender() is not self._job:
            return  # another one was begun meanwhile
        self._waiting.stop()
        self.bar.hide()
        for widget in (self._stack, self.casebook, self.now):
            widget.setEnabled(True)
        self.leave.setText("Close")
        self._allow()

    def _on_turned(self) -> None:
        self.say("")
        if self.path:
            self.turned.emit(self.path)

    def _on_chosen(self) -> None:
        backup = self.backup
        self._sound = False
        self._allow()
        self.head.setText(f"As it was on {isolated(wording.when(backup.made_at))}" if backup else "")
        self.figures.setText(_figures(backup, self.path) if backup else "")
        self.losses.show_nothing()
        if backup:
            self.chosen.emit(backup)

    def _allow(self) -> None:
        self.copy.setEnabled(self._sound)
        self.restore.setEnabled(self._sound and self._writable)


def _entry(backup: Backup, bad: bool) -> Entry:
    cases = f"{backup.cases} {'case' if backup.cases == 1 else 'cases'}"
    figures = f"{wording.word(backup.why)} · {cases}, {wording.size(backup.size)}"
    return Entry(backup.path.name, wording.when(backup.made_at), figures, "Damaged" if bad else "", "red")


def _figures(backup: Backup, path: Path | None) -> str:
    words = f"{wording.word(backup.why)}. It holds {wording.backup(backup)}."
    return words if backup.casebook == path else f"{words} Made of {isolated(str(backup.casebook))}."
