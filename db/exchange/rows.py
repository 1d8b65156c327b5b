"""What a row of a table says, and its columns.

A column has the name of a field below, written as words: "Claimed on". Columns are recognized by their headings, in
any order, and a table of others needs no more than a column "Claim". Tags stand in one cell, with commas between them
and quotation marks around a tag that holds a comma. What is in `Finding` leaves and never comes in: a verdict is
given here, by a named analyst.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

from db.errors import Invalid, Unreadable
from db.exchange import elsewhere, sheets
from db.exchange.elsewhere import MOST_ITEMS
from db.exchange.sheets import Line, plain
from db.exchange.vocabulary import Separator, Table

_NEEDS_MARKS = re.compile(r'[,;"\r\n]')
_SPELLED = {"tlp": "TLP", "url": "URL", "archived_url": "Archived URL"}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a row."""

    reference: str = ""
    title: str = ""
    claim: str = ""
    language: str = ""
    translation: str = ""
    claimant: str = ""
    claimed_on: str = ""
    status: str = ""
    priority: str = ""
    tlp: str = ""
    assignee: str = ""
    due: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a desk found of a case, beside its row."""

    verdict: str = ""
    confidence: str = ""
    decided_on: str = ""
    verdict_by: str = ""
    rationale: str = ""
    cited_sources: str = ""
    created: str = ""
    changed: str = ""


@dataclass(frozen=True, slots=True)
class CitedRow:
    """A source as a case cites it, in a row; `case` is the reference of the case."""

    case: str = ""
    source: str = ""
    kind: str = ""
    url: str = ""
    archived_url: str = ""
    author: str = ""
    publisher: str = ""
    published_on: str = ""
    accessed_on: str = ""
    language: str = ""
    source_note: str = ""
    stance: str = ""
    reliability: str = ""
    credibility: str = ""
    locator: str = ""
    quotation: str = ""
    translation: str = ""
    note: str = ""


Row = CaseRow | CitedRow


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something from elsewhere cannot be taken: the field, what is wrong with it, and what it says."""

    field: str
    problem: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read on one line: a row, or why there is none."""

    line: int
    row: Row | None
    refused: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table from elsewhere; `ignored` are the headings of columns that say nothing that is kept."""

    table: Table
    rows: tuple[Read, ...]
    ignored: tuple[str, ...]


def headings(row: type[Row | Finding]) -> tuple[str, ...]:
    """The headings of the columns of a row."""
    return tuple(_SPELLED.get(each.name) or each.name.replace("_", " ").capitalize() for each in fields(row))


def cells(row: Row | Finding) -> list[str]:
    """A row as it stands in its cells."""
    return [packed(value) if isinstance(value, tuple) else value for value in astuple(row)]


def read(text: str, origin: Path) -> Sheet:
    """The table that a CSV text holds; raises `Unreadable` where it holds none."""
    elsewhere.refuse_a_swarm(text, "".join(Separator), origin)
    known = {plain(name) for row in (CaseRow, CitedRow) for name in headings(row)}
    found = sheets.lines(text, known)
    head = next(found, Line(1, ()))
    columns = [plain(cell) for cell in head.cells]
    kind = CaseRow if "claim" in columns else CitedRow
    if kind is CitedRow and not {"case", "source"} <= set(columns):
        raise Unreadable(origin, "no column")
    wanted = [plain(name) for name in headings(kind)]
    if any(columns.count(name) > 1 for name in wanted):
        raise Unreadable(origin, "the same column twice")
    rows = tuple(_read(kind, wanted, columns, line) for line in _bounded(found, origin))
    ignored = tuple(cell for cell, name in zip(head.cells, columns, strict=True) if name not in wanted and cell.strip())
    return Sheet(Table.CASES if kind is CaseRow else Table.SOURCES, rows, ignored)


def _bounded(found: Iterable[Line], origin: Path) -> Iterable[Line]:
    for number, line in enumerate(found):
        if number == MOST_ITEMS:
            raise Unreadable(origin, "too many")
        yield line


def _read(kind: type[Row], wanted: Sequence[str], columns: Sequence[str], line: Line) -> Read:
    if line.broken:
        return Read(line.number, None, Refusal("line", "quote"))
    if any(cell.strip() for cell in line.cells[len(columns) :]):
        return Read(line.number, None, Refusal("line", "cells", str(len(line.cells))))
    said = dict(zip(columns, line.cells, strict=False))
    try:
        return Read(line.number, _row(kind, [said.get(name, "") for name in wanted]))
    except Invalid as error:
        return Read(line.number, None, Refusal(error.field, error.problem, error.value))


def _row(kind: type[Row], values: Sequence[str]) -> Row:
    said: dict[str, Any] = dict(zip((each.name for each in fields(kind)), values, strict=True))
    for name, value in said.items():
        elsewhere.check(name, value)
    return kind(**said | {"tags": unpacked(said["tags"])}) if "tags" in said else kind(**said)


def packed(tags: Iterable[str]) -> str:
    """Tags in one cell."""
    return ", ".join('"' + tag.replace('"', '""') + '"' if _NEEDS_MARKS.search(tag) else tag for tag in tags)


def unpacked(cell: str) -> tuple[str, ...]:
    """The tags in a cell, which others part by semicolons or lines; raises `Invalid` for marks that do not close."""
    if '"' not in cell:
        cell = re.sub(r"[;\r\n]", ",", cell)
    try:
        found = next(csv.reader(io.StringIO(cell, newline=""), skipinitialspace=True, strict=True), [])
    except csv.Error as error:
        raise Invalid("tags", "marks", cell) from error
    return tuple(tag.strip() for tag in found if tag.strip())
