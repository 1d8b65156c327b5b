"""A backup counts when it was opened and found to be the casebook; no other is ever offered as one."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections import namedtuple
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from db import backups, check, identity, shelf
from db.backups import Backup, Why
from db.casebook import Casebook
from db.errors import Damaged, Missing, NoBackup, NotADatabase
from db.progress import Cancelled, Progress
from db.store import Store
from tests.makers import EMOJI, Clock, attach, edit_case, make_book, make_case

ROOT = Path(__file__).parents[2]


def left(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "backups").glob("*/*"))


def tops(store: Store) -> dict[str, bytes]:
    return dict(store.select("SELECT name, top_op FROM chain"))


def tamper(path: Path, sql: str = "UPDATE claim SET text = 'nobody said this'") -> None:
    connection = sqlite3.connect(path)
    connection.execute(sql)
    connection.commit()
    connection.close()


def test_a_backup_is_the_casebook_and_says_what_it_is(book: Casebook, home: Path) -> None:
    attach(book, make_case(book, EMOJI), os.urandom(3_000_000))
    made = backups.make(book, Why.ASKED)
    assert made.path.is_relative_to(home)
    assert (made.casebook, made.why, made.cases, made.whole) == (book.path, Why.ASKED, 1, True)
    assert made.operations == book.value("SELECT count(*) FROM op")
    assert made.size == made.path.stat().st_size
    assert backups.of(book.path) == (made,)
    backups.verify(made)
    with Casebook.open(made.path, write=False) as copy:
        assert check.check(copy).problems == ()
        assert tops(copy) == tops(book)


def test_nobody_else_on_this_computer_can_read_it(book: Casebook, home: Path) -> None:
    made = backups.make(book, Why.ASKED)
    if os.name == "posix":
        assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700


def test_two_in_the_same_moment_are_two(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = identity.now()
    monkeypatch.setattr(identity, "now", lambda: moment)
    made = {backups.make(book, Why.ASKED).path for _ in range(5)}
    assert len(made) == 5
    assert {each.path for each in backups.of(book.path)} == made


def test_the_newest_is_listed_first_and_the_clock_may_jump(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock("2026-03-01T10:00:00")
    monkeypatch.setattr(identity, "now", clock)
    first = backups.make(book, Why.ASKED)
    clock.turn("2026-03-01T09:00:00")
    second = backups.make(book, Why.ASKED)
    assert backups.of(book.path) == (first, second)


class Stop:
    """Progress that is cancelled once it has come so far."""

    def __init__(self, part: float) -> None:
        self.part = part

    def step(self, done: int, total: int) -> None:
        if done >= self.part * total:
            raise Cancelled


@pytest.mark.parametrize("part", [0.0, 0.2, 0.5, 0.55, 0.6, 1.0])
def test_one_that_is_cancelled_leaves_nothing(book: Casebook, home: Path, part: float) -> None:
    attach(book, make_case(book), os.urandom(5_000_000))
    before = backups.make(book, Why.ASKED)
    names = left(home)
    with pytest.raises(Cancelled):
        backups.make(book, Why.SCHEDULE, Stop(part))
    assert left(home) == names
    assert backups.of(book.path) == (before,)
    assert check.check(book).problems == ()


def test_a_check_of_the_copy_can_be_stopped(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.store._LOOK", 1)
    with pytest.raises(Cancelled), book.stoppable(Stop(0)):
        book.value("PRAGMA quick_check")
    with book.stoppable(Stop(2)):
        assert book.value("PRAGMA quick_check") == "ok"
    assert book.value("SELECT 1") == 1


def test_saves_go_on_meanwhile_and_the_backup_is_of_one_moment(book: Casebook) -> None:
    case_id = make_case(book)
    attach(book, case_id, os.urandom(20_000_000))
    made: list[Backup] = []

    def work() -> None:
        with book.reader() as reader:
            made.append(backups.make(reader, Why.SCHEDULE))

    worker = Thread(target=work)
    worker.start()
    for number in range(10):
        edit_case(book, case_id, f"title {number}")
    worker.join()
    edit_case(book, case_id, "after")
    with backups.opened(made[0].path) as copy:
        assert check.check(copy).problems == ()
        assert copy.value("SELECT count(*) FROM op") == made[0].operations < book.value("SELECT count(*) FROM op")


Usage = namedtuple("Usage", "total used free")


def test_where_it_would_fill_the_disk_it_is_not_even_begun(
    book: Casebook, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = backups.make(book, Why.ASKED)
    names = left(home)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9 - 10**6, 10**6))
    with pytest.raises(NoBackup, match="no room"):
        backups.make(book, Why.ASKED)
    assert left(home) == names
    assert backups.of(book.path) == (before,)


LIMITED = """
import resource
from pathlib import Path
from db import backups, check
from db.casebook import Casebook
from db.errors import NoBackup
from tests.makers import make_case
home = Path(os.environ["CLAIMDESK_HOME"])
with Casebook.open(Path(sys.argv[1])) as book:
    good = backups.make(book, backups.Why.ASKED)
    names = sorted(home.glob("backups/*/*"))
    refused = 0
    for room in range(0, good.size, good.size // 12):
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
        try: backups.make(book, backups.Why.SCHEDULE)
        except NoBackup as error: refused += error.path == book.path
        assert sorted(home.glob("backups/*/*")) == names
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    backups.verify(good)
    make_case(book)
    assert len(backups.of(book.path)) == 1 and backups.make(book, backups.Why.ASKED).cases == 2
    assert check.check(book).problems == ()
print(refused)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_a_disk_that_takes_no_more_leaves_the_older_ones_and_no_half_of_the_new(tmp_path: Path) -> None:
    with make_book(tmp_path) as book:
        attach(book, make_case(book), os.urandom(2_000_000))
    command = [sys.executable, "-c", "import os, sys\n" + LIMITED, str(book.path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100, check=False)
    assert done.stderr == ""
    assert int(done.stdout) >= 12


@pytest.mark.parametrize("obstacle", ["a file in the way", "a folder that is not ours"])
def test_a_place_that_takes_none_is_told_of_the_casebook(book: Casebook, home: Path, obstacle: str) -> None:
    if obstacle == "a file in the way":
        (home / "backups").write_text("in the way")
    else:
        (home / "backups").mkdir()
        (home / "backups").chmod(0o500)
        if os.access(home / "backups", os.W_OK):
            return  # whoever may do everything is refused nothing
    with pytest.raises(NoBackup) as refused:
        backups.make(book, Why.ASKED)
    assert refused.value.path == book.path
    assert refused.value.detail


def test_a_damaged_casebook_is_found_by_its_backup_which_does_not_count(tmp_path: Path, home: Path) -> None:
    with make_book(tmp_path) as book:
        attach(book, make_case(book), os.urandom(300_000))
    content = bytearray(book.path.read_bytes())
    content[-8192 * 6 : -8192 * 4] = b"\xff" * 8192 * 2
    book.path.write_bytes(content)
    with Casebook.open(book.path) as damaged, pytest.raises(Damaged) as found:
        backups.make(damaged, Why.SCHEDULE)
    assert found.value.path == book.path
    assert left(home) == []


@pytest.mark.parametrize(
    "sql", ["UPDATE op SET body = body || ' ' WHERE n = (SELECT max(n) FROM op)", "UPDATE op SET analyst = 'x'"]
)
def test_operations_that_are_not_what_they_say_make_no_backup(tmp_path: Path, home: Path, sql: str) -> None:
    with make_book(tmp_path) as book:
        make_case(book)
    tamper(book.path, sql)
    with Casebook.open(book.path) as forged, pytest.raises(Damaged):
        backups.make(forged, Why.ASKED)
    assert left(home) == []


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM op WHERE n = 3",
        "UPDATE chain SET top_op = (SELECT id FROM op WHERE n = 2)",
        "UPDATE chain SET name = 'another'",
        "PRAGMA application_id=1",
    ],
)
def test_a_copy_that_is_not_the_casebook_does_not_count(
    book: Casebook, home: Path, monkeypatch: pytest.MonkeyPatch, sql: str
) -> None:
    """As where a disk loses what was written to it."""
    make_case(book)
    whole = Store.copy_into

    def lose(store: Store, empty: Path, progress: Progress) -> None:
        whole(store, empty, progress)
        tamper(empty, sql)

    monkeypatch.setattr(Store, "copy_into", lose)
    with pytest.raises(Damaged):
        backups.make(book, Why.ASKED)
    assert left(home) == []


