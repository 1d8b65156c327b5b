"""Where bytes came from, as the clipboard, a drag or the file itself tells it. Read as text; nothing is ever opened."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

LONGEST = 2_000  # characters of an address, and of a title
_MOST = 65_536  # bytes of what is offered beside a picture that are looked at
_IMAGE = re.compile(r"""<img\b[^<>]{0,2000}?\ssrc\s*=\s*["']?([^"'<>\s]{1,2000})""", re.IGNORECASE)
_BASE = re.compile(r"""<base\b[^<>]{0,500}?\shref\s*=\s*["']?([^"'<>\s]{1,2000})""", re.IGNORECASE)
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{1,2000})</title", re.IGNORECASE)
_SAVED = re.compile(r"<!-- saved from url=\(\d{4}\)(\S{1,2000})", re.IGNORECASE)  # Chrome, Edge, Internet Explorer
_SINGLE = re.compile(r"<!--\s{1,9}Page saved with SingleFile\s{1,9}url:\s{1,9}(\S{1,2000})")
_WINDOWS = re.compile(r"^SourceURL:(\S{1,2000})", re.MULTILINE)
_ZONE = re.compile(r"^(HostUrl|ReferrerUrl)=(\S{1,2000})", re.MULTILINE)
_SOURCE = (  # the page that a browser copied from
    "chromium/x-source-url",
    "text/x-moz-url-priv",
    'application/x-qt-windows-mime;value="Chromium internal source URL"',
)
_WINDOWS_HTML = 'application/x-qt-windows-mime;value="HTML Format"'
OFFERED = (*_SOURCE, _WINDOWS_HTML, "text/html", "text/x-moz-url", "text/uri-list")  # what a browser says beside


@dataclass(frozen=True, slots=True)
class Origin:
    """What is told of where something came from: the page, the file by itself, the title; each empty where it is not.

    `changed_at` is when a file was last changed by the clock of whoever changed it.
    """

    page: str = ""
    file: str = ""
    title: str = ""
    changed_at: str = ""

    def __bool__(self) -> bool:
        return bool(self.page or self.file or self.title or self.changed_at)


def address(text: str) -> str:
    """A web address as it may be noted; empty for anything else, and for one with a password in it."""
    text = text.strip()
    if not text or len(text) > LONGEST or not text.isprintable() or any(c.isspace() or c in '<>"' for c in text):
        return ""
    try:
        parts = urlsplit(text)
        fit = parts.scheme.lower() in ("http", "https") and parts.hostname and "@" not in parts.netloc
    except ValueError:
        return ""
    return text if fit else ""


def of_offer(offered: Mapping[str, bytes]) -> Origin:
    """What the formats that a clipboard or a drag has beside a picture tell; those of `OFFERED` are looked at."""
    texts = {kind: _text(data) for kind, data in offered.items() if kind in OFFERED}
    html = texts.get("text/html", "")
    said = next((text for kind in _SOURCE if (text := texts.get(kind, ""))), "")
    page = address(said.strip("\0")) or _found(_WINDOWS, texts.get(_WINDOWS_HTML, "") or html[:_MOST])
    link, _, title = texts.get("text/x-moz-url", "").partition("\n")
    listed = (line for line in texts.get("text/uri-list", "").splitlines() if not line.startswith("#"))
    linked = next(filter(None, map(address, (link, *listed))), "")
    image = _IMAGE.search(html)
    if not image:
        return Origin(page, linked, _title(title))
    base = _found(_BASE, html) or page or linked
    with contextlib.suppress(ValueError):  # of a base that is none
        return Origin(page, address(urljoin(base, unescape(image[1]))) or linked, _title(title))
    return Origin(page, linked, _title(title))


def of_file(file: Path, head: bytes) -> Origin:
    """What a file that was saved or downloaded tells: in its first bytes, and beside it in the file system."""
    where, referrer = _beside(file)
    page, title = _of_page(head)
    changed_at = ""
    with contextlib.suppress(OSError, ValueError, OverflowError):
        changed_at = _iso(file.stat().st_mtime)
    return Origin(page or referrer, where if where != page else "", title, changed_at)


def link(offered: Mapping[str, bytes], text: str) -> Origin:
    """The web address that is all that is offered, with its title; none where there is more text than that."""
    words = address(text)
    if text.strip() and not words:
        return Origin()
    found = of_offer({kind: data for kind, data in offered.items() if kind != "text/html"})
    where = found.file or words
    return Origin(where, "", found.title if found.title != where else "") if where else Origin()


def _of_page(head: bytes) -> tuple[str, str]:
    """The address and the title that a saved page says in its beginning."""
    text = head.decode("utf-8", "replace")
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        return _found(_SAVED, text) or _found(_SINGLE, text), _title(unescape(_search(_TITLE, text)))
    if "Snapshot-Content-Location:" not in text and "multipart/related" not in text:
        return "", ""
    from email import parser, policy  # noqa: PLC0415 (start-up does not wait for it)

    with contextlib.suppress(Exception):  # whatever the parser makes of crafted headers
        heads = parser.BytesHeaderParser(policy=policy.default).parsebytes(head)
        if heads.get_content_type() == "multipart/related":
            where = heads.get("Snapshot-Content-Location") or heads.get("Content-Location") or ""
            return address(str(where)), _title(str(heads.get("Subject") or ""))
    return "", ""


def _beside(file: Path) -> tuple[str, str]:
    """The addresses of the download and of the page that led to it, as browsers leave them beside a file."""
    found = dict(_attributes(file))
    return address(found.get("HostUrl", "")), address(found.get("ReferrerUrl", ""))


def _attributes(file: Path) -> Iterator[tuple[str, str]]:
    if read := getattr(os, "getxattr", None):
        yield from _linux(file, read)
    if os.name == "nt":
        with contextlib.suppress(OSError), Path(f"{file}:Zone.Identifier").open("rb") as stream:
            yield from _ZONE.findall(stream.read(_MOST).decode("utf-8", "replace"))


def _linux(file: Path, read: Callable[[Path, str], bytes]) -> Iterator[tuple[str, str]]:
    for name, attribute in (("HostUrl", "user.xdg.origin.url"), ("ReferrerUrl", "user.xdg.referrer.url")):
        with contextlib.suppress(OSError):
            yield name, read(file, attribute)[:_MOST].decode("utf-8", "replace").strip("\0")


def _found(pattern: re.Pattern[str], text: str) -> str:
    return address(unescape(_search(pattern, text)))


def _search(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1] if match else ""


def _title(text: str) -> str:
    """A title on one line; an address is none."""
    plain = "".join(c if c.isprintable() or c in "\u200c\u200d" else " " for c in text)
    title = " ".join(plain.split())[:LONGEST]
    return "" if address(title) else title.encode("utf-8", "replace").decode()


def _text(data: bytes) -> str:
    """What is offered as text; Windows and Firefox write some of it as UTF-16."""
    data = data[:_MOST]
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if marked or data[1:2] == b"\0":
        return data.decode("utf-16" if marked else "utf-16-le", "replace").strip("\0")
    return data.decode("utf-8-sig", "replace").strip("\0")


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
