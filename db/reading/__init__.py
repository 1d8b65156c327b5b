"""Reading documents that came from elsewhere; only ever done in a helper process, see `db.reader`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from db import formats
from db.reading.found import LIMITS, Limits, Read, State


def read(file: Path, limits: Limits = LIMITS) -> Read:
    """Read a document out of a file of our own; what it is, is told by its bytes."""
    media_type = _type(file)
    return replace(_read(file, media_type, limits), media_type=media_type)


def unpack(file: Path, number: int, limits: Limits = LIMITS) -> tuple[State, bytes]:
    """The bytes of a file within a document, by its place in the `parts`; and what became of taking it out."""
    media_type = _type(file)
    if media_type in _ZIPS:
        from db.reading import archive  # noqa: PLC0415 (each helper loads what one document wants)

        return archive.unpack(file, number, limits)
    if media_type == "application/pdf":
        from db.reading import pdf  # noqa: PLC0415

        return pdf.unpack(file, number, limits.unpacked)
    from db.reading import mail, mhtml  # noqa: PLC0415

    data = file.read_bytes()
    files = mhtml.files_in(data) if media_type == formats.MHTML else mail.files_in(data, limits)
    content = mail.content(files[number])
    return (State.READ, content) if len(content) <= limits.unpacked else (State.TOO_LARGE, b"")


_ZIPS = ("application/zip", formats.WACZ, formats.DOCX, formats.ODT)


def _type(file: Path) -> str:
    with file.open("rb") as stream:
        return formats.sniff(stream.read(formats.HEAD))


def _read(file: Path, media_type: str, limits: Limits) -> Read:
    """Each sort of document by the module that knows it; no helper loads more than one document wants."""
    match media_type:
        case "application/pdf":
            from db.reading import pdf  # noqa: PLC0415

            return pdf.read(file, limits)
        case formats.WARC:
            from db.reading import warc  # noqa: PLC0415

            return warc.read(file, limits)
        case "application/zip" | formats.WACZ:
            from db.reading import archive  # noqa: PLC0415

            return archive.read(file, limits)
        case formats.DOCX | formats.ODT:
            from db.reading import office  # noqa: PLC0415

            return office.read(file, media_type, limits)
        case _ if media_type.startswith(("video/", "audio/")):
            from db.reading import media  # noqa: PLC0415

            return media.read(file, media_type, limits)
    return _read_words(file, media_type, limits)


def _read_words(file: Path, media_type: str, limits: Limits) -> Read:
    from db.reading import chats, html, mail, mhtml, office, plain  # noqa: PLC0415

    readers = {
        "text/html": html.read,
        "text/plain": plain.read,
        formats.MAIL: mail.read,
        formats.MHTML: mhtml.read,
        formats.WHATSAPP: chats.whatsapp,
        formats.TELEGRAM: chats.telegram,
        formats.TELEGRAM_PAGE: chats.telegram_page,
        formats.RTF: office.rtf,
    }
    reader = readers.get(media_type)
    return reader(file.read_bytes(), limits) if reader else Read(State.NO_TEXT)
