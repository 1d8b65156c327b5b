"""The command that looks at a whole file: check, of one's own casebook or of one from elsewhere."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from db import check, incarnation, intake, log, project
from db.errors import Damaged, HandedOver
from db.intake import Incoming
from desktop import merge_words, wording
from desktop.commands.terminal import Exit, answer, bar, complain, plain, reading

_LOOKED_OVER = "A file from elsewhere: only a copy of it was looked at, and nothing in it was run."


def check_file(args: Namespace) -> Exit:
    """Print what a check of the whole casebook counted and found; one from elsewhere is looked over before."""
    try:
        if args.foreign or not _is_own(args.file):
            return _look_over(args)
        with reading(args.file, as_it_is=True) as book:
            report = check.check(book, bar())
    except Damaged as damage:
        complain(str(wording.explain(damage)))
        return Exit.PROBLEM
    answer(args, plain(report), wording.report(report))
    return Exit.PROBLEM if report.problems else Exit.DONE


def _is_own(path: Path) -> bool:
    """Whether this computer has written on a chain of the casebook: then it is checked as it lies there."""
    try:
        with reading(path, as_it_is=True) as book:
            return any(incarnation.remembers(name) for (name,) in book.select("SELECT name FROM chain"))
    except HandedOver:
        return False


def _look_over(args: Namespace) -> Exit:
    """Verify a file as before a merge; what is wrong with it refuses it."""
    with intake.receive(args.file, None, bar()) as incoming:
        desk = _desk_name(incoming)
    facts = {
        "foreign": True,
        "file": incoming.path,
        "sha256": incoming.sha256,
        "size": incoming.size,
        "casebook": incoming.casebook,
        "desk": desk,
        "purpose": incoming.purpose,
        "operations": incoming.operations,
        "blobs": incoming.blobs,
    }
    lines = [
        _LOOKED_OVER,
        " · ".join(merge_words.provenance(incoming, desk)[:2]),
        f"SHA-256 {incoming.sha256}",
        merge_words.signed(incoming, None),
        f"Operations: {incoming.operations}, verified",
        f"Blobs: {incoming.blobs}, verified",
        "No problem found.",
    ]
    answer(args, facts, "\n".join(lines))
    return Exit.DONE


def _desk_name(incoming: Incoming) -> str:
    with incoming.reader() as store:
        ops = log.of_thing(store, incoming.desk)
    return str(project.project(ops).fields.get("name") or incoming.desk) if ops else incoming.desk
