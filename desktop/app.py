"""The program: one QApplication, one window."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.settings import Settings
from desktop.theme import Theme
from desktop.window import Window


def run(file: Path | None = None) -> int:
    """Open the window, on a casebook if one is given; returns when it is closed."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Claimdesk")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("claimdesk")
    settings = Settings()
    window = Window(settings, Theme(app, settings.look))
    window.show()
    if file:
        window.open_path(file)
    QTimer.singleShot(0, window.failure.install_hooks)
    code = app.exec()
    window.close_casebook()
    window.close()  # where the session ended before the window was closed
    return code
