"""A window in a process of its own, in which somebody types and does not leave the field. Run by a story."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.forms.new_case_form import NewCaseForm
from desktop.settings import Look, Settings
from desktop.theme import Theme
from desktop.window import Window


def main(book: Path, place: str, words: str) -> int:
    app = QApplication(sys.argv[:1])
    window = Window(Settings(), Theme(app, Look.LIGHT))
    window.show()
    window.activateWindow()
    window.open_path(book)
    workspace = window.workspace
    assert workspace is not None
    if place == "new case":
        workspace.verbs.new.trigger()
        (form,) = window.findChildren(NewCaseForm)
        editor: QWidget = form.fields.claim
    else:
        workspace.show_case(workspace.cases.model.index(0, 0).data(0x100).case_id)
        panel = {"claim": workspace.case.claim, "verdict": workspace.case.verdict}[place]
        workspace.case.tabs.setCurrentWidget(panel)
        editor = {"claim": workspace.case.claim.form.translation, "verdict": workspace.case.verdict.form.rationale}[
            place
        ]  # type: ignore[attr-defined]
    QTimer.singleShot(0, lambda: _type(editor, words))
    return app.exec()


def _type(editor: QWidget, words: str) -> None:
    editor.window().activateWindow()
    editor.setFocus()
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(editor, event)
    sys.stdout.write("typed\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
