"""Which script a stretch of text is in, and where an emoji begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

EMOJI = "Zsye"
COMMON = "Zyyy"

# Characters that are emoji without a variation selector (Emoji_Presentation, emoji-data.txt 15.1);
# above the basic plane every pictograph is taken for one.
_PRESENTATION = (
    "\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1"
    "\u26aa\u26ab\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705"
    "\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50"
    "\u2b55\U0001f004\U0001f0cf\U0001f170-\U0001f1e5\U0001f200-\U0001f265\U0001f300-\U0001f64f"
    "\U0001f680-\U0001f6ff\U0001f7e0-\U0001f7f0\U0001f900-\U0001f9ff\U0001fa70-\U0001faff"
)
_PICTURE = f"(?:[{_PRESENTATION}]\ufe0f?|[©®\u203c-\u3299]\ufe0f)"
_TONED = "[\u261d\u26f9\u270a-\u270d\U0001f300-\U0001faff][\U0001f3fb-\U0001f3ff]"
_JOINABLE = f"(?:{_TONED}|{_PICTURE}|[\u2190-\u2bff])"
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
_REGION = "\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f"
_KEYCAP = "[0-9#*]\ufe0f?\u20e3"
# A sequence is kept short so that a hostile text cannot make one picture of a megabyte.
_SEQUENCE = f"(?!.\ufe0e)(?:{_FLAG}|{_REGION}|{_KEYCAP}|{_JOINABLE}(?:\u200d{_JOINABLE}){{1,8}}|{_TONED}|{_PICTURE})"

_RANGES = {
    "Latn": "A-Za-zªº\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1d00-\u1dbf\u1e00-\u1eff\u2c60-\u2c7f\ua722-\ua7ff",
    "Cyrl": "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",
    "Arab": "\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefe",
    "Deva": "\u0900-\u097f\ua8e0-\ua8ff\u1cd0-\u1cff",
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Hebr": "\u0590-\u05ff\ufb1d-\ufb4f",
}
_RUN = re.compile(
    f"(?P<{EMOJI}>{_SEQUENCE})|" + "|".join(f"(?P<{n}>[{r}]+(?: +[{r}]+)*+)" for n, r in _RANGES.items()),
    re.DOTALL,
)
_SCRIPT = re.compile("|".join(f"(?P<{name}>[{chars}])" for name, chars in _RANGES.items()))


class Stretch(NamedTuple):
    """Neighboring characters of one script (ISO 15924 code); an emoji is a stretch of its own."""

    start: int
    end: int
    script: str


def stretches(text: str, start: int, end: int) -> Iterator[Stretch]:
    """The stretches of text[start:end], without gaps; signs that many scripts share are COMMON."""
    at = start
    for found in _RUN.finditer(text, start, end):
        if found.start() > at:
            yield Stretch(at, found.start(), COMMON)
        yield Stretch(found.start(), found.end(), found.lastgroup or COMMON)
        at = found.end()
    if at < end:
        yield Stretch(at, end, COMMON)


def script_of(word: str) -> str:
    """The script of the first character of a word that belongs to one."""
    found = _SCRIPT.search(word)
    return (found.lastgroup if found else None) or COMMON
