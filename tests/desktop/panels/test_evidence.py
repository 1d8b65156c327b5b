"""The evidence of a case: sources by number with their grades, and the files that belong to them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db import attachments, citations, sources
from db.change import Change
from db.kinds import Kind
from db.vocabulary import Credibility, Derivation, Op, Reliability, Stance
from desktop import wording
from desktop.forms.source_line import SourceChooser
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


def test_a_source_that_derives_from_another_says_so_and_origins_are_counted(panel: EvidencePanel, desk: Desk) -> None:
    first = makers.make_source(desk.book, [desk.case_id], "Original")
    makers.make_source(desk.book, [desk.case_id], "Copy", derived_from=first, derivation="repost")
    makers.make_source(desk.book, [desk.case_id], "For it", Stance.SUPPORTS)
    assert panel.counts.text() == "3 sources, 2 independent origins · for: 1 origin, against: 1 origin"
    original, copy, _ = panel.list.entries
    assert copy.subtitle == "Repost of 1. · F6 Cannot be judged · Article"
    assert original.subtitle == "F6 Cannot be judged · Article"
    panel.choose(copy.id)
    assert panel.form.derived_from.text() == "1. Original"
    panel.form.derived_from.setFocus()
    QTest.keyClick(panel.form.derived_from, Qt.Key.Key_Delete)
    panel.form.flush()
    assert sources.one(desk.book, panel.source_id).derived_from == ""
    assert "3 independent origins" in panel.counts.text()
    desk.book.undo()
    assert panel.form.derivation.currentText() == "Repost"


def test_where_a_source_comes_from_is_chosen_among_those_of_the_casebook(
    panel: EvidencePanel, desk: Desk, qtbot: QtBot
) -> None:
    wire = makers.make_source(desk.book, [], "Отчёт агентства")
    makers.make_source(desk.book, [desk.case_id], "Copy")
    panel.form.quotation.setText("typed before")
    panel.form.derived_from.setFocus()
    QTest.keyClick(panel.form.derived_from, Qt.Key.Key_Return)
    (chooser,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, SourceChooser) and w.isVisible())
    assert [entry.title for entry in chooser.list.entries] == ["Отчёт агентства"], "a source is not its own origin"
    chooser.line.setText("отчет")
    chooser.accept()
    (cited,) = citations.of_case(desk.book, desk.case_id)
    assert (sources.one(desk.book, cited.source_id).derived_from, cited.quotation) == (wire, "typed before")
    panel.form.derivation.setCurrentIndex(3)
    panel.form.derivation.activated.emit(3)
    assert sources.one(desk.book, cited.source_id).derivation == Derivation.WIRE_COPY
    assert panel.list.entries[0].subtitle.startswith("Wire copy of “Отчёт агентства”.")


def test_a_circle_is_told_beside_the_field_and_what_is_typed_stays(panel: EvidencePanel, desk: Desk) -> None:
    first = makers.make_source(desk.book, [desk.case_id], "Original")
    copy = makers.make_source(desk.book, [desk.case_id], "Copy", derived_from=first)
    panel.choose(panel.list.entries[0].id)
    panel.form.author.setText("Somebody")
    panel.form.derived_from.choose(copy)
    panel.form.flush()
    complaint = panel.form._complaints[panel.form.derived_from]
    assert complaint.text() == "“Copy” comes from this source itself, so this one cannot come from it."
    assert panel.form.author.text() == "Somebody"
    panel.form.derived_from.choose("")
    panel.form.flush()
    assert sources.one(desk.book, first).author == "Somebody"
    assert complaint.isHidden()


def choose_credibility(panel: EvidencePanel, credibility: Credibility) -> None:
    panel.form.credibility.choose(credibility)
    panel.form.credibility.activated.emit(0)


def test_a_one_without_a_second_origin_is_refused_by_name_and_nothing_else_is_lost(
    panel: EvidencePanel, desk: Desk
) -> None:
    first = makers.make_source(desk.book, [desk.case_id], "Original")
    makers.make_source(desk.book, [desk.case_id], "Copy", derived_from=first, derivation="repost")
    panel.choose(panel.list.entries[1].id)
    choose_credibility(panel, Credibility.PROBABLY_TRUE)
    panel.form.quotation.setText("typed meanwhile")
    choose_credibility(panel, Credibility.CONFIRMED)
    complaint = panel.form._complaints[panel.form.credibility]
    assert "1 and 2 are the same origin: 2 is a repost of 1." in complaint.text()
    assert not complaint.isHidden()
    cited = citations.of_case(desk.book, desk.case_id)[1]
    assert (cited.credibility, cited.quotation) == (Credibility.PROBABLY_TRUE, "typed meanwhile")
    assert panel.form.credibility.word is Credibility.PROBABLY_TRUE
    desk.context.save(Op.EDIT_CASE, lambda change: change.put(Kind.CASE, desk.case_id, {"title": "elsewhere"}))
    assert not complaint.isHidden(), "a save elsewhere takes no words away"
    makers.make_source(desk.book, [desk.case_id], "Independent")
    choose_credibility(panel, Credibility.CONFIRMED)
    assert complaint.isHidden()
    assert citations.of_case(desk.book, desk.case_id)[1].credibility is Credibility.CONFIRMED


def test_a_one_that_holds_no_longer_is_marked_until_it_does_again(panel: EvidencePanel, desk: Desk) -> None:
    makers.make_source(desk.book, [desk.case_id], "One")
    other = makers.make_source(desk.book, [desk.case_id], "Other")
    panel.choose(panel.list.entries[0].id)
    choose_credibility(panel, Credibility.CONFIRMED)
    assert panel.list.entries[0].subtitle.startswith("F1 Reliability cannot be judged, confirmed by other sources")
    desk.context.save(Op.DELETE_SOURCE, lambda change: sources.delete(change, other))
    assert panel.list.entries[0].subtitle.startswith("1 no longer holds · F1")
    complaint = panel.form._complaints[panel.form.credibility]
    assert complaint.text().startswith("1 no longer holds. ")
    panel.form.author.setText("Somebody")
    panel.form.flush()
    assert citations.of_case(desk.book, desk.case_id)[0].credibility is Credibility.CONFIRMED
    desk.book.undo()
    desk.book.undo()
    assert panel.list.entries[0].subtitle.startswith("F1 ")
    assert complaint.isHidden()


def test_the_grades_tell_when_they_are_given(panel: EvidencePanel) -> None:
    box = panel.form.reliability
    box.choose(Reliability.B)
    assert "Minor doubts" in box.toolTip()
    assert all(box.itemData(place, Qt.ItemDataRole.ToolTipRole) for place in range(box.count()))


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
