"""Color emoji: the layers of a COLR version 0 font, drawn as vector pictures."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cached_property

from reportlab.pdfgen.canvas import Canvas

from desktop.dossier.text.shape import Context, Face

WIDTH = 1200.0
_SCALE = 1.15
_FOREGROUND = 0xFFFF


@dataclass(slots=True, eq=False)
class Picture:
    """One emoji sequence as a row of color glyphs. Measures are in thousandths of an em."""

    text: str
    glyphs: tuple[int, ...]

    @property
    def width(self) -> float:
        """How much room the picture takes on its line."""
        return WIDTH * len(self.glyphs)

    @property
    def core(self) -> float:
        """The same: a picture has no spaces at its end."""
        return self.width


class EmojiFont(Face):
    """A font whose glyphs have colored layers (OpenType tables COLR version 0 and CPAL)."""

    def picture(self, text: str) -> Picture | None:
        """The emoji, or none when the font cannot draw all of it in color."""
        glyphs = self.shape(text, Context("Zsye")).glyphs
        face = self.font.face
        visible = tuple(glyph for glyph in glyphs if self.advance(glyph) or not glyph)
        if visible and all(glyph and face.get_glyph_color_layers(glyph) for glyph in visible):
            return Picture(text, visible)
        return None

    @cached_property
    def colors(self) -> list[tuple[float, float, float]]:
        """The first palette: red, green and blue from 0 to 1."""
        # Read here because uharfbuzz 0.57 does not come back from `OTColorPalette.colors`.
        table = self.font.face.reference_table("CPAL").data
        count, _, _, offset, first = struct.unpack_from(">HHHIH", table, 2)
        records = struct.iter_unpack("4B", table[offset + 4 * first : offset + 4 * (first + count)])
        return [(red / 255, green / 255, blue / 255) for blue, green, red, _ in records]

    def draw(self, canvas: Canvas, picture: Picture, x: float, y: float, size: float) -> None:
        """Draw the picture with its lower left corner on the base line at x, y."""
        for place, glyph in enumerate(picture.glyphs):
            name = f"emoji{glyph}"
            if not canvas.hasForm(name):
                self._define(canvas, name, glyph)
            scale = _SCALE * size / self.advance(glyph)
            left = x + (place * WIDTH + (WIDTH / 1000 - _SCALE) * 500) * size / 1000
            canvas.addLiteral(f"q {scale:.5f} 0 0 {scale:.5f} {left:.3f} {y:.3f} cm")
            canvas.doForm(name)
            canvas.addLiteral("Q")

    def _define(self, canvas: Canvas, name: str, glyph: int) -> None:
        canvas.beginForm(name, *self.box)
        for layer in self.font.face.get_glyph_color_layers(glyph):
            known = layer.color_index != _FOREGROUND
            red, green, blue = self.colors[layer.color_index] if known else (0, 0, 0)
            path = self.outline(layer.glyph, 0, 0, self.scale)
            canvas.addLiteral(f"{red:.3f} {green:.3f} {blue:.3f} rg {path} f")
        canvas.endForm()
