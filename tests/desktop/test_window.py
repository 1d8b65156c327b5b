"""The window: what it wears, what it remembers, and that it goes without a trace."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.widgets.about import About
from desktop.widgets.shortcuts import Shortcuts
from desktop.widgets.texts import Label, Line, Text
from tests.desk import Desk, window


def test_the_look_is_changed_at_once_and_kept(on_case: Desk, qtbot: QtBot) -> None:
    before = on_case.window.grab().toImage().pixelColor(5, 400)
    on_case.do("Dark")
    assert on_case.window.grab().toImage().pixelColor(5, 400) != before
    assert on_case.verb("Dark").isChecked()
    assert not on_case.verb("Light").isChecked()
    on_case.do("Light")
    assert on_case.window.grab().toImage().pixelColor(5, 400) == before


def test_the_size_of_the_window_is_kept(welcome: Desk, qtbot: QtBot) -> None:
    welcome.window.resize(790, 620)
    welcome.wait(lambda: welcome.window.size() == QSize(790, 620))
    welcome.close()
    with window(qtbot) as again:
        assert again.window.size() == QSize(790, 620)


def test_every_key_is_listed(on_case: Desk) -> None:
    on_case.do("Keyboard shortcuts")
    shown = on_case._dialog(Shortcuts)
    shown.close()


def test_about_says_what_it_is_made_of(welcome: Desk) -> None:
    welcome.do("About Claimdesk")
    shown = welcome._dialog(About)
    words = " ".join(w.text() for w in shown.findChildren(QWidget) if isinstance(w, Label | Line | Text))
    assert "MIT" in words
    shown.close()


def test_closing_leaves_no_thread_and_no_window(on_case: Desk) -> None:
    on_case.close()
    assert not [t for t in threading.enumerate() if t.name.startswith("claimdesk")]
    assert not [w for w in QApplication.topLevelWidgets() if w.isVisible()]


@pytest.mark.parametrize("size", [QSize(1366, 700), QSize(1024, 640)])
def test_the_window_can_be_as_small_as_a_small_screen(on_case: Desk, size: QSize) -> None:
    for name in ("Claim", "Timeline", "Actors", "Evidence", "Verdict", "Notes", "Tasks", "History"):
        on_case.turn_to(name)
        minimum = on_case.window.minimumSizeHint()
        assert minimum.width() <= size.width(), name
        assert minimum.height() <= size.height(), name


def test_nothing_in_the_window_takes_words_of_a_case_for_markup(on_case: Desk) -> None:
    rich = [
        label
        for label in on_case.window.findChildren(QLabel)
        if label.textFormat() is not Qt.TextFormat.PlainText and label.text()
    ]
    assert not rich


def test_every_field_and_button_has_a_name_for_those_who_hear_it(on_case: Desk) -> None:
    kinds = (QLineEdit, QTextEdit, QComboBox, QCheckBox, QAbstractItemView, QAbstractButton)
    nameless = []
    for name in ("Claim", "Timeline", "Evidence", "Verdict", "Notes", "Tasks", "History"):
        on_case.turn_to(name)
        for widget in on_case.window.findChildren(QWidget):
            if (
                not isinstance(widget, kinds)
                or not widget.isVisible()
                or isinstance(widget.parent(), QComboBox)
                or isinstance(widget, QHeaderView)
            ):
                continue
            words = widget.text() if isinstance(widget, QAbstractButton) else ""
            if not (widget.accessibleName() or words or widget.toolTip()) and not widget.objectName().startswith("qt_"):
                nameless.append((name, widget.metaObject().className(), widget.objectName()))
    assert not nameless


def test_no_dialog_is_left_standing_hidden(at_list: Desk) -> None:
    """A window that is used all day does not collect those that it once opened."""
    for number in range(3):
        at_list.new_case(f"Claim {number}")
        at_list.do("All cases")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # type: ignore[call-overload]
    assert at_list.window.findChildren(QDialog) == []
