"""Files from elsewhere: read within bounds, as text, and as nothing but text."""

from __future__ import annotations

import codecs
from pathlib import Path

from db.errors import Invalid, Missing, Unreadable
from db.exchange.vocabulary import Encoding
from db.kinds import check_text

MOST_BYTES = 16 << 20
MOST_ITEMS = 10_000
_LONGEST = 100_000
_MOST_SIGNS = 1_000_000


def fetch(path: Path, casebook: Path) -> bytes:
    """The bytes of a file that is not too large; raises `Missing` or `Unreadable`."""
    try:
        if not path.exists():
            raise Missing(path)
        if not path.is_file():  # a pipe would be waited for, a device has no end
            raise Unreadable(path, "not a file")
        if path.samefile(casebook):  # reading it in this process would drop SQLite's locks
            raise Unreadable(path, "it is the open casebook itself")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Unreadable(path, error.strerror or "") from error
    if len(data) > MOST_BYTES:
        raise Unreadable(path, "too large")
    return data


def letters(data: bytes, origin: Path, encoding: Encoding = Encoding.UNICODE) -> str:
    """The text of these bytes, without its byte order mark; raises `Unreadable` where they are no such text."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    name = "utf-16" if wide else "utf-8-sig"
    try:
        return data.decode(name if encoding is Encoding.UNICODE else encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(origin, "letters") from error


def refuse_a_swarm(text: str, signs: str, origin: Path) -> None:
    """Raise `Unreadable` where signs that part things are so many that the things would fill the memory."""
    if sum(map(text.count, signs)) > _MOST_SIGNS:
        raise Unreadable(origin, "too many")


def check(name: str, text: str) -> None:
    """Raise `Invalid` when a text from elsewhere cannot be kept, or is too long to be one that anybody wrote."""
    check_text(name, text)
    if len(text) > _LONGEST:
        raise Invalid(name, "long")
