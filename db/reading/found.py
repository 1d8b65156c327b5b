"""What is read out of a document: its words, what it says of itself, and what is in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """What became of reading a document."""

    READ = "read"
    CUT = "cut"  # there is more text than is kept
    NO_TEXT = "no text"
    LOCKED = "locked"
    BROKEN = "broken"
    TOO_LARGE = "too large"
    TOOK_TOO_LONG = "took too long"
    NEEDS_EXTRA = "needs extra"


class About(StrEnum):
    """What a fact is about; all of it is what the document claims of itself."""

    TYPE = "type"
    ENCODING = "encoding"
    ENCODING_GUESSED = "encoding guessed"
    CANONICAL = "canonical"
    OG_URL = "og:url"
    SAVED_FROM = "saved from"
    SAVED_ON = "saved on"
    PUBLISHED = "published"
    AUTHOR = "author"
    SITE = "site"
    LANGUAGE = "language"
    HIDDEN = "hidden"
    FROM = "from"
    TO = "to"
    COPY = "copy"
    REPLY_TO = "reply to"
    SUBJECT = "subject"
    DATE = "date"
    MESSAGE_ID = "message id"
    RETURN_PATH = "return path"
    RECEIVED = "received"
    AUTHENTICATION = "authentication"
    SPF = "spf"
    DKIM = "dkim"
    CHAT = "chat"
    PARTICIPANT = "participant"
    MESSAGES = "messages"
    FIRST = "first"
    LAST = "last"
    PAGES = "pages"
    PRODUCER = "producer"
    CREATOR = "creator"
    CREATED = "created"
    CHANGED = "changed"
    SCRIPTS = "scripts"
    ADDRESS = "address"
    SOFTWARE = "software"
    RECORDS = "records"
    DURATION = "duration"
    CODEC = "codec"
    PIXELS = "pixels"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a document says of itself."""

    about: About
    value: str


@dataclass(frozen=True, slots=True)
class Part:
    """A file within a document. `size` is what it says, or what it is where that was looked at."""

    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken out of one document."""

    text: int = 4 << 20  # characters, and bytes of UTF-8
    pages: int = 2_000
    parts: int = 1_000
    facts: int = 200
    depth: int = 20
    unpacked: int = 64 << 20
    ratio: int = 200


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Read:
    """A document as it was read; `tool` names what read it, `pages` counts those that can be drawn."""

    state: State
    tool: str = ""
    text: str = ""
    title: str = ""
    facts: tuple[Fact, ...] = ()
    parts: tuple[Part, ...] = field(default=())
    pages: int = 0
    media_type: str = ""


_LONGEST_FACT = 2_000
_CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def clean(text: str) -> str:
    """Text that can be kept: no controls but tab and line feed, no half of a character."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def line(text: str) -> str:
    """A value on one line, no longer than anybody reads."""
    return " ".join(clean(text).split())[:_LONGEST_FACT]


def facts(*pairs: tuple[About, str]) -> tuple[Fact, ...]:
    """Those of these facts that say something."""
    return tuple(Fact(about, line(value)) for about, value in pairs if line(value))


def cut(text: str, limits: Limits) -> tuple[str, State]:
    """As much of a text as is kept, and whether that is all of it."""
    kept = clean(text[: limits.text])
    data = kept.encode()
    if len(data) > limits.text:
        kept = data[: limits.text].decode("utf-8", "ignore")
    whole = len(text) <= limits.text and len(data) <= limits.text
    if not kept.strip():
        return "", State.NO_TEXT
    return kept, State.READ if whole else State.CUT
