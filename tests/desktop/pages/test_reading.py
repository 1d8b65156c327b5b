"""The page that reads: what is shown of which file, where one comes from, and what its keys do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db import attachments, citations, claims, events, passages, sources
from db.vocabulary import Op, Stance
from desktop.forms.claim_chooser import ClaimChooser
from desktop.pages.reading import ReadingPage
from desktop.widgets.texts import Label
from tests import makers
from tests.desk import Desk as Window
from tests.desk import gone
from tests.desktop.desk import Desk

TEXT = "Zalmay Khalilzad said so. It happened on 5 March 2025.\n\nThe end: 🚨."
HTML = b"<!doctype html><title>x</title><p>Words of a page.</p><script>alert(1)</script>"


def page_of(desk: Desk, qtbot: QtBot) -> ReadingPage:
    page = ReadingPage(desk.context)
    page.resize(1300, 650)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def read(desk: Desk, qtbot: QtBot, page: ReadingPage, data: bytes, name: str = "text.txt") -> str:
    file = makers.attach(desk.book, desk.case_id, data, name)
    page.read(attachments.one(desk.book, file))
    desk.settle(qtbot)
    return file


def test_a_text_is_read_and_its_source_is_named(desk: Desk, qtbot: QtBot) -> None:
    page = page_of(desk, qtbot)
    source_id = makers.make_source(desk.book, [desk.case_id], "An article", author="Amina", published_on="2025-11-17")
    file = makers.attach(desk.book, desk.case_id, TEXT.encode(), "text.txt")
    with desk.book.change(Op.EDIT_ATTACHMENT) as change:
        attachments.file_under(change, file, source_id)
    page.read(attachments.one(desk.book, file))
    desk.settle(qtbot)
    assert page.reader.paper.text == TEXT
    assert (page.name.text(), page.origin.text()) == ("An article", "Amina · 17 Nov 2025 · text.txt")
    with desk.book.change(Op.EDIT_SOURCE) as change:
        sources.edit(change, source_id, sources.SourceDraft("Another name"))
    assert page.name.text() == "Another name"


def test_that_only_the_beginning_is_shown_stays_said(desk: Desk, qtbot: QtBot) -> None:
    page = page_of(desk, qtbot)
    file = read(desk, qtbot, page, b"word " * 900_000)
    assert page.origin.text().endswith("only its beginning is shown")
    with desk.book.change(Op.EDIT_ATTACHMENT) as change:
        attachments.edit(change, file, name="other.txt", caption="")
    assert page.origin.text().endswith("only its beginning is shown")


def test_a_saved_page_is_read_as_words_alone(desk: Desk, qtbot: QtBot) -> None:
    page = page_of(desk, qtbot)
    read(desk, qtbot, page, HTML, "page.html")
    assert "Words of a page." in page.reader.paper.text
    assert "alert" not in page.reader.paper.text


def test_a_file_without_words_says_so_and_takes_no_mark(desk: Desk, qtbot: QtBot) -> None:
    page = page_of(desk, qtbot)
    read(desk, qtbot, page, b"%PDF-1.4 broken", "broken.pdf")
    said = [label.text() for label in page.findChildren(Label) if label.isVisible()]
    assert "No words were found in this file" in said
    assert not page.reader.isVisible()


def test_another_text_that_is_wanted_meanwhile_is_the_one_that_is_shown(desk: Desk, qtbot: QtBot) -> None:
    page = page_of(desk, qtbot)
    first = makers.attach(desk.book, desk.case_id, b"first text", "1.txt")
    second = makers.attach(desk.book, desk.case_id, b"second text", "2.txt")
    page.read(attachments.one(desk.book, first))
    page.read(attachments.one(desk.book, second))
    desk.settle(qtbot)
    assert page.reader.paper.text == "second text"


def test_the_page_is_left_when_its_file_is_gone(desk: Desk, qtbot: QtBot) -> None:
    page = page_of(desk, qtbot)
    file = read(desk, qtbot, page, TEXT.encode())
    with qtbot.waitSignal(page.closed), desk.book.change(Op.DELETE_ATTACHMENT) as change:
        attachments.delete(change, file)
    assert page.reader.sheet is None


def test_finding_goes_round_and_escape_goes_back(desk: Desk, qtbot: QtBot) -> None:
    page = page_of(desk, qtbot)
    read(desk, qtbot, page, b"one two\nONE  two\nthree", "t.txt")
    page.finder.start()
    qtbot.keyClicks(page.finder.line, "one two")
    assert page.finder.told.text() == "2 places"
    seen = []
    for modifier in (Qt.KeyboardModifier.NoModifier,) * 3 + (Qt.KeyboardModifier.ShiftModifier,):
        qtbot.keyClick(page.finder.line, Qt.Key.Key_Return, modifier)
        seen.append((page.reader.paper.selection.start, page.finder.told.text()))
    assert seen == [(0, "1 of 2"), (8, "2 of 2"), (0, "1 of 2"), (8, "2 of 2")]
    qtbot.keyClick(page.finder.line, Qt.Key.Key_Escape)
    assert page.reader.paper.hasFocus()
    assert page.finder.told.text() == ""


@pytest.fixture
def reading(on_case: Window) -> Iterator[Window]:
    """A window that reads a pasted text."""
    on_case.paste_text(TEXT)
    return on_case


def test_the_keys_act_in_the_text_alone(reading: Window) -> None:
    reading.press("F")
    reading.put(reading.field("Find in this text"), "card")  # type: ignore[arg-type]
    assert reading.marked() == []
    reading.press("Escape")
    reading.press("C")
    assert reading.marked() == [("Claim", "Zalmay Khalilzad said so.")]


def test_an_actor_wants_a_name(reading: Window) -> None:
    reading.press("A")
    assert reading.marked() == []
    assert reading.status == "Select the name first."


def test_with_one_claim_a_citation_asks_nothing(reading: Window) -> None:
    reading.press("S")
    assert reading.marked() == [("Supports", "Zalmay Khalilzad said so.")]


def test_of_several_claims_the_one_taken_last_is_offered_first(reading: Window) -> None:
    reading.press("C")
    reading.press("Space")
    reading.press("S")
    reading.choose_claim("Zalmay Khalilzad said so.")
    reading.select("5 March 2025")
    reading.press("R")
    chooser = reading._dialog(ClaimChooser)
    reading.qtbot.keyClick(chooser.list, Qt.Key.Key_Return)
    reading.wait(lambda: gone(chooser))
    book, case_id = reading.window.workspace.context.book, reading.window.workspace.case.case_id
    part = claims.of_case(book, case_id)[1].id
    made = [each for each in citations.of_case(book, case_id) if each.quotation]
    assert [(each.quotation, each.claim_id, each.stance) for each in made] == [
        ("It happened on 5 March 2025.", part, Stance.SUPPORTS),
        ("5 March 2025", part, Stance.REFUTES),
    ]


def test_undo_in_the_text_is_that_of_the_casebook(reading: Window) -> None:
    reading.select("5 March 2025")
    reading.press("D")
    assert reading.marked() == [("Event", "5 March 2025")]
    book = reading.window.workspace.context.book
    case_id = reading.window.workspace.case.case_id
    (event,) = events.of_case(book, case_id)
    assert event.text == "It happened on 5 March 2025."
    reading.press("Ctrl+Z")
    assert reading.marked() == []
    assert events.of_case(book, case_id) == ()


def test_the_verbs_of_the_reader_are_off_elsewhere(reading: Window) -> None:
    names = ("Claim", "Supports", "Refutes", "Actor", "Date", "Unmark", "Next sentence")
    assert all(reading.verb(name).isEnabled() for name in names)
    reading.press("Alt+Left")
    assert reading.on_case
    assert not any(reading.verb(name).isEnabled() for name in names)


def test_nothing_to_read_is_said(on_case: Window) -> None:
    on_case.turn_to("Notes")
    on_case.press("F3")
    assert on_case.status.startswith("There is no text to read here.")
    assert on_case.on_case


def test_the_claim_that_was_made_is_in_the_casebook_with_its_passage(reading: Window) -> None:
    reading.press("C")
    book, case_id = reading.window.workspace.context.book, reading.window.workspace.case.case_id
    part = claims.of_case(book, case_id)[1]
    assert [each.anchor.exact for each in passages.of_target(book, part.id)] == ["Zalmay Khalilzad said so."]
