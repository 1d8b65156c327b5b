"""The appearances of a claim in the order of time."""

from __future__ import annotations

from collections.abc import Sequence

from db import actors, timeline
from db.change import Change
from db.kinds import Kind
from db.timeline import Appearance, AppearanceDraft
from db.vocabulary import Op, Role
from desktop import wording
from desktop.context import Context
from desktop.forms import drafts
from desktop.forms.drafts import AppearanceText
from desktop.forms.things import AppearanceForm
from desktop.panels.master import MasterPanel, Saying
from desktop.widgets.entries import Entry
from desktop.widgets.texts import isolated

_COLORS = {Role.ORIGIN: "orange", Role.AMPLIFICATION: "amber", Role.REBUTTAL: "blue", Role.CORRECTION: "green"}


class AppearancesPanel(MasterPanel[AppearanceText]):
    """Who made the claim where and when, who carried it on, who answered."""

    shows = (Kind.APPEARANCE, Kind.ACTOR)
    saying = Saying(
        "Appearances", "clock", "No appearance yet", "Record where the claim was made, carried on, and answered."
    )
    add_op, edit_op, delete_op = Op.ADD_APPEARANCE, Op.EDIT_APPEARANCE, Op.DELETE_APPEARANCE

    def __init__(self, context: Context) -> None:
        self._found: dict[str, Appearance] = {}
        self._form = AppearanceForm()
        super().__init__(context, self._form)

    def entries(self) -> Sequence[Entry]:
        """The appearances, earliest first."""
        self._found = {each.id: each for each in timeline.of_case(self.context.book, self.case_id)}
        self._form.actor.offer(tuple(actor.name for actor in actors.everyone(self.context.book)))
        return [
            Entry(a.id, a.actor or a.channel or "Unknown actor", _line(a), wording.word(a.role), _COLORS[a.role])
            for a in self._found.values()
        ]

    def blank(self) -> AppearanceText:
        """A new appearance: the origin where none is recorded."""
        known = any(a.role is Role.ORIGIN for a in self._found.values())
        return AppearanceText(role=Role.AMPLIFICATION if known else Role.ORIGIN)

    def draft(self, thing: str) -> AppearanceText | None:
        """An appearance as the form shows it."""
        found = self._found.get(thing)
        return drafts.of(AppearanceText, found) if found else None

    def put(self, change: Change, thing: str, draft: AppearanceText) -> str:
        """Write an appearance and, where the name is new, its actor."""
        old = self._found.get(thing)
        actor = actors.named_instead(change, old.actor_id if old else "", draft.actor)
        new = AppearanceDraft(actor, draft.role, draft.channel, draft.url, draft.seen_on, draft.quotation, draft.note)
        if thing:
            timeline.edit(change, thing, new)
            return thing
        return timeline.add(change, self.case_id, new)

    def remove(self, change: Change, thing: str) -> None:
        """Delete an appearance."""
        timeline.delete(change, thing)


def _line(appearance: Appearance) -> str:
    when = isolated(wording.when(appearance.seen_on)) or "time unknown"
    return " · ".join(part for part in (when, appearance.channel if appearance.actor else "") if part)
