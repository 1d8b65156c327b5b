"""Chats as WhatsApp and Telegram export them: the words as they stand, who wrote, from when to when."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from db.formats import chat_stamp
from db.reading import html
from db.reading.charsets import decode
from db.reading.found import About, Fact, Limits, Read, State, cut, facts

WHATSAPP, TELEGRAM = "Claimdesk WhatsApp 1", "Claimdesk Telegram 1"
_LONGEST_NAME, _MOST_NAMES = 80, 50
_FROM = re.compile(r'class="from_name">\s*([^<]{1,200})')
_MESSAGE = re.compile(r'class="message default')
_TIME = re.compile(r'class="pull_right date details" title="([^"]{1,60})"')


def whatsapp(data: bytes, limits: Limits) -> Read:
    """The text of a chat is kept as it stands; its times are told in the words that the phone wrote."""
    decoded = decode(data)
    names: Counter[str] = Counter()
    first, last, count = "", "", 0
    for each in decoded.text.splitlines():
        if stamp := chat_stamp(each):
            count += 1
            last = f"{stamp[1]} {stamp[2]}"
            first = first or last
            name, colon, _ = stamp[3].partition(": ")
            if colon and len(name) <= _LONGEST_NAME:
                names[name.lstrip("~ \u202f")] += 1
    text, state = cut(decoded.text, limits)
    return Read(state, WHATSAPP, text, "", (*_facts("", names, count, first, last), decoded.fact))


def telegram(data: bytes, limits: Limits) -> Read:
    """The messages of an export as JSON, a paragraph each."""
    try:
        told = json.loads(decode(data).text)
    except (ValueError, RecursionError):
        return Read(State.BROKEN, TELEGRAM)
    names: Counter[str] = Counter()
    times: list[str] = []
    lines: list[str] = []
    size = 0
    for each in _messages(told):
        who, when = _word(each.get("from") or each.get("actor")), _word(each.get("date"))
        names[who] += bool(who)
        times.append(when)
        if size <= limits.text:
            lines.append(f"{when} {who}: {_said(each)}")
            size += len(lines[-1])
    title = _word(told.get("name")) if isinstance(told, dict) else ""
    text, state = cut("\n\n".join(lines), limits)
    known = sorted(time for time in times if time) or [""]
    return Read(state, TELEGRAM, text, title, _facts(title, names, len(times), known[0], known[-1]))


def telegram_page(data: bytes, limits: Limits) -> Read:
    """The messages of an export as a page."""
    found = html.read(data, limits)
    text = decode(data).text
    names = Counter(name.strip() for name in _FROM.findall(text))
    times = _TIME.findall(text) or [""]
    told = _facts(found.title, names, len(_MESSAGE.findall(text)), times[0], times[-1])
    return Read(found.state, TELEGRAM, found.text, found.title, told + found.facts)


def _messages(told: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 (whatever the JSON holds)
    """The messages of one chat, or of all chats of an account."""
    if not isinstance(told, dict):
        return
    chats = told.get("chats")
    listed = chats.get("list") if isinstance(chats, dict) else None
    for chat in listed if isinstance(listed, list) else [told]:
        messages = chat.get("messages") if isinstance(chat, dict) else None
        for each in messages if isinstance(messages, list) else ():
            if isinstance(each, dict):
                yield each


def _said(message: Mapping[str, Any]) -> str:
    """The words of a message, and what came with it."""
    text = message.get("text", "")
    pieces = text if isinstance(text, list) else [text]
    said = "".join(_piece(each) for each in pieces)
    came = [_word(message.get(name)) for name in ("media_type", "photo", "file", "forwarded_from", "action")]
    noted = " ".join(f"[{each}]" for each in came if each)
    return " ".join(filter(None, (said, noted)))


def _piece(piece: object) -> str:
    """A piece of marked-up text; a link says where it leads."""
    if not isinstance(piece, Mapping):
        return _word(piece)
    words, address = _word(piece.get("text")), _word(piece.get("href"))
    return f"{words} <{address}>" if address and address != words else words


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


def _facts(title: str, names: Mapping[str, int], count: int, first: str, last: str) -> tuple[Fact, ...]:
    people: Sequence[str] = sorted((name for name in names if name), key=lambda name: -names[name])[:_MOST_NAMES]
    told = [(About.CHAT, title), (About.MESSAGES, str(count)), (About.FIRST, first), (About.LAST, last)]
    return facts(*told, *((About.PARTICIPANT, name) for name in people))
