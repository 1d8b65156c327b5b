"""What would be attached of a folder: counted and named before anything is read."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from db import folders
from db.folders import Found, Listing
from desktop import wording
from desktop.rows import Column, RowsModel
from desktop.widgets.fitted import Answers, Fitted
from desktop.widgets.rows_view import RowsView
from desktop.widgets.texts import Label, Prose, isolated

_WIDTHS = (360, 90)
_NAMED = 5


class FolderForm(Fitted):
    """Shows a listing; `chosen` carries the files that are to be attached."""

    chosen = Signal(object)

    def __init__(self, listing: Listing, parent: QWidget) -> None:
        super().__init__(parent)
        self._listing = listing
        self.setWindowTitle("Attach a folder")
        self.resize(640, 460)
        columns = (Column("File", _place), Column("Size", _size))
        self.model: RowsModel[Found] = RowsModel(columns, self)
        self.view = RowsView(self.model, "Files in the folder", _WIDTHS, 0, self)
        self.total, self.left = Prose(), Prose(_left_out(listing), "soft")
        self.deep = QCheckBox(_inside(listing))
        self.deep.toggled.connect(self._show)
        buttons = Answers(self, "Attach", self._on_accepted)
        self.button = buttons.answer
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(10)
        heading = Label(f"Attach the folder “{isolated(listing.root.name or str(listing.root))}”", "heading")
        heading.setWordWrap(True)
        for widget in (heading, self.total, self.deep):
            box.addWidget(widget)
        box.addWidget(self.view, 1)
        box.addWidget(self.left)
        box.addWidget(buttons)
        self.deep.setVisible(any(each.deep for each in listing.files))
        self.left.setVisible(bool(self.left.text()))
        self.deep.setChecked(not listing.of(deep=False))
        self._show()

    def _show(self) -> None:
        files = self._listing.of(deep=self.deep.isChecked())
        count = _count(len(files))
        self.model.show(files)
        self.total.setText(
            f"{count}, {wording.size(sum(each.size for each in files))}" if files else "No file to attach"
        )
        self.button.setText(f"Attach {count}")
        self.button.setEnabled(bool(files))

    def _on_accepted(self) -> None:
        self.accept()
        self.chosen.emit(tuple(each.path for each in self.model.rows))


def _inside(listing: Listing) -> str:
    deep = [each for each in listing.files if each.deep]
    count = f"{listing.folders} folder" + ("" if listing.folders == 1 else "s")
    return f"Also from the {count} inside it: {_count(len(deep))}, {wording.size(sum(each.size for each in deep))}"


def _left_out(listing: Listing) -> str:
    """What of the folder is not attached, and why."""
    cut = f"There are more than {folders.MOST:,} files; the others are left out." if listing.cut else ""
    hidden = f"{_count(listing.hidden)} of the system, hidden: left out" if listing.hidden else ""
    links = f"Links are not followed: {_named(listing.links)}" if listing.links else ""
    bad = f"Cannot be read: {_named(listing.unreadable)}" if listing.unreadable else ""
    return "\n".join(part for part in (cut, hidden, links, bad) if part)


def _named(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(map(isolated, names[:_NAMED])) + more


def _place(found: Found) -> str:
    return found.place


def _size(found: Found) -> str:
    return wording.size(found.size)


def _count(number: int) -> str:
    return f"{number:,} {'file' if number == 1 else 'files'}"
