"""Panels on a bench: what is the same of all of them, told for each kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pytestqt.qtbot import QtBot

from db import citations, claims, events, notes, sources, timeline
from db.casebook import Casebook
from db.change import Change
from db.citations import CitationDraft
from db.claims import ClaimDraft
from db.events import EventDraft
from db.kinds import Kind
from db.notes import TaskDraft
from db.sources import SourceDraft
from db.timeline import AppearanceDraft
from db.vocabulary import Op
from desktop.forms.autosave import Editor
from desktop.panels.claim import ClaimPanel
from desktop.panels.evidence import EvidencePanel
from desktop.panels.master import MasterPanel
from desktop.panels.notes import NotesPanel, TasksPanel
from desktop.panels.panel import Panel
from desktop.panels.timeline import TimelinePanel
from desktop.widgets.texts import Line, Text
from tests.desktop.desk import Desk

NUMBER = re.compile("^\u2066?\\d+\\.\u2069? ")  # of a source; isolated before a right-to-left title


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of thing: its panel, the field with its words, and how somebody elsewhere writes it."""

    panel: type[MasterPanel[Any]]
    field: str
    add: Callable[[Change, str, str], str]
    edit: Callable[[Change, str, str], object]
    words: Callable[[Casebook, str], list[str]]
    required: bool = True


def _whole(change: Change, case_id: str) -> str:
    return claims.of_case(change.writer, case_id)[0].id


def _cite(change: Change, case_id: str, title: str) -> str:
    return citations.cite(change, case_id, sources.add(change, SourceDraft(title)), CitationDraft())


def _edit_source(change: Change, citation_id: str, title: str) -> object:
    source = change.writer.value("SELECT source_id FROM citation WHERE id = :id", id=citation_id)
    return sources.edit(change, source, SourceDraft(title))


class _Events(TimelinePanel):
    """The timeline as one works on its events."""

    add_op, edit_op, delete_op = Op.ADD_EVENT, Op.EDIT_EVENT, Op.DELETE_EVENT

    def start_new(self) -> None:
        if self.form is not self.of_event:
            self.start_new_event()
        else:
            super(TimelinePanel, self).start_new()

    @property
    def can_delete(self) -> bool:
        return self.can_delete_event


SORTS = {
    "claim": Sort(
        ClaimPanel,
        "text",
        lambda change, case, words: claims.add(change, case, ClaimDraft(words, parent_id=_whole(change, case))),
        lambda change, thing, words: change.put(Kind.CLAIM, thing, {"text": words}),
        lambda book, case: [each.text for each in claims.of_case(book, case)][1:],
    ),
    "appearances": Sort(
        TimelinePanel,
        "channel",
        lambda change, case, words: timeline.add(change, case, AppearanceDraft(channel=words)),
        lambda change, thing, words: timeline.edit(change, thing, AppearanceDraft(channel=words)),
        lambda book, case: [each.channel for each in timeline.of_case(book, case)],
        required=False,
    ),
    "events": Sort(
        _Events,
        "text",
        lambda change, case, words: events.add(change, case, EventDraft(words)),
        lambda change, thing, words: events.edit(change, thing, EventDraft(words)),
        lambda book, case: [each.text for each in events.of_case(book, case)],
    ),
    "evidence": Sort(
        EvidencePanel, "title", _cite, _edit_source, lambda book, case: [s.title for s in sources.of_case(book, case)]
    ),
    "notes": Sort(
        NotesPanel, "text", notes.add_note, notes.edit_note,
        lambda book, case: [each.text for each in reversed(notes.of_case(book, case))],
    ),
    "tasks": Sort(
        TasksPanel,
        "text",
        lambda change, case, words: notes.add_task(change, case, TaskDraft(words)),
        lambda change, thing, words: notes.edit_task(change, thing, TaskDraft(words)),
        lambda book, case: [each.text for each in notes.tasks_of_case(book, case)],
    ),
}  # fmt: skip


def show(panel: Panel, desk: Desk, qtbot: QtBot) -> None:
    """The panel in a window of its own, on the case of the desk."""
    panel.resize(1300, 700)
    qtbot.addWidget(panel)
    panel.show_case(desk.case_id)
    with qtbot.waitActive(panel):
        panel.show()
        panel.activateWindow()


class Bench:
    """One panel with its list and form, and how a person uses them."""

    def __init__(self, sort: Sort, desk: Desk, qtbot: QtBot) -> None:
        self.sort, self.desk, self.qtbot = sort, desk, qtbot
        self.panel = sort.panel(desk.context)
        show(self.panel, desk, qtbot)
        self.list = self.panel.list

    @property
    def editor(self) -> Line | Text:
        found: Editor = getattr(self.panel.form, self.sort.field)
        assert isinstance(found, Line | Text)
        return found

    @property
    def saved(self) -> list[str]:
        """The words in the casebook."""
        return self.sort.words(self.desk.book, self.desk.case_id)

    @property
    def listed(self) -> list[str]:
        """What the list shows, without the numbers of sources and the whole claim."""
        titles = [entry.title for entry in self.list.entries if entry.badge != "Claim"]
        return [NUMBER.sub("", title) for title in titles]

    def type(self, words: str) -> None:
        """Replace the words in the field."""
        self.editor.setFocus()
        self.qtbot.waitUntil(self.editor.hasFocus)
        self.editor.selectAll()
        if words:
            self.editor.insert(words) if isinstance(self.editor, Line) else self.editor.insertPlainText(words)
        else:
            self.editor.clear()

    def leave(self) -> None:
        """Go elsewhere with the keyboard."""
        self.list.setFocus()
        self.qtbot.waitUntil(self.list.hasFocus)

    def add(self, words: str) -> None:
        """Make a new one by hand."""
        self.panel.start_new()
        self.type(words)
        self.leave()

    def elsewhere(self, words: str) -> str:
        """Make a new one in another part of the window; returns its id."""
        with self.desk.book.change(self.panel.add_op) as change:
            return self.sort.add(change, self.desk.case_id, words)

    def edit_elsewhere(self, thing: str, words: str) -> None:
        """Change one in another part of the window."""
        with self.desk.book.change(self.panel.edit_op) as change:
            self.sort.edit(change, thing, words)

    def saves(self, op: Op) -> int:
        """How many saves of this sort there have been."""
        return int(self.desk.book.value("SELECT count(DISTINCT save) FROM op WHERE verb = :verb", verb=op))

    def place_of(self, words: str) -> str:
        """The id of the entry with these words."""
        return next(e.id for e in self.list.entries if NUMBER.sub("", e.title) == words)
