"""A page that a browser saved as one file, with its pictures (MHTML)."""

from __future__ import annotations

from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from db.reading import html, mail
from db.reading.charsets import decode
from db.reading.found import About, Limits, Part, Read, State, cut, facts, line

TOOL = "Claimdesk MHTML 1"


def read(data: bytes, limits: Limits) -> Read:
    """Read the page itself; what belongs to it is listed, and nothing of it is put into its place."""
    whole: mail.Mail = BytesParser(policy=compat32).parsebytes(data.lstrip(b"\r\n"))
    root, others = _sorted(whole)
    told = facts(
        (About.SAVED_FROM, mail.words(whole.get("Snapshot-Content-Location", "") or whole.get("Content-Location", ""))),
        (About.SAVED_ON, mail.words(whole.get("Date", ""))),
        (About.SOFTWARE, mail.words(whole.get("From", "")).strip("<>")),
    )
    parts = tuple(
        Part(line(mail.name_of(each, number)), each.get_content_type(), len(mail.content(each)))
        for number, each in enumerate(others[: limits.parts], 1)
    )
    if root is None:
        return Read(State.BROKEN, TOOL, "", mail.subject(whole), told, parts)
    content = mail.content(root)
    decoded = decode(content, mail.charset(root), html.declared_in(content))
    page = html.parse(decoded.text, limits)
    text, state = cut(page.paper.text, limits)
    seen = {fact.about for fact in told}
    more = tuple(fact for fact in page.facts(decoded) if fact.about not in seen)
    return Read(state, TOOL, text, page.title or mail.subject(whole), told + more, parts)


def files_in(data: bytes) -> list[mail.Mail]:
    """What belongs to a page, in the order of its `parts`."""
    return _sorted(BytesParser(policy=compat32).parsebytes(data.lstrip(b"\r\n")))[1]


def _sorted(whole: mail.Mail) -> tuple[mail.Mail | None, list[mail.Mail]]:
    """The page, and what belongs to it."""
    inner = whole.get_payload()
    leaves: list[mail.Mail] = [each for each in inner if isinstance(each, Message)] if isinstance(inner, list) else []
    start = str(whole.get_param("start") or "")
    pages = [each for each in leaves or [whole] if each.get_content_type() in ("text/html", "application/xhtml+xml")]
    root = next((each for each in pages if start and each.get("Content-ID", "") == start), pages[0] if pages else None)
    return root, [each for each in leaves if each is not root]
