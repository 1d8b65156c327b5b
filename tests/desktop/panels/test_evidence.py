"""The evidence of a case: sources by number with their grades, and the files that belong to them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from db import attachments, citations, sources
from db.change import Change
from db.vocabulary import Op, Reliability, Stance
from desktop import wording
from desktop.panels.evidence import EvidencePanel
from tests import makers
from tests.desktop.desk import Desk
from tests.desktop.panels.bench import show


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> EvidencePanel:
    panel = EvidencePanel(desk.context)
    show(panel, desk, qtbot)
    return panel


def attach(desk: Desk, qtbot: QtBot, name: str = "screen.png", source: str = "") -> str:
    """Bytes attached to the case or filed under a source, and their small picture drawn."""
    attachment = makers.attach(desk.book, desk.case_id, makers.picture(), name)
    if source:
        with desk.book.change(Op.EDIT_ATTACHMENT) as change:
            attachments.file_under(change, attachment, source)
    desk.settle(qtbot)
    return attachment


def shown_in(gallery: object) -> list[str]:
    return [each.name for each in gallery._model.rows]  # type: ignore[attr-defined]


def test_sources_stand_by_number_with_stance_and_grade(panel: EvidencePanel, desk: Desk) -> None:
    makers.make_source(desk.book, [desk.case_id], "First report", Stance.SUPPORTS, publisher="Ariana")
    makers.make_source(desk.book, [desk.case_id], "Second report", Stance.REFUTES)
    first, second = panel.list.entries
    assert (first.title, first.badge) == ("1. First report", "Supports")
    assert (second.title, second.badge) == ("2. Second report", "Refutes")
    assert first.subtitle.startswith("F6")
    assert "Ariana" in first.subtitle


def test_source_and_citation_are_saved_as_one_step(panel: EvidencePanel, desk: Desk) -> None:
    makers.make_source(desk.book, [desk.case_id], "Before")
    panel.choose(panel.list.entries[0].id)
    panel.form.title.setText("After")
    panel.form.quotation.setText(makers.PASHTO)
    panel.form.flush()
    (citation,) = citations.of_case(desk.book, desk.case_id)
    assert citation.quotation == makers.PASHTO
    assert sources.one(desk.book, citation.source_id).title == "After"
    desk.book.undo()
    (citation,) = citations.of_case(desk.book, desk.case_id)
    assert citation.quotation == ""
    assert sources.one(desk.book, citation.source_id).title == "Before"


def test_a_grade_is_saved_when_it_is_chosen(panel: EvidencePanel, desk: Desk) -> None:
    makers.make_source(desk.book, [desk.case_id])
    panel.form.reliability.setCurrentIndex(1)
    panel.form.reliability.activated.emit(1)
    (citation,) = citations.of_case(desk.book, desk.case_id)
    assert citation.reliability is Reliability.B
    assert panel.list.entries[0].subtitle.startswith("B6")


def test_a_source_of_another_case_is_cited_here_too(panel: EvidencePanel, desk: Desk) -> None:
    other = makers.make_case(desk.book, "Another claim")
    source = makers.make_source(desk.book, [other], "Shared report")
    assert not panel.list.entries
    panel.cite_existing(source)
    assert [entry.title for entry in panel.list.entries] == ["1. Shared report"]
    assert panel.source_id == source
    assert len(sources.all_of_them(desk.book)) == 1
    panel.form.title.setText("Shared report, corrected")
    panel.form.flush()
    (there,) = sources.of_case(desk.book, other)
    assert there.title == "Shared report, corrected"


def test_deleting_takes_the_source_out_of_this_case_alone(panel: EvidencePanel, desk: Desk) -> None:
    other = makers.make_case(desk.book, "Another claim")
    source = makers.make_source(desk.book, [desk.case_id, other], "Shared report")
    panel.choose(panel.list.entries[0].id)
    panel.delete_current()
    assert not panel.list.entries
    assert [s.id for s in sources.of_case(desk.book, other)] == [source]


def test_files_stand_with_their_source_or_with_the_case(panel: EvidencePanel, desk: Desk, qtbot: QtBot) -> None:
    source = makers.make_source(desk.book, [desk.case_id])
    attach(desk, qtbot, "of source.png", source)
    attach(desk, qtbot, "of case.png")
    assert shown_in(panel.of_case) == ["of case.png"]
    assert shown_in(panel.of_source) == ["of source.png"]
    panel.start_new()
    assert shown_in(panel.of_source) == []


def test_the_files_of_a_source_that_is_cited_no_longer_stand_with_the_case(
    panel: EvidencePanel, desk: Desk, qtbot: QtBot
) -> None:
    attach(desk, qtbot, "kept.png", makers.make_source(desk.book, [desk.case_id]))
    panel.delete_current()
    assert shown_in(panel.of_case) == ["kept.png"]


@pytest.mark.parametrize("find", [lambda source, attachment: source, lambda source, attachment: attachment])
def test_a_hit_in_a_source_or_its_file_leads_to_the_citation(
    panel: EvidencePanel, desk: Desk, qtbot: QtBot, find: Callable[[str, str], str]
) -> None:
    makers.make_source(desk.book, [desk.case_id], "First")
    source = makers.make_source(desk.book, [desk.case_id], "Second")
    attachment = attach(desk, qtbot, source=source)
    panel.choose(panel.list.entries[0].id)
    panel.choose_source(find(source, attachment))
    assert panel.source_id == source


def test_what_the_form_does_not_show_stays(panel: EvidencePanel, desk: Desk) -> None:
    first = makers.make_source(desk.book, [desk.case_id], "Original")

    def write(change: Change) -> None:
        copy = sources.add(change, sources.SourceDraft("Copy", derived_from=first))
        citations.cite(change, desk.case_id, copy, citations.CitationDraft())

    desk.context.save(Op.ADD_SOURCE, write)
    panel.choose(panel.list.entries[1].id)
    panel.form.author.setText("Somebody")
    panel.form.flush()
    copy = sources.one(desk.book, panel.source_id)
    assert (copy.author, copy.derived_from) == ("Somebody", first)


def test_the_words_for_a_stance_are_those_of_everywhere(panel: EvidencePanel) -> None:
    shown = [panel.form.stance.itemText(n) for n in range(panel.form.stance.count())]
    assert shown == [wording.word(stance) for stance in Stance]
