"""The words for where a casebook lies, and for working copies of it. No Qt in here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from db.entrance import Closed
from db.errors import Away, FileError, OtherCasebook, Replaced, SharedPlace
from db.places import HERE, Place, Sort

_UNCHANGED = "Nothing was changed."

# Where a file lies, and why nothing is saved to it there. {name} is the stick, the share or the service.
PLACES: Mapping[Sort, tuple[str, str]] = MappingProxyType(
    {
        Sort.LOCAL: ("on this computer", ""),
        Sort.REMOVABLE: (
            "on “{name}”, a stick or disk that can be taken away",
            "Pulled out during a save, it would be left with half of one.",
        ),
        Sort.NETWORK: ("in the network folder “{name}”", "Two computers that save to it at once would spoil it."),
        Sort.SYNCED: (
            "in a folder that {name} keeps in step with other computers",
            "Another computer’s copy could take the place of what is saved here.",
        ),
    }
)

# What is told of files, beside what `remedies` has. {place} is where it lies.
FILES: Mapping[type[FileError], tuple[str, str, str]] = MappingProxyType(
    {
        SharedPlace: (
            "Nothing is saved to “{file}”: it lies {place}.",
            _UNCHANGED,
            "Open it in the window and choose “Work on a copy here”, or keep it in a folder on this computer.",
        ),
        OtherCasebook: (
            "The file “{file}” is another casebook than the one that your copy was made of.",
            "Nothing was merged, and both are as they were.",
            "Look for the file that your copy was made of, or put it back: {path}",
        ),
        Away: (
            "The file “{file}” cannot be reached: it lies {place}.",
            "All that you did is in your copy on this computer.",
            "Plug it in or connect to it, then merge back again.",
        ),
        Replaced: (
            "The file “{file}” was moved, renamed or replaced while it was being worked on.",
            "What was saved before is in the file that was moved. What you typed last is not saved.",
            "Put it back and save again; or copy what you typed, and open the file where it is now. It was: {path}",
        ),
    }
)


def closed(why: Closed, holder: str = "", where: Place = HERE) -> str:
    """Why a casebook is open for reading only."""
    by = f" ({holder})" if holder else ""
    return (
        "Open for reading only"
        + {
            Closed.ASKED: ", as asked.",
            Closed.IN_USE: f": another window or program is working in it{by}. Close it there, and open it here again.",
            Closed.READ_ONLY_PLACE: ": nothing can be written in this place.",
            Closed.SHARED_PLACE: f": it lies {place(where)}. {PLACES[where.sort][1]}",
            Closed.TWO_NAMES: ": it has a second name on this disk (a hard link), and saving to one spoils the other.",
            Closed.TOO_NEW: ": a newer Claimdesk wrote it. Install that version to change it.",
        }[why].rstrip()
    )


def place(of: Place) -> str:
    """Where a file lies, to stand after "it lies"."""
    return PLACES[of.sort][0].format(name=of.name)


def work_copy(name: str, where: Place, left: int) -> str:
    """What a working copy is, and how far it is merged back."""
    told = f"{saves_are(left, 'not merged back yet')}." if left else "Everything in it is merged back."
    return f"This is your working copy of “{name}”, which lies {place(where)}. {told}"


def merged_back(given: int, taken: int, conflicts: int) -> str:
    """What merging back did."""
    if not (given or taken):
        return "Merged back: both knew the same already."
    fields = "1 field has" if conflicts == 1 else f"{conflicts} fields have"
    went = "1 save" if given == 1 else f"{given or 'no'} saves"
    told = f"Merged back: {went} went there, {taken or 'none'} came from there."
    return f"{told} {fields} two values now, and both are kept." if conflicts else told


def saves_are(count: int, what: str) -> str:
    """Of how many saves something is said."""
    return f"1 save is {what}" if count == 1 else f"{count} saves are {what}"
