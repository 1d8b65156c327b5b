"""A casebook in a folder that a service keeps in step, and a working copy of it, as tests need them."""

from __future__ import annotations

from pathlib import Path

from db import check, lookover, workcopies
from db.casebook import Casebook
from db.workcopies import WorkCopy
from tests.makers import URDU, make_book, make_case


def make_synced(folder: Path, name: str = "shared") -> Path:
    """A casebook with one case in a folder that is marked as synced."""
    folder.mkdir()
    with make_book(folder, name) as book:
        make_case(book, URDU, title="First")
    (folder / ".stfolder").mkdir()
    return book.path


def work_here(origin: Path, folder: Path) -> WorkCopy:
    """A working copy, as the window makes it."""
    folder.mkdir(exist_ok=True)
    looked = lookover.look_over(origin)
    assert looked.file
    work = workcopies.begin(looked.file, folder, looked.casebook, origin, looked.place)
    looked.throw_away()
    return work


def operations(path: Path) -> set[bytes]:
    """The operations that a file knows; it is whole in every way, or this fails."""
    with Casebook.open(path, write=False) as book:
        assert check.check(book).problems == ()
        return {op for (op,) in book.select("SELECT id FROM op")}
