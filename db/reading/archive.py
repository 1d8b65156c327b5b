"""Archives: what is in them by name and size. A web archive (WACZ) says what its pages are, a chat has its words."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from zlib import error as TornStream  # noqa: N812 (it is an exception)

from db.reading import chats
from db.reading.found import About, Limits, Part, Read, State, clean, cut, facts, line

TOOL = "Claimdesk ZIP 1"
_CHAT = re.compile(r"(?:^|/)(?:_chat|WhatsApp [^/]{1,100})\.txt$")
_ENCRYPTED = 1
_PIECE, _FREE = 1 << 16, 1 << 20
TORN = (zipfile.BadZipFile, NotImplementedError, TornStream, EOFError, ValueError, KeyError, OSError, RuntimeError)


class TooMuch(Exception):
    """A file in an archive is larger than what is taken out of one."""


def read(file: Path, limits: Limits) -> Read:
    """List an archive; of its contents only what tells of a web archive or a chat is looked at."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _read(archive, limits)
    except TORN:
        return Read(State.BROKEN, TOOL)


def _read(archive: zipfile.ZipFile, limits: Limits) -> Read:
    files = [each for each in archive.infolist() if not each.is_dir()]
    parts = tuple(Part(line(each.filename), "", each.file_size) for each in files[: limits.parts])
    told = facts((About.RECORDS, str(len(files))), (About.NOTE, clean(archive.comment.decode("utf-8", "replace"))))
    found = Read(State.NO_TEXT, TOOL, "", "", told, parts)
    names = {each.filename for each in files}
    chat = next((name for name in names if _CHAT.search(name)), "")
    if "datapackage.json" in names:
        return _web(archive, found, limits)
    if chat:
        try:
            words = chats.whatsapp(member(archive, chat, limits.text * 2, limits.ratio), limits)
        except (TooMuch, *TORN):
            return found  # the files in it can be taken out all the same
        return replace(found, state=words.state, text=words.text, facts=told + words.facts)
    return found


def member(archive: zipfile.ZipFile, name: str | zipfile.ZipInfo, most: int, ratio: int) -> bytes:
    """The bytes of a file in an archive; raises `TooMuch` for one that is larger than it says, or swells too much."""
    info = archive.getinfo(name) if isinstance(name, str) else name  # of two with one name, the one that is meant
    limit = min(most, info.compress_size * ratio + _FREE)
    if info.file_size > limit:
        raise TooMuch
    pieces, size = [], 0
    with archive.open(info) as stream:
        while data := stream.read(_PIECE):
            size += len(data)
            if size > limit:
                raise TooMuch
            pieces.append(data)
    return b"".join(pieces)


def unpack(file: Path, number: int, limits: Limits) -> tuple[State, bytes]:
    """A file within an archive, by its place in `parts`; and what became of taking it out."""
    try:
        with zipfile.ZipFile(file) as archive:
            info = [each for each in archive.infolist() if not each.is_dir()][number]
            if info.flag_bits & _ENCRYPTED:
                return State.LOCKED, b""
            return State.READ, member(archive, info, limits.unpacked, limits.ratio)
    except TooMuch:
        return State.TOO_LARGE, b""
    except (*TORN, IndexError):
        return State.BROKEN, b""


def _web(archive: zipfile.ZipFile, found: Read, limits: Limits) -> Read:
    """What a web archive says of itself, and the words of its pages where it keeps them."""
    package = _json(_small(archive, "datapackage.json", limits))
    pages = [_json(each) for each in _small(archive, "pages/pages.jsonl", limits).splitlines()[1 : limits.pages]]
    told = facts(
        (About.SAVED_FROM, _word(package, "mainPageUrl") or next((_word(p, "url") for p in pages), "")),
        (About.SAVED_ON, _word(package, "mainPageDate") or _word(package, "created")),
        (About.SOFTWARE, _word(package, "software")),
    )
    blocks = ("\n".join(filter(None, (_word(p, "title"), _word(p, "url"), _word(p, "text")))) for p in pages)
    text, state = cut("\n\n".join(blocks), limits)
    title = _word(package, "title") or next((_word(p, "title") for p in pages), "")
    return replace(found, state=state, text=text, title=line(title), facts=found.facts + told)


def _small(archive: zipfile.ZipFile, name: str, limits: Limits) -> str:
    """A text in an archive; empty where it is not there, or not to be had."""
    try:
        return member(archive, name, limits.text * 2, limits.ratio).decode("utf-8", "replace")
    except (TooMuch, *TORN):
        return ""


def _json(text: str) -> Mapping[str, Any]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _word(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""
