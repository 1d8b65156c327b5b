"""No Save button: leaving a field, or two idle seconds, saves it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import ClassVar, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from db.conflicts import DELETED, Conflict
from db.kinds import Kind
from desktop.forms.marks import Marks
from desktop.theme import Theme
from desktop.widgets.mark import HEIGHT
from desktop.widgets.texts import Label, Line, Text

IDLE_MS = 2000
D = TypeVar("D")
E = TypeVar("E", bound=StrEnum)
Editor = Line | Text | QComboBox | QCheckBox


class Choice(QComboBox, Generic[E]):
    """One word of a vocabulary, shown in the words for people."""

    def __init__(self, words: type[E], say: Callable[[E], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = tuple(words)
        for word in self._words:
            self.addItem(say(word))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def word(self) -> E:
        """The word chosen."""
        return self._words[max(0, self.currentIndex())]

    def choose(self, word: E) -> None:
        """Show a word."""
        self.setCurrentIndex(self._words.index(word))

    def wheelEvent(self, event: QEvent) -> None:
        """Scrolling the page does not change the choice."""
        event.ignore()


class MaybeChoice(QComboBox, Generic[E]):
    """One word of a vocabulary, or none; what none means is said too."""

    def __init__(self, words: type[E], say: Callable[[E], str], none: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = tuple(words)
        self.addItem(none)
        for word in self._words:
            self.addItem(say(word))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def word(self) -> E | None:
        """The word chosen."""
        return self._words[self.currentIndex() - 1] if self.currentIndex() > 0 else None

    def choose(self, word: str) -> None:
        """Show a word; an empty one is none."""
        self.setCurrentIndex([*map(str, self._words)].index(word) + 1 if word else 0)

    def wheelEvent(self, event: QEvent) -> None:
        """Scrolling the page does not change the choice."""
        event.ignore()


class Form(QWidget, Generic[D]):
    """Shows a draft and emits `submitted` with what it became. Never touches the casebook.

    A child lays out its fields with `field()` and says in `read()` and `write()` how a draft goes in and out.
    """

    submitted = Signal(object)
    editors_of: ClassVar[Mapping[tuple[Kind, str], str]] = {}  # those that are not called like their field
    undoes_itself = False  # where what is submitted is a draft, which the undo of the casebook knows nothing of

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: D | None = None
        self._showing = False
        self._editors: list[Editor] = []
        self._complaints: dict[Editor, Label] = {}
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self.flush)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(10)
        self.marks = Marks(self, self.rows)

    def read(self) -> D:
        """The draft as it is typed now."""
        raise NotImplementedError

    def write(self, draft: D) -> None:
        """Put a draft into the fields."""
        raise NotImplementedError

    def field(self, label: str, editor: Editor, stretch: QHBoxLayout | None = None, share: int = 1) -> None:
        """Lay out an editor under its label, in a row of its own or beside others; autosave it."""
        box = QVBoxLayout()
        box.setSpacing(3)
        title = Label(label, "label")
        title.setBuddy(editor)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(title)
        head.addStretch(1)
        head.addStrut(HEIGHT)
        self.marks.lay(editor, head)
        complaint = Label("", "danger")
        complaint.setWordWrap(True)
        complaint.hide()
        box.addLayout(head)
        box.addWidget(editor)
        box.addWidget(complaint)
        editor.setAccessibleName(label)
        self.watch(editor)
        self._complaints[editor] = complaint
        if stretch is None:
            self.rows.addLayout(box)
        else:
            stretch.addLayout(box, share)
            stretch.setAlignment(box, Qt.AlignmentFlag.AlignTop)

    def beside(self) -> QHBoxLayout:
        """A row in which fields stand beside each other."""
        row = QHBoxLayout()
        row.setSpacing(12)
        self.rows.addLayout(row)
        return row

    def watch(self, editor: Editor) -> None:
        """Autosave an editor that is laid out elsewhere."""
        self._editors.append(editor)
        editor.installEventFilter(self)
        if isinstance(editor, QComboBox):
            editor.activated.connect(self.flush)
            if editor.isEditable() and (line := editor.lineEdit()):
                line.installEventFilter(self)
                editor.editTextChanged.connect(self._on_edited)
        elif isinstance(editor, QCheckBox):
            editor.clicked.connect(self.flush)
        else:
            editor.textChanged.connect(self._on_edited)

    def show_draft(self, draft: D) -> None:
        """Show a draft that was read anew, unless something is typed that is not saved yet."""
        if self.dirty:
            return
        self._shown = draft
        if self.read() != draft:
            self._showing = True
            try:
                self.write(draft)
            finally:
                self._showing = False
        # what the fields made of the draft is the ground that edits are told from
        self._shown = self.read()
        self._idle.stop()

    def forget(self) -> None:
        """Show nothing any more; what was typed and refused is let go."""
        self._shown = None
        self._idle.stop()
        self.accept()

    @property
    def dirty(self) -> bool:
        """Whether something is typed that is not saved yet."""
        return self._shown is not None and not self._showing and self.read() != self._shown

    def flush(self) -> None:
        """Save now what is typed."""
        self._idle.stop()
        if self.dirty:
            self.submitted.emit(self.read())

    def accept(self) -> None:
        """What was submitted is saved."""
        if self._shown is not None:
            self._shown = self.read()
        for editor, complaint in self._complaints.items():
            complaint.hide()
            self._mark(editor, False)
        for editor in self._editors:
            if isinstance(editor, Text) and not self.undoes_itself:
                editor.document().clearUndoRedoStacks()

    def complain(self, editor: Editor, words: str) -> None:
        """Say at a field why it cannot be saved; what is typed stays."""
        self._complaints[editor].setText(words)
        self._complaints[editor].show()
        self._mark(editor, True)

    def complain_about(self, name: str, words: str) -> None:
        """Say why a field cannot be saved, at the editor of that name where the form has one."""
        editor = getattr(self, name, None)
        if editor not in self._complaints:
            editor = self._editors[0]
        self.complain(editor, words)

    def show_conflicts(self, theme: Theme, found: Sequence[Conflict]) -> None:
        """Mark the fields of which several versions stand."""
        named = {self.editors_of.get((each.kind, each.field), each.field): each for each in found}
        editors = {editor: each for name, each in named.items() if (editor := getattr(self, name, None))}
        self.marks.show(theme, editors, next((each for each in found if each.field == DELETED), None))

    def start(self) -> None:
        """Put the cursor into the first field."""
        self._editors[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def set_writable(self, writable: bool) -> None:
        """Let the fields be edited, or only be read and copied."""
        for editor in self._editors:
            if isinstance(editor, Line | Text):
                editor.setReadOnly(not writable)
            else:
                editor.setEnabled(writable)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save on leaving a field; leave undo to the casebook when nothing unsaved is typed."""
        if event.type() == QEvent.Type.FocusOut:
            self.flush()
        elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
            if undo and not self.dirty and not self.undoes_itself:
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def _on_edited(self) -> None:
        if not self._showing and self._shown is not None:
            self._idle.start()

    @staticmethod
    def _mark(editor: Editor, wrong: bool) -> None:
        if bool(editor.property("wrong")) != wrong:
            editor.setProperty("wrong", wrong)
            editor.style().unpolish(editor)
            editor.style().polish(editor)
