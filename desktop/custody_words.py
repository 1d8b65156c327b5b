"""The words for what happened to attached files: on screen, on paper and in a terminal. No Qt in here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from db.custody import Erased, Event, Item
from db.erasing import Erasure, Use
from db.verifying import Finding, Report
from db.vocabulary import Custody, Outcome
from desktop import wording

Own = Callable[[str], str]  # sets a word of others apart, so that it keeps its order in a line of ours
_COLORS = {Outcome.INTACT: "green", Outcome.ALTERED: "red", Outcome.MISSING: "red"}
_COLORS_OF = {Custody.HANDED_OVER: "accent", Custody.RECEIVED: "accent", Custody.ERASED: "red"}
_DIGITS = 16
_AFTER_IT_LEFT = (
    "A hand-over is written down here once its file is made: the file itself does not tell of it, and what the other "
    "desk did with it is known here when something comes back from there."
)
UNRECORDED = "It is not written down in the custody of the files, because this casebook cannot be written now."
ORDER = (
    "Each time is what the clock of that desk said. Within a chain the order is proven: every operation holds the "
    "hash of the one before it."
)


def erased(found: Erased, own: Own = str) -> str:
    """When, by whom and why bytes were erased."""
    return f"Erased on {own(wording.when(found.made_at))} by {own(found.analyst or found.desk)}: {own(found.reason)}"


def what(event: Event, own: Own = str) -> str:
    """What happened, in a few words."""
    if event.what is None:
        return "Something that only a newer Claimdesk can tell"
    if event.what is Custody.VERIFIED:
        return _VERIFIED[event.details.outcome]
    if event.what is Custody.REDACTED:
        name = own(f"“{event.name}”")
        return f"Made from {name}" if event.method else f"{name} was made from it"
    if event.method:
        return wording.word(event.method)
    if event.what is Custody.HANDED_OVER and not event.details.party:
        return "Handed over in a file"  # which anybody may read who can open it
    told = _TOLD.get(event.what, wording.word(event.what))
    return told.format(party=own(event.details.party), file=own(event.details.file))


_TOLD = {
    Custody.EXPORTED: "A copy was saved as “{file}”",
    Custody.HANDED_OVER: "Handed over to {party}",
    Custody.RECEIVED: "Received from {party}",
    Custody.ERASED: "Its bytes were erased for good",
}
_VERIFIED = {
    Outcome.INTACT: "Verified: every byte is as it came in",
    Outcome.ALTERED: "Verified: NOT the bytes that came in",
    Outcome.MISSING: "Verified: the bytes are gone",
    None: "Verified",
}


def badge(event: Event) -> tuple[str, str]:
    """The word for what happened, and the name of its color."""
    if event.details.outcome:
        return wording.word(event.details.outcome), _COLORS[event.details.outcome]
    if event.what is Custody.REDACTED:
        return "Derived", "gray"
    return (wording.word(event.what), _COLORS_OF.get(event.what, "gray")) if event.what else ("Unknown", "gray")


def when_and_who(event: Event, own: Own = str) -> str:
    """When it was by whose clock, and who did it."""
    when = f"{own(wording.when(event.made_at))} by the clock of {own(event.desk)}"
    return f"{when} · {own(event.analyst)}" if event.analyst else when


def details(event: Event, own: Own = str) -> tuple[str, ...]:
    """What more is written down of it, and the proof of it, a line each."""
    of = event.details
    came = event.method and event.what is not Custody.REDACTED
    told = (
        f"As “{own(event.name)}”" if came else "",
        f"Reason: {own(of.reason)}" if of.reason else "",
        f"In the file “{own(of.file)}”" if of.file and event.what is not Custody.EXPORTED else "",
        f"SHA-256 of that file: {of.file_sha256}" if of.file_sha256 else "",
        f"SHA-256 that was found: {of.sha256}" if of.outcome is Outcome.ALTERED else "",
        f"Operation {event.operation}",
        f"Number {event.number} in the chain {event.chain[:_DIGITS]}, after {event.previous[:_DIGITS]}…",
        "It came with a merge, in the name of this desk." if event.borne else "",
        "" if event.proven else "Its place after the one above is what two clocks say; no hash proves it.",
    )
    return tuple(line for line in told if line)


def state(item: Item, own: Own = str) -> tuple[str, str]:
    """How the bytes are as far as it is known, and the tone to say it in."""
    if item.erased:
        return erased(item.erased, own), "danger"
    if not item.present:
        return "Its bytes are not in this casebook.", "danger"
    last = next((each for each in reversed(item.events) if each.what in (Custody.VERIFIED, Custody.ERASED)), None)
    if last is None:
        return "Not verified since it came in.", "soft"
    when = f"on {own(wording.when(last.made_at))} by {own(last.analyst or last.desk)}"
    if last.what is Custody.ERASED:
        return f"Erased at {own(last.desk)} {when}; the same bytes are in this casebook.", "soft"
    if last.details.outcome is Outcome.INTACT:
        return f"Intact when last verified {when}.", ""
    found = "The bytes were gone" if last.details.outcome is Outcome.MISSING else "NOT the bytes that came in"
    return f"{found} when last verified {when}.", "danger"


def remarks(item: Item) -> tuple[str, ...]:
    """What a reader of the chain should know."""
    leaves = bool(item.events) and item.events[-1].what is Custody.HANDED_OVER
    return (ORDER, _AFTER_IT_LEFT) if leaves else (ORDER,)


def page(item: Item) -> str:
    """All that is known of the custody of one item, as a text."""
    return "\n".join(_page(item))


def _page(item: Item) -> Iterator[str]:
    yield f"{item.reference}  {' '.join(item.name.split())}"
    yield f"SHA-256 {item.sha256}"
    yield wording.exact_size(item.size)
    yield state(item)[0]
    for number, event in enumerate(item.events, 1):
        yield ""
        yield f"{number}. {' '.join(what(event).split())}"
        yield f"   {when_and_who(event)}"
        yield from (f"   {line}" for each in details(event) for line in each.splitlines())
    yield ""
    yield from remarks(item)


def figures(report: Report) -> str:
    """What was looked at when files were verified, and how it came out, in one sentence."""
    by_outcome = ((outcome, len(report.of(outcome))) for outcome in Outcome)
    found = ", ".join(f"{many} {wording.word(outcome).lower()}" for outcome, many in by_outcome if many)
    more = (
        f"{report.erased} erased before" if report.erased else "",
        f"{report.elsewhere} never in this copy" if report.elsewhere else "",
    )
    rest = f" ({', '.join(part for part in more if part)})" if any(more) else ""
    read = f"{wording.files(len(report.findings))}, {wording.size(report.bytes)}, in {report.seconds:.1f} s"
    begun = "Stopped after" if report.stopped else "Verified"
    return f"{begun} {read}: {found or 'nothing to verify'}{rest}."


def finding(of: Finding, own: Own = str) -> str:
    """What is wrong with the bytes of one file, in one line."""
    gone = of.outcome is Outcome.MISSING
    found = "its bytes are gone" if gone else f"NOT the bytes that came in: SHA-256 {of.found}, not {of.sha256}"
    return f"{own(of.reference)}  {own(of.name)}: {found}"


WHAT_NOW = (
    "Nothing was changed. The right bytes may be in a backup, at another desk, or where the file came from: attach "
    "them anew, and say in a note what happened."
)
_NAMED = 8


def confirmation(planned: Erasure, own: Own = str) -> tuple[str, ...]:
    """Exactly what goes, what stays, and where the bytes still are, a paragraph each."""
    count = len(planned.digests)
    what = "the bytes of one file" if count == 1 else f"the bytes of {count} files"
    goes = (
        f"These go, and no undo brings them back: {what} ({wording.size(planned.size)}), with their small pictures "
        f"and the words that were read in them. They are attached here:\n{_uses(planned.uses, own)}"
    )
    made = "What was made from them keeps its own bytes, and may show the same:"
    derived = [f"{made}\n{_uses(planned.derived, own)}"] if planned.derived else []
    return (goes, *derived, _STAYS, _ELSEWHERE)


_STAYS = (
    "These stay: the record of each file with its name, its SHA-256 and its history; what was written about it; and "
    "who erased it, when and why."
)
_ELSEWHERE = (
    "Backups, hand-overs and copies that were made earlier still have the bytes, and so has every desk that received "
    "them."
)


def _uses(uses: Sequence[Use], own: Own) -> str:
    lines = [f"• {own(use.reference)}  {own(use.name)}{' (removed)' if use.deleted else ''}" for use in uses[:_NAMED]]
    return "\n".join([*lines, *([f"• and {len(uses) - _NAMED} more"] if len(uses) > _NAMED else [])])
