"""The proof of a hand-over before it leaves: all of it is there and true, and nothing that stays is in its bytes."""

from __future__ import annotations

import io
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain as joined
from pathlib import Path

from db import blobs, cards, form, log
from db.errors import Damaged, MovedOn, NameStands, NotFound
from db.exchange import seal
from db.exchange.contents import SECRET, Contents
from db.kinds import Kind
from db.progress import SILENT, Progress, Share
from db.store import Store, connect

_SLICE, _SHORTEST = 120, 7  # bytes; fewer turn up in any picture by chance
_SAMPLE, _SAMPLES, _SMALL = 64, 5, 400  # bytes of a file, from how many places; smaller files are looked for whole
_PLAIN = 16  # a sample of fewer different bytes says nothing
_WINDOW = 4 << 20
_ESCAPED = re.compile(r'["\\\x00-\x1f]')  # what JSON writes otherwise


@dataclass(frozen=True, slots=True)
class _Needle:
    """Bytes that are to stay; `words` only where no file that leaves may say them either, and `thing` holds them."""

    data: bytes
    thing: str = ""
    words: str = ""


def prove(store: Store, contents: Contents, path: Path, progress: Progress = SILENT) -> int:
    """Raise `Damaged` unless the file is whole and true; returns how many operations are in it.

    Raises `NameStands` where words of something that is held back by hand stand in a file that leaves.
    """
    with Store(path, connect(path, write=False, immutable=True)) as made:
        _sound(made)
        count = _operations(store, contents, made)
        _blobs(made, contents, Share(progress, 0, 50))
        seal.verify_signature(made)
        found = _found(path, tuple(_needles(store, contents)), Share(progress, 50, 100))
        _judge(made, contents, found)
    return count


def _sound(made: Store) -> None:
    """The tables are the exchange tables to the letter, and no page is left over."""
    tables = made.select("SELECT name, sql FROM sqlite_schema WHERE sql NOT NULL ORDER BY rowid")
    sound = made.value("PRAGMA quick_check") == "ok" and made.value("PRAGMA freelist_count") == 0
    if not sound or tuple(tables) != form.statements():
        raise Damaged(made.path, "schema")


def _operations(store: Store, contents: Contents, made: Store) -> int:
    """Exactly the operations of what leaves are there, each what its id says."""
    rows = json.dumps([n for thing in contents.leaving for n in thing.ops])
    wanted = {row[0] for row in store.stream("SELECT id FROM op WHERE n IN (SELECT value FROM json_each(:n))", n=rows)}
    leaving, there = {thing.id for thing in contents.leaving}, set()
    for op in log.by_chain(made):
        if not log.verify(op) or op.thing not in leaving:
            raise Damaged(made.path, "operation")
        there.add(op.id)
    if there != wanted:
        raise MovedOn
    return len(there)


def _blobs(made: Store, contents: Contents, progress: Progress) -> None:
    """Exactly the bytes that leave are there, each true to its name."""
    there = [row[0] for row in made.select("SELECT sha256 FROM blob ORDER BY id")]
    if there != sorted(contents.digests):
        raise Damaged(made.path, "blob")
    for place, digest in enumerate(there):
        progress.step(place, len(there))
        stream, found = blobs.reader(made, digest), sha256()
        while data := stream.read(blobs.PIECE):
            found.update(data)
        if found.hexdigest() != digest:
            raise Damaged(made.path, "blob")


def _needles(store: Store, contents: Contents) -> Iterator[_Needle]:
    """What must not be found: ids and words of what stays, and samples of its files."""
    files = {thing.file.sha256: "" for thing in contents.leaving if thing.file and thing.file.here}
    for held in contents.held:
        key = held.because or held.thing.id
        secret = held.why in SECRET and key not in contents.order.spoken
        yield _Needle(held.thing.id.encode())
        for wording in held.thing.wordings:
            for data in _slices(wording.text):
                yield _Needle(data, key, wording.text) if secret else _Needle(data)
        if held.thing.file:
            files[held.thing.file.sha256] = key
    for digest in files.keys() - contents.digests:
        for data in _samples(store, digest):
            yield _Needle(data)


def _slices(text: str) -> Iterator[bytes]:
    """The beginning, the middle and the end of the longest part of a text that JSON writes as it is."""
    data = max(_ESCAPED.split(text), key=len).encode()
    for start in {0, max(0, len(data) - _SLICE) // 2, max(0, len(data) - _SLICE)}:
        if len(part := data[start:][:_SLICE]) >= _SHORTEST:
            yield part


def _samples(store: Store, digest: str) -> Iterator[bytes]:
    """Bytes from several places of a file that is held back; a small one whole."""
    try:
        stream = blobs.reader(store, digest)
    except NotFound:
        return
    size = stream.seek(0, io.SEEK_END)
    starts = [size * number // (_SAMPLES + 1) for number in range(1, _SAMPLES + 1)] if size > _SMALL else [0]
    for start in starts:
        stream.seek(start)
        data = stream.read(_SAMPLE if size > _SMALL else _SMALL)
        if len(set(data)) >= _PLAIN:
            yield data


def _found(path: Path, needles: Iterable[_Needle], progress: Progress) -> list[_Needle]:
    """Those that are in the bytes of the file, wherever they may stand.

    Looking for each of hundreds in each byte takes minutes. So the file is taken four bytes at a time: what holds a
    needle holds four of the last bytes of it at one of these places, and only then is it looked for.
    """
    pending, found = {needle.data: needle for needle in needles}, []
    fours: defaultdict[int, list[bytes]] = defaultdict(list)
    for data in pending:
        for start in range(len(data) - 7, len(data) - 3):
            fours[int.from_bytes(data[start : start + 4], sys.byteorder)].append(data)
    wanted, overlap, size = set(fours), max(map(len, pending), default=1) - 1, path.stat().st_size
    with path.open("rb") as file:
        data = b""
        while more := file.read(_WINDOW):
            data = data[-overlap:] + more if overlap else more
            progress.step(file.tell(), size)
            places = memoryview(data)[: len(data) // 4 * 4].cast("I")
            likely = {each for four in wanted.intersection(places) for each in fours[four] if each in pending}
            found += [pending.pop(each) for each in likely if each in data]
    return found


def _judge(made: Store, contents: Contents, found: list[_Needle]) -> None:
    """What was found must be said by something that leaves, and words held back by hand by none of the files."""
    said = _said(made) if found else b""
    for needle in found:
        if needle.data in said:
            continue
        if not (digests := _files_with(made, needle.data)):
            raise Damaged(made.path, "held back")
        if needle.words:
            shown = [thing for thing in contents.leaving if thing.file and thing.file.sha256 in digests]
            places = tuple((Kind.ATTACHMENT, thing.id, "") for thing in shown)
            raise NameStands(needle.thing, cards.shorten(needle.words, _SLICE), places)


def _said(made: Store) -> bytes:
    """All words of the operations that leave, and what the file says of itself, as they stand side by side in it."""
    rows = made.stream("SELECT made_at, analyst, verb, save, undoes, kind, thing, body FROM op")
    facts = made.stream("SELECT name, value FROM meta UNION ALL SELECT name, desk FROM chain")
    return "\n".join("".join(map(str, row)) for row in joined(rows, facts)).encode()


def _files_with(made: Store, data: bytes) -> frozenset[str]:
    """The files in which these bytes stand."""
    found = set()
    for (digest,) in made.select("SELECT sha256 FROM blob"):
        stream, before = blobs.reader(made, digest), b""
        while more := stream.read(blobs.PIECE):
            if data in before[-len(data) :] + more:
                found.add(digest)
            before = more
    return frozenset(found)
