"""The lists that tell about the program: its keys, and whose work is in it."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.widgets.about import About
from desktop.widgets.shortcuts import Shortcuts


def test_every_verb_with_keys_is_listed_once_without_its_decoration(qtbot: QtBot) -> None:
    actions = [QAction(text) for text in ("&New case…", "Undo", "Without keys")]
    actions[0].setShortcuts(["Ctrl+N", "F7"])
    actions[1].setShortcut("Ctrl+Z")
    dialog = Shortcuts([*actions, actions[1]])
    qtbot.addWidget(dialog)
    assert [(row.verb, row.keys) for row in dialog.model.rows] == [("New case", "Ctrl+N or F7"), ("Undo", "Ctrl+Z")]


def test_about_names_the_licenses_that_ask_for_it_and_shows_all_of_its_words(qtbot: QtBot) -> None:
    about = About()
    qtbot.addWidget(about)
    about.show()
    labels = about.findChildren(QLabel)
    words = " ".join(label.text() for label in labels)
    for name in ("Twemoji", "CC BY 4.0", "Vazirmatn", "Noto", "Open Font License", "Lucide", "ISC", "LGPL", "MIT"):
        assert name in words
    assert all(label.height() >= label.heightForWidth(label.width()) for label in labels if label.wordWrap())
    about.close()
