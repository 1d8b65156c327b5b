"""Places in a text, as Python and as Qt count them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from desktop.widgets.units import Units, shown

TEXTS = st.text(
    alphabet="a\u0301ب🚨👩\u200d⚕\ufe0f🇦🇫 \n\r\t\0\u2028\u2029\ufdd0\ufdd1\x0c\u200fй", max_size=60
) | st.text(max_size=60)


@given(TEXTS)
def test_every_place_goes_there_and_back(text: str) -> None:
    units = Units(text)
    for point in range(len(text) + 1):
        assert units.of(point) == len(text[:point].encode("utf-16-le", "surrogatepass")) // 2
        assert units.point(units.of(point)) == point


@pytest.mark.usefixtures("qapp")
@given(TEXTS)
def test_a_document_of_qt_has_the_same_words_at_the_same_places(text: str) -> None:
    document, units = QTextDocument(), Units(text)
    cursor = QTextCursor(document)
    cursor.insertText(shown(text))
    assert document.characterCount() - 1 == units.of(len(text))
    for start in range(0, len(text), 7):
        stop = min(len(text), start + 5)
        cursor.setPosition(units.of(start))
        cursor.setPosition(units.of(stop), QTextCursor.MoveMode.KeepAnchor)
        said = cursor.selectedText().replace("\u2029", "\n")
        assert said == shown(text)[start:stop]


def test_half_of_an_emoji_belongs_to_the_whole() -> None:
    units = Units("a🚨b")
    assert [units.point(unit) for unit in range(5)] == [0, 1, 1, 2, 3]
