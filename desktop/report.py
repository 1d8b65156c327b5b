"""What went wrong, for those who mend Claimdesk: where and of which class, never what is in a case. No Qt in here."""

from __future__ import annotations

import logging
import os
import platform
import sqlite3
import sys
import traceback
from importlib.metadata import PackageNotFoundError, version
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from db.errors import Invalid

_SIZE, _KEPT = 1_000_000, 5
_OURS = ("desktop", "db")
_DISTRIBUTIONS = ("claimdesk", "PySide6-Essentials", "reportlab", "pillow")
_TAIL = 30
_DEEPEST, _MOST_LINES = 40, 300


def describe(error: BaseException) -> str:
    """Classes of error and places in the program. No messages, no values, no paths of this computer."""
    lines: list[str] = []
    each: BaseException | None = error
    while each is not None and len(lines) < _MOST_LINES:
        code = each.problem if isinstance(each, Invalid) else getattr(each, "sqlite_errorname", "")
        lines.append(f"{type(each).__module__}.{type(each).__qualname__} {code}".strip())
        frames = traceback.extract_tb(each.__traceback__)[-_DEEPEST:]
        lines.extend(f"  {_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames)
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
        if each is not None:
            lines.append("after")
    return "\n".join(lines)


def _place(filename: str) -> str:
    """A file of the program without the folders of this computer."""
    parts = Path(filename).parts
    starts = [place for place, part in enumerate(parts) if part in (*_OURS, "site-packages")]
    return "/".join(parts[starts[-1] :]) if starts else Path(filename).name


def about() -> str:
    """The versions that matter, one a line."""
    lines = [f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}", platform.platform()]
    for name in _DISTRIBUTIONS:
        try:
            lines.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            lines.append(f"{name} –")
    return "\n".join(lines)


class Log:
    """The log file of this person's Claimdesk folder: five of 1 MB, for nobody else to read."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "log" / "claimdesk.log"
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._handler = _PrivateFile(self.path, maxBytes=_SIZE, backupCount=_KEPT - 1, encoding="utf-8", delay=True)
        self._handler.setFormatter(_ClassesOnly("%(asctime)s %(levelname)s %(name)s %(message)s"))
        for name in _OURS:
            logging.getLogger(name).addHandler(self._handler)

    def tail(self) -> str:
        """Its last lines."""
        self._handler.flush()
        try:
            return "\n".join(self.path.read_text("utf-8").splitlines()[-_TAIL:])
        except OSError:
            return ""

    def close(self) -> None:
        """Write to it no more."""
        for name in _OURS:
            logging.getLogger(name).removeHandler(self._handler)
        self._handler.close()


class _PrivateFile(RotatingFileHandler):
    def _open(self) -> TextIOWrapper:
        number = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return TextIOWrapper(os.fdopen(number, "ab"), encoding=self.encoding, write_through=True)

    def handleError(self, record: logging.LogRecord) -> None:
        """A log that cannot be written, as on a full disk, troubles nobody."""


class _ClassesOnly(logging.Formatter):
    """Errors by class and place: their messages may quote a case."""

    def formatException(self, info: object) -> str:
        error = info[1] if isinstance(info, tuple) else sys.exception()
        return describe(error) if isinstance(error, BaseException) else ""
