"""Another version of a field in conflict, written in place of those that stand; kept as a draft until it is taken."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from db.conflicts import DELETED, Conflict, Version
from db.fields import field_of
from db.kinds import Field, FieldType, Kind
from desktop import wording
from desktop.forms.autosave import Editor, Form
from desktop.forms.fields import LanguageBox, NameLine, WhenLine
from desktop.widgets.texts import Label, Line, Text

_LONG = frozenset(
    {"text", "translation", "quotation", "note", "caption", "rationale", "reason", "imprint", "definition"}
)


def can_write(conflict: Conflict) -> bool:
    """Whether there can be a version other than those that stand."""
    if conflict.field == DELETED:
        return False
    each = field_of(conflict.kind, conflict.field)
    return each.refers in (None, Kind.ACTOR) and each.type not in (FieldType.JSON, FieldType.FLAG)


class VersionForm(Form[str]):
    """One field, edited as the text that it holds."""

    undoes_itself = True

    def __init__(self, conflict: Conflict, actors: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field_of(conflict.kind, conflict.field)
        self.editor = _editor(self._field, actors)
        self.rows.addWidget(Label("Another version", "heading"))
        self.field(wording.field(conflict.kind, conflict.field), self.editor)
        self.editor.setAccessibleName("Another version")
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        self.rows.addLayout(self.buttons)

    def start_from(self, version: Version) -> None:
        """Put a version into the field; what was typed there comes back with the undo of the field."""
        text = version.raw if isinstance(version.raw, str) and not self._field.refers else version.value
        editor = self.editor.lineEdit() if isinstance(self.editor, QComboBox) else self.editor
        if isinstance(editor, QLineEdit):
            editor.selectAll()
            editor.insert(wording.language(text) if isinstance(self.editor, LanguageBox) else text)
        elif isinstance(editor, Text):
            editor.selectAll()
            editor.insertPlainText(text)
        elif isinstance(self.editor, QComboBox):
            self.editor.setCurrentIndex(self.editor.findData(text))
        self.editor.setFocus()

    def read(self) -> str:
        """The version as typed, as the field holds it."""
        editor = self.editor
        if isinstance(editor, LanguageBox):
            return editor.code
        if isinstance(editor, QComboBox):
            return str(editor.currentData() or "")
        return editor.text() if isinstance(editor, Line | Text) else ""

    def write(self, draft: str) -> None:
        """Show what was typed before."""
        editor = self.editor
        if isinstance(editor, LanguageBox):
            editor.choose(draft)
        elif isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(draft))
        elif isinstance(editor, Line | Text):
            editor.setText(draft)


def _editor(each: Field, actors: tuple[str, ...]) -> Editor:
    if each.words:
        box = QComboBox()
        for word in each.words:
            box.addItem(wording.word(word), str(word))
        box.setCurrentIndex(-1)
        return box
    if each.refers:
        line = NameLine("Name")
        line.offer(actors)
        return line
    if each.name == "language":
        return LanguageBox()
    if each.type is FieldType.WHEN:
        return WhenLine()
    return Text(least=3, most=14) if each.name in _LONG else Line()
