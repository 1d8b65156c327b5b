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
_WORDS = {"p": "block", "h": "block", "tab": "tab", "br": "line", "line-break": "line", "tc": "cell",
          "table-cell": "cell", "tr": "row", "table-row": "row", "s": "space", "noBreakHyphen": "hyphen"}  # fmt: skip
_STRUCK = ("tracked-changes", "del")  # what the letter says no longer
_HEAD = {"title": None, "creator": About.AUTHOR, "initial-creator": About.AUTHOR, "created": About.CREATED,
         "creation-date": About.CREATED, "modified": About.CHANGED, "date": About.CHANGED,
         "generator": About.SOFTWARE, "Application": About.SOFTWARE}  # fmt: skip
_RTF = re.compile(
    r"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_RTF_SIGNS = {"endash": "–", "emdash": "—", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
              "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "zwj": "\u200d", "zwnj": "\u200c",
              "ltrmark": "\u200e", "rtlmark": "\u200f"}  # fmt: skip
_RTF_SYMBOLS = {"\\": "\\", "{": "{", "}": "}", "~": "\u00a0", "_": "\u2011"}
_RTF_UNSEEN = frozenset(("fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "themedata", "datastore"))


def read(file: Path, media_type: str, limits: Limits) -> Read:
    """Read a letter that is an archive of XML."""
    content, head = ("content.xml", "meta.xml") if media_type == ODT else ("word/document.xml", "docProps/core.xml")
    try:
        with zipfile.ZipFile(file) as archive:
            paper = Paper(limits.text)
            worded = ("p", "h") if media_type == ODT else ("t",)
            _parse(member(archive, content, _LARGEST, limits.ratio), _Body(paper, worded))
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
    """Puts the words of the body down, those within the elements `worded`; not what was struck out of it."""

    def __init__(self, paper: Paper, worded: tuple[str, ...]) -> None:
        self._paper, self._worded = paper, worded
        self._in_word = self._struck = 0

    def start(self, name: str) -> None:
        what = _WORDS.get(name, "")
        self._in_word += name in self._worded
        self._struck += name in _STRUCK
        if self._struck:
            return
        if what in ("block", "line", "row"):
            self._paper.line()
        elif what in ("tab", "cell"):
            self._paper.tab()
        elif what == "space":
            self._paper.flow(" ")
        elif what == "hyphen":
            self._paper.flow("\u2011")

    def end(self, name: str) -> None:
        self._in_word -= name in self._worded
        self._struck -= name in _STRUCK
        if name in ("p", "h") and not self._struck:
            self._paper.paragraph()

    def words(self, text: str) -> None:
        if self._in_word and not self._struck and not self._paper.full:
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
    paper, depth, unseen = Paper(limits.text), 0, 0
    letter = _Rtf(paper)
    for found in _RTF.finditer(data.decode("latin-1")):
        word, number, byte, symbol, brace, words = found.groups()
        if brace:
            depth += 1 if brace == "{" else -1
            letter.turn(brace)
            unseen = 0 if unseen > depth else unseen
        elif not unseen and (word in _RTF_UNSEEN or symbol == "*"):
            unseen = depth
        elif not unseen:
            letter.put(word or "", int(number or 0), byte or "", symbol or "", words or "")
        if paper.full:
            break
    text, state = cut(paper.text, limits)
    return Read(state, TOOL, text, "", facts((About.ENCODING, letter.page)))


class _Rtf:
    """Puts the words of an RTF letter down (Rich Text Format 1.9.1, "Unicode RTF").

    After a letter by its number come so many characters for programs that do not know it; how many, each group says.
    """

    def __init__(self, paper: Paper) -> None:
        self.page = "cp1252"
        self._paper = paper
        self._counts, self._skip, self._high = [1], 0, ""

    def turn(self, brace: str) -> None:
        """A group begins or ends."""
        self._skip = 0
        if brace == "{":
            self._counts.append(self._counts[-1])
        elif len(self._counts) > 1:
            self._counts.pop()

    def put(self, word: str, number: int, byte: str, symbol: str, words: str) -> None:
        """Put a piece down: a control word with its number, a byte, a symbol, or plain words."""
        if word == "uc":
            self._counts[-1] = max(0, min(number, 100))
        elif word == "u":
            self._unit(number % 0x10000)
            self._skip = self._counts[-1]
        elif word == "ansicpg":
            self.page = f"cp{number}"
        elif words:
            left = words[self._skip :]
            self._skip = max(0, self._skip - len(words))
            self._paper.verbatim(left)
        elif self._skip:
            self._skip -= 1
        elif word in ("par", "line", "row"):
            self._paper.line()
        elif word in ("tab", "cell"):
            self._paper.tab()
        else:
            self._paper.verbatim(
                _letter(byte, self.page) if byte else _RTF_SIGNS.get(word, _RTF_SYMBOLS.get(symbol, ""))
            )

    def _unit(self, unit: int) -> None:
        """A letter, or half of one beyond the first plane, as UTF-16 has it."""
        if 0xD800 <= unit < 0xDC00:
            self._high = chr(unit)
            return
        pair = (self._high + chr(unit)).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        self._high = ""
        self._paper.verbatim(pair)


def _letter(byte: str, page: str) -> str:
    try:
        return bytes.fromhex(byte).decode(page, "replace")
    except LookupError:
        return bytes.fromhex(byte).decode("latin-1")
