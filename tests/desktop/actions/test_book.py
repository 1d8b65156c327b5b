"""The desk, its scale, and the check of the whole casebook."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from PySide6.QtWidgets import QApplication

from db import desks, verdicts
from db.cases import find
from desktop.forms.desk_form import DeskForm
from desktop.widgets.texts import Label, Prose, Text
from desktop.widgets.told import Told
from tests.desk import Desk, gone


def said(desk: Desk) -> str:
    told = desk._dialog(Told)
    words = [each.text() for kind in (Label, Prose, Text) for each in told.findChildren(kind)]
    told.close()
    return "\n".join(words)


def test_the_desk_says_anew_who_it_is_and_later_saves_carry_the_name(on_case: Desk) -> None:
    on_case.do("Desk and analyst")
    form = on_case._dialog(DeskForm)
    on_case.fill("Analyst", "زرمینہ", form)
    on_case.fill("Code", "hrt", form)
    on_case._push("Done", form)
    on_case.wait(lambda: gone(form))
    book = on_case.window.workspace.context.book
    assert (desks.home(book).analyst, desks.home(book).code) == ("زرمینہ", "HRT")
    on_case.give_verdict("Unproven", "Nobody could tell.")
    (verdict,) = verdicts.of_case(book, find(book, on_case.reference).id)
    assert verdict.analyst == "زرمینہ"
    on_case.new_case("Another claim")
    assert on_case.reference.startswith("HRT-")


def test_a_sound_casebook_is_told_to_be_so_in_figures(on_case: Desk) -> None:
    on_case.do("Check casebook")
    on_case.rest()
    words = said(on_case)
    assert "The casebook is sound" in words
    assert "Operations:" in words
    assert "No problem found." in words


def test_a_casebook_that_somebody_changed_is_told_to_have_problems(welcome: Desk, path: Path) -> None:
    welcome.window.open_path(path)
    connection = sqlite3.connect(path)
    connection.execute("""UPDATE "case" SET title = 'changed behind our back'""")
    connection.commit()
    connection.close()
    welcome.do("Check casebook")
    welcome.rest()
    words = said(welcome)
    assert "The casebook has problems" in words
    assert "A table does not say what the log says" in words


def test_the_window_lives_while_the_casebook_is_checked(on_case: Desk) -> None:
    on_case.do("Check casebook")
    on_case.turn_to("Notes")
    assert on_case.window.jobs.busy or QApplication.activeModalWidget() is None
    on_case.rest()
    on_case._dialog(Told).close()
