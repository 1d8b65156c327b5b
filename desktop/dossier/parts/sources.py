"""The numbered list of sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reportlab.platypus import Flowable

from db.sources import Source
from desktop import origin_words, wording
from desktop.dossier.blocks import Mark, Row, Stack
from desktop.dossier.brief import Brief, count
from desktop.dossier.content import Derived
from desktop.dossier.style import ACCENT, BODY, SOFT, STRONG, own
from desktop.dossier.text.compose import Span


def story(brief: Brief) -> Iterator[Flowable]:
    """Each source once, in the order of the numbers."""
    setter = brief.setter
    if brief.file.sources:
        yield setter.heading("Sources", brief.place("sources"))
        counted = f"{count(len(brief.file.sources), 'source')}, {origin_words.origins(brief.file.weight.origins)}"
        yield setter.text(counted, replace(BODY, color=SOFT, space_after=8, keep_with_next=True))
    for number, source in enumerate(brief.file.sources, 1):
        yield Mark(brief.place(f"source-{number}"))
        mark = setter.text(f"[{number}]", replace(STRONG, color=ACCENT, direction="ltr"))
        yield Row([mark, Stack([*_source(brief, source), Stack((), space_before=10)])], (26, 0), gap=6)


def _source(brief: Brief, source: Source) -> Iterator[Flowable]:
    setter = brief.setter
    yield setter.text(source.title, replace(STRONG, align="left", keep_with_next=True))
    yield setter.facts(
        wording.word(source.kind),
        own(source.author),
        own(source.publisher),
        own(wording.language(source.language)),
        f"published {own(wording.when(source.published_on))}" if source.published_on else "",
        f"accessed {own(wording.when(source.accessed_on))}" if source.accessed_on else "",
        brief.exhibit_links(brief.exhibits_of(source.id)),
    )
    for label, url in (("Address", source.url), ("Archived copy", source.archived_url)):
        if url:
            yield setter.aside(label, setter.text([Span(url, color=ACCENT, link=url)], replace(BODY, size=8.6)), 58)
    for derived in brief.file.weight.derived:
        if derived.source_id == source.id:
            yield setter.aside("Derives", setter.text(_derives(brief, derived), replace(BODY, size=8.6)), 58)
    if source.note:
        yield setter.aside("Note", setter.text(source.note, replace(BODY, color=SOFT)), 58)


def _derives(brief: Brief, derived: Derived) -> list[Span]:
    """How a source derives from another, by its number or by its title."""
    how = origin_words.derivation(derived.derivation)
    if brief.number(derived.other_id):
        return [Span(f"{how} "), brief.source_link(derived.other_id)]
    return [Span(f"{how} {own(derived.title) or 'a source that is not in this copy'}")]
