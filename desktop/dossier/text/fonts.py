"""The bundled fonts, and which of them prints which character."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from weakref import WeakKeyDictionary

from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfgen.canvas import Canvas

from desktop.assets import fonts_folder
from desktop.dossier.text.controls import CONTROLS, isolate
from desktop.dossier.text.embed import Embedding
from desktop.dossier.text.emoji import EmojiFont, Picture
from desktop.dossier.text.scripts import script_of
from desktop.dossier.text.shape import Context, Face, Shaped

# What has done its work once levels and line ends are known, and is not printed.
_SILENT = CONTROLS + "\u00ad\u034f\u180e\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\ufff9\ufffa\ufffb"
_SILENT_CODES = (*map(ord, _SILENT), *range(0xFE00, 0xFE10), *range(0xE0000, 0xE0200))
UNPRINTED = dict.fromkeys(_SILENT_CODES)
_JOINERS = "\u200c\u200d"
_FAMILIES = {"Arab": "Vazirmatn", "Deva": "NotoSansDevanagari"}
_CHAIN = (
    "NotoSans",
    "Vazirmatn",
    "NotoSansDevanagari",
    "NotoSansSymbols",
    "NotoSansSymbols2",
    "NotoSansMath",
)
_BOLD = frozenset(("NotoSans", "Vazirmatn", "NotoSansDevanagari", "NotoNastaliqUrdu"))
_CACHED_WORDS = 50_000


class MissingCharacters(ValueError):
    """No bundled font has these characters; `names` says which."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__("No bundled font has " + ", ".join(names))
        self.names = names


class FontSet:
    """The bundled fonts as one document uses them. It is quick to make: files are read when needed.

    Give each document its own and do not share one between threads. With `print_codes` a character
    that no font has is printed as its code point; otherwise it raises `MissingCharacters`. With
    `nastaliq` text in the language "ur" is set in Nastaliq.
    """

    def __init__(self, folder: Path | None = None, *, print_codes: bool = False, nastaliq: bool = False) -> None:
        self.print_codes = print_codes
        self.nastaliq = nastaliq
        self._folder = folder or fonts_folder()
        self._faces: dict[str, Face] = {}
        self._known: set[str] = set(_JOINERS + " \n").union(map(chr, _SILENT_CODES))
        self._simple: frozenset[str] | None = None
        self._pictures: dict[str, Picture | None] = {}
        self._words: dict[tuple[Face, str], Shaped] = {}
        self._runs: dict[tuple[Face, str, Context], Shaped] = {}
        self._embeddings: WeakKeyDictionary[PDFDocument, Embedding] = WeakKeyDictionary()
        self.emoji = EmojiFont(self._folder / "TwemojiCOLR.ttf")
        self.drawn_emoji = Face(self._folder / "NotoEmoji_400Regular.ttf")
        self.base = self.face("NotoSans", False)

    def missing(self, text: str) -> tuple[str, ...]:
        """The characters of a text that no bundled font has, each as `U+1F9FF NAZAR AMULET`."""
        return tuple(_name(char) for char in sorted(self._missing(clean(text))))

    def printable(self, text: str) -> str:
        """The text as it will be printed: each line end a line feed, what has no glyph named."""
        text = clean(text)
        missing = self._missing(text)
        if not missing:
            return text
        if not self.print_codes:
            raise MissingCharacters(tuple(map(_name, sorted(missing))))
        return text.translate({ord(char): code_point(char) for char in missing})

    def face(self, family: str, bold: bool) -> Face:
        """One font of the set; rare families have no bold weight."""
        name = f"{family}_{'700Bold' if bold and family in _BOLD else '400Regular'}"
        if name not in self._faces:
            self._faces[name] = Face(self._folder / f"{name}.ttf")
        return self._faces[name]

    def is_simple(self, text: str) -> bool:
        """Whether the text is plain left-to-right text of one font, so that words can be cached."""
        if self._simple is None:
            self._simple = frozenset(filter(_is_simple, self.base.characters))
        return self._simple.issuperset(text)

    def word(self, text: str, bold: bool) -> Shaped:
        """A word of simple text."""
        face = self.face("NotoSans", True) if bold else self.base
        key = (face, text)
        found = self._words.get(key)
        if found is None:
            if len(self._words) > _CACHED_WORDS:
                self._words.clear()
            found = self._words[key] = face.shape(text, Context(script_of(text)))
        return found

    def run(self, face: Face, text: str, context: Context) -> Shaped:
        """Glyphs of a text in one font, as its surroundings ask for."""
        key = (face, text, context)
        found = self._runs.get(key)
        if found is None:
            if len(self._runs) > _CACHED_WORDS:
                self._runs.clear()
            found = self._runs[key] = face.shape(text, context)
        return found

    def picture(self, text: str) -> Picture | None:
        """The color picture of an emoji sequence."""
        if text not in self._pictures:
            self._pictures[text] = self.emoji.picture(text)
        return self._pictures[text]

    def primary(self, script: str, bold: bool, language: str) -> Face:
        """The font that a script is set in."""
        if script == "Arab" and self.nastaliq and language == "ur":
            return self.face("NotoNastaliqUrdu", bold)
        return self.face(_FAMILIES.get(script, "NotoSans"), bold)

    def pick(self, char: str, script: str, bold: bool, language: str) -> Face:
        """The first font that has the character; the emoji font when only that has it."""
        for face in self._chain(script, bold, language):
            if face.has(char):
                return face
        return self.emoji

    def embedding(self, canvas: Canvas) -> Embedding:
        """What the document of this canvas holds of the fonts."""
        document: PDFDocument = canvas._doc  # type: ignore[attr-defined] # noqa: SLF001
        found = self._embeddings.get(document)
        if found is None:
            found = self._embeddings[document] = Embedding(document)
        return found

    def _chain(self, script: str, bold: bool, language: str) -> Iterator[Face]:
        yield self.primary(script, bold, language)
        for family in _CHAIN:
            yield self.face(family, bold)
        yield self.drawn_emoji

    def _missing(self, text: str) -> set[str]:
        unknown = set(text) - self._known
        missing = {char for char in unknown if not self._prints(char)}
        self._known |= unknown - missing
        return missing

    def _prints(self, char: str) -> bool:
        return any(face.has(char) for face in self._chain("", False, "")) or bool(self.picture(char))


def clean(text: str) -> str:
    """Line ends as line feeds, tabs as spaces, each other control character as its code point."""
    if text.isprintable():
        return text
    for line_end in ("\r\n", "\r", "\u2028", "\u2029", "\u0085"):
        text = text.replace(line_end, "\n")
    controls = {char for char in set(text) if unicodedata.category(char) in ("Cc", "Cs")}
    signs: dict[int, str] = {ord(char): code_point(char) for char in controls if char not in "\n\t"}
    return text.translate(signs | {0x09: "    "})


def code_point(char: str) -> str:
    """A character by its number, in brackets: `⟨U+0007⟩`."""
    return isolate(f"⟨U+{ord(char):04X}⟩")


def _name(char: str) -> str:
    return f"U+{ord(char):04X} {unicodedata.name(char, '')}".rstrip()


def _is_simple(char: str) -> bool:
    left_to_right = unicodedata.bidirectional(char) not in ("R", "AL", "AN", "NSM", "BN", "B", "S")
    plain = unicodedata.category(char)[0] in "LNPSZ" and ord(char) not in UNPRINTED
    return left_to_right and plain and (script_of(char) in ("Latn", "Cyrl", "Grek") or char < "\u2190")
