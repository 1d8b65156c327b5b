"""A PDF: the words of its pages, pictures of them, what it says of itself. Nothing in it is ever run or followed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from db.reading.found import About, Limits, Part, Read, State, cut, facts, line
from db.reading.paper import Paper

TOOL = f"pypdfium2 {pdfium.PYPDFIUM_INFO.version}, PDFium {pdfium.PDFIUM_INFO.build}"
_LOCKED = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
_MOST_PIXELS, _LONGEST_SIDE = 6_000_000, 8_000
_DATE = re.compile(r"^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(?:\d\d)?((?:Z|[+-]\d\d'?\d\d)?).*$")
_ABOUTS = (
    ("Author", About.AUTHOR), ("Subject", About.SUBJECT), ("Producer", About.PRODUCER), ("Creator", About.CREATOR),
    ("CreationDate", About.CREATED), ("ModDate", About.CHANGED),
)  # fmt: skip


class Closed(Exception):
    """The document cannot be opened; `state` says why."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.state = state


@dataclass(frozen=True, slots=True)
class Pixels:
    """A page as red, green and blue bytes."""

    width: int
    height: int
    rgb: bytes


def read(file: Path, limits: Limits) -> Read:
    """Read the words of all pages, as many as are kept."""
    try:
        with _opened(file) as document:
            return _read(document, limits)
    except Closed as closed:
        return Read(closed.state, TOOL)


def _read(document: pdfium.PdfDocument, limits: Limits) -> Read:
    count = len(document)
    paper = Paper(limits.text)
    for number in range(min(count, limits.pages)):
        paper.paragraph()
        paper.verbatim(_words(document, number))
        if paper.full:
            break
    text, state = cut(paper.text, limits)
    if state is State.READ and count > limits.pages:
        state = State.CUT
    told = document.get_metadata_dict(skip_empty=True)
    scripts = raw.FPDFDoc_GetJavaScriptActionCount(document)
    parts = tuple(_parts(document, limits))
    more = facts(
        (About.PAGES, str(count)),
        *((about, _date(told.get(name, ""))) for name, about in _ABOUTS),
        (About.SCRIPTS, str(scripts) if scripts > 0 else ""),
    )
    return Read(state, TOOL, text, line(told.get("Title", "")), more, parts, min(count, limits.pages))


def draw(file: Path, number: int, wide: int) -> tuple[State, Pixels | None]:
    """Draw a page so wide, or as large as a page may be."""
    try:
        with _opened(file) as document:
            page = document[number]
            width, height = page.get_size()
            if not (0 < width < math.inf and 0 < height < math.inf):
                return State.BROKEN, None
            scale = min(wide / width, math.sqrt(_MOST_PIXELS / (width * height)), _LONGEST_SIDE / max(width, height))
            bitmap = page.render(scale=scale, rev_byteorder=True, may_draw_forms=False, fill_color=(255,) * 4)
            return State.READ, _pixels(bitmap)
    except Closed as closed:
        return closed.state, None
    except (IndexError, pdfium.PdfiumError):
        return State.BROKEN, None


def unpack(file: Path, number: int, most: int) -> tuple[State, bytes]:
    """A file that is within the document, and what became of taking it out."""
    try:
        with _opened(file) as document:
            attachment = document.get_attachment(number)
            if _size(attachment) > most:
                return State.TOO_LARGE, b""
            return State.READ, bytes(attachment.get_data())
    except Closed as closed:
        return closed.state, b""
    except (IndexError, pdfium.PdfiumError):
        return State.BROKEN, b""


@contextmanager
def _opened(file: Path) -> Iterator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(file)
    except pdfium.PdfiumError as error:
        raise Closed(State.LOCKED if getattr(error, "err_code", 0) in _LOCKED else State.BROKEN) from error
    try:
        yield document
    finally:
        document.close()


def _date(value: str) -> str:
    """A date of a PDF as dates are written; anything else as it is."""
    return _DATE.sub(r"\1-\2-\3 \4:\5 \6", value).replace("'", "").strip() if _DATE.match(value) else value


def _words(document: pdfium.PdfDocument, number: int) -> str:
    """The words of a page; one that cannot be read has none."""
    with suppress(pdfium.PdfiumError):
        return str(document[number].get_textpage().get_text_range()).strip()
    return ""


def _parts(document: pdfium.PdfDocument, limits: Limits) -> Iterator[Part]:
    for number in range(min(document.count_attachments(), limits.parts)):
        with suppress(pdfium.PdfiumError):
            attachment = document.get_attachment(number)
            yield Part(line(attachment.get_name()) or f"part-{number + 1}", "", _size(attachment))


def _size(attachment: Any) -> int:  # noqa: ANN401 (pypdfium2 has no types)
    """How large an attached file is, without taking it out."""
    import ctypes  # noqa: PLC0415

    size = ctypes.c_ulong()
    raw.FPDFAttachment_GetFile(attachment, None, 0, size)
    return int(size.value)


def _pixels(bitmap: Any) -> Pixels:  # noqa: ANN401
    """The rows of a drawing without what fills them up."""
    data, wide = bytes(bitmap.buffer), bitmap.width * 3
    rows = (data[at : at + wide] for at in range(0, bitmap.stride * bitmap.height, bitmap.stride))
    return Pixels(bitmap.width, bitmap.height, b"".join(rows))
