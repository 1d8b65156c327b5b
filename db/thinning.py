"""Which backups stay as they grow old: all of two days, then one a day, one a week, one a month (pure)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

RECENT = timedelta(days=2)
LASTING = timedelta(days=30)
ROOM = 5_000_000_000  # bytes, for those that nobody asked for
_Slot = Callable[[datetime], Hashable]
_STAGES: tuple[tuple[int, _Slot], ...] = (
    (12, lambda made: made.date()),
    (10, lambda made: made.isocalendar()[:2]),
    (9, lambda made: (made.year, made.month)),
)


class Aged(Protocol):
    """What is told of a backup here; a lasting one was made for a reason, such as a merge."""

    @property
    def made(self) -> datetime:
        """When it was made."""

    @property
    def size(self) -> int:
        """How many bytes it has."""

    @property
    def lasting(self) -> bool:
        """Whether it stays for thirty days whatever comes after it."""


B = TypeVar("B", bound=Aged)


def kept(backups: Iterable[B], now: datetime, room: int = ROOM) -> tuple[B, ...]:
    """Those that stay, newest first. The newest always does, and room is made at the cost of the oldest."""
    ordered = sorted(backups, key=lambda each: each.made, reverse=True)
    recent = [each for each in ordered if now - each.made < RECENT]
    spread = tuple(_spread(ordered[len(recent) :]))
    old = [each for each in ordered[len(recent) :] if each in spread or _lasts(each, now)]
    return tuple(_within(room, recent + old, now))


def _lasts(backup: Aged, now: datetime) -> bool:
    return backup.lasting and now - backup.made < LASTING


def _spread(old: Sequence[B]) -> Iterator[B]:
    """The newest of each of the last days, then weeks, then months that have any."""
    stages = iter(_STAGES)
    left, slot = next(stages)
    last: B | None = None
    for backup in old:
        if last is not None and slot(backup.made) == slot(last.made):
            continue
        yield backup
        last, left = backup, left - 1
        if not left:
            left, slot = next(stages, (0, slot))
            if not left:
                return


def _within(room: int, stay: Sequence[B], now: datetime) -> Iterator[B]:
    """Leave out the oldest of those that nobody asked for, beyond the room for them; the newest is never left out."""
    taken = 0
    for place, backup in enumerate(stay):
        if _lasts(backup, now):
            yield backup
            continue
        taken += backup.size
        if taken <= room or not place:
            yield backup
