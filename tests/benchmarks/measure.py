"""How a benchmark measures and prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes, once."""
    begin = perf_counter()
    work()
    return perf_counter() - begin


def percentile(times: Sequence[float], share: float) -> float:
    """The time that this share of the measurements stays under."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def alternate(rounds: int, *works: Callable[[], object]) -> list[float]:
    """The median time of each work, measured in turn so that a busy machine slows them alike."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for place, work in enumerate(works):
            times[place].append(seconds(work))
    return [median(each) for each in times]


def say(what: str, ours: float, baseline: float, named: str, aim: str) -> None:
    """Print one line: both times, their ratio, what the baseline is, and what was aimed at."""
    print(f"{what}: {ours * 1000:.2f} ms, {named} {baseline * 1000:.2f} ms, ratio {ours / baseline:.2f} (aim {aim})")
