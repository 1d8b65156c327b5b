"""A folder of files, as it lies there: what can be taken of it, in the order in which people count."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from db.progress import SILENT, Progress

MOST = 20_000  # files; a whole disk is chosen by mistake
_DEEPEST = 40
_OF_THE_SYSTEM = frozenset({"thumbs.db", "desktop.ini"})
_DIGITS = re.compile(r"(\d+)")
_REPARSE = 0x400  # Windows: a junction, which is a link that looks like a folder


@dataclass(frozen=True, slots=True)
class Found:
    """A file in a folder, or in one of the folders in it; `place` is its path from there."""

    path: Path
    place: str
    size: int

    @property
    def id(self) -> str:
        """What tells it from every other."""
        return self.place

    @property
    def deep(self) -> bool:
        """Whether it lies in a folder inside the folder."""
        return "/" in self.place


@dataclass(frozen=True, slots=True)
class Listing:
    """What is in a folder: files, and the names of links and of what cannot be read; hidden files are only counted.

    `cut` says that there was more than is taken at once.
    """

    root: Path
    files: tuple[Found, ...]
    folders: int = 0
    hidden: int = 0
    links: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    cut: bool = False

    def of(self, *, deep: bool) -> tuple[Found, ...]:
        """The files of the folder itself, or those of the folders in it too."""
        return tuple(each for each in self.files if deep or not each.deep)


def look(root: Path, progress: Progress = SILENT) -> Listing:
    """List a folder with all that is in it. Links are not followed, so that nothing outside of it is found."""
    seen = _Looking(progress)
    seen.into(root, "", 0)
    files = tuple(sorted(seen.files, key=lambda each: natural(each.place)))
    return Listing(
        root, files[:MOST], seen.folders, seen.hidden, tuple(seen.links), tuple(seen.unreadable), len(files) > MOST
    )


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts names as people count: 2 before 10; what lies deeper comes after its folder's own files."""
    parts = name.casefold().split("/")
    inside = [((1, 0, ""), *_parts(part)) for part in parts[:-1]]
    return (*(key for keys in inside for key in keys), (0, 0, ""), *_parts(parts[-1]))


def still_inside(root: Path, file: Path) -> bool:
    """Whether a file that was listed is a plain file inside the folder even now, and no link took its place."""
    try:
        plain = stat.S_ISREG(file.lstat().st_mode)
        return plain and file.resolve().is_relative_to(root.resolve())
    except OSError:
        return False


def _parts(name: str) -> Iterator[tuple[int, int, str]]:
    for part in _DIGITS.split(name):
        if part:
            yield (2, int(part), "") if part.isdecimal() and len(part) < 19 else (3, 0, part)


class _Looking:
    """What was seen so far."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.files: list[Found] = []
        self.links: list[str] = []
        self.unreadable: list[str] = []
        self.folders = self.hidden = 0

    def into(self, folder: Path, place: str, depth: int) -> None:
        if len(self.files) > MOST or depth > _DEEPEST:
            return
        try:
            with os.scandir(folder) as entries:
                listed = sorted(entries, key=lambda each: natural(each.name))
        except OSError:
            self.unreadable.append(place.rstrip("/") or folder.name)
            return
        for entry in listed:
            self._progress.step(0, 1)
            if entry.name.startswith(".") or entry.name.lower() in _OF_THE_SYSTEM:
                self.hidden += 1
            else:
                self._take(entry, f"{place}{entry.name}", depth)

    def _take(self, entry: os.DirEntry[str], place: str, depth: int) -> None:
        try:
            found = entry.stat(follow_symlinks=False)
        except OSError:
            self.unreadable.append(place)
            return
        if entry.is_symlink() or getattr(found, "st_file_attributes", 0) & _REPARSE:
            self.links.append(place)
        elif stat.S_ISDIR(found.st_mode):
            self.folders += 1
            self.into(Path(entry.path), f"{place}/", depth + 1)
        elif stat.S_ISREG(found.st_mode):
            self.files.append(Found(Path(entry.path), place, found.st_size))
        else:
            self.unreadable.append(place)
