"""A plain text, in whatever encoding it is."""

from __future__ import annotations

from db.reading.charsets import decode
from db.reading.found import Limits, Read, cut

TOOL = "Claimdesk text 1"


def read(data: bytes, limits: Limits) -> Read:
    """Read a text as it is."""
    decoded = decode(data)
    text, state = cut(decoded.text, limits)
    return Read(state, TOOL, text, "", (decoded.fact,))
