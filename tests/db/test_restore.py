"""A restore gives back what the backup was, byte for byte, and what it takes the place of is always kept."""

from __future__ import annotations

import os
import random
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from db import backups, cases, check, losses
from db.backups import Why
from db.casebook import Casebook
from db.entrance import Closed
from db.errors import CasebookError, Damaged, Exists, Locked, Missing, NoBackup
from db.progress import Cancelled
from db.restore import Restored, copy_out, restore
from tests.db.test_backups import Stop, tamper
from tests.db.test_incarnation import chains, no_fork
from tests.makers import attach, edit_case, make_book, make_case

ROOT = Path(__file__).parents[2]


class Desk:
    """A casebook with a backup of its first hour, and a second hour of work after it."""

    def __init__(self, folder: Path) -> None:
        with make_book(folder) as book:
            self.path, self.case = book.path, make_case(book, title="First hour")
            attach(book, self.case, os.urandom(200_000))
            self.backup = backups.make(book, Why.ASKED)
            edit_case(book, self.case, "Second hour")

    @property
    def title(self) -> str:
        with Casebook.open(self.path, write=False) as book:
            assert check.check(book).problems == ()
            return cases.one(book, self.case).title

    def save(self, title: str) -> dict[str, int]:
        with Casebook.open(self.path) as book:
            assert book.writable
            edit_case(book, self.case, title)
            return chains(book)

    @property
    def beside(self) -> list[str]:
        return sorted(path.name for path in self.path.parent.iterdir() if path != self.path)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_casebook_is_as_it_was_and_what_was_there_is_a_backup(desk: Desk) -> None:
    done = restore(desk.backup, desk.path)
    assert desk.path.read_bytes() == desk.backup.path.read_bytes()
    assert desk.title == "First hour"
    assert done.backup
    assert done == Restored(desk.path, backup=backups.of(desk.path)[0])
    assert done.backup.why is Why.RESTORE
    assert desk.beside == []
    restore(done.backup, desk.path)
    assert desk.title == "Second hour"


def test_a_restored_file_starts_a_chain_of_its_own_and_forks_none(desk: Desk, tmp_path: Path) -> None:
    newer = Path(shutil.copy(desk.path, tmp_path / "newer.casebook"))
    assert len(chains_of(desk.path)) == 1
    restore(desk.backup, desk.path)
    assert len(desk.save("after the restore")) == 2
    assert len(desk.save("and again")) == 2
    back = backups.of(desk.path)[0]
    restore(back, desk.path)
    assert len(desk.save("after the second restore")) == 2
    copied = copy_out(desk.backup, tmp_path / "copied.casebook")
    with Casebook.open(copied) as book:
        edit_case(book, desk.case, "in the copy")
    assert no_fork(desk.path, newer, copied)


def chains_of(path: Path) -> dict[str, int]:
    with Casebook.open(path, write=False) as book:
        return chains(book)


def test_what_is_lost_is_what_was_told(desk: Desk) -> None:
    with Casebook.open(desk.path, write=False) as book, backups.opened(desk.backup.path) as then:
        told = losses.missing(book, then)
        assert losses.missing(then, book).saves == 0
    done = restore(desk.backup, desk.path)
    assert done.backup
    with Casebook.open(desk.path, write=False) as book, backups.opened(done.backup.path) as before:
        assert losses.missing(book, before).saves == 0
        assert losses.missing(before, book) == told


def test_a_deleted_casebook_comes_back(desk: Desk) -> None:
    desk.path.unlink()
    (found,) = backups.of(desk.path)
    assert restore(found, desk.path) == Restored(desk.path)
    assert desk.title == "First hour"


@pytest.mark.parametrize("harm", ["zeros", "a cut", "a page", "no bytes", "another file"])
def test_a_damaged_casebook_is_put_aside_as_it_is(desk: Desk, harm: str) -> None:
    whole = desk.path.read_bytes()
    broken = {
        "zeros": bytes(len(whole)),
        "a cut": whole[: 8192 * 5],
        "a page": whole[:8192] + b"\xff" * 8192 * 3 + whole[8192 * 4 :],
        "no bytes": b"",
        "another file": b"words " * 3000,
    }[harm]
    desk.path.write_bytes(broken)
    done = restore(desk.backup, desk.path)
    assert desk.title == "First hour"
    assert done.backup is None
    assert done.aside
    assert done.aside.read_bytes() == broken
    assert desk.beside == [done.aside.name]
    assert "put aside" in done.aside.name


