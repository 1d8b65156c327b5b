"""Reading documents that came from elsewhere; only ever done in a helper process, see `db.reader`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from db import formats
from db.reading.found import LIMITS, Limits, Read, State


def read(file: Path, limits: Limits = LIMITS) -> Read:
    """Read a document out of a file of our own; what it is, is told by its bytes."""
    with file.open("rb") as stream:
        media_type = formats.sniff(stream.read(formats.HEAD))
    return replace(_read(file, media_type, limits), media_type=media_type)


def _read(file: Path, media_type: str, limits: Limits) -> Read:
    match media_type:
        case "text/html":
            from db.reading import html  # noqa: PLC0415 (each helper loads what one document wants)

            return html.read(file.read_bytes(), limits)
        case "text/plain":
            from db.reading import plain  # noqa: PLC0415

            return plain.read(file.read_bytes(), limits)
    return Read(State.NO_TEXT)
