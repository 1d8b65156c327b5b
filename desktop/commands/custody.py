"""Commands on the bytes of attached files: custody, verify."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from db import cases, custody, verifying
from db.casebook import Casebook
from db.verifying import Report
from db.vocabulary import Op
from desktop import custody_words
from desktop.commands.terminal import Exit, answer, bar, complain, opened, plain, reading


def tell_custody(args: Namespace) -> Exit:
    """Print what happened to each file of a case, oldest first, with the operations that prove it."""
    with reading(args.file) as book:
        items = custody.of_case(book, cases.find(book, args.reference).id)
    pages = "\n\n".join(map(custody_words.page, items))
    answer(args, items, pages or "No files are attached to this case.")
    return Exit.DONE


def verify(args: Namespace) -> Exit:
    """Hash the files of some cases again, or all, and write down what was found."""
    with opened(args.file) as book:
        report = verifying.verify(book, _chosen(book, args.references), bar())
        if book.writable and report.findings:
            with book.change(Op.VERIFY_ATTACHMENTS) as change:
                verifying.record(change, report)
        recorded = book.writable
    facts = plain(report)
    assert isinstance(facts, dict)
    answer(args, {**facts, "recorded": recorded}, "\n".join(_lines(report)))
    if not recorded:
        complain(custody_words.UNRECORDED)
    return Exit.PROBLEM if report.problems else Exit.DONE


def _chosen(book: Casebook, references: list[str]) -> list[str] | None:
    """The attachments of the cases that were named; None for all there are."""
    if not references:
        return None
    found = [cases.find(book, reference).id for reference in references]
    return [item.id for case_id in found for item in custody.of_case(book, case_id)]


def _lines(report: Report) -> Iterator[str]:
    for each in report.problems:
        yield custody_words.finding(each)
    yield custody_words.figures(report)
