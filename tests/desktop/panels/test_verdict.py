"""The verdict: kept while it is written, sealed when it is given, honest about what changed afterwards."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db import claims, scales, verdicts
from db.casebook import Casebook
from db.vocabulary import Confidence, Op
from desktop.context import Bulletin, Context
from desktop.panels.verdict import VerdictPanel
from desktop.widgets.chip import Chip
from desktop.widgets.empty import EmptyState
from desktop.widgets.texts import Label
from tests import makers
from tests.desktop.desk import Desk
from tests.desktop.panels.bench import show


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> VerdictPanel:
    panel = VerdictPanel(desk.context)
    show(panel, desk, qtbot)
    return panel


def said(panel: VerdictPanel) -> str:
    """All the words on the cards."""
    QApplication.processEvents()  # what was laid out shows itself then
    return "\n".join(label.text() for label in panel.findChildren(Label) if label.isVisibleTo(panel))


def chips(panel: VerdictPanel) -> list[str]:
    QApplication.processEvents()
    return [chip.accessibleName() for chip in panel.findChildren(Chip) if chip.isVisibleTo(panel)]


def edit_claim(desk: Desk, words: str) -> None:
    with desk.book.change(Op.EDIT_CLAIM) as change:
        (claim,) = claims.of_case(desk.book, desk.case_id)
        claims.edit(change, claim.id, claims.ClaimDraft(words))


def test_without_a_verdict_it_says_what_one_is(panel: VerdictPanel) -> None:
    (state,) = [each for each in panel.findChildren(EmptyState) if each.isVisibleTo(panel)]
    assert "No verdict yet" in state.accessibleName()


def test_a_verdict_that_is_given_is_shown_with_all_that_belongs_to_it(panel: VerdictPanel, desk: Desk) -> None:
    makers.give_verdict(desk.book, desk.case_id, "Misleading context", makers.URDU)
    assert chips(panel) == ["Misleading context"]
    words = said(panel)
    for part in (makers.URDU, "Amina · Kabul desk", "Moderate confidence", "stands", "Evidence sealed"):
        assert part in words


def test_an_older_verdict_stays_in_sight_as_superseded(panel: VerdictPanel, desk: Desk) -> None:
    makers.give_verdict(desk.book, desk.case_id, "Unproven", "At first.")
    makers.give_verdict(desk.book, desk.case_id, "False", "Then.")
    assert chips(panel) == ["False", "Unproven"]
    assert "superseded by a newer verdict" in said(panel)


def test_a_withdrawn_verdict_says_by_whom_and_why(panel: VerdictPanel, desk: Desk) -> None:
    verdict = makers.give_verdict(desk.book, desk.case_id)
    makers.withdraw_verdict(desk.book, verdict, "The recording was found.")
    words = said(panel)
    assert "Withdrawn by Amina" in words
    assert "The recording was found." in words
    assert panel.standing == ()


def test_a_stale_verdict_says_what_changed_and_no_more_when_it_is_undone(panel: VerdictPanel, desk: Desk) -> None:
    makers.give_verdict(desk.book, desk.case_id)
    assert "Stale" not in said(panel)
    edit_claim(desk, "Other words")
    words = said(panel)
    assert "Stale: the evidence has changed" in words
    assert makers.URDU in words
    assert "Other words" in words
    desk.book.undo()
    assert "Stale" not in said(panel)


def test_new_evidence_makes_it_stale_and_a_note_does_not(panel: VerdictPanel, desk: Desk) -> None:
    makers.give_verdict(desk.book, desk.case_id)
    makers.edit_case(desk.book, desk.case_id, "A title")
    assert "Stale" not in said(panel)
    makers.make_source(desk.book, [desk.case_id], "A new report")
    assert "A new report" in said(panel)
    assert "Stale" in said(panel)


def test_many_changes_are_counted_where_they_are_not_listed(panel: VerdictPanel, desk: Desk) -> None:
    makers.give_verdict(desk.book, desk.case_id)
    for number in range(12):
        makers.make_source(desk.book, [desk.case_id], f"Report {number}")
    assert "and 16 more" in said(panel)


def test_what_is_being_written_is_there_again_after_a_restart(panel: VerdictPanel, desk: Desk, qtbot: QtBot) -> None:
    panel.form.rating.setCurrentIndex(panel.form.rating.findText("Half true"))
    panel.form.confidence.choose(Confidence.HIGH)
    panel.form.rationale.insertPlainText(makers.PASHTO)
    assert panel.settle()
    assert desk.reported == []
    desk.context.bulletin.close()
    desk.book.close()
    with Casebook.open(desk.book.path) as book:
        context = Context(
            book, Bulletin(book), desk.context.jobs, desk.context.settings, desk.context.theme, desk.reported.append
        )
        again = VerdictPanel(context)
        qtbot.addWidget(again)
        again.show_case(desk.case_id)
        assert again.form.read() == verdicts.VerdictDraft("Half true", makers.PASHTO, Confidence.HIGH)
        assert verdicts.of_case(book, desk.case_id) == ()
    desk.context.bulletin._leave = lambda: None  # heard no more already


def test_each_case_keeps_its_own_draft(panel: VerdictPanel, desk: Desk) -> None:
    other = makers.make_case(desk.book, "Another claim")
    panel.form.rationale.insertPlainText("of the first")
    panel.settle()
    panel.show_case(other)
    assert panel.form.rationale.text() == ""
    panel.form.rationale.insertPlainText("of the second")
    panel.settle()
    panel.show_case(desk.case_id)
    assert panel.form.rationale.text() == "of the first"


def test_an_emptied_draft_is_kept_no_longer(panel: VerdictPanel, desk: Desk) -> None:
    panel.form.rationale.insertPlainText("words")
    panel.settle()
    panel.form.rationale.clear()
    panel.settle()
    assert desk.book.select("SELECT body FROM draft") == []


def test_a_label_that_the_desk_removes_stays_chosen_in_the_draft(panel: VerdictPanel, desk: Desk) -> None:
    panel.form.rating.setCurrentIndex(panel.form.rating.findText("Satire"))
    panel.settle()
    with desk.book.change(Op.EDIT_SCALE) as change:
        kept = [r for r in scales.ratings(desk.book) if r.label != "Half true"]
        scales.edit(change, [scales.RatingDraft(r.id, r.label, r.value, r.definition, r.color) for r in kept])
    assert panel.form.rating.currentText() == "Satire"
    assert panel.form.rating.findText("Half true") == -1


def test_what_a_rating_means_is_said_below_it(panel: VerdictPanel) -> None:
    panel.form.rating.setCurrentIndex(panel.form.rating.findText("Unproven"))
    assert "neither supports nor contradicts" in said(panel)


def test_a_casebook_to_be_read_shows_the_verdict_and_takes_none(reading_desk: Desk, qtbot: QtBot) -> None:
    panel = VerdictPanel(reading_desk.context)
    show(panel, reading_desk, qtbot)
    assert not panel.form.rating.isEnabled()
    assert panel.form.rationale.isReadOnly()
