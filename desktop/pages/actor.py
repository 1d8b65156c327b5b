"""The page of one actor: its names, where sources contradict each other, and everything that names it in any case."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from db import portraits
from db.change import Notice
from db.errors import CasebookError, NotFound
from db.kinds import Kind
from db.portraits import Mention, Portrait
from desktop import actor_words, wording
from desktop.context import Context
from desktop.panels.attributes import AttributesPanel
from desktop.panels.namesakes import NamesakesPanel
from desktop.widgets.chip import Chip
from desktop.widgets.contradictions import Contradictions
from desktop.widgets.empty import EmptyState
from desktop.widgets.entries import Entry, EntryList
from desktop.widgets.texts import Label, Prose, isolated

_SHOWS = (Kind.ACTOR, Kind.ALIAS, Kind.CLAIM, Kind.APPEARANCE, Kind.ATTRIBUTE, Kind.SOURCE, Kind.CITATION, Kind.CASE)


class ActorPage(QWidget):
    """Shows one actor. `opened` names the case, the kind and the thing to go to; `closed` comes when it is gone."""

    opened = Signal(str, str, str)
    closed = Signal()
    shown = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.context = context
        self.portrait: Portrait | None = None
        self._high = -1
        self._places: dict[str, tuple[str, str, str]] = {}
        self.name, self.kind, self.note = Label("", "title"), Chip(context.theme), Prose("", "soft")
        self.names, self.joined = Prose("", "soft"), Prose("", "soft")
        self.verbs = QHBoxLayout()
        self.contradictions = Contradictions()
        self.attributes, self.namesakes = AttributesPanel(context), NamesakesPanel(context)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.parts = QSplitter(Qt.Orientation.Vertical)
        self.appearances = self._list("Appearances", "clock", "It appears nowhere yet")
        self.claims = self._list("Claims", "quote", "It made no claim yet")
        self.cases = self._list("Cases", "folder", "No case names it yet")
        self._lay_out()
        self.contradictions.opened.connect(self.opened)
        context.bulletin.changed.connect(self._on_changed)

    def _list(self, name: str, icon: str, empty: str) -> EntryList:
        entries = EntryList(self.context.theme, name)
        entries.opened.connect(self._on_opened)
        stack = QStackedWidget()
        stack.addWidget(EmptyState(self.context.theme, icon, empty, "It is shown here, from every case, once it is."))
        stack.addWidget(entries)
        stack.setContentsMargins(16, 14, 16, 12)
        self.tabs.addTab(stack, name)
        return entries

    def _lay_out(self) -> None:
        for place, panel, name in ((0, self.attributes, "What sources say"), (4, self.namesakes, "May be the same")):
            self.tabs.insertTab(place, panel, name)
        head = QFrame()
        head.setObjectName("case-head")
        box = QVBoxLayout(head)
        box.setContentsMargins(16, 10, 16, 10)
        box.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.name)
        line.addWidget(self.kind)
        line.addStretch(1)
        line.addLayout(self.verbs)
        box.addLayout(line)
        for label in (self.names, self.joined, self.note):
            box.addWidget(label)
        self.parts.addWidget(self.contradictions)
        self.parts.addWidget(self.tabs)
        self.parts.setStretchFactor(1, 1)
        self.parts.setChildrenCollapsible(False)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(head)
        rows.addWidget(self.parts, 1)

    def set_verbs(self, shown: Sequence[QAction]) -> None:
        """Put the buttons of these verbs into the head."""
        for action in shown:
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            self.verbs.addWidget(button)

    @property
    def actor_id(self) -> str:
        """The actor in sight; empty where there is none."""
        return self.portrait.actor.id if self.portrait else ""

    def show_actor(self, actor_id: str, home: str = "") -> None:
        """Show an actor; what is new of it is kept in the case `home`, or in the first that names it."""
        self.portrait = portraits.read(self.context.book, actor_id)
        self.tabs.setCurrentIndex(0)
        cases = [card.case_id for card in self.portrait.cases]
        self.attributes.show_actor(self.actor_id, home if home in cases or not cases else cases[0])
        self.namesakes.show_actor(self.actor_id)
        self._show()

    def settle(self) -> bool:
        """Save what is typed; returns whether nothing unsaved is left."""
        return not self.actor_id or self.attributes.settle()

    def start_new(self) -> None:
        """Begin another thing that a source says."""
        self.tabs.setCurrentWidget(self.attributes)
        self.attributes.start_new()

    def _show(self) -> None:
        found = self.portrait
        if found is None:
            return
        self.name.setText(found.actor.name)
        self.kind.say(wording.word(found.actor.kind), "gray")
        scripts = (f"{script}: {isolated_names}" for script, isolated_names in _names(found))
        _say(self.names, "   ".join(scripts))
        others = " · ".join(isolated(part.name) for part in found.parts[1:])
        _say(self.joined, f"Joined with {others}" if others else "")
        _say(self.note, " ".join(part.note for part in found.parts if part.note))
        high = self.contradictions.show_contradictions(found.contradictions)
        if high != self._high:
            self._high = high
            self.parts.setSizes([high, max(1, self.parts.height() - high)])
        self._places = {
            each.id: (each.case_id, str(each.kind), each.id) for each in (*found.claims, *found.appearances)
        }
        self._places |= {card.case_id: (card.case_id, str(Kind.ACTOR), found.actor.id) for card in found.cases}
        self._fill(self.appearances, "Appearances", [_mention(each) for each in found.appearances])
        self._fill(self.claims, "Claims", [_mention(each) for each in found.claims])
        self._fill(self.cases, "Cases", _cases(found))
        self.tabs.setTabText(0, f"What sources say  {len(found.told)}" if found.told else "What sources say")
        self.shown.emit()

    def _fill(self, entries: EntryList, name: str, found: Sequence[Entry]) -> None:
        entries.show_entries(found)
        stack = entries.parentWidget()
        assert isinstance(stack, QStackedWidget)
        stack.setCurrentIndex(1 if found else 0)
        self.tabs.setTabText(self.tabs.indexOf(stack), f"{name}  {len(found)}" if found else name)

    def _on_opened(self, thing: str) -> None:
        if thing in self._places:
            self.opened.emit(*self._places[thing])

    def showEvent(self, event: QShowEvent) -> None:
        """Read what was saved while nobody looked."""
        super().showEvent(event)
        self._read()

    def _read(self) -> None:
        if not self.actor_id:
            return
        try:
            found = portraits.read(self.context.book, self.actor_id)
        except NotFound:
            self.portrait = None
            self.closed.emit()
            return
        if found.actor.id != self.actor_id:  # it is led by another now
            self.show_actor(found.actor.id, self.attributes.home)
            return
        self.portrait = found
        self._show()

    def _on_changed(self, notice: Notice) -> None:
        if self.isVisible() and notice.of(*_SHOWS):
            try:
                self._read()
            except CasebookError as error:
                self.context.report(error)


def _say(label: Label, words: str) -> None:
    label.setText(words)
    label.setVisible(bool(words))


def _names(found: Portrait) -> list[tuple[str, str]]:
    return [(script, isolated(same)) for script, same in actor_words.names(found.actor)]


def _mention(found: Mention) -> Entry:
    badge = found.role.capitalize() if found.role else "Claim"
    return Entry(found.id, found.words or found.place or "Without words", actor_words.mention(found, role=False), badge)


def _cases(found: Portrait) -> list[Entry]:
    entries = []
    for card in found.cases:
        rating = " / ".join(card.ratings) or "No verdict"
        entries.append(Entry(card.case_id, f"{isolated(card.reference)}  {card.title}", card.claim, rating))
    return entries
