"""The words of an attachment as they are read on screen."""

from __future__ import annotations

from dataclasses import dataclass

from db import blobs, passages
from db.attachments import Attachment
from db.passages import Span
from db.progress import SILENT, Progress
from db.store import Store


@dataclass(frozen=True, slots=True)
class Offer:
    """A part of a text that may be worth a mark, and why."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of an attachment, in which language where that is known, and its SHA-256 by which places are told."""

    text: str
    language: str
    sha256: str
    offers: tuple[Offer, ...] = ()


def may_be(attachment: Attachment) -> bool:
    """Whether an attachment is of a sort that has words to be read."""
    return attachment.media_type == "text/plain"


def read(store: Store, attachment: Attachment, progress: Progress = SILENT) -> Reading:
    """Read the words of an attachment; for a worker. Raises `NotFound` where its bytes are not in this casebook."""
    progress.step(0, 2)
    text = blobs.read(store, attachment.sha256).decode("utf-8-sig", "replace").replace("\0", "\ufffd")
    progress.step(1, 2)
    return Reading(text, "", passages.digest(text))
