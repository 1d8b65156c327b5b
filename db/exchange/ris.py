"""RIS: sources as Zotero, EndNote and their like exchange them, a tag and a text on each line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from db import times
from db.errors import Unreadable
from db.exchange import works
from db.exchange.elsewhere import MOST_ITEMS, refuse_a_swarm
from db.exchange.works import CONTAINED, KINDS, RIS_TYPES, Works
from db.sources import SourceDraft
from db.vocabulary import SourceKind

_LINE = re.compile(r"([A-Z][A-Z0-9])[ ]{1,2}-(?:[ ](.*)|)", re.DOTALL)
_GOES_ON = "      "  # what a line begins with that belongs to the text above it
_TITLE, _CONTAINER = ("TI", "T1", "CT"), ("T2", "JF", "JO", "JA")
_AUTHORS, _NOTES = ("AU", "A1"), ("AB", "N2", "N1")
_ONE: Mapping[str, str] = MappingProxyType({"archived_url": "AV", "language": "LA"})
_DATES, _ACCESSED = ("DA", "PY", "Y1"), ("Y2",)
_TAKEN = frozenset(
    (
        "TY",
        "ER",
        "ID",
        "UR",
        "DO",
        "PB",
        "M3",
        *_TITLE,
        *_CONTAINER,
        *_AUTHORS,
        *_NOTES,
        *_ONE.values(),
        *_DATES,
        *_ACCESSED,
    )
)
_SOMETIMES = ("AV", "DO", "M3", "PB")
_Record = dict[str, list[str]]


def write(found: Iterable[SourceDraft]) -> Iterator[str]:
    """The sources as RIS, piece by piece."""
    yield "\r\n"
    for source in found:
        lines = [f"{tag}  - {_value(text)}" for tag, text in _tags(source) if text]
        yield "\r\n".join([*lines, "ER  - ", "", ""])


def read(text: str, origin: Path) -> Works:
    """The works of a RIS text; raises `Unreadable` for what is none, or too much."""
    refuse_a_swarm(text, "\n\r", origin)
    records = list(_records(text))
    if not any("TY" in record for record in records):
        raise Unreadable(origin, "no RIS")
    if len(records) > MOST_ITEMS:
        raise Unreadable(origin, "too many")
    drafts = tuple(map(_draft, records))
    ignored = {tag for record in records for tag in record if tag not in _TAKEN}
    for record, draft in zip(records, drafts, strict=True):
        ignored |= {tag for tag in _SOMETIMES if not works.says(draft, _first(record, tag))}
    return Works(drafts, tuple(sorted(ignored)))


def _tags(source: SourceDraft) -> Iterator[tuple[str, str]]:
    yield "TY", RIS_TYPES[source.kind]
    yield "TI", source.title
    yield from (("AU", each.text) for each in works.authors(source.author))
    yield "T2" if source.kind in CONTAINED else "PB", source.publisher
    year, *_ = works.day(source.published_on) or ("",)
    yield "PY", year
    yield "DA", _date(source.published_on)
    yield "Y2", _date(source.accessed_on)
    yield "UR", source.url
    yield from ((tag, getattr(source, name)) for name, tag in _ONE.items())
    yield "N1", source.note


def _date(words: str) -> str:
    """Year, month and day with slashes between them; words that are no date stand in the fourth place."""
    parts = works.day(words)
    rest = "" if parts or not words.strip() else words
    return "/".join((*parts, "", "", "", "")[:3]) + f"/{rest}" if parts or rest else ""


def _value(text: str) -> str:
    return f"\r\n{_GOES_ON}".join(re.split(r"\r\n|\r|\n", text))


def _records(text: str) -> Iterator[_Record]:
    record: _Record = {}
    last: list[str] = []
    for line in re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")):
        tagged = _LINE.fullmatch(line)
        if tagged and tagged[1] in ("TY", "ER"):
            if record:
                yield record
            record, last = {}, []
        if tagged and tagged[1] != "ER":
            last = record.setdefault(tagged[1], [])
            last.append(tagged[2] or "")
        elif not tagged and last and record:
            last[-1] += "\n" + line.removeprefix(_GOES_ON)
    if record:
        yield record


def _draft(record: Mapping[str, list[str]]) -> SourceDraft:
    doi, url = _first(record, "DO").strip(), _first(record, "UR").strip()
    kind = KINDS.get(_first(record, "TY").strip().upper(), SourceKind.OTHER)
    if kind is SourceKind.REPORT and _first(record, "M3").strip().casefold() == SourceKind.OFFICIAL_RECORD:
        kind = SourceKind.OFFICIAL_RECORD
    names = [name for tag in _AUTHORS for each in record.get(tag, ()) if (name := each.strip())]
    notes = [note.strip("\n") for tag in _NOTES for note in record.get(tag, ()) if note.strip()]
    return SourceDraft(
        title=_first(record, *_TITLE).strip() or url,
        kind=kind,
        url=url or (f"https://doi.org/{doi}" if doi else ""),
        archived_url=works.address(_first(record, "AV")),
        author="; ".join(names),
        publisher=_first(record, *_CONTAINER, "PB").strip(),
        published_on=_when(_first(record, *_DATES)),
        accessed_on=_when(_first(record, *_ACCESSED)),
        language=_first(record, "LA").strip(),
        note="\n\n".join(dict.fromkeys(notes)),
    )


def _first(record: Mapping[str, list[str]], *tags: str) -> str:
    return next((text for tag in tags for text in record.get(tag, ()) if text.strip()), "")


def _when(text: str) -> str:
    """A date of RIS; one that is none of its kind keeps its words."""
    plain = text.strip()
    year, month, day, rest = (*plain.split("/", 3), "", "", "")[:4]
    if rest.strip() and (times.parse(rest.strip()).known or not year.strip()):
        return rest.strip()
    return works.when((year, month, day)) or plain
