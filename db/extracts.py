"""The words of attached documents: read out once by a helper process, kept for search and for the screen."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from db import blobs, derived, reader
from db.attachments import Attachment
from db.errors import NotFound
from db.kinds import Kind
from db.progress import SILENT, Among, Progress
from db.reading.found import About, Fact, Part, Read, State
from db.store import Store, Writer, connect, transaction
from db.texts import languages


@dataclass(frozen=True, slots=True)
class Extract:
    """What was read out of the bytes of an attachment. `text` is empty where `state` says why.

    `tool` names what read it, `pages` counts the pages that can be drawn, `parts` are the files within it.
    """

    state: State
    tool: str
    text: str
    language: str
    facts: tuple[Fact, ...]
    title: str = ""
    parts: tuple[Part, ...] = ()
    pages: int = 0
    media_type: str = ""


def of(store: Store, sha256: str) -> Extract | None:
    """What was read out of these bytes; None where nobody looked yet."""
    row = store.one("SELECT state, tool, text, language, facts FROM extract WHERE sha256 = :digest", digest=sha256)
    if row is None:
        return None
    told = _told(row[4])
    return Extract(
        State(row[0]),
        row[1],
        row[2],
        row[3],
        tuple(_facts(told)),
        told.get("title", ""),
        tuple(Part(*each) for each in told.get("parts", ())),
        told.get("pages", 0),
        told.get("type", ""),
    )


def _told(facts: str) -> Mapping[str, Any]:
    with suppress(ValueError):
        told = json.loads(facts)
        return told if isinstance(told, dict) else {}
    return {}


def _facts(told: Mapping[str, Any]) -> Iterator[Fact]:
    """The facts that this version has a word for."""
    for about, value in told.get("facts", ()):
        with suppress(ValueError):
            yield Fact(About(about), value)


def unread(store: Store, found: Sequence[Attachment]) -> tuple[Attachment, ...]:
    """Those of these attachments that may have words in them and were not read yet; pictures have none here."""
    some = [each for each in found if not each.media_type.startswith("image/")]
    sql = f"""SELECT sha256 FROM extract WHERE sha256 IN (SELECT value FROM json_each(:wanted))
        AND state <> '{State.NEEDS_EXTRA}'"""  # the library may be there by now
    known = {row[0] for row in store.select(sql, wanted=json.dumps([each.sha256 for each in some]))} if some else ()
    return tuple(each for each in some if each.sha256 not in known)


def read_out(casebook: Path, wanted: Sequence[Attachment], progress: Progress = SILENT) -> None:
    """Read documents out and make them found by search; for a worker, over a connection of its own."""
    with closing(connect(casebook, write=True)) as connection:
        store = Store(casebook, connection)
        for place, attachment in enumerate(unread(store, wanted)):
            progress.step(place, len(wanted))
            with suppress(NotFound):
                stream = io.BufferedReader(blobs.reader(store, attachment.sha256))
                found = reader.read(stream, Among(progress, place, len(wanted)))
                with transaction(connection, casebook) as writer:
                    keep(writer, attachment.sha256, found)


def just_read(stream: BinaryIO, progress: Progress = SILENT) -> Extract:
    """Read a document without keeping what was read, where it is wanted before a worker came to it."""
    found = reader.read(stream, progress)
    told = (found.facts, found.title, found.parts, found.pages, found.media_type)
    return Extract(found.state, found.tool, found.text, "", *told)


def keep(writer: Writer, sha256: str, read: Read, language: str = "") -> None:
    """Keep what was read out of some bytes, in place of what was known; search finds it where these are attached.

    Nothing is kept where they were erased while somebody read.
    """
    if not blobs.is_here(writer, sha256):
        return
    told: dict[str, Any] = {
        "title": read.title,
        "facts": [[fact.about, fact.value] for fact in read.facts],
        "parts": [list(asdict(part).values()) for part in read.parts],
        "pages": read.pages,
        "type": read.media_type,
    }
    facts = json.dumps({name: value for name, value in told.items() if value}, ensure_ascii=False)
    known = language or languages.recognize(read.text).code
    row = (sha256, read.state, read.tool, read.text, known, facts)
    writer.execute_row("INSERT OR REPLACE INTO extract VALUES (?, ?, ?, ?, ?, ?)", row)
    sql = "SELECT id FROM attachment WHERE sha256 = :digest AND deleted = 0"
    if there := {thing for (thing,) in writer.select(sql, digest=sha256)}:
        derived.refresh(writer, {Kind.ATTACHMENT: there})
