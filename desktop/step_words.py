"""What was done to a picture, in a few words."""

from __future__ import annotations

import json
from collections import Counter

from db.errors import Invalid
from db.pictures import steps
from db.pictures.steps import Arrow, BlackOut, Blur, Box, Crop, Highlight, Turn, Words

_WORDS = {
    Turn: "turned",
    Crop: "cropped",
    BlackOut: "blacked out",
    Blur: "blurred",
    Highlight: "highlighted",
    Box: "box",
    Arrow: "arrow",
    Words: "words",
}


def told(stored: str) -> str:
    """A list of steps as it is kept, in words: each sort once, and how often where that was more."""
    try:
        found = steps.from_json(json.loads(stored)) if stored else ()
    except (ValueError, TypeError, RecursionError, Invalid):  # from another desk's file, or of a newer version
        return "By another version of Claimdesk"
    counts = Counter(type(step) for step in found)
    said = [
        f"{word} ({counts[sort]} times)" if counts[sort] > 1 else word for sort, word in _WORDS.items() if counts[sort]
    ]
    return ", ".join(said).capitalize()
