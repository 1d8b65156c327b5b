"""Every form of the case page: a draft that goes in comes out as it was, in any script."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.cases import CaseDraft
from db.citations import CitationDraft
from db.events import EventDraft
from db.notes import TaskDraft
from db.sources import SourceDraft
from db.verdicts import VerdictDraft
from db.vocabulary import (
    ActorKind,
    Confidence,
    Credibility,
    Priority,
    Reliability,
    Role,
    SourceKind,
    Stance,
    Status,
    Tlp,
)  # fmt: skip
from desktop import words as desk_words
from desktop.forms.autosave import Form
from desktop.forms.case_form import CaseForm
from desktop.forms.drafts import ActorText, AppearanceText, ClaimText
from desktop.forms.fields import LanguageBox, WhenLine
from desktop.forms.new_case_form import NewCase
from desktop.forms.things import (
    ActorForm,
    AppearanceForm,
    ClaimForm,
    EventForm,
    EvidenceForm,
    EvidenceText,
    NoteForm,
    TaskForm,
)  # fmt: skip
from desktop.forms.verdict_form import VerdictForm
from tests import makers
from tests.desktop.desk import Desk

few = settings(max_examples=30, deadline=None)
SAMPLES = st.sampled_from(
    [makers.URDU, makers.PASHTO, makers.RUSSIAN, makers.EMOJI, "", "\u200fیک\u200cدو\u2069", "a\u00a0b"]
)
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
PROSE = st.one_of(SAMPLES, st.text(LETTERS, max_size=30), st.just("one\r\ntwo\n\nthree\u2028four\u2029five"))
LINE = st.one_of(SAMPLES, st.text(LETTERS, max_size=30))
TRIMMED = LINE.map(str.strip)
LANGUAGES = st.sampled_from(["", *desk_words.LANGUAGES, "uz-Cyrl", "Wakhi", "پشتو"])
NAMES = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1).map(str.strip).filter(bool),
    max_size=3,
)

CLAIMS = st.builds(ClaimText, PROSE, LANGUAGES, PROSE, TRIMMED, TRIMMED)
EVENTS = st.builds(EventDraft, PROSE, TRIMMED, LINE, PROSE)
APPEARANCES = st.builds(AppearanceText, TRIMMED, st.sampled_from(Role), LINE, TRIMMED, TRIMMED, PROSE, PROSE)
ACTORS = st.builds(ActorText, TRIMMED, st.sampled_from(ActorKind), NAMES.map(tuple), PROSE)
SOURCES = st.builds(
    SourceDraft, LINE, st.sampled_from(SourceKind), TRIMMED, TRIMMED, LINE, LINE, TRIMMED, TRIMMED, LANGUAGES,
    st.just("id of another source"), PROSE,
)  # fmt: skip
CITATIONS = st.builds(
    CitationDraft, st.sampled_from(Stance), st.sampled_from(Reliability), st.sampled_from(Credibility), LINE, PROSE,
    PROSE, LINE, st.just("id of a claim"),
)  # fmt: skip
TASKS = st.builds(TaskDraft, PROSE, st.booleans(), TRIMMED, TRIMMED)
HEADS = st.builds(
    CaseDraft, LINE, st.sampled_from(Status), st.sampled_from(Priority), st.sampled_from(Tlp), TRIMMED, TRIMMED
)


def comes_back(form: Form[Any], draft: object) -> None:
    """What is shown is read again as it was, and showing it is no edit."""
    form.forget()
    form.show_draft(draft)
    assert form.read() == draft
    assert not form.dirty


@few
@given(CLAIMS)
def test_a_claim(qapp: object, draft: ClaimText) -> None:
    comes_back(ClaimForm(), draft)


@few
@given(EVENTS)
def test_an_event(qapp: object, draft: EventDraft) -> None:
    comes_back(EventForm(), draft)


@few
@given(APPEARANCES)
def test_an_appearance(qapp: object, draft: AppearanceText) -> None:
    comes_back(AppearanceForm(), draft)


@few
@given(ACTORS)
def test_an_actor_and_its_aliases(qapp: object, draft: ActorText) -> None:
    comes_back(ActorForm(), draft)


@few
@given(SOURCES, CITATIONS)
def test_a_source_and_its_citation_with_what_the_form_does_not_show(
    qapp: object, source: SourceDraft, citation: CitationDraft
) -> None:
    comes_back(EvidenceForm(), EvidenceText(source, citation))


@few
@given(PROSE)
def test_a_note(qapp: object, text: str) -> None:
    comes_back(NoteForm(), text)


@few
@given(TASKS)
def test_a_task(qapp: object, draft: TaskDraft) -> None:
    comes_back(TaskForm(), draft)


@few
@given(HEADS)
def test_the_head_of_a_case(qapp: object, draft: CaseDraft) -> None:
    comes_back(CaseForm(), draft)


@few
@given(st.builds(NewCase, PROSE, LINE, LANGUAGES, TRIMMED, TRIMMED, LINE))
def test_a_case_that_is_not_opened_yet_is_kept(draft: NewCase) -> None:
    assert NewCase.unpacked(draft.packed()) == draft


def test_nothing_typed_is_nothing_kept() -> None:
    assert NewCase().packed() == ""
    assert NewCase.unpacked("") == NewCase()


def test_a_verdict_in_the_labels_of_the_desk(desk: Desk) -> None:
    form = VerdictForm(desk.context.theme)
    form.offer(desk.book)
    for draft in (
        VerdictDraft("", ""),
        VerdictDraft("Unproven", makers.URDU, Confidence.LOW),
        VerdictDraft("A label that was removed", "why\nnot", Confidence.HIGH),
    ):
        comes_back(form, draft)


def test_what_lines_trim_is_told_from_what_is_typed(qapp: object) -> None:
    """A draft with spaces around a name, as the terminal can make it, is no edit when it is shown."""
    form = AppearanceForm()
    form.show_draft(AppearanceText(actor="  Zalmay ", url=" https://example.org "))
    assert not form.dirty


@pytest.mark.parametrize(
    ("typed", "code"), [("Urdu", "ur"), ("urdu ", "ur"), ("PASHTO", "ps"), ("ur", "ur"), ("Wakhi", "Wakhi"), ("", "")]
)
def test_a_language_is_kept_by_its_code(qapp: object, typed: str, code: str) -> None:
    box = LanguageBox()
    box.setEditText(typed)
    assert box.code == code
    box.choose(code)
    assert box.code == code


def test_a_known_language_is_shown_by_its_name(qapp: object) -> None:
    box = LanguageBox()
    for code, name in desk_words.LANGUAGES.items():
        box.choose(code)
        assert (box.currentText(), box.code) == (name, code)


def test_a_time_says_how_it_is_understood(qapp: object) -> None:
    line = WhenLine()
    line.setText("2025-11")
    assert "2025-11-01" in line.toolTip()
    assert "2025-11-30" in line.toolTip()
    line.setText("some days before the talks")
    assert "Kept as words" in line.toolTip()


def test_one_field_edited_changes_no_other(qapp: object) -> None:
    """What fields make of a text must not come into the casebook with the edit of another field."""
    form = EvidenceForm()
    citation = CitationDraft(quotation="hard\u00a0space\r\nsecond line\u2028third", claim_id="c")
    draft = EvidenceText(SourceDraft("Title", note="tab\there\rend", derived_from="s"), citation)
    form.show_draft(draft)
    form.locator.setText("p. 4")
    assert form.read() == replace(draft, citation=replace(citation, locator="p. 4"))
