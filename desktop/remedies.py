"""The words behind `wording.explain`: what each error means, what is safe, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from db.entrance import Closed
from db.errors import (
    BuiltUpon,
    CasebookError,
    Damaged,
    DiskFailed,
    DiskFull,
    Exists,
    FileError,
    ForeignDatabase,
    HandedOver,
    HeldBack,
    Locked,
    Missing,
    MovedOn,
    NameStands,
    NeedsExtra,
    NewerForm,
    NoBackup,
    NotADatabase,
    NothingLeaves,
    NotPlain,
    ReadOnly,
    SealBroken,
    SealedFile,
    TooLarge,
    TooNew,
    Torn,
    Unreadable,
    Untrusted,
    Vanished,
    WrongKey,
)
from desktop import place_words

UNCHANGED = "Nothing was changed."
FILE_UNTOUCHED = "The file was not touched."
NOT_WRITTEN = "Nothing was written."

# {file} is the name of the file, {detail} what the system or the data layer said of it.
FILES: Mapping[type[FileError], tuple[str, str, str]] = MappingProxyType(
    {
        Missing: ("There is no file “{file}”.", UNCHANGED, "Check the name and the folder: {path}"),
        Exists: ("There is a file “{file}” already.", FILE_UNTOUCHED, "Choose another name, or move that file away."),
        NotADatabase: (
            "“{file}” is not a casebook.",
            FILE_UNTOUCHED,
            "Choose one that Claimdesk made, or restore it: “Backups” in the File menu, or “claimdesk restore”.",
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
            "Make a copy of the file, then restore a good backup: “Backups” in the File menu, or “claimdesk restore”.",
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
            "Ask the other desk for a new one, or go on with a backup. ({detail})",
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
        WrongKey: (
            "“{file}” does not open: {detail}.",
            FILE_UNTOUCHED,
            "Ask the other desk for the passphrase, or to seal it anew for the key of this desk.",
        ),
        SealBroken: (
            "“{file}” was changed or cut off on its way ({detail}).",
            "Nothing of it was taken in, and nothing here was changed.",
            "Do not use it. Ask the other desk for a new one, by another way if you can.",
        ),
        TooLarge: (
            "“{file}” holds more than is taken out of one file.",
            "Nothing of it was taken in, and nothing here was changed.",
            "Ask the other desk what it is, and for a smaller hand-over.",
        ),
        HandedOver: (
            "“{file}” is a hand-over from another desk: nobody works in the file itself.",
            FILE_UNTOUCHED,
            "Open your own casebook and merge the hand-over into it.",
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
        **place_words.FILES,
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
        NoBackup: (
            "No backup of “{file}” could be made ({detail}).",
            "The casebook is as it was, and so are its older backups.",
            "See that the disk of this computer has room, and that your own folder can be written to; then try again.",
        ),
        Vanished: (
            "“{file}” could not be taken in ({detail}).",
            "Nothing of it was attached, and the casebook is as it was.",
            "Check its name, or copy it to this computer and attach that copy: {path}",
        ),
        Unreadable: (
            "Nothing can be taken in from “{file}” ({detail}).",
            "Nothing of it was kept, and the casebook is as it was.",
            "Have it written anew, as ClaimReview (JSON-LD) or as a table (CSV) with its headings in the first row.",
        ),
    }
)
REFUSED = ("Claimdesk refused this.", UNCHANGED, "Try again, and report it when it happens again.")
# The names in braces are facts of the error.
RULES: Mapping[type[CasebookError], tuple[str, str, str]] = MappingProxyType(
    {
        NeedsExtra: (
            "Signing and sealing want two libraries that are not installed here.",
            UNCHANGED,
            "Install Claimdesk with them: pip install “claimdesk[{extra}]”.",
        ),
        HeldBack: (
            "{reference} is marked TLP:{tlp}; the receiver may see TLP:{level} at most.",
            NOT_WRITTEN,
            "Hold the case back, or raise the level if the receiver may see it.",
        ),
        NameStands: (
            "What is held back still stands in what would leave, {count}: “{name}”.",
            NOT_WRITTEN,
            "Hold that back too, or say that it may leave all the same.",
        ),
        NothingLeaves: (
            "All that was chosen is held back.",
            NOT_WRITTEN,
            "Let a case leave, or choose another one.",
        ),
        MovedOn: (
            "The casebook was changed while the hand-over was made.",
            NOT_WRITTEN,
            "Look at what would leave again, and write it anew.",
        ),
    }
)
DETAILS: Mapping[str, str] = MappingProxyType(
    {
        Closed.ASKED: "it was opened for reading only",
        Closed.IN_USE: "it is not known by whom",
        Closed.READ_ONLY_PLACE: "this place is read-only",
        Closed.TWO_NAMES: "it has a second name on this disk",
        "keeps changing": "it changes again and again",
        "read back": "what was written could not be read back",
        "older schema": "an older Claimdesk wrote it, and it must be brought up to date first",
        "schema": "its tables are not those of a casebook",
        "foreign keys": "rows point at others that are not there",
        "merge": "the tables would not say what the log says",
        "backup": "the backup made of it could not be read",
        "no room": "there is no room left on the disk for it",
        "changed since": "it was changed after it was made",
        "unsound": "a check of it found problems",
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
        "too many": "it holds more of something than anybody writes: of a table, 10,000 rows at most",
        "text": "a text in it is not readable",
        "time": "reading it took too long",
        "crash": "the program that looked it over broke off",
        "memory": "reading it took too much memory",
        "not a file": "it is a folder, a pipe or a device",
        "too large": "it has more than 16 MB",
        "letters": "its letters are not in Unicode, or not in the encoding that was named",
        "no JSON": "it begins like JSON and is none",
        "the same name twice": "it says two things under one name, and programs differ in which of them they believe",
        "nested": "it is nested deeper than any such file",
        "no ClaimReview": "there is no ClaimReview in it",
        "no RIS": "there is no RIS record in it",
        "no CSL": "there is no work in it that CSL-JSON tells of",
        "no column": "it has no column “Claim”, and no columns “Case” and “Source” either",
        "the same column twice": "it has two columns with the same heading",
        "passphrase": "it was sealed with another passphrase",
        "key": "it was sealed for the key of another desk",
        "signature": "its signature is not one over what it holds",
        "keys": "it does not hold the keys that were made for this computer",
        "held back": "something that is held back stands in it",
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
        "card": ("This is not the card of a desk.", "Ask the other desk for the text of its card, and take all of it."),
        "fingerprint": (
            "A letter of this card was lost on its way: its fingerprint is not that of its keys.",
            "Ask the other desk to send the text of its card again.",
        ),
        "peer": ("No known desk has the name or key “{value}”.", "Add its card first, or give its key: age1…"),
        "short": (
            "This passphrase is too short to keep anybody out.",
            "Use at least {value} letters, or the one offered.",
        ),
        "withdrawn": ("This verdict has been withdrawn already.", "Look at the history to see by whom and why."),
        "circle": (
            "“{value}” comes from this source itself, so this one cannot come from it.",
            "Choose the source that was there first, or clear where that one comes from.",
        ),
        "same actor": ("An actor cannot be joined with itself.", "Choose another actor."),
        "itself": ("A case cannot be compared with itself.", "Give the reference of another case."),
        "twice": ("Two ratings have the same label.", "Give each rating a label of its own."),
        "choice": (
            "A deletion has no words of its own.",
            "Take the version that keeps it, or the one that deletes it.",
        ),
        "shape": ("“{value}” cannot be kept in “{field}”.", "Give a shorter or plainer value."),
        "long": ("“{field}” is too long.", "Shorten it, or attach it as a file and write here what it says."),
        "range": ("{value} is outside the scale.", "Give a number from 1 to 5, or none."),
        "address": (
            "“{value}” is no public web address.",
            "Begin it with https:// as a browser shows it, or leave it empty: then the review is a draft.",
        ),
        "quote": (
            "A quotation mark is not closed here; nothing after it can be read.",
            "Close it, or have the table written anew with quotation marks around each cell.",
        ),
        "marks": ("The quotation marks in “{field}” do not close.", "Close them, or take them out."),
        "cells": (
            "It has {value} cells, more than there are headings.",
            "Put quotation marks around cells that hold the sign that parts them.",
        ),
        "repeated": ("The file says the same before, at {value}.", "Keep one of them."),
        "reference": (
            "“{value}” is no reference such as KBL-2026-0007.",
            "Leave it out: the desk gives the next one.",
        ),
        "deleted": (
            "{value} is the reference of a case that was deleted here, and is never given again.",
            "Leave it out: the desk gives the next one. Undo brings a deleted case back.",
        ),
        "unknown": ("There is no case “{value}” here.", "Take in the table of the cases first."),
        "several": ("Several cases have the reference “{value}”.", "Give it with the ending that tells them apart."),
    }
)
