"""Fonts inside one PDF: the glyphs used, and for each the text that a reader copies and searches.

A font is written as a composite font (ISO 32000-1, 9.7) whose codes stand for a glyph *and* its
text, because one glyph may stand for several texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from reportlab.pdfbase import pdfdoc

from desktop.dossier.text.encode import Fragment, encode
from desktop.dossier.text.shape import Face, Shaped

_MOST_TEXTS = 60_000
_SYMBOLIC = 4
_CMAP_BLOCK = 100


class _Document(Protocol):
    """What is needed of `PDFDocument`, whose stubs say little."""

    compression: bool | int | None
    idToObject: Mapping[str, pdfdoc.PDFDictionary]  # noqa: N815

    def Reference(self, obj: pdfdoc.PDFObject, name: str) -> pdfdoc.PDFObjectReference: ...


class Embedding:
    """What one document holds of the fonts."""

    def __init__(self, document: pdfdoc.PDFDocument) -> None:
        self._names = document.fontMapping
        self._delayed = document.delayedFonts
        self._fonts: dict[Face, EmbeddedFont] = {}
        self._fragments: dict[tuple[Shaped, float], Fragment] = {}

    def font(self, face: Face) -> EmbeddedFont:
        """The font of the document for a face."""
        found = self._fonts.get(face)
        if found is None:
            found = self._fonts[face] = EmbeddedFont(face, f"F{len(self._names) + 1}")
            self._names[f"text {face.name}"] = "/" + found.name
            self._delayed.append(found)
        return found

    def fragment(self, shaped: Shaped, size: float) -> Fragment:
        """The word in the codes of this document; the size matters where glyphs leave the line."""
        key = (shaped, size if shaped.offsets else 0)
        found = self._fragments.get(key)
        if found is None:
            code = self.font(shaped.face).code
            found = self._fragments[key] = encode(shaped, code, size)
        return found


class EmbeddedFont:
    """One font of one document. Its codes are given out in the order in which they are asked for."""

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self._codes: dict[tuple[int, str], int] = {}

    def code(self, glyph: int, text: str) -> str:
        """The code of a glyph that stands for a text, in hexadecimal."""
        if len(self._codes) >= _MOST_TEXTS:
            text = ""
        code = self._codes.setdefault((glyph, text), len(self._codes) + 1)
        return f"{code:04X}"

    def addObjects(self, document: _Document) -> None:
        """Write the font into the document. reportlab calls this when the document is finished."""
        name = pdfdoc.PDFName(f"CLMDSK+{self.face.name}")
        file, numbers = self.face.subset(glyph for glyph, _ in self._codes)
        places = b"\0\0" + b"".join(numbers[g].to_bytes(2) for g, _ in self._codes)
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": name,
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": self._descriptor(document, name, file),
                "DW": 0,
                "W": pdfdoc.PDFArray([1, pdfdoc.PDFArray(self._widths())]),
                "CIDToGIDMap": self._stream(document, "glyphs", places),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": name,
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant, f"{self.name} descendant")]),
                "ToUnicode": self._stream(document, "texts", self._texts()),
            }
        )
        document.idToObject["BasicFonts"].dict[self.name] = document.Reference(font, self.name)

    def _widths(self) -> list[float]:
        return [round(self.face.advance(glyph), 2) for glyph, _ in self._codes]

    def _descriptor(self, document: _Document, name: str, file: bytes) -> pdfdoc.PDFObjectReference:
        ascent, descent = self.face.extents
        entries = {
            "Type": pdfdoc.PDFName("FontDescriptor"),
            "FontName": name,
            "Flags": _SYMBOLIC,
            "FontBBox": pdfdoc.PDFArray(list(self.face.box)),
            "ItalicAngle": 0,
            "Ascent": round(ascent),
            "Descent": round(descent),
            "CapHeight": 714,
            "StemV": 80,
            "FontFile2": self._stream(document, "file", file, {"Length1": len(file)}),
        }
        return document.Reference(pdfdoc.PDFDictionary(entries), f"{self.name} descriptor")

    def _stream(
        self,
        document: _Document,
        part: str,
        content: bytes,
        entries: dict[str, int] | None = None,
    ) -> pdfdoc.PDFObjectReference:
        filters = [pdfdoc.PDFZCompress] if document.compression else []
        stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries or {}), content, filters)
        return document.Reference(stream, f"{self.name} {part}")

    def _texts(self) -> bytes:
        """The ToUnicode map, in UTF-16 and with blocks of at most 100 as the standard asks."""
        rows = [
            f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>"
            for (_, text), code in self._codes.items()
            if text
        ]
        lines = [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
        ]
        for start in range(0, len(rows), _CMAP_BLOCK):
            block = rows[start : start + _CMAP_BLOCK]
            lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
        lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
        return "\n".join(lines).encode("ascii")
