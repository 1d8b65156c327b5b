"""Bibliography: a source as a reference in one of the styles that desks use, as plain text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType

from db.sources import SourceDraft
from db.vocabulary import SourceKind

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].*)?)?)?")
_INVERTED = re.compile(r"([^,;()]+), ([^,;()]+)")
_WHOLE = (SourceKind.REPORT, SourceKind.OFFICIAL_RECORD, SourceKind.OTHER)  # works that stand alone, without quotes
_FORMS: Mapping[SourceKind, str] = MappingProxyType(
    {
        SourceKind.POST: "Post",
        SourceKind.INTERVIEW: "Interview",
        SourceKind.IMAGE: "Image",
        SourceKind.VIDEO: "Video",
    }
)


class Style(StrEnum):
    """A way of citing."""

    DESK = "desk"
    CHICAGO = "chicago"
    APA = "apa"
    GOST = "gost"


def cite(source: SourceDraft, style: Style) -> str:
    """The source as a reference. Words that run from right to left are isolated, so that the rest stays in order."""
    return _STYLES[style](
        replace(
            source,
            title=_line(source.title),
            url=_line(source.url),
            archived_url=_line(source.archived_url),
            author=_line(source.author),
            publisher=_line(source.publisher),
        )
    )


def people(author: str) -> tuple[str, ...]:
    """The authors that a field of authors names, which are parted by semicolons."""
    return tuple(name for each in author.split(";") if (name := each.strip()))


def _desk(source: SourceDraft) -> str:
    authors = " and ".join(_isolated(_forward(name)) for name in people(source.author))
    title = _isolated(f"“{_plain(source.title)}”")
    head = f"{authors}: {title}" if authors else title
    issued = ", ".join(filter(None, (_isolated(source.publisher), _said(source.published_on))))
    accessed = f"Accessed {_said(source.accessed_on)}" if source.accessed_on else ""
    archived = f"Archived: {source.archived_url}" if source.archived_url else ""
    return _sentences(head, issued, _address(source.url), _address(archived), accessed)


def _chicago(source: SourceDraft) -> str:
    """Notes of the Chicago Manual of Style."""
    authors = _listed([_isolated(_forward(name)) for name in people(source.author)], "and")
    issued = [_isolated(source.publisher), _month_first(source.published_on)]
    rest = [f"archived at {source.archived_url}" if source.archived_url else ""]
    rest += [f"accessed {_month_first(source.accessed_on)}" if source.accessed_on else ""]
    title = _plain(source.title)
    if source.kind in _WHOLE:
        inner = ", ".join(filter(None, issued))
        named = _isolated(title) + (f" ({inner})" if inner else "")
        return _sentences(", ".join(filter(None, (authors, named, source.url, *rest))))
    after = [part for part in (*issued, source.url, *rest) if part]
    mark = "" if title.endswith(("?", "!", "…")) else "," if after else "."
    quoted = _isolated(f"“{_inner(title)}{mark}”")
    return _sentences(f"{authors}, {quoted}" if authors else quoted, joined=", ".join(after))


def _apa(source: SourceDraft) -> str:
    """The manual of the American Psychological Association, seventh edition."""
    authors = _listed([_isolated(_initials(name, "{0}, {1}")) for name in people(source.author)], "&", before=",")
    form = f" [{_FORMS[source.kind]}]" if source.kind in _FORMS else ""
    title, when = _isolated(_plain(source.title)) + form, f"({_year_first(source.published_on) or 'n.d.'})"
    head = (authors.rstrip("."), f"{when}. {title}") if authors else (f"{title}. {when}",)
    url = f"Retrieved {_month_first(source.accessed_on)}, from {source.url}" if source.accessed_on else source.url
    archived = f"Archived at {source.archived_url}" if source.archived_url else ""
    return _sentences(*head, _isolated(source.publisher), _address(url), _address(archived))


def _gost(source: SourceDraft) -> str:
    """ГОСТ Р 7.0.5-2008, a reference in full."""
    authors = ", ".join(_isolated(_initials(name, "{0} {1}")) for name in people(source.author))
    title = _isolated(_plain(source.title)) + (" [Электронный ресурс]" if source.url else "")
    title += f" // {_isolated(source.publisher)}" if source.publisher else ""
    accessed = f" (дата обращения: {_dotted(source.accessed_on)})" if source.accessed_on else ""
    url = f"URL: {source.url}{accessed}" if source.url else ""
    archived = f"Архивная копия: {source.archived_url}" if source.archived_url else ""
    return _sentences(
        authors, title, _dotted(source.published_on), url if accessed else _address(url), _address(archived)
    )


_STYLES: Mapping[Style, Callable[[SourceDraft], str]] = MappingProxyType(
    {Style.DESK: _desk, Style.CHICAGO: _chicago, Style.APA: _apa, Style.GOST: _gost}
)
_OPEN = "\0"  # after an address, where a full stop would be taken for a part of it


def _address(text: str) -> str:
    return text + _OPEN if text else ""


def _sentences(*parts: str, joined: str = "") -> str:
    """The parts that are there, each with a full stop unless it ends in a sign of its own; after `joined` one too."""
    ended = [_ended(part) for part in parts if part]
    if joined:
        ended = [*(part.removesuffix(".") for part in ended), _ended(joined)]
    return " ".join(ended)


def _ended(part: str) -> str:
    if part.endswith(_OPEN):
        return part.removesuffix(_OPEN)
    bare = part.rstrip("”\u2069")
    return part if bare.endswith((".", "?", "!", "…", "؟", "۔", "।")) else f"{part}."


def _listed(names: Sequence[str], word: str, before: str = "") -> str:
    """Names as a list: "A and B", "A, B, and C"."""
    if len(names) < 2:
        return "".join(names)
    comma = "," if len(names) > 2 else before
    return f"{', '.join(names[:-1])}{comma} {word} {names[-1]}"


def _forward(name: str) -> str:
    """A name in the order in which it is said: "Adams, Sarah" is Sarah Adams."""
    found = _INVERTED.fullmatch(name)
    return f"{found[2]} {found[1]}" if found else name


def _initials(name: str, form: str) -> str:
    """A name that is given as "Adams, Sarah" with initials; any other as it stands, since it may be no person's."""
    found = _INVERTED.fullmatch(name)
    if not found:
        return name.replace("(@", "[@").replace(")", "]") if "(@" in name else name
    letters = [f"{part[0]}." for part in re.split(r"[\s-]+", found[2].strip()) if part]
    return form.format(found[1], " ".join(letters))


