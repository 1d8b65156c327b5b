"""A saved web page as text in reading order: no script, no style, no comment, nothing loaded."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from db.reading.charsets import Decoded, decode
from db.reading.found import About, Fact, Limits, Read, cut, facts, line
from db.reading.paper import Paper

TOOL = "Claimdesk HTML 1"
_UNSEEN = frozenset(("script", "style", "template", "noscript", "iframe", "object", "svg", "canvas", "audio", "video"))
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "ul",
))  # fmt: skip
_LINES = frozenset(("br", "tr", "li", "option", "legend", "thead", "tbody", "tfoot"))
_CAN_HIDE = frozenset((
    "div", "span", "section", "article", "aside", "ul", "ol", "table", "form", "nav", "footer", "header",
    "main", "a", "b", "i", "em", "strong", "button", "label", "figure", "details", "h1", "h2", "h3", "h4", "h5",
    "h6",
))  # fmt: skip
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{1,40})""", re.IGNORECASE)
_MARKED = re.compile(r"<!\[[^>]{0,200}>?")
_SAVED = re.compile(r"saved from url=\(\d+\)(\S+)")
_SINGLE_FILE = re.compile(r"url:\s*(\S+)\s+saved date:\s*([^\n]{1,80})")
_LD_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')
_ADDRESS = re.compile(r"(?:https?|ftp|mailto|tel|tg|whatsapp):", re.IGNORECASE)
_LOOK_FOR_META = 4096
_LONGEST_ADDRESS = 1000
_NAMES = {
    "og:url": About.OG_URL, "article:published_time": About.PUBLISHED, "datepublished": About.PUBLISHED,
    "date": About.PUBLISHED, "dc.date": About.PUBLISHED, "author": About.AUTHOR, "article:author": About.AUTHOR,
    "og:site_name": About.SITE,
}  # fmt: skip


def read(data: bytes, limits: Limits, declared: str = "") -> Read:
    """Read a page; `declared` is the encoding that whoever sent it told."""
    decoded = decode(data, declared, declared_in(data))
    page = parse(decoded.text, limits)
    text, state = cut(page.paper.text, limits)
    return Read(state, TOOL, text, page.title, page.facts(decoded))


def declared_in(data: bytes) -> str:
    """The encoding that a page says it has."""
    found = _META.search(data[:_LOOK_FOR_META])
    return found[1].decode("ascii") if found else ""


def parse(text: str, limits: Limits) -> Page:
    """Walk through a page as far as its text is kept."""
    page = Page(limits)
    try:
        page.feed(_MARKED.sub("", text))
        page.close()
    except _Enough:
        pass
    return page


class _Enough(Exception):
    """The paper is full."""


class Page(HTMLParser):
    """Follows the tags of a page, and never trusts them to match."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.paper = Paper(limits.text)
        self._told: dict[About, str] = {}
        self._titles: list[str] = []
        self._unseen, self._nested, self._passed = "", 0, 0
        self._in_title = self._verbatim = False
        self._script = ""
        self._links: list[tuple[str, int]] = []

    @property
    def title(self) -> str:
        """What the page calls itself."""
        return line("".join(self._titles)) or self._told.get(About.NOTE, "")

    def facts(self, decoded: Decoded) -> tuple[Fact, ...]:
        """What the page says of itself."""
        told = [(about, value) for about, value in self._told.items() if about is not About.NOTE]
        hidden = [(About.HIDDEN, str(self._passed))] if self._passed else []
        return facts(*told, *hidden, (decoded.fact.about, decoded.fact.value))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin what a tag begins."""
        values = {name: value or "" for name, value in reversed(attrs)}
        if self._unseen:
            self._nested += tag == self._unseen
            return
        if tag in _UNSEEN or (tag in _CAN_HIDE and _is_hidden(values)):
            self._unseen, self._nested = tag, 1
            self._passed += tag not in _UNSEEN
            self._script = values.get("type", "") if tag == "script" else ""
            return
        if tag in ("meta", "link", "html"):
            self._head(tag, values)
        self._in_title = tag == "title" and not self._titles
        self._break(tag)
        if tag in ("td", "th"):
            self.paper.tab()
        elif tag == "a":
            self._links.append((_address(values.get("href", "")), self.paper.mark))
        elif tag == "img" and (words := line(values.get("alt", ""))):
            self.paper.flow(f"[{words}]")
        elif tag == "li":
            self.paper.verbatim("• ")
        self._verbatim = self._verbatim or tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        """End what it ends."""
        if self._unseen:
            self._nested -= tag == self._unseen
            if not self._nested:
                self._unseen = ""
            return
        self._in_title = False
        if tag == "a" and self._links:
            self._close_link(*self._links.pop())
        if tag == "pre":
            self._verbatim = False
        self._break(tag)

    def handle_data(self, data: str) -> None:
        """Put words down, where they can be seen."""
        if self._unseen:
            if "json" in self._script and (found := _LD_DATE.search(data)):
                self._told.setdefault(About.PUBLISHED, found[1])
            return
        if self._in_title:
            self._titles.append(data)
            return
        if self._verbatim:
            self.paper.verbatim(data)
        else:
            self.paper.flow(data)
        if self.paper.full:
            raise _Enough

    def handle_comment(self, data: str) -> None:
        """Browsers note in a comment where a page was saved from; nothing else of comments is looked at."""
        if found := _SAVED.search(data[:2000]):
            self._told.setdefault(About.SAVED_FROM, found[1])
        elif "SingleFile" in data[:200] and (found := _SINGLE_FILE.search(data[:2000])):
            self._told.setdefault(About.SAVED_FROM, found[1])
            self._told.setdefault(About.SAVED_ON, found[2])

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.paper.paragraph()
        elif tag in _LINES:
            self.paper.line()

    def _head(self, tag: str, values: dict[str, str]) -> None:
        if tag == "link" and "canonical" in values.get("rel", "").lower().split():
            self._told.setdefault(About.CANONICAL, values.get("href", ""))
        elif tag == "html":
            self._told.setdefault(About.LANGUAGE, values.get("lang", ""))
        name = (values.get("property") or values.get("name") or values.get("itemprop") or "").lower()
        if name == "og:title":
            self._told.setdefault(About.NOTE, line(values.get("content", "")))
        elif about := _NAMES.get(name):
            self._told.setdefault(about, values.get("content", ""))

    def _close_link(self, address: str, mark: int) -> None:
        """Say where a link leads, unless its words do."""
        words = self.paper.since(mark).strip()
        bare = address.removeprefix("mailto:").removeprefix("tel:")
        if address and words and words not in (address, bare, address.rstrip("/")):
            self.paper.flow(f" <{address}>")


def _is_hidden(values: dict[str, str]) -> bool:
    return "hidden" in values or _HIDDEN_STYLE.search(values.get("style", "")[:2000]) is not None


def _address(href: str) -> str:
    """Where a link leads, where that is an address that people know; a place in the page or a script is none."""
    address = line(href)
    return address if _ADDRESS.match(address) and len(address) <= _LONGEST_ADDRESS else ""
