"""Bylines: the line of a pasted post that says who made it and when, as each platform writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.texts import dates


@dataclass(frozen=True, slots=True)
class Byline:
    """Who made a post and when, and where that stands. One that `signs` stands below its post or within it."""

    start: int
    stop: int
    author: str = ""
    handle: str = ""
    posted_on: str = ""
    platform: str = ""
    signs: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    words: str

    @property
    def stop(self) -> int:
        return self.start + len(self.words)


_BLANK = " \t\r\u00a0\u200b\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_S = f"[{_BLANK}]*"  # spaces, and marks of direction, which applications put around names
_HANDLE = rf"@{_S}(?P<handle>[A-Za-z0-9_]{{1,30}}(?:[.@][A-Za-z0-9_.-]{{1,60}})?)"
_IN_BRACKETS = re.compile(rf"\({_S}{_HANDLE}{_S}\){_S}")
_DASH = re.compile(rf"(?:^{_S}|(?<=\s))(?:[—–―]|--){_S}")
_DOT = rf"{_S}[·•‧]{_S}"
_ONE_LINE = re.compile(rf"{_S}(?P<author>[^@·]{{1,120}}?){_S}{_HANDLE}{_DOT}(?P<date>[^·]{{1,40}}?){_S}")
_HANDLE_LINE = re.compile(rf"{_S}{_HANDLE}(?:{_DOT}(?P<date>[^·]{{1,40}}?))?{_S}")
_LONGEST_LINE = 400
_DOT_LINE, _LONGEST_NAME, _LONGEST_DATE = re.compile(_DOT), 80, 48
_TELEGRAM = re.compile(rf"{_S}(?P<author>[^\[\]]{{1,120}}?),{_S}\[(?P<date>{_S}\d[^\]]{{5,40}})\]:?{_S}")
_CHATTED = re.compile(
    rf"{_S}(?:\[(?P<date>{_S}\d[^\]]{{6,40}})\]"
    rf"|(?P<day>\d[\d./-]{{5,10}}[,،]? {_S}\d{{1,2}}:\d{{2}}[^:]{{0,10}}?){_S}[–-]){_S}(?P<author>[^:]{{1,80}}):{_S}"
)
_ABOVE_DOT = re.compile(rf"{_S}(?P<date>[^·]{{3,40}}?){_DOT}(?:\W{{0,8}}|Public|Shared with.{{0,20}})")
_NUMBERS = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_AGO = re.compile(rf"{_S}\d{{1,2}}[ ]?[^\W\d_]{{1,4}}\.?{_S}")
_TIME = re.compile(r"\d{1,2}[:.٫]\d{2}(?::\d{2})?")
_LINKING = 8  # letters of the words around a time, such as "at" and "PM"
_FOOT = re.compile(rf"{_S}\d{{1,2}}[:.٫]\d{{2}}[^·]{{0,12}}{_DOT}(?P<date>[^·]{{4,40}}?)(?:{_DOT}.{{0,60}})?")


def find(text: str) -> Iterator[Byline]:
    """The bylines in a text, in order."""
    lines = _lines(text)
    stop = 0
    for place in range(len(lines)):
        byline = _read(lines, place) if lines[place].start >= stop else None
        if byline:
            yield byline
            stop = byline.stop


def footer(text: str, start: int = 0, stop: int | None = None) -> Byline | None:
    """The line below a post that has its time and day, "8:15 PM · Nov 17, 2025 · 1.2M Views"."""
    for line in _lines(text[start:stop]):
        found = _FOOT.fullmatch(line.words) if len(line.words) <= _LONGEST_LINE else None
        if found and _only_a_day(found["date"]):
            return Byline(start + line.start, start + line.stop, posted_on=_day(found["date"]))
    return None


def _lines(text: str) -> list[_Line]:
    lines, start = [], 0
    for words in text.split("\n"):
        lines.append(_Line(start, words))
        start += len(words) + 1
    return lines


def _read(lines: Sequence[_Line], place: int) -> Byline | None:
    line = lines[place]
    if found := _signed(line) or _told_by(line):
        return found
    if len(line.words) > _LONGEST_LINE:
        return None  # a byline is short, and a line of blanks takes long to look through
    return _headed(lines, place) or (_dated(lines, place) if place == 0 else None)


def _signed(line: _Line) -> Byline | None:
    """An embed: "— Name (@handle) November 17, 2025"; further words may stand before and after it."""
    bracket = _IN_BRACKETS.search(line.words)
    if not bracket:
        return None
    begin = max(0, bracket.start() - _LONGEST_NAME)
    dashes = list(_DASH.finditer(line.words, begin, bracket.start()))
    if not dashes:
        return None
    first = dashes[0] if dashes[0].start() == 0 else dashes[-1]
    after = line.words[bracket.end() : bracket.end() + _LONGEST_DATE]
    dated = next((each for each in dates.find(after) if not after[: each.start].strip(_BLANK)), None)
    if not dated and first.start() > 0:
        return None
    posted_on = (dated.iso or after[dated.start : dated.stop]) if dated else ""
    stop = line.start + bracket.end() + (dated.stop if dated else 0)
    author = line.words[first.end() : bracket.start()].strip(_BLANK)
    return Byline(
        line.start + first.start(), stop, author, bracket["handle"], posted_on, _site(bracket["handle"]), signs=True
    )


def _site(handle: str) -> str:
    """Handles of X are one word; those of other sites may name the site."""
    if handle.endswith(".bsky.social"):
        return "Bluesky"
    return "" if set(handle) & set(".@") else "X"


def _told_by(line: _Line) -> Byline | None:
    """A message of a chat or a channel: "Channel, [17.11.2025 20:15]", "[17/11/2025, 20:15:10] Name: …"."""
    for layout, platform in ((_TELEGRAM, "Telegram"), (_CHATTED, "WhatsApp")):
        found = layout.match(line.words[:_LONGEST_LINE])
        words = (found["date"] or found.groupdict().get("day") or "") if found else ""
        if found and (_day(words) or _NUMBERS.search(words)):
            day = _day(words) or words.strip(_BLANK)
            author = found["author"].strip(_BLANK)
            return Byline(line.start, line.start + found.end(), author, "", day, platform)
    return None


def _headed(lines: Sequence[_Line], place: int) -> Byline | None:
    """A post in the web application of X: "Name @handle · Nov 17", or each of these on a line."""
    line = lines[place]
    found = _ONE_LINE.fullmatch(line.words)
    if found and _only_a_day(found["date"]):
        return Byline(
            line.start,
            line.stop,
            found["author"].strip(_BLANK),
            found["handle"],
            _day(found["date"]),
            _site(found["handle"]),
        )
    name, below = line.words.strip(_BLANK), place + 1
    found = _HANDLE_LINE.fullmatch(lines[below].words) if below < len(lines) else None
    if not found or not name or len(name) > _LONGEST_NAME or name.endswith((".", ":", "…")):
        return None
    day, last = found["date"] or "", lines[below]
    if day and not _only_a_day(day):
        return None
    dotted = not day and below + 2 < len(lines) and _DOT_LINE.fullmatch(lines[below + 1].words)
    if dotted and _only_a_day(lines[below + 2].words):
        day, last = lines[below + 2].words, lines[below + 2]
    return Byline(line.start, last.stop, name, found["handle"], _day(day), _site(found["handle"]))


def _dated(lines: Sequence[_Line], place: int) -> Byline | None:
    """A post of Facebook: the name, and below it "17 November 2025 at 20:15 ·"."""
    below = lines[place + 1].words if place + 1 < len(lines) else ""
    found = _ABOVE_DOT.fullmatch(below) if len(below) <= _LONGEST_LINE else None
    name = lines[place].words.strip(_BLANK)
    if not found or not name or len(name) > _LONGEST_NAME or not _only_a_day(found["date"]):
        return None
    return Byline(lines[place].start, lines[place + 1].stop, name, "", _day(found["date"]), "Facebook")


def _only_a_day(words: str) -> bool:
    """Whether the words are a date, with a time at most, or how long ago it is: "8h"."""
    dated = next(iter(dates.find(words)), None)
    rest = words[: dated.start] + words[dated.stop :] if dated else ""
    return bool(_AGO.fullmatch(words)) or (dated is not None and len(_TIME.sub("", rest).strip(_BLANK)) <= _LINKING)


def _day(words: str) -> str:
    """The first day that is named, as ISO 8601 where it can be read in one way; otherwise its words."""
    dated = next(iter(dates.find(words)), None)
    return (dated.iso or words[dated.start : dated.stop]) if dated else ""
