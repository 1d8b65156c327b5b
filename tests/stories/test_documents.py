"""A mail comes in with a letter: its words are found, the letter is taken out, and its page is looked at."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from db import attachments, extracts
from db.casebook import Casebook
from db.reading.found import State
from db.vocabulary import Method
from tests import makers, papers
from tests.desk import Desk

CLAIM = "The ministry closed the bridge."


@pytest.fixture
def at_case(desk: Desk, tmp_path: Path) -> Desk:
    desk.new_casebook(tmp_path / "desk.casebook")
    desk.new_case(CLAIM)
    return desk


def test_a_mail_with_a_letter(at_case: Desk, tmp_path: Path) -> None:
    desk, letter = at_case, papers.pdf("Order of the day", "The bridge at Torkham", title="Order")
    mail = tmp_path / "saved message"
    mail.write_bytes(papers.mail(f"Salam, {makers.URDU}", {"../../order\u202efdp.pdf": letter, "song.mp3": b"ID3"}))
    desk.attach(mail)
    assert desk.search("لقاح") != []
    assert desk.search("torkham") == []
    desk.open_case(desk.listed[0])

    offered = desk.unpack("saved message", "../../order")
    assert len(offered) == 2
    assert desk.files() == ["saved message", "orderfdp.pdf"]
    assert "Unpacked 1 file" in desk.status

    (hit,) = desk.search("torkham")
    assert "orderfdp.pdf" in hit or "Torkham" in hit
    desk.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    desk.wait(lambda: desk.on_case)

    viewer = desk.look_at("orderfdp.pdf")
    assert viewer.pages.label.text() == "page 1 of 2"
    desk.qtbot.keyClick(viewer.picture, Qt.Key.Key_PageDown)
    desk.wait(lambda: viewer.pages.label.text() == "page 2 of 2")
    viewer.close()

    path = desk.window.workspace.context.book.path
    desk.close()
    with Casebook.open(path, write=False) as book:
        case_id = book.value("""SELECT id FROM "case" """)
        kept, taken = attachments.of_case(book, case_id)
        assert book.value("SELECT derived_from FROM attachment WHERE id = :id", id=taken.id) == kept.id
        assert (taken.method, taken.size) == (Method.UNPACKED, len(letter))
        found = extracts.of(book, taken.sha256)
        assert found is not None
        assert (found.state, found.title, found.pages) == (State.READ, "Order", 2)


def test_an_archive_that_would_swell_is_left_closed(at_case: Desk, tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(papers.archive({"small.txt": b"words of Zurmat", "large.txt": b"0" * (80 << 20)}))
    at_case.attach(file)
    at_case.unpack("a.zip")
    assert at_case.files() == ["a.zip", "small.txt"]
    assert "large.txt" in at_case.told[0]
    assert "too large" in at_case.told[0]
    at_case.dismiss()
    assert at_case.search("zurmat") != []


def test_undo_takes_what_was_unpacked_away_again(at_case: Desk, tmp_path: Path) -> None:
    file = tmp_path / "a.mhtml"
    file.write_bytes(papers.mhtml("<html><p>Saved words</p></html>"))
    at_case.attach(file)
    at_case.unpack("a.mhtml")
    assert at_case.files() == ["a.mhtml", "pixel.gif"]
    at_case.undo()
    assert at_case.files() == ["a.mhtml"]


def test_what_has_no_files_in_it_says_so(at_case: Desk, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("words")
    at_case.attach(file)
    at_case.choose_file("a.txt")
    at_case.do("Unpack")
    at_case.rest()
    at_case.wait(lambda: "There are no files in" in at_case.status)
