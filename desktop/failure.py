"""What went wrong, told to the person: what happened, what is safe, what to do next."""

from __future__ import annotations

import logging
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from db.errors import CasebookError
from db.incarnation import home
from desktop import wording
from desktop.widgets.notice import Notice

if TYPE_CHECKING:
    from desktop import report

_log = logging.getLogger(__name__)
_MOST_OPEN = 4
_REPORT_WIDTH = 600
_TITLE = "This is a mistake in Claimdesk"
_SAFE = (
    "What was saved is safe: a save is in the casebook whole, or not at all. What you typed last may not be saved yet."
)
_TODO = (
    "You can go on working; closing Claimdesk and opening it again is wiser. Send the report below to those who look "
    "after Claimdesk. It names places in the program and holds nothing of your cases."
)


class Failure(QObject):
    """Shows errors without stopping the work; the same one is shown once at a time."""

    _heard = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._open: list[Notice] = []
        self._telling = False
        self._log: report.Log | None = None
        self._hooks = (sys.excepthook, threading.excepthook)
        self._heard.connect(self.show)

    def show(self, error: Exception) -> None:
        """Tell of an error: one that Claimdesk knows in its words, any other as a mistake in Claimdesk."""
        if isinstance(error, CasebookError):
            _log.warning("%s", type(error).__name__)
            words = wording.explain(error)
            self._tell(Notice(self._window, words.what, (words.safe, words.todo)))
            return
        from desktop import report  # noqa: PLC0415 (start-up does not wait for it)

        told = report.describe(error)
        _log.error("%s", told)
        self._tell(
            _Mistake(self._window, told, f"{told}\n\n{report.about()}\n\n{self._log.tail() if self._log else ''}")
        )

    def install_hooks(self) -> None:
        """Hear of every error that nothing else caught, and keep the log."""
        from desktop import report  # noqa: PLC0415 (start-up does not wait for it)

        with suppress(OSError):
            self._log = report.Log(home())
        self._hooks = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._on_uncaught
        threading.excepthook = self._on_uncaught_in_thread

    def close(self) -> None:
        """Leave everything as it was before."""
        if sys.excepthook == self._on_uncaught:
            sys.excepthook, threading.excepthook = self._hooks
        if self._log:
            self._log.close()
            self._log = None
        for notice in tuple(self._open):
            notice.close()

    def _tell(self, notice: Notice) -> None:
        standing = [each for each in self._open if each.subject == notice.subject]
        if standing or len(self._open) >= _MOST_OPEN:
            notice.deleteLater()
            for each in standing:
                each.raise_()
            return
        self._open.append(notice)
        notice.finished.connect(self._on_finished)
        notice.show()

    def _on_finished(self) -> None:
        self._open = [each for each in self._open if each is not self.sender()]

    def _on_uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not isinstance(error, Exception):
            self._hooks[0](kind, error, trace)
            return
        if self._telling:  # telling of an error failed: no second one comes of that
            self._hooks[0](kind, error, trace)
            return
        self._telling = True
        try:
            self._heard.emit(error.with_traceback(trace))
        finally:
            self._telling = False

    def _on_uncaught_in_thread(self, caught: threading.ExceptHookArgs) -> None:
        if isinstance(caught.exc_value, Exception):
            self._heard.emit(caught.exc_value)


class _Mistake(Notice):
    """Our own fault, with a report that can be copied and saved."""

    def __init__(self, window: QWidget, subject: str, text: str) -> None:
        super().__init__(window, _TITLE, (_SAFE, _TODO), subject)
        self.report = QPlainTextEdit(text)
        self.report.setReadOnly(True)
        self.report.setAccessibleName("Report")
        self.report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.report.setMinimumHeight(180)
        self.setMinimumWidth(_REPORT_WIDTH)
        self.add(self.report)
        self.add_button("Copy report", self._on_copy)
        self.add_button("Save report…", self._on_save)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())

    def _on_save(self) -> None:
        chooser = QFileDialog(self, "Save report")
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("txt")
        chooser.selectFile("claimdesk report.txt")
        chooser.fileSelected.connect(self._on_chosen)
        chooser.open()

    def _on_chosen(self, name: str) -> None:
        try:
            Path(name).write_text(self.report.toPlainText(), "utf-8")
        except OSError:
            self.say(f"The report could not be saved as {name}. Choose another folder, or copy it.")
