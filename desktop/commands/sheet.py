"""A case as text: one line of a list, or all that is known of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from db import (
    attachments,
    cards,
    citations,
    claims,
    confirmation,
    conflicts,
    events,
    independence,
    links,
    notes,
    sources,
    timeline,
    verdicts,
)  # fmt: skip
from db.attachments import Attachment
from db.cases import Case
from db.citations import Citation
from db.claims import Claim
from db.conflicts import DELETED, Conflict
from db.events import Event
from db.independence import Origins
from db.links import Link
from db.notes import Note, Task
from db.sources import Source
from db.store import Store
from db.timeline import Appearance
from db.verdicts import Standing, Verdict
from db.vocabulary import Priority, Status
from desktop import origin_words, reasons
from desktop.wording import language, place, size, value, when, word

WIDTH = 100
_STATUS = max(len(word(status)) for status in Status)
_PRIORITY = max(len(word(priority)) for priority in Priority)
_RATING = 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that a case says now."""

    case: Case
    tags: tuple[str, ...]
    claims: tuple[Claim, ...]
    appearances: tuple[Appearance, ...]
    events: tuple[Event, ...]
    sources: tuple[Source, ...]
    citations: tuple[Citation, ...]
    attachments: tuple[Attachment, ...]
    verdicts: tuple[Verdict, ...]
    notes: tuple[Note, ...]
    tasks: tuple[Task, ...]
    links: tuple[Link, ...]
    conflicts: tuple[Conflict, ...]
    origins: Origins
    unconfirmed: tuple[str, ...]


def gather(store: Store, case: Case) -> Sheet:
    """Read everything that a case says now."""
    return Sheet(
        case,
        notes.tags_of_case(store, case.id),
        claims.of_case(store, case.id),
        timeline.of_case(store, case.id),
        events.of_case(store, case.id),
        sources.of_case(store, case.id),
        citations.of_case(store, case.id),
        attachments.of_case(store, case.id),
        verdicts.of_case(store, case.id),
        notes.of_case(store, case.id),
        notes.tasks_of_case(store, case.id),
        links.of_case(store, case.id),
        conflicts.of_case(store, case.id),
        independence.origins(store, case.id),
        tuple(confirmation.lost(store, case.id)),
    )


def line(card: cards.Card) -> str:
    """A case on one line of a list."""
    marks = [f"{card.conflicts} in conflict"] if card.conflicts else []
    marks += ["stale"] if card.stale else []
    rating = (" / ".join(card.ratings) or "No verdict") + (f" ({', '.join(marks)})" if marks else "")
    start = f"{word(card.status):{_STATUS}}  {word(card.priority):{_PRIORITY}}  {rating:{_RATING}}"
    return f"{card.reference}  {start}  {cards.shorten(card.title, WIDTH)}"


def indented(text: str) -> str:
    """A text whose further lines cannot be taken for lines of ours."""
    return text.replace("\n", "\n        ")


def text(sheet: Sheet) -> str:
    """Everything that a case says now, for a terminal."""
    parts = (
        ("", _head(sheet)),
        ("In conflict", list(map(_conflict, sheet.conflicts))),
        ("Claim", [line for claim in sheet.claims for line in _claim(claim)]),
        ("Verdicts", [line for verdict in sheet.verdicts for line in _verdict(verdict)]),
        ("Appearances", [line for appearance in sheet.appearances for line in _appearance(appearance)]),
        ("Events", [line for event in sheet.events for line in _event(event)]),
        ("Sources", _sources(sheet)),
        ("Attachments", [line for attachment in sheet.attachments for line in _attachment(attachment)]),
        ("Notes", [f"{when(n.created_at)}, {n.created_by}: {n.text}" for n in sheet.notes]),
        ("Tasks", list(map(_task, sheet.tasks))),
        ("Compared with", [line for each in sheet.links for line in link(each)]),
    )
    return "\n\n".join(block(title, lines) for title, lines in parts if lines)


def block(title: str, lines: Iterable[str]) -> str:
    """Lines under a title, with what somebody typed indented below."""
    inner = "\n".join(f"    {indented(line)}" if title else indented(line) for line in lines)
    return f"{title}\n{inner}" if title else inner


