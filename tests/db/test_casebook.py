"""Opening: whatever is at the path, the person learns what it is, and nothing is harmed."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from db import cases, check, claims, desks
from db.casebook import Casebook
from db.change import Change
from db.entrance import Closed
from db.errors import (
    CasebookError,
    Damaged,
    DiskFailed,
    Exists,
    FileError,
    ForeignDatabase,
    Invalid,
    Locked,
    Missing,
    NotADatabase,
    ReadOnly,
    TooNew,
    Untrusted,
)  # fmt: skip
from db.kinds import Kind
from db.migrate import shipped
from db.vocabulary import Op
from tests.makers import URDU, edit_case, make_book, make_case

ROOT = Path(__file__).parents[2]
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def outside(path: Path, sql: str) -> None:
    """Something done to a closed casebook by another program."""
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute(sql)
    connection.close()


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A casebook with one case, closed."""
    with make_book(tmp_path) as book:
        make_case(book)
    return book.path


def run(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Python code in a process of its own that has the casebook's path as sys.argv[1]."""
    command = [sys.executable, "-c", "import os, sys\n" + code, *map(str, arguments)]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)


def test_a_casebook_is_there_again_after_closing(closed: Path) -> None:
    with Casebook.open(closed) as book:
        assert (book.writable, book.closed, book.holder) == (True, None, "")
        assert desks.home(book).analyst == "Amina"
        assert claims.of_case(book, cases.find(book, "kbl-" + cases_year(book) + "-0001").id)[0].text == URDU


def cases_year(book: Casebook) -> str:
    return str(book.value('SELECT created_at FROM "case"'))[:4]


def test_an_idle_casebook_is_one_file(closed: Path) -> None:
    with Casebook.open(closed) as book:
        edit_case(book, book.value('SELECT id FROM "case"'), "x")
        assert [p.name for p in closed.parent.glob(f"{closed.name}*")] == [closed.name]
    assert [p.name for p in closed.parent.iterdir()] == [closed.name]


