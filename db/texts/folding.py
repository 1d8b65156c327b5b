"""Folding: one plain form for spellings that a reader takes for the same, so that none hides a hit."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import lru_cache

_SAME = str.maketrans(
    {
        **dict.fromkeys("يىۍ", "ی"),
        **dict.fromkeys("كڪ", "ک"),
        **dict.fromkeys("ہھةۀۂۃە", "ه"),
        "ٱ": "ا",
        "ё": "е",
        "ı": "i",
        **dict.fromkeys("'`´ʹʻʼʽʾʿˈ‘’‛′＇", ""),
        "\u0640": "",
    }
)
_NOT_TOLD = {
    c: None for c in range(128) if chr(c) in "'`" or (unicodedata.category(chr(c)) == "Cc" and not chr(c).isspace())
}
_CYRILLIC = range(0x0400, 0x0530)


def fold(text: str) -> str:
    """The plain form of a text: case, digits, letter variants, vowel marks and joiners out of the way."""
    if text.isascii():
        return " ".join(text.translate(_NOT_TOLD).lower().split())
    return " ".join("".join(map(_fold_character, unicodedata.normalize("NFC", text))).split())


def fold_with_places(text: str, most: int = sys.maxsize) -> tuple[str, list[int]]:
    """The plain form of an NFC text, and for each of its characters the place in `text` it came from.

    Stops soon after `most` characters, for those who need no more of a long text.
    """
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if len(folded) > most:
            break
        for plain in _fold_character(character):
            gap = plain.isspace()
            if gap and (not folded or folded[-1] == " "):
                continue
            folded.append(" " if gap else plain)
            places.append(place)
    if folded and folded[-1] == " ":
        folded.pop()
        places.pop()
    return "".join(folded), places


def word_begins(folded: str, beginning: str) -> bool:
    """Whether any word of a folded text begins so."""
    return re.search(r"(?<![^\W_])" + re.escape(beginning), folded) is not None


@lru_cache(maxsize=1 << 16)
def _fold_character(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cf", "Cc"):
        return " " if character.isspace() else ""
    if category == "So":
        return f" {character} "
    plain = unicodedata.normalize("NFKC", character).casefold().translate(_SAME)
    if ord(character) not in _CYRILLIC:
        plain = unicodedata.normalize("NFD", plain).translate(_SAME)
    return "".join(map(_plain, plain))


def _plain(character: str) -> str:
    if character.isspace():
        return " "
    if _is_mark(character):
        return ""
    digit = unicodedata.digit(character, None) if not character.isascii() else None
    return character if digit is None else str(digit)


def _is_mark(character: str) -> bool:
    if unicodedata.category(character) not in ("Mn", "Me"):
        return False
    code = ord(character)
    return code < 0x0370 or 0x0590 <= code <= 0x08FF or 0xFE00 <= code <= 0xFE0F or 0x20D0 <= code <= 0x20F0
