"""Text in widgets: what goes in comes out, plain, and on the side where it begins."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.widgets.texts import Label, Line, Prose, Text, isolated, runs_right_to_left, tooltip
from tests import makers

many = settings(deadline=None)
SPECIAL = st.sampled_from("\r\n\t\u00a0\u200b\u200c\u200d\u200f\u2028\u2029\u2066\u2069\ufdd0\ufeff\ufffc👩‍⚕️یکё<&")
ANY = st.text(st.one_of(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), SPECIAL), max_size=40)


@many
@given(ANY)
def test_a_text_that_is_shown_comes_back_to_the_byte(qapp: object, words: str) -> None:
    text = Text()
    text.setText(words)
    assert text.text() == words


@many
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=40))
def test_what_is_typed_is_what_is_read(qapp: object, words: str) -> None:
    text, line = Text(), Line()
    text.insertPlainText(words)
    line.insert(words)
    assert line.text() == words
    if not set(words) & {"\ufdd0", "\ufdd1"}:  # no characters, and Qt's own marks inside a document
        assert text.text() == words


def test_editing_one_letter_leaves_every_other_as_it_was(qapp: object) -> None:
    text = Text()
    text.setText("hard\u00a0space \u200fیک\u200cدو\u2028line\r\nend")
    text.moveCursor(text.textCursor().MoveOperation.End)
    text.insertPlainText("!")
    assert text.text() == "hard\u00a0space \u200fیک\u200cدو\u2028line\nend!"
    text.undo()
    assert text.text() == "hard\u00a0space \u200fیک\u200cدو\u2028line\r\nend"


def test_a_very_long_line_is_not_cut(qapp: object) -> None:
    line = Line()
    line.setText("x" * 100_000)
    assert len(line.text()) == 100_000


def test_only_the_plain_text_of_what_is_pasted_comes_in(qtbot: QtBot) -> None:
    text = Text()
    qtbot.addWidget(text)
    mime = QMimeData()
    mime.setHtml("<b>bold</b> <img src='http://evil.example/x.png'>")
    mime.setText(f"plain {makers.URDU}")
    text.insertFromMimeData(mime)
    assert text.text() == f"plain {makers.URDU}"
    assert "font-weight:600" not in text.toHtml()
    mime = QMimeData()
    mime.setHtml("<b>bold</b>")
    text.setText("")
    text.insertFromMimeData(mime)
    assert "font-weight:7" not in text.toHtml()


def test_shift_enter_begins_a_line_like_enter(qtbot: QtBot) -> None:
    text = Text()
    qtbot.addWidget(text)
    qtbot.keyClicks(text, "one")
    qtbot.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(text, "two")
    assert text.text() == "one\ntwo"


@pytest.mark.parametrize(
    ("words", "right"),
    [
        (makers.URDU, True),
        (makers.RUSSIAN, False),
        ("123 – لقاح", True),
        ("🚨 abc یک", False),
        ("", False),
        ("12", False),
    ],
)
def test_text_stands_on_the_side_where_it_begins(qapp: object, words: str, right: bool) -> None:
    assert runs_right_to_left(words) is right
    line, label = Line(), Label(words)
    line.setText(words)
    assert (line.layoutDirection() is Qt.LayoutDirection.RightToLeft) is right
    assert bool(label.alignment() & Qt.AlignmentFlag.AlignRight) is right
    assert label.alignment() & Qt.AlignmentFlag.AlignAbsolute


def test_a_text_with_lines_of_both_directions_aligns_each(qtbot: QtBot) -> None:
    text = Text()
    qtbot.addWidget(text)
    text.setText(f"{makers.RUSSIAN}\n{makers.URDU}")
    directions = []
    block = text.document().begin()
    while block.isValid():
        directions.append(block.textDirection())
        block = block.next()
    assert directions == [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft]


def test_markup_in_a_case_is_shown_as_it_is(qapp: object) -> None:
    for label in (Label("<b>x</b>"), Prose("<img src='file:///etc/passwd'>")):
        assert label.textFormat() is Qt.TextFormat.PlainText
    assert "<b>" not in tooltip("<b>x</b> & y").removeprefix("<span>")
    assert tooltip("") == ""
    assert isolated("KBL-2026-0001") == "\u2066KBL-2026-0001\u2069"
    assert isolated("") == ""


def test_a_text_grows_with_its_lines_up_to_a_bound(qtbot: QtBot) -> None:
    text = Text(least=2, most=6)
    qtbot.addWidget(text)
    text.show()
    heights = []
    for lines in (1, 2, 4, 6, 60):
        text.setText("\n".join(["line"] * lines))
        heights.append(text.height())
    assert abs(heights[1] - heights[0]) < 6
    assert heights[1] < heights[2] < heights[3]
    assert heights[4] < heights[3] * 1.3


def test_copying_out_of_a_text_gives_plain_words(qtbot: QtBot) -> None:
    text = Text()
    qtbot.addWidget(text)
    text.setText(makers.URDU)
    text.selectAll()
    text.copy()
    assert QGuiApplication.clipboard().text() == makers.URDU
