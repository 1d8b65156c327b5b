"""The words behind `wording.explain`: what each error means, what is safe, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from db.casebook import Closed
from db.errors import (
    BuiltUpon,
    Damaged,
    DiskFailed,
    DiskFull,
    Exists,
    FileError,
    ForeignDatabase,
    Locked,
    Missing,
    NewerForm,
    NotADatabase,
    NotPlain,
    ReadOnly,
    SealedFile,
    TooNew,
    Torn,
    Untrusted,
    Vanished,
)

UNCHANGED = "Nothing was changed."
FILE_UNTOUCHED = "The file was not touched."

# {file} is the name of the file, {detail} what the system or the data layer said of it.
FILES: Mapping[type[FileError], tuple[str, str, str]] = MappingProxyType(
    {
        Missing: ("There is no file “{file}”.", UNCHANGED, "Check the name and the folder: {path}"),
        Exists: ("There is a file “{file}” already.", FILE_UNTOUCHED, "Choose another name, or move that file away."),
        NotADatabase: (
            "“{file}” is not a casebook.",
            FILE_UNTOUCHED,
            "Choose a file that Claimdesk made; its name usually ends in .casebook.",
        ),
        ForeignDatabase: (
            "“{file}” is a database of another program, not a casebook.",
            FILE_UNTOUCHED,
            "Open it with the program that made it.",
        ),
        TooNew: (
            "“{file}” was written by a newer Claimdesk than this one.",
            "It can be read here, and nothing in it was changed.",
            "Install the newer Claimdesk to change it.",
        ),
        NewerForm: (
            "“{file}” is in a form that only a newer Claimdesk reads.",
            FILE_UNTOUCHED,
            "Install the newer Claimdesk here, or ask the other desk for a file in the older form.",
        ),
        Damaged: (
            "“{file}” is damaged: what it holds is not what was written ({detail}).",
            "Nothing more was written to it.",
            "Make a copy of the file, then go on with a backup or another desk's copy.",
        ),
        Untrusted: (
            "“{file}” or a file beside it holds something that Claimdesk never writes ({detail}).",
            "It was not opened, so nothing in it could run.",
            "Ask whoever sent it for a fresh copy, without any files beside it.",
        ),
        NotPlain: (
            "“{file}” cannot be taken in: {detail}.",
            FILE_UNTOUCHED,
            "Choose the file itself, as the other desk sent it.",
        ),
        Torn: (
            "“{file}” is not whole: this copy was taken while the other desk was saving, or it was damaged on its way.",
            "Nothing of it was taken in, and nothing here was changed.",
            "Ask the other desk for a new one. ({detail})",
        ),
        SealedFile: (
            "“{file}” is encrypted.",
            FILE_UNTOUCHED,
            "Give its passphrase, or open it at the desk whose key it was made for.",
        ),
        BuiltUpon: (
            "This merge cannot be taken out of “{file}”: {detail} things were saved since on top of what came.",
            UNCHANGED,
            "Undo or delete those first, or go back to the backup that was made before the merge.",
        ),
        Locked: (
            "Another window or program is writing to “{file}” ({detail}).",
            UNCHANGED,
            "Close it there, or wait until it has finished, and try again.",
        ),
        ReadOnly: (
            "Nothing can be written to “{file}” ({detail}).",
            UNCHANGED,
            "Move it to a folder in which you may write, and open it there.",
        ),
        DiskFull: (
            "There is no room left on the disk for “{file}”.",
            "The last save is whole; what was being saved was not kept.",
            "Make room on that disk, then save again.",
        ),
        DiskFailed: (
            "The disk refused to read or write “{file}” ({detail}).",
            "What was saved before is as it was.",
            "Check that the disk, the stick or the network folder is still connected, and try again.",
        ),
        Vanished: (
            "“{file}” could not be taken in ({detail}).",
            "Nothing of it was attached, and the casebook is as it was.",
            "Check its name, or copy it to this computer and attach that copy: {path}",
        ),
    }
)
DETAILS: Mapping[str, str] = MappingProxyType(
    {
        Closed.ASKED: "it was opened for reading only",
        Closed.IN_USE: "it is not known by whom",
        Closed.READ_ONLY_PLACE: "this place is read-only",
        "older schema": "an older Claimdesk wrote it, and it must be brought up to date first",
        "schema": "its tables are not those of a casebook",
        "foreign keys": "rows point at others that are not there",
        "merge": "the tables would not say what the log says",
        "backup": "the backup made of it could not be read",
        "no file": "there is no such file",
        "no plain file": "it is a folder, a pipe or a device",
        "changed while it was read": "it changed while it was read",
        "-wal": "a write-ahead log",
        "-journal": "a journal that names another file",
        "journal": "a file of a save under way lies beside it",
        "changed": "it changed while it was copied",
        "length": "its length is not what it says",
        "link": "it is a link to another file",
        "itself": "it is the casebook that is open here",
        "header": "its first bytes are not those of a casebook",
        "operation": "an operation is not what its hash says",
        "chain": "a chain of operations does not end where it says",
        "blob": "stored bytes are not what their hash says",
        "meta": "it does not say whose it is",
        "kind": "one thing is said to be of two kinds",
        "generation": "operations are out of their order, or others that they follow are missing",
        "operations": "operations are missing where its index says that they are",
        "desk": "somebody else writes what a desk alone may say: its name, its analyst, its rating scale",
        "verdict": "a verdict was written over, and verdicts are written once",
        "too many": "it has more of something than anybody makes",
        "text": "a text in it is not readable",
        "time": "reading it took too long",
        "crash": "the program that looked it over broke off",
        "memory": "reading it took too much memory",
        "": "the reason is not known",
    }
)

# {field} is the name of the field in words, {value} what was given.
INVALID: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "empty": ("“{field}” is empty.", "Fill it in: nothing can be kept without it."),
        "nul": ("“{field}” holds a NUL character.", "Take it out: no text holds one, so it is a sign of broken data."),
        "surrogate": (
            "“{field}” holds half a character, as broken programs leave them.",
            "Copy the text anew, or take the broken character out.",
        ),
        "type": ("“{field}” cannot hold {value}.", "Give it a value of the right sort."),
        "vocabulary": ("“{value}” is not one of the words for “{field}”.", "Choose one of those that are offered."),
        "field": ("There is no field “{field}” here.", "Report this: it is a mistake in Claimdesk."),
        "code": (
            "“{value}” cannot be the code of a desk.",
            "Use the letters A to Z and digits alone, such as KBL: it stands in each case reference.",
        ),
        "withdrawn": ("This verdict has been withdrawn already.", "Look at the history to see by whom and why."),
        "twice": ("Two ratings have the same label.", "Give each rating a label of its own."),
        "shape": ("“{value}” cannot be kept in “{field}”.", "Give a shorter or plainer value."),
        "long": ("“{field}” is too long.", "Attach it as a file, and write here what it says."),
        "range": ("{value} is outside the scale.", "Give a number from 1 to 5, or none."),
    }
)
