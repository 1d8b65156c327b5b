"""Sealed files: in the age format, for the keys of desks or for a passphrase. Nothing is held in memory whole."""

from __future__ import annotations

import errno
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

from db.errors import DiskFailed, DiskFull, NeedsExtra, SealBroken, TooLarge, WrongKey
from db.exchange import passphrase
from db.exchange.passphrase import Writes
from db.progress import SILENT, Progress

_ARMOR = b"-----BEGIN AGE ENCRYPTED"
MOST = 1 << 40


class Lock(StrEnum):
    """What a sealed file asks for."""

    WORDS = "passphrase"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Secret:
    """What opens a sealed file: the secret half of a sealing key, or a passphrase."""

    identity: str = field(default="", repr=False)
    passphrase: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Witness:
    """A pair of keys that is forgotten at once: whoever sealed for others can look whether it opens."""

    recipient: str
    identity: str = field(repr=False)


def new_witness() -> Witness:
    """A new pair of keys."""
    identity = _pyrage().x25519.Identity.generate()
    return Witness(str(identity.to_public()), str(identity))


def lock_of(path: Path) -> Lock | None:
    """What a file asks for to be opened; nothing where it is not sealed."""
    try:
        with path.open("rb") as file:
            head = file.read(len(passphrase.VERSION) + 10)
    except OSError as error:
        raise DiskFailed(path, error.strerror or "") from error
    if not head.startswith((passphrase.VERSION, _ARMOR)):
        return None
    return Lock.WORDS if head.endswith(b"-> scrypt ") else Lock.KEY


def seal(path: Path, target: Writes, recipients: tuple[str, ...], words: str, progress: Progress = SILENT) -> None:
    """Write a file so that only these keys open it, or, where there are none, these words."""
    with path.open("rb") as file:
        source = _Source(file, path.stat().st_size, progress)
        if not recipients:
            passphrase.encrypt(source, target, words)
            return
        pyrage, sink = _pyrage(), _Sink(target)
        keys = [pyrage.x25519.Recipient.from_str(each) for each in recipients]
        try:
            pyrage.encrypt_io(source, sink, keys)
        except pyrage.EncryptError as error:  # it tells of a failure to read or write in words alone
            raise source.failure or sink.failure or error from None


def opened(path: Path, secret: Secret, folder: Path, progress: Progress = SILENT, most: int = MOST) -> Path:
    """Open a sealed file into a folder of one's own; returns the file there, of at most `most` bytes.

    Raises `WrongKey`, `SealBroken` where it was changed or cut off on its way, `TooLarge`; then nothing is left there.
    """
    target = folder / "opened"
    try:
        with target.open("xb") as file:
            unseal(path, file, secret, progress, most)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise (DiskFull if error.errno == errno.ENOSPC else DiskFailed)(target, error.strerror or "") from error
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return target


def unseal(path: Path, target: Writes, secret: Secret, progress: Progress = SILENT, most: int = MOST) -> None:
    """Write what a sealed file holds; what was written before an error is not to be used."""
    with path.open("rb") as file:
        source, sink = _Source(file, path.stat().st_size, progress), _Sink(target, most, path)
        if secret.passphrase:
            passphrase.decrypt(path, source, sink, secret.passphrase)
            return
        pyrage = _pyrage()
        try:
            pyrage.decrypt_io(source, sink, [pyrage.x25519.Identity.from_str(secret.identity)])
        except (pyrage.DecryptError, OSError) as error:  # a broken seal is an OSError without a number
            if failure := source.failure or sink.failure:
                raise failure from None
            kind = WrongKey if "No matching keys" in str(error) else SealBroken
            raise kind(path, Lock.KEY) from error


class _Source:
    """A file that tells how far it was read, and keeps what stopped it."""

    def __init__(self, file: BinaryIO, size: int, progress: Progress) -> None:
        self._file, self._size, self._progress = file, size, progress
        self.failure: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._file.read(size)
            self._progress.step(self._file.tell(), self._size)
        except BaseException as error:
            self.failure = error
            raise
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)


class _Sink:
    """A file that takes no more than it should, and keeps what stopped it."""

    def __init__(self, file: Writes, most: int = MOST, path: Path = Path()) -> None:
        self._file, self._left, self._path = file, most, path
        self.failure: BaseException | None = None

    def write(self, data: bytes) -> int:
        size = len(data)
        self._left -= size
        try:
            if self._left < 0:
                raise TooLarge(self._path)
            self._file.write(data)
        except BaseException as error:
            self.failure = error
            raise
        return size


def _pyrage() -> ModuleType:
    try:
        import pyrage  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise NeedsExtra("share") from error
    module: ModuleType = pyrage
    return module
