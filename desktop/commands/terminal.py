"""What every command shares: speaking to the terminal, a bar of text, opening a casebook."""

from __future__ import annotations

import dataclasses
import io
import json
import re
import sys
from argparse import ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum, StrEnum
from pathlib import Path

from db import familiar
from db.casebook import Casebook
from db.change import Change
from db.errors import HandedOver, Missing, ReadOnly
from db.kinds import Json
from db.progress import SILENT, Progress
from db.vocabulary import Op

_BAR = 30
# Controls other than tab and newline, and the marks that turn the direction of what follows them.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class Exit(IntEnum):
    """What a command tells the program that called it."""

    DONE = 0
    PROBLEM = 1
    USAGE = 2
    REFUSED = 3
    NOT_FOUND = 4
    STOPPED = 130


def speak_utf8() -> None:
    """Write UTF-8 whatever the locale says; what cannot be written at all is written as its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def harmless(text: str) -> str:
    """The text with its terminal controls spelled out, in a way that JSON reads back as they were."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def say(text: str) -> None:
    """Print a text, with whatever could steer the terminal made harmless."""
    print(harmless(text))


def passphrase(file: Path | None) -> str:
    """The first line of the file that a passphrase stands in; empty where none is named."""
    if file is None:
        return ""
    try:
        return file.read_text("utf-8").split("\n")[0]
    except OSError as error:
        raise Missing(file) from error


def complain(text: str) -> None:
    """Print a text where errors go."""
    print(harmless(text), file=sys.stderr)


def answer(args: Namespace, value: object, text: str) -> None:
    """Print a result: as JSON where that was asked for, otherwise as text."""
    say(json.dumps(plain(value), ensure_ascii=False, indent=2) if args.json else text)


def plain(value: object) -> Json:
    """A record, or anything made of records, as JSON has it."""
    if dataclasses.is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


class Bar:
    """Progress as a bar of text that is drawn over itself."""

    def __init__(self) -> None:
        self._drawn = ""

    def step(self, done: int, total: int) -> None:
        """Draw how far the work is, where that looks different from before."""
        part = min(done / total, 1.0) if total else 1.0
        drawn = f"\r[{'#' * round(part * _BAR):{_BAR}}] {part:4.0%}"
        if drawn != self._drawn:
            print(drawn, end="" if part < 1 else "\n", file=sys.stderr, flush=True)
            self._drawn = drawn


def bar() -> Progress:
    """A bar where a person watches, silence where a program does."""
    return Bar() if sys.stderr.isatty() else SILENT


@contextmanager
def reading(path: Path, *, as_it_is: bool = False) -> Iterator[Casebook]:
    """A casebook to read, which others may write meanwhile.

    A file that this computer does not know is looked over and shown from a private copy, unless it is wanted as it is.
    Where a crash or an older Claimdesk left something to be put right first, it is opened as its writer.
    """
    if path.is_file() and not as_it_is and not familiar.knows(path):
        book: Casebook = _looked_over(path, write=False)
    else:
        try:
            book = Casebook.open(path, write=False)
        except ReadOnly:
            book = Casebook.open(path)
    with book:
        yield book


def opened(path: Path) -> Casebook:
    """A casebook to write; a file that this computer does not know is looked over and made its own first."""
    if path.is_file() and not familiar.knows(path):
        return _looked_over(path, write=True)
    return Casebook.open(path)


def _looked_over(path: Path, *, write: bool) -> Casebook:
    from db import lookover  # noqa: PLC0415 (seldom needed, and it needs much)

    looked = lookover.look_over(path, bar(), write=write)
    if looked.cases_only:
        raise HandedOver(path)
    return lookover.View.of(looked) if looked.closed else Casebook.open(path)


@contextmanager
def saving(book: Casebook, verb: Op, analyst: str | None) -> Iterator[Change]:
    """A save, signed by an analyst other than the desk's where one is named."""
    with book.change(verb) as change:
        if analyst:
            change.pen.analyst = analyst
        yield change


def word_of(words: type[StrEnum]) -> Callable[[str], StrEnum]:
    """How an option reads a word of a vocabulary: in any case, with "-" for a space."""

    def read(text: str) -> StrEnum:
        for member in words:
            if text.casefold().replace("-", " ") == member.casefold().replace("-", " "):
                return member
        raise ArgumentTypeError(f"“{text}” is none of: {', '.join(words)}")

    return read
