"""What sources say of one actor, with the form of what is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from db import attributes, sources
from db.attributes import AttributeDraft, Told
from db.change import Change
from db.kinds import Kind
from db.vocabulary import Op
from desktop import actor_words, wording
from desktop.context import Context
from desktop.forms import drafts
from desktop.forms.attribute_form import AttributeForm
from desktop.forms.source_line import SourceChooser
from desktop.panels.master import MasterPanel, Saying
from desktop.widgets.entries import Entry
from desktop.widgets.once import open_once


class AttributesPanel(MasterPanel[AttributeDraft]):
    """Lists by actor what others list by case. What is new is kept in the case `home`, from which one came."""

    shows = (Kind.ATTRIBUTE, Kind.SOURCE, Kind.CITATION, Kind.ACTOR, Kind.CASE)
    saying = Saying(
        "What sources say", "id-card", "Nothing said yet",
        "Record where this actor comes from, what it is, when it died: each with the source that says so.",
    )  # fmt: skip
    add_op, edit_op, delete_op = Op.ADD_ATTRIBUTE, Op.EDIT_ATTRIBUTE, Op.DELETE_ATTRIBUTE

    def __init__(self, context: Context) -> None:
        self.home = ""
        self._told: dict[str, Told] = {}
        self._form = AttributeForm()
        super().__init__(context, self._form)
        self._form.source.dress(context.theme)
        self._form.source.wanted.connect(self._on_wanted_source)

    def show_actor(self, actor_id: str, home: str) -> None:
        """Show another actor."""
        self.home = home
        self.show_case(actor_id)

    def entries(self) -> Sequence[Entry]:
        """What sources say, in the order of the vocabulary; what is contradicted stands out."""
        book = self.context.book
        self._told = {each.id: each for each in attributes.of_actor(book, self.case_id)}
        disputed = {each.name for each in attributes.contradictions(book, self.case_id)}
        self._form.source.offer({each.source_id: each.source for each in self._told.values()})
        return [
            Entry(each.id, actor_words.said(each), actor_words.basis(each), wording.word(each.name),
                  "orange" if each.name in disputed else "gray")
            for each in self._told.values()
        ]  # fmt: skip

    def place(self, thing: str) -> str:
        """The case that keeps an attribute."""
        return self._told[thing].case_id if thing in self._told else ""

    def blank(self) -> AttributeDraft:
        """The next thing to be said."""
        return AttributeDraft()

    def draft(self, thing: str) -> AttributeDraft | None:
        """What a source says, as the form shows it."""
        found = self._told.get(thing)
        return drafts.of(AttributeDraft, found) if found else None

    def put(self, change: Change, thing: str, draft: AttributeDraft) -> str:
        """Write what a source says."""
        if thing:
            attributes.edit(change, thing, draft)
            return thing
        return attributes.add(change, self.home, self.case_id, draft)

    def remove(self, change: Change, thing: str) -> None:
        """Delete what a source says."""
        attributes.delete(change, thing)

    def _on_wanted_source(self) -> None:
        """Choose the source that says so; those of the case stand first."""
        book = self.context.book
        case_id = self.place(self.current) or self.home
        found = tuple(dict.fromkeys((*sources.of_case(book, case_id), *sources.all_of_them(book))))
        chooser = SourceChooser(self.context.theme, found, self.window(), "Which source says so", "Choose")

        def chosen() -> None:
            self._form.source.offer({each.id: each.title for each in found})
            self._form.source.choose(chooser.chosen)
            self._form.flush()

        chooser.accepted.connect(chosen)
        open_once(chooser)
