"""What speaks for the claim, against it, qualifies it or sets it in context, with grades and quotations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reportlab.platypus import Flowable

from db.citations import Citation
from db.vocabulary import Stance
from desktop import origin_words, wording
from desktop.dossier.blocks import Row, Stack
from desktop.dossier.brief import Brief
from desktop.dossier.style import BODY, INK, SOFT, STRONG, SUBHEADING, own
from desktop.dossier.text.compose import Span

_GROUPS = (
    (Stance.SUPPORTS, "For the claim"),
    (Stance.REFUTES, "Against the claim"),
    (Stance.QUALIFIES, "Qualifying the claim"),
    (Stance.CONTEXT, "Context"),
)


def story(brief: Brief) -> Iterator[Flowable]:
    """The citations of the case by what they do for the claim."""
    setter = brief.setter
    if brief.file.citations:
        yield setter.heading("Evidence", brief.place("evidence"))
    for stance, words in _GROUPS:
        cited = [citation for citation in brief.file.citations if citation.stance is stance]
        if cited:
            origins = origin_words.origins(dict(brief.file.weight.stances)[stance])
            heading = [Span(words), Span(f"   {len(cited)} from {origins}", color=SOFT, bold=False)]
            yield setter.text(heading, replace(SUBHEADING, space_before=14, space_after=5))
        for citation in cited:
            yield _citation(brief, citation)


def _citation(brief: Brief, citation: Citation) -> Flowable:
    setter = brief.setter
    source = brief.file.sources[brief.number(citation.source_id) - 1]
    title = setter.text(source.title, replace(STRONG, align="left", keep_with_next=True))
    work = setter.facts(
        wording.word(source.kind), own(source.author), own(source.publisher), own(wording.when(source.published_on))
    )
    work.keepWithNext = True
    blocks: list[Flowable] = [title, work, _grade(brief, citation)]
    letter = brief.letter_of(citation.claim_id)
    where = [Span(own(citation.locator))] if citation.locator else ""
    about = f"On part ({letter}) of the claim" if letter else ""
    exhibits = brief.exhibit_links(brief.exhibits_of(source.id))
    if where or about or exhibits:
        blocks.append(setter.facts(where, about, exhibits))
    if citation.quotation or citation.translation:
        blocks.append(setter.quotation(citation.quotation, citation.translation))
    if citation.note:
        note = setter.text(citation.note, replace(BODY, color=SOFT))
        blocks.append(setter.aside("Note", note, 26))
    number = setter.text([brief.source_link(source.id)], replace(STRONG, direction="ltr"))
    return Row([number, Stack([*blocks, Stack((), space_before=13)])], (26, 0), gap=6)


def _grade(brief: Brief, citation: Citation) -> Flowable:
    """The two letters of the Admiralty code and what they mean."""
    code = Span(f"{citation.reliability}{citation.credibility}", bold=True, color=INK)
    lost = "1 no longer holds: no other independent origin" if citation.id in brief.file.weight.unconfirmed else ""
    return brief.setter.facts([code], wording.word(citation.reliability), wording.word(citation.credibility), lost)
