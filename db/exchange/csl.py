"""CSL-JSON: sources as the Citation Style Language has them, for Zotero, pandoc and their like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from db.errors import Unreadable
from db.exchange import jsontext, works
from db.exchange.elsewhere import MOST_ITEMS
from db.exchange.works import CONTAINED, CSL_TYPES, KINDS, Named, Works
from db.kinds import Json
from db.sources import Source, SourceDraft
from db.vocabulary import SourceKind

_ARCHIVES = ("archive_location", "archive")
_SOMETIMES = ("DOI", "genre", "publisher", *_ARCHIVES)
_TAKEN = frozenset(
    ("id", "type", "title", "author", "container-title", "publisher", "issued", "accessed", "URL", "DOI", "archive",
    "archive_location", "language", "abstract", "note", "genre")
)  # fmt: skip
_PARTS = ("non-dropping-particle", "family")


def write(found: Iterable[Source]) -> Iterator[str]:
    """The sources as one CSL-JSON text, piece by piece."""
    mark = "[\n"
    for source in found:
        yield mark + jsontext.written(_item(source))
        mark = ",\n"
    yield "[]\n" if mark == "[\n" else "\n]\n"


def read(data: bytes, origin: Path) -> Works:
    """The works of a CSL-JSON text; raises `Unreadable` for what is none, or too much."""
    value = jsontext.parse(data, origin)
    if isinstance(value, Mapping):
        value = value.get("items", [value])
    items = [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
    if not any("type" in each for each in items):
        raise Unreadable(origin, "no CSL")
    if len(items) > MOST_ITEMS:
        raise Unreadable(origin, "too many")
    drafts = tuple(map(_draft, items))
    ignored = {name for each in items for name, said in each.items() if said and name not in _TAKEN}
    for each, draft in zip(items, drafts, strict=True):
        ignored |= {name for name in _SOMETIMES if not works.says(draft, _text(each.get(name)))}
    return Works(drafts, tuple(sorted(ignored)))


def _item(source: Source) -> Mapping[str, Json]:
    said: dict[str, Json] = {
        "id": source.id,
        "type": CSL_TYPES[source.kind],
        "title": source.title,
        "genre": str(source.kind) if source.kind is SourceKind.OFFICIAL_RECORD else "",
        "author": [_name(each) for each in works.authors(source.author)],
        "container-title" if source.kind in CONTAINED else "publisher": source.publisher,
        "issued": _date(source.published_on),
        "accessed": _date(source.accessed_on),
        "URL": source.url,
        "archive_location": source.archived_url,
        "language": source.language,
        "note": source.note,
    }
    return {name: value for name, value in said.items() if value}


def _name(name: Named) -> Json:
    return {"family": name.family, "given": name.given} if name.given else {"literal": name.family}


def _date(words: str) -> Json:
    parts = works.day(words)
    if parts:
        return {"date-parts": [[int(part) for part in parts]]}
    return {"literal": words} if words.strip() else {}


def _draft(item: Mapping[str, Json]) -> SourceDraft:
    kind = KINDS.get(_text(item.get("type")).casefold(), SourceKind.OTHER)
    if kind is SourceKind.REPORT and _text(item.get("genre")).casefold() == SourceKind.OFFICIAL_RECORD:
        kind = SourceKind.OFFICIAL_RECORD
    doi, url = _text(item.get("DOI")), _text(item.get("URL"))
    notes = [text for name in ("abstract", "note") if (text := _text(item.get(name)))]
    places = [text for name in _ARCHIVES if (text := works.address(_text(item.get(name))))]
    return SourceDraft(
        title=_text(item.get("title")) or url,
        kind=kind,
        url=url or (f"https://doi.org/{doi}" if doi else ""),
        archived_url=next(iter(places), ""),
        author="; ".join(_people(item)),
        publisher=_text(item.get("container-title")) or _text(item.get("publisher")),
        published_on=_when(item.get("issued")),
        accessed_on=_when(item.get("accessed")),
        language=_text(item.get("language")),
        note="\n\n".join(dict.fromkeys(notes)),
    )


def _people(item: Mapping[str, Json]) -> Iterator[str]:
    given = item.get("author")
    for each in given if isinstance(given, list) else [given]:
        if isinstance(each, Mapping):
            family = " ".join(text for part in _PARTS if (text := _text(each.get(part))))
            first = " ".join(text for part in ("given", "dropping-particle") if (text := _text(each.get(part))))
            name = _text(each.get("literal")) or (Named(family, first).text if family else first)
        else:
            name = _text(each)
        if name:
            yield name


def _when(value: Json) -> str:
    """A date of CSL: a day, an interval, or the words it was given in."""
    if not isinstance(value, Mapping):
        return _text(value)
    given = value.get("date-parts")
    ends = [_day(each) for each in given] if isinstance(given, list) else []
    days = [each for each in ends if each]
    words = _text(value.get("literal")) or _text(value.get("raw"))
    if not days or len(days) < len(ends):
        return words
    said = "/".join(days[:2])
    return f"circa {said}" if value.get("circa") not in (None, False, "0", "false", "") else said


def _day(value: Json) -> str:
    return works.when([str(part) for part in value if part is not None]) if isinstance(value, list) else ""


def _text(value: Json) -> str:
    return value.strip("\n ") if isinstance(value, str) else ""
