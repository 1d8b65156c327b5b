"""Commands for other programs: export, import."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import dataclass
from functools import partial

from db import cases
from db.casebook import Casebook
from db.exchange import claimreview, exports, imports
from db.exchange.imports import Plan
from db.exchange.vocabulary import Fate, Medium
from db.vocabulary import Op
from desktop import wording
from desktop.commands import sheet
from desktop.commands.terminal import Exit, answer, bar, complain, reading, saving


@dataclass(frozen=True, slots=True)
class _Told:
    """One thing of a file, as it is printed."""

    line: int
    name: str
    text: str
    fate: Fate
    why: str


def export(args: Namespace) -> Exit:
    """Write cases as ClaimReview, CSV or JSON, their sources as RIS or CSL; without a REF all, if all are TLP:CLEAR."""
    if args.url and (len(args.references) != 1 or args.medium is not Medium.CLAIMREVIEW):
        complain("--url is the address of one fact check: give one case, and --as claimreview.")
        return Exit.USAGE
    with reading(args.file) as book:
        named = [cases.find(book, reference).id for reference in args.references]
        going = [] if named else exports.leaving(book)
        held = [case for case in going if case.held_back]
        if held:
            listed = ", ".join(f"{case.reference} ({wording.word(case.tlp)})" for case in held)
            complain(f"Not written: these cases leave only when each is named on the command line: {listed}.")
            return Exit.PROBLEM
        chosen = named or [case.id for case in going]
        wanted = exports.Wanted(args.medium, args.url, args.table, args.separator)
        exports.export(book, chosen, args.output, wanted, bar())
        drafts = _tell_drafts(book, chosen, args.url) if args.medium is Medium.CLAIMREVIEW else 0
    answer(args, {"export": args.output, "cases": len(chosen), "drafts": drafts}, str(args.output))
    return Exit.DONE


def _tell_drafts(book: Casebook, case_ids: list[str], url: str) -> int:
    """Say which reviews are drafts, and what they lack; returns how many."""
    lacking = {case_id: claimreview.lacking(book, case_id, url) for case_id in case_ids}
    for case_id, names in lacking.items():
        if names:
            complain(f"{cases.one(book, case_id).reference} is a draft: it lacks {' and '.join(names)}.")
    return sum(map(bool, lacking.values()))


def take_in(args: Namespace) -> Exit:
    """Take in reviews, a table or sources of others, in one save, and print what was new, here already, or refused."""
    find = partial(imports.plan, path=args.other, medium=args.medium, encoding=args.encoding)
    if args.dry_run:
        with reading(args.file) as book:
            found = find(book, progress=bar())
        references: tuple[str, ...] = ()
    else:
        with Casebook.open(args.file) as book:
            found = find(book, progress=bar())
            if args.cite_in and found.medium not in (Medium.RIS, Medium.CSL):
                complain("--cite-in is of RIS and CSL: other files say themselves what belongs to which case.")
                return Exit.USAGE
            cite_in = cases.find(book, args.cite_in).id if args.cite_in else ""
            references = _keep(book, found, args.analyst, cite_in) if found.of(Fate.NEW) else ()
    told = [_Told(each.line, each.name, each.text, each.fate, wording.why(each)) for each in found.offers]
    text = "\n".join([*(line for each in told if (line := _line(each))), _summary(found, references, args.dry_run)])
    answer(args, {"cases": references, "ignored_columns": found.ignored, "offers": told}, text)
    return Exit.PROBLEM if found.of(Fate.REFUSED) else Exit.DONE


def _keep(book: Casebook, found: Plan, analyst: str | None, cite_in: str) -> tuple[str, ...]:
    with saving(book, Op.TAKE_IN, analyst) as change:
        kept = imports.keep(change, found, bar(), cite_in=cite_in)
    return tuple(cases.one(book, case_id).reference for case_id in kept)


def _line(each: _Told) -> str:
    """What became of a thing, where that is not simply that it is new."""
    if each.fate is Fate.NEW:
        return ""
    return f"{each.line:6}  {wording.word(each.fate)}: {sheet.indented(each.why)}"


def _summary(found: Plan, references: tuple[str, ...], dry: bool) -> str:
    lines = [wording.plan(found)]
    if found.ignored:
        lines.append(f"{wording.parts_of(found)} that are not taken in: {', '.join(found.ignored)}.")
    if dry:
        lines.append("Nothing was written.")
    elif references:
        more = f" … {references[-1]}" if len(references) > 1 else ""
        lines.append(f"Taken in: {references[0]}{more}")
    return "\n".join(lines)
