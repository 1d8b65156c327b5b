"""Tables as text: CSV that a spreadsheet program opens as it is meant, and CSV of others, whatever their habits."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from db.exchange import guard
from db.exchange.elsewhere import MOST_BYTES
from db.exchange.vocabulary import Separator

BOM = "\ufeff"  # without it Excel takes UTF-8 for an older encoding
_SAYS_ITS_SEPARATOR = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the line of the file that it begins on, and its cells. A broken one has none, and nothing follows it."""

    number: int
    cells: tuple[str, ...]
    broken: bool = False


def written(rows: Iterable[Sequence[str]], separator: Separator) -> Iterator[str]:
    """Rows as CSV, piece by piece: every cell in quotation marks, and none that would be run as a formula."""
    yield BOM
    for row in rows:
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL).writerow(map(guard.put_on, row))
        yield out.getvalue()


def lines(text: str, known: Collection[str]) -> Iterator[Line]:
    """The rows of a CSV text, the headings first; those that are empty are left out.

    The separator is the one with which most of the headings are among those that are known.
    """
    csv.field_size_limit(MOST_BYTES)
    said = _SAYS_ITS_SEPARATOR.match(text)
    begin, before = (said.end(), 1) if said else (0, 0)
    separator = Separator(said[1]) if said else _separator(text, known)
    reader = csv.reader(io.StringIO(text[begin:], newline=""), delimiter=separator, strict=True)
    number = 1
    try:
        for row in reader:
            cells = tuple(map(guard.take_off, row))
            if any(map(str.strip, cells)):
                yield Line(number + before, cells)
            number = reader.line_num + 1
    except csv.Error:
        yield Line(number + before, (), broken=True)


def plain(heading: str) -> str:
    """A heading as it is compared: without case, signs and spaces."""
    return " ".join(re.findall(r"[^\W_]+", heading.casefold()))


def _separator(text: str, known: Collection[str]) -> Separator:
    def count(separator: Separator) -> int:
        try:
            headings = next(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), [])
        except csv.Error:
            return 0
        return sum(plain(heading) in known for heading in headings)

    return max(Separator, key=count)