def test_a_journal_of_the_file_that_was_there_is_not_taken_for_the_restored_one(desk: Desk) -> None:
    code = f"""import os, sqlite3
c = sqlite3.connect({str(desk.path)!r}, isolation_level=None)
c.execute("PRAGMA cache_size=2"); c.execute("BEGIN IMMEDIATE"); c.execute("UPDATE op SET body = body || ' '")
c.execute("UPDATE piece SET data = zeroblob(length(data))"); os._exit(9)"""
    subprocess.run([sys.executable, "-c", code], check=False)
    journal = Path(f"{desk.path}-journal")
    assert journal.stat().st_size
    kept = journal.read_bytes()
    done = restore(desk.backup, desk.path)
    assert done.aside
    assert Path(f"{done.aside}-journal").read_bytes() == kept
    assert not journal.exists()
    assert desk.title == "First hour"
    assert desk.save("a save")
    with Casebook.open(done.aside) as before:  # its journal takes it back to its last save
        assert cases.one(before, desk.case).title == "Second hour"


def test_where_no_file_can_have_a_second_name_it_is_copied_aside(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("not on this disk")

    monkeypatch.setattr(os, "link", refuse)
    desk.path.write_bytes(b"\0" * 9000)
    done = restore(desk.backup, desk.path)
    assert done.aside
    assert done.aside.read_bytes() == b"\0" * 9000
    assert desk.title == "First hour"


def test_two_put_aside_in_one_second_are_two(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = desk.backup.made
    monkeypatch.setattr("db.identity.now", lambda: moment)
    kept = set()
    for harm in (b"\0" * 9000, b"\1" * 9000, b"\2" * 9000):
        desk.path.write_bytes(harm)
        done = restore(desk.backup, desk.path)
        assert done.aside
        kept.add(done.aside.read_bytes())
    assert len(kept) == 3


def test_a_backup_that_was_tampered_with_is_not_restored(desk: Desk, tmp_path: Path) -> None:
    before = desk.path.read_bytes()
    tamper(desk.backup.path)
    for act in (lambda: restore(desk.backup, desk.path), lambda: copy_out(desk.backup, tmp_path / "copy.casebook")):
        with pytest.raises(Damaged) as refused:
            act()
        assert refused.value.path == desk.backup.path
    assert desk.path.read_bytes() == before
    assert desk.beside == []
    assert backups.of(desk.path) == (desk.backup,)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE piece SET data = zeroblob(length(data))",
        "UPDATE claim SET text = 'nobody said this'",
        "CREATE TRIGGER t AFTER UPDATE ON claim BEGIN DELETE FROM op; END",
    ],
)
def test_a_copy_of_which_nothing_is_noted_is_checked_to_the_last_byte(desk: Desk, tmp_path: Path, sql: str) -> None:
    kept = Path(shutil.copy(desk.backup.path, tmp_path / "kept elsewhere.casebook"))
    restore(backups.at(kept), desk.path)
    assert desk.title == "First hour"
    before = desk.path.read_bytes()
    tamper(kept, sql)
    with pytest.raises(CasebookError):
        restore(backups.at(kept), desk.path)
    assert desk.path.read_bytes() == before


def test_no_other_casebook_is_replaced(desk: Desk, tmp_path: Path) -> None:
    with make_book(tmp_path, "other") as other:
        make_case(other)
    before = other.path.read_bytes()
    for act in (restore, copy_out):
        with pytest.raises(Exists) as refused:
            act(desk.backup, other.path)
        assert refused.value.path == other.path
    assert other.path.read_bytes() == before


def test_nothing_is_replaced_while_anybody_works_in_it(desk: Desk) -> None:
    with Casebook.open(desk.path) as book:
        with pytest.raises(Locked) as refused:
            restore(desk.backup, desk.path)
        assert str(os.getpid()) in refused.value.detail
        edit_case(book, desk.case, "still mine")
    assert desk.title == "still mine"
    assert desk.beside == []


def test_a_copy_takes_the_place_of_no_file(desk: Desk, tmp_path: Path) -> None:
    copied = copy_out(desk.backup, tmp_path / "کابل copy.casebook")
    with Casebook.open(copied) as book:
        assert cases.one(book, desk.case).title == "First hour"
    (tmp_path / "letter.txt").write_text("precious")
    with pytest.raises(Exists):
        copy_out(desk.backup, tmp_path / "letter.txt")
    assert (tmp_path / "letter.txt").read_text() == "precious"


