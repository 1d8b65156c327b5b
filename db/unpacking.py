"""Taking files out of a mail, a saved page or an archive, as attachments of their own that know where they were."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from db import attachments, blobs, reader
from db.attachments import Attachment, Depot, Ready
from db.change import Change
from db.errors import Invalid
from db.extracts import Extract
from db.kinds import Kind
from db.progress import SILENT, Progress
from db.reading.found import State
from db.store import Store, connect
from db.vocabulary import Method

MOST_FILES, MOST_BYTES = 100, 256 << 20


@dataclass(frozen=True, slots=True)
class Left:
    """A file that was not taken out, and why not."""

    name: str
    state: State


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken out of a container, stored and ready to be attached, and what was not."""

    ready: tuple[Ready, ...]
    left: tuple[Left, ...]


def take(
    casebook: Path, container: Attachment, found: Extract, numbers: Sequence[int], progress: Progress = SILENT
) -> Taken:
    """Take these of the parts of a container out, each by a helper process; for a worker.

    Nothing stays where it is cancelled.
    """
    ready: list[Ready] = []
    left: list[Left] = []
    with Depot(casebook) as depot, closing(connect(casebook, write=False)) as connection:
        stream = io.BufferedReader(blobs.reader(Store(casebook, connection), container.sha256))
        try:
            for place, number in enumerate(numbers):
                progress.step(place, len(numbers))
                name, room = found.parts[number].name, MOST_BYTES - sum(each.size for each in ready)
                state, data = State.TOO_LARGE, b""
                if len(ready) < MOST_FILES and found.parts[number].size <= room:
                    state, data = reader.unpack(stream, number, progress)
                if state is State.READ and len(data) <= room:
                    ready.append(_stored(depot, data, name, number))
                else:
                    left.append(Left(name, State.TOO_LARGE if state is State.READ else state))
        except BaseException:
            attachments.abandon(casebook, ready)
            raise
    return Taken(tuple(ready), tuple(left))


def attach(change: Change, container: Attachment, ready: Iterable[Ready]) -> tuple[str, ...]:
    """Attach what was taken out where its container is attached; returns the ids."""
    made = []
    for each in ready:
        thing = attachments.attach(change, container.case_id, each, source_id=container.source_id)
        change.put(Kind.ATTACHMENT, thing, {"derived_from": container.id})
        made.append(thing)
    return tuple(made)


def _stored(depot: Depot, data: bytes, name: str, number: int) -> Ready:
    """Store bytes under the name that they had, or under one of ours where that is none."""
    with suppress(Invalid):
        return replace(depot.picture(data, name), method=Method.UNPACKED)
    return replace(depot.picture(data, f"part-{number + 1}"), method=Method.UNPACKED)
