"""Two desks hand their casebooks to each other: a plan is looked at and kept, what came is opened, and taken out."""

from __future__ import annotations

import shutil
from pathlib import Path

from pytestqt.qtbot import QtBot

from db import check
from db.casebook import Casebook
from tests import makers
from tests.desk import Desk, window


def test_two_desks_work_on_and_merge_what_the_other_found(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    kabul, peshawar, stick = tmp_path / "kabul.casebook", tmp_path / "peshawar.casebook", tmp_path / "stick.casebook"
    desk.new_casebook(kabul)
    desk.new_case(makers.URDU, title="Vaccine")
    desk.leave_casebook()
    shutil.copy(kabul, stick)
    with window(qtbot) as other:
        other.new_casebook(peshawar, desk="Peshawar desk", code="PSH", analyst="بلال")
        other.merge(stick)
        assert other.on_plan
        assert other.came()["Vaccine"] == ("New",)
        other.keep_plan()
        assert other.on_arrivals
        other.news.list.opened.emit(other.news.list.current)
        assert other.field("Claim, word for word").text() == makers.URDU
        other.fill("Title", "Vaccine, as Peshawar calls it")
        other.leave()
        other.add_source("A register", Quotation=makers.PASHTO)
        other.give_verdict("True", "It is in the register.")
        other.new_case(makers.RUSSIAN, title="Only Peshawar's")
        other.leave_casebook()
    shutil.copy(peshawar, stick)

    desk.window.open_path(kabul)
    desk.open_case(desk.listed[0])
    desk.fill("Title", "Vaccine, as Kabul calls it")  # not left: it is saved before the plan is shown
    desk.merge(stick)
    assert desk.on_plan
    assert "Casebook of Peshawar desk" in desk.words.replace("\u2066", "").replace("\u2069", "")
    assert "1 new case · 1 changed case · 1 conflict" in desk.words
    came = desk.came()
    assert came["Only Peshawar's"] == ("New",)
    assert came["Vaccine, as Kabul calls it"] == ("Changed", "In conflict")
    saves = desk.choose_news("Vaccine, as Kabul calls it")
    assert {(row[1], row[2]) for row in saves} == {("بلال", "Peshawar desk")}
    assert saves[0][3] == "Gave a verdict"
    desk.news.saves.table.selectRow(len(saves) - 1)
    words = desk.words.splitlines()
    assert words[words.index("before") + 1] == "Vaccine"
    assert words[words.index("after") + 1] == "Vaccine, as Peshawar calls it"
    assert words[words.index("in conflict with") + 1] == "Vaccine, as Kabul calls it"
    assert len(desk.window.workspace.cases.model._rows) == 1, "nothing came before it is kept"
    desk.keep_plan()
    assert desk.on_arrivals
    assert desk.came() == came
    assert "backups" in desk.words
    desk.do("All cases")
    assert len(desk.listed) == 2
    desk.merge(stick)
    assert any("Nothing new" in words for words in desk.told_words())
    desk.do("What came in")
    desk.rest()
    desk.take_out()
    assert "Taken out again" in desk.words
    desk.do("All cases")
    assert len(desk.listed) == 1
    desk.open_case(desk.listed[0])
    assert desk.field("Title").text() == "Vaccine, as Kabul calls it"
    desk.leave_casebook()
    with Casebook.open(kabul, write=False) as book:
        assert check.check(book).problems == ()
