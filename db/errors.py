"""What db raises on purpose: types and facts. The words for them are the desktop's."""

from __future__ import annotations

from pathlib import Path


class CasebookError(Exception):
    """Anything that db reports on purpose."""


class NotFound(CasebookError):
    """There is no such thing in this casebook."""

    def __init__(self, kind: str, wanted: str) -> None:
        super().__init__(f"{kind} {wanted}")
        self.kind = kind
        self.wanted = wanted


class Ambiguous(CasebookError):
    """A case reference stands for several cases; `choices` tells them apart."""

    def __init__(self, wanted: str, choices: tuple[str, ...]) -> None:
        super().__init__(wanted)
        self.wanted = wanted
        self.choices = choices


class Invalid(CasebookError):
    """A value that cannot be kept; `problem` is a code such as "empty" or "nul"."""

    def __init__(self, field: str, problem: str, value: str = "") -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem
        self.value = value


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


class DiskFull(FileError):
    """There was no room for the save; the file is as it was before."""


class DiskFailed(FileError):
    """The disk refused to read or write."""


class BuiltUpon(FileError):
    """A merge cannot be taken out: `things`, as kind and id, were saved since on top of what came."""

    def __init__(self, path: Path, things: tuple[tuple[str, str], ...]) -> None:
        super().__init__(path, str(len(things)))
        self.things = things


class Vanished(FileError):
    """A file to attach went away, changed or could not be read while it was taken in."""
