"""What a save promises whatever happens to the process and the disk: wholly there, or wholly absent."""

from __future__ import annotations

import gc
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from db import attachments, blobs, cases, check, store
from db.casebook import Casebook
from db.errors import CasebookError, DiskFull, Locked
from db.vocabulary import Op
from tests.db.sequences import everything
from tests.makers import attach, edit_case, make_book, make_case, make_source, take

ROOT = Path(__file__).parents[2]


@pytest.mark.heavy
@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills by signal")
def test_a_hundred_kills_lose_no_acknowledged_save(tmp_path: Path) -> None:
    with make_book(tmp_path) as book:
        make_case(book)
    command = [sys.executable, "-m", "tests.db.killed", str(book.path), "100", "7"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, timeout=110, check=True)
    told = json.loads(done.stdout)
    assert told["problems"] == []
    assert told["acknowledged"] > 100
    assert told["hot"] > 5, "no kill hit a save: the test tested nothing"


def pages(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA page_count").fetchone()[0])


def test_a_disk_that_is_full_at_any_point_of_a_save_loses_nothing(book: Casebook) -> None:
    case_id = make_case(book)
    make_source(book, [case_id])
    connection, full = book._connection, 0
    for room in range(200):
        before = everything(book), book.select("SELECT * FROM op"), book.steps()
        free = book.value("PRAGMA freelist_count")
        connection.execute(f"PRAGMA max_page_count={pages(connection) + room}")
        try:
            make_case(book, "A claim as long as several pages. " * 2000)
            break
        except DiskFull as error:
            full += error.path == book.path
            assert (everything(book), book.select("SELECT * FROM op"), book.steps()) == before
            assert book.value("PRAGMA freelist_count") == free
    assert full > 20
    connection.execute("PRAGMA max_page_count=1000000")
    edit_case(book, case_id, "there is room again")
    assert check.check(book).problems == ()


def test_a_disk_that_is_full_at_any_point_of_an_attach_loses_nothing(
    book: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = make_case(book)
    room = 0

    def small_disk(path: Path, *, write: bool) -> sqlite3.Connection:
        connection = store.connect(path, write=write)
        connection.execute(f"PRAGMA max_page_count={pages(connection) + room}")
        return connection

    with monkeypatch.context() as patched:
        for module in (blobs, attachments):
            patched.setattr(module, "connect", small_disk)
        data, full = os.urandom(150_000), 0
        while True:
            try:
                ready = take(book.path, data, "a.bin")
                break
            except DiskFull:
                full += 1
                room += 1
                assert book.value("SELECT count(*) FROM piece") in (0, 1)
    assert full > 10
    with book.change(Op.ADD_ATTACHMENT) as change:
        attachments.attach(change, case_id, ready)
    assert blobs.read(book, ready.sha256) == data
    assert check.check(book).problems == ()


LIMITED = """
import resource
from pathlib import Path
from threading import Thread
from db import attachments, check
from db.casebook import Casebook
from db.errors import DiskFailed, DiskFull
from tests.makers import attach, make_case
path = Path(sys.argv[1])
book = Casebook.open(path)
case_id = book.value('SELECT id FROM "case"')
def limit(size): resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
saved, refused, attached = 0, [], 0
start = path.stat().st_size
for room in range(0, 400_000, 7_000):
    limit(start + room)
    try:
        make_case(book, "words " * 3000); saved += 1
    except (DiskFull, DiskFailed) as error: refused.append(type(error).__name__)
    try:
        attach(book, case_id, os.urandom(60_000), "a.bin"); attached += 1
    except (DiskFull, DiskFailed) as error: refused.append(type(error).__name__)
limit(resource.RLIM_INFINITY)
assert book.value('SELECT count(*) FROM "case"') == 1 + saved
assert book.value("SELECT count(*) FROM attachment") == attached
make_case(book); attach(book, case_id, b"there is room")
book.close()
with Casebook.open(path) as book:
    assert check.check(book).problems == ()
    assert not book.value("SELECT count(*) FROM blob WHERE sha256 NOT IN (SELECT sha256 FROM attachment)")
print(len(refused))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_a_real_limit_of_the_file_loses_nothing(tmp_path: Path) -> None:
    with make_book(tmp_path) as book:
        make_case(book)
    command = [sys.executable, "-c", "import os, sys\n" + LIMITED, str(book.path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100, check=False)
    assert done.stderr == ""
    assert int(done.stdout) > 5


def test_a_save_that_another_program_blocks_is_locked_and_leaves_no_trace(
    book: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = make_case(book)
    monkeypatch.setattr(store, "_PATIENCE", 0.05)
    other = sqlite3.connect(book.path, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Locked):
            edit_case(book, case_id, "x")
        other.execute("ROLLBACK")
        other.execute("BEGIN")
        other.execute("SELECT * FROM op").fetchone()
        with pytest.raises(Locked):  # a reader holds up the end of the save
            edit_case(book, case_id, "x")
        other.execute("ROLLBACK")
    finally:
        other.close()
    assert cases.one(book, case_id).title == ""
    edit_case(book, case_id, "x")
    assert check.check(book).problems == ()


@pytest.mark.parametrize("act", [edit_case, lambda b, c, t: attach(b, c, t.encode())])
def test_errors_of_sqlite_never_come_out_bare(book: Casebook, act: Callable[..., object]) -> None:
    case_id = make_case(book)
    book._connection.execute("PRAGMA query_only=ON")
    with pytest.raises(CasebookError):
        act(book, case_id, "x")


def test_what_is_left_half_read_ends_with_the_store(book: Casebook) -> None:
    """An error takes what was being read along to another thread, as where a check of the casebook is cancelled."""
    case_id = make_case(book)
    half: list[object] = []

    def work() -> None:
        with book.reader() as reader:
            rows = reader.stream("SELECT * FROM op")
            next(iter(rows))
            half.append(rows)

    worker = Thread(target=work)
    worker.start()
    worker.join()
    edit_case(book, case_id, "nobody reads any more")
    half.clear()
    gc.collect()
