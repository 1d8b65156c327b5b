"""How a file was got: what is known of it, and for what is not known, why."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QWidget

from db.collecting import ASKED, RecordDraft
from desktop import collection_words
from desktop.collection_words import Reason
from desktop.forms.autosave import Form
from desktop.forms.fields import WhenLine
from desktop.widgets.mark import HEIGHT
from desktop.widgets.texts import Label, Line, Text, tooltip

_REASON_WIDTH = 236
_HINTS = MappingProxyType(
    {
        "requested_url": "https://… as it was typed or clicked",
        "reached_url": "https://… where one came out",
        "page_title": "As it stood there",
        "clock": "Which clock, and against which it was checked",
        "captured_by": "Name",
        "tool": "Program and version",
        "identity": "Account or persona that was used there",
        "network": "Office, home, VPN, Tor …",
        "purpose": "What it is to show",
    }
)
_GROUPS = ("captured_on", "captured_by", "purpose")  # each begins a new one


class ReasonBox(QComboBox):
    """Why something is missing: one of the usual reasons, or other words."""

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.addItems(["", *Reason])
        self.setFixedWidth(_REASON_WIDTH)
        line = self.lineEdit()
        assert line is not None
        line.setPlaceholderText(hint)
        line.editingFinished.connect(self._show_beginning)

    def say(self, reason: str) -> None:
        """Show a reason from its beginning."""
        self.setEditText(reason)
        self._show_beginning()

    def _show_beginning(self) -> None:
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)
        self.setToolTip(tooltip(self.currentText()))

    def wheelEvent(self, event: QEvent) -> None:
        """Scrolling does not change the reason."""
        event.ignore()


class CollectionForm(Form[RecordDraft]):
    """The fields of a collection record, or some of them; beside each that is empty stands the reason."""

    def __init__(
        self, names: Sequence[str] = ASKED, hint: str = "Open: why is it missing?", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._names, self._hint = tuple(names), hint
        self.reasons: dict[str, ReasonBox] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.rows.addLayout(self._grid)
        for name in self._names:
            self._ask(name)

    def _ask(self, name: str) -> None:
        editor = self._editor(name)
        setattr(self, name, editor)  # by the name of the field, for complaints and conflicts
        reason = self.reasons[name] = ReasonBox(self._hint)
        words = collection_words.field(name)
        title, complaint = Label(words, "label"), Label("", "danger")
        title.setBuddy(editor)
        complaint.hide()
        editor.setAccessibleName(words)
        reason.setAccessibleName(f"{words}: missing because")
        head, beside = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(title)
        head.addStretch(1)
        head.addStrut(HEIGHT)
        self.marks.lay(editor, head)
        beside.setSpacing(8)
        beside.addWidget(editor, 1)
        beside.addWidget(reason)
        row = self._grid.rowCount()
        if name in _GROUPS and row > 1:
            self._grid.setRowMinimumHeight(row, 8)
            row += 1
        self._grid.addLayout(head, row, 0)
        self._grid.addLayout(beside, row, 1)
        self._grid.addWidget(complaint, row + 1, 1)
        for each in (editor, reason):
            self.watch(each)
            self._complaints[each] = complaint
        editor.textChanged.connect(self._show_reasons)

    @staticmethod
    def _editor(name: str) -> Line | Text:
        hint = _HINTS.get(name, "")
        if name == "captured_on":
            return WhenLine()
        return Text(hint, least=2, most=5) if name == "purpose" else Line(hint)

    def read(self) -> RecordDraft:
        """The record as typed; a field that says something needs no reason."""
        said: dict[str, Any] = {name: self._said(name) for name in self._names}
        reasons = ((name, self.reasons[name].currentText().strip()) for name in self._names if not said[name])
        return RecordDraft(**said, missing=tuple((name, reason) for name, reason in reasons if reason))

    def write(self, draft: RecordDraft) -> None:
        """Show a record."""
        for name in self._names:
            editor = getattr(self, name)
            editor.setText(getattr(draft, name))
            if isinstance(editor, Line):
                editor.setCursorPosition(0)  # an address is known by its beginning
            self.reasons[name].say(dict(draft.missing).get(name, ""))
        self._show_reasons()

    def set_writable(self, writable: bool) -> None:
        """Let the fields be edited, or only be read and copied."""
        super().set_writable(writable)
        self._show_reasons()

    def take_time(self, moment: str) -> None:
        """Say that a file was captured at this time."""
        getattr(self, "captured_on").setText(moment)  # noqa: B009 (made by name)
        self.flush()

    def _said(self, name: str) -> str:
        return str(getattr(self, name).text()).strip()

    def _show_reasons(self) -> None:
        for name, reason in self.reasons.items():
            reason.setVisible(not self._said(name))
