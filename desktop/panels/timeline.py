"""The line of time of a case: where its claim appeared, and what happened around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from db import actors, events, timeline
from db.change import Change
from db.events import Event, EventDraft
from db.kinds import Kind
from db.timeline import Appearance, AppearanceDraft, Moment
from db.vocabulary import Op, Role
from desktop import wording
from desktop.context import Context
from desktop.forms import drafts
from desktop.forms.autosave import Form
from desktop.forms.drafts import AppearanceText
from desktop.forms.things import AppearanceForm, EventForm
from desktop.panels.master import MasterPanel, Saying
from desktop.widgets.entries import Entry
from desktop.widgets.texts import isolated

_COLORS = {Role.ORIGIN: "orange", Role.AMPLIFICATION: "amber", Role.REBUTTAL: "blue", Role.CORRECTION: "green"}
Draft = AppearanceText | EventDraft


class TimelinePanel(MasterPanel[Any]):
    """Who made the claim, carried it on or answered it, and what happened: each with the form that it needs."""

    shows = (Kind.APPEARANCE, Kind.EVENT, Kind.ACTOR)
    saying = Saying(
        "Timeline", "clock", "Nothing on the timeline yet",
        "Record where the claim was made, carried on and answered, and what happened around it.",
    )  # fmt: skip
    add_op, edit_op, delete_op = Op.ADD_APPEARANCE, Op.EDIT_APPEARANCE, Op.DELETE_APPEARANCE

    def __init__(self, context: Context) -> None:
        self._found: dict[str, Moment] = {}
        self.of_appearance, self.of_event = AppearanceForm(), EventForm()
        super().__init__(context, self.of_appearance)
        self.right.insertWidget(self.right.indexOf(self.of_appearance), self.of_event)
        self.of_event.hide()
        self.of_event.set_writable(context.book.writable)
        self.of_event.submitted.connect(self._on_submitted)

    @property
    def forms(self) -> tuple[Form[Any], ...]:
        """The form of an appearance and that of an event."""
        return (self.of_appearance, self.of_event)

    def _use(self, form: Form[Any]) -> None:
        """Edit with the form of an appearance or with that of an event."""
        self.form = form
        for each in self.forms:
            each.setVisible(each is form)
        event = form is self.of_event
        self.add_op = Op.ADD_EVENT if event else Op.ADD_APPEARANCE
        self.edit_op = Op.EDIT_EVENT if event else Op.EDIT_APPEARANCE
        self.delete_op = Op.DELETE_EVENT if event else Op.DELETE_APPEARANCE

    def entries(self) -> Sequence[Entry]:
        """Appearances and events together, earliest first."""
        self._found = {each.id: each for each in timeline.moments(self.context.book, self.case_id)}
        self.of_appearance.actor.offer(actors.names(self.context.book))
        return [_event(each) if isinstance(each, Event) else _appearance(each) for each in self._found.values()]

    def start_new(self) -> None:
        """Show an empty form for a new appearance."""
        self._start(self.of_appearance)

    def start_new_event(self) -> None:
        """Show an empty form for a new event."""
        self._start(self.of_event)

    def _start(self, form: Form[Any]) -> None:
        if self.settle():
            self.form.forget()
            self._use(form)
            super().start_new()

    def blank(self) -> Draft:
        """A new event, or a new appearance: the origin where none is recorded."""
        if self.form is self.of_event:
            return EventDraft("")
        known = any(isinstance(a, Appearance) and a.role is Role.ORIGIN for a in self._found.values())
        return AppearanceText(role=Role.AMPLIFICATION if known else Role.ORIGIN)

    def _show(self, thing: str) -> None:
        if thing in self._found:
            event = isinstance(self._found[thing], Event)
            self._use(self.of_event if event else self.of_appearance)
        super()._show(thing)

    def draft(self, thing: str) -> Draft | None:
        """An appearance or an event as its form shows it."""
        found = self._found.get(thing)
        if isinstance(found, Event):
            return drafts.of(EventDraft, found)
        return drafts.of(AppearanceText, found) if found else None

    def put(self, change: Change, thing: str, draft: Draft) -> str:
        """Write an event; or an appearance and, where the name is new, its actor."""
        if isinstance(draft, EventDraft):
            if not thing:
                return events.add(change, self.case_id, draft)
            events.edit(change, thing, draft)
            return thing
        return self._put_appearance(change, thing, draft)

    def _put_appearance(self, change: Change, thing: str, draft: AppearanceText) -> str:
        old = self._found.get(thing)
        actor = actors.named_instead(change, old.actor_id if isinstance(old, Appearance) else "", draft.actor)
        new = AppearanceDraft(actor, draft.role, draft.channel, draft.url, draft.seen_on, draft.quotation, draft.note)
        if thing:
            timeline.edit(change, thing, new)
            return thing
        return timeline.add(change, self.case_id, new)

    def remove(self, change: Change, thing: str) -> None:
        """Delete an appearance or an event."""
        if isinstance(self._found.get(thing), Event):
            events.delete(change, thing)
        else:
            timeline.delete(change, thing)

    @property
    def can_delete(self) -> bool:
        """Whether an appearance is chosen."""
        return isinstance(self._found.get(self.list.current), Appearance)

    @property
    def can_delete_event(self) -> bool:
        """Whether an event is chosen."""
        return isinstance(self._found.get(self.list.current), Event)


def _appearance(found: Appearance) -> Entry:
    where = found.channel if found.actor else ""
    title = found.actor or found.channel or "Unknown actor"
    return Entry(found.id, title, _line(found.seen_on, where), wording.word(found.role), _COLORS[found.role])


def _event(found: Event) -> Entry:
    return Entry(found.id, found.text, _line(found.happened_on, found.place), "Event", "violet")


def _line(when: str, where: str) -> str:
    return " · ".join(part for part in (isolated(wording.when(when)) or "time unknown", where) if part)