def _head(sheet: Sheet) -> list[str]:
    case = sheet.case
    marks = [word(case.status), f"Priority {word(case.priority).lower()}", word(case.tlp)]
    marks += [f"Assigned to {case.assignee}"] if case.assignee else []
    marks += [f"Due {when(case.due)}"] if case.due else []
    tags = [f"Tags: {', '.join(sheet.tags)}"] if sheet.tags else []
    return [f"{case.reference}  {case.title}".rstrip(), " · ".join(marks), *tags]


def link(link: Link) -> Iterator[str]:
    """A link with what each desk found."""
    yield f"{reasons.relation(link)}: {link.reference}  {link.title}"
    yield from (f"  {reasons.finding(each)}" for each in link.findings)


def _conflict(conflict: Conflict) -> str:
    said = [choice[0].told for choice in conflict.choices]
    if conflict.field == DELETED:
        said = [conflict.name]
    words = " | ".join(value(conflict.kind, conflict.field, each) or "–" for each in said)
    return f"{conflict.id}  {place(conflict.kind, conflict.field)}: {words}"


def _claim(claim: Claim) -> Iterator[str]:
    by = " · ".join(part for part in (claim.claimant, when(claim.claimed_on), language(claim.language)) if part)
    yield f"{'Part: ' if claim.parent_id else ''}“{claim.text}”"
    yield from ([f"  Translation: “{claim.translation}”"] if claim.translation else [])
    yield from ([f"  {by}"] if by else [])


def _verdict(verdict: Verdict) -> Iterator[str]:
    stale = verdict.stale and verdict.standing is Standing.STANDS
    marks = [word(verdict.standing).lower(), "stale: its evidence has changed since" if stale else ""]
    marks += [f"confidence {word(verdict.confidence).lower()}"]
    by = f"{when(verdict.decided_on)}, {verdict.analyst}, {verdict.desk}"
    yield f"{verdict.rating} ({'; '.join(filter(None, marks))}) {by}"
    yield f"  {verdict.rationale}"
    if verdict.withdrawn_at:
        yield f"  Withdrawn {when(verdict.withdrawn_at)} by {verdict.withdrawn_by}: {verdict.reason}"


def _appearance(appearance: Appearance) -> Iterator[str]:
    marks = (when(appearance.seen_on), word(appearance.role), appearance.actor, appearance.channel, appearance.url)
    yield " · ".join(filter(None, marks))
    yield from ([f"  “{appearance.quotation}”"] if appearance.quotation else [])
    yield from ([f"  {appearance.note}"] if appearance.note else [])


def _event(event: Event) -> Iterator[str]:
    yield " · ".join(filter(None, (when(event.happened_on), event.place, event.text)))
    yield from ([f"  {event.note}"] if event.note else [])


def _sources(sheet: Sheet) -> list[str]:
    found = sheet.origins
    lines = [f"{origin_words.counted(found)} ({origin_words.stances(found)})"] if found.groups else []
    for number, source in enumerate(sheet.sources, 1):
        marks = (source.title, source.author, source.publisher, when(source.published_on), source.url)
        lines.append(f"[{number}] {' · '.join(filter(None, marks))}")
        bond = found.bond_of(source.id)
        lines += [f"  {origin_words.sentence(bond)}"] if bond else []
        for cited in sheet.citations:
            if cited.source_id == source.id:
                lines += _citation(cited, lost=cited.id in sheet.unconfirmed)
    return lines


def _citation(cited: Citation, *, lost: bool) -> Iterator[str]:
    place = f", {cited.locator}" if cited.locator else ""
    yield f"  {word(cited.stance)} ({word(cited.reliability)}; {word(cited.credibility)}){place}"
    yield from (["  1 no longer holds: no other independent origin"] if lost else [])
    yield from (f"  “{quoted}”" for quoted in (cited.quotation, cited.translation) if quoted)
    yield from ([f"  {cited.note}"] if cited.note else [])


def _attachment(attachment: Attachment) -> Iterator[str]:
    marks = (attachment.name, attachment.caption, f"{attachment.media_type}, {size(attachment.size)}")
    yield " · ".join(filter(None, marks))
    yield f"  SHA-256 {attachment.sha256}"


def _task(task: Task) -> str:
    marks = (task.assignee, f"due {when(task.due)}" if task.due else "")
    return f"[{'x' if task.done else ' '}] {' · '.join(filter(None, (task.text, *marks)))}"
