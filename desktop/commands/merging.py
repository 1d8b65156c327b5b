"""Commands between desks: merge, arrivals, unmerge."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from db import arrivals, custody, intake, news, plan
from db.casebook import Casebook
from db.errors import BuiltUpon
from db.kinds import Json
from db.merge import Arrival, Merged
from db.news import CaseNews
from db.plan import Plan
from db.progress import Share
from db.vocabulary import Op
from desktop import merge_words, wording
from desktop.commands import sheet
from desktop.commands.reading import told
from desktop.commands.settling import version_lines
from desktop.commands.terminal import Exit, answer, bar, complain, passphrase, plain, reading, say


def merge(args: Namespace) -> Exit:
    """Take what another casebook knows into this one; with --plan, only say what would come."""
    progress = bar()
    with (
        reading(args.file) if args.plan else _writing(args.file) as book,
        intake.receive(args.other, book, Share(progress, 0, 30), passphrase(args.passphrase_file)) as incoming,
        closing(plan.of(book.path, incoming, Share(progress, 30, 60))) as planned,
    ):
        merged = None
        if not (args.plan or planned.brings_nothing):
            merged = arrivals.take(book.path, incoming, Share(progress, 60, 100))
            book.catch_up(merged.notice)
            if merged.digests:
                with book.change(Op.RECEIVE) as change:
                    custody.receive(change, merged, incoming)
        progress.step(1, 1)
        if args.json:
            answer(args, _facts(args, planned, merged), "")
        else:
            for line in _lines(args, planned, merged):
                say(line)
        return Exit.PROBLEM if planned.conflicts else Exit.DONE


@contextmanager
def _writing(path: Path) -> Iterator[Casebook]:
    """A casebook to merge into; one that cannot be written is refused before anything is read."""
    with Casebook.open(path) as book:
        with book.change(Op.EDIT_CASE):
            pass  # an empty save
        yield book


def _lines(args: Namespace, planned: Plan, merged: Merged | None) -> Iterator[str]:
    """What came or would come, line by line; with old and new values where nothing is written yet."""
    yield " · ".join((planned.incoming.name, *merge_words.provenance(planned.incoming, planned.desk)))
    yield merge_words.signed(planned.incoming, planned.sight)
    if planned.brings_nothing:
        yield merge_words.NOTHING_NEW
    else:
        yield ", ".join(merge_words.figures(planned.news, planned.files))
        yield from merge_words.warnings(planned.news)
        for case in planned.news.cases:
            yield from ("", _case(case)) if args.plan else (_case(case),)
            yield from _entries(planned, case.case_id) if args.plan else ()
        if args.plan and planned.news.loose:
            yield from ("", "In no case")
            yield from _entries(planned, "")
        yield from ("", _outcome(merged))
    if planned.conflicts:
        yield merge_words.many(planned.conflicts, "conflict stands", "conflicts stand") + " in this casebook."


def _case(case: CaseNews) -> str:
    traits = ", ".join(merge_words.traits(case))
    title = " ".join(case.title.split())
    return f"{case.reference}  {traits}  {title}  ({' · '.join(merge_words.who(case))})"


def _entries(planned: Plan, case_id: str) -> Iterator[str]:
    brought = planned.brought(case_id)
    for entry in brought.entries:
        yield f"    {sheet.indented(told(entry))}"
    yield from (f"    Verdict, {line}" for line in merge_words.judged(brought.verdicts))
    for conflict in brought.conflicts:
        yield f"    In conflict: {wording.place(conflict.kind, conflict.field)}"
        for version in conflict.versions:
            yield from (f"    {line}" for line in version_lines(conflict, version))


def _outcome(merged: Merged | None) -> str:
    if merged is None:
        return "This is a plan: nothing was written."
    if merged.arrival is None:
        return "Merged."
    return f"Merged as number {merged.arrival.id}. The casebook as it was before: {merged.arrival.backup}"


def _facts(args: Namespace, planned: Plan, merged: Merged | None) -> Json:
    incoming, found = planned.incoming, plain(planned.news)
    assert isinstance(found, dict)
    if args.plan:
        found["cases"] = [_case_facts(planned, case) for case in planned.news.cases]
        found["loose_entries"] = plain(planned.brought("").entries)
    return {
        "file": str(incoming.path),
        "sha256": incoming.sha256,
        "size": incoming.size,
        "casebook": incoming.casebook,
        "desk": planned.desk,
        "purpose": incoming.purpose,
        "signed_by": incoming.signature.card.name if incoming.signature else None,
        **found,
        "files": planned.files,
        "conflicts": planned.conflicts,
        "merged": merged is not None,
        "arrival": _arrival(merged.arrival) if merged and merged.arrival else None,
    }


def _case_facts(planned: Plan, case: CaseNews) -> Json:
    found = plain(case)
    assert isinstance(found, dict)
    brought = planned.brought(case.case_id)
    return {
        **found,
        "entries": plain(brought.entries),
        "in_conflict": plain(brought.conflicts),
        "verdicts": plain(brought.verdicts),
    }


def _arrival(arrival: Arrival) -> Json:
    found = plain(arrival)
    assert isinstance(found, dict)
    return {**found, "operations": arrival.operations}


def list_arrivals(args: Namespace) -> Exit:
    """Print every merge that was made into a casebook, newest first."""
    with reading(args.file) as book:
        made = arrivals.everything(book)
    lines = [f"{each.id}  {merge_words.arrival(each)}" for each in made]
    answer(args, [_arrival(each) for each in made], "\n".join(lines) or "Nothing was merged into this casebook.")
    return Exit.DONE


def unmerge(args: Namespace) -> Exit:
    """Take a merge out again, by its number; what was saved since stays."""
    with _writing(args.file) as book:
        try:
            book.catch_up(arrivals.reverse(book.path, args.number, bar()))
        except BuiltUpon as error:
            complain("\n".join(merge_words.built_upon(error, news.called(book, error.things))))
            return Exit.REFUSED
        made = arrivals.one(book, args.number)
    answer(args, _arrival(made), f"Taken out: {merge_words.arrival(made)}")
    return Exit.DONE
