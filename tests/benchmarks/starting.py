"""From the start of the process to a window that has painted, against a bare PySide6 window."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

ROUNDS = 7
_BARE = """
import sys
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication(sys.argv[:1])
window = QMainWindow()
window.setCentralWidget(QLabel("bare"))
window.show()
window.grab()
"""
_OURS = """
import sys
from desktop import app, cli
app.QApplication.exec = lambda *_: len([w.grab() for w in app.QApplication.topLevelWidgets() if w.isVisible()])
cli.main([sys.argv[1]])
"""


def main(small: Path, large: Path) -> None:
    """Open a window on few and on many cases."""
    bare, few, many = _medians((_BARE, ""), (_OURS, str(small)), (_OURS, str(large)))
    print(
        f"window ready: {few * 1000:.0f} ms, a bare PySide6 window {bare * 1000:.0f} ms, ratio {few / bare:.2f} (aim <= 1.5)"
    )
    print(
        f"window ready on many cases: {many * 1000:.0f} ms, on few {few * 1000:.0f} ms, ratio {many / few:.2f} (aim 1)"
    )


def _medians(*runs: tuple[str, str]) -> list[float]:
    times: list[list[float]] = [[] for _ in runs]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once, not at each start
    environment["PYTHONPYCACHEPREFIX"] = str(Path(runs[-1][1]).with_name("bytecode"))
    for round_number in range(ROUNDS + 1):
        for place, (code, argument) in enumerate(runs):
            begin = perf_counter()
            subprocess.run(
                [sys.executable, "-c", code, argument], check=True, env=environment, stderr=subprocess.DEVNULL
            )
            if round_number:  # the first one compiles
                times[place].append(perf_counter() - begin)
    return [median(each) for each in times]
