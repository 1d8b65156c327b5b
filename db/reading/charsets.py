"""Bytes of unknown writing as text: by their mark, by what they are said to be, as UTF-8, or by a guess."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from db.reading.found import About, Fact

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_AS_BROWSERS_DO = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "utf-16-le": "utf-8",
                   "utf-16-be": "utf-8", "utf-16": "utf-8", "iso8859-6": "cp1256", "gb2312": "gb18030"}  # fmt: skip
_REFUSED = frozenset(("utf_7", "idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined", "mbcs", "oem"))
_GUESSES = (("cp1251", "оеаинтсрвлкмдпу"), ("koi8-r", "оеаинтсрвлкмдпу"), ("cp1256", "اليمنورتبهدکس"))
_LOOK_AT = 20_000
_LIKELY = 0.3  # of the letters that are no ASCII


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, in which encoding it was read, and whether that was guessed."""

    text: str
    encoding: str
    guessed: bool = False

    @property
    def fact(self) -> Fact:
        """The encoding as a fact of the document."""
        return Fact(About.ENCODING_GUESSED if self.guessed else About.ENCODING, self.encoding)


def decode(data: bytes, *declared: str) -> Decoded:
    """The text of some bytes; `declared` are the encodings that they are said to have, best first."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(data.decode(encoding, "replace"), encoding.removesuffix("-sig"))
    known = [encoding for encoding in map(_known, declared) if encoding]
    for encoding in (*known, "utf-8"):
        try:
            return Decoded(data.decode(encoding), encoding)
        except ValueError:
            continue
    if known:
        return Decoded(data.decode(known[0], "replace"), known[0])
    guess = _guess(data[:_LOOK_AT])
    return Decoded(data.decode(guess, "replace"), guess, guessed=True)


def _known(name: str) -> str:
    """An encoding of text by what people call it; empty for none that is read here."""
    try:
        found = codecs.lookup(name.strip().strip("'\"")[:40])
    except (LookupError, ValueError):
        return ""
    if found.name.replace("-", "_") in _REFUSED or not getattr(found, "_is_text_encoding", False):
        return ""
    return _AS_BROWSERS_DO.get(found.name, found.name)


def _guess(data: bytes) -> str:
    """Which of the old encodings of one byte a letter it is likely to be, by how often letters occur."""
    best, most = "cp1252", _LIKELY
    for encoding, common in _GUESSES:
        letters = [c for c in data.decode(encoding, "replace") if not c.isascii() and c != "\ufffd"]
        share = sum(c in common for c in letters) / max(1, len(letters))
        if share > most:
            best, most = encoding, share
    return best
