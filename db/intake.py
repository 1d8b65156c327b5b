"""Taking a file that came from elsewhere: looked over, read by a helper process, and written anew before it is used.

The file itself is never opened by SQLite where it lies: a crafted journal beside it could make SQLite delete any file
of the person (see `casebook._is_crafted`). Only the main file is copied, to a folder of our own, and only what the
helper could vouch for is ever read here.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from db import scratch, vet
from db.errors import (
    CasebookError,
    DiskFailed,
    DiskFull,
    FileError,
    ForeignDatabase,
    Missing,
    NeedsExtra,
    NewerForm,
    NotADatabase,
    NotPlain,
    SealBroken,
    SealedFile,
    TooLarge,
    Torn,
    Untrusted,
    WrongKey,
)
from db.exchange import age, keys, seal
from db.exchange.age import Lock, Secret
from db.exchange.seal import Signature
from db.progress import SILENT, Progress, Share
from db.store import Store, connect

_PYTHON = sys.executable
_PIECE = 1 << 20
_MOST_BYTES = 1 << 40
_PATIENCE, _BYTES_A_SECOND = 60.0, 1 << 20  # how long the helper may take, in seconds and by size
_AGE = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED")
_HEAD_SHARE = 20  # percent of the progress that copying takes
HAND_OVER = "hand-over"


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a foreign file holds that is not known here, verified: `clean` is a file of our own in the exchange form.

    `operations` and `blobs` count what is in `clean`, `seen` the operations of the whole file. `signature` is there
    where the file is signed and the signature is true; `unread` says that it is signed and nothing here can read it.
    """

    path: Path
    clean: Path
    sha256: str
    size: int
    casebook: str
    desk: str
    purpose: str
    operations: int
    seen: int
    blobs: int
    signature: Signature | None = None
    unread: bool = False

    @property
    def name(self) -> str:
        """The name of the file as it came."""
        return self.path.name

    def reader(self) -> Store:
        """A connection to what was verified. Close it."""
        return Store(self.clean, connect(self.clean, write=False, immutable=True))


@contextmanager
def receive(path: Path, known: Store | None = None, progress: Progress = SILENT, words: str = "") -> Iterator[Incoming]:
    """Look a foreign file over and read what `known`, a casebook, does not have; all is thrown away at the end.

    A file that was sealed for this desk's key is opened with it, one that was sealed with a passphrase by `words`.
    Raises `Torn` for a copy that is not whole, `Untrusted` for one that holds what Claimdesk never writes, `NotPlain`,
    `NewerForm`, `ForeignDatabase`, `NotADatabase`, `SealedFile`, `SealBroken`, `WrongKey`, or what the disk refused.
    Nothing is ever changed.
    """
    with scratch.lent() as folder:
        copy = folder / "foreign"
        digest, size = _copy(path, copy, known, words, Share(progress, 0, _HEAD_SHARE))
        yield _sift(path, copy, digest, size, known, Share(progress, _HEAD_SHARE, 100))


def _copy(path: Path, copy: Path, known: Store | None, words: str, progress: Progress) -> tuple[str, int]:
    """Copy the main file alone, hashing on the way, and open it where it is sealed; returns SHA-256 and size."""
    digest, size = _copy_bytes(path, copy, known, progress)
    lock = age.lock_of(copy)
    if lock is None:
        return digest, size
    if lock is Lock.WORDS and not words:
        raise SealedFile(path)
    secret = Secret(passphrase=words) if lock is Lock.WORDS else Secret(identity=keys.own().identity)
    try:
        opened = age.opened(copy, secret, copy.parent, progress)
    except (WrongKey, SealBroken, TooLarge) as error:
        error.path = path  # the private copy is nothing to the person
        raise
    opened.replace(copy)
    size = copy.stat().st_size
    with copy.open("rb") as file:
        _look_at_header(path, file.read(vet.HEADER), size)
    return digest, size


