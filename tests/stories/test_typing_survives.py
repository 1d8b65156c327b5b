"""The power goes three seconds after the last key, and what was typed is there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from db import claims
from db.casebook import Casebook
from db.check import check
from db.store import Store
from tests import makers

ROOT = Path(__file__).parents[2]
WORDS = f"typed: {makers.URDU} {makers.EMOJI}"


def typed_and_killed(book: Path, place: str) -> None:
    """Start a window, type into it, and kill it three seconds later."""
    command = [sys.executable, "-m", "tests.stories.typist", str(book), place, WORDS]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "typed\n"
            time.sleep(3)
        finally:
            process.send_signal(signal.SIGKILL)


@pytest.mark.heavy
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize(
    ("place", "kept"),
    [
        ("claim", lambda store, case: claims.of_case(store, case)[0].translation),
        ("verdict", lambda store, case: json.loads(store.value("SELECT body FROM draft"))[1]),
        ("new case", lambda store, case: json.loads(store.value("SELECT body FROM draft"))[0]),
    ],
)
def test_what_was_typed_is_there_after_a_kill(tmp_path: Path, place: str, kept: Callable[[Store, str], str]) -> None:
    with makers.make_book(tmp_path) as book:
        case = makers.make_case(book)
    typed_and_killed(book.path, place)
    with Casebook.open(book.path) as book:
        assert book.writable
        assert kept(book, case) == WORDS
        assert check(book).problems == ()
