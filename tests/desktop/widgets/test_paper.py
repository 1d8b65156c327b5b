"""The paper: places are told in code points, passages shine where their words stand, and a long text holds nobody up."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.texts.span import Span
from desktop.settings import Look
from desktop.theme import Theme
from desktop.widgets.paper import Paper, Shine

TEXT = (
    "One 🚨👩‍⚕️ two.\nوزیرِ خارجہ نے کہا 🇵🇰 کہ لقاح محفوظ ہے۔\r\n<b>not</b> & bold\rПолёт é e\u0301.\n" + "tail\n" * 400
)


@pytest.fixture
def paper(qapp: QApplication, qtbot: QtBot) -> Paper:
    paper = Paper(Theme(qapp, Look.LIGHT))
    paper.resize(900, 500)
    qtbot.addWidget(paper)
    with qtbot.waitActive(paper):
        paper.show()
        paper.activateWindow()
    paper.show_text(TEXT)
    return paper


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def shining(paper: Paper) -> list[str]:
    """The words with a colored ground that is not solid."""
    return [
        each.cursor.selectedText()
        for each in paper.extraSelections()
        if each.format.background().style() != Qt.BrushStyle.NoBrush and each.format.background().color().alpha() < 255
    ]


@pytest.mark.parametrize("words", ["two", "👩‍⚕️", "لقاح محفوظ", "🇵🇰 کہ", "<b>not</b> & bold", "Полёт é e\u0301"])
def test_what_is_selected_is_what_was_meant(paper: Paper, words: str) -> None:
    paper.go_to(span(words), select=True)
    assert paper.selection == span(words)
    assert paper.textCursor().selectedText() == words
    paper.show_marks([Shine("it", span(words), "accent")])
    assert shining(paper) == [words]


def test_a_selection_is_taken_without_the_white_space_at_its_ends(paper: Paper) -> None:
    start = TEXT.index(" two")
    paper.go_to(Span(start, start + len(" two.\n")), select=True)
    assert paper.selection.of(TEXT) == "two."
    paper.take_off()
    assert paper.here == Span(paper.at, paper.at)


def test_nothing_in_a_text_is_markup(paper: Paper) -> None:
    paper.show_text("<h1>x</h1><img src='file:///etc/passwd'>")
    assert paper.toPlainText() == "<h1>x</h1><img src='file:///etc/passwd'>"


def test_paragraphs_run_in_their_own_direction(paper: Paper) -> None:
    sides = []
    for words in ("One", "وزیرِ"):
        cursor = QTextCursor(paper.document())
        cursor.setPosition(paper._units.of(span(words).start))
        sides.append(paper.cursorRect(cursor).left() > paper.viewport().width() // 2)
    assert sides == [False, True]


def test_passages_over_each_other_all_keep_their_line_and_the_shortest_is_clicked(paper: Paper, qtbot: QtBot) -> None:
    paper.show_marks([Shine("long", span("One 🚨👩‍⚕️ two."), "accent"), Shine("short", span("two"), "red")])
    lines = [each.format.underlineColor().name() for each in paper.extraSelections()]
    assert len(set(lines)) == 2
    assert paper.passages_at(span("two").start) == ("short", "long")
    cursor = QTextCursor(paper.document())
    cursor.setPosition(paper._units.of(span("two").start + 1))
    with qtbot.waitSignal(paper.touched) as told:
        qtbot.mouseClick(paper.viewport(), Qt.MouseButton.LeftButton, pos=paper.cursorRect(cursor).center())
    assert told.args == ["short"]


def test_the_chosen_one_shines_brighter(paper: Paper) -> None:
    paper.show_marks([Shine("a", span("One"), "accent"), Shine("b", span("two"), "accent")])
    paper.choose("b")
    first, second = (each.format.background().color().alpha() for each in paper.extraSelections())
    assert first < second


def test_candidates_are_underlined_and_have_no_ground(paper: Paper) -> None:
    paper.show_marks([], [span("One"), span("two")])
    assert shining(paper) == []
    styles = {each.format.underlineStyle() for each in paper.extraSelections()}
    assert styles == {QTextCharFormat.UnderlineStyle.DotLine}


def test_a_long_text_comes_in_parts_and_its_end_is_there_when_it_is_wanted(paper: Paper, qtbot: QtBot) -> None:
    long = ("Она сказала 🚨: لقاح محفوظ ہے۔\r\n" * 20_000)[:500_000] + "THE END"
    paper.show_text(long)
    assert paper.document().characterCount() < 100_000
    end = Span(len(long) - 7, len(long))
    paper.show_marks([Shine("end", end, "accent")], [Span(n, n + 3) for n in range(0, 400_000, 100)])
    paper.go_to(end)
    assert shining(paper) == ["THE END"]
    assert len(paper.extraSelections()) < 500
    cursor = QTextCursor(paper.document())
    cursor.setPosition(paper._units.of(end.start))
    assert paper.viewport().rect().contains(paper.cursorRect(cursor).center() + QPoint(0, 0))
    qtbot.waitUntil(lambda: not paper._timer.isActive())
    assert paper.document().characterCount() - 1 == len(long.encode("utf-16-le")) // 2


def test_a_part_that_ends_within_a_line_break_loses_no_place(paper: Paper) -> None:
    text = "x" * 19_999 + "\r\n" + "needle"
    paper.show_text(text)
    paper.go_to(Span(20_001, 20_007), select=True)
    assert paper.textCursor().selectedText() == "needle"
    assert paper.document().blockCount() == 2


def test_a_word_in_a_passage_can_still_be_chosen_with_two_clicks(paper: Paper, qtbot: QtBot) -> None:
    paper.show_marks([Shine("it", span("One 🚨👩‍⚕️ two."), "accent")])
    cursor = QTextCursor(paper.document())
    cursor.setPosition(paper._units.of(span("two").start + 1))
    place = paper.cursorRect(cursor).center()
    qtbot.mouseClick(paper.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(paper.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert paper.selection.of(TEXT) == "two"


def test_return_opens_the_passage_at_the_cursor(paper: Paper, qtbot: QtBot) -> None:
    paper.show_marks([Shine("it", span("two"), "accent")])
    paper.setFocus()
    paper.go_to(span("two"))
    with qtbot.waitSignal(paper.opened) as told:
        qtbot.keyClick(paper, Qt.Key.Key_Return)
    assert told.args == ["it"]


def test_it_can_be_seen(paper: Paper, tmp_path: Path) -> None:
    """Words on the ground of a mark are drawn in the color of text, in both looks."""
    paper.show_marks([Shine("it", span("One"), "red")])
    for look in (Look.LIGHT, Look.DARK):
        paper._theme.wear(look)
        image = paper.viewport().grab().toImage()
        cursor = QTextCursor(paper.document())
        rect = paper.cursorRect(cursor)
        colors = {
            image.pixelColor(x, y).lightness() // 32
            for x in range(rect.left(), rect.left() + 40)
            for y in range(rect.top(), rect.bottom())
        }
        assert max(colors) - min(colors) >= 4
