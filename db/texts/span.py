"""A part of a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A part of a text, in code points."""

    start: int
    stop: int

    def of(self, text: str) -> str:
        """The words of this part."""
        return text[self.start : self.stop]