def _said(when: str) -> str:
    year, month, day = _parts(when)
    return " ".join(filter(None, (str(int(day)) if day else "", _named(month), year))) or _line(when)


def _month_first(when: str) -> str:
    year, month, day = _parts(when)
    return f"{_named(month)} {int(day)}, {year}" if day else _said(when)


def _year_first(when: str) -> str:
    year, month, day = _parts(when)
    return f"{year}, {_named(month)}{f' {int(day)}' if day else ''}" if month else year or _line(when)


def _dotted(when: str) -> str:
    return ".".join(filter(None, reversed(_parts(when)))) or _line(when)


def _parts(when: str) -> tuple[str, str, str]:
    """Year, month and day of a date that is one; an interval, or other words, have none."""
    found = _DAY.fullmatch(when.strip())
    if not found or not 1 <= int(found[2] or 1) <= len(_MONTHS):
        return "", "", ""
    return found[1], found[2] or "", found[3] or ""


def _named(month: str) -> str:
    return _MONTHS[int(month) - 1] if month else ""


def _line(text: str) -> str:
    return " ".join(text.split())


def _plain(title: str) -> str:
    return title.rstrip(". ") or title


def _inner(title: str) -> str:
    """Quotation marks within a title that stands in quotation marks itself."""
    return title.replace("“", "‘").replace("”", "’")


def _isolated(text: str) -> str:
    """The text, isolated where any of it runs from right to left (UAX #9)."""
    runs = any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text)
    return f"\u2068{text}\u2069" if runs else text
