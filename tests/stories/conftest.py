"""A person at a window of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.desk import Desk, window


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    with window(qtbot) as desk:
        yield desk
