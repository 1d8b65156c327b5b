"""Works: sources as bibliographic programs know them, with what RIS and CSL-JSON have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from db import addresses, cases, citations, sources, times
from db.change import Change
from db.citations import CitationDraft
from db.errors import Invalid
from db.exchange import elsewhere, offer
from db.exchange.cited_rows import Shelf
from db.exchange.offer import Offer
from db.exchange.vocabulary import Fate
from db.progress import SILENT, Progress
from db.sources import Source, SourceDraft
from db.store import Store
from db.texts.folding import fold
from db.vocabulary import SourceKind

CONTAINED = (SourceKind.ARTICLE, SourceKind.POST, SourceKind.WEB_CAPTURE)  # their publisher is what they stand in
_LONGEST_DAY = 10


@dataclass(frozen=True, slots=True)
class Works:
    """What a file holds, and the names of its fields that say nothing that is kept here."""

    drafts: tuple[SourceDraft, ...]
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """An author as these formats have one: by family and given name, or by one name."""

    family: str
    given: str = ""

    @property
    def text(self) -> str:
        """The name as it stands in a source."""
        return f"{self.family}, {self.given}" if self.given else self.family


def authors(author: str) -> tuple[Named, ...]:
    """The authors of a source; only "Adams, Sarah" is known to be a family and a given name."""
    found = []
    for each in author.split(";"):
        family, comma, given = each.strip().partition(", ")
        whole = not comma or "," in given or "(" in each
        if each.strip():
            found.append(Named(each.strip()) if whole else Named(family.strip(), given.strip()))
    return tuple(found)


def day(when: str) -> tuple[str, ...]:
    """Year, month and day, as many as are known, of a date that is one; nothing for other words."""
    plain = when.strip()
    known = (
        plain.isascii()
        and times.parse(plain).known
        and len(plain) <= _LONGEST_DAY
        and ".." not in plain
        and "/" not in plain
    )
    return tuple(plain.split("-")) if known else ()


def when(parts: Sequence[str]) -> str:
    """A date of year, month and day, as many as there are; empty for what is none."""
    try:
        year, *rest = (int(part) for part in parts if part.strip())
    except ValueError:
        return ""
    words = "-".join([f"{year:04}", *(f"{part:02}" for part in rest[:2])])
    return words if times.parse(words).known else ""


def address(text: str) -> str:
    """The address of an archived copy; these formats also name boxes and shelves in that place."""
    return text.strip() if "://" in text else ""


def says(draft: SourceDraft, text: str) -> bool:
    """Whether a source says what stood in a field that is kept in some works and not in others."""
    plain = text.strip()
    kept = (draft.publisher, draft.archived_url, str(draft.kind))
    return not plain or plain in kept or plain.casefold() in kept or draft.url.endswith(plain)


def cited(store: Store, case_ids: Sequence[str], progress: Progress = SILENT) -> tuple[Source, ...]:
    """The sources that these cases cite, each once; raises `NotFound` for a case that is gone."""
    found: dict[str, Source] = {}
    for place, case_id in enumerate(case_ids):
        progress.step(place, len(case_ids))
        cases.one(store, case_id)
        found |= {source.id: source for source in sources.of_case(store, case_id)}
    return tuple(found.values())


def judge(store: Store, drafts: Iterable[SourceDraft]) -> Iterator[Offer]:
    """What would become of each work: one with the address, or the title, authors and date, of a source is here."""
    here = {key: source for source in reversed(sources.all_of_them(store)) for key in _keys(source)}
    numbers: dict[str, int] = {}
    for number, draft in enumerate(drafts, 1):
        keys = _keys(draft)
        error = _problem(draft) or next(
            (Invalid("line", "repeated", str(numbers[key])) for key in keys if key in numbers), None
        )
        if error:
            yield offer.refused(number, draft.author, draft.title, error)
            continue
        numbers.update(dict.fromkeys(keys, number))
        known = next((here[key] for key in keys if key in here), None)
        fate = Fate.HERE if known else Fate.NEW
        yield Offer(number, draft.author, draft.title, fate, None if known else draft, _named(known))


def take_in(change: Change, draft: SourceDraft, shelf: Shelf, case_id: str = "") -> None:
    """Add a work to the sources, and cite it in a case where one is given."""
    source_id = shelf.source(draft)
    if case_id:
        citations.cite(change, case_id, source_id, CitationDraft())


def _named(known: Source | None) -> str:
    return f"“{known.title}”" if known else ""


def _keys(draft: SourceDraft) -> tuple[str, ...]:
    address = addresses.plain(draft.url)
    said = "\n".join((fold(draft.title), fold(draft.author), draft.published_on))
    return (f"a{address}", f"t{said}") if address else (f"t{said}",)


def _problem(draft: SourceDraft) -> Invalid | None:
    if not draft.title.strip():
        return Invalid("title", "empty")
    fields = ("title", "url", "archived_url", "author", "publisher", "published_on", "accessed_on", "language", "note")
    try:
        for name in fields:
            elsewhere.check(name, getattr(draft, name))
    except Invalid as error:
        return error
    return None


RIS_TYPES: Mapping[SourceKind, str] = MappingProxyType(
    {
        SourceKind.POST: "ICOMM",
        SourceKind.ARTICLE: "NEWS",
        SourceKind.OFFICIAL_RECORD: "GOVDOC",
        SourceKind.REPORT: "RPRT",
        SourceKind.INTERVIEW: "PCOMM",
        SourceKind.IMAGE: "ART",
        SourceKind.VIDEO: "VIDEO",
        SourceKind.WEB_CAPTURE: "ELEC",
        SourceKind.OTHER: "GEN",
    }
)
CSL_TYPES: Mapping[SourceKind, str] = MappingProxyType(
    {
        SourceKind.POST: "post",
        SourceKind.ARTICLE: "article-newspaper",
        SourceKind.OFFICIAL_RECORD: "report",
        SourceKind.REPORT: "report",
        SourceKind.INTERVIEW: "interview",
        SourceKind.IMAGE: "graphic",
        SourceKind.VIDEO: "motion_picture",
        SourceKind.WEB_CAPTURE: "webpage",
        SourceKind.OTHER: "document",
    }
)
_OTHER_TYPES: Mapping[SourceKind, str] = MappingProxyType(
    {
        SourceKind.POST: "BLOG post-weblog",
        SourceKind.ARTICLE: "JOUR EJOUR MGZN INPR article article-journal article-magazine review",
        SourceKind.OFFICIAL_RECORD: "BILL CASE HEAR LEGAL STAT bill hearing legal_case legislation regulation treaty",
        SourceKind.INTERVIEW: "personal_communication",
        SourceKind.IMAGE: "FIGURE MAP figure map",
        SourceKind.VIDEO: "MPCT broadcast",
    }
)
KINDS: Mapping[str, SourceKind] = MappingProxyType(
    {name: kind for kind, names in _OTHER_TYPES.items() for name in names.split()}
    | {name: kind for types in (RIS_TYPES, CSL_TYPES) for kind, name in types.items()}
)  # what sort of source a type of RIS or CSL is; of a report its genre may tell more
