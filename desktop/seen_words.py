"""The words for where a picture was seen before, on the screen and in the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from db.pictures.seen import How, Sighting

HOW: Mapping[How, str] = MappingProxyType(
    {
        How.EXACT: "the same file",
        How.SAME: "the same picture",
        How.CROPPED: "cropped",
        How.MIRRORED: "mirrored",
        How.MIRRORED_CROPPED: "mirrored and cropped",
    }
)


def summary(found: Sequence[Sighting], case_id: str, isolated: bool = True) -> str:
    """In a few words where it was seen: other cases before the own one, one of them by name."""
    if not found:
        return ""
    best = min(found, key=lambda each: (each.case_id == case_id, each.distance))
    where = (
        "in this case" if best.case_id == case_id else f"\u2066{best.reference}\u2069" if isolated else best.reference
    )
    others = len({each.attachment_id for each in found}) - 1
    more = f" and {others} more" if others else ""
    return f"Seen before: {where}, {HOW[best.how]}{more}"


def alike(found: Sighting) -> str:
    """How near the two are, for those who want a figure."""
    return "" if found.how is How.EXACT or found.distance < 0.01 else f"{1 - found.distance:.0%} of the edges agree"
