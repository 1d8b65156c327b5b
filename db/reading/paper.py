"""Text as it comes out of a document: words flow together, blocks stand apart, and it ends at a limit."""

from __future__ import annotations

import re

_SPACE = re.compile(r"[ \t\n\r\f]+")
_NOTHING, _WORD, _LINE, _PARAGRAPH = range(4)
_GAPS = ("", " ", "\n", "\n\n")


class Paper:
    """Collects text; `full` once there is more than is kept."""

    def __init__(self, most: int) -> None:
        self._most, self._size = most, 0
        self._parts: list[str] = []
        self._gap = _NOTHING

    @property
    def full(self) -> bool:
        """Whether there is no need for more."""
        return self._size > self._most

    def flow(self, text: str) -> None:
        """Add words; any white space between them is one space."""
        plain = _SPACE.sub(" ", text)
        if plain.startswith(" "):
            self._part(_WORD)
        if words := plain.strip(" "):
            self._put(words)
            if plain.endswith(" "):
                self._part(_WORD)

    def verbatim(self, text: str) -> None:
        """Add text whose lines and spaces mean something."""
        if text:
            self._put(text)

    def tab(self) -> None:
        """Part two cells of a row."""
        if self._parts and self._gap < _LINE:
            self._gap = _NOTHING
            self._parts.append("\t")

    def line(self) -> None:
        """Begin a new line."""
        self._part(_LINE)

    def paragraph(self) -> None:
        """Begin a new paragraph."""
        self._part(_PARAGRAPH)

    @property
    def text(self) -> str:
        """All that was put down."""
        return "".join(self._parts)

    @property
    def mark(self) -> int:
        """Where it is now, for `since`."""
        return len(self._parts)

    def since(self, mark: int) -> str:
        """What was put down since then."""
        return "".join(self._parts[mark:])

    def _part(self, gap: int) -> None:
        self._gap = max(self._gap, gap)

    def _put(self, words: str) -> None:
        if self._parts and self._gap and not (self._gap == _WORD and self._parts[-1].endswith(("\t", "\n", " "))):
            self._parts.append(_GAPS[self._gap])
        self._gap = _NOTHING
        if not self.full:
            self._parts.append(words[: self._most + 1])
            self._size += len(words)
