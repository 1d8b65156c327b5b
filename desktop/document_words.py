"""The words for documents that were read out: what they say of themselves, and why there are none. No Qt in here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from db.extracts import Extract
from db.formats import UNKNOWN
from db.reading.found import About, Part, State
from desktop import filetypes, wording

Own = Callable[[str], str]  # sets a word of others apart, so that it keeps its order in a line of ours
_MOST_PARTS = 200

STATES: Mapping[State, str] = MappingProxyType(
    {
        State.READ: "Read to its end.",
        State.CUT: "There is more text than is kept; this is its beginning.",
        State.NO_TEXT: "There are no words to be read in this file.",
        State.LOCKED: "It is encrypted with a password, and was not opened.",
        State.BROKEN: "It is broken: nothing could be read in it.",
        State.TOO_LARGE: "It is too large to be read safely.",
        State.TOOK_TOO_LONG: "Reading it took too long, and was stopped.",
        State.NEEDS_EXTRA: "Reading it needs a library that is not installed here: install claimdesk[web].",
    }
)

FACTS: Mapping[About, str] = MappingProxyType(
    {
        About.TYPE: "Type",
        About.ENCODING: "Encoding",
        About.ENCODING_GUESSED: "Encoding (guessed)",
        About.CANONICAL: "Canonical address",
        About.OG_URL: "Address for sharing",
        About.SAVED_FROM: "Saved from",
        About.SAVED_ON: "Saved on",
        About.PUBLISHED: "Published",
        About.AUTHOR: "Author",
        About.SITE: "Site",
        About.LANGUAGE: "Language",
        About.HIDDEN: "Hidden parts left out",
        About.FROM: "From",
        About.TO: "To",
        About.COPY: "Copy to",
        About.REPLY_TO: "Reply to",
        About.SUBJECT: "Subject",
        About.DATE: "Date",
        About.MESSAGE_ID: "Message-ID",
        About.RETURN_PATH: "Return path",
        About.RECEIVED: "Received lines",
        About.AUTHENTICATION: "Authentication, as claimed",
        About.SPF: "SPF, as claimed",
        About.DKIM: "DKIM signature, as claimed",
        About.CHAT: "Chat",
        About.PARTICIPANT: "Takes part",
        About.MESSAGES: "Messages",
        About.FIRST: "First",
        About.LAST: "Last",
        About.PAGES: "Pages",
        About.PRODUCER: "Made by",
        About.CREATOR: "Written with",
        About.CREATED: "Created",
        About.CHANGED: "Changed",
        About.SCRIPTS: "Scripts, never run",
        About.ADDRESS: "Address",
        About.SOFTWARE: "Software",
        About.RECORDS: "Files in it",
        About.DURATION: "Length",
        About.CODEC: "Form",
        About.PIXELS: "Pixels",
        About.NOTE: "Note",
    }
)


def head(found: Extract, own: Own = str) -> str:
    """What a document says of itself, a line each, and what is in it; empty where it says nothing."""
    return "\n".join((*_claims(found, own), *_inside(found, own)))


def why_nothing(found: Extract) -> str:
    """Why no words of a file are shown."""
    if found.state in (State.READ, State.NO_TEXT) and found.media_type.startswith(("video/", "audio/")):
        return "It is not played here, and no still picture is drawn of it."
    return STATES[found.state]


def part(found: Part, own: Own = str) -> str:
    """A file within a document, in one line."""
    told = ", ".join(filter(None, (kind(found), wording.size(found.size))))
    return f"{own(plain_name(found))} ({told})"


def plain_name(found: Part) -> str:
    """What a file within a document is called, with nothing in it that turns the rest around."""
    return "".join(c for c in found.name if c.isprintable() or c in "\u200c\u200d")


def kind(found: Part) -> str:
    """What a file within a document says that it is; its bytes have not been looked at."""
    return "" if found.media_type in ("", UNKNOWN) else filetypes.type_name(found.media_type)


def _claims(found: Extract, own: Own) -> Iterator[str]:
    if found.title:
        yield f"Title: {own(found.title)}"
    for fact in found.facts:
        if fact.about is not About.ENCODING:
            yield f"{FACTS[fact.about]}: {own(fact.value)}"


def _inside(found: Extract, own: Own) -> Iterator[str]:
    if found.parts:
        yield ""
        yield "In it:"
    for each in found.parts[:_MOST_PARTS]:
        yield f"\u200e  {part(each, own)}"
    if len(found.parts) > _MOST_PARTS:
        yield f"  and {len(found.parts) - _MOST_PARTS:,} more"