def test_an_id_that_is_no_id_leads_to_no_folder(tmp_path: Path, home: Path) -> None:
    with make_book(tmp_path) as book:
        make_case(book)
    tamper(book.path, "UPDATE meta SET value = '../../elsewhere' WHERE name = 'casebook'")
    with Casebook.open(book.path) as forged, pytest.raises(Damaged):
        backups.make(forged, Why.ASKED)
    assert backups.of(book.path) == ()
    assert not (home.parent / "elsewhere").exists()


def test_one_that_was_tampered_with_is_refused_by_name(book: Casebook) -> None:
    make_case(book)
    good, bad = backups.make(book, Why.ASKED), backups.make(book, Why.ASKED)
    size = bad.path.stat().st_size
    tamper(bad.path)
    assert bad.path.stat().st_size == size
    with pytest.raises(Damaged) as refused:
        backups.verify(bad)
    assert refused.value.path == bad.path
    backups.verify(good)


def test_one_that_was_cut_or_is_gone_is_not_whole(book: Casebook) -> None:
    make_case(book)
    cut, gone, good = (backups.make(book, Why.ASKED) for _ in range(3))
    os.truncate(cut.path, cut.size - 8192)
    gone.path.unlink()
    assert {each.path: each.whole for each in backups.of(book.path)} == {good.path: True, cut.path: False}
    with pytest.raises(Damaged):
        backups.verify(cut)
    with pytest.raises(Missing):
        backups.verify(gone)


