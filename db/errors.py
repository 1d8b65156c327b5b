"""What db raises on purpose: types and facts. The words for them are the desktop's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from db.places import Place

if TYPE_CHECKING:
    from db.independence import Bond, Work
    from db.vocabulary import Stance


class CasebookError(Exception):
    """Anything that db reports on purpose."""


class NotFound(CasebookError):
    """There is no such thing in this casebook."""

    def __init__(self, kind: str, wanted: str) -> None:
        super().__init__(f"{kind} {wanted}")
        self.kind = kind
        self.wanted = wanted


class Ambiguous(CasebookError):
    """What was named stands for several things of a kind; `choices` tells them apart."""

    def __init__(self, wanted: str, choices: tuple[str, ...], kind: str = "case") -> None:
        super().__init__(wanted)
        self.wanted = wanted
        self.choices = choices
        self.kind = kind


class Invalid(CasebookError):
    """A value that cannot be kept; `problem` is a code such as "empty" or "nul"."""

    def __init__(self, field: str, problem: str, value: str = "") -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem
        self.value = value


class Unconfirmed(Invalid):
    """Credibility 1 of a source that nothing else confirms.

    `kin` are the other sources with its stance, each with what ties it to this one; there may be none.
    """

    def __init__(self, work: Work, stance: Stance, kin: tuple[tuple[Work, tuple[Bond, ...]], ...]) -> None:
        super().__init__("credibility", "unconfirmed", str(work.number))
        self.work = work
        self.stance = stance
        self.kin = kin


class FileError(CasebookError):
    """Something about a file; `path` is the file."""

    def __init__(self, path: Path, detail: str = "") -> None:
        super().__init__(f"{path}: {detail}" if detail else str(path))
        self.path = path
        self.detail = detail


class Missing(FileError):
    """There is no file at that path."""


class Exists(FileError):
    """There is a file already where a new one should go."""


class NotADatabase(FileError):
    """The file is not a SQLite database."""


class ForeignDatabase(FileError):
    """A database of another program."""


class TooNew(FileError):
    """Written by a newer Claimdesk than this one."""


class NewerForm(TooNew):
    """A file from elsewhere in a form that only a newer Claimdesk reads; nothing of it can be taken in."""


class Damaged(FileError):
    """The content of the file is not what was written."""


class Untrusted(FileError):
    """The file, or a file beside it, holds something that Claimdesk never writes."""


class NotPlain(Untrusted):
    """No file that could be taken in: a link, a folder, a pipe, or the casebook that is open here."""


class Torn(FileError):
    """A copy that is not whole: taken while somebody was saving, or damaged on its way."""


class SealedFile(FileError):
    """An encrypted hand-over: it wants its passphrase or the key of the desk it is for."""


class Locked(FileError):
    """Another window or program is writing; `detail` says who, where known."""


class ReadOnly(FileError):
    """Nothing can be written here; `detail` is a code for the reason."""


class SharedPlace(ReadOnly):
    """Casebooks are only read there: others may write to that place, or take it away."""

    def __init__(self, path: Path, place: Place) -> None:
        super().__init__(path, "shared place")
        self.place = place


class OtherCasebook(FileError):
    """The file is a casebook, and not the one that it should be."""


class Away(FileError):
    """The place where the file lies is not there now: unplugged, or not reached."""

    def __init__(self, path: Path, place: Place) -> None:
        super().__init__(path, place.name)
        self.place = place


class Replaced(FileError):
    """The file was moved away, or another was put in its place, while it was open or being worked on."""


class DiskFull(FileError):
    """There was no room for the save; the file is as it was before."""


class DiskFailed(FileError):
    """The disk refused to read or write."""


class BuiltUpon(FileError):
    """A merge cannot be taken out: `things`, as kind and id, were saved since on top of what came."""

    def __init__(self, path: Path, things: tuple[tuple[str, str], ...]) -> None:
        super().__init__(path, str(len(things)))
        self.things = things


class NoBackup(FileError):
    """No backup of this casebook could be made; `detail` says why. It is as it was, and so are its older backups."""


class Vanished(FileError):
    """A file to attach went away, changed or could not be read while it was taken in."""


class Unreadable(FileError):
    """A file from elsewhere in which nothing can be read; `detail` is a code for the reason."""


class WrongKey(FileError):
    """The key or the passphrase that was given does not open the sealed file; `detail` says which of the two."""


class SealBroken(FileError):
    """A sealed or signed file is not what its maker closed: changed or cut off on its way; `detail` says what."""


class TooLarge(FileError):
    """There is more in the file than is taken out of it."""


class HandedOver(FileError):
    """A hand-over: its cases are merged into a casebook, nobody works in the file itself."""


class NeedsExtra(CasebookError):
    """A library that only some desks install is not there; `extra` names what brings it."""

    def __init__(self, extra: str) -> None:
        super().__init__(extra)
        self.extra = extra


class HeldBack(CasebookError):
    """A case is marked higher than its receiver may see."""

    def __init__(self, case_id: str, reference: str, tlp: str, level: str) -> None:
        super().__init__(f"{reference} {tlp} above {level}")
        self.case_id = case_id
        self.reference = reference
        self.tlp = tlp
        self.level = level


class NameStands(CasebookError):
    """Words of something that is held back stand in what leaves; `places` name the things that they stand in."""

    def __init__(self, thing: str, name: str, places: tuple[tuple[str, str, str], ...]) -> None:
        super().__init__(f"{thing} in {len(places)} places")
        self.thing = thing
        self.name = name
        self.places = places


class NothingLeaves(CasebookError):
    """Everything that was chosen is held back."""


class MovedOn(CasebookError):
    """What was looked at is not there any more: somebody changed the casebook meanwhile."""
