"""What a backup does not have is told as it is told in the history, and nothing of it is left out."""

from __future__ import annotations

import gc
import shutil
import sqlite3
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import actors, backups, cases, history, losses, notes, scales, sources
from db.backups import Why
from db.casebook import Casebook
from db.cases import CaseDraft
from db.claims import ClaimDraft
from db.incarnation import Incarnation
from db.losses import Loss, Losses, missing
from db.progress import Cancelled
from db.store import Store
from db.vocabulary import Op
from tests.db.test_backups import Stop
from tests.makers import URDU, Clock, edit_case, give_verdict, make_book, make_case, make_source


def lost(book: Casebook) -> tuple[Loss, ...]:
    """What would be lost if the newest backup were restored."""
    with backups.opened(backups.of(book.path)[0].path) as then:
        return missing(book, then).cases


def test_a_backup_that_knows_everything_loses_nothing(book: Casebook) -> None:
    make_case(book)
    backups.make(book, Why.ASKED)
    assert lost(book) == ()


def test_what_was_saved_since_is_told_case_by_case_the_last_changed_first(tmp_path: Path) -> None:
    with make_book(tmp_path, clock=Clock()) as book:
        first, second = make_case(book, URDU, title="First"), make_case(book, URDU)
        backups.make(book, Why.ASKED)
        give_verdict(book, second)
        edit_case(book, first, "New title")
        edit_case(book, first, "Newer title")
        third = make_case(book, "A third")
        found = lost(book)
        told = [(loss.case_id, loss.title, loss.saves) for loss in found]
        assert told == [(third, "A third", 1), (first, "Newer title", 2), (second, URDU, 1)]
        assert found[0].reference == cases.one(book, third).reference
        assert found[1].entries == history.of_case(book, first)[:2]
        assert found[2].entries[0].verb == Op.GIVE_VERDICT


def test_a_source_and_an_actor_are_told_in_every_case_that_names_them(book: Casebook) -> None:
    with book.change(Op.ADD_CASE) as change:
        actor = actors.named(change, "Somebody")
        first = cases.add(change, CaseDraft(), ClaimDraft("said", claimant_id=actor))
    second = make_case(book)
    source = make_source(book, [first, second])
    backups.make(book, Why.ASKED)
    with book.change(Op.EDIT_SOURCE) as change:
        sources.edit(change, source, sources.SourceDraft("Another title"))
    with book.change(Op.EDIT_ACTOR) as change:
        actors.edit(change, actor, actors.ActorDraft("Somebody else"))
    assert {(loss.case_id, loss.saves) for loss in lost(book)} == {(first, 2), (second, 1)}


def test_what_belongs_to_no_case_stands_last(book: Casebook) -> None:
    case_id = make_case(book)
    backups.make(book, Why.ASKED)
    edit_case(book, case_id, "x")
    with book.change(Op.EDIT_SCALE) as change:
        scales.edit(change, (scales.RatingDraft("", "Satire", None, "", "gray"),))
    case, scale = lost(book)
    assert (case.case_id, case.saves) == (case_id, 1)
    assert (scale.case_id, scale.reference, scale.saves) == ("", "", 1)
    assert {edit.new for edit in scale.entries[0].edits} >= {"Satire"}


def test_what_was_deleted_since_is_told_too(book: Casebook) -> None:
    case_id = make_case(book, title="Gone")
    backups.make(book, Why.ASKED)
    with book.change(Op.DELETE_CASE) as change:
        cases.delete(change, case_id, "a duplicate")
    (loss,) = lost(book)
    assert (loss.title, loss.entries[0].reason) == ("Gone", "a duplicate")


