"""What a file that leaves says beside what it shows: where, when, with what it was made, what is written in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from db.pictures import metadata


@dataclass(frozen=True, slots=True)
class Traces:
    """What stands in the data of a file; `looked` is False where this sort of file cannot be looked into.

    `taken_at` is by the clock of the camera, wherever that was set.
    """

    looked: bool = False
    place: str = ""
    taken_at: str = ""
    camera: str = ""
    words: tuple[str, ...] = ()


def read(stream: BinaryIO, media_type: str) -> Traces:
    """Look into the data of a picture. Never raises for what is in the bytes."""
    found = metadata.read(stream, media_type)
    return Traces(found.looked, found.place, found.taken_at, found.camera, found.words)
