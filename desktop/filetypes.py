"""What kinds of file are called and which icon stands for them. No Qt in here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from db.attachments import Attachment
from db.formats import DOCX, DRAWN, MAIL, MHTML, ODT, RTF, TELEGRAM, TELEGRAM_PAGE, WACZ, WARC, WHATSAPP, Drawable

_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "application/octet-stream": "File",
        "application/pdf": "PDF",
        "application/zip": "ZIP archive",
        "application/gzip": "GZIP archive",
        "application/x-7z-compressed": "7-Zip archive",
        "application/vnd.rar": "RAR archive",
        "application/vnd.sqlite3": "SQLite database",
        "application/x-elf": "Program",
        "application/vnd.microsoft.portable-executable": "Program",
        "image/svg+xml": "SVG drawing",
        "text/html": "Web page",
        "text/plain": "Text",
        "video/quicktime": "QuickTime video",
        "video/x-msvideo": "AVI video",
        "audio/mpeg": "MP3 audio",
        MAIL: "Mail",
        MHTML: "Saved web page",
        WARC: "Web archive",
        WACZ: "Web archive",
        WHATSAPP: "WhatsApp chat",
        TELEGRAM: "Telegram chat",
        TELEGRAM_PAGE: "Telegram chat",
        DOCX: "Word document",
        ODT: "OpenDocument text",
        RTF: "RTF document",
    }
)
_WRITTEN = ("application/pdf", MAIL, MHTML, TELEGRAM, DOCX, ODT, RTF)
_FAMILIES = ("image", "video", "audio")


def type_name(media_type: str) -> str:
    """What people call files of this media type."""
    family, _, kind = media_type.partition("/")
    of_family = {"image": "picture"}.get(family, family)
    return _NAMES.get(media_type) or (f"{kind.upper()} {of_family}" if family in _FAMILIES else "File")


def type_icon(media_type: str) -> str:
    """The icon that stands for files of this media type where nothing is drawn."""
    if media_type.startswith(("video/", "audio/")):
        return "play"
    if media_type.startswith("image/"):
        return "image"
    return "file-text" if media_type.startswith("text/") or media_type in _WRITTEN else "paperclip"


def not_drawn(attachment: Attachment) -> str:
    """In a few words what stands where no picture is drawn; empty where one is."""
    if attachment.erased:
        return "Erased"
    match attachment.drawable:
        case Drawable.YES:
            return ""
        case Drawable.TOO_LARGE:
            return "Too large to draw"
        case Drawable.BROKEN:
            return "Broken picture"
    return type_name(attachment.media_type)


def can_be_drawn(attachment: Attachment) -> bool:
    """Whether it is worth trying to draw it; bytes that came in just now may not have been looked at yet."""
    known = attachment.drawable in (Drawable.YES, Drawable.UNSEEN)
    return known and attachment.media_type in DRAWN and attachment.erased is None
