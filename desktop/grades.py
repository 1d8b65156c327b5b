"""The words for grades of the Admiralty code: what letter and number say, and when each is given. No Qt in here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from db.citations import Grade
from db.vocabulary import Credibility, Reliability
from desktop import wording

_MEANINGS: Mapping[Reliability | Credibility, str] = MappingProxyType(
    {
        Reliability.A: "No doubt about its authenticity, competence and trustworthiness; it has always been reliable.",
        Reliability.B: "Minor doubts; most of what came from it was right.",
        Reliability.C: "Doubts, though it has given right information before.",
        Reliability.D: "Considerable doubts; only now and then was it right.",
        Reliability.E: "It lacks authenticity, competence or trustworthiness; it has been wrong again and again.",
        Reliability.F: "Nothing is known by which to judge the source. This is no blame.",
        Credibility.CONFIRMED: "Confirmed by another source of independent origin; consistent, and in itself logical.",
        Credibility.PROBABLY_TRUE: "Not confirmed; consistent with what else is known, and in itself logical.",
        Credibility.POSSIBLY_TRUE: "Not confirmed; agrees with some of what is known, and reasonably logical.",
        Credibility.DOUBTFUL: "Not confirmed; possible, but nothing else speaks for it.",
        Credibility.IMPROBABLE: "Contradicted by what else is known, or in itself not logical.",
        Credibility.CANNOT_BE_JUDGED: "There is nothing by which to judge the information. This is no blame.",
    }
)


def told(grade: Grade) -> str:
    """A grade with the words of its scale, such as “B2 Usually reliable, probably true”."""
    code = f"{grade.reliability}{grade.credibility}"
    if code == "F6":
        return "F6 Cannot be judged"
    words = _plain(grade.credibility)
    return f"{code} {_plain(grade.reliability)}, {words[0].lower()}{words[1:]}"


def meaning(member: Reliability | Credibility) -> str:
    """When a grade is given."""
    return f"{wording.word(member)}. {_MEANINGS[member]}"


def scale() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Both scales in full, each under its heading."""
    return (
        ("Reliability of the source, whatever it says this time", tuple(map(meaning, Reliability))),
        ("Credibility of the information, whoever says it", tuple(map(meaning, Credibility))),
    )


def _plain(member: Reliability | Credibility) -> str:
    """The words of a grade without its letter."""
    return wording.word(member).partition(" – ")[2]
