"""What can be typed after `claimdesk`, and the help for it."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable
from inspect import getdoc
from pathlib import Path
from typing import TYPE_CHECKING

from db.exchange.vocabulary import Encoding, Medium, Separator, Table
from db.vocabulary import Confidence, Credibility, Derivation, Relation, Reliability, SourceKind, Stance, Tlp
from desktop.commands import (
    checking,
    comparing,
    custody,
    exchange,
    keeping,
    merging,
    paper,
    people,
    reading,
    settling,
    sharing,
    writing,
)
from desktop.commands.terminal import Exit, word_of
from desktop.dossier.options import Paper

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    Adder = _SubParsersAction[ArgumentParser]

NAMES = (
    "new", "case", "list", "show", "source", "attach", "verdict", "history", "search", "dossier", "check", "demo",
    "alike", "seen", "link", "unlink", "actor",
    "export", "import", "backup", "restore",
    "handover", "keys", "conflicts", "resolve",
    "merge", "arrivals", "unmerge",
    "custody", "verify",
)  # fmt: skip
_USAGE = "claimdesk [FILE] | claimdesk --demonstration | claimdesk COMMAND …"
_EXITS = "exit codes: 0 done, 1 problem found, 2 bad usage, 3 file refused, 4 not found"


def for_commands() -> ArgumentParser:
    """The parser of all commands; the function of the one that was typed is `run` in what it reads."""
    parser = ArgumentParser(
        prog="claimdesk",
        usage=_USAGE,
        description="An offline desk for checking contested claims. Without a command it opens the window.",
        epilog=f"“claimdesk COMMAND --help” tells more of a command.\n{_EXITS}",
        formatter_class=RawDescriptionHelpFormatter,
    )
    _window_options(parser)
    adder = parser.add_subparsers(prog="claimdesk", metavar="COMMAND", required=True)
    _new(adder)
    _case_add(adder)
    _on_file(adder, "list", reading.list_cases)
    _on_case(adder, "show", reading.show)
    _source_add(adder)
    _attach(adder)
    _verdict(adder)
    _on_case(adder, "history", reading.tell_history)
    _on_file(adder, "search", reading.find).add_argument("query", metavar="QUERY", help="any words, in any script")
    _dossier(adder)
    _export(adder)
    _import(adder)
    _on_case(adder, "alike", comparing.alike)
    _on_case(adder, "seen", comparing.seen)
    _compare(adder)
    _on_file(adder, "backup", keeping.back_up)
    _restore(adder)
    _handover(adder)
    _keys(adder)
    _on_file(adder, "conflicts", settling.list_conflicts)
    _resolve(adder)
    told = "look it over as a file from elsewhere, without opening it where it lies"
    _on_file(adder, "check", checking.check_file).add_argument("--foreign", action="store_true", help=told)
    _on_case(adder, "custody", custody.tell_custody)
    verify = _on_file(adder, "verify", custody.verify)
    verify.add_argument("references", metavar="REF", nargs="*", help="the references of the cases; none for all files")
    _merge(adder)
    _on_file(adder, "arrivals", merging.list_arrivals)
    unmerge = _on_file(adder, "unmerge", merging.unmerge)
    unmerge.add_argument("number", metavar="NUMBER", type=int, help="its number, as “arrivals” tells it")
    told = "any of its names, in any script"
    _on_file(adder, "actor", people.show_actor).add_argument("name", metavar="NAME", help=told)
    demo = _command(adder, "demo", writing.make_demonstration)
    default = Path("demonstration.casebook")
    demo.add_argument("file", metavar="FILE", type=Path, nargs="?", default=default, help=f"default: {default}")
    return parser


def for_window() -> ArgumentParser:
    """The parser of what opens the window."""
    parser = ArgumentParser(prog="claimdesk", usage=_USAGE, add_help=False)
    _window_options(parser)
    parser.add_argument("file", metavar="FILE", type=Path, nargs="?")
    return parser


def _window_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--demonstration", action="store_true", help="make a demonstration casebook and its dossier, and show them"
    )
    parser.add_argument("--version", action="store_true", help="print the version")


def _command(adder: Adder, name: str, run: Callable[[Namespace], Exit]) -> ArgumentParser:
    """A command whose help is what its function says of itself."""
    told = getdoc(run) or ""
    parser = adder.add_parser(name, help=told, description=told, epilog=_EXITS)
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(run=run)
    return parser


def _on_file(adder: Adder, name: str, run: Callable[[Namespace], Exit]) -> ArgumentParser:
    parser = _command(adder, name, run)
    parser.add_argument("file", metavar="FILE", type=Path, help="the casebook")
    return parser


def _on_case(adder: Adder, name: str, run: Callable[[Namespace], Exit]) -> ArgumentParser:
    parser = _on_file(adder, name, run)
    parser.add_argument("reference", metavar="REF", help="the reference of the case, such as KBL-2026-0007")
    return parser


def _signed(parser: ArgumentParser) -> None:
    parser.add_argument("--analyst", metavar="NAME", help="who does this; otherwise the analyst of the desk")


def _group(adder: Adder, name: str, told: str) -> Adder:
    """A command with a verb after it, such as `case add`."""
    parser = adder.add_parser(name, help=told, description=told)
    return parser.add_subparsers(prog=f"claimdesk {name}", metavar="VERB", required=True)


def _new(adder: Adder) -> None:
    parser = _on_file(adder, "new", writing.new)
    parser.add_argument("--desk", metavar="NAME", required=True, help="the name of the desk")
    parser.add_argument("--code", required=True, help="the code in its case references, such as KBL")
    parser.add_argument("--analyst", metavar="NAME", required=True, help="who sits at the desk")


def _case_add(adder: Adder) -> None:
    parser = _on_file(_group(adder, "case", "Work on cases; “case add” opens one."), "add", writing.add_case)
    parser.add_argument("--claim", metavar="TEXT", required=True, help="the claim in the words it was made in")
    _texts(parser, title="a short name for the case", claimant="who made the claim")
    parser.add_argument("--language", metavar="TAG", default="", help="the language of the claim, such as ur or Urdu")
    _day(parser, "--claimed-on", "when the claim was made")
    parser.add_argument("--tag", metavar="TAG", action="append", default=[], help="may be given several times")
    _signed(parser)


def _source_add(adder: Adder) -> None:
    group = _group(adder, "source", "Work on sources; “source add” adds one, “source edit” changes one.")
    _source_edit(group)
    parser = _on_case(group, "add", writing.add_source)
    parser.add_argument("--title", metavar="T", required=True, help="the title of the source")
    parser.add_argument("--kind", type=word_of(SourceKind), default=SourceKind.ARTICLE, help=", ".join(SourceKind))
    _texts(parser, url="its address", author="who wrote it", publisher="who published it")
    _day(parser, "--published", "when it was published")
    parser.add_argument("--stance", type=word_of(Stance), default=Stance.CONTEXT, help=", ".join(Stance))
    parser.add_argument("--reliability", type=word_of(Reliability), default=Reliability.F, help="of the source, A to F")
    parser.add_argument(
        "--credibility", type=word_of(Credibility), default=Credibility.CANNOT_BE_JUDGED, help="of what it says, 1 to 6"
    )
    _texts(parser, quote="the passage that is cited", locator="where the passage stands")
    parser.add_argument("--attach", metavar="PATH", type=Path, nargs="+", default=[], help="files to keep with it")
    _derivation(parser, "the number of the source in this case that it comes from")
    _signed(parser)


def _source_edit(group: Adder) -> None:
    parser = _on_case(group, "edit", writing.edit_source)
    parser.add_argument("number", metavar="N", type=int, help="the number of the source in this case")
    _day(parser, "--published", "when it was published")
    _texts(
        parser, title="its title", url="its address", author="who wrote it", publisher="who published it",
        quote="the passage that is cited", locator="where the passage stands",
    )  # fmt: skip
    for name, words in (
        ("kind", SourceKind), ("stance", Stance), ("reliability", Reliability), ("credibility", Credibility),
    ):  # fmt: skip
        parser.add_argument(f"--{name}", type=word_of(words), help=", ".join(words))
    _derivation(parser, "the number of the source in this case that it comes from; 0 for none")
    parser.set_defaults(**dict.fromkeys(("title", "url", "author", "publisher", "published", "quote", "locator")))
    _signed(parser)


def _derivation(parser: ArgumentParser, told: str) -> None:
    parser.add_argument("--derived-from", metavar="N", type=int, help=told)
    parser.add_argument("--derivation", type=word_of(Derivation), help=", ".join(Derivation))


def _attach(adder: Adder) -> None:
    parser = _on_case(adder, "attach", writing.attach)
    parser.add_argument("paths", metavar="PATH", type=Path, nargs="+", help="the files")
    _signed(parser)


def _verdict(adder: Adder) -> None:
    parser = _on_case(adder, "verdict", writing.give_verdict)
    parser.add_argument("--rating", metavar="LABEL", required=True, help="a label of the casebook's scale")
    parser.add_argument("--rationale", metavar="TEXT", required=True, help="why, from which evidence")
    parser.add_argument(
        "--confidence", type=word_of(Confidence), default=Confidence.MODERATE, help=", ".join(Confidence)
    )
    _signed(parser)


def _compare(adder: Adder) -> None:
    link, unlink = _on_case(adder, "link", comparing.link), _on_case(adder, "unlink", comparing.unlink)
    for parser in (link, unlink):
        parser.add_argument("other", metavar="OTHER", help="the reference of the other case")
        _signed(parser)
    link.add_argument("relation", type=word_of(Relation), metavar="same|different", help="what you found of the two")
    link.add_argument("--reason", metavar="TEXT", default="", help="why you found so")


def _resolve(adder: Adder) -> None:
    parser = _on_file(adder, "resolve", settling.resolve)
    parser.add_argument("conflict", metavar="ID", help="the id of the conflict, as “conflicts” prints it")
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("--take", metavar="ID", help="the id of the version that is to stand")
    way.add_argument("--text", metavar="T", help="what is to stand in place of all versions")
    _signed(parser)


def _dossier(adder: Adder) -> None:
    parser = _on_file(adder, "dossier", paper.dossier)
    parser.add_argument("references", metavar="REF", nargs="+", help="the references of the cases")
    parser.add_argument("-o", "--output", metavar="OUT.pdf", type=Path, required=True, help="the PDF to write")
    parser.add_argument("--paper", type=word_of(Paper), default=Paper.A4, help="A4 or Letter")
    told = "print characters that no font has as U+ codes, instead of refusing"
    parser.add_argument("--code-points", action="store_true", help=told)


def _export(adder: Adder) -> None:
    parser = _on_file(adder, "export", exchange.export)
    parser.add_argument("references", metavar="REF", nargs="*", help="the references of the cases; none for all")
    _medium(parser, tuple(Medium), required=True)
    parser.add_argument("-o", "--output", metavar="OUT", type=Path, required=True, help="the file to write")
    parser.add_argument("--url", default="", help="where the fact check is published; without it, it is a draft")
    parser.add_argument("--table", type=word_of(Table), default=Table.CASES, help=f"of CSV: {', '.join(Table)}")
    names = ", ".join(each.name.lower() for each in Separator)
    parser.add_argument("--separator", metavar="NAME", type=_separator, default="comma", help=f"of CSV: {names}")


def _separator(name: str) -> Separator:
    """A separator by its name: the sign itself is hard to type in a terminal."""
    found = {each.name.lower(): each for each in Separator}
    if name.lower() not in found:
        raise ArgumentTypeError(f"“{name}” is none of: {', '.join(found)}")
    return found[name.lower()]


def _import(adder: Adder) -> None:
    parser = _on_file(adder, "import", exchange.take_in)
    parser.add_argument("other", metavar="OTHER", type=Path, help="the file of others")
    _medium(parser, tuple(each for each in Medium if each is not Medium.JSON), required=False)
    parser.add_argument("--cite-in", metavar="REF", default="", help="of RIS and CSL: the case that cites the sources")
    parser.add_argument(
        "--encoding", type=word_of(Encoding), default=Encoding.UNICODE, help=f"of CSV and RIS: {', '.join(Encoding)}"
    )
    parser.add_argument("--dry-run", action="store_true", help="tell what it would bring, and write nothing")
    _signed(parser)


def _medium(parser: ArgumentParser, media: tuple[Medium, ...], *, required: bool) -> None:
    parser.add_argument(
        "--as", dest="medium", metavar="MEDIUM", type=word_of(Medium), choices=media, required=required,
        help=", ".join(media),
    )  # fmt: skip


def _restore(adder: Adder) -> None:
    parser = _on_file(adder, "restore", keeping.restore)
    told = "the backup: its number in the list, 1 for the newest, or its path; without it they are listed"
    parser.add_argument("--from", dest="source", metavar="N|PATH", default="", help=told)
    parser.add_argument("--plan", action="store_true", help="print what would be lost, and write nothing")
    parser.add_argument("-o", "--output", metavar="OUT", type=Path, help="write it to a new file instead")


def _handover(adder: Adder) -> None:
    parser = _on_file(adder, "handover", sharing.hand_over)
    parser.add_argument("references", metavar="REF", nargs="+", help="the references of the cases")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("-o", "--output", metavar="OUT", type=Path, help="the file to write; none is replaced")
    where.add_argument("--plan", action="store_true", help="list what would leave and what stays, and write nothing")
    parser.add_argument(
        "--tlp",
        type=word_of(Tlp),
        default=Tlp.GREEN,
        help=f"the highest marking that the receiver may see: {', '.join(Tlp)}",
    )
    lock = parser.add_mutually_exclusive_group()
    lock.add_argument(
        "--to", metavar="KEY", action="append", default=[], help="seal it for a known desk, or a key age1…"
    )
    lock.add_argument("--passphrase-file", metavar="F", type=Path, help="seal it with the first line of this file")
    parser.add_argument("--sign", action="store_true", help="sign it with the key of this desk")
    for name, told in (
        ("--hold", "the id of a thing to hold back"),
        ("--hold-bytes", "of an attachment without its file"),
    ):
        parser.add_argument(name, metavar="ID", action="append", default=[], help=f"{told}; may be given several times")
    for name, told in (
        ("--notes", "let notes and tasks leave too"),
        ("--deleted", "let what was deleted leave too, so that it is deleted there"),
        ("--anyway", "let words of what is held back stand elsewhere"),
    ):
        parser.add_argument(name, action="store_true", help=told)


def _keys(adder: Adder) -> None:
    parser = _on_file(adder, "keys", sharing.show_keys)
    parser.add_argument("--add", metavar="CARDFILE", type=Path, help="know another desk by the card that it sent")
    changed = parser.add_mutually_exclusive_group()
    changed.add_argument("--instead", action="store_true", help="trust changed keys in place of the known ones")
    changed.add_argument("--beside", action="store_true", help="trust them too, as another computer of that desk")


def _merge(adder: Adder) -> None:
    parser = _on_file(adder, "merge", merging.merge)
    parser.add_argument("other", metavar="OTHER", type=Path, help="the casebook of another desk, or a hand-over")
    parser.add_argument("--plan", action="store_true", help="print what would come, and write nothing")
    told = "open a sealed file with the first line of this file"
    parser.add_argument("--passphrase-file", metavar="F", type=Path, help=told)


def _texts(parser: ArgumentParser, **options: str) -> None:
    for name, told in options.items():
        parser.add_argument(f"--{name}", metavar="TEXT", default="", help=told)


def _day(parser: ArgumentParser, name: str, told: str) -> None:
    parser.add_argument(name, metavar="WHEN", default="", help=f"{told}: 2026-11-24, 2026-11, or in words")
