"""The words of a letter as offices write them: DOCX, ODT and RTF. Pictures and formulas are left out."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.parsers import expat

from db.formats import ODT
from db.reading.archive import TORN, TooMuch, member
from db.reading.found import About, Limits, Part, Read, State, cut, facts, line
from db.reading.paper import Paper

TOOL = "Claimdesk letter 1"
_LARGEST = 64 << 20
_WORDS = {"t": "word", "p": "block", "h": "block", "tab": "tab", "br": "line", "line-break": "line", "tc": "cell",
          "table-cell": "cell", "tr": "row", "table-row": "row", "s": "space"}  # fmt: skip
_HEAD = {"title": None, "creator": About.AUTHOR, "initial-creator": About.AUTHOR, "created": About.CREATED,
         "creation-date": About.CREATED, "modified": About.CHANGED, "date": About.CHANGED,
         "generator": About.SOFTWARE, "Application": About.SOFTWARE}  # fmt: skip
_RTF = re.compile(
    r"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_RTF_UNSEEN = frozenset(("fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "themedata", "datastore"))


def read(file: Path, media_type: str, limits: Limits) -> Read:
    """Read a letter that is an archive of XML."""
    content, head = ("content.xml", "meta.xml") if media_type == ODT else ("word/document.xml", "docProps/core.xml")
    try:
        with zipfile.ZipFile(file) as archive:
            paper = Paper(limits.text)
            _parse(member(archive, content, _LARGEST, limits.ratio), _Body(paper))
            about = _About()
            if head in archive.namelist():
                _parse(member(archive, head, _LARGEST, limits.ratio), about)
            files = [each for each in archive.infolist() if not each.is_dir()][: limits.parts]
    except TooMuch:
        return Read(State.TOO_LARGE, TOOL)
    except (*TORN, expat.ExpatError):
        return Read(State.BROKEN, TOOL)
    text, state = cut(paper.text, limits)
    parts = tuple(Part(line(each.filename), "", each.file_size) for each in files)
    return Read(state, TOOL, text, about.title, facts(*about.told), parts)


class _Body:
    """Puts the words of the body down."""

    def __init__(self, paper: Paper) -> None:
        self._paper, self._open, self._in_word = paper, 0, 0

    def start(self, name: str) -> None:
        what = _WORDS.get(name, "")
        self._in_word += what == "word" or name in ("p", "h")
        if what in ("block", "line", "row"):
            self._paper.line()
        elif what in ("tab", "cell"):
            self._paper.tab()
        elif what == "space":
            self._paper.flow(" ")

    def end(self, name: str) -> None:
        self._in_word -= _WORDS.get(name) == "word" or name in ("p", "h")
        if name in ("p", "h"):
            self._paper.paragraph()

    def words(self, text: str) -> None:
        if self._in_word and not self._paper.full:
            self._paper.flow(text)


class _About:
    """Notes what the head of a letter claims."""

    def __init__(self) -> None:
        self.title = ""
        self.told: list[tuple[About, str]] = []
        self._name, self._said = "", ""

    def start(self, name: str) -> None:
        self._name, self._said = name, ""

    def end(self, name: str) -> None:
        about = _HEAD.get(name)
        if name == "title":
            self.title = line(self._said)
        elif about and self._name == name:
            self.told.append((about, self._said))

    def words(self, text: str) -> None:
        self._said += text[:1000]


def _parse(data: bytes, into: _Body | _About) -> None:
    """Walk through XML; one that declares things of its own is refused."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, _attributes: into.start(name.rpartition(" ")[2])
    parser.EndElementHandler = lambda name: into.end(name.rpartition(" ")[2])
    parser.CharacterDataHandler = into.words
    parser.StartDoctypeDeclHandler = _refuse
    parser.Parse(data, True)


def _refuse(*_told: object) -> None:
    raise ValueError("declarations")


def rtf(data: bytes, limits: Limits) -> Read:
    """Read the words of an RTF letter."""
    paper, depth, unseen, skip = Paper(limits.text), 0, 0, 0
    page = "cp1252"
    for found in _RTF.finditer(data.decode("latin-1")):
        word, number, byte, symbol, brace, words = found.groups()
        if brace:
            depth += 1 if brace == "{" else -1
            unseen = 0 if unseen > depth else unseen
        elif not unseen and (word in _RTF_UNSEEN or symbol == "*"):
            unseen = depth
        elif word == "ansicpg" and number:
            page = f"cp{int(number)}"
        elif not unseen:
            skip = _put(paper, (word, number, byte, symbol, words), page, skip)
        if paper.full:
            break
    text, state = cut(paper.text, limits)
    return Read(state, TOOL, text, "", facts((About.ENCODING, page)))


def _put(paper: Paper, piece: tuple[str | None, ...], page: str, skip: int) -> int:
    """Put a piece of an RTF letter down; returns how many characters that stand for it come next."""
    word, number, byte, symbol, words = piece
    if word == "u" and number:
        paper.verbatim(chr(int(number) % 0x10000))
        return 1
    if word in ("par", "line", "row"):
        paper.line()
    elif word in ("tab", "cell"):
        paper.tab()
    elif byte and not skip:
        paper.verbatim(_letter(byte, page))
    elif symbol in ("\\", "{", "}") or symbol == "~":
        paper.verbatim(" " if symbol == "~" else symbol)
    elif words:
        paper.verbatim(words[skip:])
    return 0


def _letter(byte: str, page: str) -> str:
    try:
        return bytes.fromhex(byte).decode(page, "replace")
    except LookupError:
        return bytes.fromhex(byte).decode("latin-1")