@pytest.mark.parametrize("part", [0.0, 0.2, 0.49, 0.6, 0.8, 0.99])
def test_a_restore_that_is_cancelled_changes_nothing(desk: Desk, part: float) -> None:
    before = desk.path.read_bytes()
    with pytest.raises(Cancelled):
        restore(desk.backup, desk.path, Stop(part))
    assert desk.path.read_bytes() == before
    assert desk.beside == []


def test_without_room_for_what_is_there_nothing_is_replaced(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = desk.path.read_bytes()
    monkeypatch.setattr("db.backups._SPARE", 10**18)
    with pytest.raises(NoBackup):
        restore(desk.backup, desk.path)
    assert desk.path.read_bytes() == before
    assert desk.beside == []


LIMITED = """
import resource
from pathlib import Path
from db import backups
from db.casebook import Casebook
from db.entrance import Closed
from db.errors import DiskFailed, DiskFull, NoBackup
from db.restore import restore
path = Path(sys.argv[1])
(backup,) = backups.of(path)
before, refused = path.read_bytes(), 0
for room in range(0, backup.size, backup.size // 10):
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
    try: restore(backup, path)
    except (DiskFull, DiskFailed, NoBackup): refused += 1
    assert path.read_bytes() == before and [p.name for p in path.parent.iterdir()] == [path.name]
print(refused)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_a_disk_that_takes_no_more_leaves_the_casebook_as_it_was(desk: Desk) -> None:
    command = [sys.executable, "-c", "import os, sys\n" + LIMITED, str(desk.path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100, check=False)
    assert done.stderr == ""
    assert int(done.stdout) >= 10
    assert desk.title == "Second hour"


def test_the_restored_file_is_as_private_as_the_one_before(desk: Desk) -> None:
    desk.path.chmod(0o600)
    restore(desk.backup, desk.path)
    assert stat.S_IMODE(desk.path.stat().st_mode) == 0o600


def test_a_link_goes_on_pointing_at_the_casebook(desk: Desk, tmp_path: Path) -> None:
    link = tmp_path / "link.casebook"
    link.symlink_to(desk.path)
    restore(desk.backup, link)
    assert link.is_symlink()
    assert desk.title == "First hour"


def test_a_backup_that_is_gone_is_missing(desk: Desk) -> None:
    desk.backup.path.unlink()
    with pytest.raises(Missing):
        restore(desk.backup, desk.path)
    assert desk.title == "Second hour"


def test_an_older_casebook_is_restored_and_brought_up_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from db import migrate
    from tests.db.test_migrate import ADD, newer

    with monkeypatch.context() as patch:
        newer(patch, ADD)
        desk.save("brought up")
        older = next(each for each in backups.of(desk.path) if each.why is Why.MIGRATION)
        restore(older, desk.path)
        with Casebook.open(desk.path) as book:
            assert book.value("PRAGMA user_version") == len(migrate.shipped())
            assert cases.one(book, desk.case).title == "Second hour"


KILLED = """
from pathlib import Path
from db import backups
from db.casebook import Casebook
from db.entrance import Closed
from db.restore import restore
from tests.makers import make_case
path = Path(sys.argv[1])
print("begun", flush=True)
while True:
    for backup in backups.of(path)[-1:] + backups.of(path)[:1]:
        restore(backup, path)
        with Casebook.open(path) as book:
            make_case(book)
            backups.make(book, backups.Why.SCHEDULE)
"""


@pytest.mark.heavy
def in_use(path: Path) -> bool:
    with Casebook.open(path) as book:
        return book.closed is Closed.IN_USE


def test_a_kill_at_any_moment_leaves_a_sound_casebook_and_sound_backups(desk: Desk, home: Path) -> None:
    dice = random.Random(7)
    for _ in range(12):
        command = [sys.executable, "-c", "import sys\n" + KILLED, str(desk.path)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as child:
            assert child.stdout
            assert child.stdout.readline() == b"begun\n"
            time.sleep(dice.uniform(0.0, 0.25))
            child.kill()
        while in_use(desk.path):  # a helper that was being started has the lock for an instant
            time.sleep(0.01)
        with Casebook.open(desk.path) as book:
            assert book.writable
            assert check.check(book).problems == ()
        found = backups.of(desk.path)
        assert desk.backup in found
        assert all(each.whole for each in found)
        assert {each.path for each in found} == set((home / "backups").glob("*/*.casebook"))
    for each in backups.of(desk.path):
        backups.verify(each)
