"""What bytes are, told by their content; names and endings are not trusted."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

DRAWN: Mapping[str, str] = MappingProxyType(
    {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP", "image/bmp": "BMP"}
)  # media types of pictures that are drawn, with Pillow's names for them
UNKNOWN = "application/octet-stream"
HEAD = 4096
PDF = "application/pdf"
WHATSAPP, TELEGRAM, TELEGRAM_PAGE = "text/x-whatsapp-chat", "application/x-telegram-chat+json", "text/x-telegram-chat"
MAIL, MHTML, WARC, WACZ = "message/rfc822", "multipart/related", "application/warc", "application/wacz"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT, RTF = "application/vnd.oasis.opendocument.text", "application/rtf"

_LEAST_OLD = 16
_OPEN_DOCUMENT = ODT.encode()
_CONTROL = re.compile(r"[\0-\x08\x0b\x0e-\x1f]")
_TELEGRAM = re.compile(r'"type":\s*"(?:personal_chat|bot_chat|saved_messages|(?:private|public)_\w+)"')
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}):")
_MAIL_HEADERS = frozenset((
    "from", "to", "cc", "subject", "date", "message-id", "received", "return-path", "delivered-to",
    "mime-version", "content-type", "reply-to", "sender", "dkim-signature", "authentication-results",
    "received-spf",
))  # fmt: skip
_MAIL_SIGNS = frozenset(("message-id", "mime-version", "received", "return-path", "delivered-to", "date"))
_SAVED_PAGE = re.compile(
    r"^From: *<?Saved by|^Snapshot-Content-Location:|^Content-Type: *multipart/related;\s*type=\"text/html\"",
    re.IGNORECASE | re.MULTILINE,
)
_BIDI = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_STAMP = re.compile(
    r"""\[?(\d{1,4}[/.\-]\ ?\d{1,2}[/.\-]\ ?\d{1,4})[,،]?\s+
    (\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[^\W\d][^\d\s:\]\-]{0,4}(?:\s[^\W\d][^\d\s:\]\-]{0,3})?)?)
    (?:\]\ ?|\s+[-–]\s+)(.*)""",
    re.VERBOSE | re.DOTALL,
)


class Drawable(StrEnum):
    """Whether a picture can be drawn, and if not, why."""

    YES = "yes"
    UNSEEN = "unseen"
    NOT_A_PICTURE = "not a picture"
    TOO_LARGE = "too large"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class _Signature:
    media_type: str
    magic: bytes
    at: int = 0
    also: bytes = b""
    also_at: int = 0


_SIGNATURES = (
    _Signature("image/png", b"\x89PNG\r\n\x1a\n"),
    _Signature("image/jpeg", b"\xff\xd8\xff"),
    _Signature("image/gif", b"GIF87a"),
    _Signature("image/gif", b"GIF89a"),
    _Signature("image/webp", b"RIFF", 0, b"WEBP", 8),
    _Signature("image/bmp", b"BM", 0, b"\0\0\0\0", 6),
    _Signature("image/tiff", b"II*\0"),
    _Signature("image/tiff", b"MM\0*"),
    _Signature("image/avif", b"ftypavif", 4),
    _Signature("image/heic", b"ftypheic", 4),
    _Signature("image/heic", b"ftypmif1", 4),
    _Signature("video/quicktime", b"ftypqt", 4),
    _Signature("video/mp4", b"ftyp", 4),
    _Signature("video/webm", b"\x1a\x45\xdf\xa3"),
    _Signature("video/x-msvideo", b"RIFF", 0, b"AVI ", 8),
    _Signature("audio/wav", b"RIFF", 0, b"WAVE", 8),
    _Signature("audio/mpeg", b"ID3"),
    _Signature("audio/mpeg", b"\xff\xfb"),
    _Signature("audio/ogg", b"OggS"),
    _Signature("audio/flac", b"fLaC"),
    _Signature("application/pdf", b"%PDF-"),
    _Signature("application/rtf", b"{\\rtf"),
    _Signature("application/zip", b"PK\x03\x04"),
    _Signature("application/zip", b"PK\x05\x06"),
    _Signature("application/gzip", b"\x1f\x8b"),
    _Signature("application/x-7z-compressed", b"7z\xbc\xaf\x27\x1c"),
    _Signature("application/vnd.rar", b"Rar!\x1a\x07"),
    _Signature("application/vnd.sqlite3", b"SQLite format 3\0"),
    _Signature("application/x-elf", b"\x7fELF"),
    _Signature("application/vnd.microsoft.portable-executable", b"MZ"),
)


def sniff(head: bytes) -> str:
    """The media type of bytes from their first `HEAD`; text is told apart from unknown bytes."""
    for s in _SIGNATURES:
        if head[s.at :].startswith(s.magic) and head[s.also_at :].startswith(s.also):
            return _WITHIN.get(s.media_type, _itself)(head, s.media_type)
    text = _text(head)
    return _text_type(text) if text else UNKNOWN


def _itself(_head: bytes, media_type: str) -> str:
    return media_type


def _in_gzip(head: bytes, media_type: str) -> str:
    try:
        begun = zlib.decompressobj(wbits=31).decompress(head, 16)
    except zlib.error:
        return media_type
    return WARC if begun.startswith(b"WARC/") else media_type


def _in_zip(head: bytes, media_type: str) -> str:
    """What kind of archive, by the names of the files that it begins with."""
    names = re.findall(rb"PK\x03\x04.{22}(..)..([\x20-\x7e]{4,200})", head, re.DOTALL)
    known = [name[: int.from_bytes(length, "little")] for length, name in names]
    if known and known[0] == b"mimetype" and _OPEN_DOCUMENT in head[:200]:
        return ODT
    if any(name.startswith(b"word/") for name in known) or b"word/document.xml" in head:
        return DOCX
    wacz = any(name.startswith((b"datapackage.json", b"archive/", b"indexes/", b"pages/")) for name in known)
    return WACZ if wacz else media_type


_WITHIN = {"application/gzip": _in_gzip, "application/zip": _in_zip}


def _text(head: bytes) -> str:
    """The beginning of a text, its letters right where that is easily told; empty for what is none."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and len(head) >= 4:
        text = head[: len(head) // 2 * 2].decode("utf-16", "ignore")
        return "" if _CONTROL.search(text) else text
    if _CONTROL.search(head.decode("latin-1")):
        return ""
    try:
        return head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start >= len(head) - 3 and len(head) >= HEAD:
            return head[: error.start].decode("utf-8-sig")
    return _old_text(head)


def _old_text(head: bytes) -> str:
    """A text in one of the old encodings, which are told apart by whoever reads it."""
    text = head.decode("latin-1")
    if text.lstrip().lower().startswith(("<!doctype html", "<html")) or _is_mail(text):
        return text
    high = [byte for byte in head if byte >= 0x80]
    letters = (sum(c.isalpha() for c in bytes(high).decode(old, "replace")) for old in ("cp1251", "cp1256", "cp1252"))
    plain = len(head) >= _LEAST_OLD and b" " in head and max(letters) >= len(high) * 0.9
    return text if plain else ""


def _text_type(text: str) -> str:
    start = text.lstrip().lower()
    for tell in (_page_type, _drawing_type, _record_type):
        if found := tell(start):
            return found
    if _is_mail(text):
        return MHTML if _SAVED_PAGE.search(text) else MAIL
    return WHATSAPP if any(chat_stamp(line) for line in text.splitlines()[:3]) else "text/plain"


def _page_type(start: str) -> str:
    page = start.startswith(("<!doctype html", "<html")) or (start.startswith(("<!--", "<?xml")) and "<html" in start)
    if page and 'class="page_wrap"' in start and "exported data" in start:
        return TELEGRAM_PAGE
    return "text/html" if page else ""


def _drawing_type(start: str) -> str:
    drawing = "<svg" in start[:1000] and start.startswith(("<?xml", "<svg", "<!--", "<!doctype svg"))
    return "image/svg+xml" if drawing else ""


def _record_type(start: str) -> str:
    if start.startswith("warc/1."):
        return WARC
    return TELEGRAM if start.startswith("{") and '"messages"' in start and _TELEGRAM.search(start) else ""


def _is_mail(text: str) -> bool:
    """Whether a text begins with the head of a mail, as it travels."""
    head = re.split(r"\r?\n\r?\n", text.lstrip("\r\n\ufeff"), maxsplit=1)[0]
    lines = head.splitlines()
    if not lines or not (_HEADER.match(lines[0]) or lines[0].startswith("From ")):
        return False
    names = {found[1].lower() for found in map(_HEADER.match, lines) if found}
    return len(names & _MAIL_HEADERS) >= 3 and bool(names & _MAIL_SIGNS)


def chat_stamp(line: str) -> re.Match[str] | None:
    """The day and the time with which WhatsApp begins a message: group 1, group 2, and in group 3 the rest."""
    return _STAMP.match(_BIDI.sub("", line[:400]))
