"""A merge looked at before it is made: nothing is written, and another thread may read it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from db import arrivals, attachments, check, intake, plan
from db.casebook import Casebook
from db.incarnation import home
from db.progress import Cancelled
from tests.db.union import unite
from tests.makers import attach, edit_case, make_book, make_case, picture


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Casebook, Casebook, str]]:
    """Two desks that know one case, which the second has edited."""
    with (
        make_book(tmp_path, "mine") as mine,
        make_book(tmp_path, "theirs", desk="Peshawar desk", code="PSH", analyst="Bilal") as theirs,
    ):
        case = make_case(mine)
        unite(theirs, mine.path)
        edit_case(theirs, case, "Theirs")
        yield mine, theirs, case


def test_a_plan_made_in_one_thread_is_read_in_another_and_writes_nothing(desks: tuple[Casebook, Casebook, str]) -> None:
    mine, theirs, case = desks
    attach(theirs, case, picture(), "their.png")
    before = mine.path.read_bytes()
    with intake.receive(theirs.path, mine) as incoming:
        with ThreadPoolExecutor(1) as worker:
            made = worker.submit(plan.of, mine.path, incoming).result()
        with closing(made):
            assert not made.brings_nothing
            assert (made.desk, made.files) == ("Peshawar desk", 1)
            assert [each.case_id for each in made.news.cases] == [case]
            saves = made.brought(case).entries
            assert [(e.analyst, e.desk, e.verb) for e in saves][-1] == ("Bilal", "Peshawar desk", "edit case")
            assert [entry.verb for entry in made.brought("").entries] == ["found casebook"]
        made.close()
    assert mine.path.read_bytes() == before
    assert not any((home() / "scratch").iterdir())


def test_where_all_is_here_already_a_plan_brings_nothing(desks: tuple[Casebook, Casebook, str]) -> None:
    mine, theirs, _ = desks
    unite(mine, theirs.path)
    with intake.receive(theirs.path, mine) as incoming, closing(plan.of(mine.path, incoming)) as made:
        assert made.brings_nothing


def test_missing_bytes_alone_are_something(desks: tuple[Casebook, Casebook, str]) -> None:
    mine, theirs, case = desks
    attach(theirs, case, picture(), "their.png")
    unite(mine, theirs.path)
    with mine.repair() as writer:
        for table in ("piece", "blob"):
            writer.execute(f"DELETE FROM {table}")
    with intake.receive(theirs.path, mine) as incoming, closing(plan.of(mine.path, incoming)) as made:
        assert (made.news.operations, made.files, made.brings_nothing) == (0, 1, False)


def test_a_plan_that_is_cancelled_leaves_no_connection(desks: tuple[Casebook, Casebook, str]) -> None:
    mine, theirs, _ = desks

    class Stop:
        def step(self, done: int, total: int) -> None:
            if done * 100 >= 80 * total:
                raise Cancelled

    with intake.receive(theirs.path, mine) as incoming, pytest.raises(Cancelled):
        plan.of(mine.path, incoming, Stop())


def test_before_a_merge_a_backup_is_made_that_holds_what_was_there(desks: tuple[Casebook, Casebook, str]) -> None:
    mine, theirs, case = desks
    attach(mine, case, picture(), "mine.png")
    with intake.receive(theirs.path, mine) as incoming:
        merged = arrivals.take(mine.path, incoming)
    mine.catch_up(merged.notice)
    assert merged.arrival
    with Casebook.open(Path(merged.arrival.backup), write=False) as backup:
        assert [a.name for a in attachments.of_case(backup, case)] == ["mine.png"]
        assert backup.value('SELECT title FROM "case"') == ""
        assert check.check(backup).problems == ()
