"""The verbs of cases: opened, found, exported, deleted, and brought back whole."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from db import cases, citations, claims, drafts, history, verdicts
from db.errors import NotFound
from desktop.forms.new_case_form import NewCaseForm
from desktop.widgets.ask import Ask
from tests import makers
from tests.desk import Desk, gone


def book_of(desk: Desk):
    return desk.window.workspace.context.book


def test_a_new_case_is_shown_with_its_reference(at_list: Desk) -> None:
    at_list.new_case(makers.EMOJI, title="Third", tags="one, دو , ,one")
    assert at_list.on_case
    assert at_list.reference.endswith("-0003")
    assert at_list.reference in at_list.title
    assert at_list.field("Title").text() == "Third"
    case = cases.find(book_of(at_list), at_list.reference)
    assert claims.of_case(book_of(at_list), case.id)[0].text == makers.EMOJI
    at_list.do("All cases")
    assert len(at_list.listed) == 3


def test_a_new_case_is_one_step_back(at_list: Desk) -> None:
    at_list.new_case("A claim", claimant="Somebody new", tags="a, b")
    at_list.undo()
    assert not at_list.on_case
    assert len(at_list.listed) == 2
    at_list.redo()
    assert len(at_list.listed) == 3


def test_a_case_that_is_begun_and_left_is_there_again(at_list: Desk) -> None:
    at_list.do("New case")
    form = at_list._dialog(NewCaseForm)
    at_list.fill("Claim", makers.PASHTO, form)
    at_list.fill("Tags", "kept", form)
    form.reject()
    assert len(at_list.listed) == 2
    at_list.do("New case")
    form = at_list._dialog(NewCaseForm)
    assert at_list.field("Claim", form).text() == makers.PASHTO
    at_list._push("Open the case", form)
    at_list.wait(lambda: at_list.on_case)
    assert drafts.read(book_of(at_list), "new case") == ""
    at_list.do("New case")
    assert at_list.field("Claim", at_list._dialog(NewCaseForm)).text() == ""


def test_a_case_needs_a_claim(at_list: Desk) -> None:
    at_list.do("New case")
    form = at_list._dialog(NewCaseForm)
    at_list.fill("Title", "only a title", form)
    assert not form.button.isEnabled()
    at_list.fill("Claim", "  \n ", form)
    assert not form.button.isEnabled()


def test_open_goes_to_the_chosen_case(at_list: Desk) -> None:
    reference = at_list.listed[1]
    at_list.choose_cases(reference)
    at_list.do("Open case")
    assert at_list.on_case
    assert at_list.reference == reference


def test_the_reference_is_copied(on_case: Desk) -> None:
    on_case.do("Copy reference")
    assert QGuiApplication.clipboard().text() == on_case.reference


def test_deleting_asks_and_says_what_becomes_of_it(on_case: Desk) -> None:
    on_case.do("Delete case")
    form = on_case._dialog(Ask)
    assert on_case.reference in form.windowTitle()
    on_case.qtbot.keyClick(form, Qt.Key.Key_Escape)
    on_case.wait(lambda: gone(form))
    assert on_case.on_case


def test_a_deleted_case_is_out_of_sight_and_undo_brings_all_of_it_back(on_case: Desk) -> None:
    book, reference = book_of(on_case), on_case.reference
    on_case.add_source("A second report", Quotation=makers.URDU)
    on_case.give_verdict("Unproven", "Nobody could tell.")
    case = cases.find(book, reference)
    on_case.delete_case("Opened twice.")
    on_case.wait(lambda: not on_case.on_case)
    assert reference not in on_case.listed
    assert on_case.told == []
    entry = history.of_case(book, case.id)[0]
    assert (entry.verb, entry.reason) == ("delete case", "Opened twice.")
    on_case.undo()
    assert reference in on_case.listed
    on_case.open_case(reference)
    assert {c.quotation for c in citations.of_case(book, case.id)} == {"", makers.URDU}
    assert len(verdicts.standing(book, case.id)) == 1
    assert not verdicts.standing(book, case.id)[0].stale


def test_a_case_deleted_from_the_list_goes_with_no_reason(at_list: Desk) -> None:
    reference = at_list.listed[1]
    case = cases.find(book_of(at_list), reference)
    at_list.choose_cases(reference)
    at_list.delete_case()
    at_list.wait(lambda: reference not in at_list.listed)
    try:
        cases.one(book_of(at_list), case.id)
    except NotFound:
        return
    raise AssertionError("it is still there")


def test_a_reference_is_never_given_again(at_list: Desk) -> None:
    at_list.new_case("Third claim")
    at_list.delete_case()
    at_list.wait(lambda: not at_list.on_case)
    at_list.new_case("Fourth claim")
    assert at_list.reference.endswith("-0004")


def test_a_dossier_of_several_cases(at_list: Desk, tmp_path: Path) -> None:
    at_list.choose_cases(*at_list.listed)
    out = tmp_path / "both.pdf"
    at_list.export(out)
    assert out.read_bytes().startswith(b"%PDF")
    assert str(out) in at_list.status
    assert at_list.told == []


def test_a_dossier_that_cannot_be_written_says_so(on_case: Desk, tmp_path: Path) -> None:
    on_case.window.workspace.verbs.write_dossier(
        on_case.window.workspace.chosen(), tmp_path / "missing folder" / "out.pdf", _options()
    )
    on_case.rest()
    assert len(on_case.told) == 1
    assert "out.pdf" in on_case.told[0] or "missing folder" in on_case.told[0]
    on_case.dismiss()


def test_a_character_that_no_font_has_is_named(on_case: Desk, tmp_path: Path) -> None:
    on_case.add("note", {"Note": "words"})
    on_case.turn_to("Claim")
    on_case.fill("Translation", "\U00012000 cuneiform")
    on_case.leave()
    out = tmp_path / "out.pdf"
    on_case.export(out)
    assert len(on_case.told) == 1
    assert "U+12000" in on_case.told[0] or "CUNEIFORM" in on_case.told[0].upper()
    assert not out.exists()
    on_case.dismiss()


def test_enter_in_the_list_opens_and_alt_left_comes_back_to_the_same_case(at_list: Desk) -> None:
    reference = at_list.listed[1]
    at_list.open_case(reference)
    at_list.press("Alt+Left")
    at_list.wait(lambda: not at_list.on_case)
    view = at_list.window.workspace.cases.view
    assert QApplication.focusWidget() is view
    assert at_list.listed[view.currentIndex().row()] == reference


def _options():
    from desktop.dossier.options import DEFAULT

    return DEFAULT
