"""Places in a text as Python counts them, in code points, and as Qt does, in units of UTF-16."""

from __future__ import annotations

import re
from bisect import bisect_left

_TWICE = re.compile("[\U00010000-\U0010ffff]")
_SHOWN = {0: "\ufffd", 0x0D: "\n", 0x2029: "\n", 0xFDD0: "\ufffd", 0xFDD1: "\ufffd"}


def shown(text: str) -> str:
    """A text for a document of Qt, of the same length: what Qt would swallow or take for its own marks is replaced."""
    return text.replace("\r\n", " \n").translate(_SHOWN)


class Units:
    """Turns places of one text into those of the other count and back, both exactly."""

    def __init__(self, text: str) -> None:
        self._points = [match.start() for match in _TWICE.finditer(text)]
        self._units = [point + before for before, point in enumerate(self._points)]

    def of(self, point: int) -> int:
        """The unit at which a code point begins."""
        return point + bisect_left(self._points, point)

    def point(self, unit: int) -> int:
        """The code point that a unit belongs to."""
        return unit - bisect_left(self._units, unit)
