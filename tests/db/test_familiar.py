"""Files that are as this computer left them are known; any other is not."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from db import drafts, familiar
from db.casebook import Casebook
from tests.makers import make_book, make_case

ROOT = Path(__file__).parents[2]


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    with make_book(tmp_path) as book:
        make_case(book)
    return book.path


def test_what_was_written_here_is_known(closed: Path) -> None:
    assert familiar.knows(closed)
    with Casebook.open(closed) as book:
        make_case(book)
        drafts.keep(book, "a verdict", "half a sentence")
        assert familiar.knows(closed)
    assert familiar.knows(closed)
    with Casebook.open(closed, write=False):
        pass
    assert familiar.knows(closed)


def test_what_comes_from_elsewhere_is_not(closed: Path, home: Path) -> None:
    copy = Path(shutil.copy(closed, closed.with_name("copy.casebook")))
    assert not familiar.knows(copy)
    assert not familiar.knows(closed.with_name("none.casebook"))
    shutil.rmtree(home / "files")
    assert not familiar.knows(closed)


def test_what_was_changed_by_another_program_is_not(closed: Path) -> None:
    connection = sqlite3.connect(closed)
    connection.execute("""UPDATE "case" SET title = 'forged'""")
    connection.commit()
    connection.close()
    assert not familiar.knows(closed)


def test_another_file_in_the_same_place_is_not(closed: Path, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    with make_book(tmp_path / "theirs") as theirs:
        make_case(theirs)
    with theirs.path.open("rb") as source, closed.open("wb") as target:  # as cp does: the inode stays
        shutil.copyfileobj(source, target)
    assert not familiar.knows(closed)


def test_a_moved_file_is_known(closed: Path, tmp_path: Path) -> None:
    assert familiar.knows(closed.rename(tmp_path / "moved.casebook"))


def test_what_a_crash_leaves_is_still_ours(closed: Path) -> None:
    code = """
import os, sys
from pathlib import Path
from db import drafts
from db.casebook import Casebook
from tests.makers import make_case
book = Casebook.open(Path(sys.argv[1]))
make_case(book)
drafts.keep(book, "a verdict", "half a sentence")
os._exit(9)
"""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code, closed], check=False, cwd=ROOT, env=env)
    assert done.returncode == 9
    assert familiar.knows(closed)


def test_where_nothing_can_be_remembered_everything_is_known(
    closed: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "no folder").touch()
    monkeypatch.setenv("CLAIMDESK_HOME", str(tmp_path / "no folder"))
    assert familiar.knows(closed)
