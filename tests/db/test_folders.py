"""A folder is listed as people count, with nothing from outside of it and nothing left out in silence."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import folders
from db.progress import Cancelled, Progress


def lay(root: Path, *names: str) -> Path:
    for name in names:
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(name.encode())
    return root


def places(listing: folders.Listing, *, deep: bool = True) -> list[str]:
    return [each.place for each in listing.of(deep=deep)]


def test_files_stand_in_the_order_in_which_people_count(tmp_path: Path) -> None:
    lay(
        tmp_path,
        "b.png",
        "Screenshot 10.png",
        "Screenshot 9.png",
        "screenshot 1.png",
        "پرده ۲.png",
        "sub/a.png",
        "sub/2/x.png",
    )
    listing = folders.look(tmp_path)
    assert places(listing) == [
        "b.png", "screenshot 1.png", "Screenshot 9.png", "Screenshot 10.png", "پرده ۲.png", "sub/a.png", "sub/2/x.png",
    ]  # fmt: skip
    assert places(listing, deep=False) == places(listing)[:5]
    assert listing.folders == 2
    assert [each.size for each in listing.files] == [len(place.encode()) for place in places(listing)]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a permission there")
def test_nothing_outside_of_the_folder_is_found(tmp_path: Path) -> None:
    outside, root = lay(tmp_path / "outside", "secret.txt"), lay(tmp_path / "root", "a.txt")
    (root / "link.txt").symlink_to(outside / "secret.txt")
    (root / "folder").symlink_to(outside, target_is_directory=True)
    (root / "round").symlink_to(root, target_is_directory=True)
    os.mkfifo(root / "pipe")
    listing = folders.look(root)
    assert places(listing) == ["a.txt"]
    assert listing.links == ("folder", "link.txt", "round")
    assert listing.unreadable == ("pipe",)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a permission there")
def test_a_file_that_became_a_link_is_not_inside_any_more(tmp_path: Path) -> None:
    outside, root = lay(tmp_path / "outside", "secret.txt"), lay(tmp_path / "root", "a.txt", "sub/b.txt")
    assert folders.still_inside(root, root / "a.txt")
    (root / "a.txt").unlink()
    assert not folders.still_inside(root, root / "a.txt")
    (root / "a.txt").symlink_to(outside / "secret.txt")
    assert not folders.still_inside(root, root / "a.txt")
    (root / "sub").rename(root / "gone")
    (root / "sub").symlink_to(outside, target_is_directory=True)
    assert not folders.still_inside(root, root / "sub" / "secret.txt")


def test_hidden_files_are_counted_and_folders_that_cannot_be_read_named(tmp_path: Path) -> None:
    lay(tmp_path, ".DS_Store", "Thumbs.db", "a.png", "closed/b.png")
    (tmp_path / "closed").chmod(0)
    try:
        listing = folders.look(tmp_path)
    finally:
        (tmp_path / "closed").chmod(0o700)
    assert listing.hidden == 2
    if os.geteuid():  # root reads everything
        assert listing.unreadable == ("closed",)
    assert folders.look(tmp_path / "none").unreadable == ("none",)


def test_a_disk_chosen_by_mistake_is_cut_and_listing_can_be_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(tmp_path, *(f"{n}.txt" for n in range(12)))
    monkeypatch.setattr(folders, "MOST", 5)
    listing = folders.look(tmp_path)
    assert (len(listing.files), listing.cut) == (5, True)

    class Stop(Progress):
        def step(self, done: int, total: int) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        folders.look(tmp_path, Stop())


_NAMES = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), min_size=1, max_size=12)


@given(st.lists(_NAMES, max_size=8), _NAMES, st.integers(0, 10**20), st.integers(0, 10**20))
def test_any_names_have_an_order_in_which_numbers_count(names: list[str], name: str, one: int, other: int) -> None:
    sorted(names, key=folders.natural)
    if len(str(one)) < 18 and len(str(other)) < 18 and not name[-1].isdecimal():
        assert (folders.natural(f"{name}{one}") < folders.natural(f"{name}{other}")) is (one < other)