@pytest.mark.parametrize(
    "words", [b"", b"\xff\xfe", b"[]", b'{"heads": 3}', b'{"heads": [], "made_at": "x"}', b'{"heads": [{}]}']
)
def test_a_broken_note_is_no_note_and_its_backup_can_still_be_named(book: Casebook, words: bytes) -> None:
    make_case(book)
    made = backups.make(book, Why.MERGE)
    shelf.note_of(made.path).write_bytes(words)
    assert backups.of(book.path) == ()
    found = backups.at(made.path)
    assert (found.why, found.cases, found.operations) == (Why.ELSEWHERE, made.cases, made.operations)
    backups.verify(found)
    tamper(made.path)
    for again in (found, backups.at(made.path)):
        with pytest.raises(Damaged) as refused:
            backups.verify(again)
        assert refused.value.path == made.path


def test_a_note_that_misses_a_word_or_has_one_too_many_is_no_note(book: Casebook) -> None:
    made = backups.make(book, Why.ASKED)
    note = shelf.note_of(made.path)
    told = json.loads(note.read_bytes())
    for changed in (told | {"more": 1}, {k: v for k, v in told.items() if k != "sha256"}, told | {"why": "no word"}):
        note.write_text(json.dumps(changed))
        assert backups.of(book.path) == ()
    note.write_text(json.dumps(told))
    assert backups.of(book.path) == (made,)


def test_no_file_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(Missing):
        backups.at(tmp_path / "nothing.casebook")
    (tmp_path / "words.casebook").write_text("words " * 1000)
    with pytest.raises(NotADatabase):
        backups.at(tmp_path / "words.casebook")


@pytest.mark.parametrize("fate", ["deleted", "damaged", "moved", "as it was"])
def test_the_backups_are_found_whatever_became_of_the_file(tmp_path: Path, fate: str) -> None:
    with make_book(tmp_path) as book:
        made = backups.make(book, Why.ASKED)
    with make_book(tmp_path, "other") as other:
        backups.make(other, Why.ASKED)
    path = book.path
    if fate == "deleted":
        path.unlink()
    elif fate == "damaged":
        path.write_bytes(b"\0" * 40_000)
    elif fate == "moved":
        path = path.rename(tmp_path / "moved.casebook")
    assert backups.of(path) == (made,)
    assert set(backups.known()) == {book.path, other.path}
    assert backups.known()[0] == other.path


