"""Other cases that have the same claim, or may have: what was found, and what is suggested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from db import cards, cases, claims, links, verdicts
from db.errors import NotFound
from db.kinds import Kind
from db.links import Link
from db.progress import Progress
from db.vocabulary import Relation
from desktop import reasons, wording
from desktop.context import Context
from desktop.jobs import Job
from desktop.panels.panel import Panel
from desktop.widgets.chip import Mark
from desktop.widgets.comparison import Comparison, Side, Why, Words
from desktop.widgets.empty import EmptyState
from desktop.widgets.entries import Entry, EntryList
from desktop.widgets.texts import Label, Prose, isolated

if TYPE_CHECKING:
    from db.likeness import Suggestion

_LIST, _PAIR = 420, 860
_COLORS = {Relation.SAME: "green", Relation.DIFFERENT: "gray", None: "orange"}


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look through the casebook found, and how many pictures it could not compare."""

    suggestions: tuple[Suggestion, ...] = ()
    not_compared: int = 0


@dataclass(frozen=True, slots=True)
class Other:
    """Another case beside this one: what was found of it, or why it is suggested, or neither."""

    case_id: str
    reference: str
    title: str
    link: Link | None = None
    suggestion: Suggestion | None = None
    over: bool = False


class SameClaimPanel(Panel):
    """On the left the other cases, on the right the chosen one beside this. Looks through the casebook when shown."""

    shows = tuple(kind for kind in Kind if kind not in (Kind.NOTE, Kind.TASK, Kind.TAG, Kind.DESK, Kind.SCALE))
    chosen = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._others: dict[str, Other] = {}
        self._looked = Looked()
        self._picked: tuple[str, ...] = ()
        self._stale = True
        self._job: Job[Looked] | None = None
        self.list = EntryList(context.theme, "Other cases", self)
        self.list.chosen.connect(self._on_chosen)
        self.pair = Comparison(context)
        self._empty = EmptyState(context.theme, "link", "", "")
        self._note = Prose("", "faint")
        self._head = QHBoxLayout()
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.pair)
        self._lay_out()

    def _lay_out(self) -> None:
        self._head.addWidget(Label("Same claim", "heading"))
        self._head.addStretch(1)
        left = QWidget()
        box = QVBoxLayout(left)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(self._head)
        box.addWidget(self.list, 1)
        box.addWidget(self._note)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(left)
        splitter.addWidget(self._stack)
        splitter.setSizes([_LIST, _PAIR])
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 2)
        splitter.setChildrenCollapsible(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 14, 4, 12)
        outer.addWidget(splitter)

    def set_verbs(self, actions: Sequence[QAction], heading: QAction, shown: Sequence[QAction]) -> None:
        """Give the list its context menu, and heading and pair their buttons."""
        menu = QMenu(self)
        menu.addActions(list(actions))
        self.list.set_menu(menu)
        for action in (heading, *shown):
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setProperty("framed", action is not heading)
            (self._head if action is heading else self.pair.buttons).addWidget(button)

    @property
    def current(self) -> Other | None:
        """The other case that is chosen."""
        return self._others.get(self.list.current)

    def show_case(self, case_id: str) -> None:
        """Show another case; what was found for the last one is forgotten."""
        self._looked, self._picked, self._stale = Looked(), (), True
        self.list.choose("")
        super().show_case(case_id)

    def pick(self, case_id: str) -> None:
        """Show a case that a person wants to compare, whatever it is like."""
        if case_id != self.case_id:
            self._picked = (*self._picked, case_id)
            self.refresh()
            self.list.choose(case_id)

    def choose_link(self, link_id: str) -> None:
        """Choose the other case of a link."""
        for other in self._others.values():
            if other.link and link_id in [finding.link_id for finding in other.link.findings]:
                self.list.choose(other.case_id)

    def refresh(self) -> None:
        """Read anew what was found; what may be is looked up when the panel is in sight."""
        self._stale = True
        if self.isVisible():
            self._look()
        self._show_others()

    def showEvent(self, event: QShowEvent) -> None:
        """Look through the casebook when the panel comes into sight."""
        super().showEvent(event)
        if self._stale and self.case_id:
            self._look()
            self._show_others()

    def _look(self) -> None:
        """Look for cases like this one, off the window's thread; an older look is given up."""
        book, case_id = self.context.book, self.case_id
        self._stale = False
        if self._job:
            self._job.cancel()

        def work(progress: Progress) -> Looked:
            from db import likeness  # noqa: PLC0415 (loaded when somebody looks)
            from db.pictures import fingerprints  # noqa: PLC0415 (loaded when somebody looks)

            with book.reader() as reader:
                return Looked(likeness.suggest(reader, case_id, progress), fingerprints.not_drawn(reader))

        def done(looked: Looked) -> None:
            self._on_looked(case_id, looked)

        self._job = self.context.jobs.start("Looking for the same claim", work, done)
        self._job.ended.connect(self._on_ended)

    def _on_looked(self, case_id: str, looked: Looked) -> None:
        if case_id == self.case_id:
            self._looked = looked
            self._show_others()

    def _on_ended(self) -> None:
        if self.sender() is self._job:
            self._job = None
            self._say_empty()

    def _show_others(self) -> None:
        if not self.case_id:
            return
        self._others = {other.case_id: other for other in self._all()}
        self.list.show_entries([_entry(other) for other in self._others.values()])
        self._note.setText(reasons.not_compared(self._looked.not_compared))
        self._note.setVisible(bool(self._note.text()))
        self.counted.emit(len(self._others))
        self._say_empty()
        self._on_chosen()

    def _all(self) -> Iterator[Other]:
        """What was found, what follows from it, what is suggested, and what somebody wants to compare."""
        book = self.context.book
        found = {link.other_id: link for link in links.of_case(book, self.case_id)}
        for link in sorted(found.values(), key=lambda link: link.relation is Relation.DIFFERENT):
            yield Other(link.other_id, link.reference, link.title, link=link)
        over = [other for other in links.same_as(book, self.case_id) if other not in found]
        for card in cards.some(book, over):
            yield Other(card.case_id, card.reference, card.title, over=True)
        known = {*found, *over}
        likely = [each for each in self._looked.suggestions if each.case_id not in known]
        for each in likely:
            yield Other(each.case_id, each.reference, each.title, suggestion=each)
        known |= {each.case_id for each in likely}
        for card in cards.some(book, [other for other in dict.fromkeys(self._picked) if other not in known]):
            yield Other(card.case_id, card.reference, card.title)

    def _say_empty(self) -> None:
        if self._job:
            self._empty.say("Looking for the same claim…", "By its wording, its web addresses and its pictures.")
        else:
            self._empty.say(
                "No case like this one",
                "Cases are compared by wording, web addresses and pictures. You may compare with any other yourself.",
            )

    def _on_chosen(self) -> None:
        other = self.current
        self._stack.setCurrentIndex(1 if other else 0)
        if other:
            self._compare(other)
        self.chosen.emit()

    def _compare(self, other: Other) -> None:
        try:
            shared = other.suggestion.pictures if other.suggestion else ()
            sides = [
                self._side(self.case_id, "This case", tuple(each.sha256 for each in shared)),
                self._side(other.case_id, "", tuple(each.other_sha256 for each in shared)),
            ]
        except NotFound:  # deleted by the save that is being told of; what is left is shown next
            return
        self.pair.compare(_why(other), sides)

    def _side(self, case_id: str, mark: str, pictures: tuple[str, ...]) -> Side:
        book = self.context.book
        case = cases.one(book, case_id)
        marks = (
            Mark(f"{v.rating} – stale" if v.stale else v.rating, v.color) for v in verdicts.standing(book, case_id)
        )
        head = " · ".join(part for part in (isolated(case.reference), wording.word(case.status), mark) if part)
        return Side(head, case.title, tuple(marks), tuple(map(_words, claims.of_case(book, case_id))), pictures)


