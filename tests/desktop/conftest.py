"""A desk for tests of what stands in the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.desktop.desk import Desk, sit_down


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    """One case in one casebook."""
    with sit_down(tmp_path) as desk:
        yield desk


@pytest.fixture
def reading_desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    """The same, opened for reading only."""
    with sit_down(tmp_path, write=False) as desk:
        yield desk
