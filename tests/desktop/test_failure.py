"""What went wrong is told in words, and neither the report nor the log holds anything of a case."""

from __future__ import annotations

import logging
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from db.errors import DiskFull, NotFound
from desktop.failure import Failure
from desktop.widgets.notice import Notice
from tests.desktop.desk import wait_for

SECRET = "Der Minister sagte الوزير"


@pytest.fixture
def failure(qtbot: QtBot) -> Iterator[Failure]:
    window = QWidget()
    qtbot.addWidget(window)
    failure = Failure(window)
    yield failure
    failure.close()


def told(failure: Failure) -> list[str]:
    notices = failure.parent().findChildren(Notice)
    return [" ".join(each.text() for each in n.findChildren(QLabel)) for n in notices if n.isVisible()]


def mistake() -> ValueError:
    try:
        try:
            {}[SECRET]
        except KeyError as error:
            raise ValueError(f"bad {SECRET}") from error
    except ValueError as error:
        return error


def test_a_known_error_is_told_in_words_and_once(failure: Failure) -> None:
    for _ in range(20):
        failure.show(DiskFull(Path("/media/stick/desk.casebook")))
    (words,) = told(failure)
    assert "no room left" in words
    assert "The last save is whole" in words
    assert "Make room" in words


def test_many_errors_do_not_cover_the_screen(failure: Failure) -> None:
    for number in range(50):
        failure.show(NotFound("case", f"KBL-{number}"))
    assert 1 <= len(told(failure)) <= 5


def test_our_mistake_has_a_report_without_content(failure: Failure, qtbot: QtBot, tmp_path: Path) -> None:
    failure.show(mistake())
    (words,) = told(failure)
    assert "mistake in Claimdesk" in words
    notice = next(n for n in failure.parent().findChildren(Notice) if n.isVisible())
    notice._on_copy()
    text = QGuiApplication.clipboard().text()
    assert "ValueError" in text
    assert "KeyError" in text
    assert "test_failure.py:" in text
    assert SECRET not in text
    assert str(Path.home()) not in text
    notice._on_chosen(str(tmp_path / "report.txt"))
    assert (tmp_path / "report.txt").read_text("utf-8") == text
    notice._on_chosen(str(tmp_path / "nowhere" / "report.txt"))
    assert "could not be saved" in told(failure)[0]


def test_what_nobody_caught_is_told_from_any_thread_and_logged_by_class_alone(
    failure: Failure, qtbot: QtBot, home: Path
) -> None:
    before = sys.excepthook
    failure.install_hooks()
    error = mistake()
    sys.excepthook(type(error), error, error.__traceback__)
    assert len(told(failure)) == 1

    def fail() -> None:
        raise OSError(SECRET)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    wait_for(qtbot, lambda: len(told(failure)) == 2)
    try:
        raise RuntimeError(SECRET)
    except RuntimeError:
        logging.getLogger("desktop.jobs").exception("a job")
    log = home / "log" / "claimdesk.log"
    text = log.read_text("utf-8")
    assert "OSError" in text
    assert "RuntimeError" in text
    assert SECRET not in text
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    failure.close()
    assert sys.excepthook is before


def test_the_log_stays_small(failure: Failure, home: Path) -> None:
    failure.install_hooks()
    logger = logging.getLogger("desktop.test")
    for _ in range(7000):
        logger.warning("x" * 1000)
    files = list((home / "log").iterdir())
    assert len(files) == 5
    assert sum(each.stat().st_size for each in files) <= 5_100_000
    assert all(stat.S_IMODE(each.stat().st_mode) == 0o600 for each in files)


def test_an_error_while_telling_is_left_to_python(failure: Failure, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: heard.append(kind))
    failure.install_hooks()
    failure._window = QWidget()
    shiboken6.delete(failure._window)  # nothing can be shown on it any more
    error = mistake()
    sys.excepthook(type(error), error, error.__traceback__)
    assert heard == [RuntimeError]
