"""The command that prints: dossier."""

from __future__ import annotations

from argparse import Namespace

from db import cases
from desktop.commands.terminal import Exit, answer, bar, complain, reading
from desktop.dossier.options import Missing, Options


def dossier(args: Namespace) -> Exit:
    """Write the dossier of some cases as a PDF and print where it is."""
    from desktop.dossier import build  # noqa: PLC0415 (slow to import, and no other command prints)

    if args.output.exists() and args.output.samefile(args.file):
        complain("The dossier would take the place of the casebook. Give another file with -o.")
        return Exit.USAGE
    with reading(args.file) as book:
        case_ids = [cases.find(book, reference).id for reference in args.references]
        missing = Missing.CODE_POINT if args.code_points else Missing.REFUSE
        build.write(book, case_ids, args.output, Options(args.paper, missing), bar())
    answer(args, {"dossier": args.output}, str(args.output))
    return Exit.DONE
