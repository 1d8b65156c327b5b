"""No Save button: what is typed is handed over when a field is left or after two idle seconds, and never lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QElapsedTimer, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from db.vocabulary import Stance
from desktop import wording
from desktop.forms.autosave import Choice, Form
from desktop.widgets.texts import Label, Line, Text

Draft = tuple[str, str, Stance, bool]
EMPTY: Draft = ("", "", Stance.CONTEXT, False)
FIRST: Draft = ("title", "words", Stance.SUPPORTS, False)


class Sample(Form[Draft]):
    def __init__(self) -> None:
        super().__init__()
        self.title, self.text = Line(), Text()
        self.stance, self.done = Choice(Stance, wording.word), QCheckBox("Done")
        for name, editor in (("Title", self.title), ("Text", self.text), ("Stance", self.stance), ("State", self.done)):
            self.field(name, editor)

    def read(self) -> Draft:
        return self.title.text(), self.text.text(), self.stance.word, self.done.isChecked()

    def write(self, draft: Draft) -> None:
        self.title.setText(draft[0])
        self.text.setText(draft[1])
        self.stance.choose(draft[2])
        self.done.setChecked(draft[3])


class Sheet(QWidget):
    """A window with a form, something else to go to, and the undo of the casebook."""

    def __init__(self) -> None:
        super().__init__()
        self.form, self.elsewhere = Sample(), Line()
        self.handed_over: list[Draft] = []
        self.undone: list[str] = []
        self.form.submitted.connect(self.handed_over.append)
        box = QVBoxLayout(self)
        box.addWidget(self.form)
        box.addWidget(self.elsewhere)
        for keys in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo):
            action = QAction(keys.name, self)
            action.setShortcut(keys)
            action.triggered.connect(self._on_triggered)
            self.addAction(action)

    def _on_triggered(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self.undone.append(action.text())


@pytest.fixture
def sheet(qtbot: QtBot) -> Sheet:
    sheet = Sheet()
    qtbot.addWidget(sheet)
    with qtbot.waitActive(sheet):
        sheet.show()
        sheet.activateWindow()
    sheet.form.show_draft(FIRST)
    sheet.form.start()
    qtbot.waitUntil(sheet.form.title.hasFocus)
    return sheet


def complaints(form: Sample) -> list[str]:
    return [
        label.text() for label in form.findChildren(Label) if label.property("tone") == "danger" and label.isVisible()
    ]


def test_leaving_a_field_hands_it_over(sheet: Sheet, qtbot: QtBot) -> None:
    qtbot.keyClicks(sheet.form.title, " of the post")
    assert sheet.handed_over == []
    qtbot.keyClick(sheet.form.title, Qt.Key.Key_Tab)
    qtbot.waitUntil(sheet.form.text.hasFocus)
    assert sheet.handed_over == [("title of the post", *FIRST[1:])]


def test_leaving_the_form_hands_it_over(sheet: Sheet, qtbot: QtBot) -> None:
    qtbot.keyClicks(sheet.form.title, "!")
    sheet.elsewhere.setFocus()
    assert [draft[0] for draft in sheet.handed_over] == ["title!"]


def test_two_idle_seconds_hand_it_over(sheet: Sheet, qtbot: QtBot) -> None:
    since = QElapsedTimer()
    since.start()
    qtbot.keyClicks(sheet.form.title, "!")
    with qtbot.waitSignal(sheet.form.submitted, timeout=20_000):
        pass
    assert since.elapsed() >= 1800
    assert sheet.form.title.hasFocus()
    assert sheet.handed_over == [("title!", *FIRST[1:])]


def test_leaving_a_field_that_is_as_it_was_hands_nothing_over(sheet: Sheet, qtbot: QtBot) -> None:
    qtbot.keyClicks(sheet.form.title, "x")
    qtbot.keyClick(sheet.form.title, Qt.Key.Key_Backspace)
    sheet.elsewhere.setFocus()
    assert sheet.handed_over == []


def test_what_is_shown_is_not_handed_over(sheet: Sheet, qtbot: QtBot) -> None:
    sheet.form.show_draft(("other", "words\r\nof\u00a0two lines", Stance.REFUTES, True))
    assert not sheet.form.dirty
    sheet.elsewhere.setFocus()
    assert sheet.handed_over == []


def test_a_choice_is_handed_over_at_once(sheet: Sheet, qtbot: QtBot) -> None:
    sheet.form.submitted.connect(sheet.form.accept)
    sheet.form.stance.setFocus()
    qtbot.keyClick(sheet.form.stance, Qt.Key.Key_Down)
    qtbot.mouseClick(sheet.form.done, Qt.MouseButton.LeftButton, pos=QPoint(8, sheet.form.done.height() // 2))
    assert [draft[2:] for draft in sheet.handed_over] == [(Stance.REFUTES, False), (Stance.REFUTES, True)]


def test_scrolling_over_a_choice_changes_nothing(sheet: Sheet) -> None:
    none, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.NoButton
    place = QPoint(5, 5)
    turn = QWheelEvent(
        place, place, QPoint(0, -120), QPoint(0, -120), buttons, none, Qt.ScrollPhase.NoScrollPhase, False
    )
    sheet.form.stance.wheelEvent(turn)
    assert not turn.isAccepted()
    assert sheet.form.stance.word is Stance.SUPPORTS


def test_what_is_refused_stays_typed_with_words_at_its_field(sheet: Sheet, qtbot: QtBot) -> None:
    form = sheet.form
    form.submitted.connect(lambda draft: form.complain_about("title", "“Title” is empty."))
    form.title.clear()
    form.text.setFocus()
    assert complaints(form) == ["“Title” is empty."]
    assert form.title.property("wrong") is True
    assert form.dirty
    form.show_draft(("from elsewhere", "", Stance.CONTEXT, False))  # a notice does not take it away
    assert form.title.text() == ""
    qtbot.keyClicks(form.title, "better")
    form.flush()
    assert sheet.handed_over[-1][0] == "better"


def test_the_words_at_a_field_go_when_it_is_saved(sheet: Sheet, qtbot: QtBot) -> None:
    sheet.form.complain(sheet.form.title, "No.")
    qtbot.keyClicks(sheet.form.title, "!")
    sheet.form.accept()
    assert complaints(sheet.form) == []
    assert not sheet.form.title.property("wrong")
    assert not sheet.form.dirty


def test_words_about_a_field_that_the_form_has_not_are_still_shown(sheet: Sheet) -> None:
    sheet.form.complain_about("evidence_hash", "Something is wrong.")
    assert complaints(sheet.form) == ["Something is wrong."]


def test_what_is_typed_is_never_overwritten(sheet: Sheet, qtbot: QtBot) -> None:
    qtbot.keyClicks(sheet.form.title, " typed")
    sheet.form.show_draft(("news", "from elsewhere", Stance.REFUTES, True))
    assert sheet.form.read() == ("title typed", *FIRST[1:])


def test_what_is_shown_anew_keeps_the_cursor_where_nothing_differs(sheet: Sheet, qtbot: QtBot) -> None:
    sheet.form.title.setCursorPosition(2)
    sheet.form.show_draft(FIRST)
    assert sheet.form.title.cursorPosition() == 2


@pytest.mark.parametrize("name", ["title", "text"])
def test_undo_is_the_fields_while_it_is_typed_in_and_the_casebooks_after(sheet: Sheet, qtbot: QtBot, name: str) -> None:
    editor = getattr(sheet.form, name)
    editor.setFocus()
    qtbot.keyClicks(editor, "!")
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(editor, Qt.Key.Key_Z, control)
    assert sheet.form.read() == FIRST
    assert sheet.undone == []
    qtbot.keyClick(editor, Qt.Key.Key_Z, control)
    assert sheet.undone == ["Undo"]
    qtbot.keyClicks(editor, "!")
    sheet.form.flush()
    sheet.form.accept()
    qtbot.keyClick(editor, Qt.Key.Key_Z, control)
    assert sheet.undone == ["Undo", "Undo"]
    assert not sheet.form.dirty
    assert sheet.form.read() != FIRST, "taken back by the casebook alone"


def test_the_undo_of_a_draft_stays_with_its_field(sheet: Sheet, qtbot: QtBot) -> None:
    sheet.form.undoes_itself = True
    sheet.form.text.setFocus()
    qtbot.keyClicks(sheet.form.text, "!")
    sheet.form.flush()
    sheet.form.accept()  # the draft is kept, and typing can still be taken back
    qtbot.keyClick(sheet.form.text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert sheet.form.read() == FIRST
    assert sheet.undone == []


def test_a_form_to_be_read_cannot_be_typed_in_but_copied_from(sheet: Sheet, qtbot: QtBot) -> None:
    sheet.form.set_writable(False)
    qtbot.keyClicks(sheet.form.title, "!")
    qtbot.keyClicks(sheet.form.text, "!")
    assert sheet.form.read() == FIRST
    assert not sheet.form.stance.isEnabled()
    assert not sheet.form.done.isEnabled()
    sheet.form.text.selectAll()
    assert sheet.form.text.textCursor().selectedText() == "words"


def test_a_form_that_shows_nothing_hands_nothing_over(sheet: Sheet, qtbot: QtBot) -> None:
    qtbot.keyClicks(sheet.form.title, "!")
    sheet.form.forget()
    sheet.form.flush()
    sheet.elsewhere.setFocus()
    assert sheet.handed_over == []
    assert not sheet.form.dirty


def test_every_field_has_a_name_for_those_who_hear_it(sheet: Sheet) -> None:
    names = [
        editor.accessibleName() for editor in (sheet.form.title, sheet.form.text, sheet.form.stance, sheet.form.done)
    ]
    assert names == ["Title", "Text", "Stance", "State"]
