"""The forms of the things of a case: claim, appearance, event, actor, source with citation, note, task."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from db.citations import CitationDraft
from db.events import EventDraft
from db.kinds import Kind
from db.notes import TaskDraft
from db.sources import SourceDraft
from db.vocabulary import ActorKind, Credibility, Derivation, Reliability, Role, SourceKind, Stance
from desktop.forms.autosave import Choice, Form, MaybeChoice
from desktop.forms.drafts import ActorText, AppearanceText, ClaimText
from desktop.forms.fields import GradeChoice, LanguageBox, NameLine, WhenLine
from desktop.forms.source_line import SourceLine
from desktop.grades import meaning
from desktop.widgets.texts import Label, Line, Text
from desktop.wording import word


class ClaimForm(Form[ClaimText]):
    """The words of a claim, who made it and when."""

    editors_of = MappingProxyType({(Kind.CLAIM, "claimant_id"): "claimant"})

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = Text("The claim in the words it was made in", least=3)
        self.translation = Text("The claim in the language of the desk, where it is another")
        self.language, self.claimant, self.claimed_on = LanguageBox(), NameLine("Who says so"), WhenLine()
        self.text.textChanged.connect(lambda: self.language.suggest_for(self.text.text()))
        self.field("Claim, word for word", self.text)
        self.field("Translation", self.translation)
        row = self.beside()
        self.field("Language", self.language, row)
        self.field("Claimant", self.claimant, row, 2)
        self.field("Claimed on", self.claimed_on, row, 2)

    def read(self) -> ClaimText:
        """The claim as typed."""
        return ClaimText(
            self.text.text(), self.language.code, self.translation.text(),
            self.claimant.text().strip(), self.claimed_on.text().strip(),
        )  # fmt: skip

    def write(self, draft: ClaimText) -> None:
        """Show a claim."""
        self.text.setText(draft.text)
        self.language.choose(draft.language)
        self.translation.setText(draft.translation)
        self.claimant.setText(draft.claimant)
        self.claimed_on.setText(draft.claimed_on)


class AppearanceForm(Form[AppearanceText]):
    """One place where the claim was made, carried on or answered."""

    editors_of = MappingProxyType({(Kind.APPEARANCE, "actor_id"): "actor"})

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.actor, self.role, self.seen_on = NameLine("Who"), Choice(Role, word), WhenLine()
        self.channel, self.url = Line("Where: platform, paper, program"), Line("Address")
        self.quotation, self.note = Text("What was said there, word for word", least=3), Text()
        row = self.beside()
        self.field("Actor", self.actor, row, 2)
        self.field("Role", self.role, row)
        row = self.beside()
        self.field("When", self.seen_on, row)
        self.field("Channel", self.channel, row)
        self.field("Address", self.url)
        self.field("Quotation", self.quotation)
        self.field("Note", self.note)

    def read(self) -> AppearanceText:
        """The appearance as typed."""
        return AppearanceText(
            self.actor.text().strip(), self.role.word, self.channel.text(), self.url.text().strip(),
            self.seen_on.text().strip(), self.quotation.text(), self.note.text(),
        )  # fmt: skip

    def write(self, draft: AppearanceText) -> None:
        """Show an appearance."""
        self.actor.setText(draft.actor)
        self.role.choose(draft.role)
        self.channel.setText(draft.channel)
        self.url.setText(draft.url)
        self.seen_on.setText(draft.seen_on)
        self.quotation.setText(draft.quotation)
        self.note.setText(draft.note)


class EventForm(Form[EventDraft]):
    """Something that happened, when and where."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = Text("What happened, in a sentence", least=3)
        self.happened_on, self.place, self.note = WhenLine(), Line("Town, district, country"), Text()
        self.field("What happened", self.text)
        row = self.beside()
        self.field("When", self.happened_on, row)
        self.field("Where", self.place, row)
        self.field("Note", self.note)

    def read(self) -> EventDraft:
        """The event as typed."""
        return EventDraft(self.text.text(), self.happened_on.text().strip(), self.place.text(), self.note.text())

    def write(self, draft: EventDraft) -> None:
        """Show an event."""
        self.text.setText(draft.text)
        self.happened_on.setText(draft.happened_on)
        self.place.setText(draft.place)
        self.note.setText(draft.note)


