"""Commands that write: new, case add, source add, attach, verdict, demo."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from db import actors, attachments, cases, citations, collecting, confirmation, notes, scales, sources, verdicts
from db.attachments import Ready
from db.casebook import Casebook
from db.claims import ClaimDraft
from db.errors import NotFound
from db.identity import now
from db.kinds import Kind
from db.sources import Source, SourceDraft
from db.vocabulary import Op
from desktop import collection_words, wording
from desktop.commands.terminal import Exit, answer, bar, complain, opened, saving

T = TypeVar("T")


def new(args: Namespace) -> Exit:
    """Make an empty casebook for a desk."""
    Casebook.create(args.file, args.desk, args.code, args.analyst).close()
    answer(args, {"casebook": args.file}, str(args.file))
    return Exit.DONE


def add_case(args: Namespace) -> Exit:
    """Open a case on a claim and print its reference."""
    with opened(args.file) as book:
        with saving(book, Op.ADD_CASE, args.analyst) as change:
            claimant = actors.named(change, args.claimant)
            claim = ClaimDraft(
                args.claim, wording.language_code(args.language), claimant_id=claimant, claimed_on=args.claimed_on
            )
            case_id = cases.add(change, cases.CaseDraft(title=args.title), claim)
            for tag in args.tag:
                notes.tag(change, case_id, tag)
        case = cases.one(book, case_id)
    answer(args, {"reference": case.reference, "id": case.id}, case.reference)
    return Exit.DONE


def add_source(args: Namespace) -> Exit:
    """Add a source, cite it in a case, and print its number there."""
    source = sources.SourceDraft(
        args.title,
        args.kind,
        url=args.url,
        author=args.author,
        publisher=args.publisher,
        published_on=args.published,
    )
    grade = citations.CitationDraft(args.stance, args.reliability, args.credibility, args.locator, args.quote)
    with opened(args.file) as book:
        case = cases.find(book, args.reference)
        with _taken_in(book, args.attach) as ready, saving(book, Op.ADD_SOURCE, args.analyst) as change:
            source_id = sources.add(change, _derived(book, case.id, args, source))
            confirmation.cite(change, case.id, source_id, grade)
            for each in ready:
                collecting.take_in(change, case.id, each, collection_words.this_tool(now()), source_id=source_id)
        _read_out(book, case.id, ready)
        number = len(sources.of_case(book, case.id))
    answer(args, {"number": number, "id": source_id}, f"[{number}] {source.title}")
    return Exit.DONE


def edit_source(args: Namespace) -> Exit:
    """Change a source that a case cites, and how it is cited, by its number there; what is not given stays."""
    with opened(args.file) as book:
        case = cases.find(book, args.reference)
        source = _numbered(book, case.id, args.number)
        cited = next(each for each in citations.of_case(book, case.id) if each.source_id == source.id)
        with saving(book, Op.EDIT_SOURCE, args.analyst) as change:
            sources.edit(change, source.id, _derived(book, case.id, args, _given(args, source, _OF_SOURCE)))
            confirmation.edit(change, cited.id, _given(args, cited, _OF_CITATION))
        source = sources.one(book, source.id)
    answer(args, {"number": args.number, "id": source.id}, f"[{args.number}] {source.title}")
    return Exit.DONE


_OF_SOURCE = {each: each for each in ("title", "kind", "url", "author", "publisher")} | {"published": "published_on"}
_OF_CITATION = {each: each for each in ("stance", "reliability", "credibility", "locator")} | {"quote": "quotation"}


def _given(args: Namespace, old: T, names: Mapping[str, str]) -> T:
    """What is there with the values that were given in its place."""
    given = {field: getattr(args, name) for name, field in names.items() if getattr(args, name) is not None}
    return replace(old, **given)  # type: ignore[type-var]


def _derived(book: Casebook, case_id: str, args: Namespace, draft: SourceDraft) -> SourceDraft:
    """The source with where it derives from, where that was given: the number of another source; 0 for none."""
    if args.derived_from is None:
        return replace(draft, derivation=args.derivation) if args.derivation and draft.derived_from else draft
    other = _numbered(book, case_id, args.derived_from).id if args.derived_from else ""
    return replace(draft, derived_from=other, derivation=args.derivation or "" if other else "")


def _numbered(book: Casebook, case_id: str, number: int) -> Source:
    """A source by its number in a case."""
    found = sources.of_case(book, case_id)
    if not 1 <= number <= len(found):
        raise NotFound(Kind.SOURCE, str(number))
    return found[number - 1]


def attach(args: Namespace) -> Exit:
    """Attach files to a case, all of them or none, and print their hashes."""
    with opened(args.file) as book:
        case = cases.find(book, args.reference)
        with _taken_in(book, args.paths) as ready, saving(book, Op.ADD_ATTACHMENT, args.analyst) as change:
            for each in ready:
                collecting.take_in(change, case.id, each, collection_words.this_tool(now()))
        _read_out(book, case.id, ready)
    lines = (f"{each.sha256}  {each.name} ({each.media_type}, {wording.size(each.size)})" for each in ready)
    answer(args, ready, "\n".join(lines))
    return Exit.DONE


def _read_out(book: Casebook, case_id: str, ready: Sequence[Ready]) -> None:
    """Let search find the words of what was attached."""
    if ready:
        from db import extracts  # noqa: PLC0415 (a helper process is started for documents alone)

        extracts.read_out(book.path, attachments.of_case(book, case_id), bar())


@contextmanager
def _taken_in(book: Casebook, paths: Sequence[Path]) -> Iterator[Sequence[Ready]]:
    """The bytes of all these files in the casebook; none of them stay unless the save succeeds."""
    ready: list[Ready] = []
    if paths:
        with book.change(Op.ADD_ATTACHMENT):
            pass  # an empty save: what cannot be written is refused before any byte is read
    try:
        with attachments.Depot(book.path) as depot:
            ready.extend(depot.file(path, bar()) for path in paths)
        yield ready
    except BaseException:
        attachments.abandon(book.path, ready)
        raise


def give_verdict(args: Namespace) -> Exit:
    """Record a verdict on a case, in place of those that stand."""
    draft = verdicts.VerdictDraft(args.rating, args.rationale, args.confidence)
    with opened(args.file) as book:
        case = cases.find(book, args.reference)
        try:
            with saving(book, Op.GIVE_VERDICT, args.analyst) as change:
                verdict_id = verdicts.give(change, case.id, draft)
        except NotFound:
            complain(f"The ratings here are: {', '.join(rating.label for rating in scales.ratings(book))}.")
            raise
        verdict = verdicts.one(book, verdict_id)
    answer(args, verdict, f"{case.reference}: {verdict.rating}, {verdict.analyst}, {wording.when(verdict.decided_on)}")
    return Exit.DONE


def make_demonstration(args: Namespace) -> Exit:
    """Make the demonstration casebook and print where it is."""
    from desktop import demonstration  # noqa: PLC0415 (no other command waits for it)

    demonstration.make(args.file, bar())
    answer(args, {"casebook": args.file}, str(args.file))
    return Exit.DONE
