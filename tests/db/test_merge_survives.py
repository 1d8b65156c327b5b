"""A merge that is killed or runs out of disk is wholly there or wholly absent, and the casebook opens."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.db.union import unite
from tests.makers import attach, edit_case, give_verdict, make_book, make_case, make_source, picture

ROOT = Path(__file__).parents[2]


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """The files of two desks that have worked on one case, one of them on many more."""
    with make_book(tmp_path, "mine") as mine, make_book(tmp_path, "theirs", desk="Other") as theirs:
        case = make_case(mine)
        unite(theirs, mine.path)
        edit_case(mine, case, "Mine")
        edit_case(theirs, case, "Theirs")
        for number in range(25):
            new = make_case(theirs, f"Claim {number}")
            make_source(theirs, [new, case], f"Source {number}")
            attach(theirs, new, picture(60, 40 + number, "blue") + bytes(20_000), f"{number}.png")
        give_verdict(theirs, case)
    return mine.path, theirs.path


def told(*arguments: object) -> dict:
    command = [sys.executable, "-m", "tests.db.merge_killed", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


@pytest.mark.heavy
@pytest.mark.timeout(0)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_hundred_kills_leave_all_of_a_merge_or_nothing(two: tuple[Path, Path], seed: int) -> None:
    found = told("kill", *two, 50, seed)
    assert found["problems"] == []
    assert found["absent"] + found["whole"] == 50
    assert found["absent"] > 2, "no kill hit a merge: the test tested nothing"


@pytest.mark.heavy
@pytest.mark.timeout(0)
def test_a_disk_that_is_full_at_any_size_leaves_all_of_a_merge_or_nothing(two: tuple[Path, Path]) -> None:
    found = told("full", *two)
    assert found["problems"] == []
    assert found["refused"] > 10
    assert found["whole"] >= 1
