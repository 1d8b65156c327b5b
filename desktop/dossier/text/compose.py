"""What a caller says about a text, and the paragraphs that come of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from desktop.dossier.text.bidi import first_strong
from desktop.dossier.text.controls import balance
from desktop.dossier.text.fonts import FontSet
from desktop.dossier.text.itemize import Inked, itemize
from desktop.dossier.text.lines import Cell, Ink, Line

Align = Literal["start", "end", "center", "left", "right"]
Direction = Literal["auto", "ltr", "rtl"]

_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set. `leading` is a multiple of the size.

    `start` and `end` follow the direction of each line of the text; with `auto` the first strong
    letter of the line gives it. `language` (BCP 47) chooses between regional forms of a letter.
    """

    size: float = 10
    leading: float = 1.4
    bold: bool = False
    color: str = "#000000"
    align: Align = "start"
    direction: Direction = "auto"
    language: str = ""
    space_before: float = 0
    space_after: float = 0
    keep_with_next: bool = False
    max_lines: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text that differs from its style.

    Only http and https links lead anywhere; `goto` is a bookmark of the same document.
    """

    text: str
    bold: bool | None = None
    color: str | None = None
    size: float | None = None
    link: str = ""
    goto: str = ""


@dataclass(slots=True)
class Paragraph:
    """One paragraph in the sense of UAX #9: what stands between two line ends."""

    cells: list[Cell]
    base: int


Content = str | Sequence[Span]


def paragraphs(content: Content, style: Style, fonts: FontSet, *, one_line: bool = False) -> list[Paragraph]:
    """The text in cells. No direction control reaches beyond its span and line."""
    spans = [Span(content)] if isinstance(content, str) else content
    parts: list[list[Inked]] = [[]]
    for span in spans:
        ink = _ink(span, style)
        text = fonts.printable(span.text)
        for number, line in enumerate([text.replace("\n", " ")] if one_line else text.split("\n")):
            if number:
                parts.append([])
            if line:
                parts[-1].append(Inked(balance(line), ink))
    bases = _bases(parts, style.direction)
    found = (itemize(inked, base, fonts, style.language) for inked, base in zip(parts, bases, strict=True))
    return [Paragraph(cells, base) for cells, base in found]


def ellipsized(line: Line, width: float, fonts: FontSet) -> Line:
    """The line with a sign at its end that something is left out, no wider than `width`."""
    cells = list(line.cells)
    while cells and not cells[-1].core:
        cells.pop()
    ink = cells[-1].ink if cells else Ink(10)
    (sign,), _ = itemize([Inked("…", ink)], line.base, fonts, "")
    sign.level = line.base
    room = width - sign.width
    filled = sum(cell.width for cell in cells)
    while cells and filled > room:
        last = cells.pop()
        filled -= last.width
        head, _ = last.trimmed().split(room - filled, False)
        if head:
            cells.append(head)
            break
    if cells:
        cells[-1] = cells[-1].trimmed()
    return Line([*cells, sign], line.base, True)


def _ink(span: Span, style: Style) -> Ink:
    return Ink(
        style.size if span.size is None else span.size,
        style.bold if span.bold is None else span.bold,
        _fill(style.color if span.color is None else span.color),
        span.link if span.link.lower().startswith(_WEB) else "",
        span.goto,
    )


def _fill(color: str) -> str:
    """`#rrggbb` as the PDF operator that sets it."""
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    return f"{red / 255:.3f} {green / 255:.3f} {blue / 255:.3f} rg"


def _bases(parts: Sequence[Sequence[Inked]], direction: Direction) -> list[int]:
    """The base level of each line; a line without letters follows the first that has some."""
    if direction != "auto":
        return [int(direction == "rtl")] * len(parts)
    asked = [first_strong("".join(part.text for part in inked)) for inked in parts]
    default = next((base for base in asked if base is not None), 0)
    return [default if base is None else base for base in asked]