def test_many_saves_are_counted_and_the_newest_of_them_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick_folder: Path
) -> None:
    monkeypatch.setattr(losses, "MOST_TOLD", 5)
    with make_book(quick_folder, clock=Clock()) as book:
        old, new = make_case(book), make_case(book)
        backups.make(book, Why.ASKED)
        edit_case(book, old, "x")
        for number in range(20):
            edit_case(book, new, f"{number}")
        first, second = lost(book)
    assert (first.saves, len(first.entries), first.entries[0].edits[0].new) == (20, 5, "19")
    assert (second.case_id, second.saves, second.entries) == (old, 1, ())


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), max_size=12), st.booleans())
@settings(max_examples=60)
def test_the_difference_is_exact_for_copies_that_went_their_own_ways(steps: list[tuple[str, int]], fork: bool) -> None:
    """Copies of one file that are saved in, and copied over one another, in any order, be it all on one chain."""
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with TemporaryDirectory(dir=memory) as folder, pytest.MonkeyPatch.context() as patch:
        if fork:
            patch.setattr(Incarnation, "knows", lambda *_: True)
        paths = {name: Path(folder) / f"{name}.casebook" for name in "abc"}
        with make_book(Path(folder), "a") as book:
            case_id = make_case(book)
        for name in "bc":
            shutil.copy(paths["a"], paths[name])
        for name, act in steps:
            if act == 3:
                shutil.copy(paths[name], paths["b" if name == "a" else "a"])
                continue
            with Casebook.open(paths[name]) as book, book.change(Op.ADD_NOTE) as change:
                for number in range(act):
                    notes.add_note(change, case_id, f"{name} {number}")
        for one, other in permutations("abc", 2):
            with backups.opened(paths[one]) as ours, backups.opened(paths[other]) as theirs:
                found = missing(ours, theirs)
                assert found.saves == len(beyond(ours, theirs))
                assert {entry.save for loss in found.cases for entry in loss.entries} == beyond(ours, theirs)


def test_many_cases_are_counted_and_those_changed_last_told(
    monkeypatch: pytest.MonkeyPatch, quick_folder: Path
) -> None:
    monkeypatch.setattr(losses, "MOST_CASES", 2)
    with make_book(quick_folder, clock=Clock()) as book:
        backups.make(book, Why.ASKED)
        for number in range(4):
            make_case(book, title=f"{number}")
        assert [(loss.title, loss.saves, len(loss.entries)) for loss in lost(book)] == [
            ("3", 1, 1), ("2", 1, 1), ("1", 1, 0), ("0", 1, 0),
        ]  # fmt: skip


def test_gaps_of_the_other_are_seen(book: Casebook, tmp_path: Path) -> None:
    case_id = make_case(book)
    for number in range(5):
        edit_case(book, case_id, f"{number}")
    other = tmp_path / "other.casebook"
    book.copy_into(other)
    connection = sqlite3.connect(other)
    connection.execute("DELETE FROM op WHERE number = (SELECT max(number) - 2 FROM op)")
    connection.commit()
    connection.close()
    with backups.opened(other) as theirs:
        (loss,) = missing(book, theirs).cases
        assert {entry.save for entry in loss.entries} == beyond(book, theirs)
        assert [edit.new for edit in loss.entries[0].edits] == ["2"]
        assert missing(theirs, book) == Losses(0, ())


def test_a_look_that_is_cancelled_lets_go_of_what_it_read(book: Casebook) -> None:
    """What was raised goes to another thread, and that must not be the one to end what was read."""
    case_id = make_case(book)
    made = backups.make(book, Why.ASKED)
    for number in range(5):
        edit_case(book, case_id, f"{number}")
    raised: list[Cancelled] = []
    reading, saved = Event(), Event()

    def work() -> None:
        with book.reader() as reader, backups.opened(made.path) as then:
            try:
                missing(reader, then, Stop(0))
            except Cancelled as error:
                raised.append(error)
            reading.set()
            saved.wait(30)

    worker = Thread(target=work)
    worker.start()
    try:
        assert reading.wait(30)
        edit_case(book, case_id, "saved while the reader is still open")
    finally:
        saved.set()
        worker.join()
    assert raised
    raised.clear()
    gc.collect()


def beyond(ours: Store, theirs: Store) -> set[str]:
    """The saves that are in the one and not in the other, in the plainest way."""
    there = {row[0] for row in theirs.select("SELECT id FROM op")}
    return {save for op, save in ours.select("SELECT id, save FROM op") if op not in there}
