"""A bad day: the casebook is damaged, and everything comes back from the page of the backups."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from db import check
from db.casebook import Casebook
from tests import makers
from tests.desk import Desk, window


def test_a_damaged_casebook_comes_back_with_everything(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "desk.casebook"
    desk.new_casebook(path)
    desk.new_case(makers.URDU, title="Of the first day")
    first = desk.reference
    desk.add_source("A report", Quotation=makers.PASHTO)
    post = tmp_path / "post.png"
    post.write_bytes(makers.picture(40, 30))
    desk.attach(post)
    desk.give_verdict("Unproven", makers.EMOJI)
    desk.close()
    path.write_bytes(path.read_bytes()[:20_000] + b"\0" * 90_000)  # as a failing disk or a broken sync leaves it

    with window(qtbot) as next_day:
        next_day.window.open_path(path)
        next_day.wait(lambda: next_day.told)
        assert "restore a good backup: “Backups” in the File menu" in next_day.told[0]
        next_day.dismiss()
        assert "On closing" in next_day.look_at_backups()[0]
        assert "cannot be read" in next_day.choose_backup(0)
        next_day.restore_backup()
        assert "put aside" in next_day.told[0]
        next_day.dismiss()
        assert next_day.listed == [first]
        next_day.open_case(first)
        assert next_day.field("Title").text() == "Of the first day"
        next_day.turn_to("Evidence")
        assert next_day.entries() == ["1. A report"]
        assert next_day.files() == ["post.png"]
        assert next_day.field("Quotation").text() == makers.PASHTO
        next_day.turn_to("Verdict")
        assert makers.EMOJI in next_day.words
        next_day.new_case(makers.RUSSIAN)  # and the work goes on
        assert len(next_day.look_at_backups()) == 1
        assert "1 save in 1 case would be lost" in next_day.choose_backup(0)
        next_day.close_backups()
        next_day.leave_casebook()
    with Casebook.open(path, write=False) as book:
        assert check.check(book).problems == ()
        assert book.value("SELECT count(*) FROM chain") == 2
