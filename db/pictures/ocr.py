"""Text in pictures, read by Tesseract where this computer has it. Nothing is ever fetched: what is missing is told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from io import BufferedReader
from pathlib import Path
from types import MappingProxyType

from db import blobs, extracts, scratch
from db.attachments import Attachment
from db.errors import NotFound
from db.progress import SILENT, Among, Progress
from db.reading.found import LIMITS, Read, State, cut
from db.store import Store, connect, transaction

PATIENCE = 90.0
_ASKING = 20.0
_LOOK = 0.05
_MEMORY = 2 << 30
_LARGE_ENOUGH = 1600  # pixels along the long side; smaller pictures are read twice as large
_PROGRAMS = ("tesseract", r"C:\Program Files\Tesseract-OCR\tesseract.exe", "/opt/homebrew/bin/tesseract")
_FOLDERS = (Path("/usr/share/tesseract-ocr"), Path("/usr/share"), Path("/usr/local/share"), Path("/opt/homebrew/share"))

CODES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "en": ("eng",), "ur": ("urd",), "ps": ("pus",), "fa": ("fas",), "prs": ("fas",), "ar": ("ara",),
        "ru": ("rus",), "uz": ("uzb", "uzb_cyrl"), "tg": ("tgk",), "hi": ("hin",), "pa": ("pan",), "tr": ("tur",),
    }
)  # fmt: skip
# languages by our codes, as Tesseract names them


@dataclass(frozen=True, slots=True)
class Engine:
    """A Tesseract that can be asked; `languages` are those that it has data for, as it names them."""

    command: tuple[str, ...]
    version: str
    languages: tuple[str, ...]
    data: Path | None = None

    def tool(self, chosen: Sequence[str]) -> str:
        """What is noted as the reader of a text."""
        return f"tesseract {self.version} {'+'.join(chosen)}"


def find(folder: Path | None = None) -> Engine | None:
    """The Tesseract of this computer, with the language data in `folder`, or where it lies as a rule."""
    for command in _commands():
        version = _asked(command, None, "--version").partition("\n")[0].split()
        if version[:1] == ["tesseract"] and len(version) > 1:
            found = [Engine(command, version[1], _languages(command, data), data) for data in _data(folder)]
            return max(found, key=lambda engine: len(engine.languages))
    return None


def _commands() -> Iterable[tuple[str, ...]]:
    """The program where it is installed, else ours, which does the same with the library of the extra `ocr`."""
    for name in _PROGRAMS:
        if there := shutil.which(name):
            yield (there,)
    if find_spec("tesserocr"):
        yield (sys.executable, "-P", "-m", "db.pictures.ocr_helper")


def _data(folder: Path | None) -> Iterable[Path | None]:
    """Where language data may lie; None stands for where the program looks by itself."""
    if folder:
        return (folder,)
    named = os.environ.get("TESSDATA_PREFIX")
    places = [Path(named)] if named else [each for root in _FOLDERS for each in sorted(root.glob("**/tessdata"))[:4]]
    return (None, *(place for place in places if place.is_dir()))


def _languages(command: Sequence[str], data: Path | None) -> tuple[str, ...]:
    lines = _asked(command, data, "--list-langs").splitlines()
    return tuple(line for line in map(str.strip, lines) if line.replace("_", "").isalpha() and line not in _NOT_WRITTEN)


_NOT_WRITTEN = ("osd", "equ", "snum")


def _asked(command: Sequence[str], data: Path | None, *words: str) -> str:
    where = ("--tessdata-dir", str(data)) if data else ()
    try:
        done = subprocess.run(  # noqa: S603 (a program of this computer, with words of our own)
            [*command, *where, *words], stdin=subprocess.DEVNULL, capture_output=True, timeout=_ASKING, check=False,
            env=_environment(),
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (done.stdout + b"\n" + done.stderr).decode("utf-8", "replace").strip()


def _environment() -> dict[str, str]:
    return {**os.environ, "OMP_THREAD_LIMIT": "1", "PYTHONPATH": str(Path(__file__).parents[2])}


def suggest(engine: Engine, codes: Iterable[str]) -> tuple[str, ...]:
    """Which of an engine's languages to read with, for texts in these languages; English stands among most."""
    wanted = [name for code in (*codes, "en") for name in CODES.get(code, ())]
    return tuple(name for name in dict.fromkeys(wanted) if name in engine.languages)