def test_the_schedule_wants_one_when_something_was_saved_and_it_is_time(tmp_path: Path) -> None:
    clock = identity.now
    with make_book(tmp_path) as book:
        case_id = make_case(book)
        assert backups.due(book, clock())
        made = backups.make(book, Why.SCHEDULE)
        later = made.made + timedelta(hours=2)
        assert not backups.due(book, later), "nothing was saved since"
        edit_case(book, case_id, "x")
        assert not backups.due(book, made.made + timedelta(minutes=29))
        assert backups.due(book, made.made + timedelta(minutes=30))
        assert backups.due(book, made.made - timedelta(days=3)), "the clock was set back"
        assert backups.due(book, made.made + timedelta(seconds=1), timedelta(0))
        shutil.copy(book.path, tmp_path / "copy.casebook")
    with Casebook.open(tmp_path / "copy.casebook") as copy:
        assert backups.due(copy, made.made + timedelta(minutes=1)), "a copy has none of its own yet"


def test_a_large_casebook_is_backed_up_more_seldom(book: Casebook) -> None:
    case_id = make_case(book)
    made = backups.make(book, Why.SCHEDULE)
    edit_case(book, case_id, "x")
    told = json.loads(shelf.note_of(made.path).read_bytes())
    with made.path.open("rb+") as file:
        file.truncate(1_000_000_000)  # no bytes are written for it
    shelf.note_of(made.path).write_text(json.dumps(told | {"size": 1_000_000_000}))
    assert not backups.due(book, made.made + timedelta(hours=5))
    assert backups.due(book, made.made + timedelta(hours=6))


def test_what_lies_in_our_own_folder_is_left_to_itself(home: Path) -> None:
    (home / "demonstration").mkdir()
    with make_book(home / "demonstration") as book:
        make_case(book)
        assert not backups.due(book, identity.now())
        assert backups.make(book, Why.ASKED), "where it is asked for"


def test_old_ones_go_with_their_notes_and_never_the_last_good_one(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock("2026-03-01T10:00:00")
    monkeypatch.setattr(identity, "now", clock)
    with make_book(tmp_path) as book:
        cut = backups.make(book, Why.SCHEDULE)
        for minute in range(5):
            clock.turn(f"2026-03-01T10:3{minute}:00")
            good = backups.make(book, Why.SCHEDULE)
        merge = backups.make(book, Why.MERGE)
        clock.turn("2026-03-01T10:40:00")
        last = backups.make(book, Why.SCHEDULE)
        os.truncate(cut.path, 8192)
        folder = good.path.parent
        crashed = folder / ".left by a crash.casebook.part"
        crashed.write_bytes(b"half")
        lone = shutil.copy(shelf.note_of(good.path), folder / "of a backup that never came to be.json")
        for each in (crashed, lone):
            os.utime(each, (0, 0))
        clock.turn("2026-03-20T10:00:00")
        shelf.thin(folder, clock())
        assert {each.path for each in backups.of(book.path)} == {cut.path, merge.path, last.path}
        assert last.path in {each.path for each in backups.of(book.path)}
        os.truncate(merge.path, 8192)
        clock.turn("2030-01-01T00:00:00")
        shelf.thin(folder, clock())
        assert last.path in {each.path for each in backups.of(book.path)}
    assert left(home) == sorted(
        name for each in (cut, merge, last) for name in (each.path.name, shelf.note_of(each.path).name)
    )


def test_each_new_one_makes_room(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock("2026-03-01T10:00:00")
    monkeypatch.setattr(identity, "now", clock)
    old = [backups.make(book, Why.SCHEDULE) for _ in range(3)]
    clock.turn("2026-03-09T10:00:00")
    new = backups.make(book, Why.SCHEDULE)
    assert backups.of(book.path) == (new, old[-1])


def test_the_backups_of_a_copy_take_no_place_from_those_of_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock("2026-03-01T10:00:00")
    monkeypatch.setattr(identity, "now", clock)
    with make_book(tmp_path) as book:
        first = backups.make(book, Why.SCHEDULE)
    shutil.copy(book.path, tmp_path / "copy.casebook")
    with Casebook.open(tmp_path / "copy.casebook") as copy:
        second = backups.make(copy, Why.SCHEDULE)
        clock.turn("2026-03-20T10:00:00")
        shelf.thin(first.path.parent, clock())
    assert set(backups.of(book.path)) == {first, second}
