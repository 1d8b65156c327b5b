"""Bytes go in by pieces, come out the same, and are never half there."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from db import attachments, blobs, check, store
from db.casebook import Casebook
from db.errors import Damaged, DiskFailed, NotFound, Vanished
from db.progress import Cancelled
from db.vocabulary import Op
from tests.makers import attach, make_case, take

MIB = 1 << 20


class Stop:
    """Progress that is cancelled at the given call, and remembers what it was told."""

    def __init__(self, at: int = 10**9, then: Callable[[], object] = lambda: None) -> None:
        self.at, self.then = at, then
        self.told: list[tuple[int, int]] = []

    def step(self, done: int, total: int) -> None:
        self.told.append((done, total))
        if len(self.told) == self.at:
            self.then()
            raise Cancelled


class Meddle(Stop):
    """Progress during which something happens to the file."""

    def step(self, done: int, total: int) -> None:
        self.told.append((done, total))
        if len(self.told) == self.at:
            self.then()


def bytes_in(book: Casebook) -> tuple[int, int]:
    return book.value("SELECT count(*) FROM blob"), book.value("SELECT count(*) FROM piece")


def take_file(book: Casebook, file: Path, progress: Stop | None = None) -> attachments.Ready:
    with attachments.Depot(book.path) as depot:
        return depot.file(file, progress or Stop())


@pytest.mark.parametrize("size", [0, 1, MIB - 1, MIB, MIB + 1, 4 * MIB, 8 * MIB, 8 * MIB + 1, 13 * MIB])
def test_any_size_comes_back_the_same_in_pieces_of_a_mebibyte(book: Casebook, tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    file = tmp_path / "file.bin"
    file.write_bytes(data)
    ready = take_file(book, file)
    assert (ready.sha256, ready.size) == (sha256(data).hexdigest(), size)
    assert blobs.read(book, ready.sha256) == data
    assert (book.value("SELECT max(length(data)) FROM piece") or 0) <= MIB
    case_id = make_case(book)
    with book.change(Op.ADD_ATTACHMENT) as change:
        attachments.attach(change, case_id, ready)
    assert check.check(book).problems == ()


def test_the_same_bytes_are_kept_once(book: Casebook, tmp_path: Path) -> None:
    data = os.urandom(2 * MIB)
    for name in ("one.bin", "two.bin"):
        (tmp_path / name).write_bytes(data)
        take_file(book, tmp_path / name)
    take(book.path, data)
    assert bytes_in(book) == (1, 2)


@pytest.mark.parametrize("at", range(1, 8))
def test_cancelling_at_any_moment_leaves_nothing(book: Casebook, tmp_path: Path, at: int) -> None:
    file = tmp_path / "file.bin"
    file.write_bytes(os.urandom(20 * MIB))
    stop = Stop(at)
    try:
        take_file(book, file, stop)
    except Cancelled:
        assert bytes_in(book) == (0, 0)
        assert len(stop.told) == at
    else:
        assert len(stop.told) < at
    assert [done for done, _ in stop.told] == sorted(done for done, _ in stop.told)
    assert all(total == 20 * MIB for _, total in stop.told)


def test_abandoned_bytes_are_dropped_unless_something_points_at_them(book: Casebook) -> None:
    case_id = make_case(book)
    kept = take(book.path, b"kept")
    with book.change(Op.ADD_ATTACHMENT) as change:
        attachments.attach(change, case_id, kept)
    lost = take(book.path, os.urandom(3 * MIB))
    attachments.abandon(book.path, [kept, lost])
    assert blobs.read(book, kept.sha256) == b"kept"
    assert bytes_in(book) == (1, 1)
    with pytest.raises(NotFound), book.change(Op.ADD_ATTACHMENT) as change:
        attachments.attach(change, case_id, lost)


def test_bytes_of_a_deleted_attachment_stay_with_its_history(book: Casebook) -> None:
    attachment = attach(book, make_case(book), b"evidence")
    digest = attachments.one(book, attachment).sha256
    book.undo()
    book.close()
    with Casebook.open(book.path) as again:
        assert blobs.read(again, digest) == b"evidence"
        assert again.redo()
        assert attachments.one(again, attachment).sha256 == digest


def test_opening_sweeps_up_what_a_crash_left(book: Casebook) -> None:
    case_id = make_case(book)
    attach(book, case_id, b"whole")
    take(book.path, b"stored, but never attached")
    with book.repair() as writer:
        half = writer.execute("INSERT INTO blob (sha256, size) VALUES (NULL, 0)")
        writer.execute_row("INSERT INTO piece VALUES (?, 0, ?)", (half, b"x" * MIB))
    book.close()
    with Casebook.open(book.path) as again:
        assert bytes_in(again) == (1, 1)
        assert check.check(again).problems == ()


@pytest.mark.parametrize("happens", ["truncated", "grown", "growing", "emptied"])
def test_a_file_that_changes_while_it_is_read_is_refused_whole(book: Casebook, tmp_path: Path, happens: str) -> None:
    file = tmp_path / "file.bin"
    file.write_bytes(os.urandom(12 * MIB))

    def meddle() -> None:
        if happens in ("truncated", "emptied"):
            os.truncate(file, 6 * MIB if happens == "truncated" else 0)
        else:
            with file.open("ab") as end:
                end.write(b"x" * (1 if happens == "grown" else 40 * MIB))

    progress = Meddle(1, meddle)
    with pytest.raises(Vanished) as refused:
        take_file(book, file, progress)
    assert refused.value.path == file
    assert bytes_in(book) == (0, 0)
    assert progress.told[-1][0] <= 24 * MIB


def test_a_file_that_vanishes_while_it_is_read(book: Casebook, tmp_path: Path) -> None:
    """Where the system lets go of a file that is read, what was there is taken whole; else it is refused."""
    data = os.urandom(12 * MIB)
    file = tmp_path / "file.bin"
    file.write_bytes(data)
    ready = take_file(book, file, Meddle(1, file.unlink))
    assert blobs.read(book, ready.sha256) == data


class Torn(io.BytesIO):
    """A file on a stick that is pulled out."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() >= 5 * MIB:
            raise OSError(5, "Input/output error")
        return super().read(size)


