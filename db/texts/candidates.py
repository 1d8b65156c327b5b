"""Candidates: what in a text may be worth a claim, an event or a citation; offered, never entered by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from db.texts import amounts, dates, speech


class CandidateKind(StrEnum):
    """Why a passage is offered."""

    NUMBER = "number"
    DATE = "date"
    QUOTATION = "quotation"
    SPEECH = "speech"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage of a text from the code point `start` to before `stop`."""

    kind: CandidateKind
    start: int
    stop: int


def find(text: str) -> tuple[Candidate, ...]:
    """The candidates of a text in the order in which they begin; those of one kind do not overlap.

    A quotation is what stands between the marks; speech is the sentence that tells of it.
    """
    dated = [(each.start, each.stop) for each in dates.find(text)]
    found = [
        *_candidates(CandidateKind.NUMBER, _apart(amounts.find(text), dated)),
        *_candidates(CandidateKind.DATE, dated),
        *_candidates(CandidateKind.QUOTATION, speech.quotations(text)),
        *_candidates(CandidateKind.SPEECH, speech.reported(text)),
    ]
    return tuple(sorted(found, key=lambda each: (each.start, each.stop)))


def _candidates(kind: CandidateKind, spans: Iterable[tuple[int, int]]) -> Iterator[Candidate]:
    return (Candidate(kind, start, stop) for start, stop in spans)


def _apart(spans: Iterable[tuple[int, int]], taken: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans that touch none of those taken; both in order."""
    others = iter(taken)
    other = next(others, None)
    for start, stop in spans:
        while other and other[1] <= start:
            other = next(others, None)
        if not other or stop <= other[0]:
            yield start, stop
