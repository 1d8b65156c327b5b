"""Putting lines on a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from urllib.parse import quote

from reportlab.pdfgen.canvas import Canvas

from desktop.dossier.text.compose import Align
from desktop.dossier.text.emoji import Picture
from desktop.dossier.text.encode import LRM, RLM
from desktop.dossier.text.fonts import FontSet
from desktop.dossier.text.lines import Cell, Line
from desktop.dossier.text.shape import Shaped

_URL_SIGNS = "%/:?#[]@!$&'()*+,;=~"
_LINK_DESCENT = 0.25


def leads_somewhere(link: str) -> bool:
    """Whether a link may become an annotation of the PDF: only web addresses do."""
    return link.lower().startswith(("http://", "https://"))


def line_extents(line: Line, size: float, fonts: FontSet) -> tuple[float, float]:
    """How far a line reaches above and (negative) below its base line, in points."""
    faces = {(cell.piece.face, cell.ink.size) for cell in line.cells if isinstance(cell.piece, Shaped)} or {
        (fonts.base, size)
    }
    reaches = [(face.extents, scale / 1000) for face, scale in faces]
    above = max(ascent * scale for (ascent, _), scale in reaches)
    return above, min(descent * scale for (_, descent), scale in reaches)


def offset(align: Align, base: int, room: float) -> float:
    """Where a line begins when this much room is left beside it."""
    if align == "center":
        return room / 2
    at_right = align == "right" or align == ("end", "start")[base & 1]
    return room if at_right else 0


def draw_cells(canvas: Canvas, fonts: FontSet, cells: list[Cell], x: float, y: float) -> None:
    """Draw cells from left to right on a base line that begins at x, y."""
    for linked, members in groupby(_placed(cells, x), lambda placed: _target(placed[0])):
        row = list(members)
        if linked:
            _link(canvas, row, y)
        for _, same in groupby(row, lambda placed: _kind(placed[0])):
            _draw_run(canvas, fonts, list(same), y)


def _placed(cells: Iterable[Cell], x: float) -> Iterator[tuple[Cell, float]]:
    for cell in cells:
        yield cell, x
        x += cell.width


def _target(cell: Cell) -> tuple[str, str]:
    link = cell.ink.link if leads_somewhere(cell.ink.link) else ""
    return link, cell.ink.goto


def _kind(cell: Cell) -> tuple[object, ...]:
    """What neighbors share that are shown by one text object."""
    if isinstance(cell.piece, Picture):
        return (id(cell),)
    return cell.piece.face, cell.ink, cell.level


def _link(canvas: Canvas, row: list[tuple[Cell, float]], y: float) -> None:
    cell, x = row[-1]
    size = cell.ink.size
    rect = (row[0][1], y - _LINK_DESCENT * size, x + cell.width, y + size)
    link, goto = _target(cell)
    if link:
        canvas.linkURL(quote(link, safe=_URL_SIGNS), rect, relative=1)
    elif goto:
        canvas.linkRect("", goto, rect, relative=1)


def _draw_run(canvas: Canvas, fonts: FontSet, row: list[tuple[Cell, float]], y: float) -> None:
    first, left = row[0]
    if isinstance(first.piece, Picture):
        _draw_picture(canvas, fonts, first, first.piece, left, y)
        return
    embedding, size = fonts.embedding(canvas), first.ink.size
    contents: list[str] = []
    paths: list[str] = []
    for cell, x in row:
        if isinstance(cell.piece, Shaped):
            fragment = embedding.fragment(cell.piece, size)
            contents.append(fragment.content)
            face, scale = cell.piece.face, size / 1000
            for glyph, dx, dy in fragment.marks:
                at = (x + dx * scale, y + dy * scale)
                paths.append(face.outline(glyph, *at, scale * face.scale))
    array = f"[{''.join(contents)}] TJ".replace("><", "").replace("[] TJ ", "")
    name = embedding.font(first.piece.face).name
    operators = f"BT {first.ink.fill} /{name} {size:g} Tf 1 0 0 1 {left:.3f} {y:.3f} Tm {array} ET"
    canvas.addLiteral(" ".join([operators, *(f"{path} f" for path in paths if path)]))


def _draw_picture(canvas: Canvas, fonts: FontSet, cell: Cell, picture: Picture, x: float, y: float) -> None:
    """The picture, and an invisible glyph that carries its text for search and copy."""
    fonts.emoji.draw(canvas, picture, x, y, cell.ink.size)
    font = fonts.embedding(canvas).font(fonts.base)
    glyph = fonts.base.nominal("—")
    stretch = picture.width / fonts.base.advance(glyph) * 100
    text = (RLM if cell.level & 1 else "") + picture.text + (LRM if cell.level else "")
    canvas.addLiteral(
        f"q BT 3 Tr {stretch:.2f} Tz /{font.name} {cell.ink.size:g} Tf "
        f"1 0 0 1 {x:.3f} {y:.3f} Tm <{font.code(glyph, text)}> Tj ET Q"
    )
