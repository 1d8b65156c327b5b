"""How long work tells how far it is, and is told to stop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Cancelled(Exception):
    """The person asked for the work to stop."""


class Progress(Protocol):
    """What long work is handed by its caller."""

    def step(self, done: int, total: int) -> None:
        """Tell how far the work is; raises `Cancelled` when it should stop."""


class Silent:
    """Progress that nobody watches and nobody cancels."""

    def step(self, done: int, total: int) -> None:
        """Take note of nothing."""


@dataclass(frozen=True, slots=True)
class Share:
    """Progress of one part of the work: from `first` to `last` percent of the whole."""

    whole: Progress
    first: int
    last: int

    def step(self, done: int, total: int) -> None:
        """Tell how far this part is."""
        self.whole.step(self.first + (self.last - self.first) * done // max(total, 1), 100)


@dataclass(frozen=True, slots=True)
class Among:
    """One thing among several: it can be stopped, and how far it is nobody knows."""

    whole: Progress
    place: int
    total: int

    def step(self, done: int, total: int) -> None:  # noqa: ARG002 (helper processes do not tell)
        """Stop where it is asked for."""
        self.whole.step(self.place, self.total)


SILENT = Silent()