def test_no_file(tmp_path: Path) -> None:
    for name in ("none.casebook", "no/folder.casebook", "x" * 300):
        with pytest.raises(FileError) as refused:
            Casebook.open(tmp_path / name)
        assert isinstance(refused.value, Missing | DiskFailed)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"", b"Dear colleagues,\n" * 100, b"\0" * 8192, b"SQLite format 3\0" + b"\7" * 9000]
)
def test_what_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.casebook"
    path.write_bytes(content)
    with pytest.raises(NotADatabase):
        Casebook.open(path)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path, journal: str) -> None:
    path = tmp_path / "places.sqlite"
    outside(path, f"PRAGMA journal_mode={journal}")
    outside(path, "CREATE TABLE bookmark (url TEXT)")
    before = path.read_bytes()
    with pytest.raises(ForeignDatabase):
        Casebook.open(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_places_that_are_no_files(tmp_path: Path) -> None:
    pipe, loop = tmp_path / "pipe", tmp_path / "loop"
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    for path, kind in ((tmp_path, NotADatabase), (pipe, NotADatabase), (loop, CasebookError)):
        with pytest.raises(kind):
            Casebook.open(path)


def test_a_newer_file_is_read_and_not_written(closed: Path) -> None:
    outside(closed, f"PRAGMA user_version={len(shipped()) + 1}")
    before = closed.read_bytes()
    with Casebook.open(closed) as book:
        assert book.closed is Closed.TOO_NEW
        case_id = book.value('SELECT id FROM "case"')
        assert claims.of_case(book, case_id)[0].text == URDU
        with pytest.raises(TooNew):
            edit_case(book, case_id, "x")
        with pytest.raises(ReadOnly), book.repair() as writer:
            writer.execute("DELETE FROM op")
    assert closed.read_bytes() == before


def test_a_file_that_says_it_has_no_schema_is_damaged(closed: Path) -> None:
    outside(closed, "PRAGMA user_version=0")
    with pytest.raises(Damaged):
        Casebook.open(closed)


def test_a_file_with_its_middle_lost_is_damaged_in_words(closed: Path) -> None:
    content = closed.read_bytes()
    closed.write_bytes(content[:8192] + os.urandom(len(content) - 16384) + content[-8192:])
    with pytest.raises(Damaged), Casebook.open(closed) as book:
        check.check(book)


def test_a_truncated_file_is_damaged_in_words(closed: Path) -> None:
    content = closed.read_bytes()
    closed.write_bytes(content[: len(content) // 2])
    with pytest.raises(Damaged), Casebook.open(closed) as book:
        check.check(book)


@pytest.mark.skipif(not AS_ROOT, reason="only root can become somebody who may not write")
@pytest.mark.parametrize("what", ["folder", "file"])
def test_a_place_where_one_may_not_write_is_read(tmp_path: Path, what: str) -> None:
    open_to_all = Path("/tmp") / f"claimdesk-{os.getpid()}-{what}"
    open_to_all.mkdir()
    try:
        with make_book(open_to_all) as book:
            make_case(book)
        folder_mode, file_mode = (0o755, 0o666) if what == "folder" else (0o777, 0o444)
        open_to_all.chmod(folder_mode)
        book.path.chmod(file_mode)
        code = """
from pathlib import Path
from db.casebook import Casebook
from db.errors import ReadOnly
from db import cards
from tests.makers import make_case
Casebook.open(Path(sys.argv[1])).close()  # nobody may not even read Python's modules
os.setgid(65534); os.setuid(65534)
book = Casebook.open(Path(sys.argv[1]))
print(book.closed, len(cards.page(book, cards.Sort.CHANGED)))
try: make_case(book)
except ReadOnly: print("refused")
try: Casebook.create(Path(sys.argv[1]).parent / "new.casebook", "D", "D", "A").close()
except ReadOnly: print("not made")
"""
        done = run(code, book.path).communicate(timeout=60)[0].split("\n")
        assert done[:2] == ["read-only place 1", "refused"]
        assert done[2] == ("not made" if what == "folder" else "")
    finally:
        shutil.rmtree(open_to_all)


def test_a_second_window_reads_and_learns_who_writes(closed: Path) -> None:
    with Casebook.open(closed) as first, Casebook.open(closed) as second:
        assert (second.closed, second.writable) == (Closed.IN_USE, False)
        assert str(os.getpid()) in second.holder
        case_id = second.value('SELECT id FROM "case"')
        edit_case(first, case_id, "seen at once")
        assert cases.one(second, case_id).title == "seen at once"
        with pytest.raises(Locked) as refused:
            edit_case(second, case_id, "x")
        assert str(os.getpid()) in refused.value.detail
    with Casebook.open(closed) as third:
        assert third.writable


def test_a_second_window_over_a_link_is_a_second_window(closed: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "link.casebook"
    link.parent.mkdir()
    link.symlink_to(closed)
    with Casebook.open(closed), Casebook.open(link) as second:
        assert second.closed is Closed.IN_USE


def test_another_process_keeps_the_lock_until_it_dies(closed: Path) -> None:
    code = """
from pathlib import Path
from db.casebook import Casebook
book = Casebook.open(Path(sys.argv[1]))
print(book.writable, flush=True)
sys.stdin.readline()
"""
    with run(code, closed) as other:
        assert other.stdout
        assert other.stdout.readline() == "True\n"
        with Casebook.open(closed) as book:
            assert book.closed is Closed.IN_USE
            assert str(other.pid) in book.holder
        other.send_signal(signal.SIGKILL)
        other.wait()
        with Casebook.open(closed) as book:
            assert book.writable


def super_journal(victim: Path) -> bytes:
    """The end of a journal that names a super-journal, as sqlite3's readSuperJournal() wants it."""
    name = str(victim).encode()
    checksum = sum(name) & 0xFFFFFFFF
    magic = bytes.fromhex("d9d505f920a163d7")
    return (
        b"\0" * 512
        + (1 << 30).to_bytes(4, "big")
        + name
        + len(name).to_bytes(4, "big")
        + checksum.to_bytes(4, "big")
        + magic
    )


@pytest.mark.parametrize("over_link", [False, True])
def test_a_crafted_journal_is_refused_and_deletes_nothing(closed: Path, tmp_path: Path, over_link: bool) -> None:
    victim = tmp_path / "thesis.odt"
    victim.write_text("years of work")
    journal = Path(f"{closed}-journal")
    journal.write_bytes(super_journal(victim))
    path = closed
    if over_link:
        path = tmp_path / "link.casebook"
        path.symlink_to(closed)
    with pytest.raises(Untrusted):
        Casebook.open(path)
    assert victim.read_text() == "years of work"
    assert journal.exists()


def test_strange_things_beside_the_file_are_refused(closed: Path, tmp_path: Path) -> None:
    for suffix in ("-wal", "-journal"):
        beside = Path(f"{closed}{suffix}")
        beside.symlink_to(tmp_path / "anything")
        with pytest.raises(Untrusted):
            Casebook.open(closed)
        beside.unlink()
    os.mkfifo(f"{closed}-journal")
    with pytest.raises(Untrusted):
        Casebook.open(closed)


@pytest.mark.parametrize("sql", [
    "CREATE TRIGGER t AFTER INSERT ON op BEGIN DELETE FROM op; END", "CREATE VIEW v AS SELECT 1",
])  # fmt: skip
def test_a_trigger_or_a_view_inside_is_refused(closed: Path, sql: str) -> None:
    outside(closed, sql)
    with pytest.raises(Untrusted):
        Casebook.open(closed)


def test_what_is_in_the_way_is_never_overwritten(closed: Path) -> None:
    before = closed.read_bytes()
    with pytest.raises(Exists):
        make_book(closed.parent)
    assert closed.read_bytes() == before


@pytest.mark.parametrize(("fields", "problem"), [
    ({"code": ""}, "code"), ({"code": "A-B"}, "code"), ({"code": "КБЛ"}, "code"), ({"desk": " "}, "empty"),
])  # fmt: skip
def test_a_desk_that_cannot_be_leaves_no_file(tmp_path: Path, fields: dict[str, str], problem: str) -> None:
    with pytest.raises(Invalid) as refused:
        make_book(tmp_path, **fields)
    assert refused.value.problem == problem
    assert list(tmp_path.iterdir()) == []


def test_names_of_files_in_any_script(tmp_path: Path) -> None:
    for name in ("دفتر %41?#&;", "журнал '\"", b"undecodable \xff".decode(errors="surrogateescape")):
        with make_book(tmp_path, name) as book:
            make_case(book)
        with Casebook.open(book.path) as again:
            assert again.value('SELECT count(*) FROM "case"') == 1


def test_a_casebook_that_was_switched_to_wal_is_one_file_again(closed: Path) -> None:
    outside(closed, "PRAGMA journal_mode=wal")
    with Casebook.open(closed) as book:
        assert book.value("PRAGMA journal_mode") == "delete"
        edit_case(book, book.value('SELECT id FROM "case"'), "x")
    assert [p.name for p in closed.parent.iterdir()] == [closed.name]


def test_a_save_over_a_connection_of_its_own_is_like_any_other(closed: Path) -> None:
    with Casebook.open(closed) as book, ThreadPoolExecutor(1) as worker:
        case_id, heard = book.value('SELECT id FROM "case"'), []
        book.subscribe(heard.append)
        write = partial(cases.edit, case_id=case_id, draft=cases.CaseDraft(title="Apart"))
        change = worker.submit(book.change_apart, Op.EDIT_CASE, write).result()
        assert cases.one(book, case_id).title == "Apart"
        assert not heard
        book.tell(change)
        assert [(notice.verb, notice.touched) for notice in heard] == [
            (Op.EDIT_CASE, {Kind.CASE: frozenset({case_id})})
        ]
        edit_case(book, case_id, "Again")
        assert book.value("SELECT count(*) FROM chain") == 1
        assert book.undo()
        assert book.undo()
        assert cases.one(book, case_id).title == ""
    with Casebook.open(closed) as book:
        edit_case(book, case_id, "Reopened")
        assert book.value("SELECT count(*) FROM chain") == 1
        assert check.check(book).problems == ()


def test_a_save_apart_that_fails_leaves_nothing_and_the_next_goes_on(closed: Path) -> None:
    with Casebook.open(closed) as book:
        case_id = book.value('SELECT id FROM "case"')

        def write(change: Change) -> None:
            cases.edit(change, case_id, cases.CaseDraft(title="Half"))
            raise Invalid("title", "empty")

        with pytest.raises(Invalid):
            book.change_apart(Op.EDIT_CASE, write)
        assert cases.one(book, case_id).title == ""
        edit_case(book, case_id, "Whole")
        assert check.check(book).problems == ()


def test_others_can_read_while_a_large_save_apart_is_made(closed: Path) -> None:
    with Casebook.open(closed) as book, book.reader() as reader:
        book.value('SELECT id FROM "case"')

        def write(change: Change) -> None:
            for number in range(1500):  # more than the cache of a connection holds
                cases.add(change, cases.CaseDraft(title="x" * 9000), claims.ClaimDraft(f"Claim {number}"))
            assert reader.value('SELECT count(*) FROM "case"') == 1

        book.tell(book.change_apart(Op.TAKE_IN, write))
        assert reader.value('SELECT count(*) FROM "case"') == 1501


def test_a_book_that_cannot_be_written_refuses_a_save_apart(closed: Path) -> None:
    with Casebook.open(closed, write=False) as book, pytest.raises(ReadOnly):
        book.change_apart(Op.TAKE_IN, lambda change: None)
