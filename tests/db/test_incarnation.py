"""No two files ever write on one chain, and a chain that is lost costs nothing but its undo."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from db import check, drafts, familiar, incarnation
from db.casebook import Casebook
from db.entrance import Closed
from db.errors import ReadOnly, Replaced
from db.store import Store
from tests.makers import edit_case, make_book, make_case


def chains(store: Store) -> dict[str, int]:
    return dict(store.select("SELECT name, top_number FROM chain"))


def numbers(store: Store) -> dict[tuple[str, int], bytes]:
    """What each place of each chain holds: two files that disagree here have forked a chain."""
    sql = "SELECT c.name, o.number, o.id FROM op o JOIN chain c ON c.id = o.chain"
    return {(name, number): op for name, number, op in store.select(sql)}


def no_fork(*paths: Path) -> bool:
    seen: dict[tuple[str, int], bytes] = {}
    for path in paths:
        with Casebook.open(path, write=False) as book:
            assert check.check(book).problems == ()
            for place, op in numbers(book).items():
                if seen.setdefault(place, op) != op:
                    return False
    return True


@pytest.fixture
def saved(tmp_path: Path) -> tuple[Path, str]:
    with make_book(tmp_path) as book:
        return book.path, make_case(book)


def save(path: Path, case_id: str, title: str) -> dict[str, int]:
    with Casebook.open(path) as book:
        edit_case(book, case_id, title)
        return chains(book)


def test_one_file_on_one_computer_is_one_chain(saved: tuple[Path, str]) -> None:
    path, case_id = saved
    save(path, case_id, "one")
    assert len(save(path, case_id, "two")) == 1
    with Casebook.open(path) as book:
        assert book.undo()
        assert book.value('SELECT title FROM "case"') == "one"


def test_a_moved_file_goes_on_with_its_chain(saved: tuple[Path, str], tmp_path: Path) -> None:
    path, case_id = saved
    moved = path.rename(tmp_path / "moved.casebook")
    assert len(save(moved, case_id, "one")) == 1


@pytest.mark.parametrize("copy_first", [False, True])
def test_a_copy_starts_its_own_chain_and_the_original_goes_on(saved: tuple[Path, str], copy_first: bool) -> None:
    path, case_id = saved
    copied = Path(shutil.copy(path, path.with_name("copy.casebook")))
    order = [copied, path] if copy_first else [path, copied]
    for turn in ("first", "second"):
        for each in order:
            save(each, case_id, f"{turn} in {each.name}")
    with Casebook.open(path) as original, Casebook.open(copied) as other:
        assert len(chains(original)) == 1
        assert len(chains(other)) == 2
    assert no_fork(path, copied)


def test_a_copy_made_while_the_original_is_open_starts_its_own_chain(saved: tuple[Path, str]) -> None:
    path, case_id = saved
    with Casebook.open(path) as original:
        edit_case(original, case_id, "before")
        copied = path.with_name("copy.casebook")
        subprocess.run(["cp", path, copied], check=True)  # to copy it here would drop the locks
        save(copied, case_id, "in the copy")
        edit_case(original, case_id, "in the original")
        assert len(chains(original)) == 1
    assert no_fork(path, copied)


def test_a_restored_older_file_starts_a_new_chain(saved: tuple[Path, str]) -> None:
    path, case_id = saved
    newer, older = path.with_name("newer.casebook"), path.read_bytes()
    save(path, case_id, "lost in the restore")
    shutil.copy(path, newer)
    path.write_bytes(older)
    assert len(save(path, case_id, "after the restore")) == 2
    assert no_fork(path, newer)


def test_a_kill_between_the_save_and_its_record_forks_nothing(saved: tuple[Path, str], home: Path) -> None:
    path, case_id = saved
    older = path.read_bytes()
    record = next((home / "chains").iterdir())
    behind = record.read_bytes()
    save(path, case_id, "saved, but not recorded")
    record.write_bytes(behind)
    newer = Path(shutil.copy(path, path.with_name("newer.casebook")))
    with Casebook.open(path) as book:
        assert book.value('SELECT title FROM "case"') == "saved, but not recorded"
        edit_case(book, case_id, "the next")
        assert len(chains(book)) == 2
    path.write_bytes(older)
    save(path, case_id, "after a restore of what the stale record knows")
    assert no_fork(path, newer)


def test_a_copy_put_over_the_original_starts_a_new_chain_where_that_was_written_on(saved: tuple[Path, str]) -> None:
    """As `cp` does it, in place: the file keeps its inode, and takes back what was saved since."""
    path, case_id = saved
    copied = Path(shutil.copy(path, path.with_name("copy.casebook")))
    save(path, case_id, "written over")
    newer = Path(shutil.copy(path, path.with_name("newer.casebook")))
    with copied.open("rb") as source, path.open("wb") as target:
        shutil.copyfileobj(source, target)
    assert len(save(path, case_id, "in its place")) == 2
    save(copied, case_id, "in the copy")
    assert no_fork(path, copied, newer)


def test_a_file_that_takes_the_inode_of_another_forks_nothing(saved: tuple[Path, str]) -> None:
    path, case_id = saved
    copied, inode = Path(shutil.copy(path, path.with_name("copy.casebook"))), path.stat().st_ino
    for turn in range(10):  # some disks give the number of a deleted file to the next one
        path.unlink()
        shutil.copy(copied, path)
        save(path, case_id, f"turn {turn}")
        save(copied, case_id, f"in the copy {turn}")
        assert no_fork(path, copied)
        if path.stat().st_ino == inode and turn > 2:
            break


def test_two_names_of_one_file_are_never_written_under_both(saved: tuple[Path, str]) -> None:
    path, case_id = saved
    os.link(path, path.with_name("second name.casebook"))
    for name in (path, path.with_name("second name.casebook")):
        with Casebook.open(name) as book:
            assert book.closed is Closed.TWO_NAMES
            with pytest.raises(ReadOnly):
                edit_case(book, case_id, "x")
    path.unlink()
    assert len(save(path.with_name("second name.casebook"), case_id, "one name again")) == 1


@pytest.mark.parametrize("what", ["moved", "renamed", "deleted", "replaced"])
def test_a_file_that_goes_while_it_is_open_takes_no_save(saved: tuple[Path, str], what: str) -> None:
    """What would be saved to it now, nobody would find again."""
    path, case_id = saved
    copied = Path(shutil.copy(path, path.with_name("copy.casebook")))
    with Casebook.open(path) as book:
        if what in ("moved", "renamed"):
            path.rename(path.with_name("elsewhere.casebook"))
        elif what == "deleted":
            path.unlink()
        else:
            copied.replace(path)
        with pytest.raises(Replaced):
            edit_case(book, case_id, "into the void")
        with pytest.raises(Replaced):
            drafts.keep(book, "a note", "into the void")
        if what == "moved":
            path.with_name("elsewhere.casebook").rename(path)
            edit_case(book, case_id, "found again")
            assert book.undo()
    if what == "replaced":
        assert not familiar.knows(path), "it was never looked over"
        assert len(save(path, case_id, "in the new one")) == 2


@pytest.mark.parametrize("garbage", [b"", b"\xff\xfe", b"12", b"0" * 80])
def test_a_broken_record_is_no_record(saved: tuple[Path, str], home: Path, garbage: bytes) -> None:
    path, case_id = saved
    next((home / "chains").iterdir()).write_bytes(garbage)
    assert len(save(path, case_id, "x")) == 2
    assert len(save(path, case_id, "y")) == 2


@pytest.mark.parametrize("obstacle", ["a file", "nothing writable"])
def test_saving_needs_no_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, obstacle: str) -> None:
    home = tmp_path / "home"
    home.write_text("not a folder")
    monkeypatch.setenv("CLAIMDESK_HOME", str(home) if obstacle == "a file" else "/proc/nowhere")
    heard = []
    with make_book(tmp_path) as book:
        book.subscribe(heard.append)
        case_id = make_case(book)
        edit_case(book, case_id, "x")
        assert book.undo()
        assert len(heard) == 3
    with Casebook.open(book.path) as again:
        edit_case(again, case_id, "y")
        assert check.check(again).problems == ()


def test_a_chain_with_the_name_of_a_path_touches_no_file(tmp_path: Path, home: Path) -> None:
    victim = home / "kept.txt"
    victim.write_text("kept")
    with make_book(tmp_path) as book:
        make_case(book)
        with book.repair() as writer:
            writer.execute("UPDATE chain SET name = '../kept.txt'")
    Casebook.open(book.path).close()
    assert victim.read_text() == "kept"
    assert not incarnation.remembers("../kept.txt")
