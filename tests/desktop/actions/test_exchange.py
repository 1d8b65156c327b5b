"""The verbs of exchange: what leaves is confirmed by name, what comes is shown first and kept in one save."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from db import cases, claims, history, sources, verdicts
from db.casebook import Casebook
from db.check import check
from db.exchange import exports
from db.exchange.vocabulary import Medium
from db.vocabulary import Op
from desktop.forms.leaving_form import Leave, LeavingForm
from desktop.forms.offers_form import OffersForm
from tests.db.exchange.test_reviews import WHOLE
from tests.desk import Desk, gone
from tests.makers import RUSSIAN, URDU

MANY = "Claim\n" + "".join(f"Claim number {n}\n" for n in range(300))


def book_of(desk: Desk) -> Casebook:
    assert desk.window.workspace
    return desk.window.workspace.context.book


def claims_in(book: Casebook) -> set[str]:
    return {claims.whole(book, each.id).text for each in exports.leaving(book)}


def test_a_case_that_is_marked_leaves_only_when_it_is_ticked(at_list: Desk, tmp_path: Path) -> None:
    at_list.do("Export as JSON")
    form = at_list._dialog(LeavingForm)
    assert [case.tlp for case in form.model.rows] == ["AMBER"]
    assert not form.button.isEnabled()
    form.reject()
    second = max(at_list.listed)
    out = tmp_path / "out.json"
    at_list.let_go("JSON", out, second)
    assert [case["case"]["reference"] for case in json.loads(out.read_bytes())["cases"]] == [second]
    assert str(out) in at_list.status
    assert at_list.told == []


def test_the_case_in_sight_leaves_as_a_review_with_its_address(on_case: Desk, tmp_path: Path) -> None:
    on_case.give_verdict("False", "It is not so.")
    out = tmp_path / "out.json"
    on_case.let_go("ClaimReview", out, on_case.reference, Web_address="https://desk.example/1")
    found = json.loads(out.read_bytes())
    assert (found["url"], found["claimReviewed"]) == ("https://desk.example/1", RUSSIAN)


def test_what_is_typed_is_saved_before_it_leaves(on_case: Desk, tmp_path: Path) -> None:
    on_case.turn_to("Claim")
    on_case.fill("Translation", "typed just now")
    out = tmp_path / "out.csv"
    on_case.let_go("CSV", out, on_case.reference)
    assert "typed just now" in out.read_text("utf-8")


def test_a_name_for_the_file_is_made_of_references(at_list: Desk) -> None:
    for medium, ending in (
        ("CSV", " and 1 more cases.csv"),
        ("ClaimReview", " and 1 more ClaimReview.json"),
        ("JSON", " and 1 more.json"),
    ):
        at_list.choose_cases(*at_list.listed)
        at_list.do(f"Export as {medium}")
        form = at_list._dialog(LeavingForm)
        form.view.selectAll()
        at_list.qtbot.keyClick(form.view, Qt.Key.Key_Space)
        at_list._push("Choose the file…", form)
        chooser = at_list._dialog(QFileDialog)
        assert Path(chooser.selectedFiles()[0]).name == sorted(at_list.listed)[0] + ending
        chooser.reject()
        at_list.wait(lambda chooser=chooser: gone(chooser))


def test_an_export_that_cannot_be_written_says_so(at_list: Desk, tmp_path: Path) -> None:
    workspace = at_list.window.workspace
    assert workspace
    leave = Leave(exports.leaving(book_of(at_list)), exports.Wanted(Medium.CSV))
    workspace.exchange.write(leave, tmp_path / "missing folder" / "out.csv")
    at_list.rest()
    assert len(at_list.told) == 1
    assert "out.csv" in at_list.told[0]
    at_list.dismiss()


def test_an_empty_casebook_has_nothing_to_let_go(welcome: Desk, tmp_path: Path) -> None:
    welcome.new_casebook(tmp_path / "empty.casebook")
    assert not welcome.verb("Export as CSV").isEnabled()
    assert welcome.verb("Import").isEnabled()
    welcome.new_case("A claim")
    assert welcome.verb("Export as CSV").isEnabled()


def test_a_table_is_shown_first_and_kept_in_one_save(at_list: Desk, tmp_path: Path) -> None:
    book, file = book_of(at_list), tmp_path / "table.csv"
    file.write_text(f"Claim;Views\nNew <b>claim</b>;1\n{URDU};2\n;3\n", "utf-8")
    before = claims_in(book)
    form = at_list.look_into(file)
    assert form.summary.text() == "2 new cases, 1 refused."
    assert claims_in(book) == before
    at_list.keep(form)
    assert claims_in(book) == before | {"New <b>claim</b>", URDU}
    assert "2 new cases" in at_list.status
    assert len(at_list.listed) == 4
    at_list.undo()
    assert claims_in(book) == before
    assert len(at_list.listed) == 2


def test_discarding_leaves_everything_as_it_was(at_list: Desk, tmp_path: Path) -> None:
    book, file = book_of(at_list), tmp_path / "table.csv"
    file.write_text("Claim\nA claim\n", "utf-8")
    before = book.value("SELECT count(*) FROM op")
    form = at_list.look_into(file)
    at_list._push("Discard", form)
    at_list.wait(lambda: gone(form))
    assert book.value("SELECT count(*) FROM op") == before


def test_a_review_of_others_comes_in_as_a_source(at_list: Desk, tmp_path: Path) -> None:
    book, file = book_of(at_list), tmp_path / "review.json"
    file.write_text(json.dumps(WHOLE), "utf-8")
    at_list.keep(at_list.look_into(file))
    case = cases.find(book, max(at_list.listed))
    assert [source.url for source in sources.of_case(book, case.id)] == ["https://checks.example/1"]
    assert verdicts.of_case(book, case.id) == ()
    assert history.of_case(book, case.id)[0].verb == Op.TAKE_IN
    form = at_list.look_into(file)
    assert form.summary.text() == "0 new fact checks, 1 here already."
    assert not form.button.isEnabled()
    form.reject()


def test_taking_in_can_be_stopped_and_leaves_nothing(at_list: Desk, tmp_path: Path) -> None:
    book, file = book_of(at_list), tmp_path / "many.csv"
    file.write_text(MANY, "utf-8")
    form = at_list.look_into(file)
    before = book.value("SELECT count(*) FROM op")
    at_list.window.jobs.started.connect(lambda job: job.cancel())
    form.button.click()
    at_list.rest()
    assert form.isVisible()
    assert form.button.isEnabled()
    assert "Stopped" in at_list.status
    assert book.value("SELECT count(*) FROM op") == before
    form.reject()


def test_an_older_encoding_is_asked_for_where_unicode_will_not_do(at_list: Desk, tmp_path: Path) -> None:
    file = tmp_path / "old.csv"
    file.write_bytes(f"Claim\n{RUSSIAN}\n".encode("windows-1251"))
    form = at_list.look_into(file)
    assert "not in Unicode" in form.summary.text()
    assert not form.button.isEnabled()
    at_list.fill("Letters", "Windows-1251, as older Russian programs write", form)
    at_list.rest()
    at_list.wait(lambda: form.model.rowCount() == 1)
    assert form.model.index(0, 3).data() == RUSSIAN
    at_list.keep(form)
    assert len(at_list.listed) == 3


@pytest.mark.parametrize("text", ["", "Title\nno claim\n", "[" * 5000, '{"@type": "Article"}'])
def test_a_file_that_holds_nothing_is_told_and_no_window_opens(at_list: Desk, tmp_path: Path, text: str) -> None:
    file = tmp_path / "nothing.csv"
    file.write_text(text, "utf-8")
    at_list.do("Import")
    at_list._choose(file)
    at_list.wait(lambda: at_list.told)
    assert "nothing.csv" in at_list.told[0]
    assert not at_list.window.findChildren(OffersForm)
    at_list.dismiss()


def test_a_disk_that_is_full_leaves_the_window_and_the_casebook_as_they_were(at_list: Desk, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    book, file = book_of(at_list), tmp_path / "table.csv"
    file.write_text(MANY, "utf-8")
    form = at_list.look_into(file)
    before, (_, most) = book.value("SELECT count(*) FROM op"), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (book.path.stat().st_size, most))
    try:
        form.button.click()
        at_list.rest()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    assert len(at_list.told) == 1
    assert "disk" in at_list.told[0]
    at_list.dismiss()
    assert book.value("SELECT count(*) FROM op") == before
    at_list.keep(form)
    assert len(claims_in(book)) == 302
    assert check(book).problems == ()


def test_sources_in_other_letters_are_read_again(on_case: Desk, tmp_path: Path) -> None:
    file = tmp_path / "library.ris"
    file.write_bytes(f"TY  - NEWS\nTI  - {RUSSIAN}\nER  - \n".encode("windows-1251"))
    form = on_case.look_into(file)
    assert not form.button.isEnabled()
    on_case.fill("Letters", "Windows-1251, as older Russian programs write", form)
    on_case.wait(form.button.isEnabled)
    form.cite_in.setChecked(False)
    on_case.keep(form)
    book = book_of(on_case)
    assert RUSSIAN in {source.title for source in sources.all_of_them(book)}
    assert RUSSIAN not in {source.title for source in sources.of_case(book, cases.find(book, on_case.reference).id)}
