"""Making a hand-over: built in a folder of our own, proved there, and only then put where it was wanted."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from db import blobs, custody, desks, form, log, scratch
from db.change import Change
from db.custody import Details
from db.errors import DiskFailed, Exists, MovedOn
from db.exchange import age, keys, proof, seal
from db.exchange.age import Secret
from db.exchange.contents import Contents
from db.exchange.keys import Keys, plain_name
from db.identity import iso, now
from db.intake import HAND_OVER
from db.progress import SILENT, Progress, Share
from db.store import Store, Writer, transaction, translated
from db.vet import OP_COLUMNS
from db.vocabulary import Custody

SUFFIX, SEALED_SUFFIX = ".handover.casebook", ".handover.casebook.age"
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Closing:
    """How a hand-over is closed: signed or not; sealed for keys, for a passphrase, or open to everybody."""

    sign: bool = False
    recipients: tuple[str, ...] = ()
    passphrase: str = field(default="", repr=False)

    @property
    def sealed(self) -> bool:
        """Whether only some can open it."""
        return bool(self.recipients or self.passphrase)


@dataclass(frozen=True, slots=True)
class HandOver:
    """A hand-over as it was written; `fingerprint` is that of the keys that signed it."""

    path: Path
    sha256: str
    size: int
    operations: int
    blobs: int
    fingerprint: str


def record(change: Change, contents: Contents, done: HandOver, party: str) -> None:
    """Write down, for each attachment that left with its bytes, in which file and to whom, as far as that is known.

    It is written once the file is made, which therefore does not tell of it.
    """
    details = Details(party=party, file=done.path.name, file_sha256=done.sha256)
    for thing in with_bytes(contents):
        custody.record(change, thing, Custody.HANDED_OVER, details)


def with_bytes(contents: Contents) -> tuple[str, ...]:
    """The attachments that leave with their bytes."""
    return tuple(thing.id for thing in contents.leaving if thing.file and thing.file.sha256 in contents.digests)


def write(
    store: Store, contents: Contents, target: Path, closing: Closing = Closing(), progress: Progress = SILENT
) -> HandOver:
    """Write what the contents say leaves, and nothing else; whole at its name, flushed and proved, or not there.

    Raises the first rule that is broken, `Exists`, `MovedOn` where the casebook lost what was to leave, `NeedsExtra`.
    """
    if contents.broken:
        raise contents.broken[0]
    if os.path.lexists(target):
        raise Exists(target)
    own = keys.own() if closing.sign else None
    with scratch.lent() as folder:
        made = folder / "made"
        _make(store, contents, made, own, Share(progress, 0, 45))
        operations = proof.prove(store, contents, made, Share(progress, 45, 80))
        digest, size = _publish(made, target, closing, Share(progress, 80, 100))
    fingerprint = keys.own_card(store).fingerprint if closing.sign else ""
    return HandOver(target, digest, size, operations, len(contents.digests), fingerprint)


def _make(store: Store, contents: Contents, path: Path, own: Keys | None, progress: Progress) -> None:
    """Write the file in the exchange form. It is new, so no page of it ever held anything else."""
    with translated(path), contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=OFF")  # it is thrown away when this fails
        connection.execute("PRAGMA synchronous=OFF")
        form.create(connection)
        with transaction(connection, path) as writer:
            facts = _facts(store, contents, own)
            for name, value in facts.items():
                writer.execute("INSERT INTO meta VALUES (:name, :value)", name=name, value=value)
            _write_operations(store, writer, contents, Share(progress, 0, 30))
            _write_blobs(store, writer, sorted(contents.digests), Share(progress, 30, 100))
            if own:
                signature = seal.sign(own, seal.signed_content(writer))
                writer.execute("INSERT INTO meta VALUES ('signature', :signature)", signature=signature)


def _facts(store: Store, contents: Contents, own: Keys | None) -> Mapping[str, str]:
    """What the file says of itself."""
    desk = desks.home(store)
    signed = {"signer": own.signing_key, "recipient": own.recipient} if own else {}
    return {
        "format": str(log.FORMAT),
        "casebook": str(store.value("SELECT value FROM meta WHERE name = 'casebook'")),
        "desk": desk.id,
        "desk_name": plain_name(desk.name),
        "purpose": HAND_OVER,
        "made_at": iso(now()),
        "tlp": contents.order.level,
        **signed,
    }


def _write_operations(store: Store, writer: Writer, contents: Contents, progress: Progress) -> None:
    """The operations byte for byte, in the order in which they are here, and the chains that they are of."""
    wanted = sorted(n for thing in contents.leaving for n in thing.ops)
    links: defaultdict[int, list[tuple[int, bytes, bytes]]] = defaultdict(list)
    for start in range(0, len(wanted), _BATCH):
        batch = wanted[start : start + _BATCH]
        sql = f"""SELECT chain, {OP_COLUMNS} FROM op WHERE n IN (SELECT value FROM json_each(:batch)) ORDER BY n"""
        rows = store.select(sql, batch=json.dumps(batch))
        if len(rows) != len(batch):
            raise MovedOn
        for row in rows:
            writer.execute_row(f"INSERT INTO op (chain, {OP_COLUMNS}) VALUES (?{', ?' * (len(row) - 1)})", row)
            links[row[0]].append((row[2], row[3], row[1]))
        progress.step(start + len(batch), len(wanted))
    for chain, found in links.items():
        name, desk, forked = store.one("SELECT name, desk, forked FROM chain WHERE id = :c", c=chain) or ("", "", 0)
        row = (chain, name, desk, *_straight(found), forked)
        writer.execute_row("INSERT INTO chain VALUES (?, ?, ?, ?, ?, ?)", row)


def _straight(links: Sequence[tuple[int, bytes, bytes]]) -> tuple[int, bytes]:
    """How far a chain is one line from its beginning: there are gaps where other cases were worked on."""
    last = (0, log.NO_OP)
    for number, previous, found in sorted(links):
        if (number, previous) != (last[0] + 1, last[1]):
            break
        last = (number, found)
    return last


def _write_blobs(store: Store, writer: Writer, digests: Sequence[str], progress: Progress) -> None:
    for row, digest in enumerate(digests, 1):
        source = blobs.reader(store, digest)
        size, number = source.seek(0, os.SEEK_END), 0
        source.seek(0)
        writer.execute_row("INSERT INTO blob VALUES (?, ?, ?)", (row, digest, size))
        while data := source.read(blobs.PIECE):
            writer.execute_row("INSERT INTO piece VALUES (?, ?, ?)", (row, number, data))
            number += 1
            progress.step((row - 1) * 1000 + source.tell() * 1000 // size, len(digests) * 1000)


def _publish(made: Path, target: Path, closing: Closing, progress: Progress) -> tuple[str, int]:
    """Put the proved file where it was wanted, sealed or as it is; what arrived is read again before it counts."""
    proved, _ = _hashed(made)
    with blobs.whole_file(target) as file:
        there = Path(file.name)
        secret = _closed(made, file, closing, Share(progress, 0, 50))
        file.flush()
        os.fsync(file.fileno())
        digest, size = _hashed(there)
        if _opened(there, secret, Share(progress, 50, 100)) != proved:
            raise DiskFailed(target)
    return digest, size


def _closed(made: Path, file: BinaryIO, closing: Closing, progress: Progress) -> Secret | None:
    """Write the file as it is to leave; returns what opens it, of which only this run ever knows where keys do."""
    if closing.recipients:
        witness = age.new_witness()
        age.seal(made, file, (*closing.recipients, witness.recipient), "", progress)
        return Secret(identity=witness.identity)
    if closing.passphrase:
        age.seal(made, file, (), closing.passphrase, progress)
        return Secret(passphrase=closing.passphrase)
    with made.open("rb") as source:
        while data := source.read(blobs.PIECE):
            file.write(data)
            progress.step(source.tell(), made.stat().st_size)
    return None


class _Hash:
    """A file that only hashes what is written to it."""

    def __init__(self) -> None:
        self.found = sha256()

    def write(self, data: bytes) -> int:
        self.found.update(data)
        return len(data)


def _opened(path: Path, secret: Secret | None, progress: Progress) -> str:
    """SHA-256 of what stands in the file, opened where it is sealed."""
    if secret is None:
        return _hashed(path)[0]
    target = _Hash()
    age.unseal(path, target, secret, progress)
    return target.found.hexdigest()


def _hashed(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file that nobody else has."""
    with path.open("rb") as file:
        digest, size = sha256(), 0
        while data := file.read(blobs.PIECE):
            digest.update(data)
            size += len(data)
    return digest.hexdigest(), size