class ActorForm(Form[ActorText]):
    """An actor and the other names it goes by."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.kind = Line("Name"), Choice(ActorKind, word)
        self.aliases = Text("Other names and spellings, one a line", least=3)
        self.note = Text(least=3)
        row = self.beside()
        self.field("Name", self.name, row, 3)
        self.field("Kind", self.kind, row)
        self.field("Also known as", self.aliases)
        self.field("Note", self.note)

    def read(self) -> ActorText:
        """The actor as typed."""
        aliases = tuple(line.strip() for line in self.aliases.text().splitlines() if line.strip())
        return ActorText(self.name.text().strip(), self.kind.word, aliases, self.note.text())

    def write(self, draft: ActorText) -> None:
        """Show an actor."""
        self.name.setText(draft.name)
        self.kind.choose(draft.kind)
        self.aliases.setText("\n".join(draft.aliases))
        self.note.setText(draft.note)


@dataclass(frozen=True, slots=True)
class EvidenceText:
    """A source and how the case cites it, edited together."""

    source: SourceDraft
    citation: CitationDraft


class EvidenceForm(Form[EvidenceText]):
    """A source, and how the case uses it."""

    editors_of = MappingProxyType({(Kind.CITATION, "note"): "use_note"})

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._claim_id = ""
        self._lay_out_citation()
        self._lay_out_source()

    def _lay_out_citation(self) -> None:
        self.title, self.stance = Line("Title of the source"), Choice(Stance, word)
        self.reliability = GradeChoice(Reliability, word, meaning)
        self.credibility = GradeChoice(Credibility, word, meaning)
        self.locator, self.quotation = Line("Page, paragraph, minute"), Text("The passage, word for word", least=3)
        self.translation, self.use_note = Text("The passage in the language of the desk"), Text(least=1)
        self.field("Source", self.title)
        row = self.beside()
        self.field("Stance to the claim", self.stance, row)
        self.field("Reliability of the source", self.reliability, row, 2)
        self.field("Credibility of the information", self.credibility, row, 2)
        self.field("Quotation", self.quotation)
        self.field("Translation", self.translation)
        row = self.beside()
        self.field("Locator", self.locator, row)
        self.field("Note on this use", self.use_note, row, 2)
        self.files = QVBoxLayout()
        self.rows.addLayout(self.files)

    def _lay_out_source(self) -> None:
        self.rows.addSpacing(6)
        self.rows.addWidget(Label("About the source, in every case that cites it", "heading"))
        self.kind, self.language = Choice(SourceKind, word), LanguageBox()
        for each in (self.title, self.quotation):
            each.textChanged.connect(self._suggest_language)
        self.author, self.publisher = Line(), Line()
        self.published_on, self.accessed_on = WhenLine(), WhenLine()
        self.url, self.archived_url, self.note = Line("https://…"), Line("https://…"), Text()
        row = self.beside()
        self.field("Kind", self.kind, row)
        self.field("Author", self.author, row, 2)
        self.field("Publisher", self.publisher, row, 2)
        row = self.beside()
        self.field("Published", self.published_on, row, 2)
        self.field("Accessed", self.accessed_on, row, 2)
        self.field("Language", self.language, row)
        self.field("Address", self.url)
        self.field("Archived copy", self.archived_url)
        self.derived_from = SourceLine("The source it repeats or comes from; Enter chooses one")
        self.derivation = MaybeChoice(Derivation, word, "Not said")
        row = self.beside()
        self.field("Derived from", self.derived_from, row, 3)
        self.field("How it derives", self.derivation, row, 2)
        self.field("Note on the source", self.note)

    def _suggest_language(self) -> None:
        """The passage tells the language of its source better than the title, where there is one."""
        self.language.suggest_for(self.quotation.text() or self.title.text())

    def read(self) -> EvidenceText:
        """Source and citation as typed."""
        derived_from = self.derived_from.source_id
        source = SourceDraft(
            self.title.text(), self.kind.word, self.url.text().strip(), self.archived_url.text().strip(),
            self.author.text(), self.publisher.text(), self.published_on.text().strip(),
            self.accessed_on.text().strip(), self.language.code, derived_from, self.note.text(),
            str(self.derivation.word or "") if derived_from else "",
        )  # fmt: skip
        citation = CitationDraft(
            self.stance.word, self.reliability.word, self.credibility.word, self.locator.text(),
            self.quotation.text(), self.translation.text(), self.use_note.text(), self._claim_id,
        )  # fmt: skip
        return EvidenceText(source, citation)

    def write(self, draft: EvidenceText) -> None:
        """Show a source and its citation."""
        source, citation = draft.source, draft.citation
        self._claim_id = citation.claim_id
        self.derived_from.choose(source.derived_from)
        self.derivation.choose(source.derivation)
        self.title.setText(source.title)
        self.stance.choose(citation.stance)
        self.reliability.choose(citation.reliability)
        self.credibility.choose(citation.credibility)
        for line, text in (
            (self.locator, citation.locator), (self.author, source.author), (self.publisher, source.publisher),
            (self.published_on, source.published_on), (self.accessed_on, source.accessed_on),
            (self.url, source.url), (self.archived_url, source.archived_url),
        ):  # fmt: skip
            line.setText(text)
        for box, said in (
            (self.quotation, citation.quotation), (self.translation, citation.translation),
            (self.use_note, citation.note), (self.note, source.note),
        ):  # fmt: skip
            box.setText(said)
        self.kind.choose(source.kind)
        self.language.choose(source.language)


class NoteForm(Form[str]):
    """The words of a note."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = Text("What the next reader of this case should know", least=8, most=24)
        self.field("Note", self.text)

    def read(self) -> str:
        """The note as typed."""
        return self.text.text()

    def write(self, draft: str) -> None:
        """Show a note."""
        self.text.setText(draft)


class TaskForm(Form[TaskDraft]):
    """Something to be done, by whom and until when."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text, self.assignee, self.due = Text("What is to be done", least=3), Line("Name"), WhenLine("2026-12-31")
        self.done = QCheckBox("Done")
        self.field("Task", self.text)
        row = self.beside()
        self.field("Assignee", self.assignee, row)
        self.field("Due", self.due, row)
        self.field("State", self.done, row)

    def read(self) -> TaskDraft:
        """The task as typed."""
        return TaskDraft(self.text.text(), self.done.isChecked(), self.assignee.text().strip(), self.due.text().strip())

    def write(self, draft: TaskDraft) -> None:
        """Show a task."""
        self.text.setText(draft.text)
        self.done.setChecked(draft.done)
        self.assignee.setText(draft.assignee)
        self.due.setText(draft.due)
