"""Social posts as they are pasted, an embed or what an application copies: author, day and words told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser

from db.texts import bylines
from db.texts.bylines import Byline

_EMBED, _HEAD, _LONGEST_CODE = re.compile(r"<blockquote\b[^>]*>"), 2_000, 50_000


class Platform(StrEnum):
    """Where a post was made, as it is called there; empty where nothing tells."""

    X = "X"
    TELEGRAM = "Telegram"
    FACEBOOK = "Facebook"
    WHATSAPP = "WhatsApp"
    BLUESKY = "Bluesky"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Post:
    """What a pasted post says of itself; what it does not is empty. `posted_on` is ISO 8601, or its words."""

    author: str = ""
    handle: str = ""
    posted_on: str = ""
    text: str = ""
    links: tuple[str, ...] = ()
    cut_off: bool = False
    platform: Platform = Platform.UNKNOWN

    @property
    def url(self) -> str:
        """The address of the post itself among its links, where it is there."""
        return next((link for link in self.links if _OF_A_POST.search(link)), "")

    @property
    def byline(self) -> str:
        """The author with the handle, as one name."""
        handle = f"@{self.handle}" if self.handle else ""
        return f"{self.author} ({handle})" if self.author and handle else self.author or handle


@dataclass(frozen=True, slots=True)
class Found:
    """A post in a longer text, from the code point `start` to before `stop`."""

    post: Post
    start: int
    stop: int


_LINK = re.compile(
    r"(?:https?://|(?<![\w./@])(?:pic\.(?:twitter|x)\.com|t\.co|t\.me|x\.com|twitter\.com|youtu\.be)/)[^\s<>«»“”\"]+"
)
_PICTURE = re.compile(r"(?:https?://)?(?:pic\.(?:twitter|x)\.com|t\.co)/\w+[\u200e\u200f]*$")
_OF_A_POST = re.compile(
    r"(?:x|twitter)\.com/\w+/status/\d+|t\.me/[\w/]+/\d+|facebook\.com/.+/(?:posts|videos|permalink)/", re.IGNORECASE
)
_CUT = re.compile(
    r"(?:…|\.\.\.|\[…\])[\s\u200e\u200f”\"]*$|^\s*(?:Show|See|Read) more\s*\Z", re.IGNORECASE | re.MULTILINE
)
_WORD = re.compile(r"\S+")
_AROUND_A_LINK = ".,;:!?)]}،؛؟۔…\u200e\u200f"
_HOSTS = (
    (Platform.X, re.compile(r"(?:^|//)(?:x\.com|twitter\.com|pic\.twitter\.com|pic\.x\.com|t\.co)/")),
    (Platform.TELEGRAM, re.compile(r"(?:^|//)t\.me/")),
    (Platform.FACEBOOK, re.compile(r"//(?:\w+\.)?(?:facebook\.com|fb\.watch)/")),
)
_MOST_LINES, _MOST_SIGNS = 40, 1_200  # an embed shows some three hundred characters of a post
_NEAR_THE_END = 80


def parse(text: str) -> Post:
    """Read a text that is one post. Whatever is no name, handle, date or picture link of it stays in its `text`.

    Of the code of an embed, as sites give it, the words are read.
    """
    if len(text) < _LONGEST_CODE and _EMBED.search(text[:_HEAD]):
        text = _words(text)
    first = next(bylines.find(text), None)
    if first is None:
        return _post(Byline(0, 0), text)
    rest = _joined(text[: first.start], text[first.stop :])
    below = bylines.footer(rest) if not first.posted_on else None
    if below:
        rest = _joined(rest[: below.start], rest[below.stop :])
    return _post(first, rest, below.posted_on if below else "")


class _Words(HTMLParser):
    """The words of the code of an embed."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self._script = "", False

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        """A line break, or a script, which says nothing."""
        self.words += "\n" if tag == "br" else ""
        self._script = tag == "script"

    def handle_endtag(self, tag: str) -> None:
        """The end of a paragraph, or of a script."""
        self.words += "\n" if tag == "p" else ""
        self._script = self._script and tag != "script"

    def handle_data(self, data: str) -> None:
        """Words, with the signs in them decoded."""
        self.words += "" if self._script else data


def _words(code: str) -> str:
    reader = _Words()
    reader.feed(code)
    reader.close()
    return reader.words.strip()


def find(text: str) -> tuple[Found, ...]:
    """The posts in a longer text, such as an article with embeds, in order."""
    marks = list(bylines.find(text))
    gap = "\n\n" if "\n\n" in text else "\n"
    found: list[Found] = []
    for place, mark in enumerate(marks):
        floor = found[-1].stop if found else 0
        ceiling = marks[place + 1].start if place + 1 < len(marks) else len(text)
        if mark.start >= floor:
            start, stop = _around(text, mark, (floor, ceiling), gap)
            found.append(Found(parse(text[start:stop]), start, stop))
    return tuple(found)


def _post(mark: Byline, text: str, posted_on: str = "") -> Post:
    links = tuple(dict.fromkeys(link.rstrip(_AROUND_A_LINK) for link in _LINK.findall(text)))
    words = _without_pictures(text.strip())
    platform = Platform(mark.platform) if mark.platform else _platform(links)
    return Post(mark.author, mark.handle, mark.posted_on or posted_on, words, links, cut_off(words), platform)


def cut_off(words: str) -> bool:
    """Whether words end before what they are taken from: in an ellipsis, or in "Show more"."""
    return bool(_CUT.search(words[-_NEAR_THE_END:]))


def _without_pictures(text: str) -> str:
    """A text without the links at its end that stand for pictures and cards."""
    stop = len(text)
    for word in reversed(list(_WORD.finditer(text))):
        link = _PICTURE.search(word[0])
        if not link or (link.start() and word[0][link.start() - 1] != "…"):
            break
        stop = word.start() + link.start()
        if link.start():
            break
    return text[:stop].rstrip()


def _platform(links: tuple[str, ...]) -> Platform:
    """The platform to which all links of a text lead that lead to one."""
    told = {platform for link in links for platform, host in _HOSTS if host.search(link)}
    return told.pop() if len(told) == 1 else Platform.UNKNOWN


def _joined(before: str, after: str) -> str:
    return "\n".join(part for part in (before.rstrip(), after.strip()) if part.strip())


def _around(text: str, mark: Byline, limits: tuple[int, int], gap: str) -> tuple[int, int]:
    """Where the post stands that a byline belongs to; `gap` is what parts the paragraphs."""
    floor, ceiling = limits
    if not mark.signs:  # it heads its post
        below = bylines.footer(text, mark.stop, ceiling)
        return mark.start, below.stop if below else mark.stop + len(text[mark.stop : ceiling].rstrip())
    above = text[floor : mark.start].rstrip()
    cut = above.rfind(gap)
    start = floor + (cut + len(gap) if cut >= 0 else len(above) - len(above.lstrip()))
    ended = _PICTURE.search(above[-_NEAR_THE_END:])
    return start, mark.stop if ended else _below(text, mark.stop, ceiling)


def _below(text: str, place: int, ceiling: int) -> int:
    """Where a post ends that goes on below its byline: with a picture link or an ellipsis of its own."""
    stop = place
    for line in text[place : min(ceiling, place + _MOST_SIGNS)].split("\n")[:_MOST_LINES]:
        stop += len(line)
        if _PICTURE.search(line.rstrip()) or line.rstrip().endswith("…"):
            of_next = ceiling < len(text) and not text[stop:ceiling].strip()
            return place if of_next else stop
        stop += 1
    return place
