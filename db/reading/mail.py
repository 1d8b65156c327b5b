"""A mail as it was kept: its words, what its head claims, and the files that came with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.generator import BytesGenerator
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import compat32
from io import BytesIO
from typing import TYPE_CHECKING

from db.reading import html
from db.reading.charsets import decode
from db.reading.found import About, Fact, Limits, Part, Read, State, cut, facts, line
from db.reading.paper import Paper

TOOL = "Claimdesk mail 1"
_ENDINGS = {"text/plain": ".txt", "text/html": ".html", "image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif",
            "image/webp": ".webp", "application/pdf": ".pdf", "message/rfc822": ".eml", "text/css": ".css"}  # fmt: skip
_ONCE = {
    "from": About.FROM, "to": About.TO, "cc": About.COPY, "reply-to": About.REPLY_TO, "date": About.DATE,
    "message-id": About.MESSAGE_ID, "return-path": About.RETURN_PATH, "authentication-results": About.AUTHENTICATION,
    "received-spf": About.SPF, "user-agent": About.SOFTWARE, "x-mailer": About.SOFTWARE,
}  # fmt: skip
_SIGNED = re.compile(r"\b(d|s|i|a)\s*=\s*([^;\s]{1,200})")
_MOST_ALIKE, _LONGEST_HEADER = 5, 20_000
if TYPE_CHECKING:
    Mail = Message[str, str]
else:
    Mail = Message


def read(data: bytes, limits: Limits) -> Read:
    """Read a mail; one that is nested too deep is known by its head alone."""
    data = data.lstrip(b"\r\n")
    try:
        mail: Mail = BytesParser(policy=compat32).parsebytes(data)
        leaves = list(_leaves(mail, limits.depth))
    except RecursionError:
        mail, leaves = BytesHeaderParser(policy=compat32).parsebytes(data), []
        return Read(State.BROKEN, TOOL, "", subject(mail), head(mail))
    paper = Paper(limits.text)
    seen = [_put(paper, leaf, limits) for leaf in leaves if not is_file(leaf)]
    files = [leaf for leaf in leaves if is_file(leaf)]
    text, state = cut(paper.text, limits)
    parts = tuple(_part(leaf, number) for number, leaf in enumerate(files[: limits.parts], 1))
    more = facts((About.RECORDS, str(len(files)))) if len(files) > limits.parts else ()
    encodings = tuple(dict.fromkeys(fact for fact in seen if fact))
    return Read(state, TOOL, text, subject(mail), (*head(mail), *encodings, *more), parts)


def files_in(data: bytes, limits: Limits) -> list[Mail]:
    """The files that came with a mail, in the order of its `parts`."""
    mail: Mail = BytesParser(policy=compat32).parsebytes(data.lstrip(b"\r\n"))
    return [leaf for leaf in _leaves(mail, limits.depth) if is_file(leaf)]


def is_file(leaf: Mail) -> bool:
    """Whether a part of a mail is kept as a file, and not read as its words."""
    words = leaf.get_content_type() in ("text/plain", "text/html")
    return not words or bool(_told_name(leaf)) or leaf.get_content_disposition() == "attachment"


def content(leaf: Mail) -> bytes:
    """The bytes of a part; a mail within a mail is written out as it came."""
    inner = leaf.get_payload()
    if isinstance(inner, list):
        out = BytesIO()
        for each in inner[:1]:
            BytesGenerator(out, mangle_from_=False, maxheaderlen=0, policy=compat32).flatten(each)  # type: ignore[arg-type]
        return out.getvalue()
    found = leaf.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def name_of(leaf: Mail, number: int) -> str:
    """What a part is called, by itself, by where it was on the web, or by its number."""
    where = line(words(leaf.get("Content-Location", ""))).partition("?")[0].rstrip("/").rpartition("/")[2]
    inner = leaf.get_payload()
    about = subject(inner[0]) if isinstance(inner, list) and inner else ""  # type: ignore[arg-type]
    ending = _ENDINGS.get(leaf.get_content_type(), "")
    return _told_name(leaf) or where or (f"{about}{ending}" if about else f"part-{number}{ending}")


def subject(mail: Mail) -> str:
    """What a mail says it is about."""
    return line(words(mail.get("Subject", "")))


def head(mail: Mail) -> tuple[Fact, ...]:
    """What the head of a mail claims; nobody here has looked whether any of it is true."""
    told: list[tuple[About, str]] = []
    counted: Counter[About] = Counter()
    for name, value in mail.raw_items():
        about = _ONCE.get(name.lower())
        if about and counted[about] < _MOST_ALIKE:
            told.append((about, words(value)))
            counted[about] += 1
        elif name.lower() == "dkim-signature" and counted[About.DKIM] < _MOST_ALIKE:
            told.append((About.DKIM, "; ".join(f"{k}={v}" for k, v in _SIGNED.findall(words(value)))))
            counted[About.DKIM] += 1
        counted[About.RECEIVED] += name.lower() == "received"
    hops = str(counted[About.RECEIVED]) if counted[About.RECEIVED] else ""
    order = list(About)
    return facts(*sorted(told, key=lambda fact: order.index(fact[0])), (About.RECEIVED, hops))


def words(value: object) -> str:
    """A header as text, whatever its bytes are."""
    raw = str(value)[:_LONGEST_HEADER]
    if any("\udc80" <= c <= "\udcff" for c in raw):
        raw = decode(raw.encode("utf-8", "surrogateescape")).text
    try:
        pieces = decode_header(raw)
    except (HeaderParseError, ValueError):
        return raw
    return "".join(each if isinstance(each, str) else decode(each, charset or "").text for each, charset in pieces)


def charset(leaf: Mail) -> str:
    """The encoding that a part says it has."""
    try:
        return str(leaf.get_content_charset() or "")
    except (LookupError, ValueError, UnicodeError):
        return ""


def _leaves(mail: Mail, depth: int) -> Iterator[Mail]:
    """The parts of a mail that have no parts; of several forms of the same words the plain one."""
    inner = mail.get_payload()
    if mail.get_content_maintype() != "multipart" or not isinstance(inner, list) or depth <= 0:
        yield mail
        return
    parts: list[Mail] = [each for each in inner if isinstance(each, Message)]
    if mail.get_content_type() == "multipart/alternative":
        plain = [p for p in parts if p.get_content_type() == "text/plain" and content(p).strip()]
        parts = [p for p in parts if p.get_content_type() not in ("text/plain", "text/html")] + (
            plain[:1] or [p for p in parts if p.get_content_type() == "text/html"][:1]
        )
    for part in parts:
        yield from _leaves(part, depth - 1)


def _put(paper: Paper, leaf: Mail, limits: Limits) -> Fact | None:
    """Put the words of a part down; returns in which encoding they were read."""
    if paper.full:
        return None
    data = content(leaf)
    paper.paragraph()
    if leaf.get_content_type() == "text/html":
        found = decode(data, charset(leaf), html.declared_in(data))
        paper.verbatim(html.parse(found.text, limits).paper.text)
    else:
        found = decode(data, charset(leaf))
        paper.verbatim(found.text.strip("\r\n"))
    return found.fact


def _part(leaf: Mail, number: int) -> Part:
    try:
        size = len(content(leaf))
    except Exception:  # noqa: BLE001 (the writer of mails raises anything at all for crafted ones)
        size = 0
    return Part(line(name_of(leaf, number)), leaf.get_content_type(), size)


def _told_name(leaf: Mail) -> str:
    try:
        return line(words(leaf.get_filename("")))
    except (LookupError, ValueError, TypeError):
        return ""