def read(engine: Engine, png: bytes, chosen: Sequence[str], progress: Progress = SILENT) -> Read:
    """Read the words in a picture. Raises only what `progress` raises."""
    tool = engine.tool(chosen)
    where = ("--tessdata-dir", str(engine.data)) if engine.data else ()
    with scratch.lent() as folder, (folder / "words").open("w+b") as words:
        (folder / "picture.png").write_bytes(png)
        try:
            process = subprocess.Popen(  # noqa: S603 (as above)
                [*engine.command, "picture.png", "stdout", *where, "-l", "+".join(chosen)],
                stdin=subprocess.DEVNULL, stdout=words, stderr=subprocess.DEVNULL, cwd=folder, env=_environment(),
            )  # fmt: skip
        except OSError:
            return Read(State.NEEDS_EXTRA, tool)
        try:
            state = _waited(process, folder / "words", progress)
        finally:
            process.kill()
            process.wait()
        if state is not State.READ:
            return Read(state, tool)
        words.seek(0)
        text, state = cut(words.read(LIMITS.text * 4).decode("utf-8", "replace").strip(), LIMITS)
        return Read(state, tool, text)


def _waited(process: subprocess.Popen[bytes], words: Path, progress: Progress) -> State:
    """Wait until it is done, late or too talkative; `progress` may stop it at any moment."""
    _limit(process.pid)
    until = time.monotonic() + PATIENCE
    while process.poll() is None:
        progress.step(0, 1)
        if time.monotonic() > until:
            return State.TOOK_TOO_LONG
        if words.stat().st_size > LIMITS.text * 4:
            return State.TOO_LARGE
        with suppress(subprocess.TimeoutExpired):
            process.wait(_LOOK)
    return State.READ if process.returncode == 0 else State.BROKEN


def _limit(process: int) -> None:
    """Let it have no more memory than it needs, where the system keeps such limits for others (Linux)."""
    with suppress(ImportError, AttributeError, OSError, ValueError):
        import resource  # noqa: PLC0415 (POSIX only)

        resource.prlimit(process, resource.RLIMIT_AS, (_MEMORY, _MEMORY))


_DONE = (State.READ, State.CUT, State.NO_TEXT)


def read_out(
    casebook: Path, engine: Engine, wanted: Sequence[Attachment], chosen: Sequence[str], progress: Progress = SILENT
) -> int:
    """Read the words in pictures and make them found by search; returns in how many there are any. For a worker."""
    worded = 0
    with closing(connect(casebook, write=True)) as connection:
        store = Store(casebook, connection)
        for place, attachment in enumerate(wanted):
            step = Among(progress, place, len(wanted))
            with suppress(NotFound):
                png = _legible(store, attachment)
                found = read(engine, png, chosen, step) if png else Read(State.BROKEN, engine.tool(chosen))
                worded += found.state in (State.READ, State.CUT)
                with transaction(connection, casebook) as writer:
                    if found.state not in _DONE and extracts.of(writer, attachment.sha256):
                        continue  # what failed this time takes nothing away
                    extracts.keep(writer, attachment.sha256, found)
    return worded


def _legible(store: Store, attachment: Attachment) -> bytes:
    """A picture as Tesseract reads it best: upright, on white, not too small. Empty where it cannot be drawn."""
    from db.pictures import decoding  # noqa: PLC0415 (Pillow is slow to import)

    stream = BufferedReader(blobs.reader(store, attachment.sha256))
    return decoding.legible(stream, attachment.media_type, _LARGE_ENOUGH)