def _copy_bytes(path: Path, copy: Path, known: Store | None, progress: Progress) -> tuple[str, int]:
    try:
        with _opened(path, known) as source, copy.open("xb") as target:
            before = os.fstat(source.fileno())
            data = source.read(_PIECE)
            if not data.startswith(_AGE):
                _look_at_header(path, data, before.st_size)
            if before.st_size > shutil.disk_usage(copy.parent).free:
                raise DiskFull(path)
            digest, size = sha256(), 0
            while data:
                size += len(data)
                if size > before.st_size:
                    raise Torn(path, "changed")
                digest.update(data)
                target.write(data)
                progress.step(size, before.st_size)
                data = source.read(_PIECE)
            after = os.fstat(source.fileno())
        if (size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise Torn(path, "changed")
        _look_beside(path)  # a save may have begun meanwhile
    except OSError as error:
        full = error.errno == errno.ENOSPC
        raise DiskFull(path) if full else DiskFailed(path, error.strerror or "") from error
    return digest.hexdigest(), size


def _look_at_header(path: Path, data: bytes, size: int) -> None:
    """What the first bytes tell; these are the ones that are copied."""
    try:
        vet.header(data[: vet.HEADER], size)
    except vet.Refused as refused:
        raise _refusal(path, refused.kind, refused.detail) from refused


@contextmanager
def _opened(path: Path, known: Store | None) -> Iterator[IO[bytes]]:
    """The file, if it is a plain one that nobody is writing to just now."""
    try:
        found = path.lstat()
    except FileNotFoundError as error:
        raise Missing(path) from error
    if stat.S_ISLNK(found.st_mode):
        raise NotPlain(path, "link")
    if not stat.S_ISREG(found.st_mode):
        raise NotPlain(path, "no plain file")
    if not vet.HEADER <= found.st_size <= _MOST_BYTES:
        raise NotADatabase(path)
    if known is not None and os.path.samestat(found, known.path.stat()):  # reading it would drop SQLite's locks
        raise NotPlain(path, "itself")
    _look_beside(path)
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as source:
        if not os.path.samestat(os.fstat(source.fileno()), found):
            raise Torn(path, "changed")
        yield source


def _sift(path: Path, copy: Path, digest: str, size: int, known: Store | None, progress: Progress) -> Incoming:
    """Have the helper read the private copy; returns what it vouches for."""
    clean = copy.with_name("clean")
    with _helper(copy, clean, size) as helper:
        for words in helper.lines():
            if "step" in words:
                progress.step(*words["step"])
            elif "chains" in words:
                helper.answer(_known_chains(known, words["chains"]))
            elif "blobs" in words:
                helper.answer([[digest] for digest in _unknown_blobs(known, words["blobs"])])
            elif "refused" in words:
                raise _refusal(path, *words["refused"])
            elif "done" in words:
                return _incoming(path, clean, digest, size, words["done"])
    raise Untrusted(path, "time" if helper.late.is_set() else "crash")


def _incoming(path: Path, clean: Path, digest: str, size: int, told: dict[str, Any]) -> Incoming:
    """What the helper told of the file; raises `SealBroken` for a signature that is not one over what is in it."""
    facts, signed = told.pop("facts"), told.pop("signed")
    signature, unread = None, False
    if signed:
        try:
            signature = seal.verify(facts, signed.encode())
        except NeedsExtra:
            unread = True
        if not (signature or unread):
            raise SealBroken(path, "signature")
    return Incoming(path, clean, digest, size, **told, signature=signature, unread=unread)


class _Helper:
    """The running helper process, and the lines between it and us."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin
        assert process.stdout
        self._process, self._in, self._out = process, process.stdin, process.stdout
        self.late = threading.Event()

    def lines(self) -> Iterator[dict[str, Any]]:
        for line in self._out:
            if line.endswith("\n"):  # or it died in the middle of it
                yield json.loads(line)

    def answer(self, words: Sequence[Sequence[object]]) -> None:
        with contextlib.suppress(BrokenPipeError):  # it died: the lines end, and that is told
            self._in.write(json.dumps(words) + "\n")
            self._in.flush()

    def give_up(self) -> None:
        """It has had its time."""
        self.late.set()
        self._process.kill()


def _look_beside(path: Path) -> None:
    """A journal beside a file is a save under way, or a trap; neither is a file to be taken in."""
    for ending in ("-journal", "-wal"):
        beside = Path(f"{path}{ending}")
        if beside.is_symlink() or (beside.exists() and (not beside.is_file() or beside.stat().st_size)):
            raise Torn(path, "journal")


@contextmanager
def _helper(copy: Path, clean: Path, size: int) -> Iterator[_Helper]:
    """Start the helper process; it is gone at the end, whatever it did."""
    root = str(Path(__file__).parents[1])
    command = [_PYTHON, "-P", "-m", "db.sieve", str(copy), str(clean)]
    process = subprocess.Popen(  # noqa: S603 (our own program, with two paths of our own)
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": root},
        cwd=copy.parent,
    )
    helper = _Helper(process)
    deadline = threading.Timer(_PATIENCE + size / _BYTES_A_SECOND, helper.give_up)
    deadline.daemon = True
    deadline.start()
    try:
        yield helper
    finally:
        deadline.cancel()
        process.kill()
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                stream.close()  # type: ignore[union-attr]
        process.wait()
        deadline.join()


def _known_chains(known: Store | None, theirs: Sequence[tuple[str, int, str, int]]) -> list[list[object]]:
    """Of each chain that is known here: how far, the operation there, and the one where the other's line ends."""
    if known is None:
        return []
    found: list[list[object]] = []
    for name, number, _, _ in theirs:
        row = known.one("SELECT id, top_number, top_op FROM chain WHERE name = :name AND forked = 0", name=name)
        if row and row[1]:
            there = known.value("SELECT id FROM op WHERE chain = :c AND number = :n", c=row[0], n=number) or b""
            found.append([name, row[1], row[2].hex(), there.hex()])
    return found


def _unknown_blobs(known: Store | None, theirs: Sequence[str]) -> list[str]:
    if known is None:
        return list(theirs)
    sql = """SELECT value FROM json_each(:theirs)
        WHERE value NOT IN (SELECT sha256 FROM blob WHERE sha256 IS NOT NULL)"""
    return [row[0] for row in known.select(sql, theirs=json.dumps(theirs))]


def _refusal(path: Path, kind: str, detail: str) -> CasebookError:
    kinds: dict[str, type[FileError]] = {"foreign": ForeignDatabase, "newer": NewerForm, "torn": Torn, "full": DiskFull}
    if (kind, detail) == ("foreign", "no database"):
        return NotADatabase(path)
    return kinds.get(kind, Untrusted)(path, detail)
