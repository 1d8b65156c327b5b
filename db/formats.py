"""What bytes are, told by their content; names and endings are not trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

DRAWN: Mapping[str, str] = MappingProxyType(
    {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP", "image/bmp": "BMP"}
)  # media types of pictures that are drawn, with Pillow's names for them
UNKNOWN = "application/octet-stream"
HEAD = 4096


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
    _Signature("application/zip", b"PK\x03\x04"),
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
            return s.media_type
    return _text_type(head)


def _text_type(head: bytes) -> str:
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3 or len(head) < HEAD:
            return UNKNOWN
        text = head[: error.start].decode("utf-8-sig")
    if any(ord(c) < ord(" ") and c not in "\t\n\r\f" for c in text):
        return UNKNOWN
    start = text.lstrip().lower()
    if start.startswith(("<!doctype html", "<html")):
        return "text/html"
    if "<svg" in start[:1000] and start.startswith(("<?xml", "<svg", "<!--", "<!doctype svg")):
        return "image/svg+xml"
    return "text/plain" if text else UNKNOWN
