"""The words of an attachment as they are read on screen, whatever sort of document it is."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from db import blobs, passages
from db.attachments import Attachment
from db.formats import UNKNOWN
from db.progress import SILENT, Progress
from db.reading.found import State
from db.store import Store, connect

if TYPE_CHECKING:
    from db.texts.candidates import Candidate

_NO_WORDS = ("image/", "video/", "audio/")


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of an attachment, in which language where that is known, and its SHA-256 by which places are told.

    `state` says why there is no text, or not all of it; the candidates are what in it may be worth a mark.
    """

    text: str = ""
    language: str = ""
    sha256: str = ""
    state: State = State.READ
    candidates: tuple[Candidate, ...] = ()


def may_be(store: Store, attachment: Attachment) -> bool:
    """Whether an attachment is of a sort that has words, or words were read in it, as those of a picture."""
    if attachment.media_type != UNKNOWN and not attachment.media_type.startswith(_NO_WORDS):
        return True
    sql = "SELECT 1 FROM extract WHERE sha256 = :digest AND text <> ''"
    return store.one(sql, digest=attachment.sha256) is not None


def read(casebook: Path, attachment: Attachment, progress: Progress = SILENT, *, keep: bool = True) -> Reading:
    """Read the words of an attachment; for a worker. Raises `NotFound` where its bytes are not in this casebook.

    What is read out for the first time is kept, unless the casebook cannot be written.
    """
    from db import extracts, reader  # noqa: PLC0415 (nobody waits for them who does not read)

    with Store(casebook, connect(casebook, write=False)) as store:
        stream = io.BufferedReader(blobs.reader(store, attachment.sha256))
        found = extracts.of(store, attachment.sha256)
        if found is None and keep:
            extracts.read_out(casebook, [attachment], progress)
            found = extracts.of(store, attachment.sha256)
        if found is None:
            read_now = reader.read(stream, progress)
            return _reading(read_now.text, "", read_now.state)
        return _reading(found.text, found.language, found.state)


def _reading(text: str, language: str, state: State) -> Reading:
    from db.texts import candidates  # noqa: PLC0415 (many patterns)

    return Reading(text, language, passages.digest(text), state, candidates.find(text))
