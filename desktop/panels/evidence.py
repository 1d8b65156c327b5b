"""The evidence of a case: the sources it cites, for and against, and the files attached."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from db import attachments, citations, collecting, confirmation, extracts, independence, posting, sources
from db.attachments import Attachment
from db.change import Change
from db.citations import Citation, CitationDraft
from db.errors import Unconfirmed
from db.formats import Drawable
from db.independence import Origins
from db.kinds import Kind
from db.sources import Source, SourceDraft
from db.vocabulary import Op, Stance
from desktop import grades, origin_words, wording
from desktop.context import Context
from desktop.forms import drafts
from desktop.forms.source_line import SourceChooser
from desktop.forms.things import EvidenceForm, EvidenceText
from desktop.panels.master import MasterPanel, Saying
from desktop.widgets.entries import Entry
from desktop.widgets.gallery import Gallery
from desktop.widgets.once import open_once
from desktop.widgets.texts import Label, Prose, isolated, runs_right_to_left

_COLORS = {Stance.SUPPORTS: "green", Stance.REFUTES: "red", Stance.QUALIFIES: "amber", Stance.CONTEXT: "gray"}

_FILLED, _EMPTY, _HEADING, _WHOLE = 152, 76, 30, 420


def _wants_drawing(attachment: Attachment) -> bool:
    return attachment.drawable is Drawable.UNSEEN and attachment.erased is None


class EvidencePanel(MasterPanel[EvidenceText]):
    """Citations in the order of their numbers; files of the chosen source, and files of the case itself."""

    shows = (Kind.CITATION, Kind.SOURCE, Kind.ATTACHMENT)
    drawn = Signal(object)  # attachments that have small pictures from now on
    saying = Saying("Sources", "book-open", "No source yet", "Add what speaks for and against the claim, and grade it.")
    add_op, edit_op, delete_op = Op.ADD_SOURCE, Op.EDIT_SOURCE, Op.DELETE_CITATION

    def __init__(self, context: Context) -> None:
        self._citations: dict[str, Citation] = {}
        self._sources: dict[str, Source] = {}
        self._drawing: set[str] = set()
        self._reading: set[str] = set()
        self._origins = Origins((), (), ())
        self._lost: Mapping[str, Unconfirmed] = {}
        self._refused: Unconfirmed | None = None
        self._refused_of, self._complained = "", False
        self.counts = Prose("", "soft")
        form = EvidenceForm()
        super().__init__(context, form)
        self._evidence_form = form
        form.derived_from.dress(context.theme)
        form.derived_from.wanted.connect(self._on_wanted_source)
        self.left.insertWidget(1, self.counts)
        self.of_case = self._gallery("Files of the case")
        self.of_source = self._gallery("Files of this source")
        self._used = self.of_case
        self._has_files: bool | None = None
        self._split = self._share(Label("Files of the case", "heading"), self.of_case)
        form.files.addWidget(Label("Files of this source", "heading"))
        form.files.addWidget(self.of_source)

    def _share(self, *files: QWidget) -> QSplitter:
        """Let list and files share the height as a person likes it."""
        below = QWidget()
        box = QVBoxLayout(below)
        box.setContentsMargins(0, 0, 0, 0)
        for widget in files:
            box.addWidget(widget)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.list)
        split.addWidget(below)
        split.setStretchFactor(0, 1)
        split.setChildrenCollapsible(False)
        self.left.addWidget(split, 1)
        return split

    def _gallery(self, name: str) -> Gallery:
        gallery = Gallery(self.context)
        gallery.setAccessibleName(name)
        gallery.setMinimumHeight(_EMPTY)
        gallery.selected_changed.connect(self._on_used)
        return gallery

    def _fill(self, gallery: Gallery, found: Sequence[Attachment]) -> None:
        """Show files; a gallery without any needs no more room than for dropping some."""
        height = _FILLED if found else _EMPTY
        if gallery is self.of_source:
            gallery.setFixedHeight(height)
        elif bool(found) is not self._has_files:
            self._has_files = bool(found)
            whole = sum(self._split.sizes()) or _WHOLE
            self._split.setSizes([whole - height - _HEADING, height + _HEADING])
        gallery.show_attachments(found)

    def refresh(self) -> None:
        """Read sources, citations and files anew."""
        super().refresh()
        found = attachments.of_case(self.context.book, self.case_id)
        self._fill(self.of_case, [a for a in found if a.source_id not in self._sources])
        self._show_files_of_source(found)
        self._draw_small([a for a in found if _wants_drawing(a) and a.sha256 not in self._drawing])
        self._read_out([a for a in found if not a.erased and a.sha256 not in self._reading])

    def _draw_small(self, unseen: Sequence[Attachment]) -> None:
        """Draw what came in and has no small picture yet, off the window's thread."""
        book = self.context.book
        if not unseen or not book.writable:
            return
        self._drawing.update(a.sha256 for a in unseen)
        self.context.jobs.start(
            "Drawing small pictures",
            lambda progress: attachments.draw_small(book.path, unseen, progress),
            lambda _: self._on_drawn(unseen),
        )

    def _on_drawn(self, now: Sequence[Attachment]) -> None:
        if self.case_id:
            self.refresh()
        self.drawn.emit(now)

    def _read_out(self, new: Sequence[Attachment]) -> None:
        """Read the words of documents that came in, off the window's thread, so that search finds them."""
        book = self.context.book
        unread = extracts.unread(book, new) if book.writable else ()
        if unread:
            self._reading.update(a.sha256 for a in unread)
            work = partial(extracts.read_out, book.path, unread)
            self.context.jobs.start("Reading documents", work, lambda _: None)

    def _show_files_of_source(self, found: Sequence[Attachment]) -> None:
        self._fill(self.of_source, [a for a in found if self.source_id and a.source_id == self.source_id])

    def _show(self, thing: str) -> None:
        super()._show(thing)
        if hasattr(self, "of_source"):
            self._show_files_of_source(attachments.of_case(self.context.book, self.case_id))
        self._say_why_not(thing)

    def _say_why_not(self, thing: str) -> None:
        """Say beside the grade that a 1 was refused, or that one that stands holds no longer."""
        refused = self._refused if thing == self._refused_of else None
        lost = self._lost.get(thing)
        if lost:
            words = f"1 no longer holds. {origin_words.unconfirmed(lost)}"
            self.form.complain(self._evidence_form.credibility, words)
        elif refused:
            self.form.complain(self._evidence_form.credibility, str(wording.explain(refused)))
        elif self._complained and not self.form.dirty:
            self.form.accept()
        self._complained = bool(lost or refused)

    @property
    def source_id(self) -> str:
        """The source of the chosen citation; empty where none is chosen."""
        chosen = self._citations.get(self.current)
        return chosen.source_id if chosen else ""

    @property
    def focused_gallery(self) -> Gallery:
        """The gallery that verbs act on: the one that has the focus, or was used last."""
        focus: QWidget | None = self.focusWidget()
        for gallery in (self.of_case, self.of_source):
            if focus and gallery.isAncestorOf(focus):
                return gallery
        return self._used

    def _on_used(self) -> None:
        gallery = self.sender()
        if isinstance(gallery, Gallery):
            self._used = gallery

    def entries(self) -> Sequence[Entry]:
        """The citations with the numbers that the dossier gives their sources."""
        book = self.context.book
        self._citations = {c.id: c for c in citations.of_case(book, self.case_id)}
        self._sources = {s.id: s for s in sources.of_case(book, self.case_id)}
        self._origins = independence.origins(book, self.case_id)
        self._lost = confirmation.lost(book, self.case_id, self._origins)
        self._tell_origins()
        numbers = {source: number for number, source in enumerate(self._sources, 1)}
        return [self._entry(c, numbers[c.source_id]) for c in self._citations.values()]

    def _tell_origins(self) -> None:
        """Count independent origins, not links; and know what the sources are called that others derive from."""
        found = self._origins
        told = f"{origin_words.counted(found)} · {origin_words.stances(found)}" if found.groups else ""
        self.counts.setText(told)
        self.counts.setVisible(bool(told))
        names = {bond.other.id: origin_words.named(bond.other) for bond in found.bonds}
        self._evidence_form.derived_from.offer(names)

    def _entry(self, citation: Citation, number: int) -> Entry:
        source = self._sources[citation.source_id]
        lost = "1 no longer holds" if citation.id in self._lost else ""
        bond = self._origins.bond_of(citation.source_id)
        tied = f"{_capital(origin_words.beside(bond))}." if bond else ""
        grade = grades.told(citation.grade)
        said = source.publisher or source.author
        when = wording.when(source.published_on)
        cut = "cut off" if posting.cut_off(source, citation.quotation) else ""
        line = " · ".join(part for part in (lost, tied, grade, wording.word(source.kind), cut, said, when) if part)
        mark = isolated(f"{number}.") if runs_right_to_left(source.title) else f"{number}."
        stance = citation.stance
        return Entry(citation.id, f"{mark} {source.title}", line, wording.word(stance), _COLORS[stance])

    def things(self, thing: str) -> tuple[str, ...]:
        """A citation, and the source it cites."""
        citation = self._citations.get(thing)
        return (thing, citation.source_id) if citation else (thing,)

    def blank(self) -> EvidenceText:
        """A new source."""
        return EvidenceText(SourceDraft(""), CitationDraft())

    def draft(self, thing: str) -> EvidenceText | None:
        """A citation with its source as the form shows them."""
        citation = self._citations.get(thing)
        if citation is None:
            return None
        source = self._sources[citation.source_id]
        return EvidenceText(drafts.of(SourceDraft, source), drafts.of(CitationDraft, citation))

    def put(self, change: Change, thing: str, draft: EvidenceText) -> str:
        """Write source and citation in one save."""
        if thing:
            sources.edit(change, self._citations[thing].source_id, draft.source)
        else:
            source_id = sources.add(change, draft.source)
            plain = citations.without_confirmation(draft.citation)
            thing = citations.cite(change, self.case_id, source_id, plain)
        try:
            confirmation.edit(change, thing, draft.citation)
        except Unconfirmed as error:
            self._refused, self._refused_of = error, thing
        return thing

    def _on_submitted(self, draft: EvidenceText) -> None:
        """Save; of a 1 that nothing confirms the old grade stays, all else is kept, and it is said why."""
        self._refused = None
        super()._on_submitted(draft)

    def _on_wanted_source(self) -> None:
        """Choose the source that this one comes from."""
        found = [each for each in sources.all_of_them(self.context.book) if each.id != self.source_id]
        title = "Derived from which source"
        chooser = SourceChooser(self.context.theme, found, self.window(), title, "Choose")
        line = self._evidence_form.derived_from

        def chosen() -> None:
            line.offer({each.id: each.title for each in found})
            line.choose(chooser.chosen)
            self.form.flush()

        chooser.accepted.connect(chosen)
        open_once(chooser)

    def remove(self, change: Change, thing: str) -> None:
        """Cite the source here no longer."""
        citations.delete(change, thing)

    def choose_source(self, thing: str) -> None:
        """Choose the citation of a source, or of the source that an attachment, or a record of one, belongs to."""
        found = attachments.of_case(self.context.book, self.case_id)
        records = collecting.of_case(self.context.book, self.case_id)
        thing = next((of for of, record in records.items() if record.id == thing), thing)
        wanted = next((a.source_id for a in found if a.id == thing), thing)
        for citation in self._citations.values():
            if citation.source_id == wanted:
                self.choose(citation.id)
        self.of_case.select(thing)
        self.of_source.select(thing)

    def cite_existing(self, source_id: str) -> None:
        """Cite a source that the casebook has already."""
        self._cite(lambda _change: source_id)

    def cite_address(self, url: str, title: str) -> None:
        """Cite a new source of which no more is known than its web address, and maybe its title."""
        self._cite(lambda change: sources.add(change, SourceDraft(title or url, url=url)))

    def _cite(self, source: Callable[[Change], str]) -> None:
        citation_ids: list[str] = []

        def write(change: Change) -> None:
            citation_ids.append(citations.cite(change, self.case_id, source(change), CitationDraft()))

        if self.settle() and self.context.save(Op.ADD_SOURCE, write):
            self.choose(citation_ids[0])


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
