"""A desk keeps its casebook in a folder that a service keeps in step: two people work on copies and merge them back."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from pytestqt.qtbot import QtBot

from db import mergeback, workcopies
from db.casebook import Casebook
from tests import makers
from tests.db.synced import make_synced, operations
from tests.desk import Desk


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this person keeps casebooks."""
    folder = tmp_path / "documents"
    folder.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(folder))
    return folder


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    return make_synced(tmp_path / "synced")


def test_from_the_synced_folder_to_a_copy_and_back(
    desk: Desk, qtbot: QtBot, shared: Path, documents: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = shared.read_bytes()
    desk.open(shared)
    assert "Syncthing" in desk.asked
    desk.answer("Only read it")
    desk.wait(lambda: desk.window.workspace)
    assert "Open for reading only" in desk.words
    assert "Syncthing" in desk.words
    assert desk.title.startswith("shared")
    desk.open_case(desk.listed[0])
    assert desk.field("Title").isReadOnly()
    assert not desk.verb("New case").isEnabled()
    assert shared.read_bytes() == before

    desk.do("Work on a copy here")
    desk.wait(lambda: desk.window.workspace and desk.window.workspace.context.book.writable)
    assert desk.window.workspace.context.book.path == documents / "shared.casebook"
    assert "working copy" in desk.words
    desk.new_case(makers.RUSSIAN, title="From here")
    assert "1 save is not merged back yet" in desk.words
    assert shared.read_bytes() == before

    colleague(shared, tmp_path, monkeypatch)
    desk.do("Merge back")
    desk.rest()
    assert desk.status.startswith("Merged back: 1 save went there, 1 came from there")
    assert "Everything in it is merged back" in desk.words
    desk.do("All cases")
    assert len(desk.listed) == 3
    assert operations(shared) == operations(documents / "shared.casebook")

    desk.leave_casebook()  # nothing is asked: all of it is there
    desk.open(shared)
    desk.wait(lambda: desk.window.workspace)
    assert desk.window.workspace.context.book.path == documents / "shared.casebook", "the copy, at once"
    assert desk.told == []
    assert sorted(p.name for p in shared.parent.iterdir()) == [".stfolder", "shared.casebook"]


def colleague(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody at another computer works on a copy of their own meanwhile, and merges it back."""
    from db import lookover

    with monkeypatch.context() as away:
        away.setenv("CLAIMDESK_HOME", str(tmp_path / "other home"))
        looked = lookover.look_over(shared)
        (tmp_path / "other documents").mkdir()
        work = workcopies.begin(looked.file, tmp_path / "other documents", looked.casebook, shared, looked.place)
        looked.throw_away()
        with Casebook.open(work.copy) as book:
            makers.make_case(book, makers.PASHTO)
        mergeback.merge_back(work, lambda _: None)


def test_the_copy_is_offered_to_be_merged_back_when_it_is_closed(desk: Desk, shared: Path, documents: Path) -> None:
    desk.open(shared)
    desk.answer("Work on a copy here")
    desk.wait(lambda: desk.window.workspace)
    desk.new_case(makers.RUSSIAN)
    desk.do("Close casebook")
    assert "1 save is in your working copy" in desk.asked
    desk.answer("Merge back and close")
    desk.wait(lambda: not desk.window.workspace)
    assert operations(shared) == operations(documents / "shared.casebook")


def test_whoever_merges_back_another_day_is_told_then(desk: Desk, shared: Path, documents: Path) -> None:
    desk.open(shared)
    desk.answer("Work on a copy here")
    desk.wait(lambda: desk.window.workspace)
    desk.new_case(makers.RUSSIAN)
    desk.close()
    assert desk.window.isVisible()
    desk.answer("Close, merge back later")
    assert not desk.window.isVisible()


def test_a_stick_that_is_not_there_holds_nobody_up(desk: Desk, shared: Path, documents: Path) -> None:
    desk.open(shared)
    desk.answer("Work on a copy here")
    desk.wait(lambda: desk.window.workspace)
    desk.new_case(makers.RUSSIAN)
    pocket = shared.parent.rename(shared.parent.with_name("in a pocket"))
    desk.do("Merge back")
    desk.wait(lambda: desk.told)
    assert "cannot be reached" in desk.told[0]
    assert "All that you did is in your copy" in desk.told[0]
    desk.dismiss()
    desk.leave_casebook()
    pocket.rename(shared.parent)
    desk.window.open_path(documents / "shared.casebook")
    assert "1 save is not merged back yet" in desk.words
    desk.do("Merge back")
    desk.rest()
    assert operations(shared) == operations(documents / "shared.casebook")


def test_the_same_casebook_at_another_place_leads_to_the_copy(
    desk: Desk, shared: Path, documents: Path, tmp_path: Path
) -> None:
    desk.open(shared)
    desk.answer("Work on a copy here")
    desk.wait(lambda: desk.window.workspace)
    desk.leave_casebook()
    other = tmp_path / "other stick"
    shutil.copytree(shared.parent, other)
    desk.open(other / shared.name)
    assert "a working copy of it on this computer already" in desk.asked
    desk.answer("Go on with my copy")
    desk.wait(lambda: desk.window.workspace)
    assert desk.window.workspace.context.book.path == documents / "shared.casebook"
    desk.do("Merge back")
    desk.rest()
    assert operations(other / shared.name) == operations(documents / "shared.casebook")


def test_whoever_reads_it_and_then_wants_to_work_gets_the_copy_that_is_there(
    desk: Desk, shared: Path, documents: Path, tmp_path: Path
) -> None:
    desk.open(shared)
    desk.answer("Work on a copy here")
    desk.wait(lambda: desk.window.workspace)
    desk.leave_casebook()
    other = tmp_path / "other stick"
    shutil.copytree(shared.parent, other)
    desk.open(other / shared.name)
    desk.answer("Only read it")
    desk.wait(lambda: desk.window.workspace)
    desk.do("Work on a copy here")
    desk.wait(lambda: desk.window.workspace.context.book.writable)
    assert [p.name for p in documents.iterdir() if not p.name.startswith(".")] == ["shared.casebook"]


def test_a_file_with_two_names_is_read_and_worked_on_in_a_copy(desk: Desk, documents: Path, tmp_path: Path) -> None:
    with makers.make_book(tmp_path, "linked") as book:
        makers.make_case(book, makers.URDU)
    os.link(book.path, tmp_path / "second.casebook")
    desk.open(book.path)
    assert "hard link" in desk.words
    desk.do("Work on a copy here")
    desk.wait(lambda: desk.window.workspace.context.book.writable)
    desk.new_case(makers.RUSSIAN)
    desk.do("Merge back")
    desk.rest()
    assert operations(book.path) == operations(documents / "linked.casebook")


def test_what_is_cancelled_leaves_everything_as_it_was(desk: Desk, shared: Path, documents: Path, home: Path) -> None:
    before = shared.read_bytes()
    desk.open(shared)
    desk.answer("Cancel")
    assert desk.window.workspace is None
    assert shared.read_bytes() == before
    assert not any(documents.iterdir())
    assert not any((home / "scratch").iterdir())
