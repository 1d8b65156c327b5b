"""What could leave with a hand-over, case by case, each thing with a tick that says that it leaves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt, Signal

from db.exchange.contents import Contents, Held, Why
from db.exchange.survey import Survey, Thing
from db.kinds import Kind
from desktop import grades, listing, wording
from desktop.listing import Names
from desktop.rows import ROW, Index
from desktop.theme import Theme
from desktop.widgets.texts import tooltip

WHAT, KIND, NOTE = range(3)
_HEADINGS = ("Leaves", "What it is", "")
_ORDER = (
    Kind.CLAIM, Kind.APPEARANCE, Kind.EVENT, Kind.ACTOR, Kind.ALIAS, Kind.ATTRIBUTE, Kind.SOURCE, Kind.CITATION,
    Kind.ATTACHMENT, Kind.PASSAGE, Kind.COLLECTION, Kind.CUSTODY, Kind.VERDICT, Kind.WITHDRAWAL, Kind.TAG, Kind.LINK,
    Kind.NOTE, Kind.TASK,
)  # fmt: skip
_OF_THE_DESK = (Kind.DESK, Kind.SCALE, Kind.RATING)
_ICONS: Mapping[Kind, str] = {
    Kind.CASE: "folder", Kind.CLAIM: "quote", Kind.APPEARANCE: "eye", Kind.ACTOR: "user", Kind.ALIAS: "users",
    Kind.SOURCE: "book-open", Kind.CITATION: "file-text", Kind.ATTACHMENT: "image", Kind.VERDICT: "gavel",
    Kind.WITHDRAWAL: "rotate-ccw", Kind.TAG: "tag", Kind.LINK: "link", Kind.NOTE: "message-square-text",
    Kind.EVENT: "calendar", Kind.PASSAGE: "highlighter", Kind.ATTRIBUTE: "id-card", Kind.COLLECTION: "camera",
    Kind.CUSTODY: "shield-check", Kind.TASK: "square-check",
    Kind.DESK: "user", Kind.SCALE: "scale", Kind.RATING: "scale",
}  # fmt: skip
_SETTLED = (Why.CASE, Why.NEEDS, Why.OTHER_CASE, Why.UNUSED)  # a tick of its own would change nothing


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a thing, and why it stays where it does."""

    thing: Thing
    title: str
    note: str
    leaves: bool
    free: bool

    @property
    def id(self) -> str:
        """The thing."""
        return self.thing.id


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of one case, under the case itself; or those of the desk, under nothing that has a tick."""

    head: Line | None
    title: str
    lines: tuple[Line, ...]


def sections(survey: Survey, contents: Contents, *, leaving: bool = True, staying: bool = True) -> tuple[Section, ...]:
    """Everything that was looked at, case by case, or only what leaves or stays."""
    names, held = Names.of(survey), {each.thing.id: each for each in contents.held}
    lines = {thing.id: _line(thing, names, held.get(thing.id), contents) for thing in survey.things}
    shown = [line for line in lines.values() if (leaving and line.leaves) or (staying and not line.leaves)]
    under: defaultdict[str, list[Line]] = defaultdict(list)
    for line in sorted((line for line in shown if line.thing.kind in _ORDER), key=_place):
        for case in line.thing.cases:
            under[case].append(line)
    found = [Section(lines[case], lines[case].title, tuple(under[case])) for case in survey.cases]
    desk = tuple(line for line in shown if line.thing.kind in _OF_THE_DESK)
    return (*found, Section(None, "Who made it, and the scale of the verdicts", desk)) if desk else tuple(found)


def _place(line: Line) -> int:
    return _ORDER.index(line.thing.kind)


def _line(thing: Thing, names: Names, held: Held | None, contents: Contents) -> Line:
    free = thing.kind not in _OF_THE_DESK and (held is None or held.why not in _SETTLED)
    return Line(thing, names.title(thing), names.why(held) if held else _note(thing, contents), held is None, free)


def _note(thing: Thing, contents: Contents) -> str:
    """What is to be known of a thing that leaves."""
    if thing.kind is Kind.CASE and thing.tlp:
        return wording.word(thing.tlp)
    old = len(listing.earlier(thing))
    parts = [grades.told(thing.grade)] if thing.grade else []
    parts += [f"{old} earlier {'wording leaves' if old == 1 else 'wordings leave'} too"] if old else []
    parts = [listing.betrays(thing), *parts]
    if thing.file:
        leaves = thing.file.sha256 in contents.digests
        parts = [listing.in_file(thing.file) if leaves else "Without its file", wording.size(thing.file.size), *parts]
    return " · ".join(part for part in parts if part)


class HandoverModel(QAbstractItemModel):
    """Two levels: cases, and what belongs to them. `ticked` says which things are to leave from now on, or to stay."""

    ticked = Signal(object, bool)

    def __init__(self, theme: Theme, parent: Any = None) -> None:  # noqa: ANN401
        super().__init__(parent)
        self._theme = theme
        self._sections: tuple[Section, ...] = ()

    def show(self, new: tuple[Section, ...]) -> bool:
        """Make these the sections; returns whether other lines stand there now, or only their words are others."""
        same = list(map(_ids, new)) == list(map(_ids, self._sections))
        if not same:
            self.beginResetModel()
        self._sections = new
        if not same:
            self.endResetModel()
            return True
        for place, section in enumerate(new):
            parent = self.index(place, 0)
            self.dataChanged.emit(parent, self.index(place, NOTE))
            if section.lines:
                self.dataChanged.emit(self.index(0, 0, parent), self.index(len(section.lines) - 1, NOTE, parent))
        return False

    @property
    def sections(self) -> tuple[Section, ...]:
        """What stands there."""
        return self._sections

    def place(self, thing: str) -> QModelIndex:
        """Where a thing stands first; the first line of all where it does not."""
        for row, section in enumerate(self._sections):
            top = self.index(row, 0)
            if section.head and section.head.id == thing:
                return top
            for under, line in enumerate(section.lines):
                if line.id == thing:
                    return self.index(under, 0, top)
        return self.index(0, 0)

    def line(self, index: Index) -> Line | None:
        """The line at an index; none for a heading that is no case."""
        if not index.isValid():
            return None
        if index.internalId() == 0:
            return self._sections[index.row()].head
        return self._sections[index.internalId() - 1].lines[index.row()]

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        """An index; those of the first level carry 0, the others the number of their section."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        """The section of a line."""
        if not index.isValid() or index.internalId() == 0:
            return QModelIndex()
        return self.createIndex(int(index.internalId()) - 1, 0, 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many sections, or lines in one."""
        if not parent.isValid():
            return len(self._sections)
        top = parent.internalId() == 0 and parent.column() == 0
        return len(self._sections[parent.row()].lines) if top else 0

    def columnCount(self, _parent: Index = QModelIndex()) -> int:
        """What it is called, what it is, and what is to be known."""
        return len(_HEADINGS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The first column carries the tick, where there is a choice."""
        plain = super().flags(index)
        line = self.line(index)
        return plain | Qt.ItemFlag.ItemIsUserCheckable if line and line.free and index.column() == WHAT else plain

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """What a view asks of a cell."""
        if not index.isValid():
            return None
        line = self.line(index)
        if line is None:
            return (
                self._sections[index.row()].title
                if role == Qt.ItemDataRole.DisplayRole and not index.column()
                else None
            )
        if role == Qt.ItemDataRole.DisplayRole:
            return (line.title, wording.kind(line.thing.kind), line.note)[index.column()]
        if role == ROW:
            return line
        return self._look(line, index.column(), role)

    def _look(self, line: Line, column: int, role: int) -> Any:  # noqa: ANN401
        color = "text" if column == WHAT and line.leaves else "text-soft"
        found: Any = None
        if role == Qt.ItemDataRole.ToolTipRole:
            found = tooltip("\n".join(part for part in (line.title, line.note) if part))
        elif role == Qt.ItemDataRole.ForegroundRole:
            found = self._theme.color(color)
        elif column == WHAT and role == Qt.ItemDataRole.AccessibleTextRole:
            found = ", ".join((wording.kind(line.thing.kind), line.title, "leaves" if line.leaves else "stays"))
        elif column == WHAT and role == Qt.ItemDataRole.CheckStateRole:
            found = Qt.CheckState.Checked if line.leaves else Qt.CheckState.Unchecked
        elif column == WHAT and role == Qt.ItemDataRole.DecorationRole:
            found = self._theme.icon(_ICONS[line.thing.kind], "text-soft" if line.leaves else "text-faint")
        return found

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401
        """Take a click on a tick."""
        line = self.line(index)
        if role != Qt.ItemDataRole.CheckStateRole or line is None or not line.free:
            return False
        self.ticked.emit(frozenset((line.id,)), Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """The heading of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADINGS[section]
        return None


def _ids(section: Section) -> tuple[str, ...]:
    return (section.title, *(line.id for line in section.lines))
