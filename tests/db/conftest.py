"""What the tests of the data layer share."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.casebook import Casebook
from tests.makers import make_book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    """A new casebook, closed in the end."""
    with make_book(tmp_path) as made:
        yield made


@pytest.fixture
def quick_folder() -> Iterator[Path]:
    """A folder in memory where there is one: many saves, and no wait for the disk."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
    yield folder
    shutil.rmtree(folder)
