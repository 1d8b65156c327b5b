"""A working copy and the file that it was made of know the same after merging back, whatever happens on the way."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from db import cases, check, drafts, mergeback, notes, workcopies
from db.casebook import Casebook
from db.errors import Away, DiskFull, Locked, Missing, OtherCasebook, Torn, Untrusted
from db.lock import WriterLock
from db.mergeback import Back
from db.progress import SILENT, Cancelled
from db.vocabulary import Op
from db.workcopies import WorkCopy
from tests.db.synced import make_synced, operations, work_here
from tests.makers import EMOJI, PASHTO, RUSSIAN, attach, edit_case, make_book, make_case

ROOT = Path(__file__).parents[2]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return make_synced(tmp_path / "stick")


@pytest.fixture
def work(stick: Path, tmp_path: Path) -> WorkCopy:
    return work_here(stick, tmp_path / "here")


def write(path: Path, claim: str) -> str:
    """A case more, written to a file here."""
    with Casebook.open(path) as book:
        assert book.writable, book.closed
        return make_case(book, claim)


def write_elsewhere(stick: Path, claim: str) -> None:
    """A case more in the file on the stick, written by another computer, as a service carries it here."""
    with TemporaryDirectory(dir=stick.parent.parent) as away:
        there = Path(shutil.copy(stick, away))
        write(there, claim)
        there.replace(stick)


def back(work: WorkCopy) -> Back:
    return mergeback.merge_back(work, lambda _: None)


def claims(path: Path) -> set[str]:
    with Casebook.open(path, write=False) as book:
        return {text for (text,) in book.select("SELECT text FROM claim WHERE deleted = 0")}


def beside(stick: Path) -> list[str]:
    return sorted(p.name for p in stick.parent.iterdir())


def test_a_copy_is_worked_on_and_merged_back(work: WorkCopy, stick: Path, home: Path) -> None:
    old = stick.read_bytes()
    write(work.copy, RUSSIAN)
    with Casebook.open(work.copy) as book:
        assert workcopies.unmerged(book, work) == 1
    assert stick.read_bytes() == old
    done = back(work)
    assert (done.given, done.taken, done.conflicts) == (1, 0, 0)
    assert operations(stick) == operations(work.copy)
    assert RUSSIAN in claims(stick)
    assert beside(stick) == [".stfolder", "shared.casebook"]
    (kept,) = (home / "replaced").iterdir()
    assert kept.read_bytes() == old
    with Casebook.open(work.copy) as book:
        again = workcopies.of(book)
        assert again
        assert workcopies.unmerged(book, again) == 0


def test_what_came_to_the_stick_meanwhile_comes_here(work: WorkCopy, stick: Path) -> None:
    write(work.copy, RUSSIAN)
    write_elsewhere(stick, PASHTO)
    done = back(work)
    assert (done.given, done.taken) == (1, 1)
    assert operations(stick) == operations(work.copy)
    assert {RUSSIAN, PASHTO} <= claims(stick) & claims(work.copy)


def test_the_same_field_on_both_is_a_conflict_on_both(work: WorkCopy, stick: Path) -> None:
    with Casebook.open(work.copy) as book:
        case_id = book.value('SELECT id FROM "case"')
        edit_case(book, case_id, "Here")
    with TemporaryDirectory(dir=stick.parent.parent) as away:
        there = Path(shutil.copy(stick, away))
        with Casebook.open(there) as book:
            edit_case(book, case_id, "There")
        there.replace(stick)
    assert back(work).conflicts == 1
    for path in (stick, work.copy):
        with Casebook.open(path, write=False) as book:
            assert cases.one(book, case_id).conflicts == 1
    assert operations(stick) == operations(work.copy)


def test_merging_back_where_nothing_is_new_leaves_the_file_alone(work: WorkCopy, stick: Path) -> None:
    write(work.copy, RUSSIAN)
    done = back(work)
    before = (stick.read_bytes(), stick.stat().st_mtime_ns)
    again = back(done.work)
    assert (again.given, again.taken) == (0, 0)
    assert (stick.read_bytes(), stick.stat().st_mtime_ns) == before


def test_many_days_of_it_over_two_desks_end_the_same(work: WorkCopy, stick: Path, tmp_path: Path) -> None:
    other = replace(work, copy=tmp_path / "other.casebook")
    shutil.copy(work.copy, other.copy)
    for day in range(3):
        write(work.copy, f"here {day}")
        work = back(work).work
        write(other.copy, f"there {day}")
        other = back(other).work
    back(work)
    assert operations(stick) == operations(work.copy) == operations(other.copy)
    assert len(claims(stick)) == 7


def test_what_is_being_typed_stays_here(work: WorkCopy, stick: Path) -> None:
    secret = "half a sentence that nobody has read"
    with Casebook.open(work.copy) as book:
        book.one("PRAGMA secure_delete=OFF")  # as most builds of SQLite have it
        drafts.keep(book, "a verdict", f"{secret} " * 1000)
        drafts.keep(book, "a verdict", "")
        drafts.keep(book, "a note", f"{secret} either")
        make_case(book, RUSSIAN)
    assert work.copy.read_bytes().count(secret.encode()) > 9, "what was deleted is still in the bytes of the copy"
    back(work)
    assert secret.encode() not in stick.read_bytes()
    with Casebook.open(work.copy) as book:
        assert drafts.read(book, "a note") == f"{secret} either"


def test_whoever_reads_the_old_file_reads_it_to_its_end(work: WorkCopy, stick: Path) -> None:
    """As a service does that carries it elsewhere: the new one takes its name, and is not written into it."""
    write(work.copy, RUSSIAN)
    old = stick.read_bytes()
    with stick.open("rb") as reading:
        back(work)
        assert reading.read() == old
    assert stick.read_bytes() != old


def test_pictures_go_both_ways(work: WorkCopy, stick: Path) -> None:
    with Casebook.open(work.copy) as book:
        attach(book, book.value('SELECT id FROM "case"'), os.urandom(3_000_000), "here.bin")
    back(work)
    assert operations(stick) == operations(work.copy)


def test_the_window_that_shows_the_copy_is_told(work: WorkCopy, stick: Path) -> None:
    write_elsewhere(stick, PASHTO)
    heard = []
    with Casebook.open(work.copy) as book:
        book.subscribe(heard.append)
        case_id = make_case(book, RUSSIAN)
        mergeback.merge_back(work, book.catch_up)
        edit_case(book, case_id, "goes on")
        assert check.check(book).problems == ()
        assert len(heard) == 3
        assert PASHTO in claims(work.copy)


def test_the_stick_is_not_there(work: WorkCopy, stick: Path) -> None:
    write(work.copy, RUSSIAN)
    pulled = stick.parent.rename(stick.parent.with_name("in a pocket"))
    with pytest.raises(Away):
        back(work)
    assert not stick.parent.exists()
    pulled.rename(stick.parent)
    back(work)
    assert operations(stick) == operations(work.copy)


def test_the_file_is_not_on_the_stick_any_more(work: WorkCopy, stick: Path) -> None:
    stick.unlink()
    with pytest.raises(Missing):
        back(work)


@pytest.mark.parametrize("at", [5, 30, 45, 60, 75, 80, 90, 99])
def test_the_stick_is_pulled_out_on_the_way(work: WorkCopy, stick: Path, at: int) -> None:
    write(work.copy, RUSSIAN)
    before, pocket = operations(stick), stick.parent.with_name("in a pocket")

    class Puller:
        def step(self, done: int, total: int) -> None:
            if done * 100 >= at * total and stick.parent.exists():
                stick.parent.rename(pocket)

    try:
        mergeback.merge_back(work, lambda _: None, Puller())
    except (Away, Missing):
        assert operations(pocket / stick.name) == before
    else:
        assert operations(pocket / stick.name) == operations(work.copy)
    pocket.rename(stick.parent)
    back(work)
    assert operations(stick) == operations(work.copy)
    assert beside(stick) == [".stfolder", "shared.casebook"]


@pytest.mark.parametrize("at", [5, 30, 45, 60, 75, 80, 90, 99])
def test_cancelled_on_the_way_nothing_is_left_on_the_stick(work: WorkCopy, stick: Path, at: int) -> None:
    write(work.copy, RUSSIAN)
    before = stick.read_bytes()

    class Stopper:
        def step(self, done: int, total: int) -> None:
            if done * 100 >= at * total:
                raise Cancelled

    with pytest.raises(Cancelled):
        mergeback.merge_back(work, lambda _: None, Stopper())
    assert stick.read_bytes() == before
    assert beside(stick) == [".stfolder", "shared.casebook"]


@pytest.mark.parametrize("times", [1, 3])
def test_the_file_is_saved_to_meanwhile(work: WorkCopy, stick: Path, times: int) -> None:
    write(work.copy, RUSSIAN)
    turns = []

    class Meddler:
        def __init__(self) -> None:
            self.due = True

        def step(self, done: int, total: int) -> None:
            if done < 50:
                self.due = True
            elif done >= 80 and self.due and len(turns) < times:
                self.due = False
                turns.append(done)
                write_elsewhere(stick, f"meanwhile {len(turns)}")

    done = mergeback.merge_back(work, lambda _: None, Meddler())
    assert len(turns) == times
    assert done.taken == times
    assert operations(stick) == operations(work.copy)
    assert {RUSSIAN, "meanwhile 1", f"meanwhile {times}"} <= claims(stick)


def test_a_file_that_never_rests_is_left_and_nothing_of_it_is_lost(work: WorkCopy, stick: Path) -> None:
    write(work.copy, RUSSIAN)

    class Meddler:
        def __init__(self) -> None:
            self.number, self.due = 0, True

        def step(self, done: int, total: int) -> None:
            if done < 50:
                self.due = True
            elif done >= 80 and self.due:
                self.due, self.number = False, self.number + 1
                write_elsewhere(stick, f"meanwhile {self.number}")

    meddler = Meddler()
    with pytest.raises(Locked):
        mergeback.merge_back(work, lambda _: None, meddler)
    assert f"meanwhile {meddler.number}" in claims(stick)
    assert RUSSIAN not in claims(stick)
    assert beside(stick) == [".stfolder", "shared.casebook"]
    back(work)
    assert operations(stick) == operations(work.copy)


def test_a_window_elsewhere_that_works_in_the_file_is_not_disturbed(work: WorkCopy, stick: Path) -> None:
    write(work.copy, RUSSIAN)
    lock, before = WriterLock(stick), stick.read_bytes()
    assert lock.take()
    try:
        with pytest.raises(Locked):
            back(work)
        assert stick.read_bytes() == before
    finally:
        lock.release()
    back(work)
    assert operations(stick) == operations(work.copy)


def test_a_save_under_way_elsewhere_is_waited_for(work: WorkCopy, stick: Path) -> None:
    write(work.copy, RUSSIAN)
    journal = Path(f"{stick}-journal")
    journal.write_bytes(b"\0" * 512)
    with pytest.raises(Torn):
        back(work)
    journal.unlink()
    back(work)
    assert operations(stick) == operations(work.copy)


def test_another_casebook_under_the_name_is_not_united_with_it(work: WorkCopy, stick: Path, tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    with make_book(tmp_path / "x", "shared") as other:
        make_case(other, EMOJI)
    shutil.copy(other.path, stick)
    before = stick.read_bytes()
    with pytest.raises(OtherCasebook):
        back(work)
    assert stick.read_bytes() == before
    assert EMOJI not in claims(work.copy)


def test_a_poisoned_file_is_refused_and_the_copy_stays_clean(work: WorkCopy, stick: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(stick)
    connection.execute("CREATE TRIGGER t AFTER INSERT ON op BEGIN DELETE FROM op; END")
    connection.close()
    before = operations(work.copy)
    with pytest.raises(Untrusted):
        back(work)
    assert operations(work.copy) == before


def test_a_full_stick_keeps_its_file(work: WorkCopy, stick: Path) -> None:
    with Casebook.open(work.copy) as book:
        attach(book, book.value('SELECT id FROM "case"'), os.urandom(4_000_000), "large.bin")
    before, most = stick.read_bytes(), resource.getrlimit(resource.RLIMIT_FSIZE)

    class Filler:
        def step(self, done: int, total: int) -> None:
            if done >= 66:  # what is written now is on the stick
                resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, most[1]))

    try:
        with pytest.raises(DiskFull) as refused:
            mergeback.merge_back(work, lambda _: None, Filler())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)
    assert refused.value.path == stick
    assert stick.read_bytes() == before
    assert beside(stick) == [".stfolder", "shared.casebook"]
    back(work)
    assert operations(stick) == operations(work.copy)


def run(work: WorkCopy, *at: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.db.mergeback_killed", work.casebook, *map(str, at)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


@pytest.mark.heavy
def test_killed_at_any_point_the_file_on_the_stick_is_whole(
    work: WorkCopy, stick: Path, home: Path, tmp_path: Path
) -> None:
    with Casebook.open(work.copy) as book:
        for number in range(3):
            with book.change(Op.ADD_NOTE) as change:
                notes.add_note(change, book.value('SELECT id FROM "case"'), f"here {number}")
    write_elsewhere(stick, PASHTO)
    kept = tmp_path / "kept"
    for folder in (stick.parent, work.copy.parent, home):
        shutil.copytree(folder, kept / folder.name)
    old, mine = operations(stick), operations(work.copy)
    count = int(run(work).stdout)
    assert operations(stick) == old | mine
    assert count > 20
    for at in (*random.Random(7).sample(range(1, count), 17), count - 2, count - 1, count):
        for folder in (stick.parent, work.copy.parent, home):
            shutil.rmtree(folder)
            shutil.copytree(kept / folder.name, folder)
        killed = run(work, at)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        assert operations(stick) in (old, old | mine), at
        assert operations(work.copy) in (mine, old | mine), at
        found = workcopies.of_casebook(work.casebook)
        assert found
        mergeback.merge_back(found, lambda _: None, SILENT)
        assert operations(stick) == operations(work.copy) == old | mine
        assert beside(stick) == [".stfolder", "shared.casebook"], at
