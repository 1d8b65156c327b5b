"""Looking at a whole file from the terminal: one's own as it stands, one from elsewhere as before a merge."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from desktop.cli import main
from tests.makers import attach, make_book, make_case, picture


@pytest.fixture
def foreign(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casebook that was made on another computer."""
    with pytest.MonkeyPatch.context() as elsewhere:
        elsewhere.setenv("CLAIMDESK_HOME", str(tmp_path_factory.mktemp("elsewhere")))
        with make_book(tmp_path, "got", desk="Peshawar desk", code="PSH") as book:
            attach(book, make_case(book), picture())
    return book.path


def test_a_file_whose_chains_are_unknown_here_is_looked_over(foreign: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = foreign.read_bytes()
    assert main(["check", str(foreign)]) == 0
    out = capsys.readouterr().out
    assert "A file from elsewhere" in out
    assert "Casebook of Peshawar desk" in out
    assert "Blobs: 1, verified" in out
    assert main(["check", str(foreign), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["foreign"], found["desk"], found["blobs"]) == (True, "Peshawar desk", 1)
    assert found["operations"] > 10
    assert foreign.read_bytes() == before


def test_what_was_changed_in_it_refuses_it(foreign: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(foreign) as raw:
        raw.execute("UPDATE op SET analyst = 'Somebody else' WHERE n = 3")
    raw.close()
    assert main(["check", str(foreign)]) == 3
    assert "an operation is not what its hash says" in capsys.readouterr().err


def test_ones_own_is_looked_over_as_foreign_when_that_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with make_book(tmp_path) as book:
        make_case(book)
    assert main(["check", str(book.path)]) == 0
    assert "rebuilt from the log, equal" in capsys.readouterr().out
    assert main(["check", str(book.path), "--foreign"]) == 0
    assert "A file from elsewhere" in capsys.readouterr().out
    with sqlite3.connect(book.path) as raw:
        raw.execute("CREATE TRIGGER t AFTER INSERT ON op BEGIN DELETE FROM op; END")
    raw.close()
    assert main(["check", str(book.path), "--foreign"]) == 3
    assert "never writes" in capsys.readouterr().err


def test_a_hand_over_is_looked_over_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with make_book(tmp_path) as book:
        make_case(book)
    target = tmp_path / "x.handover.casebook"
    assert main(["handover", str(book.path), "KBL-2026-0001", "-o", str(target), "--tlp", "AMBER", "--sign"]) == 0
    capsys.readouterr()
    assert main(["check", str(target)]) == 0
    told = capsys.readouterr().out
    assert "Signed by Kabul desk" in told
    assert "No problem found." in told
