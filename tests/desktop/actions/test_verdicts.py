"""Recording a verdict and withdrawing one."""

from __future__ import annotations

from db import cases, verdicts
from db.verdicts import Standing, Verdict
from desktop.widgets.ask import Ask
from desktop.widgets.texts import Label
from tests import makers
from tests.desk import Desk


def given(desk: Desk) -> tuple[Verdict, ...]:
    book = desk.window.workspace.context.book
    return verdicts.of_case(book, cases.find(book, desk.reference).id)


def complaints(desk: Desk) -> list[str]:
    labels = desk.window.findChildren(Label)
    return [label.text() for label in labels if label.property("tone") == "danger" and label.isVisible()]


def test_the_first_time_the_verb_shows_the_form(on_case: Desk) -> None:
    on_case.do("Record verdict")
    assert given(on_case) == ()
    assert on_case.field("Rationale").isVisible()


def test_a_verdict_is_recorded_and_the_form_is_empty_again(on_case: Desk) -> None:
    on_case.give_verdict("Half true", makers.URDU, "Low")
    (verdict,) = given(on_case)
    assert (verdict.rating, verdict.rationale, verdict.confidence) == ("Half true", makers.URDU, "low")
    assert on_case.field("Rationale").text() == ""
    assert makers.URDU in on_case.words
    assert complaints(on_case) == []


def test_without_a_rating_or_a_reason_it_says_what_is_missing(on_case: Desk) -> None:
    on_case.turn_to("Verdict")
    on_case.fill("Rationale", "Because.")
    on_case.do("Record verdict")
    assert complaints(on_case) == ["Choose a rating."]
    on_case.fill("Rating", "False")
    on_case.fill("Rationale", "")
    on_case.do("Record verdict")
    assert given(on_case) == ()
    assert any("Rationale" in words for words in complaints(on_case))
    on_case.fill("Rationale", "Because.")
    on_case.do("Record verdict")
    assert len(given(on_case)) == 1
    assert complaints(on_case) == []


def test_a_newer_verdict_supersedes_the_older(on_case: Desk) -> None:
    on_case.give_verdict("Unproven", "At first.")
    on_case.give_verdict("False", "Then.")
    assert [(v.rating, v.standing) for v in given(on_case)] == [
        ("False", Standing.STANDS),
        ("Unproven", Standing.SUPERSEDED),
    ]


def test_withdrawing_wants_a_reason(on_case: Desk) -> None:
    on_case.give_verdict("Unproven", "Nobody could tell.")
    on_case.do("Withdraw verdict")
    form = on_case._dialog(Ask)
    assert not form.button.isEnabled()
    on_case.fill("Withdraw verdict", "   ", form)
    assert not form.button.isEnabled()
    form.reject()
    assert given(on_case)[0].standing is Standing.STANDS


def test_a_withdrawn_verdict_stays_with_its_reason(on_case: Desk) -> None:
    on_case.give_verdict("Unproven", "At first.")
    on_case.give_verdict("False", "Then.")
    on_case.withdraw_verdict("The recording was found: " + makers.PASHTO)
    newest, older = given(on_case)
    assert (newest.standing, newest.withdrawn_by) == (Standing.WITHDRAWN, "Amina")
    assert newest.reason.endswith(makers.PASHTO)
    assert older.standing is Standing.STANDS
    on_case.withdraw_verdict("This one too.")
    assert not on_case.verb("Withdraw verdict").isEnabled()


def test_the_rating_is_shown_in_the_head_and_in_the_list(on_case: Desk) -> None:
    from desktop.widgets.chip import Chip

    reference = on_case.reference
    on_case.give_verdict("Satire", "It was a joke.")
    shown = [chip.accessibleName() for chip in on_case.window.findChildren(Chip) if not chip.isHidden()]
    assert "Satire" in shown
    on_case.do("All cases")
    model = on_case.window.workspace.cases.model
    row = on_case.listed.index(reference)
    assert model.index(row, 3).data() == "Satire"
