"""What is made from a passage of a text, each with its mark in one save: a claim, a citation, an actor, an event."""

from __future__ import annotations

from dataclasses import dataclass, replace

from db import actors, attachments, cards, citations, claims, events, passages, sources
from db.change import Change
from db.citations import Citation, CitationDraft
from db.claims import ClaimDraft
from db.events import EventDraft
from db.kinds import Kind
from db.passages import Target
from db.sources import SourceDraft
from db.texts import sentences
from db.texts.span import Span
from db.vocabulary import Stance

_TITLE = 120


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text that is read: whose it is, and in which language where that is known."""

    case_id: str
    attachment_id: str
    text: str
    language: str = ""


def claim(change: Change, sheet: Sheet, span: Span) -> Target:
    """Make a passage a claim in its own words: a part of the claim of the case, or that claim where it has none."""
    whole = claims.whole(change.writer, sheet.case_id).id
    words = _said(sheet, span)
    draft = ClaimDraft(words, _language(sheet, words), parent_id=whole)
    return _mark(change, sheet, span, Target(Kind.CLAIM, claims.add(change, sheet.case_id, draft)))


def cite(change: Change, sheet: Sheet, span: Span, stance: Stance, claim_id: str = "") -> Target:
    """Cite the source of the text for or against a claim, with the passage as quotation.

    A text without a source gets one, named by its first words. A citation that says nothing yet is the one that is
    made to say this.
    """
    source_id = attachments.one(change.writer, sheet.attachment_id).source_id or _source(change, sheet)
    draft = CitationDraft(
        stance,
        locator=f"para. {sentences.number(sentences.beginnings(sheet.text), span.start)}",
        quotation=_said(sheet, span),
        claim_id=claim_id,
    )
    there = [each for each in citations.of_case(change.writer, sheet.case_id) if each.source_id == source_id]
    if len(there) == 1 and _bare(there[0]):
        grades = replace(draft, reliability=there[0].reliability, credibility=there[0].credibility)
        citations.edit(change, there[0].id, grades)
        return _mark(change, sheet, span, Target(Kind.CITATION, there[0].id))
    return _mark(change, sheet, span, Target(Kind.CITATION, citations.cite(change, sheet.case_id, source_id, draft)))


def actor(change: Change, sheet: Sheet, span: Span) -> Target:
    """Name an actor by a passage: the one who goes by that name already, or a new one."""
    return _mark(change, sheet, span, Target(Kind.ACTOR, actors.named(change, _said(sheet, span))))


def event(change: Change, sheet: Sheet, span: Span) -> Target:
    """Put what a sentence tells on the timeline, at the date that the passage names, or else the sentence."""
    sentence = sentences.around(sheet.text, span.start)
    told = Span(sentence.start, max(sentence.stop, span.stop))
    draft = EventDraft(_said(sheet, told), _when(span.of(sheet.text), told.of(sheet.text)))
    return _mark(change, sheet, span, Target(Kind.EVENT, events.add(change, sheet.case_id, draft)))


def title(text: str) -> str:
    """What a text is called: its first line, no longer than a title is."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return cards.shorten(line, _TITLE)


def _when(words: str, sentence: str) -> str:
    """A date as exactly as it is given; words that name none are kept where they were chosen out of a sentence."""
    from db.texts import dates  # noqa: PLC0415 (many patterns)

    for text in (words, sentence):
        found = dates.find(text)
        for dated in sorted(found, key=lambda each: not each.iso)[:1]:
            return dated.iso or text[dated.start : dated.stop]
    return "" if words.strip() == sentence.strip() else words.strip()


def _language(sheet: Sheet, words: str) -> str:
    """That of the words themselves; that of the text where they are too few to tell, and written in its script."""
    from db.texts import languages  # noqa: PLC0415 (many small words)

    found = languages.recognize(words)
    alike = sheet.language and found.script == languages.recognize(sheet.text).script
    return found.code or (sheet.language if alike else "")


def _said(sheet: Sheet, span: Span) -> str:
    return span.of(sheet.text).strip()


def _mark(change: Change, sheet: Sheet, span: Span, target: Target) -> Target:
    passages.mark(change, sheet.case_id, sheet.attachment_id, passages.anchor(sheet.text, span), target)
    return target


def _source(change: Change, sheet: Sheet) -> str:
    source_id = sources.add(change, SourceDraft(title(sheet.text), language=sheet.language))
    attachments.file_under(change, sheet.attachment_id, source_id)
    return source_id


def _bare(citation: Citation) -> bool:
    """Whether a citation only names its source."""
    said = (citation.locator, citation.quotation, citation.translation, citation.note)
    return citation.stance is Stance.CONTEXT and not any(said)