def test_a_disk_that_fails_while_it_is_read(book: Casebook) -> None:
    with pytest.raises(Vanished), attachments.Depot(book.path) as depot:
        depot.take(Torn(b"x" * 20 * MIB), 20 * MIB, origin=Path("stick.bin"))
    assert bytes_in(book) == (0, 0)


def test_what_is_no_file_is_refused_at_once(book: Casebook, tmp_path: Path) -> None:
    pipe, loop = tmp_path / "pipe", tmp_path / "loop"
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    for path in (pipe, loop, tmp_path, tmp_path / "none", Path("/dev/zero"), Path("/proc/self/status"), book.path):
        with pytest.raises(Vanished):
            take_file(book, path)
    assert bytes_in(book) == (0, 0)
    make_case(book)  # the lock of the casebook was not dropped by looking at it


def test_a_slow_file_keeps_nobody_from_saving(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            make_case(book)  # as the window would, while the disk is waited for
            return super().read(size)

    monkeypatch.setattr(store, "_PATIENCE", 0.05)
    with attachments.Depot(book.path) as depot:
        depot.take(Slow(b"x" * 9 * MIB), 9 * MIB)
    assert book.value('SELECT count(*) FROM "case"') >= 9


@settings(
    max_examples=40, deadline=None, database=None, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(moves=st.lists(st.tuples(st.integers(0, 2), st.integers(-50, 3 * MIB), st.integers(-1, 2 * MIB)), max_size=8))
def test_a_blob_reads_like_a_file(book: Casebook, moves: list[tuple[int, int, int]]) -> None:
    data = bytes(range(256)) * (10 * MIB // 1024)
    ready = take(book.path, data)
    ours, theirs = io.BufferedReader(blobs.reader(book, ready.sha256)), io.BytesIO(data)
    for whence, by, size in moves:
        base = (0, theirs.tell(), len(data))[whence]
        offset = max(by, -base)
        assert ours.seek(offset, whence) == theirs.seek(offset, whence)
        assert ours.read(size) == theirs.read(size)


def test_a_copy_is_whole_at_its_name_or_not_there(book: Casebook, tmp_path: Path) -> None:
    data = os.urandom(3 * MIB)
    digest = take(book.path, data).sha256
    target = tmp_path / "out" / "copy.bin"
    target.parent.mkdir()
    blobs.save_copy(book, digest, target)
    assert target.read_bytes() == data
    target.write_bytes(b"older")
    for at in (1, 2, 3):
        with pytest.raises(Cancelled):
            blobs.save_copy(book, digest, target, Stop(at))
        assert target.read_bytes() == b"older"
    with pytest.raises(DiskFailed):
        blobs.save_copy(book, digest, tmp_path / "no such folder" / "copy.bin")
    assert [p.name for p in target.parent.iterdir()] == ["copy.bin"]


def test_a_flipped_byte_is_found_and_never_given_out_as_evidence(book: Casebook, tmp_path: Path) -> None:
    attach(book, make_case(book), b"evidence" * 1000)
    digest = book.value("SELECT sha256 FROM blob")
    with book.repair() as writer:
        writer.execute("UPDATE piece SET data = CAST(replace(data, 'evidence', 'evidense') AS BLOB)")
    assert [p.what for p in check.check(book).problems] == ["blob"]
    with pytest.raises(Damaged):
        blobs.save_copy(book, digest, tmp_path / "copy.bin")
    assert not (tmp_path / "copy.bin").exists()


MEMORY = """
import resource
from pathlib import Path
from db import attachments, blobs
from db.casebook import Casebook
book, file = Casebook.open(Path(sys.argv[1])), Path(sys.argv[2])
with attachments.Depot(book.path) as depot: depot.picture(b"warm", "warm.txt")
idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with attachments.Depot(book.path) as depot: ready = depot.file(file)
blobs.save_copy(book, ready.sha256, Path(sys.argv[3]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - idle)
"""


@pytest.mark.heavy
@pytest.mark.skipif(sys.platform == "win32", reason="measured by ru_maxrss")
def test_a_large_file_takes_little_memory(book: Casebook, tmp_path: Path) -> None:
    file, copy = tmp_path / "video.bin", tmp_path / "copy.bin"
    with file.open("wb") as sparse:
        sparse.truncate(300 * MIB)
    book.close()
    command = [sys.executable, "-c", "import os, sys\n" + MEMORY, str(book.path), str(file), str(copy)]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True, timeout=110
    )
    assert int(done.stdout) < 64 * 1024
    assert copy.stat().st_size == 300 * MIB


def test_small_files_written_together_are_all_there_and_none_is_there_twice(book: Casebook, tmp_path: Path) -> None:
    contents = [b"", b"same", b"x" * (MIB - 1), b"same", *(bytes([n]) * n for n in range(1, 150)), b"y" * (MIB + 1)]
    files = []
    for number, data in enumerate(contents):
        files.append(tmp_path / f"{number}.bin")
        files[-1].write_bytes(data)
    with attachments.Depot(book.path, together=True) as depot:
        ready = [depot.file(file) for file in files]
    for each, data in zip(ready, contents, strict=True):
        assert (each.sha256, each.size) == (sha256(data).hexdigest(), len(data))
        assert blobs.read(book, each.sha256) == data
    assert book.value("SELECT count(*) FROM blob") == len(set(contents))


def test_of_small_files_that_wait_nothing_stays_when_it_is_cancelled(book: Casebook, tmp_path: Path) -> None:
    for name in ("a.bin", "b.bin"):
        (tmp_path / name).write_bytes(name.encode())
    stop = Stop(at=2)
    with pytest.raises(Cancelled), attachments.Depot(book.path, together=True) as depot:
        [depot.file(tmp_path / name, stop) for name in ("a.bin", "b.bin")]
    assert book.value("SELECT count(*) FROM blob") == 0


def test_a_small_file_that_grows_while_it_is_read_is_refused(book: Casebook) -> None:
    with pytest.raises(Vanished), attachments.Depot(book.path, together=True) as depot:
        depot.take(io.BytesIO(b"grown"), 2, origin=Path("growing.txt"))
    assert book.value("SELECT count(*) FROM blob") == 0
