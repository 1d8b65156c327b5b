"""Putting lines on a page."""

from __future__ import annotations

from itertools import accumulate
from urllib.parse import quote

from reportlab.pdfgen.canvas import Canvas

from desktop.dossier.text.compose import Align
from desktop.dossier.text.emoji import Picture
from desktop.dossier.text.encode import LRM, RLM
from desktop.dossier.text.fonts import FontSet
from desktop.dossier.text.lines import Cell, Ink
from desktop.dossier.text.shape import Shaped

_URL_SIGNS = "%/:?#[]@!$&'()*+,;=~"
_LINK_DESCENT = 0.25


def offset(align: Align, base: int, room: float) -> float:
    """Where a line begins when this much room is left beside it."""
    if align == "center":
        return room / 2
    at_right = align == "right" or align == ("end", "start")[base & 1]
    return room if at_right else 0


def draw_cells(canvas: Canvas, fonts: FontSet, cells: list[Cell], x: float, y: float) -> None:
    """Draw cells from left to right on a base line that begins at x, y."""
    places = list(accumulate((cell.width for cell in cells), initial=x))
    start = 0
    for end, cell in enumerate(cells, 1):
        piece, following = cell.piece, cells[end] if end < len(cells) else None
        if following and following.ink is cell.ink and following.level == cell.level:
            other = following.piece
            if isinstance(piece, Shaped) and isinstance(other, Shaped) and other.face is piece.face:
                continue
        if isinstance(piece, Picture):
            _draw_picture(canvas, fonts, cell, piece, places[start], y)
        else:
            _draw_run(canvas, fonts, cells[start:end], places[start], y)
        if cell.ink.link or cell.ink.goto:
            _link(canvas, cell.ink, places[start], places[end], y)
        start = end


def _link(canvas: Canvas, ink: Ink, left: float, right: float, y: float) -> None:
    rect = (left, y - _LINK_DESCENT * ink.size, right, y + ink.size)
    if ink.link:
        canvas.linkURL(quote(ink.link, safe=_URL_SIGNS), rect, relative=1)
    else:
        canvas.linkRect("", ink.goto, rect, relative=1)


def _draw_run(canvas: Canvas, fonts: FontSet, cells: list[Cell], left: float, y: float) -> None:
    """Cells of one face, ink and level, as one text object."""
    embedding, ink = fonts.embedding(canvas), cells[0].ink
    pieces = [cell.piece for cell in cells if isinstance(cell.piece, Shaped)]
    fragments = [embedding.fragment(piece, ink.size) for piece in pieces]
    array = "".join([fragment.content for fragment in fragments]).replace("><", "")
    shown = f"[{array}] TJ".replace("[] TJ ", "")
    face, x, paths = pieces[0].face, left, []
    for cell, fragment in zip(cells, fragments, strict=True):
        for glyph, dx, dy in fragment.marks:
            scale = ink.size / 1000
            paths.append(face.outline(glyph, x + dx * scale, y + dy * scale, scale * face.scale))
        x += cell.width
    name = embedding.font(face).name
    operators = f"BT {ink.fill} /{name} {ink.size:g} Tf 1 0 0 1 {left:.3f} {y:.3f} Tm {shown} ET"
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
