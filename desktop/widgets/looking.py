"""Reading an attachment for the screen, away from the window's thread and within limits."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

from PySide6.QtGui import QImage

from db import blobs, extracts, reader
from db.attachments import Attachment
from db.casebook import Casebook
from db.extracts import Extract
from db.formats import Drawable
from db.pictures import decoding, metadata
from db.pictures.metadata import Metadata
from db.progress import Progress
from db.reading.found import State
from desktop import custody_words, document_words, filetypes, wording
from desktop.widgets.picture import halved
from desktop.widgets.texts import isolated

_UNREAD = Metadata()
_MOST_TEXT = 1_000_000
_PAGE_WIDE = 1600
_LINE = "―" * 12
_LONGEST_LINE = 2_000
_SAVE_IT = "Save a copy to open it in another program."


@dataclass(frozen=True, slots=True)
class Seen:
    """What can be shown of an attachment: a picture, a text, or the words why neither; and what it says of itself."""

    levels: tuple[QImage, ...] = ()
    text: str = ""
    words: str = ""
    metadata: Metadata = _UNREAD
    page: int = 0
    pages: int = 0


class _Stoppable(io.BufferedReader):
    """Stored bytes that a decoder can be stopped in the middle of."""

    def __init__(self, raw: blobs.BlobReader, size: int, progress: Progress) -> None:
        super().__init__(raw)
        self._size, self._progress = size, progress

    def read(self, size: int | None = -1, /) -> bytes:
        self._progress.step(min(self.tell(), self._size), self._size)
        return super().read(size)


def look(book: Casebook, attachment: Attachment, progress: Progress, *, page: int = 0) -> Seen:
    """Read what can be shown, of a document with pages this one; for a worker, over a connection of its own."""
    if attachment.erased:
        return Seen(words=custody_words.erased(attachment.erased))
    store = book.reader()
    try:
        raw = blobs.reader(store, attachment.sha256)
        with _Stoppable(raw, attachment.size, progress) as stream:
            if filetypes.can_be_drawn(attachment):
                return replace(_picture(stream, attachment), metadata=_told(stream, attachment))
            if not attachment.media_type.startswith("image/"):
                found = extracts.of(store, attachment.sha256) or extracts.just_read(stream, progress)
                found = replace(found, media_type=found.media_type or attachment.media_type)
                return _document(stream, found, page, progress)
            told = _told(stream, attachment)
    finally:
        store.close()
    if attachment.drawable in (Drawable.TOO_LARGE, Drawable.BROKEN):
        return Seen(words=f"{wording.word(attachment.drawable)}.\n{_SAVE_IT}", metadata=told)
    return Seen(words=f"{filetypes.type_name(attachment.media_type)}: not shown here.\n{_SAVE_IT}", metadata=told)


def _told(stream: _Stoppable, attachment: Attachment) -> Metadata:
    stream.seek(0)
    return metadata.read(stream, attachment.media_type, whole=True)


def _document(stream: _Stoppable, found: Extract, page: int, progress: Progress) -> Seen:
    """The words of a document below what it says of itself, and the page where it has pages."""
    head = document_words.head(found, isolated)
    text = _broken(found.text[:_MOST_TEXT])
    words = f"The beginning of the text. {_SAVE_IT}" if len(found.text) > _MOST_TEXT or found.state is State.CUT else ""
    if not text:
        nothing = f"{filetypes.type_name(found.media_type)}. {document_words.why_nothing(found)}\n{_SAVE_IT}"
        head, words = (f"{nothing}\n\n{head}", "") if head else ("", nothing)
    shown = Seen(text="\n\n".join(filter(None, (head, _LINE if head and text else "", text))), words=words)
    if not found.pages:
        return shown
    drawn = reader.page(stream, page, _PAGE_WIDE, progress)
    if not drawn.rgb:
        return shown
    image = QImage(drawn.rgb, drawn.width, drawn.height, drawn.width * 3, QImage.Format.Format_RGB888)
    levels = halved(image.convertToFormat(QImage.Format.Format_RGB32))
    return replace(shown, levels=levels, page=page, pages=found.pages)


def _picture(stream: _Stoppable, attachment: Attachment) -> Seen:
    found = decoding.pixels(stream, attachment.media_type)
    if found.state is not Drawable.YES:
        return Seen(words=f"{wording.word(found.state)}.\n{_SAVE_IT}")
    image = QImage(found.rgb, found.width, found.height, found.width * 3, QImage.Format.Format_RGB888)
    return Seen(levels=halved(image.convertToFormat(QImage.Format.Format_RGB32)))


def _broken(text: str) -> str:
    """A text whose very long lines are broken, for laying them out would hold the window up."""
    return "\n".join(
        line[at : at + _LONGEST_LINE] for line in text.splitlines() for at in range(0, max(1, len(line)), _LONGEST_LINE)
    )
