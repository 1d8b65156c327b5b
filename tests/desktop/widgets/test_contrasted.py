"""A text beside another: it says all of itself, or of a very long one the part where they begin to differ."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.contrast import contrast
from desktop.settings import Look
from desktop.widgets.contrasted import Contrasted
from tests.desktop.desk import Desk


def shown(desk: Desk, qtbot: QtBot, one: str, other: str) -> Contrasted:
    text = Contrasted(desk.context.theme)
    qtbot.addWidget(text)
    text.show_spans(contrast(one, other)[0])
    return text


@pytest.mark.parametrize("text", ["", "وزیرِ خارجہ 🇦🇫 <b>bold</b> & more", "two\n\nlines  "])
def test_a_text_is_shown_as_it_is_and_cannot_be_changed(desk: Desk, qtbot: QtBot, text: str) -> None:
    found = shown(desk, qtbot, text, "something else")
    assert found.text() == text
    assert found.isReadOnly()


def test_a_very_long_text_is_shown_where_it_begins_to_differ(desk: Desk, qtbot: QtBot) -> None:
    same = "word " * 200_000
    found = shown(desk, qtbot, f"{same}here {same}", f"{same}there {same}").text()
    assert len(found) < 21_000
    assert found.startswith("…")
    assert found.endswith("…")
    assert "here" in found


def test_another_look_loses_nothing(desk: Desk, qtbot: QtBot) -> None:
    found = shown(desk, qtbot, "a closed bridge", "an open bridge")
    desk.context.theme.wear(Look.DARK)
    assert found.text() == "a closed bridge"
