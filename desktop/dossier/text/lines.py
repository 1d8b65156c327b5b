"""Where lines end. Lines are broken in logical order and only then turned into visual order."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.dossier.text.bidi import visual_order
from desktop.dossier.text.emoji import Picture
from desktop.dossier.text.shape import Face, Shaped

# A long address is rather broken after one of these than between two letters.
_SENSIBLE = frozenset("/._-?&=#%:;,@+~|\\")
_LEAST_FILL = 0.6


@dataclass(frozen=True, slots=True)
class Ink:
    """How a stretch of text looks and where it leads."""

    size: float
    bold: bool = False
    fill: str = "0 g"
    link: str = ""
    goto: str = ""


@dataclass(slots=True)
class Cell:
    """Characters of one level, font and ink that no line break comes between. Widths in points."""

    piece: Shaped | Picture
    ink: Ink
    level: int
    breaks: bool
    width: float = 0
    core: float = 0

    def __post_init__(self) -> None:
        scale = self.ink.size / 1000
        self.width = self.piece.width * scale
        self.core = self.piece.core * scale

    def split(self, room: float, needed: bool) -> tuple[Cell | None, Cell | None]:
        """What fits into the room, and the rest. If `needed`, at least one cluster is taken."""
        if isinstance(self.piece, Picture):
            return (self, None) if needed else (None, self)
        cut = _cut(self.piece, room * 1000 / self.ink.size, needed)
        end = len(self.piece.text)
        if not 0 < cut < end:
            return (self, None) if cut else (None, self)
        return (
            Cell(self.piece.part(0, cut), self.ink, self.level, True),
            Cell(self.piece.part(cut, end), self.ink, self.level, self.breaks),
        )

    def trimmed(self) -> Cell:
        """The same without the spaces at its end."""
        if isinstance(self.piece, Picture) or self.core == self.width:
            return self
        return Cell(self.piece.trimmed(), self.ink, self.level, self.breaks)


@dataclass(slots=True)
class Line:
    """The cells of one line in logical order, in a paragraph with this base level."""

    cells: list[Cell]
    base: int
    ends_paragraph: bool
    height: float = 0
    rise: float = 0

    def measure(self, fallback: Face, size: float, leading: float) -> None:
        """Set the height of the line, and how high its base line is above its foot."""
        faces = {(c.piece.face, c.ink.size) for c in self.cells if isinstance(c.piece, Shaped)}
        reaches = [
            (face.extents[0] * points / 1000, face.extents[1] * points / 1000, points)
            for face, points in faces or {(fallback, size)}
        ]
        above, below = max(r[0] for r in reaches), min(r[1] for r in reaches)
        self.height = max(leading * max(r[2] for r in reaches), above - below)
        self.rise = (self.height - (above - below)) / 2 - below

    def visible(self) -> list[Cell]:
        """The cells without the spaces at the end of the line, from left to right."""
        cells = list(self.cells)
        while cells and not cells[-1].core:
            cells.pop()
        if cells:
            cells[-1] = cells[-1].trimmed()
        if not any(cell.level for cell in cells):
            return cells
        return [cells[place] for place in visual_order([cell.level for cell in cells])]


def break_lines(cells: list[Cell], base: int, width: float) -> list[Line]:
    """The lines of one paragraph, each as full as it can be. No line is empty but an only one."""
    lines: list[Line] = []
    line: list[Cell] = []
    unit: list[Cell] = []  # what has been read since the last place where a line may end
    filled = reading = 0.0
    todo = cells[::-1]
    while todo:
        cell = todo.pop()
        if line and filled + reading + cell.core > width:
            lines.append(Line(line, base, False))
            line, filled = [], 0.0
        if reading + cell.core > width and not line:
            head, rest = cell.split(width - reading, not unit)
            lines.append(Line([*unit, head] if head else unit, base, False))
            unit, reading = [], 0.0
            if rest:
                todo.append(rest)
            continue
        unit.append(cell)
        reading += cell.width
        if cell.breaks:
            line += unit
            filled += reading
            unit, reading = [], 0.0
    if line or unit or not lines:
        lines.append(Line(line + unit, base, True))
    lines[-1].ends_paragraph = True
    return lines


def _cut(shaped: Shaped, room: float, needed: bool) -> int:
    """The character before which a word is cut to fit into the room; 0 when nothing fits."""
    bounds = shaped.bounds()
    fitting = [end for end, width in bounds if width <= room]
    if not fitting:
        return bounds[0][0] if needed and bounds else 0
    for end in reversed(fitting[int(len(fitting) * _LEAST_FILL) :]):
        if shaped.text[end - 1] in _SENSIBLE:
            return end
    return fitting[-1]
