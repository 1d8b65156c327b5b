"""Where else a picture stands: the places, and the two pictures beside each other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from db.attachments import Attachment
from db.pictures.seen import How, Sighting
from desktop import seen_words
from desktop.context import Context
from desktop.widgets.empty import EmptyState
from desktop.widgets.entries import Entry, EntryList
from desktop.widgets.texts import Label, Prose, isolated
from desktop.widgets.thumbnails import Thumbnails

_PICTURE = QSize(300, 280)
_COLORS = {How.EXACT: "green", How.SAME: "green"}


class SeenForm(QDialog):
    """Shows the sightings of one attachment. `wanted` carries the id of the case that is to be opened."""

    wanted = Signal(str)

    def __init__(self, context: Context, asked: Attachment, found: Sequence[Sighting], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Seen before")
        self.resize(1000, 520)
        self._asked, self._found = asked, {each.attachment_id: each for each in found}
        self._thumbnails = Thumbnails(context, _PICTURE, self)
        self._thumbnails.arrived.connect(self._draw)
        self.list = EntryList(context.theme, "Where it was seen", self)
        self.list.setVisible(bool(found))
        self.here, self.there = _Beside(), _Beside()
        self.told = Prose("", "soft")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.button = buttons.addButton("Open that case", QDialogButtonBox.ButtonRole.ActionRole)
        self.button.setProperty("primary", True)
        self.button.setEnabled(bool(found))
        self.button.clicked.connect(self._on_open)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(10)
        box.addWidget(Label("Seen before", "title"))
        if found:
            box.addWidget(self._pair(), 1)
        else:
            words = "No other attachment of this casebook shows this picture, be it cut, mirrored or saved anew."
            box.addWidget(EmptyState(context.theme, "fingerprint", "Not seen before", words), 1)
        box.addWidget(buttons)
        self.list.show_entries([_entry(each, asked) for each in found])
        self.list.chosen.connect(self._show)
        self.list.opened.connect(self._on_open)
        if found:
            self.list.choose(found[0].attachment_id)
            self._show()

    def _pair(self) -> QSplitter:
        right = QWidget()
        box = QVBoxLayout(right)
        box.setContentsMargins(12, 0, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.here, 1)
        row.addWidget(self.there, 1)
        box.addLayout(row, 1)
        box.addWidget(self.told)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.addWidget(self.list)
        both.addWidget(right)
        both.setSizes([330, 630])
        both.setChildrenCollapsible(False)
        return both

    def _show(self) -> None:
        chosen = self._found.get(self.list.current)
        if chosen:
            place = "in this case" if chosen.case_id == self._asked.case_id else f"in {isolated(chosen.reference)}"
            self.here.name("This picture", self._asked.name)
            self.there.name(f"Seen {place}", chosen.name)
            self.told.setText(" · ".join(filter(None, (_sentence(chosen), seen_words.alike(chosen)))))
            self._draw()

    def _draw(self) -> None:
        chosen = self._found.get(self.list.current)
        if chosen:
            for beside, digest in ((self.here, self._asked.sha256), (self.there, chosen.sha256)):
                found = self._thumbnails.find(digest, self.devicePixelRatioF())
                if found is not None and not found.isNull():
                    beside.picture.setPixmap(found)
                elif found is not None:
                    beside.picture.setText("No picture to show")

    def _on_open(self) -> None:
        chosen = self._found.get(self.list.current)
        if chosen:
            self.accept()
            self.wanted.emit(chosen.case_id)


class _Beside(QWidget):
    """One of the two pictures with its name."""

    def __init__(self) -> None:
        super().__init__()
        self._head, self._name, self.picture = Label("", "label"), Prose("", "soft"), QLabel()
        self.picture.setFixedHeight(_PICTURE.height())
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setTextFormat(Qt.TextFormat.PlainText)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._head)
        box.addWidget(self.picture)
        box.addWidget(self._name)
        box.addStretch(1)

    def name(self, head: str, name: str) -> None:
        """Say which picture it is; it is drawn when it is read."""
        self._head.setText(head)
        self._name.setText(name)
        self.picture.clear()
        self.picture.setAccessibleName(f"{head}: {name}")


def _entry(found: Sighting, asked: Attachment) -> Entry:
    own = "This case" if found.case_id == asked.case_id else f"{isolated(found.reference)}  {found.title}".rstrip()
    return Entry(
        found.attachment_id, own, found.name, seen_words.HOW[found.how].capitalize(), _COLORS.get(found.how, "orange")
    )


def _sentence(found: Sighting) -> str:
    return f"How they match: {seen_words.HOW[found.how]}"
