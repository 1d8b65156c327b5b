"""The reader: what was made from a text stands beside it, and one finds the other."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db import claims, marks, passages
from db.attachments import Attachment
from db.readable import Reading
from db.texts.candidates import Candidate, CandidateKind
from db.texts.span import Span
from db.vocabulary import Op
from desktop.panels.reader import Reader
from tests import makers
from tests.desktop.desk import Desk

TEXT = "First one. Second one 🚨.\n\nوزیرِ خارجہ نے کہا۔ It cost USD 43,000 on 5 March 2025.\nThe end."
CANDIDATES = tuple(
    Candidate(kind, TEXT.index(words), TEXT.index(words) + len(words))
    for kind, words in ((CandidateKind.NUMBER, "USD 43,000"), (CandidateKind.DATE, "5 March 2025"))
)


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


@pytest.fixture
def file(desk: Desk) -> Attachment:
    makers.attach(desk.book, desk.case_id, TEXT.encode(), "text.txt")
    return desk.attachments()[0]


@pytest.fixture
def reader(desk: Desk, qtbot: QtBot, file: Attachment) -> Reader:
    reader = Reader(desk.context)
    reader.resize(1300, 600)
    qtbot.addWidget(reader)
    with qtbot.waitActive(reader):
        reader.show()
        reader.activateWindow()
    show(reader, file, TEXT)
    return reader


def show(reader: Reader, file: Attachment, text: str, found: tuple[Candidate, ...] = CANDIDATES) -> None:
    reader.show_reading(file, Reading(text, "", passages.digest(text), candidates=found))
    reader.paper.setFocus()


def claim(desk: Desk, reader: Reader, words: str) -> None:
    sheet = reader.sheet
    assert sheet is not None
    with desk.book.change(Op.MARK_PASSAGE) as change:
        marks.claim(change, sheet, span(words))
    reader.refresh()


def test_the_marks_stand_in_the_order_of_the_text(desk: Desk, reader: Reader) -> None:
    for words in ("The end.", "First one.", "وزیرِ خارجہ نے کہا۔"):
        claim(desk, reader, words)
    told = [(entry.title, entry.subtitle) for entry in reader.list.entries]
    assert told == [("First one.", "para. 1"), ("وزیرِ خارجہ نے کہا۔", "para. 2"), ("The end.", "para. 3")]


def test_words_that_are_gone_or_stand_twice_are_said_to_and_do_not_shine(
    desk: Desk, reader: Reader, file: Attachment
) -> None:
    for words in ("First one.", "The end.", "Second one"):
        claim(desk, reader, words)
    show(reader, file, "The end. \n\n\n The end. Second one at last", ())
    told = {entry.title: entry.subtitle for entry in reader.list.entries}
    assert told == {"Second one": "para. 2", "First one.": "no more in this text", "The end.": "stands in 2 places"}
    assert reader.list.entries[0].title == "Second one"
    assert reader.paper.passages_at(1) == ()
    for entry in reader.list.entries:
        reader.reveal(entry.id)  # none of them leads astray
    assert reader.paper.at == reader.paper.text.index("Second")


def test_one_walks_from_sentence_to_sentence_and_back(reader: Reader) -> None:
    seen = [reader.target.of(TEXT)]
    for step in (1, 1, 1, 1, 1, -1, -1):
        reader.walk(step)
        seen.append(reader.target.of(TEXT))
    sentences = [
        "First one.",
        "Second one 🚨.",
        "وزیرِ خارجہ نے کہا۔",
        "It cost USD 43,000 on 5 March 2025.",
        "The end.",
    ]
    assert seen == [*sentences, "The end.", sentences[3], sentences[2]]


def test_candidates_are_walked_and_never_entered_by_themselves(desk: Desk, reader: Reader) -> None:
    assert [(entry.title, entry.badge) for entry in reader.candidates.entries] == [
        ("USD 43,000", "Number"),
        ("5 March 2025", "Date"),
    ]
    seen = []
    for step in (1, 1, 1, -1):
        reader.walk_candidates(step)
        seen.append(reader.paper.selection.of(TEXT))
    assert seen == ["USD 43,000", "5 March 2025", "5 March 2025", "USD 43,000"]
    assert reader.candidates.current == reader.candidates.entries[0].id
    assert len(claims.of_case(desk.book, desk.case_id)) == 1
    assert passages.of_case(desk.book, desk.case_id) == ()


def test_a_click_on_a_candidate_selects_its_words_for_the_next_key(reader: Reader, qtbot: QtBot) -> None:
    index = reader.candidates.model().index(1, 0)
    place = reader.candidates.visualRect(index).center()
    qtbot.mouseClick(reader.candidates.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert reader.paper.selection.of(TEXT) == "5 March 2025"
    assert reader.target == reader.paper.selection
    assert reader.paper.hasFocus()


def test_the_arrow_keys_in_the_list_lead_through_the_text(desk: Desk, reader: Reader, qtbot: QtBot) -> None:
    claim(desk, reader, "First one.")
    claim(desk, reader, "The end.")
    reader.list.setFocus()
    reader.list.choose(reader.list.entries[0].id)
    qtbot.keyClick(reader.list, Qt.Key.Key_Down)
    assert reader.paper.at == TEXT.index("The end.")
    assert reader.mark == reader.list.entries[1].id


def test_a_mark_by_somebody_else_comes_without_moving_the_reader(desk: Desk, reader: Reader) -> None:
    claim(desk, reader, "First one.")
    reader.paper.go_to(span("USD 43,000"), select=True)
    claim(desk, reader, "The end.")
    assert reader.paper.selection.of(TEXT) == "USD 43,000"
