"""Having a document from elsewhere read by a helper process with limits; what comes back is checked before it is used.

The helper is handed a copy of the bytes in a private folder, and answers with text and numbers alone. Whatever a
document does to it, this side learns a state: broken, too large, took too long.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO

from db import formats, scratch
from db.progress import SILENT, Progress
from db.reading import frame
from db.reading.confine import MEMORY
from db.reading.found import LIMITS, About, Fact, Part, Read, State, clean, line

PATIENCE = 20.0
_MOST_BYTES = 256 << 20
_END = 8 << 20  # of a file too large to be copied, what is looked at from its beginning and from its end
_ENDS_TELL = ("video/", "audio/", "application/zip", formats.WACZ)
_PIECE = 1 << 20
_LONGEST_SIDE = 10_000
_LOOK = 0.02  # seconds between two looks at whether to stop


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the helper said, or why it said nothing."""

    state: State
    head: Mapping[str, Any]
    body: bytes = b""


def read(stream: BinaryIO, progress: Progress = SILENT) -> Read:
    """Read a document: its words, what it says of itself, what is in it. Raises only what `progress` raises."""
    answer = _ask(stream, {"do": "read"}, progress)
    return _checked(answer.head) if answer.state is State.READ else Read(answer.state)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a PDF as red, green and blue bytes; none where `state` says why."""

    state: State
    width: int = 0
    height: int = 0
    rgb: bytes = b""


def page(stream: BinaryIO, number: int, wide: int, progress: Progress = SILENT) -> Page:
    """Draw a page of a PDF about so many pixels wide; the first is 0. Raises only what `progress` raises."""
    answer = _ask(stream, {"do": "page", "number": number, "wide": wide}, progress)
    state = _state(answer)
    if state is not State.READ:
        return Page(state)
    try:
        width, height = int(answer.head["width"]), int(answer.head["height"])
    except (KeyError, TypeError, ValueError):
        return Page(State.BROKEN)
    if not (0 < width <= _LONGEST_SIDE and 0 < height <= _LONGEST_SIDE and len(answer.body) == width * height * 3):
        return Page(State.BROKEN)
    return Page(State.READ, width, height, answer.body)


def unpack(stream: BinaryIO, number: int, progress: Progress = SILENT) -> tuple[State, bytes]:
    """The bytes of a file within a document, by its place in the `parts`; and what became of taking it out."""
    answer = _ask(stream, {"do": "unpack", "number": number}, progress)
    state = _state(answer)
    return (state, answer.body) if state is State.READ else (state, b"")


def _state(answer: _Answer) -> State:
    if answer.state is not State.READ:
        return answer.state
    try:
        return State(answer.head["state"])
    except (KeyError, ValueError):
        return State.BROKEN


def _checked(head: Mapping[str, Any]) -> Read:
    """What the helper read, taken for no more than text and numbers."""
    try:
        text = clean(str(head["text"]))
        return Read(
            State(head["state"]),
            line(str(head["tool"])),
            text[: LIMITS.text],
            line(str(head["title"])),
            tuple(Fact(About(f["about"]), line(str(f["value"]))) for f in head["facts"][: LIMITS.facts]),
            tuple(map(_part, head["parts"][: LIMITS.parts])),
            max(0, min(int(head["pages"]), LIMITS.pages)),
            line(str(head["media_type"])),
        )
    except (KeyError, TypeError, ValueError):
        return Read(State.BROKEN)


def _part(told: Mapping[str, Any]) -> Part:
    return Part(line(str(told["name"])), line(str(told["media_type"])), max(0, int(told["size"])))


def _ask(stream: BinaryIO, order: Mapping[str, object], progress: Progress) -> _Answer:
    """Have the helper do one thing with a document."""
    with scratch.lent() as folder:
        if not _copy(stream, folder / "document", progress):
            return _Answer(State.TOO_LARGE, {})
        process = subprocess.Popen(  # noqa: S603 (our own program, with words of our own)
            [sys.executable, "-P", "-m", "db.reading", json.dumps(order)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
            cwd=folder,
        )
        try:
            return _heard(process, progress)
        finally:
            process.kill()
            process.wait()


def _copy(stream: BinaryIO, file: Path, progress: Progress) -> bool:
    """Put the bytes into the private folder; of very large ones both ends, where these tell what is in them."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    media_type = formats.sniff(stream.read(formats.HEAD))
    if size <= _MOST_BYTES:
        spans = [(0, size)]
    elif media_type.startswith(_ENDS_TELL):
        spans = [(0, _END), (size - _END, size)]
    else:
        return False
    with file.open("xb") as target:
        for start, stop in spans:
            stream.seek(start)
            target.seek(start)
            while stream.tell() < stop and (data := stream.read(min(_PIECE, stop - stream.tell()))):
                target.write(data)
                progress.step(0, 1)
    return True


def _heard(process: subprocess.Popen[bytes], progress: Progress) -> _Answer:
    """Listen to the helper until it is done, dead, late or too large; `progress` may stop it at any moment."""
    assert process.stdout
    ear = _Ear(process.stdout)
    until, watch = time.monotonic() + PATIENCE, _Watch(process.pid)
    stopped: State | None = None
    try:
        while not ear.done.wait(_LOOK) and stopped is None:
            progress.step(0, 1)
            if time.monotonic() > until:
                stopped = State.TOOK_TOO_LONG
            elif watch.large():
                stopped = State.TOO_LARGE
    finally:
        process.kill()
        ear.join()
    if stopped:
        return _Answer(stopped, {})
    return _answer(ear.data)


def _answer(data: bytes) -> _Answer:
    halves = frame.unpack(data)
    try:
        head = json.loads(halves[0]) if halves else None
    except (ValueError, RecursionError):
        head = None
    if not halves or not isinstance(head, dict):
        return _Answer(State.BROKEN, {})
    return _Answer(State.READ, head, halves[1])


class _Ear(threading.Thread):
    """Takes in what the helper says, and no more than an answer may have."""

    def __init__(self, source: IO[bytes]) -> None:
        super().__init__(daemon=True)
        self._source = source
        self.data = b""
        self.done = threading.Event()
        self.start()

    def run(self) -> None:
        with self._source:
            self.data = self._source.read(frame.MOST + 1)
        self.done.set()


class _Watch:
    """Looks at how much memory the helper has, where the system does not keep its limit by itself."""

    def __init__(self, process: int) -> None:
        import psutil  # noqa: PLC0415 (slow to import)

        self._gone: type[Exception] = psutil.Error
        try:
            self._process: psutil.Process | None = psutil.Process(process)
        except psutil.Error:
            self._process = None

    def large(self) -> bool:
        """Whether it has more than it may."""
        try:
            return self._process is not None and self._process.memory_info().rss > MEMORY
        except self._gone:
            return False
