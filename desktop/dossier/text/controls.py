"""The invisible signs that steer direction, and keeping them in bounds."""

from __future__ import annotations

import re

LRI, PDI = "\u2066", "\u2069"
CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_EMBEDDING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def isolate(text: str) -> str:
    """The text wrapped so that its direction neither disturbs nor follows what stands around it."""
    return f"{LRI}{balance(text)}{PDI}"


def balance(text: str) -> str:
    """The text with each embedding and isolate closed inside it, and with no stray closing sign."""
    if not _EMBEDDING.search(text):
        return text
    kept: list[str] = []
    open_signs: list[str] = []
    for char in text:
        if char in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068":
            open_signs.append("\u202c" if char < LRI else PDI)
        elif char == "\u202c":
            if open_signs[-1:] != [char]:
                continue
            open_signs.pop()
        elif char == PDI:
            if PDI not in open_signs:
                continue
            while open_signs.pop() != PDI:
                pass
        kept.append(char)
    return "".join(kept + open_signs[::-1])
