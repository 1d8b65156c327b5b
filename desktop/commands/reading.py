"""Commands that read a casebook: list, show, history, search."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from db import cards, cases, history, search
from db.casebook import Casebook
from desktop import grades, wording
from desktop.commands import sheet
from desktop.commands.terminal import Exit, answer, reading, say


def list_cases(args: Namespace) -> Exit:
    """Print every case on a line, by reference."""
    with reading(args.file) as book:
        if args.json:
            answer(args, list(_cards(book)), "")
        else:
            for card in _cards(book):
                say(sheet.line(card))
    return Exit.DONE


def _cards(book: Casebook) -> Iterator[cards.Card]:
    page = cards.page(book, cards.Sort.REFERENCE)
    while page:
        yield from page
        page = cards.page(book, cards.Sort.REFERENCE, after=page[-1])


def show(args: Namespace) -> Exit:
    """Print all that is known of a case."""
    with reading(args.file) as book:
        whole = sheet.gather(book, cases.find(book, args.reference))
    answer(args, whole, sheet.text(whole))
    return Exit.DONE


def tell_history(args: Namespace) -> Exit:
    """Print who changed what in a case and when, newest first."""
    with reading(args.file) as book:
        entries = history.of_case(book, cases.find(book, args.reference).id)
    answer(args, entries, "\n\n".join(map(told, entries)))
    return Exit.DONE


def told(entry: history.Entry) -> str:
    """One save as its history tells it, a line for each thing that it changed."""
    by = f"{entry.analyst or 'unnamed'} ({entry.desk})"
    lines = [f"{wording.when(entry.made_at)}  {by}  {wording.verb(entry.verb)}"]
    lines += [f"    Reason: {sheet.indented(entry.reason)}"] if entry.reason else []
    named = {(edit.thing, edit.new) for edit in entry.edits if not edit.field}
    for edit in entry.edits:
        if not edit.field:
            lines.append(_came_or_went(edit))
        elif edit.field != "case_id" and (edit.thing, edit.new) not in named:
            lines.append(_edit(edit))
    return "\n".join(lines)


def _came_or_went(edit: history.Edit) -> str:
    name = edit.new or edit.old
    what = "kept" if edit.new and edit.old else "added" if edit.new else "deleted"
    return f"    {wording.kind(edit.kind)}" + (f" {what}: {sheet.indented(name)}" if name else "")


def _edit(edit: history.Edit) -> str:
    *old, new = (wording.value(edit.kind, edit.field, each) or "–" for each in (edit.old, *edit.beside, edit.new))
    said = " | ".join(old)
    return f"    {wording.place(edit.kind, edit.field)}: {sheet.indented(f'{said} → {new}')}"


def find(args: Namespace) -> Exit:
    """Print where the words of a query stand."""
    with reading(args.file) as book:
        hits = search.search(book, args.query)
    answer(args, hits, "\n".join(map(_hit, hits)) or "Nothing found.")
    return Exit.DONE


def _hit(hit: search.Hit) -> str:
    kind, field = wording.kind(hit.kind), wording.field(hit.kind, hit.field) if hit.field else ""
    where = kind if field in ("", kind) else f"{kind}, {field}"
    where += f" ({grades.told(hit.grade)})" if hit.grade else ""
    case = cards.shorten(f"{hit.reference}  {hit.title}", sheet.WIDTH) if hit.reference else "In no case"
    return f"{case}\n    {where}: {sheet.indented(f'{hit.before}[{hit.match}]{hit.after}')}"
