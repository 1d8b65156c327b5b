"""Events that are not exact: an interval (earliest, latest) with the words it was given in."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime

_DATE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})"
    r"(?:[T ](?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?Z?)?)?)?"
)
_SHORTEST_RANGE = 9


@dataclass(frozen=True, slots=True)
class When:
    """The words for a time, and the interval they prove; both ends empty where they prove none."""

    words: str = ""
    earliest: str = ""
    latest: str = ""

    @property
    def known(self) -> bool:
        """Whether the words could be placed on the time axis."""
        return bool(self.earliest)


def parse(words: str) -> When:
    """Read an ISO 8601 date, month, year or UTC minute, or two of them joined by "/" or "..".

    Anything else is kept as words with no interval (EDTF, ISO 8601-2, is the model).
    """
    text = words.strip()
    whole = _interval(text)
    if whole:
        return When(words, *whole)
    for mark in ("..", "/"):
        first, found, last = text.partition(mark)
        if found and len(text) >= _SHORTEST_RANGE:
            start, end = _interval(first.strip()), _interval(last.strip())
            if start and end and start[0] <= end[1]:
                return When(words, start[0], end[1])
    return When(words)


def _interval(text: str) -> tuple[str, str] | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(g) if g else None for g in match.groups())
    try:
        first = datetime(year or 0, month or 1, day or 1, hour or 0, minute or 0, second or 0)  # noqa: DTZ001
    except ValueError:
        return None
    last = first.replace(
        month=month or 12,
        day=day or monthrange(first.year, month or 12)[1],
        hour=23 if hour is None else hour,
        minute=59 if minute is None else minute,
        second=59 if second is None else second,
    )
    return first.isoformat() + "Z", last.isoformat() + "Z"