def _words(claim: claims.Claim) -> Words:
    facts = (claim.claimant, isolated(wording.when(claim.claimed_on)), wording.language(claim.language))
    return Words(claim.text, claim.translation, " · ".join(part for part in facts if part))


def _entry(other: Other) -> Entry:
    title = f"{isolated(other.reference)}  {other.title}"
    if other.link:
        relation = other.link.relation
        return Entry(other.case_id, title, _found(other.link), reasons.relation(other.link), _COLORS[relation])
    if other.over:
        return Entry(other.case_id, title, "Follows over another case", wording.word(Relation.SAME), "green")
    if other.suggestion:
        told = " · ".join(reasons.brief(other.suggestion))
        return Entry(other.case_id, title, f"{told[0].upper()}{told[1:]}", "Maybe the same", "blue")
    return Entry(other.case_id, title, "Not compared yet", "Chosen", "gray")


def _found(link: Link) -> str:
    finding = link.findings[0]
    return " · ".join(part for part in (finding.analyst, finding.desk, finding.reason) if part)


def _why(other: Other) -> Why:
    if other.suggestion:
        return Why("This may be the same claim", reasons.full(other.suggestion))
    if other.over:
        words = "Another case was found to have the claim of both, so they have it of each other."
        return Why("Same claim, over another case", (words,))
    if other.link is None:
        return Why("Is this the same claim?", ("Nobody has compared these two cases yet.",))
    lines = tuple(map(reasons.finding, other.link.findings))
    if other.link.relation is None:
        return Why(
            "Desks differ on whether this is the same claim. Both findings stand until it is settled.",
            lines,
            warning=True,
        )
    return Why(reasons.relation(other.link), lines)
