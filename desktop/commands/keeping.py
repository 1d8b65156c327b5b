"""Commands about backups: backup, restore."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from db import backups, losses
from db import restore as restoring
from db.backups import Backup, Why
from db.errors import Missing, NotFound
from db.losses import Loss
from db.restore import Restored
from desktop import wording
from desktop.commands import sheet
from desktop.commands.reading import told
from desktop.commands.terminal import Exit, answer, bar, complain, reading


def back_up(args: Namespace) -> Exit:
    """Make a backup of a casebook, check it, and print where it is."""
    with reading(args.file) as book:
        made = backups.make(book, Why.ASKED, bar())
    answer(args, made, f"{made.path}\n{wording.backup(made)}")
    return Exit.DONE


def restore(args: Namespace) -> Exit:
    """List the backups of a casebook, or put one in its place; what was there is kept as a backup."""
    found = backups.of(args.file)
    if not found and not args.source and not args.file.exists():
        raise Missing(args.file)
    if args.source:
        return _from(args, _chosen(found, args.source))
    if args.plan or args.output:
        complain("Say with --from which backup is meant.")
        return Exit.USAGE
    lines = (_line(number, backup) for number, backup in enumerate(found, 1))
    answer(args, found, "\n".join(lines) or "There is no backup of it on this computer.")
    return Exit.DONE


def _line(number: int, backup: Backup) -> str:
    harm = "" if backup.whole else "  NOT WHOLE"
    made = f"{number:3}  {wording.when(backup.made_at)}  {wording.word(backup.why)}{harm}"
    return f"{made}\n     {wording.backup(backup)}\n     {backup.path}"


def _chosen(found: tuple[Backup, ...], source: str) -> Backup:
    """The backup that was named: by its number, by its name, or by its path."""
    if source.isascii() and source.isdigit():
        if not 1 <= int(source) <= len(found):
            raise NotFound("backup", source)
        return found[int(source) - 1]
    named = (backup for backup in found if backup.path.name == source)
    return next(named, None) or backups.at(Path(source), bar())


def _from(args: Namespace, backup: Backup) -> Exit:
    if args.plan:
        return _plan(args, backup)
    if args.output:
        restoring.copy_out(backup, args.output, bar())
        answer(args, Restored(args.output), str(args.output))
        return Exit.DONE
    done = restoring.restore(backup, args.file, bar())
    kept = done.backup.path if done.backup else done.aside
    lines = [f"Restored {done.path.name} as it was on {wording.when(backup.made_at)}."]
    lines += [f"What was there before is kept: {kept}"] if kept else []
    answer(args, done, "\n".join(lines))
    return Exit.DONE


def _plan(args: Namespace, backup: Backup) -> Exit:
    backups.verify(backup, bar())
    with reading(args.file) as book, backups.opened(backup.path) as then:
        lost, back = losses.missing(book, then), losses.missing(then, book)
    parts = [
        f"{wording.saves(lost)} would be lost." if lost.saves else "Nothing would be lost.",
        *map(_loss, lost.cases),
    ]
    parts += [f"{wording.saves(back)} would come back.", *map(_loss, back.cases)] if back.saves else []
    answer(args, {"lost": lost, "back": back}, "\n\n".join(parts))
    return Exit.DONE


def _loss(loss: Loss) -> str:
    name = sheet.indented(f"{loss.reference}  {loss.title}") if loss.case_id else "In no case"
    older = loss.saves - len(loss.entries)
    more = (f"and {older} older {'save' if older == 1 else 'saves'}",) if older else ()
    return "\n".join((name, *map(told, loss.entries), *more))
